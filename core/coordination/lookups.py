"""What the tests look up again and again, worked out once from the material."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from core.coordination.artifacts import KINDS, Material
from core.coordination.pools import APART
from core.domain.coordination import ThingKind

Int64 = npt.NDArray[np.int64]
Bools = npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class ByArtifact:
    """The events of each artifact, found without a scan."""

    order: Int64
    start: Int64

    @classmethod
    def over(cls, artifact: Int64, count: int) -> "ByArtifact":
        """`artifact` per event, `count` artifacts in all."""
        order = np.argsort(artifact, kind="stable")
        return cls(order, np.searchsorted(artifact[order], np.arange(count + 1)))

    def of(self, artifacts: Int64) -> Int64:
        """Event rows of these artifacts, ascending."""
        parts = [self.order[self.start[a] : self.start[a + 1]] for a in artifacts.tolist()]
        return np.sort(np.concatenate(parts)) if parts else np.zeros(0, dtype=np.int64)


def lasted(material: Material) -> npt.NDArray[np.float64]:
    """Seconds from the first to the last use of each artifact; 0 where times are not known."""
    artifact, time = material.events.artifact, material.events.time
    known = np.isfinite(time)
    first = np.full(len(material.spread), np.inf)
    last = np.full(len(material.spread), -np.inf)
    np.minimum.at(first, artifact[known], time[known])
    np.maximum.at(last, artifact[known], time[known])
    return np.where(np.isfinite(first), last, 0.0) - np.where(np.isfinite(first), first, 0.0)


@dataclass(frozen=True, slots=True)
class Answers:
    """The first answer of each sender to each post, where its time is known."""

    account: Int64
    post: Int64
    time: npt.NDArray[np.float64]
    first: Bools  # the sender was never seen before

    @classmethod
    def of(cls, material: Material) -> "Answers":
        """From all posts."""
        known = np.flatnonzero(np.isfinite(material.time))
        order = known[np.lexsort((material.time[known], material.author[known]))]
        author, answered = material.author[order], material.answered[order]
        first = np.concatenate(([True], author[1:] != author[:-1])) if len(order) else np.zeros(0, bool)
        replies = np.flatnonzero(answered >= 0)
        _, at = np.unique(np.stack((author[replies], answered[replies])), axis=1, return_index=True)
        chosen = replies[at]
        return cls(author[chosen], answered[chosen], material.time[order][chosen], first[chosen])


def stock(material: Material) -> int:
    """How many different texts were written: those shared, and every post that shares neither a text nor a
    repost."""
    events = material.events
    text = material.kind == 0
    shared = np.unique(
        events.post[(text | (material.kind == KINDS.index(ThingKind.REPOST)))[events.artifact]]
    )
    return int(text.sum()) + len(material.post_ids) - len(shared)


def repeated(
    account: Int64, artifact: Int64, time: npt.NDArray[np.float64], post: Int64
) -> tuple[Int64, Bools]:
    """Distinct (account, artifact) pairs and whether each was used again on a separate occasion."""
    if not len(account):
        return np.zeros((0, 2), dtype=np.int64), np.zeros(0, dtype=bool)
    order = np.lexsort((time, artifact, account))
    account, artifact, time, post = account[order], artifact[order], time[order], post[order]
    new = np.concatenate(([True], (account[1:] != account[:-1]) | (artifact[1:] != artifact[:-1])))
    start = np.flatnonzero(new)
    span = np.maximum.reduceat(time, start) - np.minimum.reduceat(time, start)
    several = np.maximum.reduceat(post, start) != np.minimum.reduceat(post, start)
    return np.stack((account[start], artifact[start]), axis=1), several & ~(span < APART)
