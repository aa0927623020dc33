"""A clock that tests move by hand."""

from datetime import UTC, datetime, timedelta

from core.domain.evidence import Moment

START = datetime(2026, 3, 14, 9, 26, 53, tzinfo=UTC)


class FakeClock:
    """Implements `core.ports.Clock`; stands still until told otherwise."""

    def __init__(self, start: datetime = START, tz: str = "+00:00") -> None:
        self._now = start
        self._mono_ns = 1_000_000_000
        self._boots = 1
        self.tz = tz

    def now(self) -> datetime:
        return self._now

    def moment(self) -> Moment:
        since_epoch = self._now - datetime.fromtimestamp(0, UTC)
        return Moment(
            wall_us=since_epoch // timedelta(microseconds=1),
            mono_ns=self._mono_ns,
            boot=f"boot-{self._boots}",
            tz=self.tz,
        )

    def advance(self, seconds: float) -> None:
        """Time passes: the wall and the monotonic clock move together."""
        self._now += timedelta(seconds=seconds)
        self._mono_ns += round(seconds * 1_000_000_000)

    def set(self, now: datetime) -> None:
        """Someone sets the wall clock; the monotonic clock does not notice."""
        self._now = now.astimezone(UTC)

    def reboot(self) -> None:
        """A new boot: another mark, and the monotonic clock starts over."""
        self._boots += 1
        self._mono_ns = 1_000_000_000
