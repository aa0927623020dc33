"""Where a packet goes, how far it is, and what to tell its reader."""

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QCheckBox, QFileDialog, QLineEdit, QProgressBar, QWidget

from ui.export.case_form import missing_name
from ui.theme.theme import Theme
from ui.widgets.buttons import TextButton
from ui.widgets.layouts import column, frame, row
from ui.widgets.untrusted_text import PlainLabel, one_line
from ui.wording import counted, number, translate

if TYPE_CHECKING:
    from app.services.export import Exported

_CONTEXT = "Export"


class WriteStep(QWidget):
    """Folder, form, the one reader it is for; then progress."""

    def __init__(self, theme: Theme, folder: Path, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.folder = QLineEdit(str(folder))
        self.folder.setAccessibleName(translate(_CONTEXT, "Folder"))
        browse = TextButton(theme, translate(_CONTEXT, "Choose…"), "folder").on_click(self._browse)
        self.as_zip = QCheckBox(translate(_CONTEXT, "As one file (zip)"))
        self.as_zip.setChecked(True)
        self.recipient = QLineEdit()
        self.recipient.setAccessibleName(translate(_CONTEXT, "Only for this reader"))
        self.recipient.setPlaceholderText("age1…  /  ssh-ed25519 …")
        line = row(self.folder, browse, gap=2)
        line.setStretch(0, 1)
        note = PlainLabel(
            translate(
                _CONTEXT,
                "If the reader gave you a public key (age or SSH), paste it here: then only they can open "
                "the file. You cannot open it yourself. Leave it empty otherwise.",
            ),
            role="caption",
        ).wrapped()
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.status = PlainLabel(role="soft").wrapped()
        self._progress = QWidget()
        self._progress.setLayout(column(self.status, self.bar, gap=2))
        self._progress.hide()
        reader = PlainLabel(translate(_CONTEXT, "Only for this reader"), role="section")
        self._of_packet = QWidget()
        self._of_packet.setLayout(column(self.as_zip, 3, reader, self.recipient, note, gap=2))
        folder_title = PlainLabel(translate(_CONTEXT, "Folder"), role="section")
        self._questions = QWidget()
        self._questions.setLayout(column(folder_title, line, self._of_packet, gap=2))
        self.setLayout(column(self._questions, 2, self._progress, None, gap=2))

    def ask_for(self, *, figures: bool) -> None:
        """A packet has a form and perhaps one reader; figures have neither."""
        self._of_packet.setVisible(not figures)

    def recipients(self) -> tuple[str, ...]:
        """The reader's key, if one was given."""
        text = self.recipient.text().strip()
        return (text,) if text else ()

    def running(self) -> None:
        """It is being written."""
        self._questions.setEnabled(False)
        self._progress.show()
        self.bar.show()
        self.bar.setRange(0, 0)
        self._say(translate(_CONTEXT, "Writing the packet. You can stop at any time."), "soft")

    def progressed(self, done: int, total: int) -> None:
        """How far it is."""
        self.bar.setRange(0, total)
        self.bar.setValue(done)
        words = translate(_CONTEXT, "{done} of {total} written. You can stop at any time.")
        self.status.setText(words.format(done=number(min(done, total)), total=number(total)))

    def stopped(self, words: str) -> None:
        """It is not being written any more; `words` say why."""
        self._questions.setEnabled(True)
        self.bar.hide()
        self._progress.show()
        self._say(words, "strong")

    def _say(self, words: str, role: str) -> None:
        """Quiet while it goes well; what ended it stands out."""
        self.status.setText(words)
        self.status.setProperty("role", role)
        self.status.style().polish(self.status)

    def _browse(self) -> None:
        picked = QFileDialog.getExistingDirectory(self, translate(_CONTEXT, "Folder"), self.folder.text())
        if picked:
            self.folder.setText(picked)


class DoneStep(QWidget):
    """The file, and the two lines that make it worth more, to be told by another road."""

    check_wanted = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.title = PlainLabel(role="good").wrapped()
        self.place = PlainLabel(role="mono").wrapped()
        self.place.setTextInteractionFlags(_SELECTABLE)
        self.missing = PlainLabel(role="soft").wrapped()
        self.root = self._line()
        self.signer = self._line()
        copy_root = TextButton(theme, translate(_CONTEXT, "Copy"), "copy").on_click(
            lambda: QGuiApplication.clipboard().setText(self.root.text())
        )
        copy_key = TextButton(theme, translate(_CONTEXT, "Copy"), "copy").on_click(
            lambda: QGuiApplication.clipboard().setText(self.signer.text())
        )
        copy_root.setAccessibleName(translate(_CONTEXT, "Copy the fingerprint"))
        copy_key.setAccessibleName(translate(_CONTEXT, "Copy the key"))
        self.check = TextButton(theme, translate(_CONTEXT, "Check it now"), "verify").on_click(
            self.check_wanted.emit
        )
        self._steps = PlainLabel(
            translate(
                _CONTEXT,
                "1. Give the file to your reader yourself: on a stick, in person, or by a way you trust. "
                "Breakwater sends nothing.\n"
                "2. Tell them the fingerprint and the key by another way, by telephone for example. Without "
                "them, a check can only say that the packet agrees with itself.\n"
                "3. Ask for a receipt with a number, and write the number down here under earlier reports "
                "next time.\n"
                "4. Keep your data on this computer: the sealed originals stay the evidence.",
            )
        ).wrapped()
        told = column(
            PlainLabel(translate(_CONTEXT, "Fingerprint of the log"), role="section"),
            _beside(self.root, copy_root),
            PlainLabel(translate(_CONTEXT, "Key of the log"), role="section"),
            _beside(self.signer, copy_key),
            gap=1,
            margins=(4, 3, 4, 3),
        )
        checks = row(self.check, None)
        self._told = frame("inset", told)
        self.setLayout(
            column(self.title, self.place, self.missing, self._told, self._steps, checks, None, gap=3)
        )

    def show_figures(self, path: Path) -> None:
        """Figures were written: nothing to tell by another road, nothing to check."""
        self.title.setText(translate(_CONTEXT, "The figures are written."))
        self.place.setText(one_line(str(path), 400))
        for part in (self.missing, self._told, self.check):
            part.hide()
        self._steps.setText(
            translate(
                _CONTEXT,
                "Breakwater sends nothing: pass the file on yourself, to those you meant it for. That it was "
                "made is noted in the log.",
            )
        )

    def show_made(self, made: "Exported") -> None:
        """What was written."""
        words = counted(
            made.items,
            translate(_CONTEXT, "The packet is written, with one message."),
            translate(_CONTEXT, "The packet is written, with {n} messages."),
        )
        self.title.setText(words)
        self.place.setText(one_line(str(made.packet), 400))
        self.root.setText(made.fingerprint)
        self.signer.setText(made.signer)
        self.missing.setVisible(bool(made.missing))
        lacking = ", ".join(missing_name(one) for one in made.missing)
        self.missing.setText(
            translate(_CONTEXT, "It says itself that it is not complete: {names}.").format(names=lacking)
        )
        self.check.setVisible(made.packet.suffix != ".age")

    @staticmethod
    def _line() -> PlainLabel:
        label = PlainLabel(role="mono").wrapped()
        label.setTextInteractionFlags(_SELECTABLE)
        return label


_SELECTABLE = Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard


def _beside(label: QWidget, button: QWidget) -> QWidget:
    holder = QWidget()
    line = row(label, button, gap=2)
    line.setStretch(0, 1)
    holder.setLayout(line)
    return holder
