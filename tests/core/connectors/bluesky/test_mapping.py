"""What a notification says, and what it cannot be trusted to say."""

import copy
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.connectors.bluesky.mapping import map_notification, moment
from core.connectors.untrusted_json import Unreadable
from core.domain.ids import RemoteId
from core.domain.mention import Mention, MentionKind

OWN = RemoteId("did:plc:casey")
FACET = "app.bsky.richtext.facet"
NOTE: dict[str, Any] = {
    "uri": "at://did:plc:mallory/app.bsky.feed.post/3kabc",
    "cid": "bafyone",
    "author": {
        "did": "did:plc:mallory",
        "handle": "mallory.test",
        "displayName": "Mallory 🌊",
        "createdAt": "2026-02-01T10:00:00.000Z",
        "viewer": {"muted": False, "following": "at://did:plc:casey/app.bsky.graph.follow/3k"},
    },
    "reason": "reply",
    "reasonSubject": "at://did:plc:casey/app.bsky.feed.post/3kroot",
    "record": {
        "$type": "app.bsky.feed.post",
        "text": "read https://a.example #spread @casey.test",
        "createdAt": "2026-03-01T12:00:00+02:00",
        "langs": ["en", "es"],
        "tags": ["hidden", "spread"],
        "facets": [
            {"features": [{"$type": f"{FACET}#link", "uri": "https://a.example/full"}]},
            {"features": [{"$type": f"{FACET}#tag", "tag": "spread"}]},
            {"features": [{"$type": f"{FACET}#mention", "did": "did:plc:casey"}]},
        ],
        "embed": {"$type": "app.bsky.embed.external", "external": {"uri": "https://b.example", "title": "t"}},
        "reply": {
            "root": {"uri": "at://did:plc:casey/app.bsky.feed.post/3kroot", "cid": "bafyroot"},
            "parent": {"uri": "at://did:plc:eve/app.bsky.feed.post/3kparent", "cid": "bafyparent"},
        },
    },
    "isRead": False,
    "indexedAt": "2026-03-01T10:00:00.100Z",
}


def changed(path: str, value: Any) -> dict[str, Any]:
    """The notification with one field changed."""
    note = copy.deepcopy(NOTE)
    *holders, name = path.split(".")
    holder = note
    for step in holders:
        holder = holder[step]
    holder[name] = value
    return note


def test_every_field() -> None:
    mention = map_notification(NOTE, OWN)
    assert mention == Mention(
        platform=mention.platform,
        remote_id=RemoteId("at://did:plc:mallory/app.bsky.feed.post/3kabc"),
        author=mention.author,
        kind=MentionKind.REPLY,
        text="read https://a.example #spread @casey.test",
        created_at=datetime(2026, 3, 1, 10, 0, tzinfo=UTC),
        lang="en",
        url="https://bsky.app/profile/did:plc:mallory/post/3kabc",
        urls=("https://a.example/full", "https://b.example"),
        hashtags=("spread", "hidden"),
        mentions=("did:plc:casey",),
        reply_to=RemoteId("at://did:plc:eve/app.bsky.feed.post/3kparent"),
        repost_of=None,
        version="bafyone",
        answers=RemoteId("at://did:plc:eve/app.bsky.feed.post/3kparent"),
    )
    assert mention.platform == "bluesky"
    author = mention.author
    assert (author.remote_id, author.handle, author.display_name) == (
        "did:plc:mallory",
        "mallory.test",
        "Mallory 🌊",
    )
    assert (author.created_at, author.followed) == (datetime(2026, 2, 1, 10, 0, tzinfo=UTC), True)


@pytest.mark.parametrize(
    ("embed", "repost_of"),
    [
        (
            {"record": {"uri": "at://did:plc:eve/app.bsky.feed.post/3k"}},
            "at://did:plc:eve/app.bsky.feed.post/3k",
        ),
        ({"record": {"uri": "at://did:plc:casey/app.bsky.feed.post/3k"}}, None),
        (
            {"record": {"record": {"uri": "at://did:plc:eve/app.bsky.feed.post/3k"}}, "media": {}},
            "at://did:plc:eve/app.bsky.feed.post/3k",
        ),
        ({"record": 5}, None),
        (7, None),
    ],
)
def test_quotes(embed: Any, repost_of: str | None) -> None:
    assert map_notification(changed("record.embed", embed), OWN).repost_of == repost_of


@pytest.mark.parametrize(
    ("embed", "quoted"),
    [
        ({"record": {"uri": "at://did:plc:casey/app.bsky.feed.post/3k"}}, "at://did:plc:casey/app.bsky.feed.post/3k"),
        ({"record": 5}, None),
    ],
)  # fmt: skip
def test_a_quote_answers_what_it_quotes(embed: Any, quoted: str | None) -> None:
    note = changed("record.embed", embed) | {"reason": "quote"}
    assert map_notification(note, OWN).answers == quoted


CID = "bafkreiazhusrsn3srbrhkotrfak6yywe6hda4gigsxzhirk5recsh4jbwy"
BLOB = {"$type": "blob", "ref": {"$link": CID}, "mimeType": "image/jpeg", "size": 5}


@pytest.mark.parametrize(
    ("embed", "found"),
    [
        (
            {"images": [{"image": BLOB, "alt": "a dog"}, {"image": {"cid": CID}}]},
            [("image", "a dog"), ("image", "")],
        ),
        ({"video": BLOB, "alt": "a film"}, [("video", "a film")]),
        ({"external": {"uri": "https://a.example", "title": "news", "thumb": BLOB}}, [("card", "news")]),
        ({"record": {}, "media": {"images": [{"image": BLOB, "alt": "\udc00"}]}}, [("image", "\\udc00")]),
        # Anything that is no hash names nothing on the platform's servers.
        ({"images": [{"image": {"ref": {"$link": "../../x"}}}, {"image": {"ref": {"$link": 5}}}, None]}, []),
        ({"external": {"thumb": "https://evil.example/track.png"}}, []),
        ({"images": [{"image": BLOB}] * 500}, [("image", "")] * 8),
        ({"images": 5, "video": [], "external": None, "media": 7}, []),
    ],
)  # fmt: skip
def test_attachments(embed: Any, found: list[tuple[str, str]]) -> None:
    attachments = map_notification(changed("record.embed", embed), OWN).attachments
    assert [(one.kind, one.alt) for one in attachments] == found
    assert {one.ref for one in attachments} <= {f"did:plc:mallory/{CID}"}


def test_link_beside_a_quote() -> None:
    embed = {"record": {"record": {}}, "media": {"external": {"uri": "https://c.example"}}}
    assert map_notification(changed("record.embed", embed), OWN).urls[-1] == "https://c.example"


def test_bare_minimum() -> None:
    note = {
        "uri": NOTE["uri"],
        "author": {"did": "did:plc:mallory", "handle": "mallory.test"},
        "reason": "quote",
        "record": {"text": ""},
    }
    mention = map_notification(note, OWN)
    assert (mention.kind, mention.text, mention.created_at, mention.lang) == (
        MentionKind.QUOTE,
        "",
        None,
        None,
    )
    assert (mention.urls, mention.hashtags, mention.mentions, mention.reply_to) == ((), (), (), None)
    assert not mention.author.followed


@pytest.mark.parametrize(
    ("path", "value", "problem"),
    [
        ("uri", 5, "uri: not text"),
        ("uri", "at://did:plc:mallory/app.bsky.feed.like/3kabc", "uri: not a post's"),
        ("uri", "https://bsky.app/profile/x/post/3k", "uri: not a post's"),
        ("uri", "at://did:plc:mallory/app.bsky.feed.post/../../x", "uri: not a post's"),
        ("uri", "at://did:plc:other/app.bsky.feed.post/3kabc", "uri: not the author's"),
        ("author", None, "author: not an object"),
        ("author.did", None, "author.did: not text"),
        ("author.handle", 1, "author.handle: not text"),
        ("reason", "like", "reason: not one that was asked for"),
        ("reason", None, "reason: not text"),
        ("record", [], "record: not an object"),
        ("record.text", {"a": 1}, "text: not text"),
    ],
)
def test_problems_name_the_field(path: str, value: Any, problem: str) -> None:
    with pytest.raises(Unreadable) as caught:
        map_notification(changed(path, value), OWN)
    assert str(caught.value) == problem


def test_long_lists_are_cut() -> None:
    links = [{"$type": f"{FACET}#link", "uri": f"https://a.example/{n}"} for n in range(500)]
    assert len(map_notification(changed("record.facets", [{"features": links}]), OWN).urls) == 100


def test_odd_text_everywhere_can_be_stored() -> None:
    note = changed("record.text", "a\ud83d\x00")
    note["author"] |= {"displayName": "\udc00", "handle": "\ud800.test"}
    note["record"] |= {"tags": ["\udfff"], "langs": ["\ud800"]}
    mention = map_notification(note, OWN)
    for text in (
        mention.text,
        mention.author.display_name,
        mention.author.handle,
        mention.lang,
        *mention.hashtags,
    ):
        assert text is not None
        text.encode()
    assert mention.text == "a\\ud83d␀"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2026-03-01T12:00:00Z", datetime(2026, 3, 1, 12, tzinfo=UTC)),
        ("2026-03-01T12:00:00.123456789Z", datetime(2026, 3, 1, 12, 0, 0, 123456, tzinfo=UTC)),
        ("2026-03-01T12:00:00-08:00", datetime(2026, 3, 1, 20, tzinfo=UTC)),
        ("2026-03-01T12:00:00", None),
        ("2026-03-01", None),
        ("0001-01-01T00:00:00+14:00", None),
        ("2026-13-01T12:00:00Z", None),
        ("٢٠٢٦-03-01T12:00:00Z", None),
        ("", None),
        (1772366400, None),
        (None, None),
    ],
)
def test_moments(text: object, expected: datetime | None) -> None:
    assert moment(text) == expected


_JUNK = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=5,
)
_AUTHOR = [f"author.{name}" for name in ("did", "handle", "displayName", "createdAt", "viewer")]
_RECORD = [f"record.{name}" for name in ("text", "createdAt", "langs", "tags", "facets", "embed", "reply")]
_PATHS = ["uri", "cid", "author", *_AUTHOR, "reason", "record", *_RECORD, "indexedAt"]


@given(st.sampled_from(_PATHS), _JUNK)
def test_any_field_may_be_junk(path: str, junk: Any) -> None:
    try:
        mention = map_notification(changed(path, junk), OWN)
    except Unreadable as error:
        problem = str(error)
    else:
        problem = ""
        repr(mention).encode("utf-8", "backslashreplace")
        hash(mention)
    assert len(problem) < 60


@given(_JUNK)
def test_anything_may_be_junk(junk: Any) -> None:
    with pytest.raises(Unreadable):
        map_notification(junk, OWN)
