"""Made-up mentions for tests."""

import json
from datetime import UTC, datetime, timedelta

from core.domain.ids import PlatformName, RemoteId
from core.domain.mention import Author, Mention, MentionKind, Received

BEGAN = datetime(2026, 3, 1, 9, 0, tzinfo=UTC)
PLATFORM = PlatformName("testland")


def author(name: str = "ada", *, followed: bool = False, created_at: datetime | None = None) -> Author:
    """A sender called `name`."""
    return Author(RemoteId(f"id-{name}"), name, name.title(), created_at, followed)


def mention(number: int, text: str = "good morning", by: Author | None = None) -> Mention:
    """Post number `number`, a minute after the one before."""
    return Mention(
        platform=PLATFORM,
        remote_id=RemoteId(f"post-{number}"),
        author=by or author(),
        kind=MentionKind.REPLY,
        text=text,
        created_at=BEGAN + timedelta(minutes=number),
        lang="en",
    )


def received(number: int, text: str = "good morning", by: Author | None = None) -> Received:
    """The same as it arrives: raw bytes and what was made of them."""
    raw = json.dumps({"post": number, "text": text}).encode()
    return Received(raw=raw, source="test", method="fake", mention=mention(number, text, by))


def garbled(raw: bytes = b"{not json", problem: str = "is not JSON") -> Received:
    """Bytes nobody could read."""
    return Received(raw=raw, source="test", method="fake", mention=None, problem=problem, line=7)
