"""Initials on a coloured disc. No picture is ever fetched: a fetch would tell its host who is reading."""

import unicodedata
from typing import Final

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

# Calm mid-tones of equal weight; white letters reach 4.5:1 on each.
DISCS: Final = ("#3E6C7A", "#4E6B57", "#7A5B3E", "#6B5B7B", "#8A4F5B", "#4A6285", "#5F6B36", "#785173")
# Multiplier of Knuth's multiplicative hash: neighbouring ids get unlike colours.
_SPREAD: Final = 2654435761


def disc_color(sender_id: int) -> str:
    """The colour of a sender, the same wherever they appear."""
    return DISCS[(sender_id * _SPREAD % 2**32) >> 29]


def initials(untrusted_name: str, untrusted_handle: str) -> str:
    """One or two letters: of the name when it has any, else of the handle."""
    for source in (untrusted_name, untrusted_handle):
        words = "".join(c if _is_letter(c) else " " for c in source[:80]).split()
        if words:
            first = words[0][0]
            wide = unicodedata.east_asian_width(first) in ("W", "F")
            second = words[-1][0] if len(words) > 1 and not wide else ""
            return (first + second).upper()
    return "?"


def paint_avatar(painter: QPainter, area: QRect, sender_id: int, letters: str) -> None:
    """Draw the disc; used by the widget and by list delegates."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(disc_color(sender_id)))
    painter.drawEllipse(area)
    font = QFont(painter.font())
    font.setPixelSize(round(area.height() * 0.38))
    font.setWeight(QFont.Weight.DemiBold)
    painter.setFont(font)
    painter.setPen(QColor("#FFFFFF"))
    painter.drawText(area, Qt.AlignmentFlag.AlignCenter, letters)
    painter.restore()


class Avatar(QWidget):
    """The disc as a widget."""

    def __init__(self, size: int = 44, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._size = size
        self._sender_id = 0
        self._letters = "?"
        self.setFixedSize(size, size)

    def show_sender(self, sender_id: int, untrusted_name: str, untrusted_handle: str) -> None:
        """Change whom it stands for."""
        self._sender_id = sender_id
        self._letters = initials(untrusted_name, untrusted_handle)
        self.update()

    def sizeHint(self) -> QSize:
        """Fixed."""
        return QSize(self._size, self._size)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw."""
        del event
        painter = QPainter(self)
        paint_avatar(painter, QRect(QPoint(0, 0), self.size()), self._sender_id, self._letters)


def _is_letter(char: str) -> bool:
    return unicodedata.category(char)[0] in "LN"
