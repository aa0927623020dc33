"""Looking whether posts are still there, and sealing the answers when they are not.

Only the person's own service is asked, so the senders learn nothing. A post is looked for one hour, one
day and one week after it arrived, then every month; hostile posts vanish early. Each batch is one
transaction, so stopping at any moment loses at most the batch in hand, and the rest stays due.
"""

import json
from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import Final

from app.jobs.context import JobContext
from app.services.accounts import AccountService
from app.services.patience import patiently
from core.domain.account import Account
from core.domain.capture import Answered, PostState, PostStatus, StandingChange
from core.domain.evidence import EntryKind
from core.domain.ids import EntrySeq, MentionId, PlatformName
from core.errors import AppError, PlatformGarbled, PlatformRefused
from core.evidence.clocks import Facts, server_skew_s
from core.ports import ChecksPosts, Clock
from core.respond.pacing import Pace
from core.storage import Store, WriteUnit
from core.storage.log import content_hash
from core.storage.standings import FIRST_LOOK, DuePost

_STEPS: Final = (FIRST_LOOK, timedelta(days=1), timedelta(days=7))
_MONTHLY: Final = timedelta(days=30)
_END: Final = datetime(9000, 1, 1, tzinfo=UTC)
_ALL: Final = 10_000_000
# After an answer that could not be read.
_LATER: Final = timedelta(days=1)
# A fifth of what Bluesky allows from one address (3,000 requests in five minutes).
READS_PER_MINUTE: Final = 120


@dataclass(frozen=True, slots=True)
class RecheckReport:
    """What looking brought. `changed` have another state than before; `unknown` gave no clear answer;
    `unreachable` are of platforms without a connected account that could ask. `stopped_by` is the error
    that ended it early; what was left stays due."""

    checked: int = 0
    changed: tuple[MentionId, ...] = ()
    unknown: int = 0
    unreachable: int = 0
    stopped_by: AppError | None = None

    def __add__(self, other: "RecheckReport") -> "RecheckReport":
        """Both together."""
        return RecheckReport(
            self.checked + other.checked,
            self.changed + other.changed,
            self.unknown + other.unknown,
            self.unreachable + other.unreachable,
            self.stopped_by or other.stopped_by,
        )


def next_look(received_at: datetime, now: datetime) -> datetime:
    """When to look for a post again that was looked for `now`."""
    steps = (received_at + step for step in _STEPS)
    return next((step for step in steps if step > now), now + _MONTHLY)


class RecheckService:
    """Keeps the standing of stored mentions."""

    def __init__(self, store: Store, accounts: AccountService, clock: Clock) -> None:
        self._store = store
        self._accounts = accounts
        self._clock = clock

    def due(self, context: JobContext, most: int) -> RecheckReport:
        """Look for at most `most` posts whose time has come, the accounts one after the other."""
        report = RecheckReport()
        for account in self._askable():
            with self._store.read() as unit:
                found = unit.standings.due(
                    account.platform, account.id, self._clock.now(), most - report.checked
                )
            if found:
                report += self._with_account(account, found, context)
        return report

    def everything(self, context: JobContext) -> RecheckReport:
        """Look for every post, due or not, that an account can ask for."""
        report = RecheckReport()
        for account in self._askable():
            with self._store.read() as unit:
                found = unit.standings.due(account.platform, account.id, _END, _ALL)
            if found:
                report += self._with_account(account, found, context)
        return report

    def now(self, ids: Sequence[MentionId], context: JobContext) -> RecheckReport:
        """Look for these posts, due or not."""
        with self._store.read() as unit:
            wanted = unit.standings.refs(ids)
        by_account: dict[Account, list[DuePost]] = {}
        askable = self._askable()
        unreachable = 0
        for one in wanted:
            account = _asker(one, askable)
            if account is None:
                unreachable += 1
            else:
                by_account.setdefault(account, []).append(one)
        report = RecheckReport(unreachable=unreachable)
        for account, posts in by_account.items():
            report += self._with_account(account, posts, context)
        return report

    def _askable(self) -> tuple[Account, ...]:
        able = {info.platform for info in self._accounts.available() if info.checks_posts}
        return tuple(account for account in self._accounts.list() if account.platform in able)

    def _with_account(self, account: Account, posts: Sequence[DuePost], context: JobContext) -> RecheckReport:
        report = RecheckReport()
        try:
            with ExitStack() as stack:
                _, door = self._accounts.open(account.id)
                stack.callback(door.close)
                if isinstance(door, ChecksPosts):
                    for part in self._in_batches(account.platform, door, posts, context):
                        report += part
        except AppError as failure:
            report += RecheckReport(stopped_by=failure)
        self._note(report)
        return report

    def _in_batches(
        self, platform: PlatformName, door: ChecksPosts, posts: Sequence[DuePost], context: JobContext
    ) -> "list[RecheckReport]":
        pace = Pace(READS_PER_MINUTE)
        reports: list[RecheckReport] = []
        for start in range(0, len(posts), door.posts_per_check):
            batch = posts[start : start + door.posts_per_check]
            context.sleep(pace.wait(self._clock.now()))
            try:
                statuses = patiently(partial(door.check_posts, [one.ref for one in batch]), context)
            except (PlatformRefused, PlatformGarbled) as failure:
                self._postpone(batch)
                return [*reports, RecheckReport(unknown=len(batch), stopped_by=failure)]
            except AppError as failure:
                return [*reports, RecheckReport(stopped_by=failure)]
            answers = {answer.asked for status in statuses for answer in status.answers}
            for _ in range(len(answers) - 1):
                pace.wait(self._clock.now())
            reports.append(self._record(platform, batch, statuses))
            context.progress(start + len(batch), len(posts))
        return reports

    def _record(
        self, platform: PlatformName, batch: Sequence[DuePost], statuses: Sequence[PostStatus]
    ) -> RecheckReport:
        """One batch's answers, in one transaction."""
        now = self._clock.now()
        changed: list[MentionId] = []
        unknown = 0
        with self._store.write() as unit:
            seal = _Sealed(unit, now)
            for one, status in zip(batch, statuses, strict=True):
                if status.state is PostState.UNKNOWN:
                    unit.standings.postpone(one.mention_id, now=now, due_at=now + _LATER)
                    unknown += 1
                    continue
                change = _change(one, status, seal, now)
                if change is not None:
                    unit.log.flush()
                    changed.append(one.mention_id)
                due_at = next_look(one.received_at, now)
                unit.standings.put(one.mention_id, status.state, now=now, due_at=due_at, change=change)
            shown = {status.author.remote_id: status.author for status in statuses if status.author}
            unit.mentions.see_names(platform, shown, now)
        return RecheckReport(len(batch) - unknown, tuple(changed), unknown)

    def _postpone(self, batch: Sequence[DuePost]) -> None:
        now = self._clock.now()
        with self._store.write() as unit:
            for one in batch:
                unit.standings.postpone(one.mention_id, now=now, due_at=now + _LATER)

    def _note(self, report: RecheckReport) -> None:
        if report.checked or report.unknown:
            facts: Facts = {
                "act": "recheck",
                "checked": report.checked,
                "changed": len(report.changed),
                "unknown": report.unknown,
            }
            with self._store.write() as unit:
                unit.log.append(EntryKind.NOTE, facts=facts)


def _asker(one: DuePost, accounts: Sequence[Account]) -> Account | None:
    """The account the mention came to, else any of its platform."""
    own = [account for account in accounts if account.id == one.account_id]
    same = [account for account in accounts if account.platform == one.platform]
    return next(iter(own or same), None)


class _Sealed:
    """Answers sealed in this transaction, each once however many posts it speaks of."""

    def __init__(self, unit: WriteUnit, now: datetime) -> None:
        self._unit = unit
        self._now = now
        self._seqs: dict[Answered, EntrySeq] = {}

    def answer(self, answer: Answered) -> EntrySeq:
        """The entry that holds an answer."""
        if answer not in self._seqs:
            facts: Facts = {
                "act": "recheck",
                "method": "api",
                "status": answer.status,
                "server_date": answer.server_date,
                "server_skew_s": server_skew_s(answer.server_date, self._now),
            }
            sealed = self._unit.log.append(EntryKind.CAPTURED, content=answer.raw, facts=facts)
            self._seqs[answer] = sealed.seq
        return self._seqs[answer]

    def statement(self, one: DuePost, status: PostStatus, was: PostState) -> EntrySeq:
        """What follows from the answers. Ids stand in the content, which can be erased, not in the facts."""
        seqs = [self.answer(answer) for answer in status.answers]
        said = {
            "post": one.ref.post,
            "sender": one.ref.author,
            "state": status.state.value,
            "was": was.value,
            "last_seen": (one.checked_at or one.received_at).isoformat(),
            "sealed_as_entry": one.entry_seq,
            "answers": [
                {
                    "asked": answer.asked,
                    "status": answer.status,
                    "server_date": answer.server_date,
                    "sha256": content_hash(answer.raw).hex(),
                    "entry": seq,
                }
                for answer, seq in zip(status.answers, seqs, strict=True)
            ],
        }
        facts: Facts = {
            "act": "standing",
            "state": status.state.value,
            "was": was.value,
            "of": one.entry_seq,
            "answers": " ".join(str(seq) for seq in seqs),
        }
        kind = EntryKind.SEEN_DELETED if status.state.gone else EntryKind.CAPTURED
        content = json.dumps(said, sort_keys=True, ensure_ascii=False).encode("utf-8", "backslashreplace")
        return self._unit.log.append(kind, content=content, facts=facts).seq


def _change(one: DuePost, status: PostStatus, seal: _Sealed, now: datetime) -> StandingChange | None:
    """The change to record; None when the post stands as before."""
    # What came from the platform itself was there when it was received.
    at_first = PostState.UNKNOWN if one.account_id is None else PostState.UP
    was = one.state or at_first
    first_look = was is PostState.UNKNOWN and not status.state.gone
    if status.state is was or first_look:
        return None
    return StandingChange(
        state=status.state,
        was=was,
        last_at=one.checked_at or one.received_at,
        seen_at=now,
        entry_seq=seal.statement(one, status, was),
    )
