"""Rows for the mention list: knows how many there are, holds only the pages looked at.

A hundred thousand mentions cost as much as one screenful. What has not arrived yet is None, and the
model asks for its page once.
"""

from collections import OrderedDict
from typing import Any, Final

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal

from core.domain.ids import MentionId
from core.domain.inbox import InboxRow
from ui.inbox.reveal import Reveal
from ui.inbox.row_words import spoken_row

PAGE: Final = 100
_PAGES_KEPT: Final = 24
ROW_ROLE: Final = int(Qt.ItemDataRole.UserRole) + 1
REVEAL_ROLE: Final = int(Qt.ItemDataRole.UserRole) + 2

_Index = QModelIndex | QPersistentModelIndex


class MentionModel(QAbstractListModel):
    """Pages of `InboxRow`, and how far each hidden text has been revealed."""

    # Number of the page that is looked at and not here.
    page_wanted = Signal(int)
    rows_arrived = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._total = 0
        self._pages: OrderedDict[int, list[InboxRow]] = OrderedDict()
        self._asked: set[int] = set()
        self._floor = Reveal.CATEGORY
        self._revealed: tuple[MentionId, Reveal] | None = None

    def rowCount(self, parent: _Index | None = None) -> int:
        """Every mention the filter leaves, loaded or not."""
        return 0 if parent is not None and parent.isValid() else self._total

    def data(self, index: _Index, role: int = int(Qt.ItemDataRole.DisplayRole)) -> Any:
        """`ROW_ROLE` gives the row or None; the accessible text never says what is hidden."""
        if not index.isValid() or not 0 <= index.row() < self._total:
            return None
        if role == ROW_ROLE:
            return self.row_at(index.row())
        if role == REVEAL_ROLE:
            found = self.row_at(index.row())
            return self.level_of(found) if found else self._floor
        if role in (Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.DisplayRole):
            found = self.row_at(index.row())
            return spoken_row(found, self.level_of(found)) if found else ""
        return None

    def row_at(self, position: int) -> InboxRow | None:
        """The row, or None while its page is fetched."""
        page, within = divmod(position, PAGE)
        rows = self._pages.get(page)
        if rows is not None:
            self._pages.move_to_end(page)
            return rows[within] if within < len(rows) else None
        if page not in self._asked:
            self._asked.add(page)
            self.page_wanted.emit(page)
        return None

    def held(self, position: int) -> InboxRow | None:
        """The row if it is loaded; asks for nothing."""
        page, within = divmod(position, PAGE)
        rows = self._pages.get(page, [])
        return rows[within] if within < len(rows) else None

    def restart(self, total: int) -> None:
        """Another filter: forget every row."""
        self.beginResetModel()
        self._total = total
        self._pages.clear()
        self._asked.clear()
        self._revealed = None
        self.endResetModel()

    def resize(self, total: int) -> None:
        """Rows came or went: fit the length and fetch again what is on screen, keeping the scroll place."""
        if total > self._total:
            self.beginInsertRows(QModelIndex(), self._total, total - 1)
            self._total = total
            self.endInsertRows()
        elif total < self._total:
            self.beginRemoveRows(QModelIndex(), total, self._total - 1)
            self._total = total
            self._drop_beyond(total)
            self.endRemoveRows()
        self._asked.clear()
        for page in list(self._pages):
            self._asked.add(page)
            self.page_wanted.emit(page)

    def put_page(self, page: int, rows: list[InboxRow]) -> None:
        """A page arrived; only rows that differ are announced."""
        self._asked.discard(page)
        before = self._pages.get(page, [])
        self._pages[page] = rows
        self._pages.move_to_end(page)
        while len(self._pages) > _PAGES_KEPT:
            self._pages.popitem(last=False)
        changed = [n for n, row in enumerate(rows) if n >= len(before) or before[n] != row]
        if changed:
            start = page * PAGE
            last = min(start + changed[-1], self._total - 1)
            self.dataChanged.emit(self.index(start + changed[0]), self.index(last))
        self.rows_arrived.emit()

    def page_failed(self, page: int) -> None:
        """A page could not be read; it may be asked for again."""
        self._asked.discard(page)

    def loaded(self) -> list[tuple[int, InboxRow]]:
        """Every row held, with its position."""
        return [(page * PAGE + n, row) for page, rows in self._pages.items() for n, row in enumerate(rows)]

    def level_of(self, row: InboxRow) -> Reveal:
        """How far this row is shown now."""
        if not row.hidden:
            return Reveal.FULL
        if self._revealed is not None and self._revealed[0] == row.mention_id:
            return self._revealed[1]
        return self._floor

    @property
    def floor(self) -> Reveal:
        """What hidden rows show without being asked."""
        return self._floor

    def set_floor(self, floor: Reveal) -> None:
        """What hidden rows show without being asked."""
        self._floor = floor
        self._revealed = None
        self._repaint()

    def reveal(self, mention_id: MentionId, level: Reveal) -> None:
        """Show one mention further; any other is hidden again."""
        self._revealed = (mention_id, level)
        self._repaint()

    def hide_all(self) -> None:
        """Back to hidden everywhere."""
        if self._revealed is not None:
            self._revealed = None
            self._repaint()

    def _repaint(self) -> None:
        if self._total:
            self.dataChanged.emit(self.index(0), self.index(self._total - 1), [REVEAL_ROLE])

    def _drop_beyond(self, total: int) -> None:
        for page in [page for page in self._pages if page * PAGE >= total]:
            del self._pages[page]
