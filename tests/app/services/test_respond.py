"""Mute, block and report: paced, resumable, undone exactly."""

import pytest
from fake_platform import Fault
from service_desk import Desk

from core.domain.ids import BatchId
from core.domain.inbox import InboxFilter
from core.domain.response import ActionKind, ItemState
from core.errors import Cancelled, NotFound, SignInNeeded, UnsupportedHere

SENDERS = ("mallory", "mona", "mick")


@pytest.fixture
def ready(desk: Desk) -> Desk:
    for sender in SENDERS:
        desk.fake.add_post(f"abuse by {sender}", sender=sender)
    desk.sync.sync(desk.account.id, desk.context)
    return desk


def senders(desk: Desk) -> list[int]:
    return sorted(row.sender_id for row in desk.inbox.rows(InboxFilter()))


def start(desk: Desk, kind: ActionKind) -> BatchId:
    return desk.respond.start(desk.respond.plan(kind, "why", senders=senders(desk)))


def states(desk: Desk, batch: BatchId) -> list[ItemState]:
    return [item.state for item in desk.respond.batch(batch).items]


@pytest.mark.parametrize("kind", [ActionKind.MUTE, ActionKind.BLOCK])
def test_done_and_undone(ready: Desk, kind: ActionKind) -> None:
    batch = start(ready, kind)
    ready.respond.send(batch, ready.context)
    hit = ready.fake.is_muted if kind is ActionKind.MUTE else ready.fake.is_blocked
    assert all(hit(sender) for sender in SENDERS)
    row = ready.inbox.rows(InboxFilter())[0]
    assert row.muted if kind is ActionKind.MUTE else row.blocked
    ready.respond.undo(batch, ready.context)
    assert not any(hit(sender) for sender in SENDERS)
    row = ready.inbox.rows(InboxFilter())[0]
    assert not row.muted
    assert not row.blocked


def test_what_was_so_before_stays_so_after_undo(ready: Desk) -> None:
    ready.fake.mutes.add(ready.fake.sender_id("mona"))
    batch = start(ready, ActionKind.MUTE)
    ready.respond.send(batch, ready.context)
    assert sorted(state.value for state in states(ready, batch)) == ["already", "done", "done"]
    ready.respond.undo(batch, ready.context)
    assert ready.fake.is_muted("mona")
    assert not ready.fake.is_muted("mallory")


def test_actions_keep_the_platforms_pace(ready: Desk) -> None:
    ready.respond.send(start(ready, ActionKind.MUTE), ready.context)
    assert ready.context.waits[-2:] == [3.0, 6.0]


def test_an_answer_that_never_came_stays_unknown(ready: Desk) -> None:
    ready.fake.fail_next(Fault.DROP_AFTER, on="createReport", times=1)
    batch = start(ready, ActionKind.REPORT)
    ready.respond.send(batch, ready.context)
    found = states(ready, batch)
    assert found.count(ItemState.UNKNOWN) == 1
    assert found.count(ItemState.DONE) == 2
    sent = ready.fake.sent("createReport")
    ready.respond.send(batch, ready.context)
    assert ready.fake.sent("createReport") == sent


def test_a_crash_while_sending_resumes_without_repeating(ready: Desk) -> None:
    batch = start(ready, ActionKind.BLOCK)
    first = ready.respond.batch(batch).items[0]
    with ready.store.write() as unit:
        unit.actions.set_state(first.id, ItemState.SENDING, ready.clock.now())
    assert ready.respond.recover() == (batch,)
    assert states(ready, batch)[0] is ItemState.UNKNOWN
    ready.respond.send(batch, ready.context)
    assert states(ready, batch)[1:] == [ItemState.DONE, ItemState.DONE]
    assert ready.fake.sent("createRecord") == 2
    assert ready.respond.recover() == ()


def test_a_cancel_leaves_the_rest_planned(ready: Desk) -> None:
    batch = start(ready, ActionKind.MUTE)
    settled = ready.fake.sent("muteActor")

    def checkpoint() -> None:
        if ready.fake.sent("muteActor") > settled:
            raise Cancelled

    ready.context.checkpoint = checkpoint  # type: ignore[method-assign]
    with pytest.raises(Cancelled):
        ready.respond.send(batch, ready.context)
    found = states(ready, batch)
    assert found.count(ItemState.DONE) == 1
    assert found.count(ItemState.PLANNED) == 2


def test_an_expired_sign_in_keeps_items_planned(ready: Desk) -> None:
    batch = start(ready, ActionKind.MUTE)
    ready.fake.expire_sign_in()
    report = ready.respond.send(batch, ready.context)
    assert isinstance(report.stopped_by, SignInNeeded)
    assert set(states(ready, batch)) == {ItemState.PLANNED}


def test_people_they_follow_are_left_out(desk: Desk) -> None:
    desk.fake.following.add(desk.fake.sender_id("friend"))
    desk.fake.add_post("hello", sender="friend")
    desk.fake.add_post("abuse", sender="mallory")
    desk.sync.sync(desk.account.id, desk.context)
    plan = desk.respond.plan(ActionKind.BLOCK, "", senders=senders(desk))
    assert [target.handle for target in plan.targets] == ["mallory.test"]
    assert [(one.handle, one.why) for one in plan.skipped] == [("friend.test", "followed")]
    assert plan.public


def test_evidence_is_fetched_before_it_disappears(ready: Desk) -> None:
    """Muting takes a sender's posts out of the platform's list: the newest must be sealed first."""
    batch = start(ready, ActionKind.MUTE)
    ready.fake.add_post("sent just now", sender="mallory")
    ready.respond.send(batch, ready.context)
    assert "sent just now" in {row.text for row in ready.inbox.rows(InboxFilter())}


def test_a_report_cannot_be_undone_and_says_so(ready: Desk) -> None:
    batch = start(ready, ActionKind.REPORT)
    ready.respond.send(batch, ready.context)
    with pytest.raises(UnsupportedHere):
        ready.respond.undo(batch, ready.context)


def test_undo_before_sending_cancels(ready: Desk) -> None:
    batch = start(ready, ActionKind.MUTE)
    ready.respond.undo(batch, ready.context)
    ready.respond.send(batch, ready.context)
    assert set(states(ready, batch)) == {ItemState.UNDONE}
    assert ready.fake.sent("muteActor") == 0


def test_an_unknown_batch(ready: Desk) -> None:
    with pytest.raises(NotFound):
        ready.respond.undo(BatchId(99), ready.context)
