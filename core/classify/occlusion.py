"""Which words made the model decide: found by taking them away.

Every unit (a word, or two characters of an unspaced script) is removed in turn; then the strongest
are removed together until the label falls below its threshold. What was removed is what is shown,
so removing the shown spans is known to undo the decision.

Ranking, and a first guess at how many units it takes, are asked of the cheap `quick` score; the answer
is then checked with the real one. Where the two differ, asking costs: all labels of a text are checked
at once, without the units that halve the quick score of any (measured: that undoes all of them in 61 to
95 % of posts). Where it does not, or most of the text would have to go, the text is cut into a few pieces,
the real score of each piece alone says which are abusive (together about as cheap as one question), and
those go too, until every label has fallen. All texts of a batch are asked about together, since a model
answers many texts far faster than one at a time.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

from core.classify.scorer import Scores

Span = tuple[int, int]
Rescore = Callable[[Sequence[str], Sequence[str]], Scores]  # texts, their languages

_UNIT: Final = re.compile(
    "[\u2e80-\u9fff\uff66-\uff9f\U00020000-\U0002ebef]{1,2}|[^\\s\u2e80-\u9fff\uff66-\uff9f\U00020000-\U0002ebef]+"
)
_MOST_UNITS: Final = 64  # longer texts are cut into this many pieces, each of several words
_HALVED: Final = 0.5
_FEW_PIECES: Final = 8
_SEEN: Final = 0.7  # of the units of a longer text; where more must go, the quick score missed the reason
_NEAR: Final = 0.5  # of the threshold: a piece that alone comes so far goes at the first try
_UNSPACED: Final = re.compile("[\u2e80-\u9fff\uac00-\ud7a3\uff66-\uff9f\U00020000-\U0002ebef]")
_AT_ONCE: Final = 4_000_000  # characters of altered texts in memory together
_BLANKS: Final = re.compile(r"\s{2,}")

_Row = npt.NDArray[np.float32]  # scores of one text


@dataclass(frozen=True, slots=True)
class Decided:
    """A folded text, the labels that reached their threshold; scores and thresholds of all LABELS."""

    text: str
    language: str
    labels: tuple[int, ...]
    scores: tuple[float, ...]
    thresholds: tuple[float, ...]


@dataclass(slots=True)
class _Guess:
    """How many of the strongest units must go for the quick score of one label to get below the goal."""

    decided: Decided
    label: int
    order: list[Span]  # strongest first
    goal: float
    exact: bool  # the quick score is the real one
    low: int
    high: int


@dataclass(slots=True)
class _Search:
    """What goes from one text for labels that are still at or above their threshold."""

    decided: Decided
    labels: tuple[int, ...]
    spans: list[Span]
    pieces: list[Span] | None = None  # strongest first, once they were asked about
    taken: int = 0

    @property
    def removal(self) -> list[Span]:
        return sorted([*self.spans, *(self.pieces or ())[: self.taken]])

    @property
    def exhausted(self) -> bool:
        return self.pieces is not None and self.taken >= len(self.pieces)

    def rest(self) -> str:
        """What is left: closed up in unspaced scripts, else with a blank in place of what goes."""
        text = self.decided.text
        return without(text, self.removal, "" if _UNSPACED.search(text) else " ")

    def rank(self, pieces: list[Span], scores: Scores) -> None:
        """Order the pieces by how near the nearest open label comes to its threshold with each alone."""
        limits = np.array([self.decided.thresholds[label] for label in self.labels], dtype=np.float32)
        nearness = (scores[:, self.labels] / limits).max(axis=1)
        self.pieces = [pieces[i] for i in np.argsort(-nearness, kind="stable").tolist()]
        self.taken = max(1, int((nearness >= _NEAR).sum()))


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
    searches = _first(group, quick)
    _cut([s for s in searches if not s.spans], score)
    while searches:
        for search, rest in zip(searches, _left_over(searches, score), strict=True):
            fallen = [label for label in search.labels if rest[label] < search.decided.thresholds[label]]
            spans = _joined(search.decided.text, search.removal)
            at[id(search.decided)] |= dict.fromkeys(fallen, spans)
            search.labels = tuple(label for label in search.labels if label not in fallen)
        searches = [s for s in searches if s.labels and not s.exhausted]
        uncut = [s for s in searches if s.pieces is None]
        for search in searches:
            search.taken += search.pieces is not None
        _cut(uncut, score)
    return shown


def _first(group: list[Decided], quick: Rescore) -> list[_Search]:
    """What the quick score says must go: for each label where it is the real score, else for all at once.

    Nothing where that is most of a longer text.
    """
    by_text: dict[int, list[_Guess]] = {}
    for guess in _narrowed(_ranked(group, quick), quick):
        by_text.setdefault(id(guess.decided), []).append(guess)
    searches: list[_Search] = []
    for own in by_text.values():
        for part in [[guess] for guess in own] if own[0].exact else [own]:
            spans = sorted({span for guess in part for span in guess.order[: guess.low]})
            missed = len(spans) > max(2, _SEEN * len(own[0].order))
            labels = tuple(guess.label for guess in part)
            searches.append(_Search(own[0].decided, labels, [] if missed else spans))
    return searches


def _ranked(group: list[Decided], quick: Rescore) -> list[_Guess]:
    """One guess per text and label, units ordered by what is left of the label without them."""
    parts = [units(one.text) for one in group]
    texts = [without(one.text, [p], " ") for one, own in zip(group, parts, strict=True) for p in own]
    languages = [one.language for one, own in zip(group, parts, strict=True) for _ in own]
    table = quick([one.text for one in group] + texts, [one.language for one in group] + languages)
    guesses: list[_Guess] = []
    row = len(group)
    for one, own, whole in zip(group, parts, table, strict=False):
        alone = table[row : row + len(own)]
        row += len(own)
        exact = all(abs(float(whole[label]) - one.scores[label]) < 1e-6 for label in one.labels)
        for label in one.labels if own else ():
            order = [own[i] for i in np.argsort(alone[:, label], kind="stable").tolist()]
            limit = one.thresholds[label]
            goal = limit if exact else min(limit, _HALVED * float(whole[label]))
            guesses.append(_Guess(one, label, order, goal, exact, 1, len(order)))
    return guesses


def _narrowed(guesses: list[_Guess], quick: Rescore) -> list[_Guess]:
    """The same with `low` found by binary search in step: removing more can only help, near enough."""
    active = [guess for guess in guesses if guess.low < guess.high]
    while active:
        middles = [(guess.low + guess.high) // 2 for guess in active]
        asked = [
            _Search(guess.decided, (guess.label,), guess.order[:middle])
            for guess, middle in zip(active, middles, strict=True)
        ]
        for guess, middle, rest in zip(active, middles, _left_over(asked, quick), strict=True):
            if rest[guess.label] < guess.goal:
                guess.high = middle
            else:
                guess.low = middle + 1
        active = [guess for guess in active if guess.low < guess.high]
    return guesses


def _cut(searches: list[_Search], score: Rescore) -> None:
    """Let the real score of a few pieces, each alone and without what goes already, rank them."""
    pieces = [units(search.decided.text, _FEW_PIECES) for search in searches]
    alone = [
        [_kept(search.decided.text, piece, search.spans) for piece in own]
        for search, own in zip(searches, pieces, strict=True)
    ]
    for search, own, texts, table in zip(
        searches, pieces, alone, _asked(searches, alone, score), strict=True
    ):
        rest = [i for i, text in enumerate(texts) if text]
        search.pieces = []
        if rest:
            search.rank([own[i] for i in rest], table[rest])


def _kept(text: str, piece: Span, spans: list[Span]) -> str:
    """A piece of the text without those spans."""
    start, end = piece
    gone = [(max(a, start) - start, min(b, end) - start) for a, b in spans if a < end and start < b]
    return without(text[start:end], gone, " ")


def _left_over(searches: Sequence[_Search], score: Rescore) -> list[_Row]:
    """Per label the score without what goes."""
    return [table[0] for table in _asked(searches, [[search.rest()] for search in searches], score)]


def _asked(searches: Sequence[_Search], texts: Sequence[Sequence[str]], score: Rescore) -> list[Scores]:
    """Scores of the altered texts of each search; the same text is asked about once."""
    rows: dict[tuple[str, str], int] = {}
    places = [
        [rows.setdefault((text, search.decided.language), len(rows)) for text in own]
        for search, own in zip(searches, texts, strict=True)
    ]
    if not rows:
        return [np.zeros((0, 0), dtype=np.float32) for _ in searches]
    table = score([text for text, _ in rows], [language for _, language in rows])
    return [table[own] for own in places]


def _joined(text: str, spans: list[Span]) -> tuple[Span, ...]:
    """Neighbours with only white space between them become one span."""
    joined: list[Span] = []
    for start, end in spans:
        if joined and not text[joined[-1][1] : start].strip():
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return tuple(joined)
