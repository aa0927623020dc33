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


_FULL_WIDTH = {c: c + 0xFEE0 for c in range(ord("a"), ord("z") + 1)}
_LOOK_ALIKE = str.maketrans("aeiopcyx", "аеіорсух")  # to Cyrillic
_BOLD = {c: c - ord("a") + 0x1D41A for c in range(ord("a"), ord("z") + 1)}
_LATIN_DISGUISES = (
    str,
    str.upper,
    lambda w: w.translate(_FULL_WIDTH),
    lambda w: w.translate(_LOOK_ALIKE),
    lambda w: w.translate(_BOLD),
    "\u200b".join,
    "\u2060\ufe0f".join,
    lambda w: "".join(c + "\u0336" for c in w)[:-1],
    " ".join,
    ".".join,
    lambda w: w[:-1] + "\U0001f525" + w[-1],
    lambda w: w[:3] + "\U0001f525" + w[3:],
    "\u2764\ufe0f".join,
)
_CHINESE_DISGUISES = (str, "\u200b".join, "*".join, "\U0001f525".join, " ".join, "\ufe0f".join)
_AROUND = (
    "",
    "Hey \U0001f468\u200d\U0001f469\u200d\U0001f467, ",
    "ＯＫ　",
    "e\u0301t\u0301 ",
    "真的嗎？",
    "\U0001f1fa\U0001f1f8 ",
    "ﷺ ",
    "\ud83d ",
)


@pytest.mark.parametrize("before", _AROUND)
@pytest.mark.parametrize("number", range(len(_LATIN_DISGUISES)))
def test_a_disguised_word_is_shown_exactly_whatever_stands_before_it(
    lexicon: Lexicon, before: str, number: int
) -> None:
    shown = _LATIN_DISGUISES[number]("idiot")
    text = f"{before}you are an {shown}, friend \U0001f642"
    spans = [r.spans for r in word_reasons(fold(text), lexicon, Level.BALANCED) if r.name.endswith(":idiot")]
    assert [[text[a:b] for a, b in places] for places in spans] == [[shown]]


def test_a_picture_between_two_words_joins_no_abuse(lexicon: Lexicon) -> None:
    for text in ("so\u2764cute, I\U0001f525love it", "this class\U0001f525is full", "i\u2764you all"):
        assert word_reasons(fold(text), lexicon, Level.STRICT) == []
        closed = fold(text).closed()
        assert closed is not None
        assert all(closed.span(i, i + 1) == (at, at + 1) for i, at in enumerate(closed.starts or ()))
    assert fold("plain words \U0001f525 here").closed() is None


@pytest.mark.parametrize("before", _AROUND)
@pytest.mark.parametrize("word", ["汉奸", "漢奸", "卖国贼", "賣國賊"])
@pytest.mark.parametrize("number", range(len(_CHINESE_DISGUISES)))
def test_a_disguised_chinese_word_is_shown_exactly(
    lexicon: Lexicon, before: str, word: str, number: int
) -> None:
    shown = _CHINESE_DISGUISES[number](word)
    text = f"{before}你這個{shown}，滾 ❤️"
    reasons = word_reasons(fold(text), lexicon, Level.BALANCED)
    assert shown in [text[a:b] for r in reasons for a, b in r.spans if r.category is Category.TRAITOR]


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
