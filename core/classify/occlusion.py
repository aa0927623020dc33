"""Which words made the model decide: found by taking them away.

Every unit (a word, or two characters of an unspaced script) is removed in turn; then the strongest
are removed together until the label falls below its threshold. What was removed is what is shown,
so removing the shown spans is known to undo the decision.
"""

import re
from collections.abc import Callable, Sequence
from functools import partial
from typing import Final

import numpy as np

from core.classify.scorer import Scores

Span = tuple[int, int]
Rescore = Callable[[Sequence[str]], Scores]

_UNIT: Final = re.compile(
    "[\u2e80-\u9fff\uff66-\uff9f\U00020000-\U0002ebef]{1,2}|[^\\s\u2e80-\u9fff\uff66-\uff9f\U00020000-\U0002ebef]+"
)
_MOST_UNITS: Final = 64  # longer texts are cut into this many pieces, each of several words
_BLANKS: Final = re.compile(r"\s{2,}")


def units(text: str) -> list[Span]:
    """The pieces of a folded text that are removed one by one, at most 64."""
    found = [m.span() for m in _UNIT.finditer(text)]
    if len(found) <= _MOST_UNITS:
        return found
    step = -(-len(found) // _MOST_UNITS)
    return [(found[i][0], found[min(i + step, len(found)) - 1][1]) for i in range(0, len(found), step)]


def without(text: str, spans: Sequence[Span], gap: str = "") -> str:
    """The text with spans taken out and `gap` in their place."""
    pieces, at = [], 0
    for start, end in sorted(spans):
        pieces += [text[at:start], gap]
        at = max(at, end)
    pieces.append(text[at:])
    return _BLANKS.sub(" ", "".join(pieces)).strip()


def explain(
    text: str, score: Rescore, labels: Sequence[int], thresholds: Sequence[float]
) -> dict[int, tuple[Span, ...]]:
    """Per decided label, the spans whose removal brings it below its threshold.

    Empty for a label that stays above it whatever is removed.
    """
    parts = units(text)
    if not parts:
        return {label: () for label in labels}
    alone = score([without(text, [part]) for part in parts])
    shown: dict[int, tuple[Span, ...]] = {}
    for label in labels:
        order = np.argsort(alone[:, label], kind="stable").tolist()  # lowest left over: strongest word
        shown[label] = _fewest(
            text, [parts[i] for i in order], partial(_left_over, score, label, text), thresholds[label]
        )
    return shown


def _left_over(score: Rescore, label: int, text: str, removed: Sequence[Span]) -> float:
    """The score without these spans, whether the gap is closed or left blank (they differ in Chinese)."""
    return float(score([without(text, removed), without(text, removed, " ")])[:, label].max())


def _fewest(
    text: str, strongest: list[Span], left_over: Callable[[Sequence[Span]], float], threshold: float
) -> tuple[Span, ...]:
    low, high = 1, len(strongest)
    while low < high:  # removing more can only help, near enough: find the least that suffices
        middle = (low + high) // 2
        if left_over(strongest[:middle]) < threshold:
            high = middle
        else:
            low = middle + 1
    if left_over(strongest[:low]) >= threshold:
        return ()
    return _joined(text, sorted(strongest[:low]))


def _joined(text: str, spans: list[Span]) -> tuple[Span, ...]:
    """Neighbours with only white space between them become one span."""
    joined: list[Span] = []
    for start, end in spans:
        if joined and not text[joined[-1][1] : start].strip():
            joined[-1] = (joined[-1][0], end)
        else:
            joined.append((start, end))
    return tuple(joined)
