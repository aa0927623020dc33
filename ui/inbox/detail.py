"""What the right-hand pane is told to show."""

from dataclasses import dataclass

from core.domain.inbox import GroupCard, InboxRow, SenderCard
from core.domain.response import ActionKind


@dataclass(frozen=True, slots=True)
class Detail:
    """One mention with what is known of its sender and group."""

    row: InboxRow
    sender: SenderCard | None = None
    group: GroupCard | None = None
    actions: frozenset[ActionKind] = frozenset()
