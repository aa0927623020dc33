"""Finding senders who act in step."""

import polars as pl

from app.jobs.context import JobContext
from core.coordination.grouping import group_posts
from core.domain.coordination import Grouping
from core.domain.ids import SenderId
from core.domain.inbox import GroupCard
from core.ports import Clock
from core.storage import Store

_TIME = pl.Datetime("us", "UTC")
_TEXTS = pl.List(pl.String)
_SCHEMA: dict[str, pl.DataType | type[pl.DataType]] = {
    "post_id": pl.String,
    "author_id": pl.String,
    "author_handle": pl.String,
    "author_name": pl.String,
    "author_created_at": _TIME,
    "created_at": _TIME,
    "text": pl.String,
    "lang": pl.String,
    "urls": _TEXTS,
    "hashtags": _TEXTS,
    "mentions": _TEXTS,
    "reply_to": pl.String,
    "repost_of": pl.String,
}


class GroupService:
    """Groups over everything received."""

    def __init__(self, store: Store, clock: Clock) -> None:
        self._store = store
        self._clock = clock

    def run(self, context: JobContext) -> Grouping:
        """Group all mentions and replace the stored groups."""
        with self._store.read() as unit:
            columns = unit.mentions.for_grouping()
        for name in ("post_id", "author_id"):
            columns[name] = [str(value) for value in columns[name]]
        posts = pl.DataFrame(columns, schema=_SCHEMA)
        context.progress(0, 1)
        found = group_posts(posts, checkpoint=context.checkpoint)
        with self._store.write() as unit:
            unit.groups.replace(found.groups, self._clock.now())
        context.progress(1, 1)
        return found

    def cards(self) -> tuple[GroupCard, ...]:
        """Every group, largest first."""
        with self._store.read() as unit:
            return unit.groups.cards()

    def members(self, key: str) -> tuple[SenderId, ...]:
        """The senders of one group. Raises `NotFound`."""
        with self._store.read() as unit:
            return unit.groups.members(key)
