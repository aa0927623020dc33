"""Finding senders who act in step, and keeping up with them as new posts come in."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from app.jobs.context import JobContext
from app.services.campaign_keeping import Followed, follow, settle
from app.services.campaign_memory import decode
from app.services.posts_frame import posts_frame
from core.domain.coordination import Grouping
from core.domain.ids import SenderId
from core.ports import Clock
from core.storage import Store

if TYPE_CHECKING:
    import polars as pl

# Grouping everything takes about a second up to here; beyond, it waits until a fiftieth is new.
_SMALL = 20_000
_NEW_SHARE = 50


class GroupService:
    """Groups over everything received."""

    def __init__(self, store: Store, clock: Clock) -> None:
        self._store = store
        self._clock = clock

    def run(self, context: JobContext) -> Grouping:
        """Group all mentions; campaigns known keep their key, and what the person decided holds."""
        # polars and scipy load when the first grouping runs, not when the window opens.
        from core.coordination.continuing import remember
        from core.coordination.grouping import group_posts

        with self._store.read() as unit:
            newest = unit.mentions.newest()
            posts = posts_frame(unit.mentions.for_grouping())
        context.progress(0, 1)
        found = group_posts(posts, checkpoint=context.checkpoint)
        memories = remember(posts, found)
        context.checkpoint()
        with self._store.write() as unit:
            settle(unit, posts, found, memories, self._clock.now())
            unit.campaigns.mark(judged=newest, followed=newest)
        context.progress(1, 1)
        return found

    def follow(self, context: JobContext) -> Followed:
        """Compare posts that nobody compared yet with the campaigns known, and let them join.

        The quick look right after a sync; grouping everything again stays the judge.
        """
        from core.coordination.continuing import continue_campaigns

        with self._store.read() as unit:
            _, followed = unit.campaigns.marks()
            newest, found = unit.mentions.newest(), unit.campaigns.found()
            known = [
                decode(one.key, one.memory) for one in unit.campaigns.known(among=()) if one.key in found
            ]
            posts = None
            if known and newest > followed:
                posts = posts_frame(unit.mentions.for_grouping(after=followed))
        context.checkpoint()
        continued = () if posts is None else continue_campaigns(known, posts, self._sent_by)
        with self._store.write() as unit:
            grown = follow(unit, continued, self._clock.now())
            unit.campaigns.mark(followed=newest)
        return grown

    def _sent_by(self, senders: Sequence[str]) -> "pl.DataFrame":
        with self._store.read() as unit:
            return posts_frame(unit.mentions.for_grouping(senders=[SenderId(int(who)) for who in senders]))

    def keep_up(self, context: JobContext) -> Grouping | None:
        """Let new posts join, then group everything again if enough is new; None when it is not yet."""
        self.follow(context)
        with self._store.read() as unit:
            judged, _ = unit.campaigns.marks()
            total, new = unit.mentions.count(), unit.mentions.newest() - judged
        if total > _SMALL and new < total // _NEW_SHARE:
            return None
        return self.run(context)

    def members(self, key: str) -> tuple[SenderId, ...]:
        """The senders of one group shown. Raises `NotFound`, also for a dismissed one."""
        with self._store.read() as unit:
            return unit.groups.members(key)
