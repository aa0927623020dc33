"""What mentions answer, and the person's own words above them: fetched apart from the sync, never in its way.

One request fetches a post and everything above it, so a pile-on under one post costs one request. The
answer is sealed whole and read afterwards.
"""

from contextlib import ExitStack
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from typing import Final

from app.jobs.context import JobContext
from app.services.accounts import AccountService
from app.services.patience import patiently
from app.services.recheck import READS_PER_MINUTE
from core.domain.account import Account
from core.domain.capture import ContextPost, Conversation
from core.domain.evidence import EntryKind
from core.domain.ids import EntrySeq, MentionId, RemoteId
from core.errors import AppError, PlatformGarbled, PlatformRefused
from core.evidence.clocks import Facts, server_skew_s
from core.ports import Clock, ShowsConversations
from core.respond.pacing import Pace
from core.storage import Store
from core.storage.captures import Waiting

_LATER: Final = timedelta(days=1)
_MOST_TRIES: Final = 3
# Mentions read from the store at a time; those under one post share a request.
_CHUNK: Final = 500


@dataclass(frozen=True, slots=True)
class ConversationReport:
    """`found` mentions got their conversation; `gone` will not: the post above is not shown any more."""

    found: tuple[MentionId, ...] = ()
    gone: int = 0
    requests: int = 0
    stopped_by: AppError | None = None

    def __add__(self, other: "ConversationReport") -> "ConversationReport":
        """Both together."""
        return ConversationReport(
            self.found + other.found,
            self.gone + other.gone,
            self.requests + other.requests,
            self.stopped_by or other.stopped_by,
        )


class ConversationService:
    """Fetches what is still to be fetched."""

    def __init__(self, store: Store, accounts: AccountService, clock: Clock) -> None:
        self._store = store
        self._accounts = accounts
        self._clock = clock

    def due(self, context: JobContext, most: int) -> ConversationReport:
        """At most `most` requests, newest mentions first."""
        report = ConversationReport()
        for account in self._accounts.list():
            report += self._of_account(account, context, most - report.requests)
        return report

    def _of_account(self, account: Account, context: JobContext, most: int) -> ConversationReport:
        with self._store.read() as unit:
            waiting = unit.contexts.waiting(account.platform, account.id, self._clock.now(), _CHUNK)
        if not waiting or most < 1:
            return ConversationReport()
        report = ConversationReport()
        try:
            with ExitStack() as stack:
                _, door = self._accounts.open(account.id)
                stack.callback(door.close)
                if isinstance(door, ShowsConversations):
                    fetch = _Fetch(self._store, door, self._clock, context)
                    for one in fetch.each(_by_post(waiting), most):
                        report += one
        except AppError as failure:
            report += ConversationReport(stopped_by=failure)
        return report


def _by_post(waiting: tuple[Waiting, ...]) -> dict[RemoteId, list[Waiting]]:
    found: dict[RemoteId, list[Waiting]] = {}
    for one in waiting:
        found.setdefault(one.post, []).append(one)
    return found


class _Fetch:
    """One account's run. Posts seen in one answer need no request of their own."""

    def __init__(self, store: Store, door: ShowsConversations, clock: Clock, context: JobContext) -> None:
        self._store = store
        self._door = door
        self._clock = clock
        self._context = context
        self._pace = Pace(READS_PER_MINUTE)
        self._seen: dict[RemoteId, tuple[tuple[ContextPost, ...], EntrySeq]] = {}

    def each(self, posts: dict[RemoteId, list[Waiting]], most: int) -> list[ConversationReport]:
        """Every post, one transaction each."""
        reports: list[ConversationReport] = []
        requests = 0
        for done, (post, waiting) in enumerate(posts.items()):
            if post in self._seen:
                self._reuse(post, waiting)
                reports.append(ConversationReport(found=tuple(one.mention_id for one in waiting)))
                continue
            if requests >= most:
                continue
            requests += 1
            reports.append(self._ask(post, waiting))
            if reports[-1].stopped_by is not None:
                break
            self._context.progress(done + 1, len(posts))
        return reports

    def _ask(self, post: RemoteId, waiting: list[Waiting]) -> ConversationReport:
        self._context.sleep(self._pace.wait(self._clock.now()))
        try:
            found = patiently(partial(self._door.conversation, post), self._context)
        except (PlatformRefused, PlatformGarbled):
            self._put_off(waiting)
            return ConversationReport(requests=1)
        except AppError as failure:
            return ConversationReport(requests=1, stopped_by=failure)
        if found is None:
            with self._store.write() as unit:
                for one in waiting:
                    unit.contexts.give_up(one.mention_id)
            return ConversationReport(gone=len(waiting), requests=1)
        self._store_found(found, waiting)
        return ConversationReport(found=tuple(one.mention_id for one in waiting), requests=1)

    def _store_found(self, found: Conversation, waiting: list[Waiting]) -> None:
        answer, now = found.answer, self._clock.now()
        facts: Facts = {
            "act": "conversation",
            "method": "api",
            "src": answer.asked.partition("?")[0],
            "status": answer.status,
            "server_date": answer.server_date,
            "server_skew_s": server_skew_s(answer.server_date, now),
            "cut": found.cut,
        }
        with self._store.write() as unit:
            seq = unit.log.append(EntryKind.CAPTURED, content=answer.raw, facts=facts).seq
            unit.log.flush()
            for one in waiting:
                unit.contexts.put(one.mention_id, found.posts, seq)
        # Under each post of the answer, the posts above it are what this answer says, too.
        for place, post in enumerate(found.posts):
            self._seen[post.remote_id] = found.posts[: place + 1], seq

    def _reuse(self, post: RemoteId, waiting: list[Waiting]) -> None:
        posts, seq = self._seen[post]
        with self._store.write() as unit:
            for one in waiting:
                unit.contexts.put(one.mention_id, posts, seq)

    def _put_off(self, waiting: list[Waiting]) -> None:
        """An answer nobody could read: try again tomorrow, three times in all."""
        due_at = self._clock.now() + _LATER
        with self._store.write() as unit:
            for one in waiting:
                if one.tries + 1 >= _MOST_TRIES:
                    unit.contexts.give_up(one.mention_id)
                else:
                    unit.contexts.retry(one.mention_id, due_at)
