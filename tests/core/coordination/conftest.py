"""A small made-up town whose people write to one journalist."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

import numpy as np
import polars as pl
import pytest

NOON = datetime(2026, 2, 2, 12, tzinfo=UTC)
HALVES = (
    ("The harbour fee rises again", "Our street had no light last night", "I liked the piece on tidal mills"),
    (
        "says my cousin who works there",
        "and nobody at the office picks up",
        "so here is a photo of the crane",
    ),
    ("is there a second part coming", "please check the third paragraph", "we read it aloud in class"),
)
SCRIPT = (
    "Ask her who paid for the trip to the mill and watch how fast she blocks you",
    "She sold this town for a column and a free dinner, never forget it",
    "Every word she prints about the ferry is bought, people should know that",
    "A liar with a press card is still a liar, pack up and leave our harbour",
    "她拿了别人的钱就来写我们的港口，这种人不配谈良心",
    "记住她今天说的每一句话，出卖乡亲的人迟早要还",
)


class Town:
    """Collects posts; every method adds some and returns the ids of their senders."""

    script = SCRIPT
    noon = NOON

    def __init__(self, seed: int = 5) -> None:
        self.rng = np.random.default_rng(seed)
        self.rows: list[dict[str, object]] = []
        self.made: dict[str, datetime] = {}

    def post(self, who: str, when: datetime, text: str, **more: object) -> None:
        """One post; the sender's account is old unless `made` says otherwise."""
        old = NOON - timedelta(days=float(self.rng.uniform(100, 4000)))
        self.rows.append(
            {
                "post_id": f"p{len(self.rows)}",
                "author_id": who,
                "author_handle": f"{who}.example",
                "author_created_at": self.made.setdefault(who, old),
                "created_at": when,
                "text": text,
            }
            | more
        )

    def moment(self, days: float = 28) -> datetime:
        """Some daytime moment of the month."""
        return NOON + timedelta(days=int(self.rng.integers(days)), hours=float(self.rng.normal(0, 3)))

    def ordinary(self, people: int = 150, posts: int = 4) -> None:
        """People who write their own words."""
        for person in range(people):
            for _ in range(int(self.rng.integers(1, posts + 1))):
                parts = [str(self.rng.choice(half)) for half in HALVES]
                self.rng.shuffle(parts)
                self.post(
                    f"someone{person}", self.moment(), f"@ava {' '.join(parts)} {self.rng.integers(10**6)}"
                )

    def crowd(self, texts: Sequence[str], size: int = 60, hours: float = 6, name: str = "crowd") -> list[str]:
        """Many people, one occasion, the same words."""
        start = self.moment(20)
        who = [f"{name}{n}" for n in range(size)]
        for person in who:
            when = start + timedelta(hours=float(self.rng.gamma(1.4, hours / 1.4)))
            self.post(person, when, f"@ava {self.rng.choice(list(texts))}")
        return who

    def campaign(
        self, texts: Sequence[str], size: int = 16, posts: int = 4, batch: bool = True, name: str = "c"
    ) -> list[str]:
        """Accounts that share a script over a month, in waves of minutes."""
        waves = [self.moment() for _ in range(6)]
        who = [f"{name}{n}" for n in range(size)]
        for n, person in enumerate(who):
            if batch:
                self.made[person] = NOON - timedelta(days=40 + 90 * (n % 2), minutes=9 * n)
            for wave in self.rng.choice(len(waves), posts, replace=False).tolist():
                when = waves[wave] + timedelta(seconds=float(self.rng.exponential(90)))
                self.post(person, when, f"@ava {self.rng.choice(list(texts))}")
        return who

    def frame(self) -> pl.DataFrame:
        """All posts."""
        return pl.DataFrame(self.rows, infer_schema_length=None)


@pytest.fixture
def empty_town() -> type[Town]:
    """Makes towns from seeds."""
    return Town


@pytest.fixture
def bare() -> Town:
    """Nobody yet."""
    return Town()


@pytest.fixture
def town() -> Town:
    """An ordinary town."""
    place = Town()
    place.ordinary()
    return place
