"""How many messages came, by campaign, over time."""

from dataclasses import dataclass
from typing import Final

import numpy as np
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPolygonF

from app.services.campaign_pictures import CampaignFigures, PictureFigures
from ui.pictures.picture import (
    SERIES,
    TableData,
    campaign_name,
    hairline,
    legend,
    series,
    text_font,
    width_of,
    write,
)
from ui.pictures.scale import Bins, bins_over, every, full_date, ticks
from ui.pictures.zone import Int64, Zone
from ui.theme.tokens import Tokens
from ui.wording import counted, number, translate

_CONTEXT = "Pictures"
_LANE: Final = 46  # everybody else, below
_APART: Final = 9.0
_RIGHT = Qt.AlignmentFlag.AlignRight
_MIDDLE = Qt.AlignmentFlag.AlignHCenter


@dataclass(frozen=True, slots=True)
class _Layer:
    name: str
    place: int
    counts: Int64
    returned: int | None  # bin in which new senders took it up again


class Timeline:
    """Stacked bars of campaigns, and everybody else in a strip of its own scale below."""

    name = "timeline"

    def __init__(self, figures: PictureFigures, zone: Zone) -> None:
        inside = [one.times for one in figures.campaigns if len(one.times)]
        self._untimed = sum(one.untimed for one in figures.campaigns)
        self._campaigns = len(figures.campaigns)
        self._bins: Bins | None = None
        if not inside:
            return
        every_time = np.concatenate(inside)
        self._zone = zone.name(int(every_time.max()))
        self._bins = bins_over(zone.local(every_time))
        self._layers = _layers(figures.campaigns, self._bins, zone)
        self._others = self._bins.count(zone.local(figures.other_times))

    @property
    def title(self) -> str:
        """Above it."""
        return translate(_CONTEXT, "Messages over time")

    @property
    def lacking(self) -> str:
        """Nothing without times."""
        if self._bins is not None:
            return ""
        return translate(_CONTEXT, "The messages carry no times, so that nothing can be drawn.")

    @property
    def summary(self) -> str:
        """The busiest bin, and how much of it all was theirs."""
        bins = self._bins
        if bins is None:
            return self.lacking
        total = np.sum([layer.counts for layer in self._layers], axis=0)
        busiest = int(total.argmax())
        said = translate(
            _CONTEXT,
            "{n} messages from {first} to {last}; most of them on {day} ({most}). In the same time, "
            "everybody else sent {others}.",
        )
        if any(layer.returned is not None for layer in self._layers):
            said += " " + translate(
                _CONTEXT, "A small triangle marks where new senders took a group up again."
            )
        if bins.step != "day":
            said = said.replace(" on {day}", translate(_CONTEXT, " from {day} on"))
        return said.format(
            n=number(int(total.sum())),
            first=full_date(int(bins.edges[0])),
            last=full_date(int(bins.edges[-1]) - 1),
            day=bins.label(busiest),
            most=number(int(total[busiest])),
            others=number(int(self._others.sum())),
        )

    @property
    def method(self) -> tuple[str, ...]:
        """How it was made."""
        bins = self._bins
        if bins is None:
            return (self.lacking,)
        left_out = counted(
            self._untimed,
            translate(_CONTEXT, "One message of the groups carries no time and is left out."),
            translate(_CONTEXT, "{n} messages of the groups carry no time and are left out."),
        )
        return (
            translate(
                _CONTEXT,
                "Counts messages received that tie a sender to a group, by the time the platform gives.",
            ),
            translate(_CONTEXT, "{each}; times are in the zone {zone}.").format(
                each=bins.each().capitalize(), zone=self._zone
            ),
            left_out,
            translate(
                _CONTEXT,
                "Only what reached this person is counted, not what the senders wrote elsewhere.",
            ),
        )

    def table(self) -> TableData:
        """A row for each bin."""
        bins = self._bins
        if bins is None:
            return TableData((), ())
        heads = (
            translate(_CONTEXT, "From"),
            *(layer.name for layer in self._layers),
            translate(_CONTEXT, "Everybody else"),
        )
        rows = tuple(
            (
                full_date(int(bins.edges[place])),
                *(number(int(layer.counts[place])) for layer in self._layers),
                number(int(self._others[place])),
            )
            for place in range(len(bins))
        )
        return TableData(heads, rows)

    def height(self, width: int) -> int:
        """A broad band."""
        return 300 if width < 1200 else 360

    def draw(self, painter: QPainter, box: QRectF, tokens: Tokens) -> None:
        """Legend, bars, strip, dates."""
        bins = self._bins
        assert bins is not None  # noqa: S101 - see `lacking`
        painter.setFont(text_font(tokens))
        line = tokens.px("caption") + 8
        top = 0.0
        if self._campaigns > 1:
            names = [(layer.name, series(tokens, layer.place)) for layer in self._layers]
            top = legend(painter, box, names, tokens) + 6
        total = np.sum([layer.counts for layer in self._layers], axis=0)
        scale = ticks(float(total.max()))
        most_others = int(self._others.max())
        widest = max(number(scale[-1]), number(most_others), key=len)
        left = width_of(painter, widest) + 12
        strip = box.bottom() - line - _LANE
        plot = QRectF(box.left() + left, box.top() + top + 8, box.width() - left, 0)
        plot.setBottom(strip - line)
        _scale(painter, plot, scale, left, tokens)
        self._bars(painter, plot, scale[-1], tokens)
        lane = QRectF(plot.left(), strip, plot.width(), _LANE)
        self._strip(painter, lane, left, tokens)
        below = QRectF(plot.left(), box.bottom() - line, plot.width(), line)
        _dates(painter, below, bins, tokens)

    def _bars(self, painter: QPainter, plot: QRectF, most: int, tokens: Tokens) -> None:
        step = plot.width() / len(self._layers[0].counts)
        wide = max(min(step * 0.78, 64.0), 1.0)
        base = np.zeros(len(self._layers[0].counts))
        for layer in self._layers:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(series(tokens, layer.place))
            for place in np.flatnonzero(layer.counts).tolist():
                tall = plot.height() * float(layer.counts[place]) / most
                lower = plot.bottom() - plot.height() * float(base[place]) / most
                x = plot.left() + (place + 0.5) * step - wide / 2
                painter.drawRect(QRectF(x, lower - tall, wide, max(tall - 0.6, 0.6)))
            base += layer.counts
        for layer in self._layers:
            if layer.returned is not None:
                x = plot.left() + (layer.returned + 0.5) * step
                tall = plot.height() * float(base[layer.returned]) / most
                _arrow(painter, QPointF(x, plot.bottom() - tall - 4), tokens.color("urgent"))

    def _strip(self, painter: QPainter, lane: QRectF, left: float, tokens: Tokens) -> None:
        most = int(self._others.max())
        words = translate(_CONTEXT, "Everybody else")
        line = tokens.px("caption") + 6
        write(
            painter, QRectF(lane.left(), lane.top() - line + 2, 240, line), words, tokens.color("text-soft")
        )
        painter.setPen(hairline(tokens))
        painter.drawLine(lane.bottomLeft(), lane.bottomRight())
        if not most:
            return
        mark = QRectF(lane.left() - left, lane.top() + 2, left - 8, line)
        write(painter, mark, number(most), tokens.color("text-faint"), _RIGHT)
        step = lane.width() / len(self._others)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(tokens.color("series-rest"))
        room = lane.height() - 10
        for place in np.flatnonzero(self._others).tolist():
            tall = room * float(self._others[place]) / most
            wide = max(min(step * 0.78, 64.0), 1.0)
            painter.drawRect(
                QRectF(lane.left() + (place + 0.5) * step - wide / 2, lane.bottom() - tall, wide, tall)
            )


def _layers(campaigns: tuple[CampaignFigures, ...], bins: Bins, zone: Zone) -> list[_Layer]:
    """The five with most messages, and all the rest as one."""
    order = sorted(campaigns, key=lambda one: (-len(one.times), one.card.number))
    made = []
    for one in order[:SERIES]:
        counts = bins.count(zone.local(one.times))
        made.append(_Layer(campaign_name(one.card), one.place, counts, _return_bin(one, bins, zone)))
    if len(order) > SERIES:
        rest = np.concatenate([one.times for one in order[SERIES:]])
        made.append(_Layer(translate(_CONTEXT, "Other groups"), SERIES, bins.count(zone.local(rest)), None))
    return sorted(made, key=lambda layer: layer.place)


def _return_bin(one: CampaignFigures, bins: Bins, zone: Zone) -> int | None:
    again = one.card.re_emerged
    if again is None:
        return None
    at = zone.local(np.array([round(again.since.timestamp() * 1_000_000)], dtype=np.int64))
    found = int(np.searchsorted(bins.edges, at[0], side="right")) - 1
    return found if 0 <= found < len(bins) else None


def _scale(painter: QPainter, plot: QRectF, scale: list[int], left: float, tokens: Tokens) -> None:
    for value in scale:
        y = plot.bottom() - plot.height() * value / scale[-1]
        painter.setPen(hairline(tokens, "line" if value else "line-strong"))
        painter.drawLine(QPointF(plot.left(), y), QPointF(plot.right(), y))
        box = QRectF(plot.left() - left, y - 10, left - 8, 20)
        write(painter, box, number(value), tokens.color("text-faint"), _RIGHT)


def _dates(painter: QPainter, below: QRectF, bins: Bins, tokens: Tokens) -> None:
    step = below.width() / len(bins)
    wide = max(width_of(painter, bins.label(place)) for place in range(len(bins))) + 2 * _APART
    for place in range(0, len(bins), every(len(bins), below.width(), wide)):
        middle = below.left() + (place + 0.5) * step
        # The first may reach under the scale, so that it stands below its bar.
        start = min(max(middle - wide / 2, below.left() - 2 * _APART), below.right() - wide + _APART)
        write(
            painter,
            QRectF(start, below.top(), wide, below.height()),
            bins.label(place),
            tokens.color("text-soft"),
            _MIDDLE,
        )


def _arrow(painter: QPainter, tip: QPointF, color: QColor) -> None:
    """A small triangle that points down at a bar."""
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(color)
    painter.drawPolygon(QPolygonF([tip, tip + QPointF(-5, -8), tip + QPointF(5, -8)]))
