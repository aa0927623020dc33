"""One of our drawings as a label that follows the theme."""

from PySide6.QtWidgets import QLabel

from ui.theme.icons import icon_pixmap
from ui.theme.theme import Theme


class Drawing(QLabel):
    """A drawing `size` pixels high, in a colour of the theme by its name there."""

    def __init__(self, theme: Theme, name: str, size: int, tint: str = "accent") -> None:
        super().__init__()
        self._theme, self._name, self._size, self._tint = theme, name, size, tint
        theme.changed.connect(self._draw)
        self._draw()

    def use(self, name: str) -> None:
        """Another drawing."""
        self._name = name
        self._draw()

    def _draw(self) -> None:
        color = self._theme.tokens.hex(self._tint)
        self.setPixmap(icon_pixmap(self._name, color, self._size, self.devicePixelRatioF()))
