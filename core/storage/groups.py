"""Groups of senders who acted in step, as shown now.

What is shown follows from campaigns (`core.storage.campaigns`): a group bears its campaign's key, and
holds no row of a campaign that the person dismissed, nor of a sender they took out.
"""

from collections import defaultdict
from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, delete, func, select
from sqlalchemy.dialects.sqlite import insert as upsert

from core.domain.coordination import SenderGroup, Strength
from core.domain.ids import MentionId, SenderId
from core.domain.inbox import GroupCard
from core.errors import NotFound
from core.storage.codec import group_reasons_from_json, group_reasons_to_json
from core.storage.tables import group_member, group_post, mention, sender_group

_SAMPLES = 6
_CHUNK = 500


class GroupReader:
    """Reads groups."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def cards(self) -> tuple[GroupCard, ...]:
        """Every group shown, largest first."""
        sizes = self._sizes()
        rows = self._connection.execute(select(sender_group).where(sender_group.c.key.in_(sizes))).all()
        figures, samples = self._figures(), self._samples()
        cards = [_card(row, sizes[row.key], figures[row.key], samples[row.key]) for row in rows]
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
        for start in range(0, len(ids), _CHUNK):
            rows = self._connection.execute(
                select(group_post)
                .where(group_post.c.mention_id.in_(list(ids[start : start + _CHUNK])))
                .order_by(group_post.c.group_key)
            )
            for row in rows:
                found[row.mention_id] = (*found.get(row.mention_id, ()), row.group_key)
        return found

    def _sizes(self) -> dict[str, int]:
        rows = self._connection.execute(
            select(group_member.c.group_key, func.count()).group_by(group_member.c.group_key)
        )
        return {key: count for key, count in rows}

    def _figures(self) -> dict[str, tuple[int, datetime | None, datetime | None]]:
        """Posts, first and last time of every group, in one pass."""
        joined = group_post.join(mention, mention.c.id == group_post.c.mention_id)
        rows = self._connection.execute(
            select(
                group_post.c.group_key,
                func.count(),
                func.min(mention.c.created_at),
                func.max(mention.c.created_at),
            )
            .select_from(joined)
            .group_by(group_post.c.group_key)
        )
        return {key: (count, first, last) for key, count, first, last in rows}

    def _samples(self) -> dict[str, tuple[str, ...]]:
        """The texts repeated most in every group."""
        joined = group_post.join(mention, mention.c.id == group_post.c.mention_id)
        place = func.row_number().over(
            partition_by=group_post.c.group_key, order_by=(func.count().desc(), func.min(mention.c.id))
        )
        ranked = (
            select(group_post.c.group_key, mention.c.text, place.label("place"))
            .select_from(joined)
            .group_by(group_post.c.group_key, mention.c.text)
            .subquery()
        )
        rows = self._connection.execute(
            select(ranked.c.group_key, ranked.c.text)
            .where(ranked.c.place <= _SAMPLES)
            .order_by(ranked.c.group_key, ranked.c.place)
        )
        found: dict[str, tuple[str, ...]] = defaultdict(tuple)
        for key, text in rows:
            found[key] = (*found[key], text)
        return found


class GroupWriter(GroupReader):
    """Stores what a grouping run found. Senders and posts are the campaigns' business."""

    def put(self, key: str, group: SenderGroup, now: datetime) -> None:
        """Store the evidence for one group under its campaign's key."""
        values = {
            "strength": group.strength.value,
            "reasons": group_reasons_to_json(group.reasons),
            "caveats": list(group.caveats),
            "found_at": now,
        }
        statement = upsert(sender_group).values(key=key, **values)
        self._connection.execute(statement.on_conflict_do_update(index_elements=["key"], set_=values))

    def keep_only(self, keys: Collection[str]) -> None:
        """Drop every group whose signs no longer hold."""
        self._connection.execute(delete(sender_group).where(sender_group.c.key.not_in(list(keys))))


def _card(
    row: Row[Any],
    members: int,
    figures: tuple[int, datetime | None, datetime | None],
    samples: tuple[str, ...],
) -> GroupCard:
    posts, first_at, last_at = figures
    return GroupCard(
        key=row.key,
        strength=Strength(row.strength),
        members=members,
        posts=posts,
        reasons=group_reasons_from_json(row.reasons),
        caveats=tuple(row.caveats),
        first_at=first_at,
        last_at=last_at,
        sample_texts=samples,
        found_at=row.found_at,
    )
