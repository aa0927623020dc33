"""What another level or other thresholds would do to the messages here, from scores already stored."""

from collections.abc import Callable
from typing import Final

import numpy as np
import numpy.typing as npt

from core.classify.level import Level
from core.domain.classification import LABELS
from core.domain.learning import Effect
from core.storage.score_table import ScoreTable

Thresholds = Callable[[str], tuple[float, ...]]
Bools = npt.NDArray[np.bool_]

_OBSCENE: Final = LABELS.index("obscene")
_RANKS: Final = {level: rank for rank, level in enumerate(Level)}


def judged(table: ScoreTable, thresholds: Thresholds, level: Level) -> Bools:
    """Which messages are abuse at these thresholds and this level, whoever sent them.

    Whether a label that does not fire now would rest on a swear word alone is not known without asking
    the model again: it is counted as abuse.
    """
    if not len(table):
        return np.zeros(0, dtype=bool)
    limits = np.array([thresholds(code) for code in table.codes])[table.languages]
    fired = table.scores >= limits
    if level is not Level.STRICT:
        fired &= ~table.milder
        fired[:, _OBSCENE] = False
    by_model = fired.any(axis=1) & table.in_scope
    return np.asarray(by_model | (table.word_rank <= _RANKS[level]))


def effect(table: ScoreTable, before: Bools, after: Bools) -> Effect:
    """The difference between two verdicts, for messages the person has not decided on."""
    open_to_change = table.said < 0
    more = after & ~before & open_to_change
    less = before & ~after & open_to_change & ~table.followed
    return Effect(
        hidden=int(np.count_nonzero(more & ~table.followed)),
        shown=int(np.count_nonzero(less)),
        followed=int(np.count_nonzero(more & table.followed)),
    )
