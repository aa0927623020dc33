"""Who shares what: senders tied only through what at least two of them sent."""

from typing import Final

import numpy as np
from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QPolygonF

from app.services.campaign_pictures import SharedGraph
from core.domain.coordination import ThingKind
from ui.pictures.layout import Layout, Points, Ring, lay_out
from ui.pictures.picture import TableData, campaign_name, legend, series, text_font, write
from ui.theme.tokens import Tokens
from ui.widgets.untrusted_text import one_line
from ui.wording import QT_TRANSLATE_NOOP, counted, number, translate

_CONTEXT = "Pictures"
_NAMED_AT_MOST: Final = 160
_LISTED: Final = 6
_BIGGEST: Final = 12.0  # pixels of a dot's radius, before looking closer
_ROOM_INSIDE: Final = 9.0  # pixels of a dot that hold a number
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
        """Lines first, then squares, dots and labels."""
        painter.setFont(text_font(tokens))
        top = 0.0
        if len(self.graph.cards) > 1:
            names = [
                (campaign_name(card), series(tokens, self.graph.places[place]))
                for place, card in enumerate(self.graph.cards[:_LISTED])
            ]
            top = legend(painter, box, names, tokens) + 6
        room = box.adjusted(0, top, 0, 0)
        left, up, right, low = self._layout.box
        # A few senders need no giant dots; looking closer makes the box, and so the limit, larger.
        most = max(_BIGGEST, room.height() / 62)
        scale = min(room.width() / (right - left), room.height() / (low - up), most)
        middle = room.center() - QPointF((left + right) / 2, (up + low) / 2) * scale
        for ring in self._layout.rings:
            self._ring(painter, ring, middle, scale, tokens)

    def _ring(self, painter: QPainter, ring: Ring, middle: QPointF, scale: float, tokens: Tokens) -> None:
        color = series(tokens, self.graph.places[ring.campaign])
        center = middle + QPointF(*ring.center) * scale
        origin = np.array([center.x(), center.y()])
        clusters = origin + ring.clusters * scale
        things = origin + ring.thing_spots * scale
        self._lines(painter, ring, clusters, things, color)
        dots = origin + ring.spots * scale
        pen = QPen(color, max(2 * scale * 0.92, 2.2))
        pen.setCapStyle(Qt.PenCapStyle.RoundCap)
        painter.setPen(pen)
        x, y = np.ascontiguousarray(dots[:, 0]), np.ascontiguousarray(dots[:, 1])
        painter.drawPointsNp(x, y)  # type: ignore[arg-type]  # the stub says Sequence; arrays are meant
        self._marks(painter, ring, center, things, tokens)
        self._labels(painter, ring, dots, scale, tokens)

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

    def _marks(self, painter: QPainter, ring: Ring, center: QPointF, things: Points, tokens: Tokens) -> None:
        side = 7.0
        for place, (x, y) in enumerate(things.tolist()):
            painter.setPen(QPen(tokens.color("surface"), 1.5))
            painter.setBrush(tokens.color("text-soft"))
            painter.drawPolygon(QPolygonF(QRectF(x - side / 2, y - side / 2, side, side)))
            out = QPointF(x, y) - center
            length = max(float(np.hypot(out.x(), out.y())), 1.0)
            spot = QPointF(x, y) + out * (15 / length)
            name = number(int(ring.things[place]) + 1)
            write(
                painter, QRectF(spot.x() - 20, spot.y() - 9, 40, 18), name, tokens.color("text-soft"), _MIDDLE
            )

    def _labels(self, painter: QPainter, ring: Ring, dots: Points, scale: float, tokens: Tokens) -> None:
        """A number, or the handle, beside each sender; only where they can be read."""
        if not (self._numbers or self.handles) or len(ring.senders) > _NAMED_AT_MOST:
            return
        inside = scale >= _ROOM_INSIDE and not self.handles
        for who, (x, y) in zip(ring.senders.tolist(), dots.tolist(), strict=True):
            if inside:
                box = QRectF(x - scale, y - 9, 2 * scale, 18)
                write(painter, box, number(who + 1), tokens.color("surface"), _MIDDLE)
                continue
            name = one_line(self.graph.handles[who], 24) if self.handles else number(who + 1)
            write(painter, QRectF(x + scale + 2, y - 9, 130, 18), name, tokens.color("text"))
