"""Anchors over a real store and a real local authority."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from threading import Event

import pytest
from fake_clock import FakeClock
from timestamp_testbed import LocalAuthority, authority, issue

from app.jobs.context import JobContext
from app.services.anchor import AnchorService, HandOver
from app.services.evidence import EvidenceService
from core.anchoring.plan import When
from core.anchoring.standing import Standing
from core.domain.evidence import Anchor, AnchorKind, AnchorState, EntryKind
from core.errors import BadInput, Cancelled, NotFound
from core.evidence.canonical import read_canonical
from core.storage import Store

__all__ = ["authority"]


@pytest.fixture
def clock() -> FakeClock:
    # The authority's certificates are of today.
    return FakeClock(datetime.now(UTC))


@pytest.fixture
def store(tmp_path: Path, clock: FakeClock) -> Iterator[Store]:
    opened = Store(tmp_path / "breakwater.db", bytes(32), clock)
    _receive(opened, 5)
    yield opened
    opened.close()


@pytest.fixture
def anchors(store: Store, clock: FakeClock) -> AnchorService:
    """Nobody to ask: none of the real authorities is ever reached from a test."""
    service = AnchorService(store, clock)
    for one in service.plan().listed:
        service.use_authority(one.authority.url, used=False)
    return service


def _receive(store: Store, count: int) -> None:
    with store.write() as unit:
        for number in range(count):
            unit.log.append(EntryKind.RECEIVED, content=f"message {number}".encode())


def _all(anchors: AnchorService) -> list[Anchor]:
    return [one.anchor for one in anchors.overview().anchors]


def _hire(anchors: AnchorService, authority: LocalAuthority, *paths: str) -> None:
    """Ask these, in this order."""
    for path in reversed(paths):
        anchors.add_authority(path, authority.url(path), authority.root.pem)


def test_nothing_is_asked_before_anyone_agreed(store: Store, clock: FakeClock) -> None:
    sent: list[str] = []
    service = AnchorService(store, clock, lambda url, _: sent.append(url) or b"")
    assert service.stamp_if_due(JobContext()) is None
    assert not sent
    assert (service.plan().agreed, service.plan().when) == (False, When.OFF)
    assert service.agree().agreed
    assert service.stamp_if_due(JobContext()) is None


def test_a_stamp_is_stored_with_the_entry_that_records_it(
    store: Store, anchors: AnchorService, authority: LocalAuthority
) -> None:
    _hire(anchors, authority, "good")
    before = anchors.offer()
    made = anchors.stamp(JobContext()).confirmed
    assert made is not None
    assert (made.size, made.root, made.kind) == (before.size, before.root, AnchorKind.RFC3161)
    assert made.token is not None
    assert authority.second_opinion(made.token, made.root)
    assert _all(anchors) == [made]
    with store.read() as unit:
        *_, last = unit.log.entries()
        facts = read_canonical(last.envelope)["facts"]
    assert isinstance(facts, dict)
    assert facts["root"] == made.root.hex()
    assert (facts["size"], facts["kind"], facts["receiver"]) == (made.size, "rfc3161", authority.url("good"))
    assert last.seq == made.size


def test_authorities_that_fail_never_stop_the_next(anchors: AnchorService, authority: LocalAuthority) -> None:
    bad = ("unavailable", "garbage", "redirect", "self-signed", "declined", "huge")
    _hire(anchors, authority, *bad, "good", "chain")
    report = anchors.stamp(JobContext())
    assert [one.receiver for one in report.anchors] == [authority.url(path) for path in (*bad, "good")]
    assert [one.error_code for one in report.anchors] == [
        "stamp-status",
        "stamp-unreadable",
        "stamp-redirected",
        "stamp-untrusted",
        "stamp-declined",
        "stamp-too-large",
        None,
    ]
    standings = [one.standing for one in anchors.overview().anchors]
    assert standings == [Standing.FAILED] * len(bad) + [Standing.STAMPED]
    assert anchors.protection().failure is None


def test_all_failing_protects_nothing_and_loses_nothing(
    store: Store, anchors: AnchorService, authority: LocalAuthority
) -> None:
    _hire(anchors, authority, "expired", "unavailable")
    with store.read() as unit:
        size = unit.log.size()
    report = anchors.stamp(JobContext())
    assert report.confirmed is None
    assert [one.state for one in report.anchors] == [AnchorState.FAILED] * 2
    assert [one.token is None for one in report.anchors] == [False, True]
    found = anchors.protection()
    assert (found.covered, found.stamped, found.newer, found.newer_messages) == (0, None, size, 5)
    assert found.failure is not None
    assert found.failure.error_code == "stamp-status"
    with store.read() as unit:
        assert unit.log.size() == size


def test_nobody_to_ask(anchors: AnchorService) -> None:
    with pytest.raises(NotFound):
        anchors.stamp(JobContext())


def test_stopping_between_two_authorities(anchors: AnchorService, authority: LocalAuthority) -> None:
    _hire(anchors, authority, "good")
    stop = Event()
    stop.set()
    with pytest.raises(Cancelled):
        anchors.stamp(JobContext(cancelled=stop))
    assert _all(anchors) == []


def test_protection_counts_what_is_newer(
    store: Store, anchors: AnchorService, authority: LocalAuthority
) -> None:
    _hire(anchors, authority, "good")
    anchors.stamp(JobContext())
    found = anchors.protection()
    # The entry that records the stamp cannot be under it.
    assert (found.covered, found.newer, found.newer_messages) == (5, 1, 0)
    _receive(store, 3)
    found = anchors.protection()
    assert (found.covered, found.newer, found.newer_messages, found.entries) == (5, 4, 3, 9)
    given = anchors.offer()
    anchors.record_hand_over(given, " my\nlawyer ")
    found = anchors.protection()
    assert found.handed_over is not None
    assert (found.handed_over.receiver, found.handed_over.size) == ("my lawyer", 9)
    assert found.stamped is not None
    assert (found.stamped.size, found.covered, found.newer, found.newer_messages) == (5, 9, 1, 0)


def test_a_hand_over_is_of_this_log_and_to_somebody(anchors: AnchorService) -> None:
    given = anchors.offer()
    for to in ("", " \n ", "x" * 201):
        with pytest.raises(BadInput):
            anchors.record_hand_over(given, to)
    with pytest.raises(BadInput):
        anchors.record_hand_over(HandOver(given.size, bytes(32), given.at), "a friend")
    with pytest.raises(BadInput):
        anchors.record_hand_over(HandOver(given.size + 1, given.root, given.at), "a friend")
    assert _all(anchors) == []
    assert given.line in given.page("a friend")


@pytest.mark.parametrize("kind", ["stamp", "hand-over"])
def test_a_rebuilt_log_is_contradicted(
    store: Store, anchors: AnchorService, authority: LocalAuthority, kind: str
) -> None:
    """Whoever owns the computer drops the tail and writes another, signed with the real key."""
    if kind == "stamp":
        _hire(anchors, authority, "good")
        anchors.stamp(JobContext())
    else:
        anchors.record_hand_over(anchors.offer(), "a friend")
    with store._writer.begin() as connection:
        for (name,) in connection.exec_driver_sql(
            "SELECT name FROM sqlite_master WHERE type = 'trigger'"
        ).all():
            connection.exec_driver_sql(f"DROP TRIGGER {name}")
        connection.exec_driver_sql("UPDATE anchor SET entry_seq = NULL")
        connection.exec_driver_sql("DELETE FROM checkpoint WHERE size > 3")
        connection.exec_driver_sql("DELETE FROM entry WHERE seq >= 3")
    store._chain, _ = _resume(store)
    _receive(store, 4)
    found = anchors.protection()
    assert (found.stamped, found.handed_over, found.covered) == (None, None, 0)
    assert [one.size for one in found.contradicted] == [5]
    report = EvidenceService(store, anchors).verify()
    assert not report.ok
    assert report.anchored == 0


def _resume(store: Store) -> tuple[object, object]:
    from core.storage.log import LogWriter

    with store._writer.begin() as connection:
        return LogWriter.resume(connection)


def test_a_token_changed_in_the_database_does_not_count(
    store: Store, anchors: AnchorService, authority: LocalAuthority, clock: FakeClock
) -> None:
    _hire(anchors, authority, "good")
    made = anchors.stamp(JobContext()).confirmed
    assert made is not None
    assert made.token is not None
    with store._writer.begin() as connection:
        broken = made.token[:-8] + bytes([made.token[-8] ^ 1]) + made.token[-7:]
        connection.exec_driver_sql("UPDATE anchor SET token = ?", (broken,))
    found = AnchorService(store, clock).protection()
    assert found.stamped is None
    assert [one.id for one in found.unverifiable] == [made.id]
    assert not found.contradicted
    report = EvidenceService(store, AnchorService(store, clock)).verify()
    assert [fault.seq for fault in report.faults] == [made.size - 1]


def test_what_counts_as_from_outside(store: Store, anchors: AnchorService, authority: LocalAuthority) -> None:
    evidence = EvidenceService(store, anchors)
    given = anchors.offer()
    anchors.record_hand_over(given, "a friend")
    # Noted here, so it proves nothing here; typed in by whoever holds the line, it does.
    assert (evidence.verify().ok, evidence.verify().anchored) == (True, 0)
    assert evidence.verify([(given.size, given.root)]).anchored == given.size
    wrong = evidence.verify([(given.size, bytes(32))])
    assert (wrong.ok, wrong.anchored) == (False, 0)
    _hire(anchors, authority, "good")
    anchors.stamp(JobContext())
    assert evidence.verify().anchored == given.size + 1


def test_by_itself_never_more_often_than_set_and_only_for_something_new(
    store: Store, anchors: AnchorService, authority: LocalAuthority, clock: FakeClock
) -> None:
    _hire(anchors, authority, "good")
    context = JobContext()
    assert anchors.set_when(When.DAILY).agreed
    assert anchors.stamp_if_due(context) is not None
    _receive(store, 1)
    assert anchors.stamp_if_due(context) is None
    clock.advance(timedelta(hours=23, minutes=59).total_seconds())
    assert anchors.stamp_if_due(context) is None
    clock.advance(timedelta(minutes=1).total_seconds())
    assert anchors.stamp_if_due(context) is not None
    clock.advance(timedelta(days=1).total_seconds())
    with store.write() as unit:
        unit.log.append(EntryKind.STOP)
        unit.log.append(EntryKind.START)
    assert anchors.stamp_if_due(context) is None
    _receive(store, 1)
    anchors.set_when(When.WEEKLY)
    assert anchors.stamp_if_due(context) is None
    anchors.set_when(When.OFF)
    clock.advance(timedelta(days=30).total_seconds())
    assert anchors.stamp_if_due(context) is None


def test_a_failed_attempt_waits_like_any_other(
    anchors: AnchorService, authority: LocalAuthority, clock: FakeClock
) -> None:
    _hire(anchors, authority, "unavailable")
    anchors.set_when(When.DAILY)
    first = anchors.stamp_if_due(JobContext())
    assert first is not None
    assert first.confirmed is None
    clock.advance(timedelta(hours=2).total_seconds())
    assert anchors.stamp_if_due(JobContext()) is None


def test_an_authority_no_longer_asked_still_counts(anchors: AnchorService, authority: LocalAuthority) -> None:
    _hire(anchors, authority, "good")
    anchors.stamp(JobContext())
    anchors.use_authority(authority.url("good"), used=False)
    assert anchors.protection().stamped is not None
    anchors.ask_first(authority.url("good"))
    assert anchors.plan().listed[0].authority.url == authority.url("good")


def test_an_authority_needs_a_root_of_its_own(anchors: AnchorService) -> None:
    root = issue("Root", None, ca=True)
    with pytest.raises(BadInput):
        anchors.add_authority("Club", "tsa.example.org", root.pem)
    with pytest.raises(BadInput):
        anchors.add_authority("Club", "https://tsa.example.org", issue("Below", root, ca=True).pem)
    assert all(one.authority.ours for one in anchors.plan().listed)


def test_the_authoritys_time_is_kept_apart_from_ours(
    anchors: AnchorService, authority: LocalAuthority, clock: FakeClock
) -> None:
    _hire(anchors, authority, "good")
    made = anchors.stamp(JobContext()).confirmed
    assert made is not None
    assert made.attested_at is not None
    assert made.made_at == clock.now()
    assert abs(made.attested_at - datetime.now(UTC)) < timedelta(minutes=1)
