"""A stranger's text for reading: plain, selectable, as tall as it needs, with marked passages."""

from collections.abc import Sequence
from math import ceil
from typing import Final

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QColor, QResizeEvent, QTextCharFormat, QTextCursor
from PySide6.QtWidgets import QFrame, QPlainTextEdit, QSizePolicy, QTextEdit, QWidget

from ui.theme.theme import Theme
from ui.widgets.untrusted_text import Shown, neutralise

_TALLEST: Final = 360


class ReadingText(QPlainTextEdit):
    """Read-only plain text; no links, no markup, no pictures."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._shown = Shown("", (0,), False)
        self._spans: list[tuple[int, int]] = []
        self.setReadOnly(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.setTabChangesFocus(True)
        self.document().setDocumentMargin(4)
        self.setObjectName("reading")
        theme.changed.connect(self._mark)

    def show_untrusted(self, untrusted: str, spans: Sequence[tuple[int, int]] = ()) -> None:
        """Show text; `spans` are code point offsets into it, marked."""
        self._shown = neutralise(untrusted)
        self._spans = list(spans)
        self.setPlainText(self._shown.text)
        self._mark()
        self._fit()
        self.verticalScrollBar().setValue(0)

    def cursor_over(self, start: int, end: int) -> QTextCursor:
        """A cursor that selects code points `start` to `end` of the text given to `show_untrusted`."""
        first, last = self._shown.span(start, end)
        cursor = QTextCursor(self.document())
        cursor.setPosition(_utf16(self._shown.text, first))
        cursor.setPosition(_utf16(self._shown.text, last), QTextCursor.MoveMode.KeepAnchor)
        return cursor

    def sizeHint(self) -> QSize:
        """As tall as the text, up to a limit; then it scrolls."""
        return QSize(200, self._height())

    def minimumSizeHint(self) -> QSize:
        """The same: the layout must not squeeze it."""
        return self.sizeHint()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another width needs another height."""
        super().resizeEvent(event)
        if event.oldSize().width() != event.size().width():
            self._fit()

    def _fit(self) -> None:
        self.setFixedHeight(self._height())

    def _height(self) -> int:
        """Summed over the paragraphs as laid out: lines of Han or Arabic are taller than the font's own."""
        document, layout = self.document(), self.document().documentLayout()
        text, block = 0.0, document.begin()
        while block.isValid() and text < _TALLEST:
            text += layout.blockBoundingRect(block).height()
            block = block.next()
        lines = max(ceil(text), self.fontMetrics().lineSpacing())
        return min(lines + 2 * round(document.documentMargin()) + 4, _TALLEST)

    def _mark(self) -> None:
        tokens = self._theme.tokens
        look = QTextCharFormat()
        look.setBackground(QColor(tokens.hex("note-soft")))
        look.setForeground(QColor(tokens.hex("note")))
        look.setUnderlineStyle(QTextCharFormat.UnderlineStyle.SingleUnderline)
        marks = []
        for start, end in self._spans:
            cursor = self.cursor_over(start, end)
            mark = QTextEdit.ExtraSelection()
            mark.cursor = cursor
            mark.format = look
            marks.append(mark)
        self.setExtraSelections(marks)


def _utf16(text: str, position: int) -> int:
    """Qt counts in UTF-16 units."""
    return len(text[:position].encode("utf-16-le", "surrogatepass")) // 2
