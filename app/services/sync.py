"""Pulling mentions: resumable, idempotent, page by page.

A walk goes from the newest post back to where the last finished walk began, less an overlap for
posts that the platform indexes late. A sender may date a post back to slip below that mark, so a walk
goes all the way back from time to time. Every page is one transaction that also moves the cursor, so
a kill at any moment loses at most the page in hand, and repeating a page changes nothing.
"""

import logging
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import timedelta
from functools import partial

from app.jobs.context import JobContext
from app.services.accounts import AccountService
from app.services.ingest import IngestService, Taken
from app.services.patience import patiently
from core.domain.account import Account
from core.domain.ids import AccountId
from core.errors import AppError, SignInNeeded
from core.ports import Clock, Connector
from core.storage import Store
from core.storage.accounts import Walk

_log = logging.getLogger(__name__)

# How late a post may be indexed and still be caught by the next walk.
_OVERLAP = timedelta(hours=48)
# How often everything is read again; idempotent, so it costs requests and nothing else.
_FULL_WALK_EVERY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class SyncReport:
    """What one account's sync brought. `stopped_by` is the error that ended it early, or None."""

    account: Account
    new: int
    duplicates: int
    rejected: int
    pages: int
    stopped_by: AppError | None = None
    edited: int = 0


class SyncService:
    """Reads every connected account."""

    def __init__(
        self,
        store: Store,
        accounts: AccountService,
        ingest: IngestService,
        clock: Clock,
        after: Callable[[JobContext], object] | None = None,
    ) -> None:
        """`after` runs once every account was read, such as a time stamp that is due; it may fail."""
        self._store = store
        self._accounts = accounts
        self._ingest = ingest
        self._clock = clock
        self._after = after

    def sync_all(self, context: JobContext) -> tuple[SyncReport, ...]:
        """Sync every account; one that fails does not keep the others from being read."""
        reports = tuple(self.sync(account.id, context) for account in self._accounts.list())
        if self._after is not None:
            try:
                self._after(context)
            except AppError as failure:
                # What was read is kept; the evidence screen shows what is not protected.
                _log.warning("after the sync: %s", failure.code)
        return reports

    def sync(self, account_id: AccountId, context: JobContext) -> SyncReport:
        """Finish an interrupted walk if there is one, then walk from the newest post."""
        account, connector = self._accounts.open(account_id)
        brought = _Brought()
        stopped: AppError | None = None
        try:
            with self._store.read() as unit:
                walk = unit.accounts.walk(account_id)
            if walk.began is not None:
                walk = self._walk(account, connector, walk, brought, context)
            self._walk(account, connector, self._begin(walk), brought, context)
        except AppError as failure:
            stopped = failure
            if isinstance(failure, SignInNeeded):
                self._accounts.mark_sign_in_needed(account_id)
        finally:
            connector.close()
        return SyncReport(
            account,
            brought.new,
            brought.duplicates,
            brought.rejected,
            brought.pages,
            stopped_by=stopped,
            edited=brought.edited,
        )

    def _begin(self, walk: Walk) -> Walk:
        """A new walk from the top, as far back as needed."""
        now = self._clock.now()
        full = walk.full_until is None or now - walk.full_until >= _FULL_WALK_EVERY
        since = None if full or walk.complete_until is None else walk.complete_until - _OVERLAP
        return replace(walk, cursor=None, since=since, began=now)

    def _walk(
        self, account: Account, connector: Connector, walk: Walk, brought: "_Brought", context: JobContext
    ) -> Walk:
        """Read pages until the walk ends, committing each."""
        while True:
            context.checkpoint()
            page = patiently(partial(connector.fetch_mentions, walk.cursor, walk.since), context)
            if page.cursor is None:
                full_until = walk.began if walk.since is None else walk.full_until
                walk = Walk(complete_until=walk.began, full_until=full_until)
            else:
                walk = replace(walk, cursor=page.cursor)
            with self._store.write() as unit:
                taken = self._ingest.take_in(unit, page.items, account.id)
                unit.accounts.set_walk(account.id, walk, self._clock.now())
            brought.add(taken)
            context.progress(brought.new + brought.duplicates, 0, account.handle)
            if page.cursor is None:
                return walk


@dataclass(slots=True)
class _Brought:
    """What has been committed so far; kept apart so that a failure later does not forget it."""

    new: int = 0
    duplicates: int = 0
    rejected: int = 0
    pages: int = 0
    edited: int = 0

    def add(self, taken: Taken) -> None:
        """Count one committed page."""
        self.new += len(taken.new)
        self.duplicates += taken.duplicates
        self.rejected += taken.rejected
        self.pages += 1
        self.edited += len(taken.edited)
