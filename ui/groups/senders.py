"""The senders of a group in a table, and taking some of them out."""

from collections.abc import Callable, Sequence
from typing import Any, Final

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QFrame, QHeaderView, QTableView, QWidget

from core.domain.campaign import Member
from core.domain.ids import SenderId
from ui.theme.theme import Theme
from ui.widgets.buttons import TextButton
from ui.widgets.layouts import column, row
from ui.widgets.untrusted_text import PlainLabel, flat, rich
from ui.wording import counted, day_time, number, translate

_CONTEXT: Final = "Groups"
_ROW: Final = 34
_TALLEST: Final = 460
_BESIDE: Final = 24
_SAMPLE_TIME: Final = "28 Sep 2026, 00:00"
_HANDLE: Final = 1
_FIGURES: Final = (0, 4)
_Index = QModelIndex | QPersistentModelIndex


class MemberModel(QAbstractTableModel):
    """Rows are made when they come into view."""

    def __init__(self) -> None:
        super().__init__()
        self._members: tuple[Member, ...] = ()
        self._heads = (
            translate(_CONTEXT, "No."),
            translate(_CONTEXT, "Sender"),
            translate(_CONTEXT, "First message here"),
            translate(_CONTEXT, "Account made"),
            translate(_CONTEXT, "Messages"),
            translate(_CONTEXT, "Now"),
        )

    def put(self, members: Sequence[Member]) -> None:
        """Show these."""
        self.beginResetModel()
        self._members = tuple(members)
        self.endResetModel()

    def at(self, place: int) -> Member:
        """One of them."""
        return self._members[place]

    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        """One each."""
        return 0 if parent.isValid() else len(self._members)

    def columnCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        """Fixed."""
        return 0 if parent.isValid() else len(self._heads)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        """Names of columns."""
        if orientation is Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return self._heads[section]
        if orientation is Qt.Orientation.Horizontal and role == Qt.ItemDataRole.TextAlignmentRole:
            return _side(section)
        return None

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """One cell."""
        member = self._members[index.row()]
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _side(index.column())
        if role == Qt.ItemDataRole.ToolTipRole and index.column() == _HANDLE:
            return rich("@" + member.handle, 300)
        if role != Qt.ItemDataRole.DisplayRole:
            return None
        cells: tuple[Callable[[], str], ...] = (
            lambda: number(index.row() + 1),
            lambda: "@" + flat(member.handle, 60),
            lambda: day_time(member.joined_at),
            lambda: day_time(member.created_at) if member.created_at else translate(_CONTEXT, "not known"),
            lambda: number(member.posts),
            lambda: _now(member),
        )
        return cells[index.column()]()


class _Table(QTableView):
    """Says when it has another size, so that its columns can follow."""

    resized = Signal()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another size."""
        super().resizeEvent(event)
        self.resized.emit()


class Senders(QWidget):
    """The table with its one action."""

    def __init__(self, theme: Theme, take_out: Callable[[Sequence[SenderId]], None]) -> None:
        super().__init__()
        self._take_out = take_out
        self.model = MemberModel()
        self._words = ""
        self.view = _Table()
        self.view.resized.connect(self._widen)
        self.view.setObjectName("senders")
        self.view.setModel(self.model)
        self.view.setFrameShape(QFrame.Shape.NoFrame)
        self.view.setShowGrid(False)
        self.view.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.view.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.view.setWordWrap(False)
        self.view.setTabKeyNavigation(False)
        self.view.setAccessibleName(translate(_CONTEXT, "Senders of this group"))
        self.view.verticalHeader().hide()
        self.view.verticalHeader().setDefaultSectionSize(_ROW)
        header = self.view.horizontalHeader()
        header.setHighlightSections(False)
        header.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        self.take_out = TextButton(theme, "", "remove").on_click(self._ask)
        self.note = PlainLabel(role="caption").wrapped()
        self.view.selectionModel().selectionChanged.connect(lambda *_: self._count())
        title = PlainLabel(translate(_CONTEXT, "Senders"), role="section")
        self.setLayout(column(row(title, None, self.take_out), self.note, self.view, gap=2))
        self._count()

    def put(self, members: Sequence[Member]) -> None:
        """Show these."""
        self.model.put(members)
        tall = self.view.horizontalHeader().sizeHint().height() + len(members) * _ROW + 6
        self.view.setFixedHeight(min(max(tall, 120), _TALLEST))
        self._words = max((_now(member) for member in members), key=len, default="")
        self._widen()
        self._count()

    def _widen(self) -> None:
        """Every column as wide as its longest words; the handle has the rest, and always enough."""
        metrics, header = self.view.fontMetrics(), self.view.horizontalHeader()
        now = max(self._words, translate(_CONTEXT, "Now"), key=len)
        samples = ("00000", "@name.bsky.social", _SAMPLE_TIME, _SAMPLE_TIME, "Messages", now)
        wide = [metrics.horizontalAdvance(sample) + _BESIDE for sample in samples]
        rest = self.view.viewport().width() - sum(wide) + wide[_HANDLE]
        wide[_HANDLE] = max(wide[_HANDLE], rest)
        for place, one in enumerate(wide):
            header.resizeSection(place, one)

    def chosen(self) -> list[SenderId]:
        """Those marked who are still in."""
        rows = {index.row() for index in self.view.selectionModel().selectedRows()}
        return [self.model.at(place).sender_id for place in sorted(rows) if not self.model.at(place).removed]

    def _count(self) -> None:
        chosen = len(self.chosen())
        self.take_out.setEnabled(chosen > 0)
        none = translate(_CONTEXT, "Take out of this group")
        one = translate(_CONTEXT, "Take one out of this group")
        self.take_out.setText(
            counted(chosen, one, translate(_CONTEXT, "Take {n} out of this group")) if chosen else none
        )
        self.note.setText(
            translate(
                _CONTEXT, "Whoever does not belong here can be taken out, and stays out. You can undo it."
            )
        )

    def _ask(self) -> None:
        chosen = self.chosen()
        if chosen:
            self._take_out(chosen)


def _side(column: int) -> Qt.AlignmentFlag:
    """Figures stand under each other."""
    side = Qt.AlignmentFlag.AlignRight if column in _FIGURES else Qt.AlignmentFlag.AlignLeft
    return side | Qt.AlignmentFlag.AlignVCenter


def _now(member: Member) -> str:
    if member.removed:
        return translate(_CONTEXT, "Taken out by you")
    if member.followed:
        return translate(_CONTEXT, "You follow them")
    if member.gone:
        return translate(_CONTEXT, "Gone")
    return ""
