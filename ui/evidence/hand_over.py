"""Giving the line to somebody: to copy, to scan, to print; then noting who has it."""

from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QStandardPaths, Qt, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QDialog, QFileDialog, QLineEdit, QWidget

from core.anchoring.hand_over import qr_rows
from core.errors import AppError
from ui.evidence.fitting import fit
from ui.evidence.page import save_page
from ui.evidence.qr import QrCode
from ui.messages import words_for
from ui.theme.theme import Theme
from ui.widgets.buttons import TextButton
from ui.widgets.layouts import column, frame, row, rule
from ui.widgets.untrusted_text import PlainLabel
from ui.wording import number, translate

if TYPE_CHECKING:
    from app.services.anchor import HandOver

_CONTEXT = "HandOver"
_WIDTH: Final = 680


class HandOverDialog(QDialog):
    """`noted` carries whom the person gave it to, in their words."""

    noted = Signal(str)

    def __init__(self, theme: Theme, given: "HandOver", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme, self._given = theme, given
        self.setWindowTitle(translate(_CONTEXT, "Hand over a line"))
        self.setModal(True)
        self.setLayout(
            column(
                PlainLabel(translate(_CONTEXT, "Give this line to somebody you trust"), role="title"),
                PlainLabel(_why(given), role="soft").wrapped(),
                row(self._code(), self._line(), gap=5),
                rule(),
                *self._note(),
                row(None, self._close_button()),
                gap=4,
                margins=(6, 6, 6, 5),
            )
        )
        self.copy.setFocus()
        fit(self, _WIDTH)

    def say(self, text: str, *, good: bool = True) -> None:
        """A line about what was just done."""
        self.said.setText(text)
        self.said.setProperty("role", "good" if good else "urgent")
        self.said.style().polish(self.said)
        fit(self, _WIDTH)

    def _code(self) -> QWidget:
        name = translate(_CONTEXT, "The line as a code to scan")
        return QrCode(qr_rows(self._given.line), name)

    def _line(self) -> QWidget:
        size, _, root = self._given.line.partition(":")
        # Broken after the colon and in the middle: three short lines are easier to compare and to type.
        self.line = PlainLabel(f"{size}:\n{root[:22]}\n{root[22:]}", role="mono")
        self.line.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.line.setAccessibleName(self._given.line)
        self.copy = TextButton(self._theme, translate(_CONTEXT, "Copy the line"), "copy").on_click(self._copy)
        self.save = TextButton(self._theme, translate(_CONTEXT, "Save a page…"), "document")
        self.save.on_click(self._choose_file)
        self.said = PlainLabel().wrapped()
        box = QWidget()
        box.setLayout(
            column(
                frame("inset", column(self.line, margins=(4, 3, 4, 3))),
                row(self.copy, self.save, None, gap=2),
                self.said,
                None,
                gap=3,
            )
        )
        return box

    def _note(self) -> tuple[QWidget, ...]:
        self.to = QLineEdit()
        self.to.setMaxLength(200)
        self.to.setPlaceholderText(translate(_CONTEXT, "my lawyer"))
        self.to.setAccessibleName(translate(_CONTEXT, "Who has the line now"))
        self.note = TextButton(self._theme, translate(_CONTEXT, "Note it"), "check", "primary")
        self.note.setEnabled(False)
        self.note.on_click(self._note_it)
        self.to.textChanged.connect(lambda text: self.note.setEnabled(bool(text.strip())))
        self.to.returnPressed.connect(self._note_it)
        holder = QWidget()
        holder.setLayout(row(self.to, self.note, gap=2))
        return (
            PlainLabel(translate(_CONTEXT, "Once somebody has it, note who"), role="strong"),
            holder,
            PlainLabel(
                translate(
                    _CONTEXT,
                    "A role is better than a name: the note stays in the log for good and stands in packets. "
                    "It protects once they show the line; the note alone proves nothing.",
                ),
                role="caption",
            ).wrapped(),
        )

    def _close_button(self) -> TextButton:
        return TextButton(self._theme, translate(_CONTEXT, "Close")).on_click(self.reject)

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self._given.line)
        self.say(translate(_CONTEXT, "Copied."))

    def _note_it(self) -> None:
        if self.to.text().strip():
            self.note.setEnabled(False)
            self.noted.emit(self.to.text())

    def _choose_file(self) -> None:
        folder = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
        start = str(Path(folder) / f"fingerprint-{self._given.size}.pdf")
        kinds = translate(_CONTEXT, "Page to print (*.pdf);;Plain text (*.txt)")
        name, _ = QFileDialog.getSaveFileName(self, translate(_CONTEXT, "Save a page"), start, kinds)
        if name:
            self.save_to(Path(name))

    def save_to(self, path: Path) -> None:
        """Save the page and say so."""
        try:
            save_page(self._given, path, self.to.text().strip())
        except AppError as error:
            words = words_for(error)
            self.say(words.explanation, good=False)
        else:
            self.say(translate(_CONTEXT, "Saved."))


def _why(given: "HandOver") -> str:
    return translate(
        _CONTEXT,
        "A lawyer, a friend, a second device of your own, or paper in a drawer. Whoever holds it can later "
        "show that nothing up to entry #{n} was changed, added or left out. It holds none of your messages.",
    ).format(n=number(given.size - 1))
