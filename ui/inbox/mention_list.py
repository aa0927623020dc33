"""The list of messages: a table of one column, because only a table places 100,000 rows without asking
for each of them (measured: a list view spends a second on every change of length, a table 8 ms)."""

from collections.abc import Callable
from datetime import datetime

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractItemView, QFrame, QHeaderView, QTableView, QWidget

from ui.inbox.delegate import MentionDelegate
from ui.inbox.model import MentionModel
from ui.theme.theme import Theme

_GAP = 8


class MentionList(QTableView):
    """Cards of one height under each other; several can be chosen."""

    def __init__(
        self, theme: Theme, model: MentionModel, now: Callable[[], datetime], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setObjectName("mentions")
        self._delegate = MentionDelegate(theme, now, self)
        self.setItemDelegate(self._delegate)
        self.setShowGrid(False)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setTabKeyNavigation(False)
        self.setMouseTracking(True)
        self.horizontalHeader().hide()
        self.horizontalHeader().setStretchLastSection(True)
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.setModel(model)
        theme.changed.connect(self._measure)
        self._measure()

    def ranges(self) -> list[range]:
        """What is chosen, as ranges of places: the whole list is one of them."""
        selection = self.selectionModel().selection()
        chosen = (selection.at(number) for number in range(selection.count()))
        return [range(one.top(), one.bottom() + 1) for one in chosen]

    def _measure(self) -> None:
        height = self._delegate.card_height() + _GAP
        self.verticalHeader().setMinimumSectionSize(height)
        self.verticalHeader().setDefaultSectionSize(height)
        self.viewport().update()
