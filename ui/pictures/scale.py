"""Axes: whole numbers upwards, days, weeks or months along."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Final

import numpy as np
import numpy.typing as npt
from PySide6.QtCore import QDate, QLocale

from ui.pictures.zone import Int64, wall
from ui.wording import translate

_MOST_BINS: Final = 60
_MICRO: Final = 1_000_000


@dataclass(frozen=True, slots=True)
class Bins:
    """Stretches of wall-clock time: `edges` in microseconds, one more than bins. `step` names one."""

    step: str
    edges: Int64

    def __len__(self) -> int:
        return len(self.edges) - 1

    def count(self, local: Int64) -> Int64:
        """How many of these moments lie in each."""
        counted: Int64 = np.histogram(local, self.edges)[0].astype(np.int64)
        return counted

    def label(self, place: int) -> str:
        """A day, or the first day of a week, or a month."""
        return date_label(int(self.edges[place]), self.step)

    def each(self) -> str:
        """What one bin stands for, in words."""
        return {
            "day": translate("Pictures", "each bar is a day"),
            "week": translate("Pictures", "each bar is a week"),
            "month": translate("Pictures", "each bar is a month"),
            "year": translate("Pictures", "each bar is a year"),
        }[self.step]


def bins_over(local: Int64, most: int = _MOST_BINS) -> Bins:
    """Days if that makes few enough, else weeks from Monday, months or years. `local` must not be empty."""
    first, last = wall(int(local.min())), wall(int(local.max()))
    for step in ("day", "week", "month"):
        starts = _starts(first, last, step)
        if len(starts) - 1 <= most:
            return Bins(step, starts)
    return Bins("year", _starts(first, last, "year"))


def date_label(micros: int, step: str) -> str:
    """A date as short as its step allows."""
    at = wall(micros)
    shape = {"month": "MMM yyyy", "year": "yyyy"}.get(step, "d MMM")
    return QLocale().toString(QDate(at.year, at.month, at.day), shape)


def full_date(micros: int) -> str:
    """A date with its year."""
    at = wall(micros)
    return QLocale().toString(QDate(at.year, at.month, at.day), "d MMM yyyy")


def ticks(most: float, wanted: int = 4) -> list[int]:
    """Whole, round numbers from 0 up to at least `most`."""
    step = max(1, round_up(most / wanted))
    return list(range(0, int(np.ceil(max(most, 1) / step)) * step + 1, step))


def round_up(value: float) -> int:
    """The next of 1, 2, 5, 10, 20, 50 and so on."""
    size = 1
    while True:
        for part in (1, 2, 5):
            if part * size >= value:
                return part * size
        size *= 10


def every(count: int, room: float, width: float) -> int:
    """Name one in so many, so that labels of `width` do not touch in `room`."""
    fit = max(1, int(room // max(width, 1.0)))
    return max(1, -(-count // fit))


def _starts(first: datetime, last: datetime, step: str) -> npt.NDArray[np.int64]:
    at = first.replace(hour=0, minute=0, second=0, microsecond=0)
    if step == "week":
        at -= timedelta(days=at.weekday())
    elif step in ("month", "year"):
        at = at.replace(day=1, month=1 if step == "year" else at.month)
    found = [at]
    while found[-1] <= last:
        found.append(_next(found[-1], step))
    return np.array([round((one - _EPOCH).total_seconds()) * _MICRO for one in found], dtype=np.int64)


def _next(at: datetime, step: str) -> datetime:
    if step in ("day", "week"):
        return at + timedelta(days=1 if step == "day" else 7)
    later = at + timedelta(days=31 if step == "month" else 366)
    return later.replace(day=1, month=1 if step == "year" else later.month)


_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
