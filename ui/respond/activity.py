"""Activity: everything the person did about senders, item by item, with undo."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QStackedLayout, QVBoxLayout, QWidget

from core.domain.response import ActionBatch, ActionKind, ItemState
from core.errors import AppError
from ui.background import Background
from ui.messages import words_for
from ui.respond.flow import RespondFlow
from ui.respond.words import batch_outcome, batch_title, state_name
from ui.theme.theme import Theme
from ui.widgets.buttons import TextButton
from ui.widgets.empty_state import EmptyState
from ui.widgets.layouts import column, empty, frame, row, scrolled
from ui.widgets.untrusted_text import PlainLabel, one_line
from ui.wording import counted, day_time, translate

if TYPE_CHECKING:
    from app.services.bundle import Services

_CONTEXT = "Activity"
_ITEMS_LISTED = 300


class ActivityScreen(QWidget):
    """A card for each batch, newest first."""

    def __init__(
        self,
        theme: Theme,
        services: "Services",
        background: Background,
        flow: RespondFlow,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setObjectName("page")
        self._theme, self._services, self._background, self._flow = theme, services, background, flow
        self._open: set[int] = set()
        self._batches: tuple[ActionBatch, ...] = ()
        self._list: QVBoxLayout = column(gap=3)
        body = QWidget()
        intro = PlainLabel(
            translate(
                _CONTEXT,
                "Everything done for you on the platforms. Undo restores exactly what was before: "
                "whoever was muted or blocked earlier stays so.",
            ),
            role="soft",
        ).wrapped()
        body.setLayout(column(intro, self._list, None, gap=4, margins=(6, 5, 6, 6)))
        body.setMaximumWidth(920)
        self.empty = EmptyState(theme, "activity")
        self.empty.say(
            translate(_CONTEXT, "Nothing done yet"),
            translate(
                _CONTEXT, "When you mute, block or report someone it is listed here, and can be undone."
            ),
        )
        self._stack = QStackedLayout()
        self._stack.addWidget(self.empty)
        self._stack.addWidget(scrolled(body))
        self.setLayout(self._stack)

    @property
    def batches(self) -> tuple[ActionBatch, ...]:
        """What is listed."""
        return self._batches

    def refresh(self) -> None:
        """Read the batches again."""
        self._background.read("activity", self._services.respond.batches, self._show)

    def _show(self, batches: tuple[ActionBatch, ...]) -> None:
        self._batches = batches
        empty(self._list)
        for batch in batches:
            self._list.addWidget(self._card(batch))
        self._stack.setCurrentIndex(1 if batches else 0)

    def _card(self, batch: ActionBatch) -> QWidget:
        title = PlainLabel(batch_title(batch), role="lead")
        when = PlainLabel(day_time(batch.created_at), role="caption")
        outcome = PlainLabel(batch_outcome(batch), role="soft").wrapped()
        opened = batch.id in self._open
        more = TextButton(
            self._theme,
            translate(_CONTEXT, "Hide the list") if opened else translate(_CONTEXT, "Who"),
            "chevron-down" if opened else "chevron-right",
            "quiet",
        ).on_click(lambda: self._toggle(batch))
        buttons: list[QWidget] = [more]
        waiting = any(item.state is ItemState.PLANNED for item in batch.items)
        done = any(item.state is ItemState.DONE for item in batch.items)
        if waiting:
            buttons.append(
                TextButton(self._theme, translate(_CONTEXT, "Go on"), "play").on_click(
                    lambda: self._flow.resume(batch)
                )
            )
        if (done or waiting) and batch.kind is not ActionKind.REPORT:
            undo = TextButton(self._theme, translate(_CONTEXT, "Undo all"), "undo")
            buttons.append(undo.on_click(lambda: self._flow.undo(batch.id)))
        words = column(row(title, when, None, gap=3), outcome, gap=1)
        head = row(words, *buttons, gap=2)
        head.setStretch(0, 1)
        parts = column(head, gap=2, margins=(4, 3, 3, 3))
        if batch.reason:
            told = translate(_CONTEXT, "Told the moderators: {reason}").format(reason=one_line(batch.reason))
            parts.addWidget(PlainLabel(told, role="caption").wrapped())
        if opened:
            parts.addWidget(_items(batch))
        return frame("card", parts)

    def _toggle(self, batch: ActionBatch) -> None:
        self._open ^= {batch.id}
        self._show(self._batches)


def _items(batch: ActionBatch) -> QWidget:
    listing = QListWidget()
    listing.setUniformItemSizes(True)
    listing.setSelectionMode(QListWidget.SelectionMode.NoSelection)
    listing.setAccessibleName(translate(_CONTEXT, "People in this batch"))
    for item in batch.items[:_ITEMS_LISTED]:
        words = f"@{one_line(item.target.handle, 200)} — {state_name(item.state)}"
        if item.error_code and item.state in (ItemState.FAILED, ItemState.PLANNED):
            words += f" ({_why(item.error_code)})"
        listing.addItem(QListWidgetItem(words))
    rest = len(batch.items) - _ITEMS_LISTED
    if rest > 0:
        listing.addItem(
            counted(rest, translate(_CONTEXT, "and one more"), translate(_CONTEXT, "and {n} more"))
        )
    listing.setFixedHeight(min(listing.count(), 10) * listing.sizeHintForRow(0) + 8)
    listing.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    return listing


def _why(code: str) -> str:
    for error in AppError.__subclasses__():
        if error.code == code:
            platform = translate(_CONTEXT, "the platform")
            return words_for(error(platform=platform, host=platform)).title
    return code
