"""The left of the inbox: piles of messages with their counts, kindness first, urgency next."""

from typing import Final

from PySide6.QtCore import QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QButtonGroup, QFrame, QSizePolicy, QVBoxLayout, QWidget

from core.domain.classification import Category
from core.domain.inbox import InboxCounts, Queue
from ui.theme.icons import icon_pixmap
from ui.theme.theme import Theme
from ui.widgets.category_words import category_icon, category_name, category_token
from ui.widgets.layouts import column, scrolled
from ui.widgets.untrusted_text import PlainLabel
from ui.wording import number, translate

# What a row of this pane stands for.
Pile = Queue | Category

_QUEUES: Final[tuple[tuple[Queue, str], ...]] = (
    (Queue.KIND_FIRST, "kind"),
    (Queue.NEEDS_ATTENTION, "attention"),
    (Queue.ABUSE, "eye-off"),
    (Queue.UNSCORED, "unscored"),
    (Queue.ALL, "all"),
    (Queue.SET_ASIDE, "set-aside"),
)


def queue_name(queue: Queue) -> str:
    """What the pile is called."""
    names = {
        Queue.KIND_FIRST: translate("Queue", "People who wrote kindly"),
        Queue.NEEDS_ATTENTION: translate("Queue", "Needs attention"),
        Queue.ABUSE: translate("Queue", "Hidden"),
        Queue.UNSCORED: translate("Queue", "Not scored"),
        Queue.ALL: translate("Queue", "Everything"),
        Queue.SET_ASIDE: translate("Queue", "Set aside"),
    }
    return names[queue]


def queue_explained(queue: Queue) -> str:
    """One sentence on what lies in the pile."""
    sentences = {
        Queue.KIND_FIRST: translate("Queue", "Nothing hostile was found in these. A good place to begin."),
        Queue.NEEDS_ATTENTION: translate("Queue", "Threats and private details. Look at these with "
            "someone you trust."),
        Queue.ABUSE: translate("Queue", "Judged hostile. Sealed as evidence; you do not have to read them."),
        Queue.UNSCORED: translate("Queue", "The model does not read their language: not called safe."),
        Queue.ALL: translate("Queue", "Every message received, newest first."),
        Queue.SET_ASIDE: translate("Queue", "Messages you put away. They stay in the evidence log."),
    }  # fmt: skip
    return sentences[queue]


class PileRow(QAbstractButton):
    """One pile: drawing, name, count."""

    def __init__(self, theme: Theme, pile: Pile, drawing: str, name: str, tint: str) -> None:
        super().__init__()
        self.pile = pile
        self._theme, self._drawing, self._tint = theme, drawing, tint
        self._count: int | None = None
        self.setText(name)
        tip = f"{queue_name(pile)}. {queue_explained(pile)}" if isinstance(pile, Queue) else name
        self.setToolTip(tip)
        self.setCheckable(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self.updateGeometry)

    def show_count(self, count: int) -> None:
        """Change the figure."""
        self._count = count
        self.setAccessibleName(f"{self.text()}, {number(count)}")
        self.update()

    def sizeHint(self) -> QSize:
        """A comfortable target at every text size."""
        return QSize(160, self._theme.tokens.px("body") + 20)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw."""
        del event
        tokens = self._theme.tokens
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        area = self.rect().adjusted(0, 1, 0, -1)
        if self.isChecked() or self.underMouse():
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(tokens.color("accent-soft" if self.isChecked() else "hover"))
            painter.drawRoundedRect(area, 9, 9)
        if self.hasFocus():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(tokens.color("focus"), 2))
            painter.drawRoundedRect(QRectF(area).adjusted(1, 1, -1, -1), 8, 8)
        middle = area.center().y()
        tint = "on-accent-soft" if self.isChecked() and self._tint == "text-soft" else self._tint
        drawing = icon_pixmap(self._drawing, tokens.hex(tint), 20, self.devicePixelRatioF())
        painter.drawPixmap(area.left() + 9, middle - 9, drawing)
        self._paint_words(painter, area)

    def _paint_words(self, painter: QPainter, area: QRect) -> None:
        tokens = self._theme.tokens
        figure = "" if self._count is None else number(self._count)
        font = QFont()
        font.setPixelSize(tokens.px("caption"))
        painter.setFont(font)
        painter.setPen(tokens.color("on-accent-soft" if self.isChecked() else "text-faint"))
        figure_room = QFontMetrics(font).horizontalAdvance(figure)
        painter.drawText(
            area.adjusted(0, 0, -10, 0), Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, figure
        )
        font.setPixelSize(tokens.px("body"))
        font.setWeight(QFont.Weight.DemiBold if self.isChecked() else QFont.Weight.Normal)
        painter.setFont(font)
        painter.setPen(tokens.color("on-accent-soft" if self.isChecked() else "text"))
        room = area.adjusted(38, 0, -figure_room - 18, 0)
        words = QFontMetrics(font).elidedText(self.text(), Qt.TextElideMode.ElideRight, room.width())
        painter.drawText(room, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, words)


class QueuePane(QFrame):
    """All piles; exactly one is chosen, or none while a search or group is shown."""

    chosen = Signal(object)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("sidePane")
        self._theme = theme
        self._group = QButtonGroup(self)
        self._rows: dict[Pile, PileRow] = {}
        body = QWidget()
        layout = column(gap=0, margins=(3, 4, 3, 4))
        self._add(layout, [(queue, drawing, _queue_tint(queue)) for queue, drawing in _QUEUES])
        self._categories = PlainLabel(translate("Queue", "Hidden, by kind"), role="section")
        self._categories.setContentsMargins(9, 18, 0, 6)
        layout.addWidget(self._categories)
        self._add(layout, [(c, category_icon(c), category_token(c)) for c in Category])
        layout.addStretch(1)
        body.setLayout(layout)
        self.setLayout(column(scrolled(body)))

    def row(self, pile: Pile) -> PileRow:
        """The row of a pile."""
        return self._rows[pile]

    def show_counts(self, counts: InboxCounts) -> None:
        """New figures; kinds that never occurred stay out of sight."""
        for queue, _ in _QUEUES:
            self._rows[queue].show_count(counts.by_queue.get(queue, 0))
        for category in Category:
            count = counts.by_category.get(category, 0)
            self._rows[category].show_count(count)
            always = category in (Category.THREAT, Category.DOXXING)
            self._rows[category].setVisible(bool(count) or always or self._rows[category].isChecked())

    def mark(self, pile: Pile | None) -> None:
        """Show what is chosen without announcing it."""
        if pile is not None:
            self._rows[pile].setChecked(True)
            return
        self._group.setExclusive(False)
        for one in self._rows.values():
            one.setChecked(False)
        self._group.setExclusive(True)

    def _add(self, layout: QVBoxLayout, piles: list[tuple[Pile, str, str]]) -> None:
        for pile, drawing, tint in piles:
            name = _short_name(pile) if isinstance(pile, Queue) else category_name(pile)
            row = PileRow(self._theme, pile, drawing, name, tint)
            row.clicked.connect(lambda _checked=False, p=pile: self.chosen.emit(p))
            self._group.addButton(row)
            self._rows[pile] = row
            layout.addWidget(row)


def _short_name(queue: Queue) -> str:
    """The name where there is little room."""
    return translate("Queue", "Wrote kindly") if queue is Queue.KIND_FIRST else queue_name(queue)


def _queue_tint(queue: Queue) -> str:
    return {Queue.KIND_FIRST: "kind", Queue.NEEDS_ATTENTION: "urgent"}.get(queue, "text-soft")
