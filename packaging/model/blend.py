"""How much each stage counts: per label, weights of the two logits, fitted on held-out rows."""

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
from augment import LABEL_ORDER as LABELS
from calibrate import F32, platt
from scipy.optimize import minimize

TOXICITY = LABELS.index("toxicity")
LEAST = 25  # rows of either kind below which a label keeps the linear score alone


@dataclass(frozen=True, slots=True)
class Rows:
    """Held-out rows of one language: logits of both stages (n, 7), labels (NaN unknown) and weights (n)."""

    first: F32
    second: F32
    labels: F32
    weight: F32


def fit(rows: Rows) -> npt.NDArray[np.float32]:
    """Shape (7, 3): weight of the first logit, of the second (neither negative), bias."""
    return np.array([_one(rows, k) for k in range(len(LABELS))], np.float32)


def _one(rows: Rows, k: int) -> tuple[float, float, float]:
    known = ~np.isnan(rows.labels[:, k])
    y = np.clip(rows.labels[known, k], 0, 1).astype(np.float64)
    if (y >= 0.5).sum() < LEAST or (y < 0.5).sum() < LEAST:
        slope, bias = platt(rows.first[known, k], y.astype(np.float32), 1.0, -2.0)
        return slope, 0.0, bias
    x = np.stack([rows.first[known, k], rows.second[known, k]], axis=1).astype(np.float64)
    weight = rows.weight[known].astype(np.float64) / float(rows.weight[known].sum())

    def cost(p: npt.NDArray[np.float64]) -> tuple[float, npt.NDArray[np.float64]]:
        t = x @ p[:2] + p[2]
        delta = weight * (1 / (1 + np.exp(-t)) - y)
        loss = float(weight @ (np.logaddexp(0, t) - y * t)) + 1e-4 * float(p[:2] @ p[:2])
        return loss, np.array([*(delta @ x + 2e-4 * p[:2]), delta.sum()])

    bounds = [(0, None), (0, None), (None, None)]
    result: Any = minimize(cost, np.array([0.5, 0.5, -1.0]), jac=True, method="L-BFGS-B", bounds=bounds)
    first, second, bias = (float(value) for value in result.x)
    return first, second, bias


def join(first: F32, second: F32, blend: npt.NDArray[np.float32]) -> F32:
    """Probabilities, shape (n, 7)."""
    scores = 1 / (1 + np.exp(-(first * blend[:, 0] + second * blend[:, 1] + blend[:, 2])))
    return scores.astype(np.float32)


def band(first: F32, joined: F32, lowest: F32, lost: float) -> float:
    """The highest value such that settling texts whose first toxicity is below it loses few decisions.

    `lowest`: the threshold of each label at the strictest level. At most `lost` of the texts that the
    joined scores decide may be settled.
    """
    decided = (joined >= lowest).any(axis=1)
    ranked = np.sort(first[decided, TOXICITY])
    if not len(ranked):
        return 0.0
    return float(ranked[int(lost * len(ranked))])


def settled_scale(first: F32, joined: F32, below: float) -> F32:
    """Per label, the factor that puts settled first scores where joined ones would stand on average."""
    rows = first[:, TOXICITY] < below
    if not rows.any():
        return np.ones(first.shape[1], np.float32)
    scale: F32 = (joined[rows].mean(axis=0) / first[rows].mean(axis=0)).astype(np.float32)
    return np.minimum(scale, np.float32(1.0))
