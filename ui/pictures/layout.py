"""Where senders and what they share are drawn: worked out once, off the window's thread, without chance.

What at least two senders sent stands on a ring, alike things beside each other; a sender lies inside,
drawn towards what they sent (the mean of its places). Senders who sent exactly the same things lie in one
cluster. Rings of several campaigns are laid beside each other. Cost: clusters squared, and these are kept
below a few hundred by drawing fewer things, so that thousands of senders take a fraction of a second.
"""

from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

from app.services.campaign_pictures import Int64, SharedGraph

Float64 = npt.NDArray[np.float64]
Points = npt.NDArray[np.float64]

MOST_CLUSTERS: Final = 240
MOST_THINGS: Final = (36, 24, 16, 12, 8)
_DOT: Final = 1.0  # radius; everything else is measured by it
_APART: Final = 2.3
_ROUNDS: Final = 90
_GOLDEN: Final = np.pi * (3 - np.sqrt(5))


@dataclass(frozen=True, slots=True)
class Ring:
    """One campaign. Places are relative to `center`; `things` are numbers in the graph, in ring order.

    `spots` are the places of `senders`; `lines` go from clusters to things: cluster, place on the ring, how
    many senders. `alone` counts senders whom nothing drawn ties; they lie below the ring.
    """

    campaign: int
    center: tuple[float, float]
    radius: float
    things: Int64
    thing_spots: Points
    senders: Int64
    spots: Points
    clusters: Points
    lines: Int64
    alone: int
    not_drawn: int


@dataclass(frozen=True, slots=True)
class Layout:
    """All rings, and the box around them: left, top, right, bottom, in dot radii."""

    rings: tuple[Ring, ...]
    box: tuple[float, float, float, float]


def lay_out(graph: SharedGraph) -> Layout:
    """A place for every sender. The same graph gives the same places."""
    rings = [_ring(graph, place) for place in range(len(graph.cards))]
    placed: list[Ring] = []
    for ring in sorted(rings, key=lambda one: (-one.radius, one.campaign)):
        placed.append(_beside(ring, placed))
    if not placed:
        return Layout((), (0.0, 0.0, 1.0, 1.0))
    edge = np.array([(*ring.center, ring.radius * 1.16 + 4) for ring in placed])
    low = (edge[:, :2] - edge[:, 2:]).min(axis=0)
    high = (edge[:, :2] + edge[:, 2:]).max(axis=0)
    return Layout(tuple(placed), (float(low[0]), float(low[1]), float(high[0]), float(high[1])))


def _ring(graph: SharedGraph, campaign: int) -> Ring:
    senders = np.flatnonzero(graph.campaign == campaign)
    mine = np.isin(graph.pairs[0], senders)
    pairs = graph.pairs[:, mine]
    used, counts = np.unique(pairs[1], return_counts=True)
    used = used[counts >= 2][np.argsort(-counts[counts >= 2], kind="stable")]
    things, groups = _clusters(pairs, senders, used)
    order = _around(pairs, senders, things)
    things = things[order]
    place = {int(thing): number for number, thing in enumerate(things)}
    sizes = np.array([len(members) for _, members in groups], dtype=np.int64)
    radius = _radius(sizes, len(things))
    angle = 2 * np.pi * np.arange(len(things)) / max(len(things), 1) - np.pi / 2
    rim = radius * np.stack((np.cos(angle), np.sin(angle)), axis=1)
    tied = [number for number, (held, _) in enumerate(groups) if held]
    goal = np.zeros((len(groups), 2))
    for number, (held, _) in enumerate(groups):
        goal[number] = (
            rim[[place[thing] for thing in held]].mean(axis=0) * 0.92 if held else (0, radius * 1.14)
        )
    centers = goal.copy()
    centers[tied] = _apart(goal[tied], np.sqrt(sizes[tied]) * _APART / 2, radius)
    spots, who = _spots(groups, centers)
    lines = [
        (number, place[thing], len(members))
        for number, (held, members) in enumerate(groups)
        for thing in held
    ]
    return Ring(
        campaign=campaign,
        center=(0.0, 0.0),
        radius=radius,
        things=things,
        thing_spots=rim,
        senders=who,
        spots=spots,
        clusters=centers,
        lines=np.array(lines, dtype=np.int64).reshape(-1, 3),
        alone=sum(len(members) for held, members in groups if not held),
        not_drawn=len(used) - len(things),
    )


def _clusters(
    pairs: Int64, senders: Int64, used: Int64
) -> tuple[Int64, list[tuple[tuple[int, ...], list[int]]]]:
    """Senders by exactly what they share, with as many things as leave few enough clusters."""
    for most in MOST_THINGS:
        things = used[:most]
        held: dict[int, list[int]] = {int(one): [] for one in senders}
        kept = pairs[:, np.isin(pairs[1], things)]
        for who, thing in zip(*kept.tolist(), strict=True):
            held[who].append(thing)
        groups: dict[tuple[int, ...], list[int]] = {}
        for who, mine in held.items():
            groups.setdefault(tuple(mine), []).append(who)
        if len(groups) <= MOST_CLUSTERS:
            break
    return things, sorted(groups.items(), key=lambda one: (-len(one[1]), one[0]))


def _around(pairs: Int64, senders: Int64, things: Int64) -> Int64:
    """An order around the ring in which things by the same senders are neighbours: the angle of the second
    and third eigenvectors of their likeness."""
    if len(things) < 4:
        return np.arange(len(things))
    use = np.zeros((len(senders), len(things)))
    column = {int(thing): number for number, thing in enumerate(things)}
    row = {int(who): number for number, who in enumerate(senders)}
    for who, thing in zip(*pairs[:, np.isin(pairs[1], things)].tolist(), strict=True):
        use[row[who], column[thing]] = 1
    both = use.T @ use
    alone = np.sqrt(np.maximum(np.diag(both), 1))
    likeness = both / np.outer(alone, alone)
    vectors = np.linalg.eigh(np.diag(likeness.sum(axis=1)) - likeness)[1]
    angle = np.arctan2(np.round(vectors[:, 2], 9), np.round(vectors[:, 1], 9))
    order: Int64 = np.lexsort((np.arange(len(things)), angle))
    return order


def _radius(sizes: Int64, things: int) -> float:
    """Room for all dots and for a mark for each thing."""
    room = np.sqrt(float((np.sqrt(sizes) * _APART) @ (np.sqrt(sizes) * _APART)) * 1.5 / 4)
    return float(max(room * 1.5, things * 5.0 / (2 * np.pi), 9.0))


def _apart(goal: Points, radius: Float64, limit: float) -> Points:
    """Clusters pushed apart until none overlaps, and held near where they belong."""
    count = len(goal)
    if count < 2:
        return goal
    # Equal places are told apart by a sunflower of almost nothing, so that pushing has a direction.
    turn = np.arange(count) * _GOLDEN
    spread = 0.05 * np.sqrt(np.arange(count))[:, None] * np.stack((np.cos(turn), np.sin(turn)), axis=1)
    at = goal + spread
    wanted = radius[:, None] + radius[None, :]
    for number in range(_ROUNDS):
        away = at[:, None, :] - at[None, :, :]
        far = np.sqrt((away**2).sum(axis=2)) + np.eye(count)
        close = np.clip(wanted - far, 0, None) * (1 - np.eye(count))
        push = (away / far[:, :, None] * (close / 2)[:, :, None]).sum(axis=1)
        pull = (goal - at) * 0.08 * (1 - number / _ROUNDS)
        at = at + push * 0.7 + pull
        reach = np.sqrt((at**2).sum(axis=1))
        over = reach > limit - radius
        shrink = np.where(over, np.maximum(limit - radius, 1.0) / np.maximum(reach, 1e-9), 1.0)
        at = at * shrink[:, None]
    placed: Points = at
    return placed


def _spots(groups: list[tuple[tuple[int, ...], list[int]]], centers: Points) -> tuple[Points, Int64]:
    """Every sender's place: a sunflower within their cluster."""
    spots, who = [], []
    for (_, members), center in zip(groups, centers, strict=True):
        number = np.arange(len(members))
        turn = number * _GOLDEN
        far = (np.sqrt(number + 0.5) if len(members) > 1 else np.zeros(1)) * _APART / 2
        spots.append(center + far[:, None] * np.stack((np.cos(turn), np.sin(turn)), axis=1))
        who += members
    if not spots:
        return np.zeros((0, 2)), np.zeros(0, dtype=np.int64)
    return np.concatenate(spots), np.array(who, dtype=np.int64)


def _beside(ring: Ring, placed: list[Ring]) -> Ring:
    """The nearest free place to the middle, tried along a wide spiral."""
    own = ring.radius * 1.16 + 4
    steps = np.arange(4000)
    far = 1.5 * np.sqrt(steps) * max(own / 12, 1.0)
    spiral = np.stack((1.45 * far * np.cos(steps * 0.35), far * np.sin(steps * 0.35)), axis=1)
    free = np.ones(len(spiral), dtype=bool)
    for other in placed:
        gap = own + other.radius * 1.16 + 4
        free &= ((spiral - np.array(other.center)) ** 2).sum(axis=1) >= gap**2
    chosen = spiral[int(free.argmax())] if free.any() else (placed[-1].center[0] + 3 * own, 0.0)
    center = (float(chosen[0]), float(chosen[1]))
    return Ring(
        ring.campaign, center, ring.radius, ring.things, ring.thing_spots, ring.senders, ring.spots,
        ring.clusters, ring.lines, ring.alone, ring.not_drawn,
    )  # fmt: skip
