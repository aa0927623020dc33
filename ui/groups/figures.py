"""One sign of a group: the sentence, and a drawing of what was seen against what chance would give."""

from typing import Final

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFont, QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QSizePolicy, QWidget

from core.domain.coordination import GroupReason
from ui.theme.theme import Theme
from ui.widgets.category_words import family_name
from ui.widgets.layouts import column
from ui.widgets.numbers import figure
from ui.widgets.untrusted_text import PlainLabel, plain
from ui.wording import number, translate

_BAR: Final = 10
_LABEL: Final = 150
_FIGURE: Final = 96


class ReasonFigure(QFrame):
    """A card for one sign."""

    def __init__(self, theme: Theme, reason: GroupReason) -> None:
        super().__init__()
        self.setProperty("role", "card")
        title = PlainLabel(family_name(reason.family), role="strong")
        words = PlainLabel(plain(reason.sentence, 600), role="soft").wrapped()
        self.setLayout(column(title, words, _Bars(theme, reason), gap=1, margins=(4, 3, 4, 3)))


class _Bars(QWidget):
    """Two bars on one scale."""

    def __init__(self, theme: Theme, reason: GroupReason) -> None:
        super().__init__()
        self._theme = theme
        expected = figure(reason.expected)
        self._bars = (
            (translate("Groups", "Seen"), reason.observed, _seen(reason), "accent"),
            (translate("Groups", "Expected by chance"), reason.expected, expected, "line-strong"),
        )
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        spoken = translate("Groups", "Seen {seen}, expected by chance {expected}")
        self.setAccessibleName(spoken.format(seen=_seen(reason), expected=expected))

    def sizeHint(self) -> QSize:
        """Two lines."""
        return QSize(260, 2 * (self._theme.tokens.px("caption") + 10))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw."""
        del event
        tokens = self._theme.tokens
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        font = QFont()
        font.setPixelSize(tokens.px("caption"))
        painter.setFont(font)
        largest = max((value for _, value, _, _ in self._bars), default=0.0) or 1.0
        room = max(self.width() - _LABEL - _FIGURE, 40)
        height = self.height() / 2
        for place, (name, value, said, tint) in enumerate(self._bars):
            line = QRectF(0, place * height, self.width(), height)
            middle = line.center().y()
            painter.setPen(tokens.color("text-soft"))
            painter.drawText(line, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, name)
            length = max(room * min(value / largest, 1.0), 3.0) if said != number(0) else 0.0
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(tokens.color(tint))
            painter.drawRoundedRect(QRectF(_LABEL, middle - _BAR / 2, length, _BAR), 4, 4)
            painter.setPen(tokens.color("text"))
            beside = QRectF(_LABEL + length + 8, line.top(), _FIGURE, height)
            painter.drawText(beside, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, said)


def _seen(reason: GroupReason) -> str:
    """A count: nothing seen is nothing."""
    whole = reason.observed == int(reason.observed)
    return number(int(reason.observed)) if whole else figure(reason.observed)
