"""At what hours of the week a campaign posts, beside everybody else's hours."""

from typing import Final

import numpy as np
import numpy.typing as npt
from PySide6.QtCore import QLocale, QRectF, Qt
from PySide6.QtGui import QColor, QPainter

from app.services.campaign_pictures import PictureFigures
from ui.pictures.picture import TableData, text_font, width_of, write
from ui.pictures.zone import DAY, HOUR, Int64, Zone
from ui.theme.tokens import Tokens
from ui.wording import counted, number, translate

_CONTEXT = "Pictures"
_FEWEST: Final = 20
_FEWEST_OTHERS: Final = 50
_THURSDAY: Final = 3  # 1 January 1970
_MIDDLE = Qt.AlignmentFlag.AlignHCenter
_RIGHT = Qt.AlignmentFlag.AlignRight


class Hours:
    """Seven days by twenty-four hours, counted in the person's zone."""

    name = "hours"

    def __init__(self, figures: PictureFigures, zone: Zone) -> None:
        times = np.concatenate([one.times for one in figures.campaigns] or [np.zeros(0, np.int64)])
        self._untimed = sum(one.untimed for one in figures.campaigns)
        self._count = len(times)
        self._own = _grid(zone.local(times))
        others = figures.other_times
        if len(times):
            others = others[(others >= times.min()) & (others <= times.max())]
        self._others = _grid(zone.local(others)) if len(others) >= _FEWEST_OTHERS else None
        self._zone = zone.name(int(times.max())) if len(times) else ""

    @property
    def title(self) -> str:
        """Above it."""
        return translate(_CONTEXT, "Hours of the week")

    @property
    def lacking(self) -> str:
        """A few messages make no pattern."""
        if self._count >= _FEWEST:
            return ""
        return translate(_CONTEXT, "Fewer than {n} messages carry a time: too few to speak of hours.").format(
            n=_FEWEST
        )

    @property
    def summary(self) -> str:
        """Eight busiest hours in a row, and the zone."""
        if self.lacking:
            return self.lacking
        by_hour = self._own.sum(axis=0)
        start = _busiest(by_hour, 8)
        share = np.roll(by_hour, -start)[:8].sum() / by_hour.sum()
        said = translate(
            _CONTEXT, "{share} of {n} messages came between {start} and {end}, in the zone {zone}."
        ).format(
            share=f"{share:.0%}",
            n=number(self._count),
            start=_clock(start),
            end=_clock((start + 8) % 24),
            zone=self._zone,
        )
        if self._others is not None:
            theirs = self._others.sum(axis=0)
            same = np.roll(theirs, -start)[:8].sum() / max(theirs.sum(), 1)
            said += " " + translate(_CONTEXT, "For everybody else it was {share}.").format(
                share=f"{same:.0%}"
            )
        return said

    @property
    def method(self) -> tuple[str, ...]:
        """How it was made."""
        said = [
            translate(
                _CONTEXT, "Counts messages of the group by hour and day of the week in the zone {zone}."
            ).format(zone=self._zone),
            translate(
                _CONTEXT,
                "The darkest field is the busiest hour of its map; each map has a scale of its own.",
            ),
            counted(
                self._untimed,
                translate(_CONTEXT, "One message carries no time and is left out."),
                translate(_CONTEXT, "{n} messages carry no time and are left out."),
            ),
            translate(
                _CONTEXT,
                "Hours do not say where somebody lives: people work at night, and posts can be scheduled.",
            ),
        ]
        return tuple(said)

    def table(self) -> TableData:
        """A row for each day of the week and hour with anything in it."""
        heads = [translate(_CONTEXT, "Day"), translate(_CONTEXT, "Hour"), translate(_CONTEXT, "This group")]
        if self._others is not None:
            heads.append(translate(_CONTEXT, "Everybody else"))
        rows = []
        for day in range(7):
            for hour in range(24):
                cells = [int(self._own[day, hour])]
                if self._others is not None:
                    cells.append(int(self._others[day, hour]))
                if any(cells):
                    rows.append((_day(day), _clock(hour), *(number(cell) for cell in cells)))
        return TableData(tuple(heads), tuple(rows))

    def height(self, width: int) -> int:
        """Two maps side by side where they fit, else one below the other."""
        one = 8 * 26 + 46
        return one if self._others is None or width >= 820 else 2 * one + 16

    def draw(self, painter: QPainter, box: QRectF, tokens: Tokens) -> None:
        """One or two maps."""
        painter.setFont(text_font(tokens))
        own = translate(_CONTEXT, "This group")
        if self._others is None:
            wide = min(box.width(), 760.0)
            self._map(painter, QRectF(box.left(), box.top(), wide, box.height()), own, self._own, tokens)
            return
        other = translate(_CONTEXT, "Everybody else")
        if box.width() >= 820:
            half = (box.width() - 32) / 2
            left = QRectF(box.left(), box.top(), half, box.height())
            right = left.translated(half + 32, 0)
        else:
            half = (box.height() - 16) / 2
            left = QRectF(box.left(), box.top(), box.width(), half)
            right = left.translated(0, half + 16)
        self._map(painter, left, own, self._own, tokens)
        self._map(painter, right, other, self._others, tokens)

    def _map(self, painter: QPainter, box: QRectF, name: str, grid: Int64, tokens: Tokens) -> None:
        line = tokens.px("caption") + 8
        names = [_day(day) for day in range(7)]
        left = max(width_of(painter, one) for one in names) + 10
        painter.setFont(text_font(tokens, bold=True))
        write(
            painter,
            QRectF(box.left() + left, box.top(), box.width() - left, line),
            name,
            tokens.color("text"),
        )
        painter.setFont(text_font(tokens))
        wide = (box.width() - left) / 24
        tall = min((box.height() - 2 * line - 4) / 7, 30.0)
        top = box.top() + line + 2
        most = int(grid.max()) or 1
        painter.setPen(Qt.PenStyle.NoPen)
        for day in range(7):
            for hour in range(24):
                cell = QRectF(box.left() + left + hour * wide, top + day * tall, wide - 2, tall - 2)
                painter.setBrush(shade(tokens, int(grid[day, hour]) / most))
                painter.drawRoundedRect(cell, 2, 2)
        for day, word in enumerate(names):
            place = QRectF(box.left(), top + day * tall, left - 10, tall - 2)
            write(painter, place, word, tokens.color("text-soft"), _RIGHT)
        for hour in range(0, 24, 6 if wide < 18 else 3):
            place = QRectF(box.left() + left + hour * wide - 20, top + 7 * tall, 40 + wide, line)
            write(painter, place, _clock(hour), tokens.color("text-soft"), _MIDDLE)
        said = (
            translate(_CONTEXT, "darkest: {n} in an hour")
            if tokens.scheme.value == "light"
            else translate(_CONTEXT, "brightest: {n} in an hour")
        )
        words = said.format(n=number(most))
        write(
            painter,
            QRectF(box.right() - 220, box.top(), 220, line),
            words,
            tokens.color("text-faint"),
            _RIGHT,
        )


def shade(tokens: Tokens, share: float) -> QColor:
    """From the empty ground to the accent, evenly in light; nothing at all stays apart from a little."""
    if share <= 0:
        return tokens.color("sunken")
    low, high = tokens.color("accent-soft"), tokens.color("accent")
    part = 0.08 + 0.92 * share**0.7
    mixed = [low.red() + part * (high.red() - low.red()), low.green() + part * (high.green() - low.green())]
    return QColor(round(mixed[0]), round(mixed[1]), round(low.blue() + part * (high.blue() - low.blue())))


def _grid(local: Int64) -> Int64:
    day = (local // DAY + _THURSDAY) % 7
    hour = local % DAY // HOUR
    counts: Int64 = np.bincount(day * 24 + hour, minlength=168).reshape(7, 24).astype(np.int64)
    return counts


def _busiest(by_hour: npt.NDArray[np.int64], length: int) -> int:
    """Where the fullest stretch of so many hours begins; the day goes round."""
    twice = np.concatenate((by_hour, by_hour))
    return int(np.convolve(twice, np.ones(length, np.int64), "valid")[:24].argmax())


def _day(place: int) -> str:
    return QLocale().dayName(place + 1, QLocale.FormatType.ShortFormat)


def _clock(hour: int) -> str:
    return f"{hour:02d}:00"
