"""Groups of senders who acted in step, and the evidence for it.

Wording rule: nothing here, and nothing made from it, names a country or says "bot".
"""

from dataclasses import dataclass
from datetime import datetime
from enum import Enum


class Family(Enum):
    """Independent kinds of evidence; a group needs two."""

    CO_SHARING = "co-sharing"
    REPETITION = "repetition"
    CREATION = "creation"
    NAMES = "names"
    SYNCHRONY = "synchrony"
    OBFUSCATION = "obfuscation"
    REPLY_BURST = "reply-burst"
    SCRIPT = "script"


class Strength(Enum):
    """Calibrated words for the user."""

    STRONG = "strong"
    POSSIBLE = "possible"


@dataclass(frozen=True, slots=True)
class GroupReason:
    """One family's evidence. `observed` and `expected` count the same thing."""

    family: Family
    sentence: str
    observed: float
    expected: float


@dataclass(frozen=True, slots=True)
class SenderGroup:
    """Senders who acted in step. `key` is stable while the group's core texts stay the same."""

    key: str
    members: tuple[str, ...]
    posts: tuple[str, ...]
    strength: Strength
    reasons: tuple[GroupReason, ...]
    # What else could explain it, and what data were missing; shown beside the reasons.
    caveats: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Grouping:
    """The result of one grouping run over a set of posts."""

    groups: tuple[SenderGroup, ...]
    posts: int
    authors: int
    seconds: float


@dataclass(frozen=True, slots=True)
class Term:
    """A word, pair of words or run of Chinese characters that a campaign uses more than the others do.

    `posts` of the campaign's `of` posts hold it, and `outside` of the `outside_of` other posts. `score`
    is the log-odds ratio in standard deviations: about 2 is noticeable, 10 is plain.
    """

    text: str
    posts: int
    of: int
    outside: int
    outside_of: int
    score: float


@dataclass(frozen=True, slots=True)
class ThemePeriod:
    """What a campaign pushed in one stretch of time, `start` inclusive, `end` exclusive, UTC.

    `examples` are post ids, the most typical first, no two of them near-duplicates. `arrived` and `left`
    are terms that were not, or no longer are, among the key terms; both empty in the first period.
    `shift` is 0 when the words are used as in the period before, 1 when none of them is.
    """

    start: datetime
    end: datetime
    posts: int
    senders: int
    terms: tuple[Term, ...]
    examples: tuple[str, ...]
    arrived: tuple[str, ...] = ()
    left: tuple[str, ...] = ()
    shift: float = 0.0


@dataclass(frozen=True, slots=True)
class CampaignThemes:
    """The key terms of a campaign over all its posts, and period by period in order of time.

    `series` holds, for each of `terms` in order, the number of posts with it in each of `periods`.
    """

    key: str
    terms: tuple[Term, ...]
    periods: tuple[ThemePeriod, ...]
    series: tuple[tuple[int, ...], ...]
    examples: tuple[str, ...]


class Place(Enum):
    """Where a conversation happens."""

    TAG = "tag"
    THREAD = "thread"


@dataclass(frozen=True, slots=True)
class Hijack:
    """A tag or thread that ordinary senders used and a campaign came to fill.

    `before` and `after` are (the campaign's posts, all posts) in it, split at `taken_at`, the time of the
    post `taken_by`; `first_post` is the campaign's very first one there. `ordinary_senders` used it before.
    """

    key: str
    place: Place
    name: str
    before: tuple[int, int]
    after: tuple[int, int]
    ordinary_senders: int
    campaign_senders: int
    first_post: str
    first_at: datetime
    taken_by: str
    taken_at: datetime


class Claim(Enum):
    """What about a profile does not fit what the account did."""

    AGE = "age"
    LANGUAGE = "language"
    HOURS = "hours"


@dataclass(frozen=True, slots=True)
class ProfileFact:
    """A plain fact about one sender: what the profile says, and what the posts show.

    `sentence` carries the words of the profile as `claimed`: remote text, to be shown as such.
    """

    sender: str
    claim: Claim
    claimed: str
    sentence: str
    observed: int
    of: int


class ThingKind(Enum):
    """What can be the same in two posts."""

    TEXT = "text"
    LINK = "link"
    TAGS = "tags"
    REPOST = "repost"
    IMAGE = "image"


@dataclass(frozen=True, slots=True)
class SharedThing:
    """One thing seen in several places. `key` is the folded text, link, tags or hash; `where` says for each
    platform (or campaign) how many senders used it; `posts` are one example each, in the same order."""

    kind: ThingKind
    key: str
    where: tuple[tuple[str, int], ...]
    posts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PlatformLink:
    """Campaigns that belong together because the same things appear in them on several platforms."""

    keys: tuple[str, ...]
    platforms: tuple[str, ...]
    evidence: tuple[SharedThing, ...]
