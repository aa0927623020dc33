"""A group followed over time, and what the person decided about it."""

from dataclasses import dataclass
from datetime import datetime
from enum import Enum

from core.domain.coordination import CampaignThemes, Hijack, PlatformLink, ProfileFact
from core.domain.ids import SenderId
from core.domain.inbox import GroupCard

# Fewer senders than this are no group, whatever is left after the person took some out.
LEAST_MEMBERS = 3


class CampaignState(Enum):
    """Whether the person wants to see it."""

    ACTIVE = "active"
    DISMISSED = "dismissed"


class DecisionKind(Enum):
    """What the person can decide. Every one can be undone."""

    DISMISS = "dismiss"
    REMOVE = "remove"
    SPLIT = "split"
    RENAME = "rename"


@dataclass(frozen=True, slots=True)
class Decision:
    """One decision about a campaign. `senders` counts those taken out or moved; `title` is for RENAME;
    `part` is the campaign that a SPLIT made."""

    id: int
    key: str
    kind: DecisionKind
    at: datetime
    undone_at: datetime | None
    senders: int = 0
    title: str = ""
    part: str | None = None


@dataclass(frozen=True, slots=True)
class ReEmergence:
    """New senders went on with a campaign after the old ones fell silent or were taken down.

    `since` is the first post of the new ones; `gone` counts senders of before whose posts are gone from the
    platform, `quiet_days` the days without a post just before. At least one of the two is not 0.
    """

    since: datetime
    new_senders: int
    gone: int
    quiet_days: int


@dataclass(frozen=True, slots=True)
class TakenDown:
    """What became of a campaign's posts at the platform, as far as looked. Counts of posts.

    `senders_gone` counts senders none of whose posts looked at is still up.
    """

    posts: int
    checked: int
    up: int
    deleted: int
    account_gone: int
    suspended: int
    hidden: int
    senders_gone: int
    last_checked: datetime | None


@dataclass(frozen=True, slots=True)
class CampaignCard:
    """One campaign as the list shows it. `group` is None when the last full grouping no longer finds it."""

    key: str
    number: int
    title: str
    state: CampaignState
    found_at: datetime
    first_at: datetime | None
    last_at: datetime | None
    group: GroupCard | None
    re_emerged: ReEmergence | None
    senders: int
    posts: int
    split_from: str | None


@dataclass(frozen=True, slots=True)
class Text:
    """One of a campaign's texts: how often and by how many senders it was sent."""

    text: str
    posts: int
    senders: int


@dataclass(frozen=True, slots=True)
class TextFamily:
    """Near copies of one text: the one by most senders first, then some of the others.

    `posts` and `wordings` count all of them, also those not in `texts`.
    """

    texts: tuple[Text, ...]
    posts: int
    wordings: int


@dataclass(frozen=True, slots=True)
class Member:
    """One sender of a campaign. `joined_at` is the first post tied to it."""

    sender_id: SenderId
    handle: str
    display_name: str
    platform: str
    created_at: datetime | None
    joined_at: datetime
    posts: int
    followed: bool
    removed: bool
    gone: bool


@dataclass(frozen=True, slots=True)
class CampaignDetail:
    """What the pane beside the list needs at once."""

    card: CampaignCard
    texts: tuple[TextFamily, ...]
    taken_down: TakenDown
    decisions: tuple[Decision, ...]


@dataclass(frozen=True, slots=True)
class CampaignStory:
    """What takes longer to work out: themes, taken tags and threads, facts about profiles, other platforms.

    `examples` holds the texts of the posts named in `themes`, by post id; `handles` the names of the senders
    in `facts`, by sender id.
    """

    themes: CampaignThemes | None
    hijacks: tuple[Hijack, ...]
    facts: tuple[ProfileFact, ...]
    links: tuple[PlatformLink, ...]
    examples: dict[str, str]
    handles: dict[str, str]


@dataclass(frozen=True, slots=True)
class SplitHalf:
    """One side of a proposed split."""

    senders: tuple[SenderId, ...]
    posts: int
    texts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SplitOffer:
    """A campaign in two by what was sent; `moving` would become a campaign of its own."""

    key: str
    staying: SplitHalf
    moving: SplitHalf
