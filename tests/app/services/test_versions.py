"""Edited posts: the first text stays, later ones are sealed beside it and judged with it."""

import json

import made_up
import pytest
from service_desk import Desk

from core.domain.evidence import EntryKind
from core.domain.ids import MentionId
from core.domain.inbox import InboxFilter
from core.domain.mention import Received

MODEL = ("rules", "1", "0" * 64)


def sync(desk: Desk) -> int:
    return desk.sync.sync(desk.account.id, desk.context).edited


def only(desk: Desk) -> MentionId:
    (row,) = desk.inbox.rows(InboxFilter())
    return row.mention_id


def test_an_edit_is_sealed_and_the_first_text_stays(desk: Desk) -> None:
    uri = desk.fake.add_post("you are kind")
    sync(desk)
    desk.fake.edit_post(uri, "you are vile")
    assert sync(desk) == 1
    assert sync(desk) == 0
    mention_id = only(desk)
    assert desk.inbox.detail(mention_id).text == "you are kind"
    (version,) = desk.captures.around(mention_id).versions
    assert (version.text, version.seen_at) == ("you are vile", desk.clock.now())
    with desk.store.read() as unit:
        envelope = json.loads(unit.log.many([version.entry_seq])[version.entry_seq].envelope)
        assert envelope["kind"] == EntryKind.RECEIVED.value
        assert envelope["facts"]["version_of"] == desk.inbox.detail(mention_id).entry_seq
        assert b"you are vile" in (unit.log.content(bytes.fromhex(envelope["sha256"])) or b"")


def test_both_texts_are_judged_again(desk: Desk) -> None:
    uri = desk.fake.add_post("you are kind")
    sync(desk)
    desk.fake.edit_post(uri, "you are vile")
    sync(desk)
    with desk.store.read() as unit:
        assert unit.mentions.texts_without_verdict(MODEL, 10) == [(only(desk), "you are kind\nyou are vile")]


def test_an_edit_back_is_a_version_too(desk: Desk) -> None:
    uri = desk.fake.add_post("one")
    sync(desk)
    for text in ("two", "one"):
        desk.fake.edit_post(uri, text)
        assert sync(desk) == 1
    assert [one.text for one in desk.captures.around(only(desk)).versions] == ["two", "one"]


def test_what_surrounds_a_post_is_no_edit(desk: Desk) -> None:
    """Likes, read marks and names change all the time; the bytes differ, the post does not."""
    desk.fake.add_post("one")
    sync(desk)
    desk.fake.rename("mallory", "other.test")
    assert sync(desk) == 0
    card = desk.inbox.sender(desk.inbox.rows(InboxFilter())[0].sender_id)
    assert card.handle == "other.test"
    assert [one.handle for one in card.names_seen] == ["mallory.test", "other.test"]


def imported(number: int, text: str) -> Received:
    return made_up.received(number, text)


@pytest.mark.parametrize("together", [True, False])
def test_files_hold_versions_too(desk: Desk, together: bool) -> None:
    items = [imported(1, "first"), imported(1, "second"), imported(1, "first")]
    batches = [items] if together else [[one] for one in items]
    taken = [desk.ingest.take(batch, None) for batch in batches]
    assert sum(len(one.new) for one in taken) == 1
    # An older file read later brings nothing new.
    assert sum(len(one.edited) for one in taken) == 1
    assert [one.text for one in desk.captures.around(only(desk)).versions] == ["second"]


def test_a_file_does_not_rename_anybody(desk: Desk) -> None:
    desk.ingest.take([imported(1, "first")], None)
    desk.ingest.take([made_up.received(1, "first", made_up.author("ada"))], None)
    assert desk.inbox.rows(InboxFilter())[0].handle == "ada"
