"""What is captured around a mention: whether it is still up, what it answered, its pictures."""

from dataclasses import dataclass
from datetime import datetime
from enum import Enum

from core.domain.ids import MentionId, PlatformName, RemoteId


class PostState(Enum):
    """What the platform said when asked whether a post is still there.

    `UNKNOWN` is an answer we could not read as any of the others; it never counts as a takedown.
    """

    UP = "up"
    DELETED = "deleted"
    ACCOUNT_GONE = "account-gone"
    SUSPENDED = "suspended"
    HIDDEN = "hidden"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class PostStatus:
    """One post's state, with the bytes that say so (None when the platform simply left it out)."""

    post: RemoteId
    state: PostState
    raw: bytes | None


@dataclass(frozen=True, slots=True)
class Standing:
    """The last known state of a stored mention, since when, and when we last looked."""

    mention_id: MentionId
    state: PostState
    since: datetime
    checked_at: datetime


class ContextRole(Enum):
    """Where a post stands to the mention."""

    BEFORE = "before"
    OWN = "own"
    AFTER = "after"


@dataclass(frozen=True, slots=True)
class ContextPost:
    """A post around a mention, as the platform showed it. OWN ones are the person's own words."""

    role: ContextRole
    remote_id: RemoteId
    author_remote_id: RemoteId
    author_handle: str
    author_name: str
    text: str
    created_at: datetime | None
    url: str | None


@dataclass(frozen=True, slots=True)
class Attachment:
    """A picture or film that came with a mention; `ref` is what the connector needs to fetch it."""

    kind: str
    ref: str
    alt: str


class MediaState(Enum):
    """Nothing is fetched before the person asks."""

    OFFERED = "offered"
    CAPTURED = "captured"
    REFUSED = "refused"
    GONE = "gone"


@dataclass(frozen=True, slots=True)
class Media:
    """An attachment of a stored mention. Sizes in pixels; hashes are raw bytes, None until captured."""

    id: int
    mention_id: MentionId
    position: int
    attachment: Attachment
    state: MediaState
    reason: str | None
    media_type: str | None
    width: int | None
    height: int | None
    sha256: bytes | None
    perceptual: bytes | None
    entry_seq: int | None
    captured_at: datetime | None


@dataclass(frozen=True, slots=True)
class TakedownLine:
    """One row of the takedown ledger: how many posts of a platform (and campaign) are gone."""

    platform: PlatformName
    campaign_key: str | None
    checked: int
    up: int
    deleted: int
    account_gone: int
    suspended: int
    hidden: int
    last_checked: datetime | None
