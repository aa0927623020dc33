"""Pools: sets of artifacts that the same accounts keep using on separate occasions.

The null model is degree aware and trimmed: an account's chance to use an artifact grows with how much
it posts, but nobody counts for more than most people do, so that a busy campaign cannot pass its own
overlap off as normal. A viral artifact is never expanded into pairs of its senders: pairs of artifacts
are counted account by account.
"""

from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components
from scipy.stats import poisson

from core.coordination.artifacts import MIN_ACCOUNTS, Events, Material

Int64 = npt.NDArray[np.int64]
Float64 = npt.NDArray[np.float64]
Bools = npt.NDArray[np.bool_]

APART: Final = 12 * 3600.0  # seconds between two acts on separate occasions
MAX_PER_ACCOUNT: Final = 60  # events compared per account, rarest artifacts first
MIN_LIFT: Final = 4.0  # how many times more often than chance two artifacts must meet
MIN_CLOSURE: Final = 0.5  # share of an artifact's senders who came back to the pool
OWN_WORDS: Final = 24.0  # `fold.weight` below which two people may well have chosen the same words
LEAF_CLOSURE: Final = 0.8  # the same for an artifact that meets only one other of a large pool
TRIM: Final = 0.95  # activity above this quantile counts as this quantile


@dataclass(frozen=True, slots=True)
class Null:
    """Trimmed activity: the weight of each account, summing to 1, and how alike two draws are."""

    share: Float64
    collision: float


def fit_null(posts: Int64) -> Null:
    """`posts` per account; activity is capped at its `TRIM` quantile before it is normalised."""
    if not len(posts):
        return Null(np.zeros(0), 0.0)
    capped = np.minimum(posts, max(2.0, float(np.quantile(posts, TRIM))))
    share = capped / capped.sum()
    return Null(share, float((share**2).sum()))


@dataclass(frozen=True, slots=True)
class Pool:
    """Artifacts of one pool, and its senders with their number of separate acts (1, or 2 for more)."""

    artifacts: Int64
    accounts: Int64
    returned: Bools
    partners: tuple[int, float] | None = None  # things shared by partners, senders with one by chance


def find_pools(material: Material, null: Null) -> list[Pool]:
    """All pools, in order of their smallest artifact."""
    count = len(material.spread)
    left, right, met = _meetings(material)
    repeats = np.zeros(count, dtype=np.int64)
    repeats[left[left == right]] = met[left == right]
    keep = _edges(material, null, left, right, met)
    left, right = left[keep], right[keep]
    alive = np.zeros(count, dtype=bool)
    alive[left] = alive[right] = True
    alive |= repeats >= 3
    label = np.where(alive, np.arange(count), -1)
    for bar in (0.2, 0.35, MIN_CLOSURE, MIN_CLOSURE, MIN_CLOSURE, MIN_CLOSURE, MIN_CLOSURE, MIN_CLOSURE):
        label = _components(alive, left, right)
        closure = _closure(material.events, label, count)
        alive &= closure >= bar
    label = _components(alive, left, right)
    alive &= _held(alive, label, left, right) | (_closure(material.events, label, count) >= LEAF_CLOSURE)
    return _pools(material.events, _components(alive, left, right))


def _meetings(material: Material) -> tuple[Int64, Int64, Int64]:
    """Pairs of artifacts (i <= j) and how many accounts used both in different posts, well apart in time."""
    events, count = material.events, len(material.spread)
    events = _common(material)
    order = np.lexsort((events.post, events.artifact, material.spread[events.artifact], events.account))
    account = events.account[order]
    first = np.concatenate(([True], account[1:] != account[:-1])) if len(account) else np.zeros(0, bool)
    rank = np.arange(len(account)) - np.maximum.accumulate(np.where(first, np.arange(len(account)), 0))
    order = order[rank < MAX_PER_ACCOUNT]
    account, artifact = events.account[order], events.artifact[order]
    post, time = events.post[order], events.time[order]
    found = []
    for lag in range(1, MAX_PER_ACCOUNT):
        same = account[lag:] == account[:-lag]
        if not same.any():
            break
        at = np.flatnonzero(same)
        gap = np.abs(time[at + lag] - time[at])
        at = at[(post[at] != post[at + lag]) & ~(gap < APART)]
        a, b = artifact[at], artifact[at + lag]
        found.append(np.stack((np.minimum(a, b) * count + np.maximum(a, b), account[at])))
    if not found:
        return (np.zeros(0, np.int64),) * 3
    pairs = np.concatenate(found, axis=1)
    pairs = pairs[:, np.lexsort((pairs[1], pairs[0]))]
    new = np.ones(pairs.shape[1], dtype=bool)
    new[1:] = (pairs[:, 1:] != pairs[:, :-1]).any(axis=0)
    key, met = np.unique(pairs[0, new], return_counts=True)
    return key // count, key % count, met.astype(np.int64)


def _common(material: Material) -> Events:
    """The events of artifacts that at least `MIN_ACCOUNTS` senders used."""
    events = material.events
    keep = material.spread[events.artifact] >= MIN_ACCOUNTS
    return Events(events.account[keep], events.artifact[keep], events.post[keep], events.time[keep])


def _edges(material: Material, null: Null, left: Int64, right: Int64, met: Int64) -> Bools:
    """Which pairs met more often than chance allows, over all pairs that could have met."""
    expected = material.spread[left] * material.spread[right] * null.collision
    tests = max(1.0, float((material.spread >= MIN_ACCOUNTS).sum()) ** 2 / 2)
    chance = poisson.sf(met - 1, expected)
    kept: Bools = (left != right) & (met >= 2) & (met >= MIN_LIFT * expected) & (chance * tests < 1.0)
    return kept


def _components(alive: Bools, left: Int64, right: Int64) -> Int64:
    both = alive[left] & alive[right]
    graph = coo_array((np.ones(both.sum()), (left[both], right[both])), shape=(len(alive), len(alive)))
    label = connected_components(graph, directed=False)[1].astype(np.int64)
    label[~alive] = -1
    return label


def _held(alive: Bools, label: Int64, left: Int64, right: Int64) -> Bools:
    """In pools of four artifacts and more, those that meet at least two others: one may be chance."""
    both = alive[left] & alive[right]
    degree = np.bincount(np.concatenate((left[both], right[both])), minlength=len(alive))
    size = np.bincount(label[alive], minlength=len(alive))
    held: Bools = (degree >= 2) | (size[np.maximum(label, 0)] < 4)
    return held


def _acts(events: Events, label: Int64) -> tuple[Int64, Int64, Bools]:
    """Per (pool, account): the two, and whether the account acted on two occasions well apart."""
    pool = label[events.artifact]
    at = np.flatnonzero(pool >= 0)
    order = at[np.lexsort((events.time[at], events.account[at], pool[at]))]
    pool, account = pool[order], events.account[order]
    time, post = events.time[order], events.post[order]
    if not len(order):
        return pool, account, np.zeros(0, dtype=bool)
    start = np.flatnonzero(np.concatenate(([True], (pool[1:] != pool[:-1]) | (account[1:] != account[:-1]))))
    span = np.maximum.reduceat(time, start) - np.minimum.reduceat(time, start)
    several = np.maximum.reduceat(post, start) != np.minimum.reduceat(post, start)
    return pool[start], account[start], several & ~(span < APART)


def _closure(events: Events, label: Int64, count: int) -> Float64:
    """Per artifact: the share of its senders who returned to its pool on a separate occasion."""
    pool, account, returned = _acts(events, label)
    people = int(events.account.max()) + 1 if len(events.account) else 1
    key = pool * people + account
    mine = label[events.artifact] >= 0
    pair = np.unique(events.artifact[mine] * people + events.account[mine])
    artifact, who = pair // people, pair % people
    at = np.searchsorted(key, label[artifact] * people + who)
    total = np.bincount(artifact, minlength=count)
    back = np.bincount(artifact, weights=returned[at], minlength=count)
    return back / np.maximum(total, 1)


def _pools(events: Events, label: Int64) -> list[Pool]:
    pool, account, returned = _acts(events, label)
    result = []
    for name in np.unique(pool).tolist():
        mine = pool == name
        result.append(Pool(np.flatnonzero(label == name), account[mine], returned[mine]))
    return result


def own_artifacts(material: Material, inside: Bools, least: int = 2) -> Int64:
    """Artifacts that at least so many of the senders of these events used, and mostly they."""
    events, count = material.events, len(material.spread)
    pair = np.unique(np.stack((events.artifact[inside], events.account[inside])), axis=1)
    users = np.bincount(pair[0], minlength=count)
    return np.flatnonzero((users >= least) & (2 * users >= material.spread) & (material.weight >= OWN_WORDS))
