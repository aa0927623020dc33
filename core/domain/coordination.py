"""Groups of senders who acted in step, and the evidence for it.

Wording rule: nothing here, and nothing made from it, names a country or says "bot".
"""

from dataclasses import dataclass
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
