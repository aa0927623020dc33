"""How long to wait before the next action, so that a platform never has reason to lock the account."""

from datetime import datetime, timedelta
from typing import Final

_NO_TIME: Final = timedelta(0)


class Pace:
    """Spaces actions of one account evenly: no bursts, not even at the start of a minute.

    Decides only; the caller waits. Not for use from several threads.
    """

    def __init__(self, actions_per_minute: int) -> None:
        if actions_per_minute < 1:
            raise ValueError("a pace needs at least one action a minute")
        self._spacing = timedelta(minutes=1) / actions_per_minute
        self._next: datetime | None = None
        self._seen: datetime | None = None

    def wait(self, now: datetime) -> float:
        """Seconds to wait before acting; counts as having acted then. Call once before each action."""
        self._notice(now)
        at = max(now, self._next) if self._next else now
        self._next = at + self._spacing
        return (at - now).total_seconds()

    def hold_off(self, seconds: float, now: datetime) -> None:
        """The platform asked to wait: nothing before that, and the spacing after it as ever."""
        self._notice(now)
        until = now + max(_NO_TIME, timedelta(seconds=seconds))
        self._next = max(self._next, until) if self._next else until

    def _notice(self, now: datetime) -> None:
        """A clock set back must not turn a wait of seconds into hours: the plan moves along with it."""
        if self._seen is not None and self._next is not None and now < self._seen:
            self._next -= self._seen - now
        self._seen = now
