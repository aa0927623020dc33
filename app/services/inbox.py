"""What the inbox asks, and the person's own decisions."""

from collections.abc import Sequence

from core.domain.evidence import EntryKind
from core.domain.ids import MentionId, SenderId
from core.domain.inbox import GroupCard, InboxCounts, InboxFilter, InboxRow, Review, SenderCard
from core.storage import Store


class InboxService:
    """Rows, counts and cards; and marking mentions as fine, abuse or set aside."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def rows(self, chosen: InboxFilter, offset: int = 0, limit: int = 100) -> list[InboxRow]:
        """One page of mentions."""
        with self._store.read() as unit:
            return unit.inbox.rows(chosen, offset=offset, limit=limit)

    def count(self, chosen: InboxFilter) -> int:
        """How many mentions the filter leaves."""
        with self._store.read() as unit:
            return unit.inbox.count(chosen)

    def counts(self) -> InboxCounts:
        """The figures beside queues and categories."""
        with self._store.read() as unit:
            return unit.inbox.counts()

    def detail(self, mention_id: MentionId) -> InboxRow:
        """One mention. Raises `NotFound`."""
        with self._store.read() as unit:
            return unit.inbox.row(mention_id)

    def sender(self, sender_id: SenderId) -> SenderCard:
        """What one sender has sent. Raises `NotFound`."""
        with self._store.read() as unit:
            return unit.inbox.sender(sender_id)

    def groups(self) -> tuple[GroupCard, ...]:
        """Every group, largest first."""
        with self._store.read() as unit:
            return unit.groups.cards()

    def review(self, ids: Sequence[MentionId], review: Review | None) -> None:
        """Set or clear (None) the person's decision; the classifier's verdict stays beneath it."""
        with self._store.write() as unit:
            unit.mentions.review(ids, review)
            unit.log.append(
                EntryKind.NOTE,
                facts={"act": "review", "decision": review.value if review else "cleared", "count": len(ids)},
            )
