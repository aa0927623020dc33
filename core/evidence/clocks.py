"""What two readings of the clocks say about each other: a clock that was set, a machine restarted.

A time in the log is only what this computer's clock said. These facts let a reader see where that clock
cannot have run evenly; the order of entries rests on their numbers, never on the clock.
"""

from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Final

from core.domain.evidence import Moment

# Below this the two clocks differ by ordinary corrections over the network.
NOTED_FROM_S: Final = 60
# Begins the marks of starts whose boot the system does not name: nothing can be compared across them.
_UNNAMED: Final = "run-"

Facts = dict[str, str | int | bool | None]


def clock_jump(before: Moment, after: Moment) -> Facts | None:
    """What happened to the clocks between two readings, as facts of an entry; None when nothing did.

    `why` is "clock-set" (in one boot the wall clock moved by more than a minute against the one nobody
    can set; `drift_s` says by how much), "restarted" (another boot; how long it took is only the wall
    clock's word, `wall_s`), or "backwards" (across boots, the wall clock went back).
    """
    wall_s = _seconds(after.wall_us - before.wall_us, 1_000_000)
    if before.boot == after.boot:
        drift_s = _seconds(
            (after.wall_us - before.wall_us) * 1_000 - (after.mono_ns - before.mono_ns), 1_000_000_000
        )
        if abs(drift_s) < NOTED_FROM_S:
            return None
        return {"why": "clock-set", "drift_s": drift_s, "wall_s": wall_s}
    if wall_s <= -NOTED_FROM_S:
        return {"why": "backwards", "wall_s": wall_s}
    if before.boot.startswith(_UNNAMED) or after.boot.startswith(_UNNAMED):
        return None
    return {"why": "restarted", "wall_s": wall_s}


def server_skew_s(untrusted_date: str | None, now: datetime) -> int | None:
    """Seconds by which a server's clock (HTTP `Date`) is ahead of ours; None when it gave none."""
    if not untrusted_date:
        return None
    try:
        told = parsedate_to_datetime(untrusted_date)
        return round(((told if told.tzinfo else told.replace(tzinfo=UTC)) - now).total_seconds())
    except (ValueError, TypeError, IndexError, OverflowError):
        return None


def _seconds(difference: int, unit: int) -> int:
    """Whole seconds, towards zero, so that a minute less a microsecond is no minute."""
    return difference // unit if difference >= 0 else -(-difference // unit)
