"""Times in the person's own zone, for whole arrays at once."""

from datetime import UTC, datetime
from typing import Final

import numpy as np
import numpy.typing as npt
from PySide6.QtCore import QDateTime, QTimeZone

from ui.wording import translate

Int64 = npt.NDArray[np.int64]
HOUR: Final = 3_600_000_000
DAY: Final = 24 * HOUR


class Zone:
    """A time zone; the person's own unless told otherwise."""

    def __init__(self, zone: QTimeZone | None = None) -> None:
        self._zone = zone or QTimeZone.systemTimeZone()

    def local(self, micros: Int64) -> Int64:
        """Microseconds since the epoch, UTC, as wall-clock microseconds. Clocks change at whole quarters."""
        if not len(micros):
            return micros
        quarters, place = np.unique(micros // (HOUR // 4), return_inverse=True)
        starts = quarters * (HOUR // 4)
        # Few offsets are in force over any span: looked up once a day and, on days of change, once a quarter.
        offsets = self._offsets(starts)
        shifted: Int64 = micros + offsets[place] * 1_000_000
        return shifted

    def _offsets(self, starts: Int64) -> Int64:
        days, place = np.unique(starts // DAY, return_inverse=True)
        first = np.array([self._offset(day * DAY) for day in days.tolist()], dtype=np.int64)
        last = np.array([self._offset((day + 1) * DAY) for day in days.tolist()], dtype=np.int64)
        offsets: Int64 = first[place]
        for row in np.flatnonzero((first != last)[place]).tolist():
            offsets[row] = self._offset(int(starts[row]))
        return offsets

    def _offset(self, micros: int) -> int:
        utc = QTimeZone(QTimeZone.Initialization.UTC)
        return self._zone.offsetFromUtc(QDateTime.fromMSecsSinceEpoch(micros // 1000, utc))

    def name(self, at: int) -> str:
        """What the zone is called, with its distance from UTC at that moment."""
        minutes = self._offset(at) // 60
        sign = "+" if minutes >= 0 else "−"
        hours, rest = divmod(abs(minutes), 60)
        distance = f"UTC{sign}{hours}" + (f":{rest:02d}" if rest else "")
        own = bytes(self._zone.id().data()).decode("ascii", "replace").replace("_", " ")
        if own in ("", "UTC", "Etc/UTC"):
            return translate("Pictures", "UTC")
        return f"{own}, {distance}"


def wall(micros: int) -> datetime:
    """Wall-clock microseconds as a datetime for formatting; its zone is the person's, whatever it says."""
    return datetime.fromtimestamp(micros / 1_000_000, UTC)
