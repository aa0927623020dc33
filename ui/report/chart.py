"""The timeline as a drawing: how many items on each day, week or month."""

from collections import Counter
from collections.abc import Sequence
from datetime import date, timedelta
from typing import Final

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QImage, QPainter

from ui.report.paper import ACCENT, QUIET, RULE, font

WIDTH: Final = 2000
HEIGHT: Final = 520
_LEFT, _RIGHT, _TOP, _BOTTOM = 110, 20, 40, 80
_MOST_BARS: Final = 62


def bars(by_day: Sequence[tuple[date, int]]) -> tuple[str, list[tuple[date, int]]]:
    """What one bar stands for ("day", "week", "month") and every bar in order, empty ones too."""
    first, last = by_day[0][0], by_day[-1][0]
    for word, start, following in _STEPS:
        total: Counter[date] = Counter()
        for day, number in by_day:
            total[start(day)] += number
        made: list[tuple[date, int]] = []
        at = start(first)
        while at <= last and len(made) <= _MOST_BARS:
            made.append((at, total[at]))
            at = following(at)
        if len(made) <= _MOST_BARS:
            return word, made
    return word, made


def _month(day: date) -> date:
    return day.replace(day=1)


_STEPS: Final = (
    ("day", lambda day: day, lambda day: day + timedelta(days=1)),
    ("week", lambda day: day - timedelta(days=day.weekday()), lambda day: day + timedelta(days=7)),
    ("month", _month, lambda day: _month(day + timedelta(days=31))),
    ("year", lambda day: day.replace(month=1, day=1), lambda day: day.replace(year=day.year + 1)),
)


def draw(made: Sequence[tuple[date, int]]) -> QImage:
    """The bars, on white."""
    image = QImage(WIDTH, HEIGHT, QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.white)
    # One point is one pixel at this density, so that text sizes below are pixels.
    image.setDotsPerMeterX(2835)
    image.setDotsPerMeterY(2835)
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    most = max(number for _, number in made)
    _draw_scale(painter, most)
    step = (WIDTH - _LEFT - _RIGHT) / len(made)
    every = max(1, round(len(made) / 8))
    for index, (day, number) in enumerate(made):
        x = _LEFT + index * step
        tall = (HEIGHT - _TOP - _BOTTOM) * number / most
        painter.fillRect(
            QRectF(x + step * 0.12, HEIGHT - _BOTTOM - tall, min(step * 0.76, 90), tall), QColor(ACCENT)
        )
        if index % every == 0:
            painter.setPen(QColor(QUIET))
            painter.drawText(QRectF(x, HEIGHT - _BOTTOM + 12, 260, 44), 0, day.isoformat())
    painter.end()
    return image


def _draw_scale(painter: QPainter, most: int) -> None:
    painter.setFont(font(30))
    for part in (0.0, 0.5, 1.0) if most > 1 else (0.0, 1.0):
        y = HEIGHT - _BOTTOM - (HEIGHT - _TOP - _BOTTOM) * part
        painter.setPen(QColor(RULE))
        painter.drawLine(_LEFT, round(y), WIDTH - _RIGHT, round(y))
        painter.setPen(QColor(QUIET))
        label = f"{most * part:g}"
        painter.drawText(QRectF(0, y - 24, _LEFT - 16, 48), Qt.AlignmentFlag.AlignRight.value, label)
