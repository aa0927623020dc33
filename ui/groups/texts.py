"""What a group sent, side by side: the first of each text, and what its near copies changed. Hidden first."""

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QTextCharFormat
from PySide6.QtWidgets import QGridLayout, QWidget

from core.coordination.edits import Change, Edit, side_by_side
from core.domain.campaign import Text, TextFamily
from ui.theme.theme import Theme
from ui.widgets.buttons import TextButton
from ui.widgets.layouts import column, frame, row
from ui.widgets.reading_text import ReadingText
from ui.widgets.untrusted_text import PlainLabel
from ui.wording import counted, number, translate

_CONTEXT: Final = "Groups"
_FIRST: Final = 4
_LONGEST: Final = 1_500
_SHORT: Final = 3


def coarse(edits: Sequence[Edit]) -> tuple[Edit, ...]:
    """The same change in fewer, longer pieces: a letter or two left the same between changes joins them.

    Joining what is not removed still gives the copy, joining what is not added the first text.
    """
    joined: list[Edit] = []
    removed = added = ""
    for place, edit in enumerate(edits):
        inside = bool(removed or added) and place + 1 < len(edits)
        if edit.change is Change.SAME and not (inside and len(edit.text) < _SHORT):
            joined += _changed(removed, added)
            removed = added = ""
            joined.append(edit)
        else:
            removed += edit.text if edit.change is not Change.ADDED else ""
            added += edit.text if edit.change is not Change.REMOVED else ""
    return tuple(joined + _changed(removed, added))


def _changed(removed: str, added: str) -> list[Edit]:
    pieces = ((Change.REMOVED, removed), (Change.ADDED, added))
    return [Edit(change, text) for change, text in pieces if text]


class EditedText(ReadingText):
    """A near copy: what it adds is underlined, what it leaves out struck through."""

    def show_edits(self, edits: Sequence[Edit]) -> None:
        """Show the copy with its edits against the first text. Every piece is neutralised on its own."""
        self.show_untrusted("".join(edit.text for edit in edits))
        selections = []
        at = 0
        for edit in edits:
            end = at + len(edit.text)
            if edit.change is not Change.SAME:
                selections.append((at, end, edit.change))
            at = end
        self._edits = selections
        self._paint_edits()
        self._theme.changed.connect(self._paint_edits)

    def _paint_edits(self) -> None:
        tokens = self._theme.tokens
        added, removed = QTextCharFormat(), QTextCharFormat()
        added.setBackground(tokens.color("kind-soft"))
        added.setForeground(tokens.color("kind"))
        added.setFontUnderline(True)
        removed.setForeground(tokens.color("text-faint"))
        removed.setFontStrikeOut(True)
        for start, end, change in self._edits:
            self.cursor_over(start, end).mergeCharFormat(added if change is Change.ADDED else removed)


class SentTexts(QWidget):
    """Families of near copies. Made when the person asks to see them, forgotten when they hide them."""

    def __init__(self, theme: Theme, families: tuple[TextFamily, ...]) -> None:
        super().__init__()
        self._theme, self._families = theme, families
        self._body = column(gap=3)
        self._inside: QWidget | None = None
        self.toggle = TextButton(theme, translate(_CONTEXT, "Show what they sent"), "eye")
        self.toggle.on_click(self._turn)
        said = counted(
            len(families),
            translate(_CONTEXT, "One text, with its near copies beside it."),
            translate(_CONTEXT, "{n} texts, each with its near copies beside it."),
        )
        note = translate(_CONTEXT, "They are hidden until you ask for them.")
        self.setLayout(
            column(
                PlainLabel(f"{said} {note}", role="soft").wrapped(), row(self.toggle, None), self._body, gap=3
            )
        )
        self.toggle.setVisible(bool(families))

    @property
    def revealed(self) -> bool:
        """Whether the texts are on the screen."""
        return self._inside is not None

    def hide_texts(self) -> None:
        """Take them off the screen."""
        if self._inside is not None:
            self._turn()

    def _turn(self) -> None:
        if self._inside is not None:
            self._inside.hide()
            self._inside.deleteLater()
            self._inside = None
            self.toggle.setText(translate(_CONTEXT, "Show what they sent"))
            self.toggle.redraw("eye")
            return
        self._inside = QWidget()
        self._inside.setLayout(column(*(self._family(one) for one in self._families), gap=4))
        self._body.addWidget(self._inside)
        self.toggle.setText(translate(_CONTEXT, "Hide what they sent"))
        self.toggle.redraw("eye-off")

    def _family(self, family: TextFamily) -> QWidget:
        """The first text on the left, its copies on the right, underneath each who sent it."""
        first, *others = family.texts
        left = self._text(first, None)
        if not others:
            return left
        edits = [coarse(one) for one in side_by_side([text.text[:_LONGEST] for text in family.texts])]
        right = QWidget()
        right.setLayout(
            column(
                *(self._text(one, edit) for one, edit in zip(others[:_FIRST], edits[1:], strict=False)), gap=2
            )
        )
        grid = QGridLayout()
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(12)
        grid.addWidget(left, 0, 0, Qt.AlignmentFlag.AlignTop)
        grid.addWidget(right, 0, 1, Qt.AlignmentFlag.AlignTop)
        grid.setColumnStretch(0, 1)
        grid.setColumnStretch(1, 1)
        said = translate(_CONTEXT, "{n} messages in {m} wordings").format(
            n=number(family.posts), m=number(family.wordings)
        )
        holder = QWidget()
        holder.setLayout(column(PlainLabel(said, role="strong"), grid, gap=1))
        return holder

    def _text(self, text: Text, edits: tuple[Edit, ...] | None) -> QWidget:
        reading = EditedText(self._theme)
        if edits is None:
            reading.show_untrusted(text.text[:_LONGEST])
        else:
            reading.show_edits(edits)
        people = counted(text.senders, translate(_CONTEXT, "one sender"), translate(_CONTEXT, "{n} senders"))
        times = counted(text.posts, translate(_CONTEXT, "once"), translate(_CONTEXT, "{n} times"))
        words = PlainLabel(f"{people}, {times}", role="caption")
        words.setIndent(4)
        return frame("inset", column(reading, words, gap=1, margins=(2, 1, 2, 2)))
