"""Which words made the model decide: found by taking them away.

Every unit (a word, or two characters of an unspaced script) is removed in turn; then the strongest
are removed together until the label falls below its threshold. What was removed is what is shown,
so removing the shown spans is known to undo the decision.

Ranking and a first guess at how many units it takes are asked of the cheap `quick` score; the answer
is then checked with the real one, and widened until it holds. Where `quick` does not see why the label
was decided at all, a few larger pieces are ranked with the real score instead. All texts of a batch are
asked about together, since a model answers many texts far faster than one at a time.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from core.classify.scorer import Scores

Span = tuple[int, int]
Rescore = Callable[[Sequence[str], Sequence[str]], Scores]  # texts, their languages

_UNIT: Final = re.compile(
    "[\u2e80-\u9fff\uff66-\uff9f\U00020000-\U0002ebef]{1,2}|[^\\s\u2e80-\u9fff\uff66-\uff9f\U00020000-\U0002ebef]+"
)
_MOST_UNITS: Final = 64  # longer texts are cut into this many pieces, each of several words
_FEW_PIECES: Final = 8
_AT_ONCE: Final = 4_000_000  # characters of altered texts in memory together
_BLANKS: Final = re.compile(r"\s{2,}")


@dataclass(frozen=True, slots=True)
class Decided:
    """A folded text, the labels that reached their threshold, and all thresholds in the order of LABELS."""

    text: str
    language: str
    labels: tuple[int, ...]
    thresholds: tuple[float, ...]


@dataclass(slots=True)
class _Search:
    """How many of the strongest units of one text must go for one label to fall."""

    decided: Decided
    label: int
    order: list[Span]  # strongest first
    low: int
    high: int

    @property
    def threshold(self) -> float:
        return self.decided.thresholds[self.label]

    def variants(self, count: int) -> list[str]:
        """Without the strongest `count`, the gap closed and left blank (they differ in Chinese)."""
        text, spans = self.decided.text, self.order[:count]
        return list(dict.fromkeys((without(text, spans), without(text, spans, " "))))


def units(text: str, most: int = _MOST_UNITS) -> list[Span]:
    """The pieces of a folded text that are removed one by one, at most `most`."""
    found = [m.span() for m in _UNIT.finditer(text)]
    if len(found) <= most:
        return found
    step = -(-len(found) // most)
    return [(found[i][0], found[min(i + step, len(found)) - 1][1]) for i in range(0, len(found), step)]


def without(text: str, spans: Sequence[Span], gap: str = "") -> str:
    """The text with spans taken out and `gap` in their place."""
    pieces, at = [], 0
    for start, end in sorted(spans):
        pieces += [text[at:start], gap]
        at = max(at, end)
    pieces.append(text[at:])
    return _BLANKS.sub(" ", "".join(pieces)).strip()


def explain(decided: Sequence[Decided], quick: Rescore, score: Rescore) -> list[dict[int, tuple[Span, ...]]]:
    """Per text and decided label, the spans whose removal brings it below its threshold.

    Empty for a label that stays above it whatever is removed.
    """
    return [shown for group in _groups(decided) for shown in _explain(group, quick, score)]


def _groups(decided: Sequence[Decided]) -> Iterator[list[Decided]]:
    group: list[Decided] = []
    size = 0
    for one in decided:
        cost = len(one.text) * min(len(one.text), _MOST_UNITS)
        if group and size + cost > _AT_ONCE:
            yield group
            group, size = [], 0
        group.append(one)
        size += cost
    if group:
        yield group


def _explain(group: list[Decided], quick: Rescore, score: Rescore) -> list[dict[int, tuple[Span, ...]]]:
    shown: list[dict[int, tuple[Span, ...]]] = [dict.fromkeys(one.labels, ()) for one in group]
    at = {id(one): found for one, found in zip(group, shown, strict=True)}
    searches = _ranked(group, quick, score)
    _guess(searches, quick)
    while searches:
        left = _left_over(searches, [s.low for s in searches], score)
        again = []
        for search, rest in zip(searches, left, strict=True):
            if rest < search.threshold:
                spans = sorted(search.order[: search.low])
                at[id(search.decided)][search.label] = _joined(search.decided.text, spans)
            elif search.low < len(search.order):
                search.low = min(2 * search.low, len(search.order))
                again.append(search)
        searches = again
    return shown


def _ranked(group: list[Decided], quick: Rescore, score: Rescore) -> list[_Search]:
    """One search per text and label, units ordered by what is left of the label without them."""
    whole = quick([one.text for one in group], [one.language for one in group])
    fine: list[tuple[Decided, list[int], list[Span]]] = []
    coarse: list[tuple[Decided, list[int], list[Span]]] = []
    for one, known in zip(group, whole, strict=True):
        seen = [k for k in one.labels if known[k] >= one.thresholds[k]]
        unseen = [k for k in one.labels if k not in seen]
        if seen:
            fine.append((one, seen, units(one.text)))
        if unseen:
            coarse.append((one, unseen, units(one.text, _FEW_PIECES)))
    return _orders(fine, quick) + _orders(coarse, score)


def _orders(asked: list[tuple[Decided, list[int], list[Span]]], score: Rescore) -> list[_Search]:
    texts = [without(one.text, [part]) for one, _, parts in asked for part in parts]
    languages = [one.language for one, _, parts in asked for _ in parts]
    if not texts:
        return []
    table = score(texts, languages)
    searches: list[_Search] = []
    row = 0
    for one, labels, parts in asked:
        alone = table[row : row + len(parts)]
        row += len(parts)
        if parts:
            for label in labels:
                order = [parts[i] for i in np.argsort(alone[:, label], kind="stable").tolist()]
                searches.append(_Search(one, label, order, 1, len(order)))
    return searches


def _guess(searches: list[_Search], quick: Rescore) -> None:
    """Binary search in step: removing more can only help, near enough."""
    active = [s for s in searches if s.low < s.high]
    while active:
        middles = [(s.low + s.high) // 2 for s in active]
        for search, middle, rest in zip(active, middles, _left_over(active, middles, quick), strict=True):
            if rest < search.threshold:
                search.high = middle
            else:
                search.low = middle + 1
        active = [s for s in active if s.low < s.high]


def _left_over(searches: Sequence[_Search], counts: Sequence[int], score: Rescore) -> list[float]:
    """The score of each label without so many of its strongest units; each altered text is asked once."""
    variants = [s.variants(count) for s, count in zip(searches, counts, strict=True)]
    rows: dict[tuple[str, str], int] = {}
    for search, texts in zip(searches, variants, strict=True):
        for text in texts:
            rows.setdefault((text, search.decided.language), len(rows))
    table = score([text for text, _ in rows], [language for _, language in rows])
    return [
        max(float(table[rows[text, search.decided.language], search.label]) for text in texts)
        for search, texts in zip(searches, variants, strict=True)
    ]


def _joined(text: str, spans: list[Span]) -> tuple[Span, ...]:
    """Neighbours with only white space between them become one span."""
    joined: list[Span] = []
    for start, end in spans:
        if joined and not text[joined[-1][1] : start].strip():
            joined[-1] = (joined[-1][0], end)
        else:
            joined.append((start, end))
    return tuple(joined)
