"""The text of one mention, hidden until asked for, a step at a time."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QWidget

from core.domain.inbox import InboxRow
from ui.inbox.reveal import Reveal, deciding_spans, masked
from ui.inbox.row_words import hidden_words
from ui.theme.theme import Theme
from ui.widgets.buttons import TextButton
from ui.widgets.category_words import category_name
from ui.widgets.drawing import Drawing
from ui.widgets.layouts import column, row
from ui.widgets.reading_text import ReadingText
from ui.widgets.untrusted_text import PlainLabel
from ui.wording import translate


class TextBox(QFrame):
    """Shows a cover, the masked text, or the text."""

    level_wanted = Signal(Reveal)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "inset")
        self._row: InboxRow | None = None
        self._level = Reveal.CATEGORY
        self._cover_title = PlainLabel(role="strong").wrapped()
        self._cover_note = PlainLabel(role="soft").wrapped()
        drawing = Drawing(theme, "eye-off", 20, "text-soft")
        drawing.setAlignment(Qt.AlignmentFlag.AlignVCenter)
        head = row(drawing, self._cover_title, gap=2)
        head.setStretch(1, 1)
        self._cover = QWidget()
        self._cover.setLayout(column(head, self._cover_note, gap=1))
        self.text = ReadingText(theme)
        self.text.setAccessibleName(translate("Detail", "Text of the message"))
        self.show_masked = TextButton(theme, translate("Detail", "Show, words masked"), "eye")
        self.show_full = TextButton(theme, translate("Detail", "Show in full"), "", "quiet")
        self.hide_again = TextButton(theme, translate("Detail", "Hide again"), "eye-off", "quiet")
        self.show_masked.on_click(lambda: self.level_wanted.emit(Reveal.MASKED))
        self.show_full.on_click(lambda: self.level_wanted.emit(Reveal.FULL))
        self.hide_again.on_click(lambda: self.level_wanted.emit(Reveal.COUNT))
        self._hint = PlainLabel(
            translate("Detail", "Space shows a little more, Esc hides it."), role="caption"
        )
        buttons = row(self.show_masked, self.show_full, self.hide_again, None, gap=1)
        self.setLayout(column(self._cover, self.text, buttons, self._hint, gap=2, margins=(3, 3, 3, 3)))

    @property
    def level(self) -> Reveal:
        """How much is shown now."""
        return self._level

    def show_row(self, mention: InboxRow, level: Reveal) -> None:
        """Another mention, or another level of the same."""
        self._row, self._level = mention, level
        covered = mention.hidden and level < Reveal.MASKED
        self._cover.setVisible(covered)
        self.text.setVisible(not covered)
        self.show_masked.setVisible(covered)
        self.show_full.setVisible(mention.hidden and level < Reveal.FULL)
        self.hide_again.setVisible(mention.hidden and not covered)
        self._hint.setVisible(mention.hidden and level < Reveal.FULL)
        if covered:
            self._cover_title.setText(hidden_words(mention))
            self._cover_note.setText(_what_is_under(mention))
            self._cover_note.setVisible(bool(self._cover_note.text()))
            self.text.show_untrusted("")
        elif level is Reveal.MASKED:
            self.text.show_untrusted(masked(mention))
        else:
            self.text.show_untrusted(mention.text, deciding_spans(mention) if mention.hidden else ())


def _what_is_under(mention: InboxRow) -> str:
    if not mention.categories:
        return ""
    names = " · ".join(category_name(category) for category in mention.categories)
    return translate("Detail", "It holds: {names}. You can act on it without reading it.").format(names=names)
