"""Who shares what: senders tied only through what at least two of them sent."""

from dataclasses import dataclass
from typing import Final

import numpy as np
from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPen, QPolygonF

from app.services.campaign_pictures import Int64, SharedGraph
from core.domain.coordination import ThingKind
from ui.pictures.labels import place_inside, place_names, squares
from ui.pictures.layout import Layout, Points, Ring, lay_out
from ui.pictures.picture import TableData, campaign_name, legend, legend_height, series, text_font, write
from ui.theme.tokens import Tokens
from ui.widgets.untrusted_text import one_line
from ui.wording import QT_TRANSLATE_NOOP, counted, number, translate

_CONTEXT = "Pictures"
_NAMED_AT_MOST: Final = 160
_LISTED: Final = 6
_BIGGEST: Final = 12.0  # pixels of a dot's radius, before looking closer
_ROOM_INSIDE: Final = 9.0  # pixels of a dot that hold a number
_WIDEST: Final = 150.0
_SQUARE: Final = 7.0
_REACH: Final = 7.0  # pixels from the middle of a small dot that still point at it
_MIDDLE = Qt.AlignmentFlag.AlignHCenter
_KINDS: Final[dict[ThingKind, str]] = {
    ThingKind.TEXT: QT_TRANSLATE_NOOP("Pictures", "text"),
    ThingKind.LINK: QT_TRANSLATE_NOOP("Pictures", "link"),
    ThingKind.REPOST: QT_TRANSLATE_NOOP("Pictures", "repost"),
    ThingKind.IMAGE: QT_TRANSLATE_NOOP("Pictures", "picture"),
    ThingKind.TAGS: QT_TRANSLATE_NOOP("Pictures", "tags"),
}


class Graph:
    """Rings of what is shared, with the senders inside. Numbers by default; handles and words on request.

    Making one computes the layout: do it in a worker.
    """

    name = "senders"

    def __init__(
        self, graph: SharedGraph, *, numbers: bool = False, handles: bool = False, words: bool = False
    ) -> None:
        self.graph = graph
        self._layout: Layout = lay_out(graph)
        self._numbers, self.handles, self.words = numbers, handles, words

    def labelled(self, *, numbers: bool, handles: bool, words: bool) -> "Graph":
        """The same places with other labels."""
        made = Graph.__new__(Graph)
        made.graph, made._layout = self.graph, self._layout
        made._numbers, made.handles, made.words = numbers, handles, words
        return made

    @property
    def title(self) -> str:
        """Above it."""
        return translate(_CONTEXT, "Who shares what")

    @property
    def lacking(self) -> str:
        """Tags and timing alone draw no lines."""
        if len(self.graph.keys):
            return ""
        return translate(
            _CONTEXT,
            "These senders share no text, link or repost that could be drawn; other signs tie them together.",
        )

    @property
    def summary(self) -> str:
        """How many share how much."""
        if self.lacking:
            return self.lacking
        graph = self.graph
        held = np.bincount(graph.pairs[0], minlength=len(graph.senders))
        return translate(
            _CONTEXT,
            "{n} senders and {things} texts, links and reposts that at least two of them sent. "
            "{several} of them sent two or more.",
        ).format(
            n=number(len(graph.senders)),
            things=number(len(graph.keys)),
            several=number(int((held >= 2).sum())),
        )

    @property
    def method(self) -> tuple[str, ...]:
        """How it was made."""
        hidden = sum(ring.not_drawn for ring in self._layout.rings)
        alone = sum(ring.alone for ring in self._layout.rings)
        return (
            translate(
                _CONTEXT,
                "A dot is a sender, a square is something that at least two senders drawn here sent: a text "
                "(near copies count as one), a link, a repost or a picture. Lines go from senders to what "
                "they sent; there are no lines between senders, and tags draw none.",
            ),
            translate(
                _CONTEXT,
                "Short texts and stock phrases tie nobody: a text has to say enough, by length and script.",
            ),
            translate(
                _CONTEXT,
                "A sender lies towards what they sent. Senders who sent the same things lie together. Places "
                "are worked out without chance; nearness of two rings says nothing.",
            ),
            counted(
                hidden,
                translate(_CONTEXT, "One thing by few senders is not drawn, for the picture to stay clear."),
                translate(
                    _CONTEXT, "{n} things by few senders are not drawn, for the picture to stay clear."
                ),
            ),
            counted(
                alone,
                translate(_CONTEXT, "One sender is tied by nothing drawn and lies below the ring."),
                translate(_CONTEXT, "{n} senders are tied by nothing drawn and lie below the ring."),
            ),
            translate(_CONTEXT, "People who follow the same call share things, too."),
        )

    def table(self) -> TableData:
        """A row for each thing shared."""
        graph = self.graph
        heads = [translate(_CONTEXT, "No."), translate(_CONTEXT, "Kind")]
        heads += [translate(_CONTEXT, "Senders"), translate(_CONTEXT, "Messages")]
        if self.words:
            heads.append(translate(_CONTEXT, "What it is"))
        senders = np.bincount(graph.pairs[1], minlength=len(graph.keys))
        posts = np.bincount(graph.pairs[1], graph.times, minlength=len(graph.keys))
        rows = []
        for place, kind in enumerate(graph.kinds):
            row = [number(place + 1), translate("Pictures", _KINDS[kind])]
            row += [number(int(senders[place])), number(int(posts[place]))]
            if self.words:
                row.append(one_line(graph.keys[place], 200))
            rows.append(tuple(row))
        return TableData(tuple(heads), tuple(rows))

    def height(self, width: int) -> int:
        """As tall as the rings ask for at this width, within reason."""
        left, top, right, bottom = self._layout.box
        scale = min(width / max(right - left, 1.0), _BIGGEST)
        above = 34 if len(self.graph.cards) > 1 else 0
        return round(min(max((bottom - top) * scale + above, 300), 760))

    def draw(self, painter: QPainter, box: QRectF, tokens: Tokens) -> None:
        """Lines first, then squares and dots, and labels over all of them."""
        painter.setFont(text_font(tokens))
        if len(self.graph.cards) > 1:
            legend(painter, box, self._names(tokens), tokens)
        view = self._view(box, tokens)
        for ring in self._layout.rings:
            self._ring(painter, ring, view, tokens)
        for name in self._labels(view, box, tokens):
            self._write(painter, name, tokens)

    def left_out(self, box: QRectF, tokens: Tokens) -> str:
        """How many senders have no label in this box; empty when all have or none was asked for."""
        if self.lacking or not (self._numbers or self.handles):
            return ""
        drawn = sum(len(ring.senders) for ring in self._layout.rings)
        lacking = drawn - len(self._labels(self._view(box, tokens), box, tokens))
        if not lacking:
            return ""
        return counted(
            lacking,
            translate(_CONTEXT, "One of {all} senders has no label here, for want of room."),
            translate(_CONTEXT, "{n} of {all} senders have no label here, for want of room."),
        ).format(all=number(drawn))

    def under(self, spot: QPointF, box: QRectF, tokens: Tokens) -> str:
        """The label of the sender at this spot, also where it is not written; empty where there is none."""
        if self.lacking or not (self._numbers or self.handles):
            return ""
        view = self._view(box, tokens)
        who, dots = self._dots(view)
        far = np.hypot(dots[:, 0] - spot.x(), dots[:, 1] - spot.y())
        nearest = int(far.argmin())
        return self._label(int(who[nearest])) if far[nearest] <= max(view.scale, _REACH) else ""

    def _names(self, tokens: Tokens) -> list[tuple[str, QColor]]:
        return [
            (campaign_name(card), series(tokens, self.graph.places[place]))
            for place, card in enumerate(self.graph.cards[:_LISTED])
        ]

    def _view(self, box: QRectF, tokens: Tokens) -> "_View":
        """How the layout lies in the box, under the names of groups."""
        top = 0.0
        if len(self.graph.cards) > 1:
            names = [name for name, _ in self._names(tokens)]
            top = legend_height(QFontMetricsF(text_font(tokens)), box.width(), names, tokens) + 6
        room = box.adjusted(0, top, 0, 0)
        left, up, right, low = self._layout.box
        # A few senders need no giant dots; looking closer makes the box, and so the limit, larger.
        most = max(_BIGGEST, room.height() / 62)
        scale = min(room.width() / (right - left), room.height() / (low - up), most)
        return _View(room.center() - QPointF((left + right) / 2, (up + low) / 2) * scale, scale)

    def _ring(self, painter: QPainter, ring: Ring, view: "_View", tokens: Tokens) -> None:
        color = series(tokens, self.graph.places[ring.campaign])
        things = view.at(ring, ring.thing_spots)
        self._lines(painter, ring, view.at(ring, ring.clusters), things, color)
        dots = view.at(ring, ring.spots)
        pen = QPen(color, max(2 * view.scale * 0.92, 2.2))
        pen.setCapStyle(Qt.PenCapStyle.RoundCap)
        painter.setPen(pen)
        x, y = np.ascontiguousarray(dots[:, 0]), np.ascontiguousarray(dots[:, 1])
        painter.drawPointsNp(x, y)  # type: ignore[arg-type]  # the stub says Sequence; arrays are meant
        self._marks(painter, ring, things, view.at(ring, _outward(ring, view.scale)), tokens)

    def _lines(self, painter: QPainter, ring: Ring, clusters: Points, things: Points, color: QColor) -> None:
        """One line for each cluster and thing; many senders make it wider, many lines make them fainter."""
        most = max(int(ring.lines[:, 2].max()), 1) if len(ring.lines) else 1
        faint = QColor(color)
        faint.setAlphaF(float(np.clip(9.0 / np.sqrt(len(ring.lines) + 1) / 3, 0.10, 0.42)))
        for low, high, wide in ((0.0, 0.2, 0.8), (0.2, 0.6, 1.8), (0.6, 1.1, 3.2)):
            share = ring.lines[:, 2] / most
            chosen = ring.lines[(share > low) & (share <= high)]
            painter.setPen(QPen(faint, wide))
            painter.drawLines(
                [QLineF(QPointF(*clusters[a]), QPointF(*things[b])) for a, b, _ in chosen.tolist()]
            )

    def _marks(self, painter: QPainter, ring: Ring, things: Points, names: Points, tokens: Tokens) -> None:
        soft, side = tokens.color("text-soft"), _SQUARE
        for place, ((x, y), (left, top)) in enumerate(zip(things.tolist(), names.tolist(), strict=True)):
            painter.setPen(QPen(tokens.color("surface"), 1.5))
            painter.setBrush(soft)
            painter.drawPolygon(QPolygonF(QRectF(x - side / 2, y - side / 2, side, side)))
            box = QRectF(left - 20, top - 9, 40, 18)
            write(painter, box, number(int(ring.things[place]) + 1), soft, _MIDDLE)

    def _labels(self, view: "_View", box: QRectF, tokens: Tokens) -> list["_Label"]:
        """A number, or the handle, for each sender while there is room; those with most messages first."""
        if not (self._numbers or self.handles):
            return []
        who, dots = self._dots(view)
        graph = self.graph
        sent = np.bincount(graph.pairs[0], graph.times, minlength=len(graph.senders))
        first = np.argsort(-sent[who], kind="stable")[:_NAMED_AT_MOST]
        metrics = QFontMetricsF(text_font(tokens))
        wide = [min(metrics.horizontalAdvance(self._label(one)) + 2, _WIDEST) for one in who[first].tolist()]
        sizes = np.array([(one, metrics.height()) for one in wide])
        inside = view.scale >= _ROOM_INSIDE and not self.handles
        if inside:
            places = place_inside(dots[first], sizes)
        else:
            bounds = np.array((box.left(), box.top(), box.right(), box.bottom()))
            places = place_names(dots[first], sizes, view.scale + 2, self._taken(view, dots), bounds)
        return [
            _Label(int(one), QRectF(QPointF(*spot[:2]), QPointF(*spot[2:])), inside)
            for one, spot in zip(who[first], places.tolist(), strict=True)
            if not np.isnan(spot[0])
        ]

    def _taken(self, view: "_View", dots: Points) -> Points:
        """What names must not cover: dots, squares, and the numbers of squares."""
        boxes = [squares(dots, max(view.scale * 0.8, 1.1))]
        for ring in self._layout.rings:
            boxes.append(squares(view.at(ring, ring.thing_spots), _SQUARE / 2))
            boxes.append(squares(view.at(ring, _outward(ring, view.scale)), 8))
        return np.concatenate(boxes)

    def _dots(self, view: "_View") -> tuple[Int64, Points]:
        """All senders that are drawn, with their places."""
        rings = self._layout.rings
        return (
            np.concatenate([ring.senders for ring in rings]),
            np.concatenate([view.at(ring, ring.spots) for ring in rings]),
        )

    def _label(self, who: int) -> str:
        return one_line(self.graph.handles[who], 24) if self.handles else number(who + 1)

    def _write(self, painter: QPainter, name: "_Label", tokens: Tokens) -> None:
        if name.inside:
            write(painter, name.box, self._label(name.who), tokens.color("surface"), _MIDDLE)
            return
        # The lines under it pale, so that the name can be read.
        pale = tokens.color("surface")
        pale.setAlphaF(0.75)
        painter.fillRect(name.box, pale)
        write(painter, name.box, self._label(name.who), tokens.color("text"), _MIDDLE)


@dataclass(frozen=True, slots=True)
class _View:
    """Where the layout's origin lies in the picture, and how long its unit is."""

    middle: QPointF
    scale: float

    def at(self, ring: Ring, spots: Points) -> Points:
        """Places of a ring, in pixels."""
        places: Points = np.array(self.middle.toTuple()) + (np.array(ring.center) + spots) * self.scale
        return places


@dataclass(frozen=True, slots=True)
class _Label:
    """Where a sender's label is written: inside the dot, or beside it."""

    who: int
    box: QRectF
    inside: bool


def _outward(ring: Ring, scale: float) -> Points:
    """Where the numbers of things stand: a little further out than their squares."""
    length = np.maximum(np.hypot(ring.thing_spots[:, 0], ring.thing_spots[:, 1]), 1.0 / scale)[:, None]
    spots: Points = ring.thing_spots * (1 + 15 / (length * scale))
    return spots
