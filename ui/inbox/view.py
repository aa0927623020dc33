"""The inbox screen: piles, messages, and one message."""

from collections.abc import Callable
from datetime import datetime
from functools import partial

from PySide6.QtCore import QEvent, QItemSelectionModel, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QSplitter, QStackedLayout, QWidget

from core.domain.ids import MentionId
from core.domain.inbox import InboxCounts, InboxFilter, Queue, Review
from core.domain.response import ActionKind
from core.errors import AppError
from ui.inbox.detail import Detail
from ui.inbox.detail_pane import DetailPane
from ui.inbox.mention_list import MentionList
from ui.inbox.model import MentionModel
from ui.inbox.presenter import InboxPresenter
from ui.inbox.queue_pane import QueuePane, queue_explained, queue_name
from ui.inbox.reveal import Reveal
from ui.messages import words_for
from ui.theme.theme import Theme
from ui.widgets.ask import ask
from ui.widgets.buttons import TextButton
from ui.widgets.category_words import category_name
from ui.widgets.empty_state import EmptyState
from ui.widgets.layouts import column, row
from ui.widgets.untrusted_text import PlainLabel, one_line
from ui.wording import counted, translate

_CONTEXT = "Inbox"


class InboxScreen(QWidget):
    """Widgets only; every decision is the presenter's."""

    group_wanted = Signal(str)

    def __init__(
        self,
        theme: Theme,
        presenter: InboxPresenter,
        now: Callable[[], datetime],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setObjectName("page")
        self._theme, self._presenter = theme, presenter
        self.model: MentionModel = presenter.model
        self.queues = QueuePane(theme)
        self.queues.chosen.connect(presenter.choose)
        self.detail = DetailPane(theme)
        self._keep: MentionId | None = None
        self._build_list(now)
        self._connect_detail()
        splitter = QSplitter(Qt.Orientation.Horizontal)
        splitter.setHandleWidth(1)
        splitter.setChildrenCollapsible(False)
        for part, width in ((self.queues, 268), (self._centre, 480), (self.detail, 440)):
            splitter.addWidget(part)
            part.setMinimumWidth(220 if part is self.queues else 320)
            part.resize(width, 400)
        splitter.setSizes([268, 480, 440])
        for index, stretch in enumerate((0, 3, 2)):
            splitter.setStretchFactor(index, stretch)
        self.setLayout(column(splitter))

    def _build_list(self, now: Callable[[], datetime]) -> None:
        theme = self._theme
        self.list = MentionList(theme, self.model, now)
        self.list.setAccessibleName(translate(_CONTEXT, "Messages"))
        self.list.installEventFilter(self)
        self.list.selectionModel().selectionChanged.connect(self._selection_changed)
        self.model.rows_arrived.connect(self._rows_changed)
        self.heading = PlainLabel(role="title").wrapped()
        self.note = PlainLabel(role="soft").wrapped()
        self.figure = PlainLabel(role="caption")
        heading = row(self.heading, self.figure, gap=2)
        heading.setStretch(0, 1)
        self._head = column(heading, self.note, gap=1, margins=(4, 4, 3, 2))
        self.empty = EmptyState(theme, "inbox")
        self.empty.action.clicked.connect(lambda: self._presenter.show(self._presenter.filter))
        self._stack = QStackedLayout()
        self._stack.addWidget(self.list)
        self._stack.addWidget(self.empty)
        self._centre = QWidget()
        self._centre.setLayout(column(self._head, self._bulk_bar(), self._stack, gap=0))

    def _bulk_bar(self) -> QWidget:
        theme, presenter = self._theme, self._presenter
        self.bulk = QFrame()
        self.bulk.setObjectName("bulkBar")
        self.bulk_words = PlainLabel(role="strong")
        buttons = [
            TextButton(theme, translate(_CONTEXT, "Mute…"), "mute").on_click(
                lambda: presenter.act(ActionKind.MUTE)
            ),
            TextButton(theme, translate(_CONTEXT, "Block…"), "block").on_click(
                lambda: presenter.act(ActionKind.BLOCK)
            ),
            TextButton(theme, translate(_CONTEXT, "Set aside"), "set-aside").on_click(
                lambda: presenter.review(Review.ASIDE)
            ),
        ]
        self.bulk.setLayout(row(self.bulk_words, None, *buttons, gap=2, margins=(3, 2, 2, 2)))
        holder = QWidget()
        holder.setLayout(column(self.bulk, margins=(3, 0, 2, 1)))
        self._bulk_holder = holder
        holder.hide()
        return holder

    def _connect_detail(self) -> None:
        presenter = self._presenter
        self.detail.level_wanted.connect(presenter.reveal)
        self.detail.action_wanted.connect(presenter.act)
        self.detail.review_wanted.connect(presenter.review)
        self.detail.group_wanted.connect(self.group_wanted)
        self.detail.check_wanted.connect(lambda: presenter.with_detail(presenter.around.check))
        self.detail.pictures_wanted.connect(lambda: presenter.with_detail(self._ask_pictures))
        self.detail.pictures_refused.connect(lambda: presenter.with_detail(presenter.around.refuse))
        self.detail.picture_wanted.connect(
            lambda number: presenter.around.show(number, partial(self.detail.show_picture, number))
        )
        self.detail.erase_wanted.connect(self._ask_erase)
        self.detail.group_mute_wanted.connect(lambda key: presenter.act_on_group(key, ActionKind.MUTE))

    def _ask_pictures(self, mention_id: MentionId) -> None:
        ask(
            self._theme,
            self,
            translate(_CONTEXT, "Get the pictures for this post?"),
            translate(
                _CONTEXT,
                "They are fetched from the platform's own picture server ({hosts}), which sees that somebody "
                "at your internet address asked for them. The sender's server is not asked. The files are "
                "sealed with your evidence and stay hidden until you ask to see them.\n\n"
                "Do not do this when the post may show sexual pictures of anyone under 18: those must not be "
                "kept. Report such a post instead.",
            ).format(hosts=", ".join(self.detail.picture_hosts)),
            translate(_CONTEXT, "Get them"),
            partial(self._presenter.around.fetch, mention_id),
        )

    def _ask_erase(self, media_id: int) -> None:
        ask(
            self._theme,
            self,
            translate(_CONTEXT, "Erase this picture for good?"),
            translate(
                _CONTEXT,
                "The file is deleted wherever it was kept here and cannot be brought back. The log keeps "
                "that there was one and that it was erased. The same picture will not be kept again.",
            ),
            translate(_CONTEXT, "Erase it"),
            partial(self._presenter.around.erase, media_id),
        )

    # What the presenter says.

    def show_filter(self, chosen: InboxFilter) -> None:
        """Heading, note and mark on the left."""
        plain_pile = not chosen.search and chosen.group_key is None and chosen.sender_id is None
        self.queues.mark((chosen.category or chosen.queue) if plain_pile else None)
        title, note = _heading(chosen)
        self.heading.setText(title)
        self.note.setText(note)
        self.note.setVisible(bool(note))

    def show_counts(self, counts: InboxCounts) -> None:
        """Figures on the left."""
        self.queues.show_counts(counts)

    def show_total(self, total: int) -> None:
        """Figure in the heading; empty words when there is nothing."""
        self.figure.setText(
            counted(total, translate(_CONTEXT, "{n} message"), translate(_CONTEXT, "{n} messages"))
        )
        if total:
            self._stack.setCurrentWidget(self.list)
        else:
            title, note = _empty_words(self._presenter.filter)
            self.empty.action.hide()
            self.empty.say(title, note, "inbox")
            self._stack.setCurrentWidget(self.empty)

    def show_loading(self) -> None:
        """Nothing to say for the first moments: a count takes milliseconds."""
        self.figure.setText("")

    def show_problem(self, error: Exception) -> None:
        """The list could not be read: say why and offer to try again."""
        words = words_for(error if isinstance(error, AppError) else AppError())
        self.empty.say(words.title, words.explanation, "info")
        self.empty.action.setText(translate(_CONTEXT, "Try again"))
        self.empty.action.show()
        self._stack.setCurrentWidget(self.empty)

    def show_detail(self, detail: Detail, level: Reveal) -> None:
        """One message."""
        self._keep = detail.row.mention_id
        self._bulk_holder.hide()
        self.detail.show_detail(detail, level)

    def show_level(self, level: Reveal) -> None:
        """Further or hidden again."""
        self.detail.show_level(level)

    def show_nothing(self) -> None:
        """None chosen."""
        self._keep = None
        self._bulk_holder.hide()
        self.detail.show_nothing()

    def show_many(self, messages: int, people: int | None) -> None:
        """Several chosen."""
        self._keep = None
        self.bulk_words.setText(
            counted(messages, translate(_CONTEXT, "{n} chosen"), translate(_CONTEXT, "{n} chosen"))
        )
        self._bulk_holder.show()
        self.detail.show_many(messages, people)

    # What the person does.

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Keys on the list: each action on one key."""
        if watched is self.list and event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            return self._key(event)
        return super().eventFilter(watched, event)

    def choose_row(self, position: int) -> None:
        """Choose one message by its place in the list."""
        flags = QItemSelectionModel.SelectionFlag.ClearAndSelect
        self.list.selectionModel().setCurrentIndex(self.model.index(position), flags)

    def _key(self, event: QKeyEvent) -> bool:
        if event.modifiers() not in (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier):
            return False
        presenter = self._presenter
        acts: dict[int, Callable[[], None]] = {
            Qt.Key.Key_Space: presenter.reveal,
            Qt.Key.Key_Escape: presenter.hide,
            Qt.Key.Key_M: lambda: presenter.act(ActionKind.MUTE),
            Qt.Key.Key_B: lambda: presenter.act(ActionKind.BLOCK),
            Qt.Key.Key_R: lambda: presenter.act(ActionKind.REPORT),
            Qt.Key.Key_F: lambda: presenter.review(Review.FINE),
            Qt.Key.Key_H: lambda: presenter.review(Review.ABUSE),
            Qt.Key.Key_A: lambda: presenter.review(Review.ASIDE),
            Qt.Key.Key_J: lambda: self._step(1),
            Qt.Key.Key_K: lambda: self._step(-1),
        }
        act = acts.get(event.key())
        if act is None:
            return False
        act()
        return True

    def _step(self, by: int) -> None:
        position = self.list.currentIndex().row() + by
        if 0 <= position < self.model.rowCount():
            self.choose_row(position)

    def _selection_changed(self) -> None:
        self._presenter.pick(self.list.ranges())

    def _rows_changed(self) -> None:
        """Rows arrived or moved: show the chosen one if it is new here, else follow it to its place."""
        index = self.list.currentIndex()
        current = self.model.held(index.row()) if index.isValid() else None
        if self._keep is None:
            if current is not None and sum(map(len, self.list.ranges())) == 1:
                self._selection_changed()
            return
        if current is None or current.mention_id == self._keep:
            return
        for position, found in self.model.loaded():
            if found.mention_id == self._keep:
                self.choose_row(position)
                return


def _heading(chosen: InboxFilter) -> tuple[str, str]:
    if chosen.search:
        title = translate(_CONTEXT, "Search: {words}").format(words=one_line(chosen.search, 60))
        return title, translate(_CONTEXT, "Clear the search field to go back.")
    if chosen.group_key is not None:
        return translate(_CONTEXT, "One group"), translate(_CONTEXT, "Messages of senders who acted in step.")
    if chosen.sender_id is not None:
        return translate(_CONTEXT, "One sender"), ""
    if chosen.category is not None:
        return category_name(chosen.category), translate(_CONTEXT, "Hidden messages of this kind.")
    return queue_name(chosen.queue), queue_explained(chosen.queue)


def _empty_words(chosen: InboxFilter) -> tuple[str, str]:
    if chosen.search:
        return translate(_CONTEXT, "Nothing found"), translate(
            _CONTEXT, "No message or name holds these words."
        )
    if chosen.queue is Queue.NEEDS_ATTENTION:
        return translate(_CONTEXT, "Nothing needs attention"), translate(
            _CONTEXT, "No threats and no private details have been found."
        )
    if chosen.category is not None:
        return translate(_CONTEXT, "None of these"), ""
    return translate(_CONTEXT, "Nothing here"), translate(
        _CONTEXT, "New messages appear here after the next check or import."
    )
