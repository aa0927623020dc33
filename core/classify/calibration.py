"""Learning from corrections: a bounded shift of a label's threshold, per language, on top of the model.

The scores stay what the model gave. A shift is the intercept of a one-parameter logistic regression of
the person's decisions on the distance between score and threshold, both in log-odds, with a normal
prior around no shift. It is used only when enough different texts disagreed with the model in that
direction and leaving each correction out in turn shows that it would have decided more of them rightly.
Words and rules are never touched, nor the label `threat`.
"""

import hashlib
import json
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

from core.classify.fold import Folded
from core.classify.level import Level
from core.classify.scorer import TOXICITY, Scorer, Scores
from core.domain.classification import LABELS, ModelInfo
from core.domain.learning import Shift

CAP: Final = 1.0  # log-odds: the most a label ever moves; .50 becomes .27 or .73
MIN_CORRECTIONS: Final = 8  # different texts that disagree with the label, in the direction of the shift
PRIOR_SD: Final = 0.5  # log-odds; how far we expect one person's line to lie from the model's
MOST: Final = 500  # different texts looked at per language, the latest decided
_FAR: Final = 6.0  # log-odds; beyond it a score says nothing more
_STEPS: Final = 50  # of bisection: to 2 * CAP / 2**50
_FIXED: Final = frozenset({"threat"})
# Everything the person calls abuse should have shown as this; a finer label need not apply to it.
_GENERAL: Final = TOXICITY

Thresholds = Callable[[str], tuple[float, ...]]
Floats = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Correction:
    """One decision of the person on a text the model had scored. `text` tells copies apart from new texts."""

    text: str
    language: str
    scores: tuple[float, ...]
    abuse: bool


def learn(corrections: Iterable[Correction], thresholds: Thresholds) -> tuple[Shift, ...]:
    """The shifts that corrections support; `thresholds` gives the model's own, per language, in LABELS order.

    Copies of one text count once, with its latest decision (the last in order).
    """
    by_language: dict[str, dict[str, Correction]] = {}
    for one in corrections:
        known = by_language.setdefault(one.language, {})
        known.pop(one.text, None)
        known[one.text] = one
    found = []
    for language, known in sorted(by_language.items()):
        latest = list(known.values())[-MOST:]
        limits = thresholds(language)
        for index, label in enumerate(LABELS):
            if label not in _FIXED and limits[index] <= 1.0:
                shift = _shift(language, index, latest, limits[index])
                found += [shift] if shift is not None else []
    return tuple(found)


def _shift(language: str, label: int, corrections: Sequence[Correction], limit: float) -> Shift | None:
    margins = _margins([one.scores[label] for one in corrections], limit)
    abuse = np.array([one.abuse for one in corrections])
    told = ~abuse | (margins >= 0) | (label == _GENERAL)
    margins, abuse = margins[told], abuse[told]
    said_fine = int(np.count_nonzero(~abuse & (margins >= 0)))
    said_abuse = int(np.count_nonzero(abuse & (margins < 0)))
    if max(said_fine, said_abuse) < MIN_CORRECTIONS:
        return None
    amount = fit(margins, abuse)
    disagreed = said_fine if amount < 0 else said_abuse
    if disagreed < MIN_CORRECTIONS or not _helps(margins, abuse):
        return None
    return Shift(language, LABELS[label], round(amount, 6), said_abuse, said_fine)


def fit(margins: Floats, abuse: npt.NDArray[np.bool_]) -> float:
    """The shift, in -CAP..CAP: falls with every "fine", rises with every "abuse"."""
    return float(_fit_each(margins[None, :], abuse[None, :], np.ones((1, len(margins)), dtype=bool))[0])


def _fit_each(margins: Floats, abuse: npt.NDArray[np.bool_], used: npt.NDArray[np.bool_]) -> Floats:
    """One fit per row of `used`. The slope of the penalised loss rises with the shift: bisect its root."""
    low = np.full(used.shape[0], -CAP)
    high = np.full(used.shape[0], CAP)
    for _ in range(_STEPS):
        middle = (low + high) / 2
        wrong = _logistic(margins + middle[:, None]) - abuse
        slope = np.where(used, wrong, 0.0).sum(axis=1) + middle / PRIOR_SD**2
        low, high = np.where(slope < 0, middle, low), np.where(slope < 0, high, middle)
    return np.asarray((low + high) / 2)


def _helps(margins: Floats, abuse: npt.NDArray[np.bool_]) -> bool:
    """Each correction, judged by the shift that the others give, comes out right more often than before."""
    before = int(np.count_nonzero((margins >= 0) == abuse))
    after = 0
    for start in range(0, len(margins), 256):
        rows = np.arange(start, min(start + 256, len(margins)))
        used = np.ones((len(rows), len(margins)), dtype=bool)
        used[np.arange(len(rows)), rows] = False
        shifts = _fit_each(margins[None, :], abuse[None, :], used)
        after += int(np.count_nonzero((margins[rows] + shifts >= 0) == abuse[rows]))
    return after > before


def shifted(threshold: float, amount: float) -> float:
    """A threshold moved by a shift; one above 1, which never counts, stays."""
    if threshold > 1.0:
        return threshold
    return float(_logistic(_log_odds(np.array([threshold])) - amount)[0])


def identity(shifts: Iterable[Shift]) -> str:
    """Eight hex digits that name a set of shifts; empty for none."""
    rows = sorted((one.language, one.label, round(one.amount * 1e6)) for one in shifts)
    return hashlib.sha256(json.dumps(rows).encode()).hexdigest()[:8] if rows else ""


class CalibratedScorer:
    """A `Scorer` whose thresholds are moved; its version says by which shifts, its scores are the model's."""

    def __init__(self, base: Scorer, shifts: Sequence[Shift]) -> None:
        self.base = base
        self._shifts = {(one.language, LABELS.index(one.label)): _bounded(one.amount) for one in shifts}
        name = identity(shifts)
        version = f"{base.info.version}+yours.{name}" if name else base.info.version
        self._info = ModelInfo(base.info.name, version, base.info.weights_sha256)

    @property
    def info(self) -> ModelInfo:
        """The weights in use, and the name of the shifts."""
        return self._info

    def holds(self, language: str) -> bool:
        """As the model."""
        return self.base.holds(language)

    def prepare(self, folded: Folded) -> str:
        """As the model."""
        return self.base.prepare(folded)

    def score(self, texts: Sequence[str], languages: Sequence[str]) -> Scores:
        """As the model: raw."""
        return self.base.score(texts, languages)

    def quick(self, texts: Sequence[str], languages: Sequence[str]) -> Scores:
        """As the model."""
        return self.base.quick(texts, languages)

    def thresholds(self, language: str, level: Level) -> tuple[float, ...]:
        """The model's own, moved."""
        return tuple(
            shifted(limit, self._shifts[language, index]) if (language, index) in self._shifts else limit
            for index, limit in enumerate(self.base.thresholds(language, level))
        )


def raw(scorer: Scorer) -> Scorer:
    """The model beneath any shifts."""
    return scorer.base if isinstance(scorer, CalibratedScorer) else scorer


def _bounded(amount: float) -> float:
    return max(-CAP, min(CAP, amount))


def _margins(scores: Sequence[float], limit: float) -> Floats:
    return np.asarray(
        np.clip(_log_odds(np.array(scores, dtype=np.float64)) - _log_odds(np.array([limit])), -_FAR, _FAR)
    )


def _log_odds(values: Floats) -> Floats:
    safe = np.clip(values, 1e-6, 1 - 1e-6)
    return np.asarray(np.log(safe) - np.log1p(-safe))


def _logistic(values: Floats) -> Floats:
    return np.asarray(1.0 / (1.0 + np.exp(-values)))
