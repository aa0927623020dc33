"""What every picture is: something that can be drawn, said in a sentence, read as a table, and explained."""

from dataclasses import dataclass
from typing import Final, Protocol

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPen

from core.domain.campaign import CampaignCard
from ui.theme.theme import font_families
from ui.theme.tokens import Tokens
from ui.widgets.untrusted_text import one_line
from ui.wording import translate

SERIES: Final = 5


@dataclass(frozen=True, slots=True)
class TableData:
    """The same figures in rows. All cells are our own words and numbers unless a picture says otherwise."""

    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


class Picture(Protocol):
    """A picture, finished down to its bins: drawing it takes no look at single rows."""

    @property
    def name(self) -> str:
        """For file names: one word, ASCII."""
        ...

    @property
    def title(self) -> str:
        """Above it."""
        ...

    @property
    def summary(self) -> str:
        """What it shows, in a sentence or two; what a screen reader says."""
        ...

    @property
    def lacking(self) -> str:
        """Why there is nothing to draw; empty when there is."""
        ...

    @property
    def method(self) -> tuple[str, ...]:
        """How it was made, with thresholds, counts and limits, a sentence each."""
        ...

    def table(self) -> TableData:
        """The figures."""
        ...

    def height(self, width: int) -> int:
        """How tall it wants to be, in logical pixels."""
        ...

    def draw(self, painter: QPainter, box: QRectF, tokens: Tokens) -> None:
        """Draw into the box. Called only when nothing is `lacking`."""
        ...


def campaign_name(card: CampaignCard) -> str:
    """The person's own name for it, or its number."""
    if card.title:
        return one_line(card.title, 80)
    return translate("Pictures", "Group {n}").format(n=card.number)


def series(tokens: Tokens, place: int) -> QColor:
    """The colour of the campaign at this place; beyond the fifth all share the quiet one."""
    return tokens.color(f"series-{place + 1}" if place < SERIES else "series-rest")


def text_font(tokens: Tokens, step: str = "caption", *, bold: bool = False) -> QFont:
    """Words in a picture, in the fonts of the window. Also without a window, when a file is written."""
    made = QFont()
    made.setFamilies(font_families())
    made.setPixelSize(tokens.px(step))
    made.setWeight(QFont.Weight.DemiBold if bold else QFont.Weight.Normal)
    return made


def write(
    painter: QPainter,
    box: QRectF,
    words: str,
    color: QColor,
    align: Qt.AlignmentFlag = Qt.AlignmentFlag.AlignLeft,
) -> None:
    """Words in a box, in the middle of its height; too long ones are cut with dots."""
    metrics = QFontMetricsF(painter.font())
    shown = metrics.elidedText(words, Qt.TextElideMode.ElideRight, max(box.width(), 8.0))
    painter.setPen(color)
    painter.drawText(box, Qt.AlignmentFlag.AlignVCenter | align, shown)


def width_of(painter: QPainter, words: str) -> float:
    """How wide words are."""
    return QFontMetricsF(painter.font()).horizontalAdvance(words)


def hairline(tokens: Tokens, name: str = "line") -> QPen:
    """A line one pixel wide on every screen."""
    pen = QPen(tokens.color(name), 1)
    pen.setCosmetic(True)
    return pen


def legend(painter: QPainter, box: QRectF, names: list[tuple[str, QColor]], tokens: Tokens) -> float:
    """Swatches with names in rows from the left; returns how much height they took."""
    line = tokens.px("caption") + 10
    metrics = QFontMetricsF(painter.font())
    rows = _legend_rows(metrics, box.width(), [name for name, _ in names])
    for (name, color), (across, down, wide) in zip(names, rows, strict=True):
        x, y = box.left() + across, box.top() + down * line
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(color)
        painter.drawRoundedRect(QRectF(x, y + line / 2 - 5, 10, 10), 3, 3)
        write(painter, QRectF(x + 16, y, wide, line), name, tokens.color("text"))
    return (rows[-1][1] + 1 if rows else 1) * line


def legend_height(metrics: QFontMetricsF, width: float, names: list[str], tokens: Tokens) -> float:
    """How much height a legend takes."""
    rows = _legend_rows(metrics, width, names)
    return (rows[-1][1] + 1 if rows else 1) * (tokens.px("caption") + 10)


def _legend_rows(metrics: QFontMetricsF, width: float, names: list[str]) -> list[tuple[float, int, float]]:
    """For each name: how far from the left, in which row, and how wide."""
    found, x, row = list[tuple[float, int, float]](), 0.0, 0
    for name in names:
        wide = min(metrics.horizontalAdvance(name), width - 24) + 2
        if x > 0 and x + wide + 24 > width:
            x, row = 0.0, row + 1
        found.append((x, row, wide))
        x += wide + 34
    return found
