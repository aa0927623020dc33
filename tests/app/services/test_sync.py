"""Pulling mentions on ordinary bad days."""

from datetime import timedelta

import pytest
from fake_platform import FIRST, Fault
from service_desk import Desk

from app.services.ingest import IngestService
from app.services.sync import SyncReport, SyncService
from core.domain.account import AccountState
from core.domain.evidence import EntryKind
from core.domain.inbox import InboxFilter
from core.errors import Cancelled, Offline, PlatformGarbled, SignInNeeded, WaitNeeded


def sync(desk: Desk) -> SyncReport:
    return desk.sync.sync(desk.account.id, desk.context)


def texts(desk: Desk) -> set[str]:
    return {row.text for row in desk.inbox.rows(InboxFilter(), limit=1000)}


def log_size(desk: Desk) -> int:
    with desk.store.read() as unit:
        return unit.log.size()


def test_every_page_is_read_once(desk: Desk) -> None:
    for number in range(10):
        desk.fake.add_post(f"post {number}")
    report = sync(desk)
    assert (report.new, report.stopped_by) == (10, None)
    assert report.pages >= 4
    size = log_size(desk)
    assert sync(desk).new == 0
    assert log_size(desk) == size


@pytest.mark.parametrize(
    ("fault", "value", "error"),
    [
        (Fault.GARBAGE, None, PlatformGarbled),
        (Fault.DEEP, None, PlatformGarbled),
        (Fault.RATE_LIMIT, 3_600, WaitNeeded),
        (Fault.DROP_BEFORE, None, Offline),
    ],
)
def test_a_failure_keeps_what_came_and_resumes(
    desk: Desk, fault: Fault, value: object, error: type[Exception]
) -> None:
    for number in range(9):
        desk.fake.add_post(f"post {number}")
    # The first requests are fine; whatever the client retries later goes wrong, too.
    original = desk.fake.plan_for

    def plan_for(path: str) -> object:
        if "listNotifications" in path and 3 <= desk.fake.sent("listNotifications") <= 10:
            desk.fake.fail_next(fault, value, on="listNotifications")
        return original(path)

    desk.fake.plan_for = plan_for  # type: ignore[method-assign, assignment]
    report = sync(desk)
    assert isinstance(report.stopped_by, error)
    assert 0 < report.new < 9
    desk.fake.plan_for = original  # type: ignore[method-assign]
    desk.fake._plans.clear()
    desk.fake.add_post("written meanwhile")
    assert sync(desk).stopped_by is None
    assert texts(desk) == {f"post {number}" for number in range(9)} | {"written meanwhile"}


def test_a_short_wait_is_honoured(desk: Desk) -> None:
    desk.fake.add_post("hello")
    desk.fake.fail_next(Fault.RATE_LIMIT, 30, on="listNotifications")
    report = sync(desk)
    assert (report.new, report.stopped_by) == (1, None)
    assert 30 in desk.context.waits


def test_a_cancel_keeps_committed_pages(desk: Desk) -> None:
    for number in range(9):
        desk.fake.add_post(f"post {number}")
    calls = {"count": 0}

    def checkpoint() -> None:
        calls["count"] += 1
        if calls["count"] == 3:
            raise Cancelled

    desk.context.checkpoint = checkpoint  # type: ignore[method-assign]
    with pytest.raises(Cancelled):
        sync(desk)
    assert 0 < len(texts(desk)) < 9
    del desk.context.checkpoint
    sync(desk)
    assert len(texts(desk)) == 9


def test_an_expired_sign_in_asks_for_a_new_one(desk: Desk) -> None:
    desk.fake.add_post("hello")
    desk.fake.expire_sign_in()
    assert isinstance(sync(desk).stopped_by, SignInNeeded)
    assert desk.accounts.list()[0].state is AccountState.SIGN_IN_NEEDED


def test_an_expired_token_is_renewed_without_a_word(desk: Desk) -> None:
    desk.fake.add_post("hello")
    desk.fake.expire_access()
    assert sync(desk).stopped_by is None
    assert texts(desk) == {"hello"}


def test_an_unreadable_item_is_sealed_and_the_rest_goes_in(desk: Desk) -> None:
    desk.fake.add_post("before")
    desk.fake.add_broken(b'{"uri": 7}')
    desk.fake.add_post("after")
    report = sync(desk)
    assert (report.new, report.rejected) == (2, 1)
    with desk.store.read() as unit:
        kinds = [entry.envelope for entry in unit.log.entries()]
    assert sum(EntryKind.REJECTED.value.encode() in envelope for envelope in kinds) == 1


def test_posts_indexed_late_are_still_caught(desk: Desk) -> None:
    desk.clock.set(FIRST + timedelta(days=10))
    desk.fake.add_post("on time", at=FIRST + timedelta(days=9, hours=23))
    sync(desk)
    desk.clock.advance(3_600)
    desk.fake.add_post("late", at=FIRST + timedelta(days=9))
    sync(desk)
    assert texts(desk) == {"on time", "late"}


def test_a_post_dated_far_back_is_caught_by_the_daily_full_walk(desk: Desk) -> None:
    desk.clock.set(FIRST + timedelta(days=30))
    for number in range(6):
        desk.fake.add_post(f"recent {number}", at=FIRST + timedelta(days=29, hours=number))
    sync(desk)
    desk.fake.add_post("slipped below", at=FIRST)
    desk.clock.advance(25 * 3_600)
    sync(desk)
    assert "slipped below" in texts(desk)


def test_what_follows_a_sync_runs_once_and_its_failure_is_no_failure_of_the_sync(desk: Desk) -> None:
    ran: list[int] = []

    def after(context: object) -> None:
        ran.append(log_size(desk))
        raise Offline(host="time.invalid")

    desk.fake.add_post("a post")
    sync_service = SyncService(
        desk.store, desk.accounts, IngestService(desk.store, desk.clock), desk.clock, after=after
    )
    size = log_size(desk)
    (report,) = sync_service.sync_all(desk.context)
    assert (report.new, report.stopped_by) == (1, None)
    assert len(ran) == 1
    assert ran[0] > size
