"""The shown spans are the ones whose removal undoes the decision."""

from collections.abc import Sequence

import numpy as np

from core.classify.occlusion import explain, units, without
from core.classify.scorer import Scores


def counting(*words: str, each: float = 0.5):  # type: ignore[no-untyped-def]
    """A model of one label whose score is the number of the words present times `each`."""

    def score(texts: Sequence[str]) -> Scores:
        return np.array([[each * sum(t.split().count(w) for w in words)] for t in texts], dtype=np.float32)

    return score


def test_one_guilty_word_is_shown_alone() -> None:
    text = "what a zig day it was"
    (span,) = explain(text, counting("zig"), [0], [0.4])[0]
    assert text[slice(*span)] == "zig"


def test_as_many_words_as_it_takes() -> None:
    text = "zig one two zag three zog"
    spans = explain(text, counting("zig", "zag", "zog"), [0], [0.6])[0]
    shown = [text[slice(*s)] for s in spans]
    assert len(shown) == 2
    assert set(shown) <= {"zig", "zag", "zog"}
    assert counting("zig", "zag", "zog")([without(text, spans)])[0, 0] < 0.6


def test_neighbours_are_joined() -> None:
    text = "so zig zag there"
    spans = explain(text, counting("zig", "zag"), [0], [0.3])[0]
    assert [text[slice(*s)] for s in spans] == ["zig zag"]


def test_nothing_is_shown_when_no_removal_helps() -> None:
    def stubborn(texts: Sequence[str]) -> Scores:
        return np.ones((len(texts), 1), dtype=np.float32)

    assert explain("any words at all", stubborn, [0], [0.5]) == {0: ()}
    assert explain("", stubborn, [0], [0.5]) == {0: ()}


def test_units_cover_every_letter_and_stay_few() -> None:
    assert [("你好吗abc d"[a:b]) for a, b in units("你好吗abc d")] == ["你好", "吗", "abc", "d"]
    long = "word " * 500
    pieces = units(long)
    assert len(pieces) <= 64
    assert without(long, pieces) == ""


def test_gaps_are_closed() -> None:
    assert without("a b c", [(2, 3)]) == "a c"
    assert without("abc", [(0, 3)]) == ""
