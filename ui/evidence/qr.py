"""A QR code drawn here: black on white in both palettes, because cameras expect that."""

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

# The empty border that the standard asks for, in squares.
_QUIET: Final = 4
_PIXELS: Final = 5


class QrCode(QWidget):
    """Shows rows of squares, True for dark; `name` is what a screen reader says."""

    def __init__(self, rows: Sequence[Sequence[bool]], name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rows = rows
        self.setAccessibleName(name)
        self.setFixedSize(self.sizeHint())

    def sizeHint(self) -> QSize:
        """Whole pixels for each square."""
        side = (len(self._rows) + 2 * _QUIET) * _PIXELS
        return QSize(side, side)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw it."""
        del event
        painter = QPainter(self)
        draw_qr(painter, QRectF(self.rect()), self._rows)
        painter.end()


def draw_qr(painter: QPainter, area: QRectF, rows: Sequence[Sequence[bool]], quiet: int = _QUIET) -> None:
    """Draw a code into a square, with an empty border of so many squares."""
    step = area.width() / (len(rows) + 2 * quiet)
    painter.fillRect(area, Qt.GlobalColor.white)
    for y, line in enumerate(rows):
        for x, dark in enumerate(line):
            if dark:
                left, top = area.left() + (x + quiet) * step, area.top() + (y + quiet) * step
                painter.fillRect(QRectF(left, top, step, step), Qt.GlobalColor.black)
