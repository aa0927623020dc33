"""Mute, block and report: what was planned, sent and can be undone."""

from dataclasses import dataclass
from datetime import datetime
from enum import Enum

from core.domain.ids import AccountId, BatchId, MentionId, SenderId


class ActionKind(Enum):
    """What the person can do about a sender."""

    MUTE = "mute"
    BLOCK = "block"
    REPORT = "report"


class ItemState(Enum):
    """Life of one planned action. UNKNOWN is shown as unknown and never resent silently."""

    PLANNED = "planned"
    SENDING = "sending"
    DONE = "done"
    ALREADY = "already"  # it was so before we came: undo must leave it alone
    FAILED = "failed"
    UNKNOWN = "unknown"
    UNDONE = "undone"


@dataclass(frozen=True, slots=True)
class ActionTarget:
    """One sender to act on, and for a report the mention reported."""

    sender_id: SenderId
    account_id: AccountId
    handle: str
    mention_id: MentionId | None = None


@dataclass(frozen=True, slots=True)
class Skipped:
    """A sender left out of a plan, and why ("followed", "unsupported", "not-connected")."""

    sender_id: SenderId
    handle: str
    why: str


@dataclass(frozen=True, slots=True)
class ActionPlan:
    """What an action would do, shown before anything is sent."""

    kind: ActionKind
    reason: str
    targets: tuple[ActionTarget, ...]
    skipped: tuple[Skipped, ...]
    # Blocks on some platforms can be seen by anyone; the preview says so.
    public: bool


@dataclass(frozen=True, slots=True)
class ActionItem:
    """One action of a batch and how far it came. `receipt` is what undo needs (a record URI, a report id)."""

    id: int
    batch_id: BatchId
    target: ActionTarget
    state: ItemState
    receipt: str | None
    error_code: str | None


@dataclass(frozen=True, slots=True)
class ActionBatch:
    """A set of actions the person started together and can undo together."""

    id: BatchId
    kind: ActionKind
    reason: str
    created_at: datetime
    items: tuple[ActionItem, ...]
