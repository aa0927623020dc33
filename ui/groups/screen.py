"""Groups: senders who acted in step, the signs for it, what else could explain them, and deciding."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QAbstractButton,
    QButtonGroup,
    QFrame,
    QSplitter,
    QStackedLayout,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from app.jobs.changes import ChangeKind
from core.domain.campaign import CampaignCard, Decision, DecisionKind, SplitOffer
from core.domain.ids import SenderId
from core.domain.response import ActionKind
from ui.background import Background
from ui.groups.asking import ask_name, ask_split
from ui.groups.detail import GroupDetail
from ui.groups.group_row import GroupRow, OverviewRow
from ui.groups.pages import Overview
from ui.messages import Words
from ui.notices import Notice
from ui.pictures.picture import campaign_name
from ui.theme.theme import Theme
from ui.widgets.buttons import TextButton
from ui.widgets.empty_state import EmptyState
from ui.widgets.layouts import column, empty, row, scrolled
from ui.wording import counted, translate

if TYPE_CHECKING:
    from app.services.bundle import Services

_CONTEXT: Final = "Groups"
_CHANGED: Final = (ChangeKind.GROUPS, ChangeKind.MENTIONS, ChangeKind.EVIDENCE)


class GroupsScreen(QWidget):
    """Groups on the left, one of them or all together on the right."""

    messages_wanted = Signal(str)

    def __init__(  # noqa: PLR0917 - what every screen is given, in the same order
        self,
        theme: Theme,
        services: "Services",
        background: Background,
        act_on_group: Callable[[str, ActionKind], None],
        post: Callable[[Notice], None],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setObjectName("page")
        self._theme, self._services, self._background = theme, services, background
        self._act_on_group, self._post = act_on_group, post
        self._cards: tuple[CampaignCard, ...] = ()
        self._current: CampaignCard | None = None
        self._wanted: str | None = None
        self._all_together = False
        self._buttons = QButtonGroup(self)
        self._list: QVBoxLayout = column(gap=2)
        self.others = TextButton(theme, "", "", "quiet").on_click(self._toggle_others)
        self._others_shown = False
        self.detail = GroupDetail(theme, services, background, post)
        self.overview = Overview(theme, services, background, post)
        self._right = QStackedWidget()
        self._right.addWidget(self._overview_pane())
        self._right.addWidget(self.detail)
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
        self._stack.addWidget(self._splitter())
        self.setLayout(self._stack)
        self._connect()

    @property
    def cards(self) -> tuple[CampaignCard, ...]:
        """The groups shown, largest first."""
        return tuple(card for card in self._cards if card.group is not None)

    def refresh(self) -> None:
        """Read the groups again."""
        self._background.read("groups", self._services.campaigns.cards, self._show)

    def prefer(self, key: str) -> None:
        """Show this group on the right when the groups have been read."""
        self._wanted = key

    def show_overview(self) -> None:
        """All together."""
        self._current, self._all_together = None, True
        for button in self._buttons.buttons():
            button.setChecked(isinstance(button, OverviewRow))
        self._right.setCurrentIndex(0)
        self.overview.read()

    def hide_texts(self) -> None:
        """Take texts of strangers off the screen."""
        self.detail.hide_texts()

    # Putting it together.

    def _splitter(self) -> QSplitter:
        left_body = QWidget()
        left_body.setLayout(column(self._list, row(self.others, None), None, margins=(4, 4, 4, 4)))
        left = QFrame()
        left.setObjectName("sidePane")
        left.setLayout(column(scrolled(left_body)))
        splitter = QSplitter(Qt.Orientation.Horizontal)
        splitter.setHandleWidth(1)
        splitter.setChildrenCollapsible(False)
        splitter.addWidget(left)
        splitter.addWidget(self._right)
        left.setMinimumWidth(300)
        self._right.setMinimumWidth(480)
        splitter.setSizes([340, 840])
        splitter.setStretchFactor(1, 1)
        return splitter

    def _overview_pane(self) -> QWidget:
        body = QWidget()
        body.setObjectName("detailBody")
        body.setMaximumWidth(1240)
        body.setLayout(column(self.overview, margins=(7, 6, 7, 6)))
        pane = QFrame()
        pane.setObjectName("detailPane")
        pane.setLayout(column(scrolled(body)))
        return pane

    def _connect(self) -> None:
        detail = self.detail
        detail.mute_wanted.connect(partial(self._act, ActionKind.MUTE))
        detail.block_wanted.connect(partial(self._act, ActionKind.BLOCK))
        detail.messages_wanted.connect(self._ask_messages)
        detail.rename_wanted.connect(self._ask_name)
        detail.split_wanted.connect(self._ask_split)
        detail.dismiss_wanted.connect(self._dismiss)
        detail.take_out_wanted.connect(self._take_out)
        detail.undo_wanted.connect(self._undo)

    # Showing.

    def _show(self, cards: tuple[CampaignCard, ...]) -> None:
        self._cards = cards
        self._stack.setCurrentIndex(1 if cards else 0)
        self._fill_list()
        if not cards:
            return
        wanted = self._wanted or (self._current.key if self._current else None)
        chosen = [card for card in self.cards if card.key == wanted]
        self._wanted = None
        if chosen:
            self._show_card(chosen[0])
        elif self._current is None and self.cards and not self._all_together:
            self._show_card(self.cards[0])
        else:
            self.show_overview()

    def _fill_list(self) -> None:
        empty(self._list)
        for button in self._buttons.buttons():
            self._buttons.removeButton(button)
        shown = self.cards
        if len(shown) != 1:
            self._add(OverviewRow(self._theme, len(shown)), self.show_overview)
        for place, card in enumerate(shown):
            self._add(GroupRow(self._theme, card, place), partial(self._show_card, card))
        rest = [card for card in self._cards if card.group is None]
        if self._others_shown:
            for card in rest:
                self._add(GroupRow(self._theme, card, len(shown) + 9), partial(self._show_card, card))
        self.others.setVisible(bool(rest))
        words = counted(
            len(rest), translate(_CONTEXT, "One is not shown"), translate(_CONTEXT, "{n} are not shown")
        )
        hide = translate(_CONTEXT, "Fold away what is not shown")
        self.others.setText(hide if self._others_shown else words)

    def _add(self, line: QAbstractButton, act: Callable[[], None]) -> None:
        line.clicked.connect(lambda _checked=False: act())
        self._buttons.addButton(line)
        self._list.addWidget(line)

    def _toggle_others(self) -> None:
        self._others_shown = not self._others_shown
        self._fill_list()
        self._mark()

    def _show_card(self, card: CampaignCard) -> None:
        self._current, self._all_together = card, False
        self._mark()
        self._right.setCurrentIndex(1)
        self.detail.show_card(card)

    def _mark(self) -> None:
        for button in self._buttons.buttons():
            if isinstance(button, GroupRow):
                button.setChecked(self._current is not None and button.key == self._current.key)

    # Acting.

    def _act(self, kind: ActionKind) -> None:
        if self._current is not None:
            self._act_on_group(self._current.key, kind)

    def _ask_messages(self) -> None:
        if self._current is not None:
            self.messages_wanted.emit(self._current.key)

    def _ask_name(self) -> None:
        card = self._current
        if card is not None:
            rename = self._services.campaigns.rename
            ask_name(self._theme, card, self, lambda title: self._decide(partial(rename, card.key, title)))

    def _ask_split(self) -> None:
        card = self._current
        if card is None:
            return
        campaigns = self._services.campaigns

        def offered(offer: SplitOffer | None) -> None:
            if offer is None:
                title = translate(_CONTEXT, "This group does not fall into two")
                note = translate(
                    _CONTEXT, "What its senders share hangs together. You can still take single senders out."
                )
                self._post(Notice(Words(title, note, "")))
                return
            ask_split(self._theme, offer, self, lambda: self._decide(partial(campaigns.split, offer)))

        self._background.read("group-split", lambda: campaigns.offer_split(card.key), offered)

    def _dismiss(self) -> None:
        if self._current is not None:
            self._decide(partial(self._services.campaigns.dismiss, self._current.key))

    def _take_out(self, senders: Sequence[SenderId]) -> None:
        if self._current is not None:
            self._decide(partial(self._services.campaigns.remove, self._current.key, senders))

    def _undo(self, decision: Decision) -> None:
        undo = self._services.campaigns.undo
        self._background.start(f"undo-{decision.id}", "", lambda _: undo(decision.id), changes=_CHANGED)

    def _decide(self, work: Callable[[], Decision]) -> None:
        """Carry a decision out, say so, and offer to take it back."""
        card = self._current
        name = campaign_name(card) if card is not None else ""

        def done(decision: Decision) -> None:
            words = Words(_done(decision, name), "", translate(_CONTEXT, "Undo"))
            self._post(Notice(words, good=True, act=partial(self._undo, decision)))

        self._background.start("group-decision", "", lambda _: work(), done, changes=_CHANGED)


def _done(decision: Decision, name: str) -> str:
    if decision.kind is DecisionKind.DISMISS:
        return translate(_CONTEXT, "{name} is dismissed and stays so, also when it grows").format(name=name)
    if decision.kind is DecisionKind.SPLIT:
        return translate(_CONTEXT, "{name} is split in two").format(name=name)
    if decision.kind is DecisionKind.RENAME:
        return translate(_CONTEXT, "The name is saved")
    return counted(
        decision.senders,
        translate(_CONTEXT, "One sender is taken out, and stays out"),
        translate(_CONTEXT, "{n} senders are taken out, and stay out"),
    )
