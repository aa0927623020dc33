"""Groups: senders who acted in step, the signs for it, and what else could explain them."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QButtonGroup, QFrame, QSplitter, QStackedLayout, QVBoxLayout, QWidget

from core.domain.coordination import Strength
from core.domain.inbox import GroupCard
from core.domain.response import ActionKind
from ui.background import Background
from ui.groups.figures import ReasonFigure
from ui.groups.group_row import GroupRow
from ui.theme.theme import Theme
from ui.widgets.buttons import TextButton
from ui.widgets.category_words import strength_name
from ui.widgets.empty_state import EmptyState
from ui.widgets.layouts import column, empty, frame, row, rule, scrolled
from ui.widgets.reading_text import ReadingText
from ui.widgets.untrusted_text import PlainLabel, plain
from ui.wording import counted, day_time, translate

if TYPE_CHECKING:
    from app.services.bundle import Services

_CONTEXT = "Groups"
_SAMPLES = 3


class GroupsScreen(QWidget):
    """Groups on the left, one of them on the right."""

    messages_wanted = Signal(str)

    def __init__(
        self,
        theme: Theme,
        services: "Services",
        background: Background,
        act_on_group: Callable[[str, ActionKind], None],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setObjectName("page")
        self._theme, self._services, self._background = theme, services, background
        self._act_on_group = act_on_group
        self._cards: tuple[GroupCard, ...] = ()
        self._current: GroupCard | None = None
        self._wanted: str | None = None
        self._buttons = QButtonGroup(self)
        self._list: QVBoxLayout = column(gap=2)
        left_body = QWidget()
        left_body.setLayout(column(self._list, None, margins=(4, 4, 4, 4)))
        left = QFrame()
        left.setObjectName("sidePane")
        left.setLayout(column(scrolled(left_body)))
        self._detail: QVBoxLayout = column(gap=3)
        detail_body = QWidget()
        detail_body.setObjectName("detailBody")
        detail_body.setMaximumWidth(960)
        detail_body.setLayout(column(self._detail, None, margins=(7, 6, 7, 6)))
        right = QFrame()
        right.setObjectName("detailPane")
        right.setLayout(column(scrolled(detail_body), rule(), self._footer(), gap=0))
        splitter = QSplitter(Qt.Orientation.Horizontal)
        splitter.setHandleWidth(1)
        splitter.setChildrenCollapsible(False)
        splitter.addWidget(left)
        splitter.addWidget(right)
        left.setMinimumWidth(320)
        right.setMinimumWidth(440)
        splitter.setSizes([420, 760])
        splitter.setStretchFactor(1, 1)
        self.empty = EmptyState(theme, "groups")
        self.empty.say(
            translate(_CONTEXT, "No groups found"),
            translate(
                _CONTEXT,
                "When senders act in step, and two independent signs say so, they are gathered here.",
            ),
        )
        self._stack = QStackedLayout()
        self._stack.addWidget(self.empty)
        self._stack.addWidget(splitter)
        self.setLayout(self._stack)

    @property
    def cards(self) -> tuple[GroupCard, ...]:
        """The groups listed, largest first."""
        return self._cards

    def refresh(self) -> None:
        """Read the groups again."""
        self._background.read("groups", self._services.inbox.groups, self._show)

    def prefer(self, key: str) -> None:
        """Show this group on the right when the groups have been read."""
        self._wanted = key

    def _show(self, cards: tuple[GroupCard, ...]) -> None:
        self._cards = cards
        empty(self._list)
        for card in cards:
            line = GroupRow(self._theme, card)
            line.clicked.connect(lambda _checked=False, c=card: self._show_card(c))
            self._buttons.addButton(line)
            self._list.addWidget(line)
        self._stack.setCurrentIndex(1 if cards else 0)
        if cards:
            wanted = self._wanted or (self._current.key if self._current else None)
            self._wanted = None
            kept = [card for card in cards if card.key == wanted]
            self._show_card((kept or list(cards))[0])

    def _show_card(self, card: GroupCard) -> None:
        self._current = card
        for button in self._buttons.buttons():
            if isinstance(button, GroupRow) and button.key == card.key:
                button.setChecked(True)
        empty(self._detail)
        for part in self._parts(card):
            self._detail.addWidget(part)

    def _parts(self, card: GroupCard) -> list[QWidget]:
        people = counted(card.members, translate(_CONTEXT, "One sender"), translate(_CONTEXT, "{n} senders"))
        title = PlainLabel(translate(_CONTEXT, "{people} acted in step").format(people=people), role="title")
        strength = PlainLabel(
            strength_name(card.strength), role="urgent" if card.strength is Strength.STRONG else "strong"
        )
        posts = counted(card.posts, translate(_CONTEXT, "one message"), translate(_CONTEXT, "{n} messages"))
        parts: list[QWidget] = [
            title.wrapped(),
            strength,
            PlainLabel(f"{posts}{_period(card)}", role="soft").wrapped(),
        ]
        parts.append(PlainLabel(translate(_CONTEXT, "Signs"), role="section"))
        parts += [ReasonFigure(self._theme, reason) for reason in card.reasons]
        parts.append(PlainLabel(translate(_CONTEXT, "What else could explain it"), role="section"))
        also = translate(
            _CONTEXT,
            "These signs are consistent with senders acting together. They do not show who is behind "
            "it, and people who "
            "share a cause can look alike.",
        )
        parts += [
            PlainLabel(words, role="soft").wrapped()
            for words in (also, *(plain(c, 400) for c in card.caveats))
        ]
        if card.sample_texts:
            parts.append(self._samples(card))
        return parts

    def _samples(self, card: GroupCard) -> QWidget:
        """Samples wait until asked for, like every hidden text."""
        holder, texts = QWidget(), QWidget()
        boxes = []
        for text in card.sample_texts[:_SAMPLES]:
            reading = ReadingText(self._theme)
            reading.show_untrusted(text)
            boxes.append(frame("inset", column(reading, margins=(2, 1, 2, 1))))
        texts.setLayout(column(*boxes, gap=2))
        texts.hide()
        show = TextButton(self._theme, translate(_CONTEXT, "Show samples"), "eye")
        words = {True: translate(_CONTEXT, "Hide samples"), False: translate(_CONTEXT, "Show samples")}

        def toggle() -> None:
            texts.setVisible(texts.isHidden())
            show.setText(words[not texts.isHidden()])

        show.on_click(toggle)
        self.show_samples = show
        title = PlainLabel(translate(_CONTEXT, "What they sent"), role="section")
        holder.setLayout(column(title, row(show, None), texts, gap=2))
        return holder

    def _footer(self) -> QWidget:
        theme = self._theme
        self.mute = TextButton(theme, translate(_CONTEXT, "Mute everyone in this group…"), "mute", "primary")
        self.block = TextButton(theme, translate(_CONTEXT, "Block…"), "block")
        self.messages = TextButton(theme, translate(_CONTEXT, "See their messages"), "inbox")
        self.mute.on_click(lambda: self._act(ActionKind.MUTE))
        self.block.on_click(lambda: self._act(ActionKind.BLOCK))
        self.messages.on_click(self._ask_messages)
        footer = QWidget()
        footer.setLayout(row(self.mute, self.block, self.messages, None, gap=2, margins=(7, 3, 7, 3)))
        return footer

    def _act(self, kind: ActionKind) -> None:
        if self._current is not None:
            self._act_on_group(self._current.key, kind)

    def _ask_messages(self) -> None:
        if self._current is not None:
            self.messages_wanted.emit(self._current.key)


def _period(card: GroupCard) -> str:
    if card.first_at is None or card.last_at is None:
        return ""
    return translate(_CONTEXT, ", from {first} to {last}").format(
        first=day_time(card.first_at), last=day_time(card.last_at)
    )
