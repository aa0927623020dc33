"""The machine's clocks, read together."""

import hashlib
import secrets
import sys
import time
from datetime import UTC, datetime
from functools import lru_cache
from pathlib import Path
from typing import Final

from core.domain.evidence import Moment

_BOOT_ID: Final = Path("/proc/sys/kernel/random/boot_id")


class SystemClock:
    """The real clock; implements `core.ports.Clock`. Safe to share between threads."""

    def __init__(self, boot_id_file: Path = _BOOT_ID) -> None:
        self._boot = _boot_mark(boot_id_file)

    def now(self) -> datetime:
        """The current time, aware, UTC."""
        return datetime.now(UTC)

    def moment(self) -> Moment:
        """Every clock, read within microseconds of each other."""
        wall_ns = time.time_ns()
        return Moment(
            wall_us=wall_ns // 1000,
            mono_ns=_running_ns(),
            boot=self._boot,
            tz=_offset(wall_ns // 1_000_000_000),
        )


def _running_ns() -> int:
    """Nanoseconds of a clock that nobody can set and that keeps running while the machine sleeps.

    `time.monotonic` stops during sleep on Linux and macOS, which would look like a clock change.
    """
    if sys.platform == "linux":
        reading = time.clock_gettime_ns(time.CLOCK_BOOTTIME)
    elif sys.platform == "darwin":
        reading = time.clock_gettime_ns(time.CLOCK_MONOTONIC)
    else:
        reading = time.monotonic_ns()
    return reading


def _boot_mark(boot_id_file: Path) -> str:
    """Names this boot: two moments' `mono_ns` can be compared only when it is equal.

    Hashed, because it ends up in exported packets and the kernel's own value appears in other
    programs' logs. Where the system names no boot, a random mark lasts as long as this process:
    then nothing is compared across starts of the program, and no false alarm arises.
    """
    try:
        boot_id = boot_id_file.read_text("ascii").strip()
    except (OSError, UnicodeDecodeError):
        boot_id = ""
    if not boot_id:
        return f"run-{secrets.token_hex(8)}"
    return "boot-" + hashlib.sha256(f"breakwater boot {boot_id}".encode()).hexdigest()[:16]


def _offset(wall_s: int) -> str:
    """The UTC offset in force at that second, such as +02:00."""
    return _offset_text(time.localtime(wall_s).tm_gmtoff)


@lru_cache(maxsize=8)
def _offset_text(offset_s: int) -> str:
    minutes = round(offset_s / 60)
    sign = "-" if minutes < 0 else "+"
    return f"{sign}{abs(minutes) // 60:02}:{abs(minutes) % 60:02}"
