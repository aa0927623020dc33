"""What goes out: the few messages to read first, everything hidden, one group, or figures alone."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QButtonGroup, QCheckBox, QComboBox, QRadioButton, QVBoxLayout, QWidget

from core.domain.ids import MentionId
from core.domain.inbox import InboxFilter, Order, Queue
from ui.export.choices import PacketChoices
from ui.widgets.category_words import category_name
from ui.widgets.layouts import column, empty, frame, row
from ui.widgets.untrusted_text import PlainLabel, one_line
from ui.wording import counted, day_time, number, translate

if TYPE_CHECKING:
    from app.services.export import Offered

_CONTEXT = "Export"
_SNIPPET = 180


class ChooseStep(QWidget):
    """The default is for a tired person: first, three most serious, three latest. Every one can go."""

    # The pool of messages changed: a new selection has to be looked up.
    pool_changed = Signal()

    def __init__(self, choices: PacketChoices, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._choices = choices
        self._ticks: dict[MentionId, QCheckBox] = {}
        self._texts: list[QWidget] = []
        self.short = QRadioButton(
            translate(_CONTEXT, "The few to read first: the first, the three most serious, the three latest")
        )
        self.hidden = QRadioButton(
            translate(_CONTEXT, "Everything hidden ({n})").format(n=number(choices.hidden))
        )
        self.one_group = QRadioButton(translate(_CONTEXT, "Everything of one group"))
        self._which = QButtonGroup(self)
        self.figures = QRadioButton(
            translate(_CONTEXT, "No messages: figures about groups, for those who collect them (STIX)")
        )
        self.figures.setEnabled(bool(choices.campaigns))
        for button in (self.short, self.hidden, self.one_group, self.figures):
            self._which.addButton(button)
        self.short.setChecked(True)
        self.group = self._groups()
        self.one_group.setEnabled(bool(choices.groups))
        self.group.setEnabled(False)
        self.one_group.toggled.connect(self.group.setEnabled)
        self._which.buttonToggled.connect(self._toggled)
        self.group.currentIndexChanged.connect(lambda _: self.pool_changed.emit())
        line = row(self.one_group, self.group, gap=3)
        line.setStretch(1, 1)
        self.context = QCheckBox(translate(_CONTEXT, "The conversation around them, with your own words"))
        self.context.setChecked(True)
        self.media = QCheckBox(translate(_CONTEXT, "Pictures that were kept"))
        self.coordination = QCheckBox(
            translate(_CONTEXT, "The analysis of groups, kept apart from the facts")
        )
        self.coordination.setChecked(True)
        self._short_box = self._offer_box()
        with_them = PlainLabel(translate(_CONTEXT, "With them"), role="section")
        self._with = QWidget()
        self._with.setLayout(column(2, with_them, self.context, self.media, self.coordination, gap=2))
        self.setLayout(
            column(self.short, self._short_box, self.hidden, line, self.figures, self._with, None, gap=2)
        )

    def pool(self) -> InboxFilter:
        """Where the messages come from."""
        if self.one_group.isChecked():
            return InboxFilter(queue=Queue.ALL, group_key=self.group.currentData(), order=Order.OLDEST)
        return InboxFilter(queue=Queue.ABUSE, order=Order.OLDEST)

    def only(self) -> tuple[MentionId, ...] | None:
        """The very messages, when the few were chosen; None: all of the pool."""
        if not self.short.isChecked():
            return None
        return tuple(one for one, tick in self._ticks.items() if tick.isChecked())

    @property
    def ready(self) -> bool:
        """Whether anything is chosen."""
        if self.figures.isChecked():
            return True
        only = self.only()
        return bool(only) if only is not None else bool(self._choices.hidden or self.one_group.isChecked())

    def show_offer(self, offered: "tuple[Offered, ...]") -> None:
        """The few to read first."""
        empty(self._list)
        self._ticks, self._texts = {}, []
        for one in offered:
            self._list.addWidget(self._offered(one))
        if not offered:
            self._list.addWidget(
                PlainLabel(translate(_CONTEXT, "There are no hidden messages."), role="soft")
            )
        self.texts.setVisible(bool(offered))
        self._show_texts(self.texts.isChecked())

    def _groups(self) -> QComboBox:
        box = QComboBox()
        box.setAccessibleName(translate(_CONTEXT, "Which group"))
        for card in self._choices.groups:
            people = counted(
                card.members, translate(_CONTEXT, "one sender"), translate(_CONTEXT, "{n} senders")
            )
            posts = counted(
                card.posts, translate(_CONTEXT, "one message"), translate(_CONTEXT, "{n} messages")
            )
            box.addItem(f"{people}, {posts}", card.key)
        return box

    def _offer_box(self) -> QWidget:
        self._list: QVBoxLayout = column(gap=2)
        self._list.addWidget(PlainLabel(translate(_CONTEXT, "Looking them up…"), role="soft"))
        self.texts = QCheckBox(translate(_CONTEXT, "Show their texts"))
        self.texts.toggled.connect(self._show_texts)
        note = PlainLabel(
            translate(_CONTEXT, "Timeline and counts on one page still speak of all of them."), role="caption"
        ).wrapped()
        box = frame("inset", column(self._list, self.texts, note, gap=3, margins=(4, 3, 4, 3)))
        holder = QWidget()
        holder.setLayout(column(box, margins=(6, 0, 0, 1)))
        return holder

    def _offered(self, one: "Offered") -> QWidget:
        mention, verdict = one.item.mention, one.item.classification
        why = ", ".join(_why(word) for word in one.why)
        kinds = category_name(verdict.categories[0]) if verdict and verdict.categories else ""
        tick = QCheckBox()
        tick.setChecked(True)
        who = one_line(mention.author.handle, 60)
        when = day_time(mention.created_at or one.item.received_at)
        tick.setAccessibleName(f"{why}: {who}, {when}")
        self._ticks[one.mention_id] = tick
        head = PlainLabel(why, role="strong")
        about = PlainLabel("  ·  ".join(part for part in (kinds, who, when) if part), role="soft")
        text = PlainLabel(one_line(mention.text, _SNIPPET)).wrapped()
        self._texts.append(text)
        holder = QWidget()
        words = column(row(head, about, None, gap=3), text, gap=0)
        line = row(tick, words, gap=2)
        line.setStretch(1, 1)
        holder.setLayout(line)
        return holder

    def _show_texts(self, shown: bool) -> None:
        for text in self._texts:
            text.setVisible(shown)

    def _toggled(self, _button: object, on: bool) -> None:
        if on:
            self._short_box.setVisible(self.short.isChecked())
            self._with.setVisible(not self.figures.isChecked())
            self.pool_changed.emit()


def _why(word: str) -> str:
    words = {
        "first": translate(_CONTEXT, "the first"),
        "worst": translate(_CONTEXT, "most serious"),
        "latest": translate(_CONTEXT, "latest"),
    }
    return words.get(word, word)
