"""Looking whether posts are still there."""

import json
from datetime import timedelta

import pytest
from fake_clock import START
from fake_platform import Fault
from service_desk import Desk

from app.services.recheck import RecheckReport, next_look
from core.domain.capture import PostState, Standing
from core.domain.evidence import EntryKind
from core.domain.ids import MentionId, RemoteId
from core.domain.inbox import InboxFilter
from core.domain.response import ActionKind
from core.errors import Cancelled, Offline, PlatformRefused, WaitNeeded
from core.evidence.verify import verify_log
from core.ports import RemoteTarget

HOUR = 3600


def arrive(desk: Desk, *senders: str) -> dict[str, MentionId]:
    """One post of each sender, received."""
    posts = {sender: desk.fake.add_post(f"from {sender}", sender) for sender in senders}
    desk.sync.sync(desk.account.id, desk.context)
    by_post = {row.remote_id: row.mention_id for row in desk.inbox.rows(InboxFilter(), limit=1000)}
    return {sender: by_post[post] for sender, post in posts.items()}


def post_of(desk: Desk, mention_id: MentionId) -> str:
    return desk.inbox.detail(mention_id).remote_id


def look(desk: Desk, most: int = 500) -> RecheckReport:
    return desk.captures.rechecks.due(desk.context, most)


def standing(desk: Desk, mention_id: MentionId) -> Standing:
    with desk.store.read() as unit:
        return unit.standings.many([mention_id])[mention_id]


def entries(desk: Desk, kind: EntryKind) -> list[dict[str, object]]:
    with desk.store.read() as unit:
        found = [json.loads(one.envelope) for one in unit.log.entries()]
    return [one for one in found if one["kind"] == kind.value]


def content(desk: Desk, entry: dict[str, object]) -> bytes:
    with desk.store.read() as unit:
        data = unit.log.content(bytes.fromhex(str(entry["sha256"])))
    assert data is not None
    return data


def test_nothing_is_looked_for_within_the_first_hour(desk: Desk) -> None:
    arrive(desk, "mallory")
    desk.clock.advance(HOUR - 1)
    assert look(desk) == RecheckReport()
    desk.clock.advance(1)
    assert look(desk).checked == 1


def test_the_schedule() -> None:
    hours = [1, 24, 24 * 7, 24 * 37, 24 * 67]
    seen = []
    now = START + timedelta(hours=1)
    while len(seen) < len(hours):
        seen.append((now - START) / timedelta(hours=1))
        now = next_look(START, now)
    assert seen == hours
    # A computer that slept through the steps looks once, not once for each.
    assert next_look(START, START + timedelta(days=3)) == START + timedelta(days=7)


def test_posts_that_are_up_cost_one_request_and_no_entry_each(desk: Desk) -> None:
    ids = arrive(desk, *(f"sender{number}" for number in range(30)))
    desk.clock.advance(HOUR)
    before = len(entries(desk, EntryKind.CAPTURED))
    report = look(desk)
    assert (report.checked, report.changed) == (30, ())
    assert desk.fake.sent("getPosts") == 2
    assert desk.fake.sent("getProfile") == 0
    assert len(entries(desk, EntryKind.CAPTURED)) == before
    assert standing(desk, ids["sender0"]).state is PostState.UP
    assert standing(desk, ids["sender0"]).entry_seq is None
    assert look(desk).checked == 0


@pytest.mark.parametrize(
    ("what", "state"),
    [
        ("delete", PostState.DELETED),
        ("remove", PostState.REMOVED),
        ("gone", PostState.ACCOUNT_GONE),
        ("deactivated", PostState.DEACTIVATED),
        ("suspended", PostState.SUSPENDED),
    ],
)
def test_each_way_to_be_gone(desk: Desk, what: str, state: PostState) -> None:
    ids = arrive(desk, "mallory", "alice")
    post = post_of(desk, ids["mallory"])
    if what == "delete":
        desk.fake.delete_post(post)
    elif what == "remove":
        desk.fake.removed_posts.add(post)
    else:
        desk.fake.set_account("mallory", what)
    desk.clock.advance(HOUR)
    report = look(desk)
    assert report.changed == (ids["mallory"],)
    found = standing(desk, ids["mallory"])
    assert (found.state, found.since, found.checked_at) == (state, desk.clock.now(), desk.clock.now())
    (change,) = found.history
    assert (change.was, change.seen_at) == (PostState.UP, desk.clock.now())
    assert change.last_at == desk.inbox.detail(ids["mallory"]).received_at
    assert standing(desk, ids["alice"]).state is PostState.UP
    (entry,) = entries(desk, EntryKind.SEEN_DELETED)
    assert found.entry_seq == change.entry_seq == entry["seq"]
    said = json.loads(content(desk, entry))
    assert (said["post"], said["state"], said["was"]) == (post, state.value, "up")
    assert f"getPosts?uris={post.replace(':', '%3A').replace('/', '%2F')}" in said["answers"][0]["asked"]


def test_the_answers_are_sealed_as_received(desk: Desk) -> None:
    ids = arrive(desk, "mallory")
    desk.fake.delete_post(post_of(desk, ids["mallory"]))
    desk.clock.advance(HOUR)
    look(desk)
    said = json.loads(content(desk, entries(desk, EntryKind.SEEN_DELETED)[0]))
    sealed = {one["seq"]: one for one in entries(desk, EntryKind.CAPTURED)}
    bodies = [content(desk, sealed[answer["entry"]]) for answer in said["answers"]]
    assert bodies[0] == b'{"posts": []}'
    assert b'"did": "did:plc:mallory"' in bodies[1]
    assert b"RecordNotFound" in bodies[2]
    facts = sealed[said["answers"][0]["entry"]]["facts"]
    assert isinstance(facts, dict)
    assert str(facts["server_date"]).endswith("GMT")
    # Ids stand in content, which can be erased, and in no fact.
    with desk.store.read() as unit:
        envelopes = b"".join(one.envelope for one in unit.log.entries())
    assert b"did:plc:mallory" not in envelopes


def test_a_block_is_no_deletion(desk: Desk) -> None:
    ids = arrive(desk, "mallory", "eve")
    door = desk.accounts.open(desk.account.id)[1]
    door.act(ActionKind.BLOCK, RemoteTarget(RemoteId(desk.fake.sender_id("mallory"))))
    door.close()
    desk.fake.blocked_by.add("did:plc:eve")
    desk.clock.advance(HOUR)
    look(desk)
    assert standing(desk, ids["mallory"]).state is PostState.HIDDEN
    assert standing(desk, ids["eve"]).state is PostState.HIDDEN
    assert entries(desk, EntryKind.SEEN_DELETED) == []
    # Deleted behind the block: that shows, too.
    desk.fake.delete_post(post_of(desk, ids["eve"]))
    desk.clock.advance(24 * HOUR)
    look(desk)
    assert standing(desk, ids["eve"]).state is PostState.DELETED
    (line,) = desk.captures.ledger()
    assert (line.hidden, line.deleted, line.gone) == (1, 1, 1)


def test_seen_again(desk: Desk) -> None:
    ids = arrive(desk, "mallory")
    desk.fake.set_account("mallory", "deactivated")
    desk.clock.advance(HOUR)
    look(desk)
    desk.fake.set_account("mallory", "there")
    desk.clock.advance(24 * HOUR)
    assert look(desk).changed == (ids["mallory"],)
    found = standing(desk, ids["mallory"])
    assert found.state is PostState.UP
    assert [one.state for one in found.history] == [PostState.DEACTIVATED, PostState.UP]
    again = entries(desk, EntryKind.CAPTURED)[-1]
    assert json.loads(content(desk, again))["state"] == "up"


@pytest.mark.parametrize(
    "body", [b'{"error": "Whatever"}', b'{"error": "InvalidRequest", "message": "no"}', b"[]", b"\xff"]
)
def test_an_answer_that_says_nothing_is_unknown(desk: Desk, body: bytes) -> None:
    ids = arrive(desk, "mallory")
    desk.fake.set_account("mallory", "gone")
    desk.clock.advance(HOUR)
    original = desk.fake._profile

    def profile(request: object) -> object:
        reply = original(request)  # type: ignore[arg-type]
        reply.body = body
        return reply

    desk.fake._profile = profile  # type: ignore[method-assign, assignment]
    report = look(desk)
    assert (report.checked, report.unknown, report.changed) == (0, 1, ())
    assert standing(desk, ids["mallory"]).state is PostState.UNKNOWN
    (line,) = desk.captures.ledger()
    assert (line.stored, line.checked, line.gone) == (1, 0, 0)
    # It is looked for again the next day, and what is known then is the first real state.
    desk.fake._profile = original  # type: ignore[method-assign]
    desk.clock.advance(24 * HOUR)
    look(desk)
    assert standing(desk, ids["mallory"]).state is PostState.ACCOUNT_GONE


def test_unknown_never_replaces_what_is_known(desk: Desk) -> None:
    ids = arrive(desk, "mallory")
    desk.clock.advance(HOUR)
    look(desk)
    desk.clock.advance(24 * HOUR)
    desk.fake.fail_next(Fault.SERVER_ERROR, 400, on="getPosts")
    report = look(desk)
    assert isinstance(report.stopped_by, PlatformRefused)
    assert standing(desk, ids["mallory"]).state is PostState.UP
    assert look(desk) == RecheckReport()


@pytest.mark.parametrize(
    ("fault", "value", "error"),
    [(Fault.RATE_LIMIT, 3_600, WaitNeeded), (Fault.DROP_BEFORE, None, Offline)],
)
def test_a_stop_leaves_the_rest_due(desk: Desk, fault: Fault, value: object, error: type[Exception]) -> None:
    arrive(desk, *(f"sender{number}" for number in range(60)))
    desk.clock.advance(HOUR)
    original = desk.fake.plan_for

    def plan_for(path: str) -> object:
        if "getPosts" in path and desk.fake.sent("getPosts") == 2:
            desk.fake.fail_next(fault, value, on="getPosts", times=3)
        return original(path)

    desk.fake.plan_for = plan_for  # type: ignore[method-assign, assignment]
    report = look(desk)
    assert report.checked == 25
    assert isinstance(report.stopped_by, error)
    desk.fake.plan_for = original  # type: ignore[method-assign]
    desk.fake._plans.clear()
    assert look(desk).checked == 35


def test_a_cancel_keeps_committed_batches(desk: Desk) -> None:
    ids = arrive(desk, *(f"sender{number}" for number in range(30)))
    desk.clock.advance(HOUR)
    original = desk.context.sleep
    calls: list[float] = []

    def sleep(seconds: float) -> None:
        calls.append(seconds)
        if len(calls) == 2:
            raise Cancelled
        original(seconds)

    desk.context.sleep = sleep  # type: ignore[method-assign]
    with pytest.raises(Cancelled):
        look(desk)
    desk.context.sleep = original  # type: ignore[method-assign]
    with desk.store.read() as unit:
        assert len(unit.standings.many(list(ids.values()))) == 25
    assert look(desk).checked == 5


def test_the_budget_and_the_pace(desk: Desk) -> None:
    arrive(desk, *(f"sender{number}" for number in range(60)))
    desk.clock.advance(HOUR)
    desk.context.waits.clear()
    assert look(desk, most=50).checked == 50
    assert desk.context.waits == [0.0, 0.5]


def test_asked_for_now(desk: Desk) -> None:
    ids = arrive(desk, "mallory", "alice")
    desk.fake.delete_post(post_of(desk, ids["mallory"]))
    report = desk.captures.rechecks.now([ids["mallory"]], desk.context)
    assert report.changed == (ids["mallory"],)
    with desk.store.read() as unit:
        assert set(unit.standings.many(list(ids.values()))) == {ids["mallory"]}


def test_without_an_account_nothing_can_be_asked(desk: Desk) -> None:
    ids = arrive(desk, "mallory")
    desk.accounts.remove(desk.account.id)
    assert desk.captures.rechecks.now(list(ids.values()), desk.context).unreachable == 1
    assert not desk.captures.around(ids["mallory"]).can_check


def test_a_new_name_seen_while_looking_joins_the_history(desk: Desk) -> None:
    ids = arrive(desk, "mallory")
    desk.fake.rename("mallory", "innocent.test")
    desk.clock.advance(HOUR)
    look(desk)
    card = desk.inbox.sender(desk.inbox.detail(ids["mallory"]).sender_id)
    assert card.handle == "innocent.test"
    assert [name.handle for name in card.names_seen] == ["mallory.test", "innocent.test"]


def test_the_log_holds_after_all_this(desk: Desk) -> None:
    ids = arrive(desk, "mallory", "eve")
    desk.fake.delete_post(post_of(desk, ids["mallory"]))
    desk.clock.advance(HOUR)
    look(desk)
    with desk.store.read() as unit:
        report = verify_log(
            unit.log.entries(),
            checkpoints=unit.log.checkpoints(),
            public_key=unit.log.public_key(),
            content=unit.log.content,
            anchors=(),
        )
    assert report.ok
