"""Taking apart what an AT Protocol service sent: each piece is checked where it is read."""

import re
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from typing import Final

from core.connectors.untrusted_json import Unreadable, readable
from core.domain.ids import RemoteId
from core.domain.mention import Author

# The syntax of AT URIs, DIDs and record keys (atproto.com/specs), for posts only.
_POST_URI: Final = re.compile(
    r"at://(?P<did>did:[a-z]+:[a-zA-Z0-9._:%-]{1,2000})/app\.bsky\.feed\.post/(?P<key>[a-zA-Z0-9._:~-]{1,512})"
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


def post_parts(untrusted_uri: str) -> tuple[str, str] | None:
    """The DID and record key of a post's URI; None when it is no such URI."""
    match = _POST_URI.fullmatch(untrusted_uri)
    return (match["did"], match["key"]) if match else None


def web_address(uri: str, did: str) -> str:
    """Where a browser shows the post. The address goes by DID, which outlives any handle."""
    parts = post_parts(uri)
    if parts is None:
        raise Unreadable("uri: not a post's")
    if parts[0] != did:
        raise Unreadable("uri: not the author's")
    return f"https://bsky.app/profile/{did}/post/{parts[1]}"


def author_of(untrusted: object) -> Author:
    """Whoever wrote a post, as shown now. Raises `Unreadable`."""
    author = as_object(untrusted, "author")
    did = text_in(author, "did", "author.did")
    viewer = author.get("viewer")
    return Author(
        remote_id=RemoteId(readable(did)),
        handle=readable(text_in(author, "handle", "author.handle")),
        display_name=optional_text(author.get("displayName")) or "",
        created_at=moment(author.get("createdAt")),
        followed=isinstance(viewer, Mapping) and bool(viewer.get("following")),
    )


def objects(untrusted: object) -> Iterator[Mapping[str, object]]:
    """The objects of a list; anything else is passed over."""
    if isinstance(untrusted, list):
        yield from (item for item in untrusted if isinstance(item, dict))


def maybe_object(untrusted: object) -> Mapping[str, object]:
    """The object, or an empty one."""
    return untrusted if isinstance(untrusted, dict) else {}


def as_object(untrusted: object, place: str) -> Mapping[str, object]:
    """The object. Raises `Unreadable` naming the place."""
    if not isinstance(untrusted, dict):
        raise Unreadable(f"{place}: not an object")
    return untrusted


def text_in(holder: Mapping[str, object], name: str, place: str | None = None) -> str:
    """The text under a name. Raises `Unreadable`."""
    value = holder.get(name)
    if not isinstance(value, str):
        raise Unreadable(f"{place or name}: not text")
    return value


def optional_text(untrusted: object) -> str | None:
    """The text as it can be shown, or None."""
    return readable(untrusted) if isinstance(untrusted, str) else None
