"""Where the log stands: figures, its fingerprint, and the check."""

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFrame, QLineEdit, QWidget

from ui.theme.theme import Theme
from ui.widgets.buttons import TextButton
from ui.widgets.layouts import column, frame, row
from ui.widgets.untrusted_text import PlainLabel
from ui.wording import local_time, number, translate, utc_beside

if TYPE_CHECKING:
    from app.services.evidence import LogSummary

_CONTEXT = "Evidence"
# The fingerprint read in four groups, as one reads it out on the telephone.
_GROUP: Final = 11


class LogCard(QFrame):
    """`check_wanted` carries what was typed: lines that somebody kept, or nothing."""

    check_wanted = Signal(str)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._summary: LogSummary | None = None
        self.setProperty("role", "card")
        self.setLayout(
            column(self._figures(), self._fingerprint(), self._check(), gap=4, margins=(5, 4, 5, 4))
        )

    def show_state(self, summary: "LogSummary") -> None:
        """New figures."""
        self._summary = summary
        self.entries.setText(number(summary.size))
        nothing = translate(_CONTEXT, "nothing yet")
        self.last.setText(local_time(summary.last_at) if summary.last_at else nothing)
        beside = utc_beside(summary.last_at) if summary.last_at else ""
        self.last_utc.setText(beside)
        self.last_utc.setVisible(bool(beside))
        root = summary.root
        self.root.setText(" ".join(root[i : i + _GROUP] for i in range(0, len(root), _GROUP)))
        self.copy.setEnabled(True)

    def _figures(self) -> QWidget:
        self.entries = PlainLabel("–", role="display")
        self.last = PlainLabel("–", role="lead")
        self.last_utc = PlainLabel(role="caption")
        sealed = PlainLabel(translate(_CONTEXT, "Sealed entries"), role="section")
        last = PlainLabel(translate(_CONTEXT, "Last entry"), role="section")
        holder = QWidget()
        holder.setLayout(
            row(
                column(sealed, self.entries, None, gap=1),
                column(last, self.last, self.last_utc, None, gap=1),
                None,
                gap=12,
            )
        )
        return holder

    def _fingerprint(self) -> QWidget:
        self.root = PlainLabel(role="mono").wrapped()
        self.root.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.copy = TextButton(self._theme, translate(_CONTEXT, "Copy"), "copy", "quiet").on_click(self._copy)
        self.copy.setAccessibleName(translate(_CONTEXT, "Copy the fingerprint"))
        self.copy.setEnabled(False)
        line = row(self.root, self.copy, gap=2, margins=(3, 1, 1, 1))
        line.setStretch(0, 1)
        holder = QWidget()
        holder.setLayout(
            column(
                PlainLabel(translate(_CONTEXT, "Fingerprint of everything so far"), role="section"),
                frame("inset", line),
                gap=1,
            )
        )
        return holder

    def _check(self) -> QWidget:
        self.check = TextButton(self._theme, translate(_CONTEXT, "Check the log"), "verify")
        self.kept = QLineEdit()
        self.kept.setPlaceholderText(translate(_CONTEXT, "A line somebody kept, if you have one"))
        self.kept.setAccessibleName(translate(_CONTEXT, "A line somebody kept"))
        self.kept.returnPressed.connect(self._ask)
        self.check.on_click(self._ask)
        line = row(self.check, self.kept, gap=2)
        line.setStretch(1, 1)
        holder = QWidget()
        holder.setLayout(line)
        return holder

    def _ask(self) -> None:
        if self.check.isEnabled():
            self.check_wanted.emit(self.kept.text())

    def _copy(self) -> None:
        if self._summary is not None:
            QGuiApplication.clipboard().setText(self._summary.root)
