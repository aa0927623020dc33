"""What the right-hand pane is told to show."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from core.domain.inbox import GroupCard, InboxRow, SenderCard
from core.domain.response import ActionKind

if TYPE_CHECKING:
    from app.services.capture import Surroundings


@dataclass(frozen=True, slots=True)
class Detail:
    """One mention with what is known of its sender and group, and what was captured around it."""

    row: InboxRow
    sender: SenderCard | None = None
    group: GroupCard | None = None
    actions: frozenset[ActionKind] = frozenset()
    around: "Surroundings | None" = None
