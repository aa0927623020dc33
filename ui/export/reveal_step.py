"""What a packet would reveal, counted from its real contents, and what to blank."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QCheckBox, QLineEdit, QVBoxLayout, QWidget

from ui.export.case_form import missing_name
from ui.export.reveal_words import about_others, about_you, withheld
from ui.widgets.layouts import column, empty, frame
from ui.widgets.untrusted_text import PlainLabel
from ui.wording import translate

if TYPE_CHECKING:
    from app.services.export import Preview
    from core.export.redact import Redaction

_CONTEXT = "Export"
_TYPING_MS = 700


class RevealStep(QWidget):
    """Recounted whenever something to blank changes."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._lines: QVBoxLayout = column(gap=1)
        self.others = QCheckBox(translate(_CONTEXT, "Other people who are named"))
        self.account = QCheckBox(translate(_CONTEXT, "My own account"))
        self.words = QLineEdit()
        self.words.setPlaceholderText(translate(_CONTEXT, "names, a street, a school; separated by commas"))
        self.words.setAccessibleName(translate(_CONTEXT, "These words"))
        self._wait = QTimer(self)
        self._wait.setSingleShot(True)
        self._wait.setInterval(_TYPING_MS)
        self._wait.timeout.connect(self.changed)
        self.words.textChanged.connect(lambda _: self._wait.start())
        for tick in (self.others, self.account):
            tick.toggled.connect(lambda _: self.changed.emit())
        note = PlainLabel(
            translate(
                _CONTEXT,
                "Messages with a blank are shown without their original bytes, and pictures stay out. "
                "Your sealed originals are not touched; with them anyone can check the copy later. "
                "Read the texts yourself: a nickname or a hint is not found by looking for words.",
            ),
            role="caption",
        ).wrapped()
        blank = column(
            PlainLabel(translate(_CONTEXT, "Blank in this copy"), role="section"),
            self.others,
            self.account,
            PlainLabel(translate(_CONTEXT, "These words"), role="caption"),
            self.words,
            note,
            gap=2,
            margins=(4, 3, 4, 3),
        )
        holder = QWidget()
        holder.setLayout(self._lines)
        self.setLayout(column(holder, 2, frame("inset", blank), None, gap=2))

    def redaction(self) -> "Redaction":
        """What is to be blanked. Words of one letter are left out: they would blank nearly everything."""
        from core.export.redact import Blanked, Redaction

        words = (one.strip() for one in self.words.text().replace("，", ",").split(","))
        kinds = [Blanked.OTHERS] if self.others.isChecked() else []
        kinds += [Blanked.OWN_ACCOUNT] if self.account.isChecked() else []
        return Redaction(words=tuple(one for one in words if len(one) > 1), kinds=frozenset(kinds))

    def wait(self) -> None:
        """Counting."""
        empty(self._lines)
        self._lines.addWidget(PlainLabel(translate(_CONTEXT, "Counting what is in it…"), role="soft"))

    def show_preview(self, preview: "Preview") -> None:
        """What it would reveal and lack."""
        empty(self._lines)
        what = preview.reveals
        self._part(translate(_CONTEXT, "About you"), about_you(what))
        self._part(translate(_CONTEXT, "About others"), about_others(what))
        self._part(translate(_CONTEXT, "Left out"), withheld(what))
        if preview.missing:
            lacking = ", ".join(missing_name(one) for one in preview.missing)
            words = translate(_CONTEXT, "Not complete for this receiver yet. Still missing: {names}.")
            label = PlainLabel(words.format(names=lacking), role="soft").wrapped()
            self._lines.addWidget(frame("notice", column(label, margins=(4, 2, 4, 2))))

    def show_problem(self, title: str, explanation: str) -> None:
        """It could not be counted."""
        empty(self._lines)
        label = PlainLabel(f"{title}. {explanation}", role="soft").wrapped()
        self._lines.addWidget(frame("notice", column(label, margins=(4, 2, 4, 2))))

    def _part(self, title: str, lines: list[str]) -> None:
        if not lines:
            return
        self._lines.addWidget(PlainLabel(title, role="section"))
        for line in lines:
            self._lines.addWidget(PlainLabel(f"•  {line}").wrapped())
        self._lines.addSpacing(8)
