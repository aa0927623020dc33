"""When the accounts of a campaign were made, beside everybody else's, and the busiest week close up."""

from dataclasses import dataclass
from typing import Final

import numpy as np
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter

from app.services.campaign_pictures import PictureFigures
from ui.pictures.picture import (
    SERIES,
    TableData,
    campaign_name,
    hairline,
    series,
    text_font,
    width_of,
    write,
)
from ui.pictures.scale import Bins, bins_over, date_label, every, full_date
from ui.pictures.zone import DAY, HOUR, Int64, Zone
from ui.theme.tokens import Tokens
from ui.wording import counted, number, translate

_CONTEXT = "Pictures"
_FEWEST: Final = 3
_MOST_BINS: Final = 200
_NEAR: Final = 6 * HOUR
_CLOSE_UP: Final = 7 * DAY
_LANE: Final = 34
_CLOSE_LANE: Final = 78
_RIGHT = Qt.AlignmentFlag.AlignRight
_MIDDLE = Qt.AlignmentFlag.AlignHCenter


@dataclass(frozen=True, slots=True)
class _Strip:
    name: str
    place: int | None  # None: everybody else
    counts: Int64
    accounts: int
    near: int


class Births:
    """A lane for each campaign on one scale of time; below, the densest week of the largest, by six hours."""

    name = "accounts-made"

    def __init__(self, figures: PictureFigures, zone: Zone) -> None:
        inside = [one for one in figures.campaigns if len(one.born)]
        self._unborn = sum(one.unborn for one in figures.campaigns)
        self._known = sum(len(one.born) for one in inside)
        if self._known < _FEWEST:
            return
        local = {one.card.key: zone.local(one.born) for one in inside}
        others = zone.local(figures.other_born)
        everybody = np.concatenate([*local.values(), others])
        self._zone = zone.name(int(everybody.max()))
        self._bins: Bins = bins_over(everybody, _MOST_BINS)
        lanes = [
            _strip(campaign_name(one.card), one.place, local[one.card.key], self._bins) for one in inside
        ]
        self._lanes = lanes[:SERIES]
        self._left_out = len(lanes) - len(self._lanes)
        if len(others):
            self._lanes.append(_strip(translate(_CONTEXT, "Everybody else"), None, others, self._bins))
        most = max(inside, key=lambda one: len(one.born))
        self._close_place = most.place
        self._close, self._close_start = _densest(local[most.card.key])
        self._close_name = campaign_name(most.card)

    @property
    def title(self) -> str:
        """Above it."""
        return translate(_CONTEXT, "When the accounts were made")

    @property
    def lacking(self) -> str:
        """Platforms do not always say."""
        if self._known >= _FEWEST:
            return ""
        return translate(_CONTEXT, "It is not known when these accounts were made: the platform did not say.")

    @property
    def summary(self) -> str:
        """How many of each were made near another of the same group."""
        if self.lacking:
            return self.lacking
        said = []
        for lane in self._lanes:
            words = translate(
                _CONTEXT, "{name}: {near} of {n} accounts were made within six hours of another one of them."
            )
            said.append(words.format(name=lane.name, near=number(lane.near), n=number(lane.accounts)))
        return " ".join(said[:3])

    @property
    def method(self) -> tuple[str, ...]:
        """How it was made."""
        if self.lacking:
            return (self.lacking,)
        return (
            translate(
                _CONTEXT,
                "Counts accounts by the day the platform says they were made; {each}; zone {zone}.",
            ).format(each=self._bins.each(), zone=self._zone),
            translate(
                _CONTEXT,
                "Near another one: within six hours of another account of the same lane.",
            ),
            translate(
                _CONTEXT, "Each lane has its own height; heights of two lanes cannot be compared, places can."
            ),
            counted(
                self._unborn,
                translate(_CONTEXT, "Of one account of the groups the day is not known."),
                translate(_CONTEXT, "Of {n} accounts of the groups the day is not known."),
            ),
            translate(
                _CONTEXT,
                "Many people join on one day for ordinary reasons, such as a move from another platform.",
            ),
        )

    def table(self) -> TableData:
        """A row for each stretch with any account of a campaign."""
        if self.lacking:
            return TableData((), ())
        heads = (translate(_CONTEXT, "From"), *(lane.name for lane in self._lanes))
        rows = tuple(
            (
                full_date(int(self._bins.edges[place])),
                *(number(int(lane.counts[place])) for lane in self._lanes),
            )
            for place in range(len(self._bins))
            if any(int(lane.counts[place]) for lane in self._lanes if lane.place is not None)
        )
        return TableData(heads, rows)

    def height(self, width: int) -> int:
        """Lanes, dates, close-up."""
        del width
        if self.lacking:
            return 0
        return len(self._lanes) * (_LANE + 24) + 30 + _CLOSE_LANE + 78

    def draw(self, painter: QPainter, box: QRectF, tokens: Tokens) -> None:
        """Lanes from the top, the close-up below."""
        painter.setFont(text_font(tokens))
        line = tokens.px("caption") + 6
        y = box.top()
        for lane in self._lanes:
            color = tokens.color("series-rest") if lane.place is None else series(tokens, lane.place)
            share = translate(_CONTEXT, "{near} of {n} near another one").format(
                near=number(lane.near), n=number(lane.accounts)
            )
            wide = width_of(painter, share) + 8
            write(painter, QRectF(box.left(), y, box.width() - wide, line), lane.name, tokens.color("text"))
            side = QRectF(box.right() - wide, y, wide, line)
            write(painter, side, share, tokens.color("text-soft"), _RIGHT)
            _bars(painter, QRectF(box.left(), y + line, box.width(), _LANE - 4), lane.counts, color, tokens)
            y += _LANE + 24
        below = QRectF(box.left(), y - 6, box.width(), line)
        self._dates(painter, below, tokens)
        self._draw_close(
            painter, QRectF(box.left(), y + line + 14, box.width(), box.bottom() - y - line - 14), tokens
        )

    def _dates(self, painter: QPainter, below: QRectF, tokens: Tokens) -> None:
        bins = self._bins
        step = below.width() / len(bins)
        labels = [date_label(int(bins.edges[place]), bins.step) for place in range(len(bins))]
        wide = max(width_of(painter, one) for one in labels) + 16
        taken = float("-inf")
        for place in range(0, len(bins), every(len(bins), below.width(), wide)):
            start = min(below.left() + place * step, below.right() - wide)
            if start < taken:
                continue
            taken = start + wide
            write(
                painter,
                QRectF(start, below.top(), wide, below.height()),
                labels[place],
                tokens.color("text-soft"),
            )

    def _draw_close(self, painter: QPainter, box: QRectF, tokens: Tokens) -> None:
        line = tokens.px("caption") + 6
        words = translate(_CONTEXT, "Close up: {name}, the fullest week from {day}, by six hours").format(
            name=self._close_name, day=full_date(self._close_start)
        )
        write(painter, QRectF(box.left(), box.top(), box.width(), line), words, tokens.color("text"))
        plot = QRectF(box.left(), box.top() + line + 4, box.width(), box.height() - 2 * line - 8)
        _bars(painter, plot, self._close, series(tokens, self._close_place), tokens)
        step = plot.width() / 7
        for day in range(7):
            x = plot.left() + day * step
            painter.setPen(hairline(tokens))
            painter.drawLine(QPointF(x, plot.top()), QPointF(x, plot.bottom()))
            place = QRectF(x + 4, plot.bottom(), step, line)
            write(painter, place, date_label(self._close_start + day * DAY, "day"), tokens.color("text-soft"))


def _strip(name: str, place: int | None, local: Int64, bins: Bins) -> _Strip:
    ordered = np.sort(local)
    gaps = np.diff(ordered) <= _NEAR
    near = np.concatenate((gaps, [False])) | np.concatenate(([False], gaps))
    return _Strip(name, place, bins.count(ordered), len(ordered), int(near.sum()))


def _densest(local: Int64) -> tuple[Int64, int]:
    """Counts by six hours of the seven days with most accounts, and where these begin."""
    ordered = np.sort(local)
    starts = ordered // DAY * DAY
    inside = np.searchsorted(ordered, starts + _CLOSE_UP) - np.searchsorted(ordered, starts)
    start = int(starts[int(inside.argmax())])
    edges = start + np.arange(0, _CLOSE_UP + 1, _NEAR)
    counts: Int64 = np.histogram(ordered, edges)[0].astype(np.int64)
    return counts, start


def _bars(painter: QPainter, plot: QRectF, counts: Int64, color: QColor, tokens: Tokens) -> None:
    most = max(int(counts.max()), 1)
    step = plot.width() / len(counts)
    wide = max(min(step * 0.8, 48.0), 2.0)
    painter.setPen(hairline(tokens))
    painter.drawLine(plot.bottomLeft(), plot.bottomRight())
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(color)
    for place in np.flatnonzero(counts).tolist():
        tall = max(plot.height() * float(counts[place]) / most, 2.0)
        painter.drawRect(QRectF(plot.left() + place * step, plot.bottom() - tall, wide, tall))
