"""Every fingerprint that left this computer, newest first."""

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from core.anchoring.standing import Checked, Standing
from ui.evidence.words import receiver_name, standing_words, up_to, why_words
from ui.theme.theme import Theme
from ui.widgets.buttons import TextButton
from ui.widgets.drawing import Drawing
from ui.widgets.layouts import column, empty, row, rule
from ui.widgets.untrusted_text import PlainLabel, one_line
from ui.wording import counted, day_time, translate

if TYPE_CHECKING:
    from app.services.anchor import Overview
    from core.anchoring.plan import AnchorPlan

_CONTEXT = "AnchorList"
_FIRST: Final = 4
_MOST: Final = 200
_LOOKS: Final = {
    Standing.STAMPED: ("clock", "kind"),
    Standing.HANDED_OVER: ("person", "accent"),
    Standing.FAILED: ("close", "text-faint"),
    Standing.CONTRADICTED: ("attention", "urgent"),
    Standing.UNVERIFIABLE: ("attention", "urgent"),
}


class AnchorList(QFrame):
    """Hidden while there is nothing to list."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._seen: Overview | None = None
        self._whole = False
        self.setProperty("role", "card")
        self._rows: QVBoxLayout = column(gap=3)
        self.more = TextButton(theme, "", "chevron-down", "quiet").on_click(self._toggle)
        title = PlainLabel(translate(_CONTEXT, "What has left this computer"), role="lead")
        self.setLayout(column(title, self._rows, row(self.more, None), gap=3, margins=(5, 4, 5, 4)))
        theme.changed.connect(self._draw)
        self.hide()

    def show_overview(self, seen: "Overview") -> None:
        """List them anew."""
        self._seen = seen
        self._draw()

    def _toggle(self) -> None:
        self._whole = not self._whole
        self._draw()

    def _draw(self) -> None:
        if self._seen is None:
            return
        empty(self._rows)
        newest_first = list(reversed(self._seen.anchors))
        shown = newest_first[: _MOST if self._whole else _FIRST]
        for place, one in enumerate(shown):
            if place:
                self._rows.addWidget(rule())
            self._rows.addWidget(self._row(one, self._seen.plan))
        rest = len(newest_first) - _FIRST
        self.more.setVisible(rest > 0)
        self.more.setText(
            translate(_CONTEXT, "Show fewer")
            if self._whole
            else counted(rest, translate(_CONTEXT, "Show 1 more"), translate(_CONTEXT, "Show {n} more"))
        )
        self.setVisible(bool(newest_first))

    def _row(self, one: Checked, plan: "AnchorPlan") -> QWidget:
        drawing, tint = _LOOKS[one.standing]
        mark = Drawing(self._theme, drawing, 20, tint)
        mark.setFixedWidth(28)
        name = PlainLabel(role="strong").wrapped()
        name.setText(one_line(receiver_name(one.anchor, plan)))
        worth = PlainLabel(_worth(one), role="caption").wrapped()
        when = PlainLabel(day_time(one.anchor.attested_at or one.anchor.made_at), role="caption")
        when.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignTop)
        line = QWidget()
        layout = row(mark, column(name, worth, gap=0), when, gap=2)
        layout.setStretch(1, 1)
        layout.setAlignment(mark, Qt.AlignmentFlag.AlignTop)
        line.setLayout(layout)
        return line


def _worth(one: Checked) -> str:
    if one.standing is Standing.FAILED:
        return f"{standing_words(one.standing)} ({why_words(one.anchor.error_code)})"
    return translate(_CONTEXT, "{worth}, up to entry {n}").format(
        worth=standing_words(one.standing), n=up_to(one.anchor)
    )
