"""Joining words, rules and scores into reasons."""

import pytest

from core.classify.fold import fold
from core.classify.level import Level
from core.classify.lexicon import Lexicon, load_packs
from core.classify.verdict import (
    LABEL_CATEGORY,
    bad_language_only,
    decided_labels,
    is_abusive,
    model_reasons,
    word_reasons,
)
from core.domain.classification import LABELS, Category, Decider, Reason


@pytest.fixture(scope="module")
def lexicon() -> Lexicon:
    return load_packs()


def test_every_label_has_a_category() -> None:
    assert set(LABEL_CATEGORY) == set(LABELS)


def test_a_word_found_twice_is_one_reason_with_two_places(lexicon: Lexicon) -> None:
    text = "You idiot, what an idiot you are"
    reasons = [r for r in word_reasons(fold(text), lexicon, Level.BALANCED) if r.decider is Decider.LEXICON]
    assert len(reasons) == 1
    assert [text[a:b].lower() for a, b in reasons[0].spans] == ["idiot", "idiot"]


def test_stretched_words_are_shown_whole(lexicon: Lexicon) -> None:
    text = "you are a looooooser"
    (reason,) = word_reasons(fold(text), lexicon, Level.BALANCED)
    assert [text[a:b] for a, b in reason.spans] == ["looooooser"]


def test_labels_below_their_threshold_give_no_reason() -> None:
    thresholds = (0.8, 0.95, 2.0, 2.0, 2.0, 2.0, 2.0)
    scores = [0.9] * len(LABELS)
    assert decided_labels(scores, thresholds) == (0,)
    (reason,) = model_reasons(scores, thresholds, {0: ((2, 5),)})
    assert (reason.name, reason.spans, reason.score, reason.threshold) == ("toxicity", ((2, 5),), 0.9, 0.8)
    assert decided_labels([0.1] * len(LABELS), thresholds) == ()
    assert model_reasons([0.1] * len(LABELS), thresholds, {}) == []


@pytest.mark.parametrize(
    ("text", "swear", "alone"),
    [
        ("holy shit what a goal", "shit", True),
        ("fuck you", "fuck", False),
        ("卧槽这球太牛了", "卧槽", True),
        ("what a day", "day", False),
    ],
)
def test_a_swear_thrown_at_nobody(lexicon: Lexicon, text: str, swear: str, alone: bool) -> None:
    at = text.index(swear)
    assert bad_language_only(fold(text), [(at, at + len(swear))], lexicon) is alone


def test_bad_language_counts_for_the_strict_only() -> None:
    reasons = [Reason(Category.OBSCENE, Decider.MODEL, "obscene")]
    assert [is_abusive(reasons, level) for level in Level] == [False, False, True]
    assert not is_abusive([], Level.STRICT)
