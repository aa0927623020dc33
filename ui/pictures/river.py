"""What a campaign pushes and how it shifts: a stream for each key term, as wide as it is used."""

from typing import Final

import numpy as np
import numpy.typing as npt
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPainterPath

from core.domain.coordination import CampaignThemes
from ui.pictures.picture import SERIES, TableData, hairline, legend, series, text_font, width_of, write
from ui.pictures.scale import date_label, every, full_date
from ui.pictures.zone import Int64
from ui.theme.tokens import Tokens
from ui.widgets.untrusted_text import one_line
from ui.wording import number, translate

_CONTEXT = "Pictures"
_FEWEST: Final = 3
_MICRO: Final = 1_000_000


class River:
    """Five key terms over the periods of a campaign. The words themselves wait until they are asked for."""

    name = "themes"

    def __init__(self, themes: CampaignThemes | None, *, words: bool = False) -> None:
        self._themes = themes
        self._periods = len(themes.periods) if themes else 0
        if themes is None or self.lacking:
            return
        terms = themes.terms[:SERIES]
        self._names = [
            one_line(term.text, 40) if words else translate(_CONTEXT, "Theme {n}").format(n=place + 1)
            for place, term in enumerate(terms)
        ]
        self._series: Int64 = np.array(themes.series[: len(terms)], dtype=np.int64)
        self._starts = [round(one.start.timestamp() * _MICRO) for one in themes.periods]
        self._weekly = (themes.periods[0].end - themes.periods[0].start).days > 1

    @property
    def title(self) -> str:
        """Above it."""
        return translate(_CONTEXT, "What it pushes, over time")

    @property
    def lacking(self) -> str:
        """A shift needs something to shift from."""
        if self._themes is None or not self._themes.terms:
            return translate(
                _CONTEXT,
                "No words stand out against what other people write, so that there is no theme to show.",
            )
        if self._periods < _FEWEST:
            return translate(
                _CONTEXT, "Fewer than {n} days or weeks with messages: too few to show how themes shift."
            ).format(n=_FEWEST)
        return ""

    @property
    def summary(self) -> str:
        """Where each theme peaked."""
        if self.lacking:
            return self.lacking
        said = translate(_CONTEXT, "{name} is used most in the days from {day} ({n} messages).")
        if self._weekly:
            said = translate(_CONTEXT, "{name} is used most in the week from {day} ({n} messages).")
        parts = []
        for name, row in zip(self._names[:3], self._series, strict=False):
            top = int(row.argmax())
            parts.append(said.format(name=name, day=full_date(self._starts[top]), n=number(int(row[top]))))
        return " ".join(parts)

    @property
    def method(self) -> tuple[str, ...]:
        """How it was made."""
        if self._themes is None or self.lacking:
            return (self.lacking,)
        first = self._themes.terms[0]
        return (
            translate(
                _CONTEXT,
                "Each stream is a word, pair of words or run of Chinese characters that the group uses more "
                "than {n} other messages do; its width is the number of the group's messages with it.",
            ).format(n=number(first.outside_of)),
            translate(
                _CONTEXT,
                "Words are found by their log-odds ratio with a prior (Monroe, Colaresi and Quinn 2008); a "
                "message counts once for each word. Days and weeks are of UTC, weeks begin on Monday.",
            ),
            translate(
                _CONTEXT, "The five words that stand out most are drawn; words of one sender alone are not."
            ),
        )

    def table(self) -> TableData:
        """A row for each period."""
        if self.lacking:
            return TableData((), ())
        heads = (translate(_CONTEXT, "From"), *self._names)
        rows = tuple(
            (full_date(start), *(number(int(row[place])) for row in self._series))
            for place, start in enumerate(self._starts)
        )
        return TableData(heads, rows)

    def height(self, width: int) -> int:
        """A band."""
        return 270 if width < 1200 else 320

    def draw(self, painter: QPainter, box: QRectF, tokens: Tokens) -> None:
        """Streams around a middle line, with their names."""
        painter.setFont(text_font(tokens))
        line = tokens.px("caption") + 8
        names = [(name, series(tokens, place)) for place, name in enumerate(self._names)]
        top = legend(painter, box, names, tokens) + 8
        plot = QRectF(box.left(), box.top() + top, box.width(), box.height() - top - line - 6)
        total = self._series.sum(axis=0)
        most = max(int(total.max()), 1)
        x = plot.left() + plot.width() * np.linspace(0, 1, self._periods)
        # The same room above and below the middle keeps every stream as level as it can be.
        base = plot.center().y() - total / most * plot.height() / 2
        for place, row in enumerate(self._series):
            under = base + row / most * plot.height()
            painter.setPen(hairline(tokens, "surface"))
            painter.setBrush(series(tokens, place))
            painter.drawPath(_stream(x, base, under))
            base = under
        self._dates(painter, QRectF(plot.left(), plot.bottom() + 4, plot.width(), line), tokens)

    def _dates(self, painter: QPainter, below: QRectF, tokens: Tokens) -> None:
        labels = [date_label(start, "day") for start in self._starts]
        wide = max(width_of(painter, one) for one in labels) + 18
        step = below.width() / max(self._periods - 1, 1)
        for place in range(0, self._periods, every(self._periods, below.width(), wide)):
            x = below.left() + place * step
            start = min(max(x - wide / 2, below.left()), below.right() - wide)
            align = Qt.AlignmentFlag.AlignLeft if place == 0 else Qt.AlignmentFlag.AlignHCenter
            write(
                painter,
                QRectF(start, below.top(), wide, below.height()),
                labels[place],
                tokens.color("text-soft"),
                align,
            )


def _stream(
    x: npt.NDArray[np.float64], over: npt.NDArray[np.float64], under: npt.NDArray[np.float64]
) -> QPainterPath:
    """The area between two lines, bent gently from period to period."""
    path = QPainterPath(QPointF(x[0], over[0]))
    _bend(path, x, over)
    path.lineTo(QPointF(x[-1], under[-1]))
    _bend(path, x[::-1], under[::-1])
    path.closeSubpath()
    return path


def _bend(path: QPainterPath, x: npt.NDArray[np.float64], y: npt.NDArray[np.float64]) -> None:
    for place in range(1, len(x)):
        half = (x[place - 1] + x[place]) / 2
        path.cubicTo(QPointF(half, y[place - 1]), QPointF(half, y[place]), QPointF(x[place], y[place]))
