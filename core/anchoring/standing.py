"""What the stored anchors are worth today."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from enum import Enum

from core.anchoring.plan import AnchorPlan, When
from core.anchoring.refusal import Refused
from core.anchoring.rfc3161 import check_answer
from core.domain.evidence import Anchor, AnchorKind, AnchorState


class Standing(Enum):
    """What an anchor says about the log as it is now."""

    STAMPED = "stamped"  # the token holds, and the log still has that root
    HANDED_OVER = "handed-over"  # the log still has that root; proof only when the receiver shows the line
    CONTRADICTED = "contradicted"  # the log no longer has that root
    UNVERIFIABLE = "unverifiable"  # the token held when it came and does not now
    FAILED = "failed"  # it never held


@dataclass(frozen=True, slots=True)
class Checked:
    """An anchor and what it is worth."""

    anchor: Anchor
    standing: Standing


@dataclass(frozen=True, slots=True)
class Protection:
    """How far the log is protected against a change by whoever holds this computer.

    `entries` is the size of the log; `newer` of them, `newer_messages` of those messages, are covered by
    no anchor. `failure` is the newest attempt, when it failed after the last one that worked.
    """

    entries: int
    stamped: Anchor | None
    handed_over: Anchor | None
    newer: int
    newer_messages: int
    contradicted: tuple[Anchor, ...] = ()
    unverifiable: tuple[Anchor, ...] = ()
    failure: Anchor | None = None
    when: When = When.OFF

    @property
    def covered(self) -> int:
        """How many entries, from the first on, some anchor covers."""
        return max((one.size for one in (self.stamped, self.handed_over) if one), default=0)


TokenCheck = Callable[[Anchor], bool]


def token_check(plan: AnchorPlan) -> TokenCheck:
    """Whether an anchor's token stamps its root, by a certificate under the authority's roots."""

    def holds(anchor: Anchor) -> bool:
        if anchor.token is None:
            return False
        try:
            check_answer(anchor.token, anchor.root, plan.roots_for(anchor.receiver))
        except Refused:
            return False
        return True

    return holds


def checked(anchors: Iterable[Anchor], roots: Mapping[int, bytes], holds: TokenCheck) -> tuple[Checked, ...]:
    """Judge anchors by the log's own roots (by size) and by their tokens."""
    return tuple(Checked(one, _standing(one, roots, holds)) for one in anchors)


def _standing(anchor: Anchor, roots: Mapping[int, bytes], holds: TokenCheck) -> Standing:
    if anchor.state is AnchorState.FAILED:
        return Standing.FAILED
    # First the token: a false one must not make an honest log look changed.
    if anchor.kind is AnchorKind.RFC3161 and not holds(anchor):
        return Standing.UNVERIFIABLE
    if roots.get(anchor.size) != anchor.root:
        return Standing.CONTRADICTED
    return Standing.STAMPED if anchor.kind is AnchorKind.RFC3161 else Standing.HANDED_OVER


def newest(found: Iterable[Checked], standing: Standing) -> Anchor | None:
    """The anchor of this standing that covers most; the later one of two."""
    candidates = [one.anchor for one in found if one.standing is standing]
    return max(candidates, key=lambda one: (one.size, one.id), default=None)


def last_failure(found: Iterable[Checked]) -> Anchor | None:
    """The newest failed time stamp, unless one has worked since."""
    stamps = [one for one in found if one.anchor.kind is AnchorKind.RFC3161]
    last = max(stamps, key=lambda one: one.anchor.id, default=None)
    return last.anchor if last is not None and last.standing is Standing.FAILED else None
