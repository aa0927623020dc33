"""Notices about background work: a strip under the top bar, never a box over the work."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QWidget

from ui.messages import Words
from ui.theme.icons import icon_pixmap
from ui.theme.theme import Theme
from ui.widgets.buttons import IconButton, TextButton
from ui.widgets.layouts import column, empty, frame, row, scrolled
from ui.widgets.untrusted_text import PlainLabel
from ui.wording import counted, translate

# Strips shown at once; others wait behind a count. The newest good notice always has room: it may offer
# to undo something.
_PROBLEMS: Final = 2
_STRIPS: Final = 2
# All of them together scroll above this, so that the work below stays in sight.
_TALLEST: Final = 340


@dataclass(frozen=True, slots=True)
class Notice:
    """One notice. `act` runs when the person presses the action's button."""

    words: Words
    good: bool = False
    act: Callable[[], None] | None = None


class MessageCenter(QWidget):
    """Keeps notices until they are dismissed; the same words are kept once.

    Problems stand above good news however old they are, and only what was listed is dismissed with others.
    """

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._notices: list[Notice] = []
        # Problems that stood in the full list the person asked for.
        self._listed: list[Notice] = []
        self._full = False
        self._strips = QWidget()
        self._strips.setLayout(column(gap=2))
        self._area = scrolled(self._strips)
        self._foot = row()
        self.setLayout(column(self._area, self._foot, gap=2, margins=(4, 2, 4, 2)))
        theme.changed.connect(self._rebuild)
        self.hide()

    @property
    def notices(self) -> tuple[Notice, ...]:
        """What is waiting to be read, oldest first."""
        return tuple(self._notices)

    def post(self, notice: Notice) -> None:
        """Show a notice, replacing one that says the same."""
        self._notices = [n for n in self._notices if n.words != notice.words] + [notice]
        self._rebuild()

    def dismiss(self, notice: Notice) -> None:
        """The person has read it."""
        self._notices = [n for n in self._notices if n is not notice]
        self._rebuild()

    def list_all(self) -> None:
        """Show every notice, in a list that scrolls."""
        self._full = True
        self._listed = list(self._notices)
        self._rebuild()

    def dismiss_all(self) -> None:
        """Forget good news, and problems that were listed; any other problem stays."""
        self._notices = [n for n in self._notices if not n.good and not _among(n, self._listed)]
        self._rebuild()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another width needs another height."""
        super().resizeEvent(event)
        if event.oldSize().width() != event.size().width():
            self._fit()

    def _rebuild(self) -> None:
        shown = self._shown()
        waiting = [notice for notice in self._notices if not _among(notice, shown)]
        layout = self._strips.layout()
        assert layout is not None  # noqa: S101 - set in __init__
        empty(layout)
        for notice in shown:
            strip = self._strip(notice)
            layout.addWidget(strip)
            # At once: a layout gives no height to what is not on show yet.
            strip.show()
        empty(self._foot)
        if waiting or self._full:
            self._fill_foot(self._foot, waiting)
        self.setVisible(bool(self._notices))
        self._fit()

    def _shown(self) -> list[Notice]:
        """Problems first, the newest of each kind on top; all of them once they were asked for."""
        problems = [notice for notice in reversed(self._notices) if not notice.good]
        good = [notice for notice in reversed(self._notices) if notice.good]
        self._full = self._full and len(self._notices) > _STRIPS
        if self._full:
            return problems + good
        first = problems[:_PROBLEMS]
        return first + good[: max(_STRIPS - len(first), 1)]

    def _fill_foot(self, foot: QHBoxLayout, waiting: list[Notice]) -> None:
        if not self._full:
            foot.addWidget(PlainLabel(_waiting_words(waiting), role="caption"))
            show = TextButton(self._theme, translate("Notices", "Show all"), role="quiet")
            foot.addWidget(show.on_click(self.list_all))
        kept = any(not notice.good and not _among(notice, self._listed) for notice in self._notices)
        if any(notice.good for notice in self._notices) or not kept:
            words = (
                translate("Notices", "Dismiss all but problems")
                if kept
                else translate("Notices", "Dismiss all")
            )
            foot.addWidget(TextButton(self._theme, words, role="quiet").on_click(self.dismiss_all))
        foot.addStretch(1)

    def _fit(self) -> None:
        """As tall as the strips at this width, up to a limit; then they scroll."""
        layout = self._strips.layout()
        assert layout is not None  # noqa: S101 - set in __init__
        wide = max(self._area.viewport().width(), 1)
        tall = layout.totalHeightForWidth(wide) if layout.hasHeightForWidth() else layout.sizeHint().height()
        # What stands folded is never cut.
        self._area.setFixedHeight(min(tall, _TALLEST) if self._full else tall)

    def _strip(self, notice: Notice) -> QWidget:
        tokens = self._theme.tokens
        tint = tokens.hex("kind" if notice.good else "note")
        drawing = QLabel()
        drawing.setPixmap(icon_pixmap("check" if notice.good else "info", tint, 20, self.devicePixelRatioF()))
        several = bool(notice.words.explanation)
        drawing.setAlignment(Qt.AlignmentFlag.AlignTop if several else Qt.AlignmentFlag.AlignVCenter)
        title = PlainLabel(notice.words.title, role="strong")
        text = PlainLabel(notice.words.explanation, role="soft").wrapped()
        words = column(title, text, gap=0) if several else column(title)
        parts: list[QWidget] = []
        if notice.words.action and notice.act is not None:
            parts.append(TextButton(self._theme, notice.words.action).on_click(lambda: self._act(notice)))
        close = IconButton(self._theme, "close", translate("Notices", "Dismiss"))
        close.clicked.connect(lambda: self.dismiss(notice))
        parts.append(close)
        line = row(drawing, words, *parts, gap=3, margins=(4, 2, 2, 2))
        line.setStretch(1, 1)
        return frame("noticeGood" if notice.good else "notice", line)

    def _act(self, notice: Notice) -> None:
        self.dismiss(notice)
        if notice.act is not None:
            notice.act()


def _among(notice: Notice, others: list[Notice]) -> bool:
    """The very same, not one that says the same: a problem that came again has not been read."""
    return any(notice is other for other in others)


def _waiting_words(waiting: list[Notice]) -> str:
    """How many are not on show; problems are counted apart."""
    problems = sum(not notice.good for notice in waiting)
    good = len(waiting) - problems
    parts = []
    if problems:
        one, many = translate("Notices", "{n} more problem"), translate("Notices", "{n} more problems")
        parts.append(counted(problems, one, many))
    if good:
        one, many = translate("Notices", "{n} earlier notice"), translate("Notices", "{n} earlier notices")
        parts.append(counted(good, one, many))
    return translate("Notices", "and {what}").format(what=", ".join(parts))
