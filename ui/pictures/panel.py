"""A picture on the screen: title, what it says, the drawing, the same as a table, and saving it."""

from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from PySide6.QtCore import QEvent, QPoint, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPixmap,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFileDialog,
    QFrame,
    QHeaderView,
    QSizePolicy,
    QTableWidget,
    QTableWidgetItem,
    QToolTip,
    QWidget,
)

from ui.background import Background
from ui.messages import Words
from ui.notices import Notice
from ui.pictures.graph import Graph
from ui.pictures.picture import Picture
from ui.pictures.saving import save
from ui.theme.theme import Theme
from ui.widgets.buttons import TextButton
from ui.widgets.layouts import column, row
from ui.widgets.untrusted_text import PlainLabel, one_line, rich
from ui.wording import translate

_CONTEXT = "Pictures"
_TABLE_ROWS: Final = 400
_TABLE_TALL: Final = 320
_NARROWEST: Final = 60  # before the first layout
_NEAREST, _FARTHEST = 12.0, 1.0

Post = Callable[[Notice], None]


class PicturePanel(QFrame):
    """A card with one picture. Until `show_picture` it says that it is being drawn."""

    def __init__(self, theme: Theme, background: Background, post: Post, title: str) -> None:
        super().__init__()
        self.setProperty("role", "card")
        self._theme, self._background, self._post = theme, background, post
        self._picture: Picture | None = None
        self.title = PlainLabel(title, role="strong")
        self.summary = PlainLabel(translate(_CONTEXT, "Being worked out…"), role="soft").wrapped()
        self.canvas = _Canvas(theme)
        self.left_out = PlainLabel(role="caption").wrapped()
        self.canvas.viewed.connect(self._say_left_out)
        self.table = QTableWidget()
        self.as_table = TextButton(theme, translate(_CONTEXT, "As a table"), "", "quiet")
        self.as_table.on_click(self._toggle)
        self.save = TextButton(theme, translate(_CONTEXT, "Save…"), "", "quiet").on_click(self._ask)
        # On a line of their own: beside the title large text would push the card out of the window.
        self._extras = QWidget()
        self._controls = row(None, gap=4)
        self._extras.setLayout(self._controls)
        head = row(self.title, None, self.as_table, self.save, gap=1)
        parts = (head, self.summary, self._extras, self.canvas, self.left_out, self.table)
        self.setLayout(column(*parts, gap=2, margins=(4, 3, 4, 4)))
        _dress(self.table)
        for part in (self._extras, self.canvas, self.left_out, self.table, self.as_table, self.save):
            part.hide()

    def add(self, widget: QWidget) -> None:
        """One more control above the drawing."""
        self._controls.insertWidget(self._controls.count() - 1, widget)

    def show_picture(self, picture: Picture) -> None:
        """Draw this from now on."""
        self._picture = picture
        self.title.setText(picture.title)
        there = not picture.lacking
        self.summary.setText(picture.summary)
        self.canvas.show_picture(picture if there else None)
        self.canvas.setVisible(there and self.table.isHidden())
        self._say_left_out()
        self.as_table.setVisible(there)
        self.save.setVisible(there)
        self._extras.setVisible(there and self._controls.count() > 1)
        if not self.table.isHidden():
            self._fill()

    def _toggle(self) -> None:
        to_table = self.table.isHidden()
        self.table.setVisible(to_table)
        self.canvas.setVisible(not to_table)
        self._say_left_out()
        words = translate(_CONTEXT, "As a picture") if to_table else translate(_CONTEXT, "As a table")
        self.as_table.setText(words)
        if to_table:
            self._fill()

    def _say_left_out(self) -> None:
        """What has no room in the drawing as it is now."""
        said = self.canvas.left_out()
        if said:
            said += " " + translate(_CONTEXT, "Point at a dot to see it, or look closer.")
        self.left_out.setText(said)
        self.left_out.setVisible(bool(said) and self.table.isHidden())

    def _fill(self) -> None:
        assert self._picture is not None  # noqa: S101 - the button is hidden until there is one
        data = self._picture.table()
        rows = data.rows[:_TABLE_ROWS]
        self.table.setColumnCount(len(data.heads))
        self.table.setRowCount(len(rows))
        for across, head in enumerate(data.heads):
            side = _side([cells[across] for cells in rows], first=across == 0)
            self.table.setHorizontalHeaderItem(across, _cell(head, side))
            for down, cells in enumerate(rows):
                self.table.setItem(down, across, _cell(cells[across], side))
        tall = self.table.horizontalHeader().sizeHint().height() + len(rows) * 30 + 4
        self.table.setFixedHeight(min(tall, _TABLE_TALL))

    def _ask(self) -> None:
        picture = self._picture
        if picture is None:
            return
        kinds = [
            translate(_CONTEXT, "Picture (*.png)"),
            translate(_CONTEXT, "Drawing (*.svg)"),
            translate(_CONTEXT, "Table (*.csv)"),
        ]
        if isinstance(picture, Graph):
            kinds.append(translate(_CONTEXT, "Graph (*.graphml)"))
        start = str(Path.home() / f"{picture.name}.png")
        name, kind = QFileDialog.getSaveFileName(
            self, translate(_CONTEXT, "Save the picture"), start, ";;".join(kinds)
        )
        if name:
            path = Path(name)
            self.save_to(path if path.suffix else path.with_suffix(kind[kind.rindex(".") : -1]))

    def save_to(self, path: Path) -> None:
        """Write it in a worker and say where it lies."""
        picture = self._picture
        if picture is None:
            return
        now = datetime.now(UTC)
        self._background.start("save-picture", "", lambda _: save(picture, path, now), self._saved)

    def _saved(self, made: tuple[Path, Path]) -> None:
        title = translate(_CONTEXT, "Saved as {name}").format(name=one_line(made[0].name, 120))
        note = translate(_CONTEXT, "How it was made stands beside it, in {name}.").format(
            name=one_line(made[1].name, 120)
        )
        self._post(Notice(Words(title, note, ""), good=True))


def _side(words: Sequence[str], *, first: bool) -> Qt.AlignmentFlag:
    """Figures stand under each other at the right; words, and the first column, at the left."""
    figures = not first and not any(char.isalpha() for one in words for char in one)
    return Qt.AlignmentFlag.AlignRight if figures else Qt.AlignmentFlag.AlignLeft


def _cell(words: str, side: Qt.AlignmentFlag) -> QTableWidgetItem:
    item = QTableWidgetItem(words)
    item.setTextAlignment(side | Qt.AlignmentFlag.AlignVCenter)
    return item


def _dress(table: QTableWidget) -> None:
    table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
    table.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
    table.setShowGrid(False)
    table.verticalHeader().hide()
    table.verticalHeader().setDefaultSectionSize(30)
    table.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Stretch)


class _Canvas(QWidget):
    """Keeps the drawing as pixels; it is drawn anew for another size, palette or closer look only.

    Plus, minus and nought look closer, less close, and at the whole; dragging moves what is drawn.
    """

    # Another picture, size, palette or closer look.
    viewed = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._picture: Picture | None = None
        self._pixels: QPixmap | None = None
        self._near = _FARTHEST
        self._moved = QPointF(0, 0)
        self._held: QPoint | None = None
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self._forget)

    def show_picture(self, picture: Picture | None) -> None:
        """Draw this."""
        self._picture = picture
        if not isinstance(picture, Graph):
            self._near, self._moved = _FARTHEST, QPointF(0, 0)
        self.setFocusPolicy(
            Qt.FocusPolicy.StrongFocus if isinstance(picture, Graph) else Qt.FocusPolicy.NoFocus
        )
        self.setAccessibleName(picture.title if picture else "")
        self.setAccessibleDescription(picture.summary if picture else "")
        self._fit()
        self._forget()

    def sizeHint(self) -> QSize:
        """As tall as the picture wants to be."""
        return QSize(600, self.height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another width may want another height."""
        super().resizeEvent(event)
        if event.oldSize().width() != event.size().width():
            self._fit()
        self._forget()

    def left_out(self) -> str:
        """What the drawing has no room for; empty when all is there."""
        if not isinstance(self._picture, Graph) or self.width() <= _NARROWEST:
            return ""
        return self._picture.left_out(self._box(), self._theme.tokens)

    def event(self, event: QEvent) -> bool:
        """Pointing at a sender says its label."""
        if event.type() != QEvent.Type.ToolTip or not isinstance(event, QHelpEvent):
            return super().event(event)
        words = ""
        if isinstance(self._picture, Graph):
            words = self._picture.under(QPointF(event.pos()), self._box(), self._theme.tokens)
        # Empty words put an earlier one away.
        QToolTip.showText(event.globalPos(), rich(words) if words else "", self)
        return True

    def paintEvent(self, event: QPaintEvent) -> None:
        """Show the pixels."""
        del event
        if self._picture is None:
            return
        if self._pixels is None or self._pixels.devicePixelRatio() != self.devicePixelRatioF():
            self._pixels = self._drawn(self._picture)
        painter = QPainter(self)
        painter.drawPixmap(0, 0, self._pixels)
        if self.hasFocus():
            painter.setPen(self._theme.tokens.color("focus"))
            painter.drawRect(self.rect().adjusted(0, 0, -1, -1))

    def wheelEvent(self, event: QWheelEvent) -> None:
        """With Control, look closer; without, the page scrolls."""
        if not event.modifiers() & Qt.KeyboardModifier.ControlModifier or not isinstance(
            self._picture, Graph
        ):
            event.ignore()
            return
        self._look(1.2 if event.angleDelta().y() > 0 else 1 / 1.2, event.position())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Plus, minus, nought."""
        middle = QPointF(self.rect().center())
        steps = {Qt.Key.Key_Plus: 1.3, Qt.Key.Key_Equal: 1.3, Qt.Key.Key_Minus: 1 / 1.3, Qt.Key.Key_0: 0.0}
        step = steps.get(Qt.Key(event.key()))
        if step is None or not isinstance(self._picture, Graph):
            super().keyPressEvent(event)
            return
        self._look(step, middle)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Begin to drag."""
        self._held = event.position().toPoint() if self._near > _FARTHEST else None
        super().mousePressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Move what is drawn."""
        if self._held is None:
            return
        here = event.position().toPoint()
        self._moved += QPointF(here - self._held)
        self._held = here
        self._forget()

    def _look(self, step: float, at: QPointF) -> None:
        near = min(max(self._near * step, _FARTHEST), _NEAREST) if step else _FARTHEST
        self._moved = at - (at - self._moved) * (near / self._near) if near > _FARTHEST else QPointF(0, 0)
        self._near = near
        self._forget()

    def _drawn(self, picture: Picture) -> QPixmap:
        ratio = self.devicePixelRatioF()
        pixels = QPixmap(self.size() * ratio)
        pixels.setDevicePixelRatio(ratio)
        pixels.fill(Qt.GlobalColor.transparent)
        painter = QPainter(pixels)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        picture.draw(painter, self._box(), self._theme.tokens)
        painter.end()
        return pixels

    def _box(self) -> QRectF:
        """The box grows instead of the painter: lines and words keep their size, places move apart."""
        near = self._near
        box = QRectF(self._moved.x(), self._moved.y(), self.width() * near, self.height() * near)
        return box.adjusted(1, 1, -1, -1)

    def _fit(self) -> None:
        if self._picture is not None and self.width() > _NARROWEST:
            self.setFixedHeight(self._picture.height(self.width()))

    def _forget(self) -> None:
        self._pixels = None
        self.update()
        self.viewed.emit()
