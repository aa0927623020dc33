"""Masked, soft-label logistic regression over hashed n-grams, fitted with L-BFGS."""

import time
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import scipy.sparse as sp
from scipy.optimize import minimize

from core.classify.features import COLUMNS, features, weigh

F32 = npt.NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Fitted:
    """Weights (COLUMNS, labels), one bias per nuisance group and label, and the idf used."""

    weights: F32
    group_bias: F32
    idf: F32


def count(texts: list[str], batch: int = 2048) -> sp.csr_matrix[np.float32]:
    """Feature counts of all texts."""
    parts = [features(texts[i : i + batch]) for i in range(0, len(texts), batch)]
    counts: sp.csr_matrix[np.float32] = sp.vstack(parts, format="csr")
    return counts


def inverse_frequency(counts: sp.csr_matrix[np.float32], least: int = 3) -> F32:
    """ln((1+n)/(1+df)) + 1; 0 for columns seen in fewer than `least` texts."""
    df = np.bincount(counts.indices, minlength=COLUMNS)
    idf = np.log((1 + counts.shape[0]) / (1 + df)) + 1
    return np.where(df >= least, idf, 0).astype(np.float32)


def fit(
    counts: sp.csr_matrix[np.float32],
    labels: F32,
    weight: F32,
    groups: npt.NDArray[np.int64],
    *,
    idf: F32,
    penalty: float,
    rounds: int,
    log: Callable[[str], None],
    n_groups: int,
    start: "Fitted | None" = None,
) -> Fitted:
    """Minimise weighted masked cross-entropy + penalty/2 |W|^2.

    Each group (source) gets its own bias, so that "comes from this collection" is not learnt from words.
    """
    x = weigh(counts, idf)
    used = np.flatnonzero(idf > 0)
    x = x[:, used]
    xt = x.T.tocsr()
    n_labels = labels.shape[1]
    known = ~np.isnan(labels)
    target = np.nan_to_num(labels)
    cost = (known * weight[:, None]).astype(np.float32)
    total = float(weight.sum())
    g = sp.csr_matrix(
        (np.ones(len(groups), np.float32), (np.arange(len(groups)), groups)), shape=(len(groups), n_groups)
    )
    shape = (len(used), n_labels)
    split = shape[0] * n_labels
    started, calls = time.monotonic(), [0]

    def objective(flat: npt.NDArray[np.float64]) -> tuple[float, npt.NDArray[np.float64]]:
        w = flat[:split].reshape(shape).astype(np.float32)
        b = flat[split:].reshape(n_groups, n_labels).astype(np.float32)
        z = x @ w + b[groups]
        loss = float((cost * (np.logaddexp(0, z) - target * z)).sum()) / total
        delta = cost * (1 / (1 + np.exp(-z)) - target) / total
        gw = np.asarray(xt @ delta) + penalty * w
        gb = np.asarray(g.T @ delta) + 1e-6 * b
        calls[0] += 1
        if calls[0] % 10 == 0:
            log(f"round {calls[0]} loss {loss:.5f} after {time.monotonic() - started:.0f} s")
        value = loss + penalty / 2 * float((w.astype(np.float64) ** 2).sum())
        return value, np.concatenate([gw.ravel(), gb.ravel()]).astype(np.float64)

    first = np.zeros(split + n_groups * n_labels)
    if start is not None:  # an earlier fit, say on a part of the rows
        first = np.concatenate([start.weights[used].ravel(), start.group_bias.ravel()]).astype(np.float64)
    found = minimize(objective, first, jac=True, method="L-BFGS-B", options={"maxiter": rounds, "maxcor": 5})
    weights = np.zeros((COLUMNS, n_labels), np.float32)
    weights[used] = found.x[:split].reshape(shape)
    bias = found.x[split:].reshape(n_groups, n_labels).astype(np.float32)
    return Fitted(weights, bias, idf)
