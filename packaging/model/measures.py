"""The measures every figure is made of."""

import numpy as np
import numpy.typing as npt

_Bools = npt.NDArray[np.bool_]


def auc(positive: _Bools, score: npt.NDArray[np.float64]) -> float:
    """Area under the ROC curve by ranks (ties shared)."""
    _, place, counts = np.unique(score, return_inverse=True, return_counts=True)
    rank = (np.cumsum(counts) - (counts - 1) / 2)[place]
    n, p = len(score), int(positive.sum())
    return float((rank[positive].sum() - p * (p + 1) / 2) / (p * (n - p)))


def macro_f1(truth: _Bools, said: _Bools) -> float:
    """Mean of the F1 of both classes."""
    parts = []
    for t, s in ((truth, said), (~truth, ~said)):
        hit = int((t & s).sum())
        parts.append(2 * hit / max(int(t.sum() + s.sum()), 1))
    return sum(parts) / 2
