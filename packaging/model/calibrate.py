"""Platt scaling and thresholds per language, from held-out rows."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from augment import LABEL_ORDER as LABELS
from scipy.optimize import minimize

F32 = npt.NDArray[np.float32]

# Share of ordinary held-out posts each label may flag, per level. Toxicity is set apart, below.
_LABEL_RATES = {
    "severe_toxicity": 0.001,
    "obscene": 0.01,
    "identity_attack": 0.004,
    "insult": 0.004,
    "threat": 0.002,
    "sexual_explicit": 0.002,
}
_LEVEL_FACTOR = {"gentle": 0.4, "balanced": 1.0, "strict": 3.0}
NEVER = 1.5


@dataclass(frozen=True, slots=True)
class Pool:
    """What is known of the held-out rows of one language, to set limits with.

    `ordinary`: rows to count as everyday posts. `easy`: scores of everyday posts written by us.
    """

    labels: F32
    ordinary: npt.NDArray[np.bool_]
    easy: F32


def platt(logits: F32, target: F32, slope: float, bias: float) -> tuple[float, float]:
    """Slope and bias that make sigmoid(slope*z + bias) a probability; those given when rows are few."""
    known = ~np.isnan(target)
    z, y = logits[known].astype(np.float64), np.clip(target[known], 0, 1).astype(np.float64)
    if (y >= 0.5).sum() < 25 or (y < 0.5).sum() < 25:
        return slope, bias

    def cost(p: npt.NDArray[np.float64]) -> float:
        t = p[0] * z + p[1]
        return float(np.mean(np.logaddexp(0, t) - y * t)) + 1e-4 * float(p[0] - 1) ** 2

    found = minimize(cost, np.array([slope, bias]), method="Nelder-Mead").x
    return max(float(found[0]), 0.05), float(found[1])


def at_rate(scores: F32, rate: float) -> float:
    """The lowest threshold that flags at most `rate` of these scores."""
    if not len(scores):
        return 0.0
    ranked = np.sort(scores)[::-1]
    allowed = int(rate * len(ranked))
    return float(ranked[min(allowed, len(ranked) - 1)]) + 1e-4


def thresholds(
    scores: F32, pool: Pool, toxicity_rate: float, easy_rate: float
) -> dict[str, dict[str, float]]:
    """Per level and label: low enough to find abuse, high enough to leave ordinary posts alone."""
    result: dict[str, dict[str, float]] = {}
    for level, factor in _LEVEL_FACTOR.items():
        row: dict[str, float] = {}
        for k, label in enumerate(LABELS):
            rate = toxicity_rate if label == "toxicity" else _LABEL_RATES[label]
            known_clean = pool.ordinary & ~(pool.labels[:, k] >= 0.5)
            value = at_rate(scores[known_clean, k], rate * factor)
            value = max(value, at_rate(pool.easy[:, k], easy_rate * factor))
            floor = 0.3 if label == "toxicity" else 0.5
            row[label] = round(min(max(value, floor), 0.995), 4)
        result[level] = row
    return result
