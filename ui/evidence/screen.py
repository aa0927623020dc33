"""Evidence: where the log stands, whether it holds, and packets out of it."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QVBoxLayout, QWidget

from core.domain.evidence import LogFault, LogReport
from core.errors import AppError
from ui.background import Background
from ui.messages import words_for
from ui.theme.theme import Theme
from ui.widgets.buttons import TextButton
from ui.widgets.layouts import column, empty, frame, row, scrolled
from ui.widgets.untrusted_text import PlainLabel, one_line
from ui.wording import counted, local_time, number, translate, utc_time

if TYPE_CHECKING:
    from app.services.bundle import Services
    from app.services.evidence import LogSummary
    from core.export.verify import PacketReport

_CONTEXT = "Evidence"
_FAULTS_SHOWN = 20
# The fingerprint read in groups of eight, as one reads it out on the telephone.
_GROUP = 11


class EvidenceScreen(QWidget):
    """Figures, the fingerprint, and three buttons."""

    export_wanted = Signal()
    packet_wanted = Signal()

    def __init__(
        self,
        theme: Theme,
        services: "Services",
        background: Background,
        verify_packet: Callable[[Path], "PacketReport"],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setObjectName("page")
        self._theme, self._services, self._background = theme, services, background
        self._verify_packet = verify_packet
        self._summary: LogSummary | None = None
        self._result: QVBoxLayout = column(gap=2)
        body = QWidget()
        body.setMaximumWidth(920)
        body.setLayout(
            column(
                self._intro(),
                self._state_card(),
                self._result,
                self._packet_card(),
                None,
                gap=4,
                margins=(6, 5, 6, 6),
            )
        )
        self.setLayout(column(scrolled(body)))

    def refresh(self) -> None:
        """Read the state of the log again."""
        self._background.read("evidence-state", self._services.evidence.state, self.show_state)

    def show_state(self, summary: "LogSummary") -> None:
        """New figures."""
        self._summary = summary
        self.entries.setText(number(summary.size))
        self.last.setText(
            local_time(summary.last_at) if summary.last_at else translate(_CONTEXT, "nothing yet")
        )
        self.last_utc.setText(utc_time(summary.last_at) if summary.last_at else "")
        root = summary.root
        self.root.setText(" ".join(root[i : i + _GROUP] for i in range(0, len(root), _GROUP)))
        self.protected.setText(
            translate(
                _CONTEXT,
                "Whoever holds this fingerprint can later show that nothing up to entry #{n} was changed, "
                "added or left out. Send it to a lawyer or a friend from time to time.",
            ).format(n=number(summary.size))
        )

    def verify(self) -> None:
        """Check the whole log."""
        self.check.setEnabled(False)
        started = self._background.start(
            "verify-log",
            translate(_CONTEXT, "Checking the evidence log"),
            lambda _: self._services.evidence.verify(),
            self._checked,
            self._failed,
        )
        self.check.setEnabled(not started)

    def verify_packet(self, path: Path) -> None:
        """Check a packet, ours or someone else's."""
        self._background.start(
            "verify-packet",
            translate(_CONTEXT, "Checking a packet"),
            lambda _: self._verify_packet(path),
            lambda report: self._packet_checked(path, report),
            self._failed,
        )

    def _intro(self) -> QWidget:
        return PlainLabel(
            translate(
                _CONTEXT,
                "Every message is sealed the moment it arrives, in the order it arrived. "
                "Entries are only ever added. Deleting a post on the platform does not remove it here.",
            ),
            role="soft",
        ).wrapped()

    def _state_card(self) -> QWidget:
        self.entries = PlainLabel(role="display")
        self.last = PlainLabel(role="lead")
        self.last_utc = PlainLabel(role="caption")
        self.root = PlainLabel(role="mono").wrapped()
        self.root.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.protected = PlainLabel(role="soft").wrapped()
        self.copy = TextButton(self._theme, translate(_CONTEXT, "Copy fingerprint"), "copy").on_click(
            self._copy
        )
        self.check = TextButton(self._theme, translate(_CONTEXT, "Check the log"), "verify", "primary")
        self.check.on_click(self.verify)
        figures = row(
            column(
                PlainLabel(translate(_CONTEXT, "Sealed entries"), role="section"), self.entries, None, gap=1
            ),
            column(
                PlainLabel(translate(_CONTEXT, "Last entry"), role="section"),
                self.last,
                self.last_utc,
                None,
                gap=1,
            ),
            None,
            gap=12,
        )
        fingerprint = column(
            PlainLabel(translate(_CONTEXT, "Fingerprint of everything so far"), role="section"),
            frame("inset", column(self.root, margins=(3, 2, 3, 2))),
            self.protected,
            gap=2,
        )
        buttons = row(self.check, self.copy, None, gap=2)
        return frame("card", column(figures, fingerprint, buttons, gap=4, margins=(5, 4, 5, 4)))

    def _packet_card(self) -> QWidget:
        title = PlainLabel(translate(_CONTEXT, "Packets"), role="lead")
        note = PlainLabel(
            translate(
                _CONTEXT,
                "A packet is a folder or one file with the messages, their originals and proofs, a "
                "report to read, "
                "and a small program with which anyone can check it without Breakwater. "
                "No format is promised to be accepted anywhere: ask the office you send it to.",
            ),
            role="soft",
        ).wrapped()
        self.export = TextButton(self._theme, translate(_CONTEXT, "Make a packet…"), "export", "primary")
        self.export.clicked.connect(self.export_wanted)
        self.check_packet = TextButton(self._theme, translate(_CONTEXT, "Check a packet…"), "verify")
        self.check_packet.clicked.connect(self.packet_wanted)
        buttons = row(self.export, self.check_packet, None, gap=2)
        return frame("card", column(title, note, buttons, gap=3, margins=(5, 4, 5, 4)))

    def _copy(self) -> None:
        if self._summary is not None:
            QGuiApplication.clipboard().setText(self._summary.root)

    def _checked(self, report: LogReport) -> None:
        self.check.setEnabled(True)
        if report.ok:
            title = translate(_CONTEXT, "The log holds")
            words = counted(
                report.entries,
                translate(_CONTEXT, "One entry checked, none changed."),
                translate(_CONTEXT, "All {n} entries checked: none was changed, moved or taken out."),
            )
            self._say(True, title, [words])
        else:
            self._say(False, translate(_CONTEXT, "The log does not hold"), _fault_lines(report.faults))

    def _packet_checked(self, path: Path, report: "PacketReport") -> None:
        name = one_line(path.name, 120)
        if report.ok:
            title = translate(_CONTEXT, "{name}: the packet holds").format(name=name)
        else:
            title = translate(_CONTEXT, "{name}: the packet is refused").format(name=name)
        self._say(report.ok, title, [_verdict_words(report), *_fault_lines(report.faults)])

    def _failed(self, error: Exception) -> None:
        self.check.setEnabled(True)
        words = words_for(error if isinstance(error, AppError) else AppError())
        self._say(False, words.title, [words.explanation])

    def _say(self, good: bool, title: str, lines: list[str]) -> None:
        empty(self._result)
        parts = [PlainLabel(title, role="good" if good else "urgent").wrapped()]
        parts += [PlainLabel(line, role="soft").wrapped() for line in lines]
        self.result_title = parts[0]
        self._result.addWidget(
            frame("noticeGood" if good else "notice", column(*parts, gap=1, margins=(4, 3, 4, 3)))
        )


def _verdict_words(report: "PacketReport") -> str:
    """What the check can honestly say."""
    words = {
        "BROKEN": translate(_CONTEXT, "It was changed, or it is not whole."),
        "CONSISTENT": translate(
            _CONTEXT, "It is whole in itself. Who made it cannot be told without their key or fingerprint."
        ),
        "SIGNED": translate(_CONTEXT, "It is whole, and signed by this copy of Breakwater."),
        "ANCHORED": translate(_CONTEXT, "It is whole, and matches the fingerprint you gave."),
        "SIGNED_AND_ANCHORED": translate(
            _CONTEXT, "It is whole, signed by this copy of Breakwater, and matches the fingerprint you gave."
        ),
    }
    items = counted(report.items, translate(_CONTEXT, "One message."), translate(_CONTEXT, "{n} messages."))
    return f"{words.get(report.verdict.name, one_line(report.verdict.value))} {items}"


def _fault_lines(faults: tuple[LogFault, ...]) -> list[str]:
    lines = []
    for fault in faults[:_FAULTS_SHOWN]:
        what = one_line(fault.what, 300)
        if fault.seq is None:
            lines.append(what)
        else:
            lines.append(translate(_CONTEXT, "Entry #{n}: {what}").format(n=number(fault.seq), what=what))
    rest = len(faults) - _FAULTS_SHOWN
    if rest > 0:
        lines.append(counted(rest, translate(_CONTEXT, "and one more"), translate(_CONTEXT, "and {n} more")))
    return lines
