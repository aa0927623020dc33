"""The shown spans are the ones whose removal undoes the decision."""

from collections.abc import Sequence

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.classify import occlusion
from core.classify.occlusion import Decided, Rescore, explain, units, without
from core.classify.scorer import Scores


def counting(*words: str, each: float = 0.5) -> Rescore:
    """A model of one label whose score is the number of the words present times `each`."""

    def score(texts: Sequence[str], _languages: Sequence[str]) -> Scores:
        rows = [[each * sum(t.split().count(w) for w in words)] for t in texts]
        return np.array(rows, dtype=np.float32).reshape(-1, 1)

    return score


def constant(value: float) -> Rescore:
    def score(texts: Sequence[str], _languages: Sequence[str]) -> Scores:
        return np.full((len(texts), 1), value, dtype=np.float32)

    return score


def shown(text: str, threshold: float, quick: Rescore, score: Rescore | None = None) -> list[str]:
    """The words shown for the one label of one text."""
    real = score or quick
    whole = (float(real([text], ["en"])[0, 0]),)
    (found,) = explain([Decided(text, "en", (0,), whole, (threshold,))], quick, real)
    return [text[slice(*span)] for span in found[0]]


def test_one_guilty_word_is_shown_alone() -> None:
    assert shown("what a zig day it was", 0.4, counting("zig")) == ["zig"]


def test_as_many_words_as_it_takes() -> None:
    found = shown("zig one two zag three zog", 0.6, counting("zig", "zag", "zog"))
    assert len(found) == 2
    assert set(found) <= {"zig", "zag", "zog"}


def test_neighbours_are_joined() -> None:
    assert shown("so zig zag there", 0.3, counting("zig", "zag")) == ["zig zag"]


def test_nothing_is_shown_when_no_removal_helps() -> None:
    assert shown("any words at all", 0.5, constant(1.0)) == []
    assert shown("", 0.5, constant(1.0)) == []


def test_what_the_quick_score_shows_too_little_of_is_widened_until_it_holds() -> None:
    quick, real = counting("zig", each=1.0), counting("zig", "zag", each=1.0)
    found = shown("zig one zag two", 0.5, quick, real)
    assert {"zig", "zag"} <= set(" ".join(found).split())


def test_what_the_quick_score_hardly_sees_is_still_found() -> None:
    assert shown("one two zag four", 0.5, counting("zag", each=0.01), counting("zag")) == ["zag"]
    assert "zag" in shown("one two zag four", 0.5, constant(0.0), counting("zag"))[0]


def test_what_the_quick_score_misleads_about_is_ranked_again_by_the_real_one() -> None:
    text = " ".join([*(["zig"] * 15), "zag"])
    assert shown(text, 0.3, counting("zig", each=0.1), counting("zag")) == ["zig zag"]


def two_labels(first: Rescore, second: Rescore) -> Rescore:
    def score(texts: Sequence[str], languages: Sequence[str]) -> Scores:
        return np.hstack([first(texts, languages), second(texts, languages)])

    return score


def sees_zig_only() -> Rescore:
    return two_labels(counting("zig", each=0.1), counting("zig", each=0.1))


def test_labels_of_a_text_are_checked_with_one_question() -> None:
    real = two_labels(counting("zig", "zog"), counting("zag", "zog"))
    quick = two_labels(counting("zig", each=0.1), counting("zag", each=0.1))
    asked: list[str] = []

    def score(texts: Sequence[str], languages: Sequence[str]) -> Scores:
        asked.extend(texts)
        return real(texts, languages)

    text = "one zig two three zag four"
    (found,) = explain([Decided(text, "en", (0, 1), (0.5, 0.5), (0.4, 0.4))], quick, score)
    assert asked == ["one two three four"]
    assert found == {0: ((4, 7), (18, 21)), 1: ((4, 7), (18, 21))}


def test_a_label_that_falls_sooner_is_shown_less() -> None:
    real = two_labels(counting("zig"), counting("zig", "zag"))
    quick = two_labels(counting("zig", each=0.1), counting("zig", each=0.1))
    text = "zig one two three four five six seven eight nine zag ten"
    (found,) = explain([Decided(text, "en", (0, 1), (0.5, 1.0), (0.4, 0.4))], quick, real)
    assert [text[slice(*span)] for span in found[0]] == ["zig"]
    assert "zag" in " ".join(text[slice(*span)] for span in found[1])
    assert len(found[1]) == 2


def test_a_label_that_never_falls_does_not_hide_the_others() -> None:
    real = two_labels(counting("zig"), constant(1.0))
    (found,) = explain([Decided("so zig it is", "en", (0, 1), (0.5, 1.0), (0.4, 0.4))], sees_zig_only(), real)
    assert found[1] == ()
    assert found[0] == ((3, 6),)


def test_each_label_has_its_own_words_where_asking_is_cheap() -> None:
    both = two_labels(counting("zig"), counting("zag"))
    text = "so zig it zag is"
    (found,) = explain([Decided(text, "en", (0, 1), (0.5, 0.5), (0.4, 0.4))], both, both)
    assert found == {0: ((3, 6),), 1: ((10, 13),)}


@given(
    st.lists(
        st.sampled_from(["zig", "zag", "zog", "one", "two", "汉奸", "好", "x.y"]), min_size=1, max_size=90
    ),
    st.integers(0, 3),
)
def test_without_what_is_shown_every_explained_label_has_fallen(words: list[str], lies: int) -> None:
    """Whatever the quick score believes: what is shown undoes the label."""
    real = two_labels(counting("zig", "zag"), counting("zag", "zog", each=0.3))
    quick = [real, sees_zig_only(), two_labels(constant(0.0), counting("one")), two_labels(real, real)][lies]
    text = " ".join(words)
    (whole,) = real([text], ["en"]).tolist()
    labels = tuple(i for i in (0, 1) if whole[i] >= 0.3)
    if not labels:
        return
    (found,) = explain([Decided(text, "en", labels, tuple(whole), (0.3, 0.3))], quick, real)
    for label in labels:
        assert found[label]
        assert real([without(text, found[label], " ")], ["en"])[0, label] < 0.3
        assert all(a < b for a, b in found[label])
        assert list(found[label]) == sorted(found[label])


def test_texts_are_asked_about_together_and_answered_in_order() -> None:
    asked: list[int] = []
    inner = counting("zig", "zag")

    def score(texts: Sequence[str], languages: Sequence[str]) -> Scores:
        asked.append(len(texts))
        assert len(languages) == len(texts)
        return inner(texts, languages)

    texts = [f"{'zig' if i % 2 else 'zag'} word {i}" for i in range(40)]
    found = explain([Decided(t, "en", (0,), (0.5,), (0.4,)) for t in texts], inner, score)
    assert [t[slice(*f[0][0])] for t, f in zip(texts, found, strict=True)] == ["zag", "zig"] * 20
    assert asked == [40]


def test_long_texts_are_taken_in_turns(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(occlusion, "_AT_ONCE", 200)
    sizes: list[int] = []
    inner = counting("zig")

    def score(texts: Sequence[str], languages: Sequence[str]) -> Scores:
        sizes.append(len(texts))
        return inner(texts, languages)

    found = explain([Decided("so zig it is", "en", (0,), (0.5,), (0.4,))] * 9, inner, score)
    assert [f[0] for f in found] == [((3, 6),)] * 9
    assert max(sizes) == 1


def test_units_cover_every_letter_and_stay_few() -> None:
    assert [("你好吗abc d"[a:b]) for a, b in units("你好吗abc d")] == ["你好", "吗", "abc", "d"]
    long = "word " * 500
    pieces = units(long)
    assert len(pieces) <= 64
    assert without(long, pieces) == ""


def test_gaps_are_closed() -> None:
    assert without("a b c", [(2, 3)]) == "a c"
    assert without("abc", [(0, 3)]) == ""
