"""The invented people of the sample and what they post."""

from dataclasses import dataclass
from datetime import UTC, datetime

START = datetime(2026, 3, 2, tzinfo=UTC)  # a Monday
DAYS = 35
TARGET = "meilin_okafor"


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who writes, with habits of typing."""

    id: str
    handle: str
    name: str
    created: datetime
    language: str
    followed: bool = False
    lower: bool = False
    bare: bool = False
    emoji: str = ""


@dataclass(frozen=True, slots=True)
class Post:
    """One mention before it gets its id."""

    at: datetime
    person: Person
    text: str
    language: str | None
    kind: str
    campaign: str | None = None
    reply_to: str | None = None
    repost_of: str | None = None
