"""A made-up town whose people write to one person, and senders who act in step among them."""

from collections.abc import Sequence
from datetime import datetime, timedelta

import numpy as np
from made_up import BEGAN, PLATFORM

from core.domain.ids import RemoteId
from core.domain.mention import Author, Mention, MentionKind, Received

SCRIPT = (
    "Ask her who paid for the trip to the mill and watch how fast she blocks you",
    "She sold this town for a column and a free dinner, never forget it",
    "Every word she prints about the ferry is bought, people should know that",
    "A liar with a press card is still a liar, pack up and leave our harbour",
    "她拿了别人的钱就来写我们的港口，这种人不配谈良心",
    "记住她今天说的每一句话，出卖乡亲的人迟早要还",
)
OTHER_SCRIPT = (
    "The lighthouse archive was never yours to open, hand the keys back now",
    "Nobody elected this choir, stop singing about the council on our square",
    "Close the reading room before it closes you, the square has had enough",
    "图书馆的钥匙不是你的，马上把档案交出来",
)
_HALVES = (
    ("The harbour fee rises again", "Our street had no light last night", "I liked the piece on tidal mills"),
    (
        "says my cousin who works there",
        "and nobody at the office picks up",
        "so here is a photo of the crane",
    ),
    ("is there a second part coming", "please check the third paragraph", "we read it aloud in class"),
)


class MadeTown:
    """Makes posts as they arrive; the same seed makes the same posts."""

    def __init__(self, seed: int = 5) -> None:
        self._rng = np.random.default_rng(seed)
        self._number = 0

    def post(
        self, who: str, at: datetime, text: str, *, born: datetime | None = None, followed: bool = False
    ) -> Received:
        """One post as it is received."""
        self._number += 1
        sender = Author(RemoteId(f"id-{who}"), f"{who}.example", who.title(), born, followed)
        remote = RemoteId(f"town-{self._number}")
        made = Mention(PLATFORM, remote, sender, MentionKind.REPLY, text, at, "en")
        return Received(raw=f"{remote}".encode(), source="test", method="fake", mention=made)

    def ordinary(self, people: int = 120, posts: int = 4, start: datetime = BEGAN) -> list[Received]:
        """People who write their own words over four weeks."""
        made = []
        for person in range(people):
            born = BEGAN - timedelta(days=float(self._rng.uniform(100, 4000)))
            for _ in range(int(self._rng.integers(1, posts + 1))):
                words = " ".join(str(self._rng.choice(half)) for half in _HALVES)
                text = f"@ava {words} {self._rng.integers(10**6)}"
                made.append(self.post(f"someone{person}", self._moment(start), text, born=born))
        return made

    def campaign(
        self,
        texts: Sequence[str] = SCRIPT,
        *,
        name: str = "step",
        size: int = 16,
        posts: int = 4,
        start: datetime = BEGAN,
        days: int = 28,
        followed: Sequence[str] = (),
    ) -> list[Received]:
        """Senders with a common script, posting in waves of minutes, from accounts made together."""
        waves = [self._moment(start, days) for _ in range(6)]
        made = []
        for number in range(size):
            who = f"{name}{number}"
            born = start - timedelta(days=40 + 90 * (number % 2), minutes=9 * number)
            for wave in self._rng.choice(len(waves), posts, replace=False).tolist():
                at = waves[wave] + timedelta(seconds=float(self._rng.exponential(90)))
                text = f"@ava {self._rng.choice(list(texts))}"
                made.append(self.post(who, at, text, born=born, followed=who in followed))
        return made

    def _moment(self, start: datetime, days: int = 28) -> datetime:
        return start + timedelta(days=int(self._rng.integers(days)), hours=float(self._rng.normal(0, 3)))
