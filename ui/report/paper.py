"""The report's look: sizes, colours and the few kinds of paragraph it is made of.

Everything a stranger wrote enters through `stranger_block` or `stranger_words`; both neutralise it
first. Text is inserted as plain characters, never parsed as markup, so no link, image or script can
come of it.
"""

from typing import Final

from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import (
    QColor,
    QFont,
    QImage,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
    QTextFormat,
    QTextFrameFormat,
    QTextImageFormat,
    QTextLength,
    QTextTable,
    QTextTableCellFormat,
    QTextTableFormat,
)

from ui.theme.bundled_fonts import load_bundled_fonts
from ui.widgets.untrusted_text import neutralise, one_line, reads_right_to_left

DPI: Final = 300

INK: Final = "#1f2a33"
QUIET: Final = "#5c6b77"
ACCENT: Final = "#2f6f7e"
TINT: Final = "#eef3f4"
WARM: Final = "#fbf3e6"
RULE: Final = "#d5dde1"

# Ours first, so that a report looks the same everywhere; what they lack, the system draws.
_SYSTEM: Final = (
    "Noto Sans",
    "Noto Sans CJK SC",
    "Noto Color Emoji",
    "Segoe UI",
    "Microsoft YaHei",
    "Segoe UI Emoji",
    "Helvetica Neue",
    "PingFang SC",
    "Apple Color Emoji",
)
# Longer texts are cut in the readable copy only; the exact text is in entries.jsonl.
LONGEST_TEXT: Final = 4_000


def font(points: float, *, bold: bool = False) -> QFont:
    """The report's font at a size in points."""
    made = QFont([*load_bundled_fonts(), *_SYSTEM])
    made.setPointSizeF(points)
    # Hinting follows the computer's settings; without it every computer draws the same.
    made.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    # Joined letters (fi, fl) could not be found by searching the PDF.
    made.setFeature(QFont.Tag("liga"), 0)
    made.setWeight(QFont.Weight.Bold if bold else QFont.Weight.Normal)
    return made


def letters(points: float = 9.5, colour: str = INK, *, bold: bool = False) -> QTextCharFormat:
    """How characters look."""
    made = QTextCharFormat()
    made.setFont(font(points, bold=bold))
    made.setForeground(QColor(colour))
    return made


def px(points: float) -> float:
    """Typographic points in Qt's layout unit, 1/96 inch, which it scales to the paper itself."""
    return points * 96 / 72


def dots(points: float) -> float:
    """Typographic points in dots of the paper: Qt scales upper and lower margins, not the sides."""
    return points * DPI / 72


class Paper:
    """A document being written from top to bottom."""

    def __init__(self) -> None:
        self.document = QTextDocument()
        self.document.setUndoRedoEnabled(False)
        self.document.setDocumentMargin(0)
        self.document.setDefaultFont(font(9.5))
        self._cursor = QTextCursor(self.document)
        self._blank = True
        self._drawings = 0

    def paragraph(
        self,
        text: str,
        look: QTextCharFormat | None = None,
        *,
        above: float = 0,
        below: float = 3,
        new_page: bool = False,
        with_next: bool = False,
    ) -> int:
        """A paragraph of our own words; `with_next` keeps its lines together. Gives its position."""
        shape = QTextBlockFormat()
        shape.setTopMargin(px(above))
        shape.setBottomMargin(px(below))
        shape.setNonBreakableLines(with_next)
        if new_page:
            shape.setPageBreakPolicy(QTextFormat.PageBreakFlag.PageBreak_AlwaysBefore)
        self._block(shape)
        position = self._cursor.position()
        self.words(text, look)
        return position

    def keep_together(self, start: int) -> None:
        """Begin a page at `start` when what was written since would be torn apart and is no long text."""
        layout, page = self.document.documentLayout(), self.document.pageSize().height()
        head = self.document.findBlock(start)
        top = layout.blockBoundingRect(head).top()
        end = layout.blockBoundingRect(self._cursor.block()).bottom()
        if top // page == end // page or end - top > page / 3:
            return
        shape = head.blockFormat()
        shape.setPageBreakPolicy(QTextFormat.PageBreakFlag.PageBreak_AlwaysBefore)
        QTextCursor(head).setBlockFormat(shape)

    def words(self, text: str, look: QTextCharFormat | None = None) -> None:
        """More of our own words in the same paragraph."""
        self._cursor.insertText(text, look or letters())

    def stranger_words(self, untrusted: str, look: QTextCharFormat | None = None) -> None:
        """A stranger's name or handle within our sentence, isolated."""
        self._cursor.insertText(one_line(untrusted), look or letters())

    def stranger_block(self, untrusted: str, *, colour: str = TINT) -> None:
        """A stranger's text as a block of its own, in its own direction."""
        shown = neutralise(untrusted, LONGEST_TEXT)
        for line in shown.text.split("\n"):
            shape = QTextBlockFormat()
            shape.setBackground(QColor(colour))
            shape.setLeftMargin(dots(8))
            shape.setRightMargin(dots(8))
            shape.setLineHeight(125, QTextBlockFormat.LineHeightTypes.ProportionalHeight.value)
            if reads_right_to_left(line):
                shape.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
            self._block(shape)
            self._cursor.insertText(line, letters(10.5))
        if shown.cut:
            self.paragraph("Cut here; complete in entries.jsonl.", letters(8, QUIET))

    def heading(self, text: str, *, new_page: bool = False) -> None:
        """The title of a section."""
        self.paragraph(
            text, letters(15, ACCENT, bold=True), above=14, below=5, new_page=new_page, with_next=True
        )

    def note(self, text: str) -> None:
        """A quiet remark."""
        self.paragraph(text, letters(8.5, QUIET), below=4)

    def table(
        self, rows: list[list[str]], widths: list[int], *, head: bool = True, points: float = 9
    ) -> QTextTable:
        """A table of words; every cell is neutralised, so strangers' names may stand in it."""
        shape = QTextTableFormat()
        shape.setBorder(0)
        shape.setCellPadding(px(3))
        shape.setCellSpacing(0)
        shape.setTopMargin(px(4))
        shape.setBottomMargin(px(14))
        shape.setWidth(QTextLength(QTextLength.Type.PercentageLength, 100))
        shape.setColumnWidthConstraints(
            [QTextLength(QTextLength.Type.PercentageLength, one) for one in widths]
        )
        if head:
            shape.setHeaderRowCount(1)
        # One edit: Qt lays a table out anew after each, which takes minutes for a hundred rows.
        self._cursor.beginEditBlock()
        table = self._cursor.insertTable(len(rows), len(widths), shape)
        for y, row in enumerate(rows):
            for x, text in enumerate(row):
                first = head and y == 0
                look = letters(points - 1 if first else points, QUIET if first else INK, bold=first)
                cell = table.cellAt(y, x)
                border = QTextTableCellFormat()
                border.setBottomBorder(px(0.5))
                border.setBottomBorderBrush(QColor(RULE))
                border.setBottomBorderStyle(QTextFrameFormat.BorderStyle.BorderStyle_Solid)
                cell.setFormat(border)
                cell.firstCursorPosition().insertText(neutralise(text, 600).text, look)
        self._cursor.endEditBlock()
        self._leave_table()
        return table

    def picture(self, image: QImage, width: float) -> None:
        """A drawing of ours, `width` points wide."""
        self._drawings += 1
        name = f"drawing-{self._drawings}"
        self.document.addResource(QTextDocument.ResourceType.ImageResource.value, QUrl(name), image)
        shape = QTextImageFormat()
        shape.setName(name)
        shape.setWidth(px(width))
        shape.setHeight(px(width) * image.height() / image.width())
        self._block(QTextBlockFormat())
        self._cursor.insertImage(shape)

    def _block(self, shape: QTextBlockFormat) -> None:
        if self._blank:
            self._cursor.setBlockFormat(shape)
            self._blank = False
        else:
            self._cursor.insertBlock(shape, QTextCharFormat())

    def _leave_table(self) -> None:
        """After a table the cursor stands in an empty paragraph, which the next one takes over."""
        self._cursor.movePosition(QTextCursor.MoveOperation.End)
        self._blank = True
