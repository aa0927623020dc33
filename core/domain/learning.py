"""What the person teaches the classifier: their own words, and corrections that shift its thresholds."""

from dataclasses import dataclass
from datetime import datetime
from enum import Enum

from core.domain.classification import Category


class WordSeverity(Enum):
    """How much a word of the person's own says alone, as in the shipped packs."""

    SEVERE = "severe"  # counts wherever it stands
    STRONG = "strong"  # unless denied, or said of oneself
    MILD = "mild"  # only when thrown at someone


@dataclass(frozen=True, slots=True)
class OwnWord:
    """A word or phrase to look for. `note` is the person's own reason; `added_at` is None until stored."""

    term: str
    category: Category
    severity: WordSeverity
    note: str = ""
    added_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Shift:
    """By how much one label in one language is moved, in log-odds: below 0 a stronger sign is needed.

    `said_fine` and `said_abuse` count the different texts whose correction disagreed with the label.
    """

    language: str
    label: str
    amount: float
    said_abuse: int
    said_fine: int


@dataclass(frozen=True, slots=True)
class Effect:
    """What a change would do to the messages here: how many more hidden, how many shown again.

    `followed` of those newly judged hostile come from people the person follows: never hidden.
    """

    hidden: int
    shown: int
    followed: int
