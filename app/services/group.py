"""Finding senders who act in step."""

from app.jobs.context import JobContext
from core.domain.coordination import Grouping
from core.domain.ids import SenderId
from core.ports import Clock
from core.storage import Store


class GroupService:
    """Groups over everything received."""

    def __init__(self, store: Store, clock: Clock) -> None:
        self._store = store
        self._clock = clock

    def run(self, context: JobContext) -> Grouping:
        """Group all mentions and replace the stored groups."""
        # polars and scipy load when the first grouping runs, not when the window opens.
        import polars as pl

        from core.coordination.columns import SCHEMA
        from core.coordination.grouping import group_posts

        with self._store.read() as unit:
            columns = unit.mentions.for_grouping()
        for name in ("post_id", "author_id"):
            columns[name] = [str(value) for value in columns[name]]
        posts = pl.DataFrame(columns, schema={name: SCHEMA[name] for name in columns})
        context.progress(0, 1)
        found = group_posts(posts, checkpoint=context.checkpoint)
        with self._store.write() as unit:
            unit.groups.replace(found.groups, self._clock.now())
        context.progress(1, 1)
        return found

    def members(self, key: str) -> tuple[SenderId, ...]:
        """The senders of one group. Raises `NotFound`."""
        with self._store.read() as unit:
            return unit.groups.members(key)
