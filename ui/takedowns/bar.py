"""A bar divided by shares; the legend beside it says the same in words and figures."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPainterPath, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui.theme.theme import Theme

_HEIGHT: Final = 12
_GAP: Final = 2.0


@dataclass(frozen=True, slots=True)
class Part:
    """One share: its name, how many, and the token of its colour."""

    name: str
    count: int
    colour: str


class ShareBar(QWidget):
    """Parts from left to right, as wide as their share; `width` fixes it, for a key in a legend."""

    def __init__(
        self, theme: Theme, parts: Sequence[Part], width: int | None = None, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._theme, self._parts = theme, tuple(parts)
        self._width = width
        wide = QSizePolicy.Policy.Expanding if width is None else QSizePolicy.Policy.Fixed
        self.setSizePolicy(wide, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(", ".join(f"{part.name}: {part.count}" for part in self._parts))
        theme.changed.connect(self.update)

    def sizeHint(self) -> QSize:
        """A line of its own, or a square."""
        return QSize(self._width or 200, _HEIGHT)

    def minimumSizeHint(self) -> QSize:
        """Never squeezed in height."""
        return QSize(self._width or 40, _HEIGHT)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Shares with a hairline between them; even one of a thousand is seen."""
        del event
        total = sum(part.count for part in self._parts)
        if not total:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        clip = QPainterPath()
        clip.addRoundedRect(QRectF(self.rect()), 4, 4)
        painter.setClipPath(clip)
        room = self.width() - _GAP * (len(self._parts) - 1) - 3.0 * len(self._parts)
        left = 0.0
        for part in self._parts:
            wide = 3.0 + room * part.count / total
            painter.setBrush(self._theme.tokens.color(part.colour))
            painter.drawRect(QRectF(left, 0, wide, self.height()))
            left += wide + _GAP
        painter.end()
