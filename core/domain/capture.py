"""What is captured around a mention: whether it is still up, what it answered, its pictures."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import Enum

from core.domain.ids import EntrySeq, MentionId, PlatformName, RemoteId
from core.domain.mention import Attachment, Author


class PostState(Enum):
    """What the platform said when asked whether a post is still there.

    `DELETED`: gone while its account is there, so most likely by the sender's own hand. `REMOVED`: taken
    down by the platform's moderation. `DEACTIVATED`: the sender closed the account and may reopen it.
    `HIDDEN`: still there, but not shown to the person, as between two who block each other. `UNKNOWN` is
    an answer we could not read as any of the others; it never counts as a takedown.
    """

    UP = "up"
    DELETED = "deleted"
    REMOVED = "removed"
    ACCOUNT_GONE = "account-gone"
    DEACTIVATED = "deactivated"
    SUSPENDED = "suspended"
    HIDDEN = "hidden"
    UNKNOWN = "unknown"

    @property
    def gone(self) -> bool:
        """Whether nobody on the platform sees the post any more."""
        return self not in (PostState.UP, PostState.HIDDEN, PostState.UNKNOWN)


@dataclass(frozen=True, slots=True)
class Answered:
    """One answer of a platform, as received, with what was asked. `status` is the HTTP status."""

    asked: str
    status: int
    raw: bytes = field(repr=False)
    server_date: str | None = None


@dataclass(frozen=True, slots=True)
class PostRef:
    """A post to ask about, and whose it is."""

    post: RemoteId
    author: RemoteId


@dataclass(frozen=True, slots=True)
class PostStatus:
    """One post's state and the answers that say so; `author` as shown now, when the platform says."""

    post: RemoteId
    state: PostState
    answers: tuple[Answered, ...]
    author: Author | None = None


@dataclass(frozen=True, slots=True)
class StandingChange:
    """One change of a stored mention's state: `was` it when last looked, at `last_at`; now it is `state`."""

    state: PostState
    was: PostState
    last_at: datetime | None
    seen_at: datetime
    entry_seq: EntrySeq


@dataclass(frozen=True, slots=True)
class Standing:
    """The last known state of a stored mention, since when, and when we last looked.

    `since` is when we first saw this state, not when it began. `entry_seq` is the entry of the last
    change; None while nothing changed. `history` runs from the oldest change to the newest.
    """

    mention_id: MentionId
    state: PostState
    since: datetime
    checked_at: datetime
    entry_seq: EntrySeq | None = None
    history: tuple[StandingChange, ...] = ()


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
    # The entry that holds the bytes this was read from; None before it is stored.
    entry_seq: EntrySeq | None = None


@dataclass(frozen=True, slots=True)
class Conversation:
    """What a post answers, from the first post down to the one right above it, as the platform showed it.

    Posts that are deleted or not shown leave gaps; `cut` says that the thread begins further up.
    """

    posts: tuple[ContextPost, ...]
    cut: bool
    answer: Answered


@dataclass(frozen=True, slots=True)
class MentionVersion:
    """A later text of a stored mention: the post was edited after it was first sealed."""

    mention_id: MentionId
    text: str
    version: str | None
    seen_at: datetime
    entry_seq: EntrySeq


class MediaState(Enum):
    """Nothing is fetched before the person asks."""

    OFFERED = "offered"
    CAPTURED = "captured"
    REFUSED = "refused"
    GONE = "gone"
    ERASED = "erased"


@dataclass(frozen=True, slots=True)
class Media:
    """An attachment of a stored mention. Sizes in pixels; hashes are raw bytes, None until captured.

    `sha256` names the sealed file as the platform served it; `perceptual` is 32 bytes (pHash, 16 x 16).
    `reason` says why it was refused or erased.
    """

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
    entry_seq: EntrySeq | None
    captured_at: datetime | None


@dataclass(frozen=True, slots=True)
class TakedownLine:
    """One row of the takedown ledger: of a platform (`campaign_key` None), or of a campaign on it.

    `stored` counts the mentions we hold, `checked` those that were looked for at least once and gave an
    answer; the counts by state add up to `checked`.
    """

    platform: PlatformName
    campaign_key: str | None
    stored: int
    checked: int
    up: int
    hidden: int
    deleted: int
    removed: int
    account_gone: int
    deactivated: int
    suspended: int
    last_checked: datetime | None

    @property
    def gone(self) -> int:
        """How many nobody on the platform sees any more."""
        return self.deleted + self.removed + self.account_gone + self.deactivated + self.suspended
