"""Partners: senders who share several rare things with each other, on separate occasions.

This is the account side of co-sharing, for artifacts too rare to stand out themselves. Only artifacts
of at most `RARE` senders are expanded into pairs of senders, so that the work stays linear in events.
"""

from math import factorial
from typing import Final

import numpy as np
import numpy.typing as npt
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components

from core.coordination.artifacts import KINDS, MIN_ACCOUNTS, Material
from core.coordination.pools import APART, OWN_WORDS, Null, Pool, own_artifacts
from core.domain.coordination import ThingKind

Int64 = npt.NDArray[np.int64]
Float64 = npt.NDArray[np.float64]
Bools = npt.NDArray[np.bool_]

RARE: Final = 50  # senders of an artifact that is still expanded into pairs
FALSE_PAIRS: Final = 0.05  # share of the partners that may be due to chance
TRIM: Final = 0.75  # accounts that share more than this quantile do not shape the null model


def find_partners(material: Material, null: Null) -> list[Pool]:
    """Sets of at least three senders linked by partnership; `returned` is whether a sender has a partner."""
    rows = _uses(material)
    if not len(rows[0]):
        return []
    left, right, shared = _pairs(*rows)
    found = _least_shared(material, null, rows, shared)
    if found is None:
        return []
    least, rate = found
    keep = shared >= least
    weight = null.share**least
    lucky = np.minimum(1.0, weight * float(weight.sum()) * rate**least / factorial(least))
    return _sets(material, left[keep], right[keep], least, lucky)


def _uses(material: Material) -> tuple[Int64, Int64, Int64, Float64]:
    """First use of each rare artifact by each account, ordered by artifact and account."""
    events = material.events
    kind = material.kind
    usable = (
        (material.spread <= RARE) & (material.weight >= OWN_WORDS) & (kind != KINDS.index(ThingKind.TAGS))
    )
    at = np.flatnonzero(usable[events.artifact])
    at = at[np.lexsort((events.post[at], events.time[at], events.account[at], events.artifact[at]))]
    artifact, account = events.artifact[at], events.account[at]
    if not len(at):
        return artifact, account, events.post[at], events.time[at]
    first = np.concatenate(([True], (artifact[1:] != artifact[:-1]) | (account[1:] != account[:-1])))
    at = at[first]
    return events.artifact[at], events.account[at], events.post[at], events.time[at]


def _pairs(artifact: Int64, account: Int64, post: Int64, time: Float64) -> tuple[Int64, Int64, Int64]:
    """Pairs of accounts and how many things they share, in different posts well apart for both."""
    people = int(account.max()) + 1
    found, first, second = [], [], []
    for lag in range(1, RARE):
        at = np.flatnonzero(artifact[lag:] == artifact[:-lag])
        if not len(at):
            break
        found.append(account[at] * people + account[at + lag])
        first.append(at)
        second.append(at + lag)
    if not found:
        return (np.zeros(0, np.int64),) * 3
    key, a, b = np.concatenate(found), np.concatenate(first), np.concatenate(second)
    order = np.argsort(key, kind="stable")
    key = key[order]
    again = np.zeros(len(key), dtype=bool)
    again[1:] = key[1:] == key[:-1]
    again[:-1] |= again[1:]
    key, a, b = key[again], a[order][again], b[order][again]
    if not len(key):
        return (np.zeros(0, np.int64),) * 3
    start = np.flatnonzero(np.concatenate(([True], key[1:] != key[:-1])))
    shared = np.minimum(_occasions(post, time, a, start), _occasions(post, time, b, start))
    return key[start] // people, key[start] % people, shared


def _occasions(post: Int64, time: Float64, at: Int64, start: Int64) -> Int64:
    """Per run of uses: in how many different posts, 1 when all fell on one occasion."""
    run = np.repeat(np.arange(len(start)), np.diff(np.append(start, len(at))))
    order = np.lexsort((post[at], run))
    posts = post[at][order]
    new = np.ones(len(at), dtype=bool)
    new[1:] = (posts[1:] != posts[:-1]) | (run[order][1:] != run[order][:-1])
    count = np.bincount(run[order], weights=new, minlength=len(start)).astype(np.int64)
    when = time[at]
    span = np.maximum.reduceat(when, start) - np.minimum.reduceat(when, start)
    return np.where(span < APART, 1, count)


def _least_shared(
    material: Material, null: Null, rows: tuple[Int64, Int64, Int64, Float64], shared: Int64
) -> tuple[int, float] | None:
    """How many things partners must share so that few pairs are due to chance, and how often chance
    lets two average senders share one thing; None when no number will do."""
    artifact, account = rows[0], rows[1]
    busy = np.bincount(account, minlength=len(material.accounts.ids))
    ordinary = busy <= max(1.0, float(np.quantile(busy, TRIM)))
    weight = float(null.share[ordinary].sum())
    spread = np.bincount(artifact[ordinary[account]], minlength=len(material.spread))
    rate = float((spread * (spread - 1.0)).sum()) / max(weight, 1e-9) ** 2
    rate *= np.sqrt(_apart(rows[3][ordinary[account]]))  # two of them must lie well apart
    for least in range(2, 6):
        seen = int((shared >= least).sum())
        chance = float((null.share**least).sum()) ** 2 * rate**least / (2 * factorial(least))
        if seen and chance <= FALSE_PAIRS * seen:
            return least, rate
    return None


def _apart(time: Float64) -> float:
    """Chance that two of these uses lie on separate occasions; 1 when times are not known."""
    known = np.sort(time[np.isfinite(time)])
    if len(known) < 2:
        return 1.0
    near = np.searchsorted(known, known + APART) - np.searchsorted(known, known - APART, side="right")
    share = 1.0 - float((near - 1).sum()) / (len(known) * (len(known) - 1))
    return 1.0 - (1.0 - share) * (len(known) / len(time)) ** 2


def _sets(material: Material, left: Int64, right: Int64, least: int, lucky: Float64) -> list[Pool]:
    """Components of the pairs; `lucky` is each sender's chance to find a partner by chance."""
    people = len(material.accounts.ids)
    graph = coo_array((np.ones(len(left)), (left, right)), shape=(people, people))
    label = connected_components(graph, directed=False)[1]
    size = np.bincount(label)
    pools = []
    for name in np.flatnonzero(size >= MIN_ACCOUNTS).tolist():
        accounts = np.flatnonzero(label == name)
        inside = np.zeros(people, dtype=bool)
        inside[accounts] = True
        artifacts = own_artifacts(material, inside[material.events.account])
        if len(artifacts):
            everyone = np.ones(len(accounts), dtype=bool)
            pools.append(Pool(artifacts, accounts, everyone, (least, float(lucky[accounts].sum()))))
    return pools
