"""Bare numbers for pictures, read without turning every row into an object.

Times are microseconds since the epoch, UTC; None where nobody said.
"""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import BigInteger, ColumnElement, Connection, select, type_coerce

from core.storage.tables import group_post, mention, sender

Row = tuple[int, int | None]


class FigureReader:
    """Reads columns."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def group_times(self) -> dict[str, list[Row]]:
        """For each group shown, who posted when."""
        joined = group_post.join(mention, mention.c.id == group_post.c.mention_id)
        rows = self._connection.execute(
            select(group_post.c.group_key, mention.c.sender_id, _bare(mention.c.created_at))
            .select_from(joined)
            .order_by(group_post.c.group_key, mention.c.id)
        )
        found: dict[str, list[Row]] = {}
        for key, who, at in rows:
            found.setdefault(key, []).append((who, at))
        return found

    def all_times(self) -> Sequence[Row]:
        """Who posted when, over everything received."""
        rows = self._connection.execute(select(mention.c.sender_id, _bare(mention.c.created_at)))
        return [(who, at) for who, at in rows]

    def births(self) -> Sequence[Row]:
        """Every sender, and when their account was made."""
        rows = self._connection.execute(select(sender.c.id, _bare(sender.c.created_at)))
        return [(who, at) for who, at in rows]


def _bare(column: ColumnElement[Any]) -> ColumnElement[int]:
    return type_coerce(column, BigInteger)
