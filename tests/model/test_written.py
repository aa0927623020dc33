"""Our own sentences: composed the same way every time, kept apart from validation, never contradictory."""

import random
from collections import Counter, defaultdict

import pytest


def test_the_same_seed_gives_the_same_texts() -> None:
    from augment import compose

    assert compose(3, per_frame=2) == compose(3, per_frame=2)
    assert compose(3, per_frame=2) != compose(4, per_frame=2)


def test_every_slot_is_filled_and_no_text_is_two_things() -> None:
    from augment import compose

    texts = compose()
    assert not [w.text for w in texts if "{" in w.text or "}" in w.text]
    said = defaultdict(set)
    for written in texts:
        if "toxicity" in written.labels:
            said[written.text.lower(), written.lang].add(written.labels["toxicity"])
    assert not [text for text, values in said.items() if len(values) > 1]


def test_frames_for_validation_are_not_trained_on() -> None:
    from augment import compose

    texts = [w for w in compose() if w.lang == "en"]
    held = {w.text for w in texts if w.held_out}
    assert held
    assert not held & {w.text for w in texts if not w.held_out}
    share = len(held) / len(texts)
    assert 0.1 < share < 0.3


def test_kind_and_hateful_sentences_are_balanced_over_identities() -> None:
    from augment import compose

    counts: dict[str, Counter[str]] = defaultdict(Counter)
    for written in compose():
        if written.lang == "en" and not written.held_out and "toxicity" in written.labels:
            kind = "hateful" if written.labels["toxicity"] else "harmless"
            for term in ("Muslims", "lesbians", "Black people", "trans people", "immigrants", "deaf people"):
                if term in written.text:
                    counts[term][kind] += 1
    for term, found in counts.items():
        assert 0.5 < found["harmless"] / found["hateful"] < 2, (term, found)


def test_terms_of_the_bias_measure_are_not_trained_on() -> None:
    from augment import compose
    from bias import NEW_TERMS, sentences

    ours = " ".join(w.text for w in compose()).lower()
    for adj, many in NEW_TERMS:
        assert adj.lower() not in ours.split(), adj
        assert many.lower() not in ours, many
    assert not {s.text.lower() for s in sentences()} & set(ours.splitlines())


@pytest.mark.parametrize("seed", range(40))
def test_disguises_and_dress_leave_something_to_read(seed: int) -> None:
    from augment import disguise, dress

    rng = random.Random(seed)
    text = "you absolute disgrace of a neighbour"
    assert sum(c.isalnum() for c in disguise(text, rng)) > 20
    assert text in dress(text, "en", rng)
    assert text in dress(text, "zh", rng)
