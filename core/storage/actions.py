"""Batches of mutes, blocks and reports: planned first, then sent item by item, so a crash resumes."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, Select, func, insert, select, update

from core.domain.ids import AccountId, BatchId, MentionId, PlatformName, RemoteId, SenderId
from core.domain.response import ActionBatch, ActionItem, ActionKind, ActionPlan, ActionTarget, ItemState
from core.errors import NotFound
from core.ports import RemoteTarget
from core.storage.codec import categories_of
from core.storage.tables import account, action_batch, action_item, mention, sender, verdict

_CHUNK = 500


@dataclass(frozen=True, slots=True)
class Contact:
    """A sender with the account through which they can be acted on, if one is connected."""

    sender_id: SenderId
    handle: str
    followed: bool
    platform: PlatformName
    account_id: AccountId | None


class ActionReader:
    """Reads batches."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def batches(self) -> tuple[ActionBatch, ...]:
        """Every batch, newest first."""
        rows = self._connection.execute(select(action_batch).order_by(action_batch.c.id.desc())).all()
        return tuple(self._batch(row) for row in rows)

    def batch(self, batch_id: BatchId) -> ActionBatch:
        """One batch. Raises `NotFound`."""
        row = self._connection.execute(
            select(action_batch).where(action_batch.c.id == batch_id)
        ).one_or_none()
        if row is None:
            raise NotFound(what="batch", name=batch_id)
        return self._batch(row)

    def unfinished(self) -> tuple[BatchId, ...]:
        """Batches with items still to send, after a stop or a crash."""
        open_states = [ItemState.PLANNED.value, ItemState.SENDING.value]
        rows = self._connection.execute(
            select(action_item.c.batch_id).where(action_item.c.state.in_(open_states)).distinct()
        )
        return tuple(BatchId(one) for one in rows.scalars())

    def remote_target(self, item: ActionItem, reason: str) -> RemoteTarget:
        """The item in the platform's terms."""
        found = self._connection.execute(
            select(sender.c.remote_id).where(sender.c.id == item.target.sender_id)
        ).scalar_one()
        target = RemoteTarget(sender=RemoteId(found), reason=reason)
        if item.target.mention_id is None:
            return target
        post = self._connection.execute(
            select(mention.c.remote_id, mention.c.version, verdict.c.category_bits)
            .outerjoin(verdict, verdict.c.mention_id == mention.c.id)
            .where(mention.c.id == item.target.mention_id)
        ).one()
        top = next(iter(categories_of(post.category_bits)), None)
        return RemoteTarget(RemoteId(found), RemoteId(post.remote_id), post.version, reason, top)

    def contacts(self, ids: Sequence[SenderId]) -> list[Contact]:
        """These senders, each with the oldest connected account on the same platform."""
        reach = (
            select(func.min(account.c.id)).where(account.c.platform == sender.c.platform).scalar_subquery()
        )
        found: list[Contact] = []
        for start in range(0, len(ids), _CHUNK):
            rows = self._connection.execute(
                select(sender, reach.label("account_id")).where(sender.c.id.in_(ids[start : start + _CHUNK]))
            )
            found.extend(_contact(row) for row in rows)
        return sorted(found, key=lambda contact: contact.sender_id)

    def senders_of(self, ids: Sequence[MentionId]) -> list[tuple[MentionId, SenderId]]:
        """Who sent these mentions."""
        found: list[tuple[MentionId, SenderId]] = []
        for start in range(0, len(ids), _CHUNK):
            rows = self._connection.execute(
                select(mention.c.id, mention.c.sender_id).where(mention.c.id.in_(ids[start : start + _CHUNK]))
            )
            found.extend((MentionId(row.id), SenderId(row.sender_id)) for row in rows)
        return sorted(found)

    def _batch(self, row: Row[Any]) -> ActionBatch:
        items = self._connection.execute(_items().where(action_item.c.batch_id == row.id))
        return ActionBatch(
            id=BatchId(row.id),
            kind=ActionKind(row.kind),
            reason=row.reason,
            created_at=row.created_at,
            items=tuple(_item(one) for one in items),
        )


class ActionWriter(ActionReader):
    """Stores plans and outcomes."""

    def start(self, plan: ActionPlan, now: datetime) -> BatchId:
        """Store a plan as a batch of planned items."""
        batch_id = self._connection.execute(
            insert(action_batch)
            .values(kind=plan.kind.value, reason=plan.reason, created_at=now)
            .returning(action_batch.c.id)
        ).scalar_one()
        rows = [
            {
                "batch_id": batch_id,
                "account_id": target.account_id,
                "sender_id": target.sender_id,
                "mention_id": target.mention_id,
                "state": ItemState.PLANNED.value,
                "changed_at": now,
            }
            for target in plan.targets
        ]
        if rows:
            self._connection.execute(insert(action_item), rows)
        return BatchId(batch_id)

    def set_state(
        self,
        item_id: int,
        state: ItemState,
        now: datetime,
        *,
        receipt: str | None = None,
        error_code: str | None = None,
    ) -> None:
        """Record how far one item came. A receipt once given is kept: undo needs it."""
        values: dict[str, Any] = {"state": state.value, "error_code": error_code, "changed_at": now}
        if receipt is not None:
            values["receipt"] = receipt
        self._connection.execute(update(action_item).where(action_item.c.id == item_id).values(**values))

    def sending_to_unknown(self, now: datetime) -> int:
        """After a crash: what was being sent may or may not have arrived. Returns how many."""
        result = self._connection.execute(
            update(action_item)
            .where(action_item.c.state == ItemState.SENDING.value)
            .values(state=ItemState.UNKNOWN.value, error_code="outcome-unknown", changed_at=now)
        )
        return result.rowcount

    def cancel_planned(self, batch_id: BatchId, now: datetime) -> None:
        """Items not yet sent will not be."""
        planned = (action_item.c.batch_id == batch_id) & (action_item.c.state == ItemState.PLANNED.value)
        self._connection.execute(
            update(action_item).where(planned).values(state=ItemState.UNDONE.value, changed_at=now)
        )


def _contact(row: Row[Any]) -> Contact:
    return Contact(
        sender_id=SenderId(row.id),
        handle=row.handle,
        followed=row.followed,
        platform=PlatformName(row.platform),
        account_id=AccountId(row.account_id) if row.account_id is not None else None,
    )


def _items() -> Select[Any]:
    return (
        select(action_item, sender.c.handle)
        .join(sender, sender.c.id == action_item.c.sender_id)
        .order_by(action_item.c.id)
    )


def _item(row: Row[Any]) -> ActionItem:
    return ActionItem(
        id=row.id,
        batch_id=BatchId(row.batch_id),
        target=ActionTarget(
            sender_id=SenderId(row.sender_id),
            account_id=AccountId(row.account_id),
            handle=row.handle,
            mention_id=MentionId(row.mention_id) if row.mention_id is not None else None,
        ),
        state=ItemState(row.state),
        receipt=row.receipt,
        error_code=row.error_code,
    )
