"""What the window shows after quick-hide, so that a glance or a thumbnail tells nothing."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from ui.theme.theme import Theme
from ui.widgets.buttons import TextButton
from ui.widgets.layouts import column, row
from ui.widgets.untrusted_text import PlainLabel
from ui.wording import translate


class Cover(QWidget):
    """An empty page with one way back."""

    back_wanted = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("page")
        words = PlainLabel(translate("Cover", "Nothing is shown here."), role="soft")
        words.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self.back = TextButton(theme, translate("Cover", "Go on"))
        self.back.clicked.connect(self.back_wanted)
        self.setLayout(column(None, words, row(None, self.back, None), None, gap=3))
