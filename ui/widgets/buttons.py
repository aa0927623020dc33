"""Buttons whose drawings follow the palette."""

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QPushButton, QToolButton, QWidget

from ui.theme.icons import icon, lead_icon
from ui.theme.theme import Theme

_ICON: Final = 18
_GAP: Final = 5


class IconButton(QToolButton):
    """A drawing with a name: the name is its tooltip and what a screen reader says."""

    def __init__(
        self, theme: Theme, drawing: str, name: str, parent: QWidget | None = None, *, tint: str = "text-soft"
    ) -> None:
        super().__init__(parent)
        self._theme, self._drawing, self._tint = theme, drawing, tint
        self.setProperty("role", "icon")
        self.setIconSize(QSize(20, 20))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.rename(name)
        theme.changed.connect(self._tint_again)
        self._tint_again()

    def rename(self, name: str) -> None:
        """Change what it is called."""
        self.setToolTip(name)
        self.setAccessibleName(name)

    def redraw(self, drawing: str) -> None:
        """Change the drawing."""
        self._drawing = drawing
        self._tint_again()

    def _tint_again(self) -> None:
        tokens = self._theme.tokens
        self.setIcon(icon(self._drawing, tokens.hex(self._tint), tint_disabled=tokens.hex("line-strong")))


class TextButton(QPushButton):
    """A button with words and, if given, a drawing. `role` is "primary", "quiet" or "" (plain)."""

    def __init__(
        self, theme: Theme, text: str, drawing: str = "", role: str = "", parent: QWidget | None = None
    ) -> None:
        super().__init__(text, parent)
        self._theme, self._drawing, self._role = theme, drawing, role
        if role:
            self.setProperty("role", role)
        self.setAutoDefault(False)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        if drawing:
            self.setIconSize(QSize(_ICON + _GAP, _ICON))
            theme.changed.connect(self._tint_again)
            self._tint_again()

    def on_click(self, act: Callable[[], object]) -> "TextButton":
        """Connect and return itself, for building rows of buttons."""
        self.clicked.connect(lambda _checked=False: act())
        return self

    def redraw(self, drawing: str) -> None:
        """Change the drawing of a button that has one."""
        self._drawing = drawing
        self._tint_again()

    def _tint_again(self) -> None:
        tokens = self._theme.tokens
        tint = {"primary": "on-accent", "quiet": "accent"}.get(self._role, "text-soft")
        self.setIcon(lead_icon(self._drawing, tokens.hex(tint), tokens.hex("line-strong"), _ICON, _GAP))
