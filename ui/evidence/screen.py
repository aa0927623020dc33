"""Evidence: what protects the log, where it stands, whether it holds, and packets out of it."""

from collections.abc import Callable, Sequence
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QFrame, QVBoxLayout, QWidget

from app.jobs.changes import ChangeKind
from app.jobs.observer import Lane
from app.services.verify import parse_anchor
from core.domain.evidence import LogReport
from core.errors import AppError, BadInput
from ui.background import Background
from ui.evidence.anchor_list import AnchorList
from ui.evidence.fitting import fit
from ui.evidence.hand_over import HandOverDialog
from ui.evidence.log_card import LogCard
from ui.evidence.protection_card import ProtectionCard
from ui.evidence.results import fault_lines, log_lines, log_title, verdict_words
from ui.evidence.stamps import StampsDialog
from ui.evidence.words import consent_words, receiver_name, up_to, why_words
from ui.messages import words_for
from ui.theme.theme import Theme
from ui.theme.tokens import GRID
from ui.widgets.ask import ask, open_dialog
from ui.widgets.buttons import TextButton
from ui.widgets.layouts import column, empty, frame, row, scrolled
from ui.widgets.untrusted_text import PlainLabel, one_line
from ui.wording import translate

if TYPE_CHECKING:
    from app.services.anchor import AnchorService, HandOver, Overview, StampReport
    from app.services.bundle import Services
    from app.services.evidence import LogSummary
    from core.anchoring.plan import AnchorPlan
    from core.domain.evidence import Anchor
    from core.export.verify import PacketReport

_CONTEXT = "Evidence"
_MOST_LINES: Final = 20
# Pixels.
_ONE_COLUMN: Final = 920
_TWO_COLUMNS: Final = 1640
_WIDE: Final = 1500


class EvidenceScreen(QWidget):
    """Protection, the log and its check, what left this computer, packets."""

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
        self._plan: AnchorPlan | None = None
        self._changes = count(1)
        self._result: QVBoxLayout = column(gap=2)
        self.protection = ProtectionCard(theme, may_stamp=not services.sample)
        self.log = LogCard(theme)
        self.anchors = AnchorList(theme)
        self.check = self.log.check
        self._connect()
        self._body = QWidget()
        self._columns = QBoxLayout(QBoxLayout.Direction.TopToBottom)
        self._columns.setSpacing(4 * GRID)
        self._columns.addLayout(column(self.protection, self._result, self.log, gap=4), 3)
        self._columns.addLayout(column(self.anchors, self._packet_card(), None, gap=4), 2)
        self._body.setLayout(column(self._intro(), self._columns, None, gap=4, margins=(6, 5, 6, 6)))
        self.setLayout(column(scrolled(self._body)))
        self._arrange()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Two columns where there is room for them."""
        super().resizeEvent(event)
        self._arrange()

    def _arrange(self) -> None:
        wide = self.width() >= _WIDE
        direction = QBoxLayout.Direction.LeftToRight if wide else QBoxLayout.Direction.TopToBottom
        self._columns.setDirection(direction)
        self._body.setMaximumWidth(_TWO_COLUMNS if wide else _ONE_COLUMN)

    def _connect(self) -> None:
        self.protection.stamp_wanted.connect(self.ask_for_stamp)
        self.protection.hand_over_wanted.connect(self._offer)
        self.protection.choices_wanted.connect(self.show_choices)
        self.protection.again_wanted.connect(self.refresh)
        self.log.check_wanted.connect(self.verify)

    def refresh(self) -> None:
        """Look at the log and at what protects it again."""
        self._background.read("evidence-state", self._services.evidence.state, self.show_state)
        self._background.read(
            "evidence-anchors",
            self._services.anchor.overview,
            self.show_overview,
            lambda error: self.protection.show_error(_explained(error)),
        )

    def show_state(self, summary: "LogSummary") -> None:
        """New figures."""
        self.log.show_state(summary)

    def show_overview(self, seen: "Overview") -> None:
        """New anchors."""
        self._plan = seen.plan
        self.protection.show_overview(seen)
        self.anchors.show_overview(seen)

    # Time stamps.

    def ask_for_stamp(self) -> None:
        """At once when the person has agreed before; else after telling them what an authority learns."""
        if self._plan is None:
            return
        if self._plan.agreed:
            self._stamp()
            return
        dialog = ask(
            self._theme,
            self,
            translate(_CONTEXT, "Ask for a time stamp?"),
            consent_words([one.name for one in self._plan.asked]),
            translate(_CONTEXT, "Ask for it"),
            self._agreed,
        )
        fit(dialog, dialog.width())

    def _agreed(self) -> None:
        self._background.start(
            "anchor-agree", "", lambda _: self._services.anchor.agree(), lambda _: self._stamp(), self._failed
        )

    def _stamp(self) -> None:
        started = self._background.start(
            "anchor-stamp",
            translate(_CONTEXT, "Getting a time stamp"),
            self._services.anchor.stamp,
            self._stamped,
            self._failed,
            lane=Lane.NETWORK,
            changes=(ChangeKind.EVIDENCE,),
        )
        self.protection.stamp.setEnabled(not started)

    def _stamped(self, report: "StampReport") -> None:
        self.protection.stamp.setEnabled(True)
        self.refresh()
        if self._plan is None:
            return
        tried = [_tried(one, self._plan) for one in report.anchors if one is not report.confirmed]
        if report.confirmed is not None:
            words = translate(_CONTEXT, "Everything up to entry {n} now has a time stamp by {name}.").format(
                n=up_to(report.confirmed), name=one_line(receiver_name(report.confirmed, self._plan))
            )
            self._say(True, translate(_CONTEXT, "Protected"), [words, *tried])
        else:
            words = translate(
                _CONTEXT, "Nothing is lost. Try again later, or hand the line to somebody you trust."
            )
            self._say(False, translate(_CONTEXT, "No time stamp this time"), [*tried, words])

    def show_choices(self) -> None:
        """How often, and whom to ask."""
        if self._plan is None:
            return
        dialog = StampsDialog(self._theme, self._plan, self)
        dialog.change.connect(lambda change: self._change(dialog, change))
        dialog.finished.connect(lambda _: self.refresh())
        open_dialog(dialog)

    def _change(self, dialog: StampsDialog, change: "Callable[[AnchorService], AnchorPlan]") -> None:
        # Its own name each time: a second click must not be dropped while the first is under way.
        self._background.start(
            f"anchor-plan-{next(self._changes)}",
            "",
            lambda _: change(self._services.anchor),
            dialog.show_plan,
            lambda error: dialog.say(_explained(error)),
        )

    # Handing over.

    def _offer(self) -> None:
        self._background.read("anchor-offer", self._services.anchor.offer, self.show_line, self._failed)

    def show_line(self, given: "HandOver") -> None:
        """The line, to give to somebody."""
        dialog = HandOverDialog(self._theme, given, self)
        dialog.noted.connect(lambda to: self._note(dialog, given, to))
        open_dialog(dialog)

    def _note(self, dialog: HandOverDialog, given: "HandOver", to: str) -> None:
        self._background.start(
            "anchor-note",
            "",
            lambda _: self._services.anchor.record_hand_over(given, to),
            lambda _: dialog.accept(),
            lambda error: dialog.say(_explained(error), good=False),
            changes=(ChangeKind.EVIDENCE,),
        )

    # Checking.

    def verify(self, kept: str = "") -> None:
        """Check the whole log, against the lines typed in if there are any."""
        try:
            lines = [parse_anchor(one) for one in kept.split()[:_MOST_LINES]]
        except BadInput:
            words = translate(
                _CONTEXT, "A line is a number, a colon and 44 letters and digits, such as 1204:q83v…"
            )
            self._say(False, translate(_CONTEXT, "This is not such a line"), [words])
            return
        # Not switched off meanwhile: that would move the focus, and one check at a time runs anyway.
        self._background.start(
            "verify-log",
            translate(_CONTEXT, "Checking the evidence log"),
            lambda _: self._verified(lines),
            self._checked,
            self._failed,
        )

    def _verified(self, lines: Sequence[tuple[int, bytes]]) -> LogReport:
        return self._services.evidence.verify(lines)

    def verify_packet(self, path: Path) -> None:
        """Check a packet, ours or someone else's."""
        self._background.start(
            "verify-packet",
            translate(_CONTEXT, "Checking a packet"),
            lambda _: self._verify_packet(path),
            lambda report: self._packet_checked(path, report),
            self._failed,
        )

    def _checked(self, report: LogReport) -> None:
        self._say(report.ok, log_title(report), log_lines(report))

    def _packet_checked(self, path: Path, report: "PacketReport") -> None:
        name = one_line(path.name, 120)
        if report.ok:
            title = translate(_CONTEXT, "{name}: the packet holds").format(name=name)
        else:
            title = translate(_CONTEXT, "{name}: the packet is refused").format(name=name)
        self._say(report.ok, title, [verdict_words(report), *fault_lines(report.faults)])

    def _failed(self, error: Exception) -> None:
        self.protection.stamp.setEnabled(not self._services.sample)
        words = words_for(error if isinstance(error, AppError) else AppError())
        self._say(False, words.title, [words.explanation])

    def _say(self, good: bool, title: str, lines: list[str]) -> None:
        empty(self._result)
        parts = [PlainLabel(title, role="good" if good else "urgent").wrapped()]
        parts += [PlainLabel(line, role="soft").wrapped() for line in lines]
        self.result_title, self.result_lines = parts[0], parts[1:]
        self._result.addWidget(
            frame("noticeGood" if good else "notice", column(*parts, gap=1, margins=(4, 3, 4, 3)))
        )

    # Putting it together.

    def _intro(self) -> QWidget:
        return PlainLabel(
            translate(
                _CONTEXT,
                "Every message is sealed the moment it arrives, in the order it arrived. "
                "Entries are only ever added. Deleting a post on the platform does not remove it here.",
            ),
            role="soft",
        ).wrapped()

    def _packet_card(self) -> QFrame:
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


def _tried(anchor: "Anchor", plan: "AnchorPlan") -> str:
    return translate(_CONTEXT, "{name}: {why}.").format(
        name=one_line(receiver_name(anchor, plan)), why=why_words(anchor.error_code)
    )


def _explained(error: Exception) -> str:
    return words_for(error if isinstance(error, AppError) else AppError()).explanation
