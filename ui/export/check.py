"""Checking a packet, ours or someone else's, with what is known from outside it."""

from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QDialog, QFileDialog, QLineEdit, QVBoxLayout, QWidget

from core.errors import AppError
from ui.background import Background
from ui.messages import words_for
from ui.theme.theme import Theme
from ui.widgets.buttons import TextButton
from ui.widgets.layouts import column, empty, frame, row, rule, scrolled
from ui.widgets.untrusted_text import PlainLabel, one_line
from ui.wording import counted, number, translate, utc_time

if TYPE_CHECKING:
    from core.export.verify import PacketReport

_CONTEXT = "CheckPacket"
_FAULTS_SHOWN = 12


@dataclass(frozen=True, slots=True)
class CheckWish:
    """A packet, and what its reader knows from elsewhere; empty texts are things not known."""

    packet: Path
    key: str = ""
    fingerprint: str = ""
    authority: str = ""
    original: str = ""


def check_packet(wish: CheckWish, own_key: str) -> "PacketReport":
    """In a worker. Without a key given, this log's own is tried first. Raises `AppError`."""
    from app.services.verify import parse_anchor, parse_key, read_certificates, verify_file

    packet = wish.packet.parent if wish.packet.name == "bagit.txt" else wish.packet
    anchors = [parse_anchor(one) for one in wish.fingerprint.split()]
    roots = read_certificates(Path(wish.authority).expanduser()) if wish.authority else ()
    original = Path(wish.original).expanduser() if wish.original else None
    check = partial(verify_file, packet, anchors=anchors, stamp_roots=roots, original=original)
    if wish.key:
        return check(key=parse_key(wish.key))
    ours = check(key=bytes.fromhex(own_key))
    return ours if ours.ok else check(key=None)


class CheckDialog(QDialog):
    """Asks for the packet and for what is known, and shows what the check found."""

    def __init__(
        self, theme: Theme, background: Background, own_key: str, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._theme, self._background, self._own_key = theme, background, own_key
        self.setWindowTitle(translate(_CONTEXT, "Check a packet"))
        self.setModal(True)
        self.resize(680, 720)
        self.packet = self._field(translate(_CONTEXT, "The zip, or bagit.txt inside its folder"))
        self.key = self._field(translate(_CONTEXT, "64 characters, told to you by telephone or in person"))
        self.fingerprint = self._field(translate(_CONTEXT, "NUMBER:LETTERS, kept by somebody else"))
        self.authority = self._field(translate(_CONTEXT, "Only for an authority Breakwater does not know"))
        self.original = self._field(translate(_CONTEXT, "Only for a redacted copy"))
        self._result: QVBoxLayout = column(gap=2)
        result = QWidget()
        result.setLayout(self._result)
        body = QWidget()
        body.setLayout(
            column(
                self._intro(),
                self._asked(translate(_CONTEXT, "Packet"), self.packet, browse=True),
                self._asked(translate(_CONTEXT, "Key of the sender"), self.key),
                self._asked(translate(_CONTEXT, "Fingerprint of the log"), self.fingerprint),
                self._asked(
                    translate(_CONTEXT, "Certificate of a time-stamp authority"), self.authority, browse=True
                ),
                self._asked(translate(_CONTEXT, "Original packet"), self.original, browse=True),
                result,
                None,
                gap=3,
                margins=(6, 1, 6, 3),
            )
        )
        self.go = TextButton(theme, translate(_CONTEXT, "Check"), "verify", "primary").on_click(self.check)
        self.go.setDefault(True)
        close = TextButton(theme, translate(_CONTEXT, "Close")).on_click(self.accept)
        head = column(PlainLabel(translate(_CONTEXT, "Check a packet"), role="title"), margins=(6, 5, 6, 2))
        feet = row(None, close, self.go, gap=2, margins=(6, 3, 6, 4))
        self._area = scrolled(body)
        self.setLayout(column(head, self._area, rule(), feet, gap=0))
        self.packet.setFocus()

    def wish(self) -> CheckWish:
        """What was filled in."""
        return CheckWish(
            Path(self.packet.text().strip()).expanduser(),
            self.key.text().strip(),
            self.fingerprint.text().strip(),
            self.authority.text().strip(),
            self.original.text().strip(),
        )

    def check(self) -> None:
        """Check what is named."""
        if not self.packet.text().strip():
            return
        self.go.setEnabled(False)
        self._say("inset", translate(_CONTEXT, "Checking…"), [])
        started = self._background.start(
            "check-packet",
            translate(_CONTEXT, "Checking a packet"),
            lambda _: check_packet(self.wish(), self._own_key),
            self.show_report,
            self._failed,
        )
        self.go.setEnabled(not started)

    def show_report(self, report: "PacketReport") -> None:
        """What the check found."""
        self.go.setEnabled(True)
        lines = [verdict_words(report, ours=report.signer == self._own_key)] if report.ok else []
        lines += _facts(report) if report.ok else []
        lines += [one_line(fault.what, 300) for fault in report.faults[:_FAULTS_SHOWN]]
        lines += [one_line(note, 300) for note in report.notes]
        if report.ok:
            self._say("noticeGood", translate(_CONTEXT, "The packet holds"), lines)
        else:
            self._say("notice", translate(_CONTEXT, "The packet is refused"), lines)

    def _failed(self, error: Exception) -> None:
        self.go.setEnabled(True)
        words = words_for(error if isinstance(error, AppError) else AppError())
        self._say("notice", words.title, [words.explanation])

    def _say(self, role: str, title: str, lines: list[str]) -> None:
        empty(self._result)
        self.verdict = PlainLabel(title, role="strong").wrapped()
        parts = [self.verdict, *(PlainLabel(line).wrapped() for line in lines)]
        self._result.addWidget(frame(role, column(*parts, gap=1, margins=(4, 3, 4, 3))))
        bar = self._area.verticalScrollBar()
        bar.rangeChanged.connect(lambda _least, most: bar.setValue(most))

    def _intro(self) -> QWidget:
        return PlainLabel(
            translate(
                _CONTEXT,
                "Nothing in the packet is opened, run or sent. What you fill in here must come from outside "
                "the packet; without a key or a fingerprint a check only shows that it agrees with itself.",
            ),
            role="soft",
        ).wrapped()

    def _asked(self, title: str, field: QLineEdit, *, browse: bool = False) -> QWidget:
        field.setAccessibleName(title)
        parts: list[QWidget] = [field]
        if browse:
            pick = TextButton(self._theme, translate(_CONTEXT, "Choose…"), "folder")
            pick.on_click(partial(self._browse, title, field))
            pick.setAccessibleName(f"{translate(_CONTEXT, 'Choose…')} {title}")
            parts.append(pick)
        line = row(*parts, gap=2)
        line.setStretch(0, 1)
        holder = QWidget()
        holder.setLayout(column(PlainLabel(title, role="section"), line, gap=0))
        return holder

    @staticmethod
    def _field(hint: str) -> QLineEdit:
        field = QLineEdit()
        field.setPlaceholderText(hint)
        return field

    def _browse(self, title: str, field: QLineEdit) -> None:
        name, _ = QFileDialog.getOpenFileName(self, title, field.text())
        if name:
            field.setText(name)


def verdict_words(report: "PacketReport", *, ours: bool) -> str:
    """What the check can honestly say."""
    signed = (
        translate(_CONTEXT, "It is whole, and signed by this copy of Breakwater.")
        if ours
        else translate(_CONTEXT, "It is whole, and signed by the key you gave.")
    )
    words = {
        "CONSISTENT": translate(
            _CONTEXT, "It agrees with itself. Who made it cannot be told without their key or fingerprint."
        ),
        "SIGNED": signed,
        "ANCHORED": translate(_CONTEXT, "It is whole, and matches the fingerprint you gave."),
        "SIGNED_AND_ANCHORED": signed + " " + translate(_CONTEXT, "It matches the fingerprint you gave."),
    }
    return words.get(report.verdict.name, one_line(report.verdict.value))


def _facts(report: "PacketReport") -> list[str]:
    lines = [
        translate(_CONTEXT, "{items} messages out of a log of {entries} entries.").format(
            items=number(report.items), entries=number(report.entries)
        )
    ]
    if report.anchored:
        words = translate(_CONTEXT, "Covered by the fingerprint: the first {n} entries, not what came later.")
        lines.append(words.format(n=number(report.anchored)))
    for stamp in report.stamps:
        if stamp.at is not None:
            words = translate(_CONTEXT, "Time stamp: the first {n} entries existed on {time}.")
            lines.append(words.format(n=number(stamp.size), time=utc_time(stamp.at)))
        else:
            words = translate(
                _CONTEXT, "Time stamp over the first {n} entries, by an authority nobody here vouches for."
            )
            lines.append(words.format(n=number(stamp.size)))
    if report.redacted:
        words = counted(
            report.redacted,
            translate(_CONTEXT, "One message is redacted: only its place in the log is proven."),
            translate(_CONTEXT, "{n} messages are redacted: only their place in the log is proven."),
        )
        lines.append(words)
    if report.derived:
        lines.append(translate(_CONTEXT, "Every message fits the original packet you gave."))
    if report.missing:
        lines.append(translate(_CONTEXT, "It says itself that it is not complete for its receiver."))
    return lines
