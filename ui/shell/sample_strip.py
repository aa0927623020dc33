"""Says that what is shown is made up, and how to leave it."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from ui.theme.theme import Theme
from ui.widgets.buttons import TextButton
from ui.widgets.layouts import column, frame, row
from ui.widgets.untrusted_text import PlainLabel
from ui.wording import translate


class SampleStrip(QWidget):
    """Always in sight while looking around."""

    leave_wanted = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        words = PlainLabel(
            translate("Sample", "You are looking at made-up data. Nothing of it is kept or sent."),
            role="strong",
        )
        self.leave = TextButton(theme, translate("Sample", "Begin with my own"), "", "quiet")
        self.leave.clicked.connect(self.leave_wanted)
        box = frame("inset", row(words, None, self.leave, gap=2, margins=(4, 0, 1, 0)))
        self.setLayout(column(box, margins=(4, 2, 4, 2)))
