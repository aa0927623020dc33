"""Groups of senders who acted in step."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, delete, func, insert, select

from core.domain.coordination import SenderGroup, Strength
from core.domain.ids import MentionId, SenderId
from core.domain.inbox import GroupCard
from core.errors import NotFound
from core.storage.codec import group_reasons_from_json, group_reasons_to_json
from core.storage.tables import group_member, group_post, mention, sender_group

_SAMPLES = 6


class GroupReader:
    """Reads groups."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def cards(self) -> tuple[GroupCard, ...]:
        """Every group, largest first."""
        rows = self._connection.execute(select(sender_group)).all()
        cards = [self._card(row) for row in rows]
        return tuple(sorted(cards, key=lambda card: (-card.members, card.key)))

    def members(self, key: str) -> tuple[SenderId, ...]:
        """The senders of one group. Raises `NotFound`."""
        rows = self._connection.execute(
            select(group_member.c.sender_id).where(group_member.c.group_key == key).order_by("sender_id")
        )
        found = tuple(SenderId(one) for one in rows.scalars())
        if not found:
            raise NotFound(what="group", name=key)
        return found

    def keys_of(self, ids: Sequence[MentionId]) -> dict[MentionId, tuple[str, ...]]:
        """Which groups these mentions belong to."""
        found: dict[MentionId, tuple[str, ...]] = {}
        rows = self._connection.execute(
            select(group_post).where(group_post.c.mention_id.in_(list(ids))).order_by(group_post.c.group_key)
        )
        for row in rows:
            found[row.mention_id] = (*found.get(row.mention_id, ()), row.group_key)
        return found

    def _card(self, row: Row[Any]) -> GroupCard:
        posts = group_post.c.group_key == row.key
        joined = select(func.count(), func.min(mention.c.created_at), func.max(mention.c.created_at))
        joined = joined.select_from(group_post.join(mention, mention.c.id == group_post.c.mention_id))
        count, first_at, last_at = self._connection.execute(joined.where(posts)).one()
        members = self._connection.execute(
            select(func.count()).select_from(group_member).where(group_member.c.group_key == row.key)
        ).scalar_one()
        return GroupCard(
            key=row.key,
            strength=Strength(row.strength),
            members=members,
            posts=count,
            reasons=group_reasons_from_json(row.reasons),
            caveats=tuple(row.caveats),
            first_at=first_at,
            last_at=last_at,
            sample_texts=self._samples(row.key),
            found_at=row.found_at,
        )

    def _samples(self, key: str) -> tuple[str, ...]:
        """The texts repeated most in the group."""
        rows = self._connection.execute(
            select(mention.c.text)
            .join(group_post, group_post.c.mention_id == mention.c.id)
            .where(group_post.c.group_key == key)
            .group_by(mention.c.text)
            .order_by(func.count().desc(), func.min(mention.c.id))
            .limit(_SAMPLES)
        )
        return tuple(rows.scalars())


class GroupWriter(GroupReader):
    """Stores the result of a grouping run."""

    def replace(self, groups: Sequence[SenderGroup], now: datetime) -> None:
        """Replace all groups. Members and posts are our own ids, written as strings."""
        for table in (group_post, group_member, sender_group):
            self._connection.execute(delete(table))
        for group in groups:
            self._connection.execute(
                insert(sender_group).values(
                    key=group.key,
                    strength=group.strength.value,
                    reasons=group_reasons_to_json(group.reasons),
                    caveats=list(group.caveats),
                    found_at=now,
                )
            )
            self._connection.execute(
                insert(group_member),
                [{"group_key": group.key, "sender_id": int(member)} for member in group.members],
            )
            self._connection.execute(
                insert(group_post),
                [{"group_key": group.key, "mention_id": int(post)} for post in group.posts],
            )
