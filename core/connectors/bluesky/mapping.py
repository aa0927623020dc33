"""From a notification as Bluesky sends it to a `Mention`.

Nothing in a notification is trusted: its record was written by the sender, who may not have used an
ordinary app. What identifies the post must be there, or `Unreadable` names the field; everything
else is taken when it has the right shape and left out when not.
"""

import re
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from typing import Final

from core.connectors.bluesky.session import PLATFORM
from core.connectors.untrusted_json import Unreadable, readable
from core.domain.ids import RemoteId
from core.domain.mention import Author, Mention, MentionKind

KINDS: Final = {
    "reply": MentionKind.REPLY,
    "mention": MentionKind.MENTION,
    "quote": MentionKind.QUOTE,
}
# The syntax of AT URIs, DIDs and record keys (atproto.com/specs), for posts only.
_POST_URI: Final = re.compile(
    r"at://(?P<did>did:[a-z]+:[a-zA-Z0-9._:%-]{1,2000})/app\.bsky\.feed\.post/(?P<key>[a-zA-Z0-9._:~-]{1,512})"
)
# A post holds 3,000 bytes of text; lists longer than this are an attack. The raw bytes keep them all.
_MOST_ITEMS: Final = 100


def map_notification(untrusted: object, own_did: RemoteId) -> Mention:
    """The mention in one notification. Raises `Unreadable` naming the field that is wrong."""
    note = _object(untrusted, "notification")
    kind = KINDS.get(_text(note, "reason"))
    if kind is None:
        raise Unreadable("reason: not one that was asked for")
    record = _object(note.get("record"), "record")
    author = _author(_object(note.get("author"), "author"))
    uri = _text(note, "uri")
    features = list(_features(record))
    return Mention(
        platform=PLATFORM,
        remote_id=RemoteId(readable(uri)),
        author=author,
        kind=kind,
        text=readable(_text(record, "text")),
        created_at=moment(record.get("createdAt")),
        lang=_first_text(record.get("langs")),
        url=_web_address(uri, author.remote_id),
        urls=_unique(_urls(record, features)),
        hashtags=_unique(_hashtags(record, features)),
        mentions=_unique(_values(features, "mention", "did")),
        reply_to=_reply_to(record),
        repost_of=_quoted(record, own_did),
        version=_optional_text(note.get("cid")),
    )


def moment(untrusted: object) -> datetime | None:
    """A date and time with a zone, in UTC; None for anything else. The sender may have made it up."""
    if not isinstance(untrusted, str) or not untrusted.isascii() or len(untrusted) > 64:
        return None
    try:
        read = datetime.fromisoformat(untrusted)
        return read.astimezone(UTC) if read.tzinfo is not None else None
    except (ValueError, OverflowError):
        return None


def _author(author: Mapping[str, object]) -> Author:
    did = _text(author, "did", "author.did")
    viewer = author.get("viewer")
    return Author(
        remote_id=RemoteId(readable(did)),
        handle=readable(_text(author, "handle", "author.handle")),
        display_name=_optional_text(author.get("displayName")) or "",
        created_at=moment(author.get("createdAt")),
        followed=isinstance(viewer, Mapping) and bool(viewer.get("following")),
    )


def _web_address(uri: str, did: str) -> str:
    """Where a browser shows the post. The address goes by DID, which outlives any handle."""
    match = _POST_URI.fullmatch(uri)
    if match is None:
        raise Unreadable("uri: not a post's")
    if match["did"] != did:
        raise Unreadable("uri: not the author's")
    return f"https://bsky.app/profile/{did}/post/{match['key']}"


def _features(record: Mapping[str, object]) -> Iterator[Mapping[str, object]]:
    for facet in _objects(record.get("facets")):
        yield from _objects(facet.get("features"))


def _values(features: list[Mapping[str, object]], kind: str, name: str) -> Iterator[object]:
    for feature in features:
        if feature.get("$type") == f"app.bsky.richtext.facet#{kind}":
            yield feature.get(name)


def _urls(record: Mapping[str, object], features: list[Mapping[str, object]]) -> Iterator[object]:
    yield from _values(features, "link", "uri")
    embed = _maybe_object(record.get("embed"))
    for holder in (embed, _maybe_object(embed.get("media"))):
        yield _maybe_object(holder.get("external")).get("uri")


def _hashtags(record: Mapping[str, object], features: list[Mapping[str, object]]) -> Iterator[object]:
    yield from _values(features, "tag", "tag")
    tags = record.get("tags")
    yield from tags if isinstance(tags, list) else ()


def _reply_to(record: Mapping[str, object]) -> RemoteId | None:
    parent = _maybe_object(_maybe_object(record.get("reply")).get("parent"))
    uri = _optional_text(parent.get("uri"))
    return RemoteId(uri) if uri else None


def _quoted(record: Mapping[str, object], own_did: RemoteId) -> RemoteId | None:
    """The post quoted, unless it is the person's own: that is why it arrived, not something shared."""
    quoted = _maybe_object(_maybe_object(record.get("embed")).get("record"))
    # With pictures or a link beside the quote, the reference sits one level deeper.
    uri = _optional_text(quoted.get("uri")) or _optional_text(_maybe_object(quoted.get("record")).get("uri"))
    if not uri or uri.startswith(f"at://{own_did}/"):
        return None
    return RemoteId(uri)


def _unique(untrusted_values: Iterator[object]) -> tuple[str, ...]:
    found: dict[str, None] = {}
    for value in untrusted_values:
        text = _optional_text(value)
        if text and len(found) < _MOST_ITEMS:
            found[text] = None
    return tuple(found)


def _first_text(untrusted: object) -> str | None:
    return _optional_text(untrusted[0]) if isinstance(untrusted, list) and untrusted else None


def _objects(untrusted: object) -> Iterator[Mapping[str, object]]:
    if isinstance(untrusted, list):
        yield from (item for item in untrusted if isinstance(item, dict))


def _maybe_object(untrusted: object) -> Mapping[str, object]:
    return untrusted if isinstance(untrusted, dict) else {}


def _object(untrusted: object, place: str) -> Mapping[str, object]:
    if not isinstance(untrusted, dict):
        raise Unreadable(f"{place}: not an object")
    return untrusted


def _text(holder: Mapping[str, object], name: str, place: str | None = None) -> str:
    value = holder.get(name)
    if not isinstance(value, str):
        raise Unreadable(f"{place or name}: not text")
    return value


def _optional_text(untrusted: object) -> str | None:
    return readable(untrusted) if isinstance(untrusted, str) else None
