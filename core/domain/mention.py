"""A mention: something another person sent at, about or in reply to the person we protect."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import Enum

from core.domain.ids import AccountId, MentionId, PlatformName, RemoteId, SenderId


class MentionKind(Enum):
    """How the post reached the person."""

    REPLY = "reply"
    MENTION = "mention"
    QUOTE = "quote"
    REPOST = "repost"
    IMPORTED = "imported"


@dataclass(frozen=True, slots=True)
class Author:
    """Who sent a post, exactly as the platform showed them at that moment."""

    remote_id: RemoteId
    handle: str
    display_name: str
    created_at: datetime | None = None
    # The person follows this author: never hidden, never bulk-blocked.
    followed: bool = False


@dataclass(frozen=True, slots=True)
class Attachment:
    """A picture that came with a post: an "image", a "video"'s still, or the "card" of a link.

    `ref` is what the connector needs to fetch it from the platform's own server; never an address that
    the sender chose. `alt` is the sender's description.
    """

    kind: str
    ref: str
    alt: str


@dataclass(frozen=True, slots=True)
class Mention:
    """One parsed post. Text may hold any Unicode except lone surrogates (escaped on parsing)."""

    platform: PlatformName
    remote_id: RemoteId
    author: Author
    kind: MentionKind
    text: str
    created_at: datetime | None
    lang: str | None = None
    url: str | None = None
    urls: tuple[str, ...] = ()
    hashtags: tuple[str, ...] = ()
    mentions: tuple[str, ...] = ()
    reply_to: RemoteId | None = None
    repost_of: RemoteId | None = None
    # The platform's version mark of the record (Bluesky: cid); needed to report this very text.
    version: str | None = None
    # The post to ask for to learn what this one answers: its parent, or the post it quotes.
    answers: RemoteId | None = None
    attachments: tuple[Attachment, ...] = ()


@dataclass(frozen=True, slots=True)
class Received:
    """Raw bytes as they came, with what we made of them.

    `mention` is None when the bytes could not be understood; `problem` then says why. Either way
    the bytes are sealed in the evidence log.
    """

    raw: bytes
    source: str
    method: str
    mention: Mention | None
    problem: str | None = None
    # The platform's own clock (HTTP Date header), when it gave one.
    server_date: str | None = None
    # Line in the imported file, 1-based.
    line: int | None = None


@dataclass(frozen=True, slots=True)
class Page:
    """One page from a connector; `cursor` resumes after it, None means the end was reached."""

    items: tuple[Received, ...]
    cursor: str | None
    # True when the page reached posts that were stored in an earlier sync.
    reached_known: bool = False


@dataclass(frozen=True, slots=True)
class StoredMention:
    """A mention as the store knows it."""

    id: MentionId
    sender_id: SenderId
    account_id: AccountId | None
    received_at: datetime
    entry_seq: int
    mention: Mention = field(repr=False)
