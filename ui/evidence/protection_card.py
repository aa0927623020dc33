"""How far the log is protected, in one look, and the two ways to protect more."""

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QLabel, QSizePolicy, QWidget

from core.anchoring.standing import Protection
from core.domain.evidence import Anchor, AnchorKind
from ui.evidence.words import newer_words, receiver_name, up_to, why_words
from ui.theme.icons import icon_pixmap
from ui.theme.theme import Theme
from ui.widgets.buttons import TextButton
from ui.widgets.layouts import column, row
from ui.widgets.untrusted_text import PlainLabel, one_line
from ui.wording import day_time, number, translate, utc_time

if TYPE_CHECKING:
    from app.services.anchor import Overview

_CONTEXT = "Protection"
_ICON: Final = 28


class Coverage(QWidget):
    """A bar: how much of the log is under a time stamp, and how much more under a line handed over."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._stamped = self._handed = 0.0
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self.update)

    def sizeHint(self) -> QSize:
        """Thin, as wide as there is room."""
        return QSize(200, 8)

    def show_shares(self, entries: int, stamped: int, handed: int) -> None:
        """Entries under each, counted from the first."""
        whole = max(entries, 1)
        self._stamped, self._handed = stamped / whole, handed / whole
        self.setAccessibleName(
            translate(_CONTEXT, "{n} of {m} entries protected").format(
                n=number(max(stamped, handed)), m=number(entries)
            )
        )
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the track and the two shares."""
        del event
        tokens = self._theme.tokens
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        for share, color in ((1.0, "line"), (self._handed, "accent"), (self._stamped, "kind")):
            if share > 0:
                painter.setBrush(tokens.color(color))
                width = max(self.width() * share, self.height())
                painter.drawRoundedRect(QRectF(0, 0, width, self.height()), 4, 4)
        painter.end()


class ProtectionCard(QFrame):
    """The card at the top of the evidence screen."""

    stamp_wanted = Signal()
    hand_over_wanted = Signal()
    choices_wanted = Signal()
    again_wanted = Signal()

    def __init__(self, theme: Theme, *, may_stamp: bool, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme, self._may_stamp = theme, may_stamp
        self.setProperty("role", "card")
        self._drawing, self._tint = "seal", "text-faint"
        self._icon = QLabel()
        self._icon.setFixedSize(_ICON + 8, _ICON)
        self.title = PlainLabel(role="title").wrapped()
        self.lines = [PlainLabel(role="soft").wrapped() for _ in range(5)]
        self.coverage = Coverage(theme)
        heading = row(self._icon, self.title, gap=1)
        heading.setStretch(1, 1)
        heading.setAlignment(self._icon, Qt.AlignmentFlag.AlignTop)
        self.setLayout(
            column(
                heading,
                column(*self.lines, gap=1),
                self.coverage,
                self._buttons(),
                self._why(),
                gap=3,
                margins=(5, 5, 5, 5),
            )
        )
        theme.changed.connect(self._draw_icon)
        self.show_loading()

    def _buttons(self) -> QWidget:
        self.stamp = TextButton(self._theme, translate(_CONTEXT, "Get a time stamp"), "clock", "primary")
        self.stamp.clicked.connect(self.stamp_wanted)
        self.give = TextButton(self._theme, translate(_CONTEXT, "Hand over a line…"), "person")
        self.give.clicked.connect(self.hand_over_wanted)
        self.choices = TextButton(self._theme, translate(_CONTEXT, "Time stamps…"), "settings", "quiet")
        self.choices.clicked.connect(self.choices_wanted)
        self.again = TextButton(self._theme, translate(_CONTEXT, "Look again"), "sync")
        self.again.clicked.connect(self.again_wanted)
        self.again.hide()
        holder = QWidget()
        holder.setLayout(row(self.stamp, self.give, self.again, None, self.choices, gap=2))
        return holder

    def _why(self) -> QWidget:
        words = translate(
            _CONTEXT,
            "A time stamp shows that everything up to it existed on that day. A line that somebody else "
            "holds shows more: that nothing was taken away later, even together with its time stamp.",
        )
        if not self._may_stamp:
            words += " " + translate(_CONTEXT, "For the sample messages no time stamp is asked for.")
        return PlainLabel(words, role="caption").wrapped()

    def show_loading(self) -> None:
        """Before the first look ends."""
        self._say("seal", "text-faint", translate(_CONTEXT, "Checking what protects the log…"), [])
        self.coverage.hide()
        for button in (self.stamp, self.give, self.choices):
            button.setEnabled(False)

    def show_error(self, words: str) -> None:
        """The look failed."""
        self._say("attention", "urgent", translate(_CONTEXT, "This could not be checked"), [words])
        self.coverage.hide()
        self.again.show()

    def show_overview(self, seen: "Overview") -> None:
        """What was found."""
        found = seen.protection
        self.again.hide()
        self.give.setEnabled(found.entries > 0)
        self.stamp.setEnabled(self._may_stamp and found.entries > 0)
        self.choices.setEnabled(self._may_stamp)
        lines = [self._stamped(seen), self._handed(found), newer_words(found), self._trouble(seen)]
        if found.contradicted:
            self._say(
                "attention",
                "urgent",
                translate(_CONTEXT, "The log no longer matches a fingerprint"),
                self._changed(seen),
            )
        elif found.stamped is not None:
            self._say("seal", "kind", _up_to(translate(_CONTEXT, "Protected up to"), found.stamped), lines)
        elif found.handed_over is not None:
            self._say(
                "seal", "accent", _up_to(translate(_CONTEXT, "Handed over up to"), found.handed_over), lines
            )
        else:
            title = translate(_CONTEXT, "Sealed, but not protected yet")
            nothing = translate(_CONTEXT, "No fingerprint of the log has left this computer.")
            self._say("seal", "text-faint", title, [nothing, *lines])
        self.coverage.setVisible(found.entries > 0 and not found.contradicted)
        self.coverage.show_shares(found.entries, _size(found.stamped), _size(found.handed_over))

    def _stamped(self, seen: "Overview") -> str:
        anchor = seen.protection.stamped
        if anchor is None:
            return ""
        return translate(_CONTEXT, "Time stamp by {name} up to entry {n}: {time}, checked just now.").format(
            name=one_line(receiver_name(anchor, seen.plan)),
            n=up_to(anchor),
            time=utc_time(anchor.attested_at or anchor.made_at),
        )

    def _handed(self, found: Protection) -> str:
        anchor = found.handed_over
        if anchor is None:
            return ""
        return translate(
            _CONTEXT, "Handed to “{name}” up to entry {n}: protects once they show the line."
        ).format(name=one_line(anchor.receiver), n=up_to(anchor))

    def _trouble(self, seen: "Overview") -> str:
        found = seen.protection
        if found.unverifiable:
            return translate(_CONTEXT, "A time stamp that held once no longer does. It is in the list below.")
        if found.failure is None:
            return ""
        return translate(_CONTEXT, "The last time stamp did not work ({name}): {why}.").format(
            name=one_line(receiver_name(found.failure, seen.plan)), why=why_words(found.failure.error_code)
        )

    def _changed(self, seen: "Overview") -> list[str]:
        first = min(seen.protection.contradicted, key=_reach)
        what = translate(
            _CONTEXT,
            "A fingerprint of {time} covers everything up to entry {n}, and the log differs from it.",
        ).format(time=day_time(first.attested_at or first.made_at), n=up_to(first))
        if first.kind is AnchorKind.RFC3161:
            why = translate(_CONTEXT, "Its time stamp is genuine, so the log was changed since.")
        else:
            why = translate(
                _CONTEXT,
                "Either the log was changed since, or the note of this line was: ask “{name}” for the line "
                "and check the log against it.",
            ).format(name=one_line(first.receiver))
        care = translate(_CONTEXT, "Leave this computer as it is, and speak to somebody you trust.")
        return [what, why, care]

    def _say(self, drawing: str, tint: str, title: str, lines: list[str]) -> None:
        self._drawing, self._tint = drawing, tint
        self.title.setText(title)
        said = [line for line in lines if line]
        for label, text in zip(self.lines, said + [""] * len(self.lines), strict=False):
            label.setText(text)
            label.setVisible(bool(text))
        self._draw_icon()

    def _draw_icon(self) -> None:
        tint = self._theme.tokens.hex(self._tint)
        self._icon.setPixmap(icon_pixmap(self._drawing, tint, _ICON, self.devicePixelRatioF()))


def _up_to(words: str, anchor: Anchor) -> str:
    return translate(_CONTEXT, "{protected} entry {n}, {time}").format(
        protected=words, n=up_to(anchor), time=day_time(anchor.attested_at or anchor.made_at)
    )


def _reach(anchor: Anchor) -> tuple[int, int]:
    return anchor.size, anchor.id


def _size(anchor: Anchor | None) -> int:
    return anchor.size if anchor else 0
