"""What the inbox shows: plain rows, counts and cards, made by the store and read by every screen."""

from dataclasses import dataclass
from datetime import datetime
from enum import Enum

from core.domain.classification import Category, Reason
from core.domain.coordination import GroupReason, Strength
from core.domain.ids import AccountId, MentionId, SenderId
from core.domain.mention import MentionKind


class Queue(Enum):
    """The piles of the inbox. A mention from someone the person follows is never in ABUSE."""

    KIND_FIRST = "kind"
    NEEDS_ATTENTION = "attention"
    ABUSE = "abuse"
    UNSCORED = "unscored"
    ALL = "all"
    SET_ASIDE = "aside"


class Order(Enum):
    """Sort order of the inbox; ties go by id so that paging is stable."""

    NEWEST = "newest"
    OLDEST = "oldest"
    URGENT = "urgent"


class Review(Enum):
    """The person's own decision on one mention; it outranks the classifier."""

    FINE = "fine"
    ABUSE = "abuse"
    ASIDE = "aside"


@dataclass(frozen=True, slots=True)
class InboxFilter:
    """Which mentions to show. `search` is matched as a plain substring of the text or handle."""

    queue: Queue = Queue.ALL
    category: Category | None = None
    group_key: str | None = None
    sender_id: SenderId | None = None
    search: str = ""
    order: Order = Order.NEWEST


@dataclass(frozen=True, slots=True)
class InboxRow:
    """One mention with everything a card or pane needs."""

    mention_id: MentionId
    sender_id: SenderId
    account_id: AccountId | None
    platform: str
    remote_id: str
    handle: str
    display_name: str
    followed: bool
    muted: bool
    blocked: bool
    kind: MentionKind
    text: str
    lang: str | None
    url: str | None
    created_at: datetime | None
    received_at: datetime
    entry_seq: int
    review: Review | None
    # None until classified.
    abusive: bool | None
    in_scope: bool | None
    language: str | None
    categories: tuple[Category, ...]
    reasons: tuple[Reason, ...]
    scores: dict[str, float]
    model_label: str | None
    threshold: float | None
    group_key: str | None
    group_size: int

    @property
    def hidden(self) -> bool:
        """Whether the text waits until asked for. Never for people the person follows."""
        if self.followed or self.review is Review.FINE:
            return False
        if self.review is Review.ABUSE:
            return True
        return self.abusive is not False or self.in_scope is False

    @property
    def top_category(self) -> Category | None:
        """The most urgent category."""
        return self.categories[0] if self.categories else None


@dataclass(frozen=True, slots=True)
class InboxCounts:
    """How many mentions lie in each queue and category (set-aside ones only under SET_ASIDE and ALL)."""

    total: int
    by_queue: dict[Queue, int]
    by_category: dict[Category, int]
    senders: int


@dataclass(frozen=True, slots=True)
class NameSeen:
    """A handle and display name a sender has used, and when we first saw it."""

    handle: str
    display_name: str
    seen_at: datetime


@dataclass(frozen=True, slots=True)
class SenderCard:
    """What a sender has sent to the person, and nothing else about them."""

    sender_id: SenderId
    platform: str
    remote_id: str
    handle: str
    display_name: str
    created_at: datetime | None
    first_seen: datetime
    followed: bool
    muted: bool
    blocked: bool
    mention_count: int
    abusive_count: int
    categories: tuple[Category, ...]
    group_keys: tuple[str, ...]
    names_seen: tuple[NameSeen, ...]


@dataclass(frozen=True, slots=True)
class GroupCard:
    """A group of senders who acted in step, with why and what else could explain it."""

    key: str
    strength: Strength
    members: int
    posts: int
    reasons: tuple[GroupReason, ...]
    caveats: tuple[str, ...]
    first_at: datetime | None
    last_at: datetime | None
    sample_texts: tuple[str, ...]
    found_at: datetime
