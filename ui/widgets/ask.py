"""A question before something that matters, in our own look."""

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QWidget

from ui.naming import dialog_title
from ui.theme.theme import Theme
from ui.widgets.buttons import TextButton
from ui.widgets.layouts import column, row
from ui.widgets.untrusted_text import PlainLabel
from ui.wording import translate

_WIDTH: Final = 440


def open_dialog(dialog: QDialog) -> None:
    """Show over its window without stopping it, and forget it when it closes."""
    dialog.setWindowTitle(dialog_title(dialog.windowTitle()))
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.open()


def ask(  # noqa: PLR0917 - read in the order of the dialog
    theme: Theme, parent: QWidget, title: str, explanation: str, action: str, agreed: Callable[[], None]
) -> QDialog:
    """Ask; `agreed` runs if the person says so."""
    dialog = QDialog(parent)
    dialog.setWindowTitle(translate("Ask", "One question"))
    dialog.setModal(True)
    dialog.setFixedWidth(_WIDTH)
    go = TextButton(theme, action, "", "primary").on_click(dialog.accept)
    cancel = TextButton(theme, translate("Ask", "Cancel")).on_click(dialog.reject)
    layout = column(
        PlainLabel(title, role="title").wrapped(),
        PlainLabel(explanation, role="soft").wrapped(),
        None,
        row(None, cancel, go, gap=2),
        gap=4,
        margins=(6, 6, 6, 5),
    )
    dialog.setLayout(layout)
    # Qt guesses the height of long text from a narrower column.
    dialog.resize(_WIDTH, layout.heightForWidth(_WIDTH))
    dialog.accepted.connect(agreed)
    cancel.setFocus()
    open_dialog(dialog)
    return dialog
