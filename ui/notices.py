"""Notices about background work: a strip under the top bar, never a box over the work."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QWidget

from ui.messages import Words
from ui.theme.icons import icon_pixmap
from ui.theme.theme import Theme
from ui.widgets.buttons import IconButton, TextButton
from ui.widgets.layouts import column, empty, frame, row
from ui.widgets.untrusted_text import PlainLabel
from ui.wording import counted, translate

# Strips shown at once; older ones wait behind a count.
_SHOWN: Final = 2


@dataclass(frozen=True, slots=True)
class Notice:
    """One notice. `act` runs when the person presses the action's button."""

    words: Words
    good: bool = False
    act: Callable[[], None] | None = None


class MessageCenter(QWidget):
    """Keeps notices until they are dismissed; the same words are kept once."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._notices: list[Notice] = []
        self._layout = column(gap=2, margins=(4, 2, 4, 2))
        self.setLayout(self._layout)
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

    def clear(self) -> None:
        """Forget all."""
        self._notices = []
        self._rebuild()

    def _rebuild(self) -> None:
        empty(self._layout)
        for notice in reversed(self._notices[-_SHOWN:]):
            self._layout.addWidget(self._strip(notice))
        waiting = len(self._notices) - _SHOWN
        if waiting > 0:
            words = counted(
                waiting,
                translate("Notices", "and {n} earlier notice"),
                translate("Notices", "and {n} earlier notices"),
            )
            clear = TextButton(self._theme, translate("Notices", "Dismiss all"), role="quiet").on_click(
                self.clear
            )
            self._layout.addLayout(row(PlainLabel(words, role="caption"), clear, None))
        self.setVisible(bool(self._notices))

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
