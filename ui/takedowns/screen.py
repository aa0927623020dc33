"""Takedowns: of the posts kept here, which are still on the platforms, and what became of the others."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QStackedLayout, QVBoxLayout, QWidget

from app.jobs.changes import ChangeKind
from app.jobs.observer import Lane
from core.domain.capture import PostState, TakedownLine
from core.errors import AppError
from ui.background import Background
from ui.messages import Words, words_for
from ui.takedowns.bar import Part, ShareBar
from ui.theme.theme import Theme
from ui.widgets.buttons import TextButton
from ui.widgets.empty_state import EmptyState
from ui.widgets.layouts import column, empty, frame, row, scrolled
from ui.widgets.standing_words import state_name
from ui.widgets.untrusted_text import PlainLabel, one_line
from ui.wording import counted, day_time, number, translate

if TYPE_CHECKING:
    from app.services.bundle import Services
    from app.services.recheck import RecheckReport
    from app.services.takedowns import NamedLine

_CONTEXT: Final = "Takedowns"
# Each state with its colour: quiet while it is there; then from the sender's doing to the platform's.
_PARTS: Final = (
    (PostState.UP, "series-rest"),
    (PostState.HIDDEN, "line"),
    (PostState.DELETED, "series-2"),
    (PostState.ACCOUNT_GONE, "series-4"),
    (PostState.DEACTIVATED, "series-5"),
    (PostState.REMOVED, "series-1"),
    (PostState.SUSPENDED, "series-3"),
)


class TakedownScreen(QWidget):
    """A card for each platform, a table of groups, and looking again."""

    save_wanted = Signal()
    said = Signal(object)

    def __init__(
        self, theme: Theme, services: "Services", background: Background, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setObjectName("page")
        self._theme, self._services, self._background = theme, services, background
        self._cards: QVBoxLayout = column(gap=4)
        self.again = TextButton(theme, translate(_CONTEXT, "Look again now"), "sync", "primary")
        self.again.on_click(self.look_again)
        self.save = TextButton(theme, translate(_CONTEXT, "Save as a table…"), "export")
        self.save.clicked.connect(self.save_wanted)
        intro = PlainLabel(
            translate(
                _CONTEXT,
                "Posts vanish: their senders delete them, or a platform takes them down. What was sealed "
                "here stays. Your own account asks the platform; senders do not learn of it. Each post is "
                "looked for after an hour, a day and a week, then every month.",
            ),
            role="soft",
        ).wrapped()
        body = QWidget()
        body.setMaximumWidth(920)
        buttons = row(self.again, self.save, None, gap=2)
        body.setLayout(column(intro, buttons, self._cards, None, gap=4, margins=(6, 5, 6, 6)))
        self.empty = EmptyState(theme, "takedowns")
        self._stack = QStackedLayout()
        self._stack.addWidget(scrolled(body))
        self._stack.addWidget(self.empty)
        self.setLayout(self._stack)

    def refresh(self) -> None:
        """Read the ledger again."""
        self._background.read("takedowns", self._services.takedowns.lines, self.show_lines, self._failed)

    def look_again(self) -> None:
        """Look for every post, due or not."""
        started = self._background.start(
            "recheck-all",
            translate(_CONTEXT, "Looking which posts are still there"),
            self._services.captures.rechecks.everything,
            self._looked,
            lane=Lane.NETWORK,
            changes=(ChangeKind.MENTIONS, ChangeKind.EVIDENCE),
        )
        self.again.setEnabled(not started)

    def write(self, path: Path) -> None:
        """Save the table."""
        save = self._services.takedowns.save

        def done(_: None) -> None:
            title = translate(_CONTEXT, "Saved: {name}").format(name=one_line(path.name, 120))
            self.said.emit(Words(title, one_line(str(path.parent), 300), ""))

        self._background.start("takedowns-save", "", lambda _: save(path), done)

    def show_lines(self, lines: "Sequence[NamedLine]") -> None:
        """New figures."""
        self.again.setEnabled(True)
        empty(self._cards)
        platforms = [one.line for one in lines if one.group is None]
        groups = [one for one in lines if one.group is not None]
        if not platforms:
            self._show_empty()
            return
        for line in platforms:
            self._cards.addWidget(self._platform_card(line))
        if groups:
            self._cards.addWidget(self._group_card(groups))
        self.again.setVisible(any(line.checked for line in platforms) or not self._services.sample)
        self._stack.setCurrentIndex(0)

    def _show_empty(self) -> None:
        self.empty.say(
            translate(_CONTEXT, "Nothing kept yet"),
            translate(_CONTEXT, "Once messages have come in, this shows which of them are still up."),
        )
        self._stack.setCurrentIndex(1)

    def _failed(self, error: Exception) -> None:
        self.said.emit(words_for(error if isinstance(error, AppError) else AppError()))

    def _looked(self, report: "RecheckReport") -> None:
        self.again.setEnabled(True)
        if report.stopped_by is not None:
            self.said.emit(words_for(report.stopped_by))
            return
        title = counted(
            report.checked,
            translate(_CONTEXT, "Looked for one post"),
            translate(_CONTEXT, "Looked for {n} posts"),
        )
        note = counted(
            len(report.changed),
            translate(_CONTEXT, "One stands otherwise than before."),
            translate(_CONTEXT, "{n} stand otherwise than before."),
        )
        if not report.checked:
            note = translate(_CONTEXT, "No connected account can ask for the posts kept here.")
        self.said.emit(Words(title, note, ""))

    def _platform_card(self, line: TakedownLine) -> QWidget:
        title = PlainLabel(one_line(_platform_title(line), 60), role="title")
        looked = PlainLabel(_looked_words(line), role="caption")
        parts: list[QWidget] = [PlainLabel(_gone_words(line), role="lead").wrapped()]
        shown = [
            Part(state_name(state), _count(line, state), colour)
            for state, colour in _PARTS
            if _count(line, state)
        ]
        if shown:
            parts.append(ShareBar(self._theme, shown))
            parts.append(self._legend(shown))
        head = row(title, None, looked, gap=2)
        return frame("card", column(head, *parts, gap=3, margins=(5, 4, 5, 4)))

    def _legend(self, shown: Sequence[Part]) -> QWidget:
        grid = QGridLayout()
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(24)
        grid.setVerticalSpacing(6)
        for place, part in enumerate(shown):
            value = PlainLabel(number(part.count), role="strong")
            value.setAlignment(Qt.AlignmentFlag.AlignRight)
            key = ShareBar(self._theme, [part], 12)
            entry = row(key, PlainLabel(part.name), None, value, gap=2)
            grid.addLayout(entry, place // 2, place % 2)
        for side in (0, 1):
            grid.setColumnStretch(side, 1)
        holder = QWidget()
        holder.setLayout(grid)
        return holder

    def _group_card(self, groups: "Sequence[NamedLine]") -> QWidget:
        heads = (
            translate(_CONTEXT, "Group"),
            translate(_CONTEXT, "Kept"),
            translate(_CONTEXT, "Still up"),
            translate(_CONTEXT, "Deleted"),
            translate(_CONTEXT, "Account gone"),
            translate(_CONTEXT, "By the platform"),
            translate(_CONTEXT, "Not looked for"),
        )
        grid = QGridLayout()
        grid.setHorizontalSpacing(20)
        grid.setVerticalSpacing(8)
        grid.setContentsMargins(0, 0, 0, 0)
        for place, text in enumerate(heads):
            grid.addWidget(_cell(text, place, "section"), 0, place)
        for y, one in enumerate(groups, 1):
            line = one.line
            figures = (
                line.stored,
                line.up + line.hidden,
                line.deleted,
                line.account_gone + line.deactivated,
                line.removed + line.suspended,
                line.stored - line.checked,
            )
            grid.addWidget(_cell(_group_title(one), 0, "strong").wrapped(), y, 0)
            for x, figure in enumerate(figures, 1):
                role = "soft" if figure == 0 else ""
                grid.addWidget(_cell(number(figure), x, role), y, x)
        grid.setColumnStretch(0, 1)
        holder = QWidget()
        holder.setLayout(grid)
        title = PlainLabel(translate(_CONTEXT, "By group"), role="title")
        note = PlainLabel(
            translate(
                _CONTEXT, "Groups are senders who acted in step. The figures say what is gone, not why."
            ),
            role="caption",
        ).wrapped()
        return frame("card", column(title, holder, note, gap=3, margins=(5, 4, 5, 4)))


def _cell(text: str, place: int, role: str) -> PlainLabel:
    label = PlainLabel(text, role=role)
    side = Qt.AlignmentFlag.AlignLeft if place == 0 else Qt.AlignmentFlag.AlignRight
    label.setAlignment(side | Qt.AlignmentFlag.AlignVCenter)
    return label


def _platform_title(line: TakedownLine) -> str:
    names = {
        "import": translate(_CONTEXT, "Imported files"),
        "sample": translate(_CONTEXT, "Sample data"),
    }
    return names.get(line.platform, line.platform[:1].upper() + line.platform[1:])


def _group_title(one: "NamedLine") -> str:
    name = one.group or ""
    shown = translate(_CONTEXT, "Group {n}").format(n=name) if name.isdecimal() else one_line(name, 60)
    return f"{shown} · {one_line(_platform_title(one.line), 30)}"


def _gone_words(line: TakedownLine) -> str:
    if not line.checked:
        return counted(
            line.stored,
            translate(_CONTEXT, "One message is kept here. It has not been looked for yet."),
            translate(_CONTEXT, "{n} messages are kept here. They have not been looked for yet."),
        )
    if not line.gone:
        return counted(
            line.checked,
            translate(_CONTEXT, "The one post looked for is still up."),
            translate(_CONTEXT, "All {n} posts looked for are still up."),
        )
    return counted(
        line.gone,
        translate(_CONTEXT, "1 of {all} posts looked for is gone."),
        translate(_CONTEXT, "{n} of {all} posts looked for are gone."),
    ).replace("{all}", number(line.checked))


def _looked_words(line: TakedownLine) -> str:
    kept = counted(line.stored, translate(_CONTEXT, "{n} kept"), translate(_CONTEXT, "{n} kept"))
    if line.last_checked is None:
        return kept
    looked = translate(_CONTEXT, "last looked {time}").format(time=day_time(line.last_checked))
    return f"{kept} · {looked}"


def _count(line: TakedownLine, state: PostState) -> int:
    return {
        PostState.UP: line.up,
        PostState.HIDDEN: line.hidden,
        PostState.DELETED: line.deleted,
        PostState.REMOVED: line.removed,
        PostState.ACCOUNT_GONE: line.account_gone,
        PostState.DEACTIVATED: line.deactivated,
        PostState.SUSPENDED: line.suspended,
    }[state]
