"""What a screen says when there is nothing to show, while it loads, or when it could not."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QWidget

from ui.theme.icons import icon_pixmap
from ui.theme.theme import Theme
from ui.widgets.buttons import TextButton
from ui.widgets.layouts import column, row
from ui.widgets.untrusted_text import PlainLabel


class EmptyState(QWidget):
    """A quiet drawing, a title, a sentence, and at most one way on."""

    def __init__(self, theme: Theme, drawing: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme, self._drawing_name = theme, drawing
        self._drawing = QLabel()
        self._drawing.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self.title = PlainLabel(role="lead").wrapped()
        self.note = PlainLabel(role="soft").wrapped()
        for label in (self.title, self.note):
            label.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self.action = TextButton(theme, "")
        self.action.hide()
        centred = row(None, self.action, None)
        self.setLayout(
            column(
                None, self._drawing, 1, self.title, self.note, 1, centred, None, gap=1, margins=(6, 6, 6, 6)
            )
        )
        theme.changed.connect(self._tint)
        self._tint()

    def say(self, title: str, note: str = "", drawing: str = "") -> None:
        """Change the words, and the drawing if named."""
        self.title.setText(title)
        self.note.setText(note)
        self.note.setVisible(bool(note))
        if drawing and drawing != self._drawing_name:
            self._drawing_name = drawing
            self._tint()

    def _tint(self) -> None:
        tint = self._theme.tokens.hex("text-faint")
        self._drawing.setPixmap(icon_pixmap(self._drawing_name, tint, 48, self.devicePixelRatioF()))
