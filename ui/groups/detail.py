"""One group on the right: its head, three pages, and what can be done about it."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QButtonGroup, QFrame, QMenu, QScrollArea, QToolButton, QWidget

from core.domain.campaign import CampaignCard, CampaignDetail, CampaignState, Decision
from core.domain.coordination import Strength
from core.domain.ids import SenderId
from ui.background import Background
from ui.groups.pages import OverTime, Who
from ui.groups.why import Why
from ui.groups.words import period, returned
from ui.pictures.panel import Post
from ui.pictures.picture import campaign_name
from ui.theme.theme import Theme
from ui.widgets.buttons import IconButton, TextButton
from ui.widgets.category_words import strength_name
from ui.widgets.layouts import column, row, rule, scrolled
from ui.widgets.untrusted_text import PlainLabel
from ui.wording import counted, translate

if TYPE_CHECKING:
    from app.services.bundle import Services

_CONTEXT: Final = "Groups"
_WIDEST: Final = 1240


class GroupDetail(QFrame):
    """Says what is wanted by signals; the screen carries it out."""

    mute_wanted = Signal()
    block_wanted = Signal()
    messages_wanted = Signal()
    rename_wanted = Signal()
    split_wanted = Signal()
    dismiss_wanted = Signal()
    take_out_wanted = Signal(object)
    undo_wanted = Signal(object)

    def __init__(self, theme: Theme, services: "Services", background: Background, post: Post) -> None:
        super().__init__()
        self.setObjectName("detailPane")
        self._theme, self._services, self._background = theme, services, background
        self._key = ""
        self._card: CampaignCard | None = None
        self.title = PlainLabel(role="title").wrapped()
        self.strength = PlainLabel(role="strong")
        self.period = PlainLabel(role="soft").wrapped()
        self.returned = PlainLabel(role="urgent").wrapped()
        self.rename = IconButton(theme, "rename", translate(_CONTEXT, "Name this group…"))
        self.rename.clicked.connect(lambda _=False: self.rename_wanted.emit())
        self.over_time = OverTime(theme, services, background, post)
        self.who = Who(theme, services, background, post, self._take_out)
        self.why: Why | None = None
        self._why_holder = QWidget()
        self._why_box = column()
        self._why_holder.setLayout(self._why_box)
        # One below the other, one of them visible: a stack would be as tall as its tallest page.
        self._pages = (self._why_holder, self.over_time, self.who)
        self._read: set[int] = set()
        self._tabs = QButtonGroup(self)
        body = QWidget()
        body.setObjectName("detailBody")
        body.setMaximumWidth(_WIDEST)
        head = row(self.title, self.rename, gap=1)
        head.setStretch(0, 1)
        tabs = self._make_tabs()
        body.setLayout(
            column(
                head, self.strength, self.period, self.returned, tabs, rule(), *self._pages, None,
                gap=2, margins=(7, 6, 7, 6),
            )
        )  # fmt: skip
        self.area: QScrollArea = scrolled(body)
        self.setLayout(column(self.area, rule(), self._footer(), gap=0))

    def show_card(self, card: CampaignCard) -> None:
        """Another group, or the same one changed."""
        if card == self._card:
            # Nothing new about it: what was opened, revealed or marked stays as it is.
            return
        other = card.key != self._key
        self._card, self._key = card, card.key
        group = card.group
        self.title.setText(campaign_name(card))
        people = counted(card.senders, translate(_CONTEXT, "One sender"), translate(_CONTEXT, "{n} senders"))
        said = translate(_CONTEXT, "Not shown")
        if group is not None:
            said = strength_name(group.strength)
        elif card.state is CampaignState.DISMISSED:
            said = translate(_CONTEXT, "Dismissed by you")
        self.strength.setText(f"{said} · {people}")
        strong = group is not None and group.strength is Strength.STRONG
        self.strength.setProperty("role", "urgent" if strong else "strong")
        self.strength.style().polish(self.strength)
        self.period.setText(period(card))
        self.returned.setText(returned(card.re_emerged) if card.re_emerged else "")
        self.returned.setVisible(card.re_emerged is not None)
        for button in (self.mute, self.block, self.messages):
            button.setVisible(group is not None)
        self.more.setVisible(group is not None)
        self._read.clear()
        if other:
            self._tabs.button(0).setChecked(True)
            self.area.verticalScrollBar().setValue(0)
        self._open(self._tabs.checkedId())

    def hide_texts(self) -> None:
        """Take texts off the screen."""
        if self.why is not None:
            self.why.texts.hide_texts()
        self.over_time.words.setChecked(False)
        self.who.words.setChecked(False)

    def _make_tabs(self) -> QWidget:
        holder = QWidget()
        line = row(gap=0, margins=(0, 2, 0, 0))
        names = (
            translate(_CONTEXT, "Why"),
            translate(_CONTEXT, "Over time"),
            translate(_CONTEXT, "Senders"),
        )
        for place, name in enumerate(names):
            tab = QToolButton()
            tab.setText(name)
            tab.setCheckable(True)
            tab.setProperty("role", "tab")
            tab.setCursor(Qt.CursorShape.PointingHandCursor)
            tab.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
            self._tabs.addButton(tab, place)
            line.addWidget(tab)
        line.addStretch(1)
        holder.setLayout(line)
        self._tabs.button(0).setChecked(True)
        self._tabs.idClicked.connect(self._open)
        return holder

    def open_page(self, place: int) -> None:
        """0 why, 1 over time, 2 senders."""
        self._tabs.button(place).setChecked(True)
        self._open(place)

    def _open(self, place: int) -> None:
        """Show a page; what takes a worker is only read when its page is looked at."""
        for number, page in enumerate(self._pages):
            page.setVisible(number == place)
        if place in self._read:
            return
        self._read.add(place)
        key = self._key
        if place == 0:
            campaigns = self._services.campaigns
            self._background.read("group-detail", lambda: campaigns.detail(key), self._show_detail)
        elif place == 1:
            self.over_time.read(key)
        else:
            self.who.read(key)

    def _show_detail(self, detail: CampaignDetail) -> None:
        if self.why is not None:
            self._why_box.removeWidget(self.why)
            self.why.hide()
            self.why.deleteLater()
        self.why = Why(self._theme, detail, self._undo)
        self._why_box.addWidget(self.why)

    def _undo(self, decision: Decision) -> None:
        self.undo_wanted.emit(decision)

    def _take_out(self, senders: Sequence[SenderId]) -> None:
        self.take_out_wanted.emit(list(senders))

    def _footer(self) -> QWidget:
        theme = self._theme
        self.mute = TextButton(theme, translate(_CONTEXT, "Mute everyone…"), "mute", "primary")
        self.block = TextButton(theme, translate(_CONTEXT, "Block…"), "block")
        self.messages = TextButton(theme, translate(_CONTEXT, "See their messages"), "inbox")
        self.mute.on_click(self.mute_wanted.emit)
        self.block.on_click(self.block_wanted.emit)
        self.messages.on_click(self.messages_wanted.emit)
        self.more = TextButton(theme, translate(_CONTEXT, "Not right?"), "more")
        menu = QMenu(self.more)
        entries: tuple[tuple[str, Callable[[], object]], ...] = (
            (translate(_CONTEXT, "This is no group: dismiss it"), self.dismiss_wanted.emit),
            (translate(_CONTEXT, "Some do not belong: choose them…"), lambda: self.open_page(2)),
            (translate(_CONTEXT, "These are two groups: split…"), self.split_wanted.emit),
        )
        for words, act in entries:
            menu.addAction(words).triggered.connect(lambda _=False, wanted=act: wanted())
        self.more.setMenu(menu)
        footer = QWidget()
        footer.setLayout(
            row(self.mute, self.block, self.messages, None, self.more, gap=2, margins=(7, 3, 7, 3))
        )
        return footer
