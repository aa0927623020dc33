"""Which words made the model decide: found by taking them away.

Every unit (a word, or two characters of an unspaced script) is removed in turn; then the strongest
are removed together until the label falls below its threshold. What was removed is what is shown,
so removing the shown spans is known to undo the decision.

Ranking and a first guess at how many units it takes are asked of the cheap `quick` score; the answer
is then checked with the real one, and widened until it holds. Where the two differ, the guess is the
removal that halves the quick score: measured, that undoes the real decision in 76 to 98 % of cases at
the first try. Where the whole text would have to go, the quick score does not see the reason, and a
few larger pieces are ranked by the real score instead. All texts of a batch are asked about together,
since a model answers many texts far faster than one at a time.
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
_HALVED: Final = 0.5
_FEW_PIECES: Final = 8
_CLOSED_MATTERS: Final = re.compile("[\u2e80-\u9fff\uac00-\ud7a3\uff66-\uff9f\U00020000-\U0002ebef]")
_AT_ONCE: Final = 4_000_000  # characters of altered texts in memory together
_BLANKS: Final = re.compile(r"\s{2,}")


@dataclass(frozen=True, slots=True)
class Decided:
    """A folded text, the labels that reached their threshold; scores and thresholds of all LABELS."""

    text: str
    language: str
    labels: tuple[int, ...]
    scores: tuple[float, ...]
    thresholds: tuple[float, ...]


@dataclass(slots=True)
class _Search:
    """How many of the strongest units of one text must go for one label to fall."""

    decided: Decided
    label: int
    order: list[Span]  # strongest first
    goal: float  # the quick score to get below at first
    low: int
    high: int
    coarse: bool = False

    @property
    def threshold(self) -> float:
        return self.decided.thresholds[self.label]

    def variants(self, count: int) -> list[str]:
        """Without the strongest `count`, a blank in their place; in unspaced scripts also closed up."""
        text, spans = self.decided.text, self.order[:count]
        blank = without(text, spans, " ")
        return [blank, without(text, spans)] if _CLOSED_MATTERS.search(text) else [blank]


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
    searches = _ranked(group, quick)
    _guess(searches, quick)
    while searches:
        left = _left_over(searches, [s.low for s in searches], score)
        again, blind = [], []
        for search, rest in zip(searches, left, strict=True):
            count = len(search.order)
            if rest < search.threshold and (search.coarse or search.low < count or count <= 2):
                spans = sorted(search.order[: search.low])
                at[id(search.decided)][search.label] = _joined(search.decided.text, spans)
            elif search.low < count:
                search.low = search.low + 1 if search.coarse else min(2 * search.low, count)
                again.append(search)
            elif not search.coarse:
                blind.append(search)
        searches = again + _coarse(blind, score)
    return shown


def _coarse(searches: list[_Search], score: Rescore) -> list[_Search]:
    """The same questions asked again with a few larger pieces, ranked by the real score."""
    pieces = [units(s.decided.text, _FEW_PIECES) for s in searches]
    wanted: dict[tuple[str, str], int] = {}
    for search, parts in zip(searches, pieces, strict=True):
        for part in parts:
            key = without(search.decided.text, [part], " "), search.decided.language
            wanted.setdefault(key, len(wanted))
    table = score([text for text, _ in wanted], [language for _, language in wanted]) if wanted else None
    found: list[_Search] = []
    for search, parts in zip(searches, pieces, strict=True):
        one = search.decided
        rows = [wanted[without(one.text, [part], " "), one.language] for part in parts]
        if table is not None:
            order = [parts[i] for i in np.argsort(table[rows, search.label], kind="stable").tolist()]
            found.append(_Search(one, search.label, order, search.threshold, 1, len(order), coarse=True))
    return found


def _ranked(group: list[Decided], quick: Rescore) -> list[_Search]:
    """One search per text and label, units ordered by what is left of the label without them."""
    parts = [units(one.text) for one in group]
    texts = [without(one.text, [p], " ") for one, own in zip(group, parts, strict=True) for p in own]
    languages = [one.language for one, own in zip(group, parts, strict=True) for _ in own]
    table = quick([one.text for one in group] + texts, [one.language for one in group] + languages)
    searches: list[_Search] = []
    row = len(group)
    for one, own, whole in zip(group, parts, table, strict=False):
        alone = table[row : row + len(own)]
        row += len(own)
        for label in one.labels if own else ():
            order = [own[i] for i in np.argsort(alone[:, label], kind="stable").tolist()]
            goal = _goal(float(whole[label]), one.scores[label], one.thresholds[label])
            searches.append(_Search(one, label, order, goal, 1, len(order)))
    return searches


def _goal(quick: float, real: float, threshold: float) -> float:
    return threshold if abs(quick - real) < 1e-6 else min(threshold, _HALVED * quick)


def _guess(searches: list[_Search], quick: Rescore) -> None:
    """Binary search in step: removing more can only help, near enough."""
    active = [s for s in searches if s.low < s.high]
    while active:
        middles = [(s.low + s.high) // 2 for s in active]
        for search, middle, rest in zip(active, middles, _left_over(active, middles, quick), strict=True):
            if rest < search.goal:
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
