"""What a screen says when there is nothing to show, while it loads, or when it could not."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from ui.theme.theme import Theme
from ui.widgets.buttons import TextButton
from ui.widgets.drawing import Drawing
from ui.widgets.layouts import column, row
from ui.widgets.untrusted_text import PlainLabel


class EmptyState(QWidget):
    """A quiet drawing, a title, a sentence, and at most one way on."""

    def __init__(self, theme: Theme, drawing: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._drawing = Drawing(theme, drawing, 48, "text-faint")
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

    def say(self, title: str, note: str = "", drawing: str = "") -> None:
        """Change the words, and the drawing if named."""
        self.title.setText(title)
        self.note.setText(note)
        self.note.setVisible(bool(note))
        if drawing:
            self._drawing.use(drawing)
