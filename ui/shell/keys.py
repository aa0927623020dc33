"""The list of keyboard shortcuts."""

from PySide6.QtWidgets import QDialog, QGridLayout, QWidget

from ui.theme.theme import Theme
from ui.widgets.buttons import TextButton
from ui.widgets.layouts import column, frame, row
from ui.widgets.untrusted_text import PlainLabel
from ui.wording import translate

_CONTEXT = "Keys"


def key_list() -> list[tuple[str, str]]:
    """(keys, what they do), in the order shown."""
    return [
        (translate(_CONTEXT, "Space"), translate(_CONTEXT, "Show a little more of a hidden message")),
        (translate(_CONTEXT, "Esc"), translate(_CONTEXT, "Hide it again")),
        ("J / K", translate(_CONTEXT, "Next or previous message")),
        ("M", translate(_CONTEXT, "Mute, after a preview")),
        ("B", translate(_CONTEXT, "Block, after a preview")),
        ("R", translate(_CONTEXT, "Report, after a preview")),
        ("F", translate(_CONTEXT, "This is fine")),
        ("H", translate(_CONTEXT, "This is hostile")),
        ("A", translate(_CONTEXT, "Set aside")),
        ("Ctrl+F", translate(_CONTEXT, "Search")),
        ("F5", translate(_CONTEXT, "Check for new messages")),
        ("Ctrl+1 … Ctrl+7", translate(_CONTEXT, "Go to a place")),
        ("F9", translate(_CONTEXT, "Hide this window at once")),
        ("Ctrl+L", translate(_CONTEXT, "Lock, if there is a passphrase")),
        ("?", translate(_CONTEXT, "This list")),
    ]


class KeysDialog(QDialog):
    """Every action on one key."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(translate(_CONTEXT, "Keyboard shortcuts"))
        grid = QGridLayout()
        grid.setHorizontalSpacing(24)
        grid.setVerticalSpacing(8)
        for line, (keys, words) in enumerate(key_list()):
            grid.addWidget(
                frame("inset", column(PlainLabel(keys, role="strong"), margins=(2, 0, 2, 0))), line, 0
            )
            grid.addWidget(PlainLabel(words), line, 1)
        close = TextButton(theme, translate(_CONTEXT, "Close")).on_click(self.accept)
        title = PlainLabel(translate(_CONTEXT, "Keyboard shortcuts"), role="title")
        self.setLayout(column(title, grid, row(None, close), gap=4, margins=(6, 6, 6, 5)))
