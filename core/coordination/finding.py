"""One test's result, as every family of evidence gives it."""

from dataclasses import dataclass
from typing import Final

import numpy as np
from scipy.stats import poisson

from core.domain.coordination import Family

FEW_OTHERS: Final = 30  # with fewer other senders, reference rates replace the fitted ones


@dataclass(frozen=True, slots=True)
class Finding:
    """One test's result. `of` is how many could have been observed; `chance` the tail probability."""

    family: Family
    observed: float
    expected: float
    of: int
    chance: float
    detail: str = ""

    @property
    def lift(self) -> float:
        """Observed over expected, at most a thousand."""
        return min(1000.0, self.observed / max(self.expected, 1e-3))


def tail(observed: float, expected: float) -> float:
    """Poisson chance of at least this many."""
    return float(poisson.sf(np.ceil(observed) - 1, max(expected, 1e-9)))
