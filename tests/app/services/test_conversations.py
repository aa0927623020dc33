"""What mentions answer: fetched apart, sealed whole, shared by all who answer the same post."""

import json
from datetime import timedelta

from fake_platform import Fault
from service_desk import Desk

from core.domain.capture import ContextPost, ContextRole
from core.domain.evidence import EntryKind
from core.domain.ids import MentionId
from core.domain.inbox import InboxFilter
from core.errors import Offline


def reply(desk: Desk, parent: str, sender: str = "mallory", **more: object) -> str:
    record = {"reply": {"parent": {"uri": parent}, "root": {"uri": parent}}}
    return desk.fake.add_post(f"answer of {sender}", sender, record=record, **more)


def follow_up(desk: Desk) -> None:
    assert desk.captures.follow_up(desk.context).stopped_by is None


def sync(desk: Desk) -> dict[str, MentionId]:
    desk.sync.sync(desk.account.id, desk.context)
    return {row.remote_id: row.mention_id for row in desk.inbox.rows(InboxFilter(), limit=1000)}


def conversation(desk: Desk, mention_id: MentionId) -> tuple[ContextPost, ...]:
    return desk.captures.around(mention_id).conversation


def test_own_words_and_strangers_above_a_reply(desk: Desk) -> None:
    first = desk.fake.add_other("what the person wrote", "casey")
    between = desk.fake.add_other("a third one", "eve", parent=first)
    post = reply(desk, between)
    mention_id = sync(desk)[post]
    assert desk.captures.around(mention_id).conversation_waits
    assert desk.fake.sent("getPostThread") == 0
    follow_up(desk)
    posts = conversation(desk, mention_id)
    assert [(one.role, one.text) for one in posts] == [
        (ContextRole.OWN, "what the person wrote"),
        (ContextRole.BEFORE, "a third one"),
    ]
    assert not desk.captures.around(mention_id).conversation_waits
    assert posts[0].author_handle == "casey.test"
    assert posts[0].url == f"https://bsky.app/profile/did:plc:casey/post/{first.rsplit('/', 1)[1]}"
    with desk.store.read() as unit:
        seq = posts[0].entry_seq
        assert seq is not None
        envelope = json.loads(unit.log.many([seq])[seq].envelope)
        assert envelope["kind"] == EntryKind.CAPTURED.value
        assert b"what the person wrote" in (unit.log.content(bytes.fromhex(envelope["sha256"])) or b"")
        assert unit.contexts.of([mention_id])[mention_id] == posts


def test_a_pile_on_under_one_post_costs_one_request(desk: Desk) -> None:
    own = desk.fake.add_other("my post", "casey")
    posts = [reply(desk, own, f"sender{number}") for number in range(20)]
    ids = sync(desk)
    follow_up(desk)
    assert desk.fake.sent("getPostThread") == 1
    assert {conversation(desk, ids[post])[-1].text for post in posts} == {"my post"}


def test_posts_seen_in_one_answer_need_no_request_of_their_own(desk: Desk) -> None:
    own = desk.fake.add_other("my post", "casey")
    above = reply(desk, own, "eve")
    deeper = reply(desk, above, "mallory")
    ids = sync(desk)
    follow_up(desk)
    assert desk.fake.sent("getPostThread") == 1
    assert [one.text for one in conversation(desk, ids[deeper])] == ["my post", "answer of eve"]
    assert [one.text for one in conversation(desk, ids[above])] == ["my post"]


def test_a_quote_of_the_own_post(desk: Desk) -> None:
    own = desk.fake.add_other("quoted words", "casey")
    embed = {"embed": {"$type": "app.bsky.embed.record", "record": {"uri": own, "cid": "b"}}}
    post = desk.fake.add_post("look at this", record=embed, reason="quote")
    mention_id = sync(desk)[post]
    follow_up(desk)
    assert [(one.role, one.text) for one in conversation(desk, mention_id)] == [
        (ContextRole.OWN, "quoted words")
    ]


def test_a_deleted_post_above_leaves_a_gap(desk: Desk) -> None:
    own = desk.fake.add_other("my post", "casey")
    gone = reply(desk, own, "eve")
    post = reply(desk, gone)
    ids = sync(desk)
    desk.fake.delete_post(gone)
    follow_up(desk)
    assert conversation(desk, ids[post]) == ()
    assert not desk.captures.around(ids[post]).conversation_waits
    assert conversation(desk, ids[gone])[0].text == "my post"


def test_nothing_above_nothing_asked(desk: Desk) -> None:
    post = desk.fake.add_post("hello", reason="mention")
    mention_id = sync(desk)[post]
    follow_up(desk)
    assert desk.fake.sent("getPostThread") == 0
    assert conversation(desk, mention_id) == ()


def test_a_lost_connection_leaves_it_for_later(desk: Desk) -> None:
    own = desk.fake.add_other("my post", "casey")
    post = reply(desk, own)
    mention_id = sync(desk)[post]
    desk.fake.fail_next(Fault.DROP_BEFORE, on="getPostThread", times=3)
    assert isinstance(desk.captures.follow_up(desk.context).stopped_by, Offline)
    assert desk.captures.around(mention_id).conversation_waits
    follow_up(desk)
    assert conversation(desk, mention_id)


def test_garbage_is_given_up_after_three_days(desk: Desk) -> None:
    own = desk.fake.add_other("my post", "casey")
    post = reply(desk, own)
    mention_id = sync(desk)[post]
    for day in range(3):
        assert desk.captures.around(mention_id).conversation_waits, day
        desk.fake.fail_next(Fault.GARBAGE, on="getPostThread")
        follow_up(desk)
        follow_up(desk)  # not again on the same day
        desk.clock.advance(timedelta(days=1).total_seconds())
    assert not desk.captures.around(mention_id).conversation_waits
    assert desk.fake.sent("getPostThread") == 3


def test_a_thread_of_hundreds_is_cut(desk: Desk) -> None:
    above = desk.fake.add_other("the beginning", "casey")
    for number in range(60):
        above = desk.fake.add_other(f"post {number}", "eve", parent=above)
    post = reply(desk, above)
    mention_id = sync(desk)[post]
    follow_up(desk)
    posts = conversation(desk, mention_id)
    assert len(posts) == 41
    assert posts[-1].text == "post 59"
