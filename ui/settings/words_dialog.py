"""The person's own words: adding, changing, trying out, taking out; a file to hand on or take in."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QDialog, QFileDialog, QHBoxLayout, QLineEdit, QWidget

from app.jobs.changes import ChangeKind
from core.domain.classification import Category
from core.domain.learning import OwnWord, WordSeverity
from core.errors import AppError
from ui.background import Background
from ui.messages import words_for
from ui.settings.effects import effect_sentence
from ui.theme.theme import Theme
from ui.widgets.ask import ask
from ui.widgets.buttons import IconButton, TextButton
from ui.widgets.category_words import category_name
from ui.widgets.layouts import column, empty, frame, row, scrolled
from ui.widgets.untrusted_text import PlainLabel, one_line
from ui.wording import counted, number, translate

if TYPE_CHECKING:
    from app.jobs.context import JobContext
    from app.services.words import Matches, Pack, WordService

_CONTEXT = "Words"
# Those a single word can stand for; “hostile” as such and bad language are the model's.
KINDS: Final = (
    Category.INSULT, Category.SLUR, Category.IDENTITY_ATTACK, Category.TRAITOR, Category.SEXUAL,
    Category.DOXXING, Category.THREAT,
)  # fmt: skip
SEVERITIES: Final = (WordSeverity.SEVERE, WordSeverity.STRONG, WordSeverity.MILD)


class WordsDialog(QDialog):
    """Says `changed` after each change that was stored."""

    changed = Signal()

    def __init__(
        self, theme: Theme, background: Background, words: "WordService", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._theme, self._background, self._words = theme, background, words
        self._tried: tuple[OwnWord, Matches] | None = None
        self.setWindowTitle(translate(_CONTEXT, "Your own words"))
        self.setModal(True)
        self.resize(720, 620)
        self._rows = column(gap=1)
        body = QWidget()
        body.setLayout(column(self._rows, None, gap=0))
        take = TextButton(theme, translate(_CONTEXT, "Take in a list…"), "import").on_click(self._choose_file)
        give = TextButton(theme, translate(_CONTEXT, "Hand on this list…"), "export").on_click(self._ask_file)
        close = TextButton(theme, translate(_CONTEXT, "Close")).on_click(self.accept)
        self.setLayout(
            column(
                PlainLabel(translate(_CONTEXT, "Your own words"), role="title"),
                self._form(),
                scrolled(body),
                row(take, give, None, close, gap=2),
                gap=4,
                margins=(6, 6, 6, 5),
            )
        )
        self.refresh()

    def refresh(self) -> None:
        """Read the list again."""
        self._background.read("own-words", self._words.list, self._show)

    def _form(self) -> QWidget:
        self.term = QLineEdit()
        self.term.setPlaceholderText(translate(_CONTEXT, "A word, a name or a phrase"))
        self.term.setAccessibleName(translate(_CONTEXT, "Word"))
        self.note = QLineEdit()
        self.note.setPlaceholderText(translate(_CONTEXT, "Why (only for you)"))
        self.note.setAccessibleName(translate(_CONTEXT, "Why"))
        self.kind = _list(translate(_CONTEXT, "Kind"), [category_name(one) for one in KINDS])
        self.weight = _list(translate(_CONTEXT, "When it counts"), [severity_name(one) for one in SEVERITIES])
        self.said = PlainLabel(role="soft").wrapped()
        self.attempt = TextButton(self._theme, translate(_CONTEXT, "Try it"), "search").on_click(self.try_it)
        self.add = TextButton(self._theme, translate(_CONTEXT, "Look for it"), "plus", "primary").on_click(
            self.save
        )
        for field in (self.term, self.note):
            field.textChanged.connect(self._edited)
        for box in (self.kind, self.weight):
            box.currentIndexChanged.connect(self._edited)
        self._edited()
        return frame(
            "inset",
            column(
                row(self.term, self.kind, gap=2),
                row(self.note, self.weight, gap=2),
                row(self.attempt, self.add, None, gap=2),
                self.said,
                gap=2,
                margins=(4, 3, 4, 3),
            ),
        )

    def try_it(self) -> None:
        """Count where the word stands, before it is stored."""
        word = self._word()
        if word is None:
            return
        self.said.setText(translate(_CONTEXT, "Looking through your messages…"))
        self._background.start(
            "word-preview",
            translate(_CONTEXT, "Looking for your words"),
            lambda context: self._words.preview([word], context),
            lambda matches: self._show_matches(word, matches),
            self._failed,
        )

    def save(self) -> None:
        """Store the word as it stands in the form."""
        word = self._word()
        if word is None:
            return
        matches = self._tried[1] if self._tried is not None and self._tried[0] == word else None
        self.add.setEnabled(False)
        self._store("word-save", lambda context: self._words.save([word], matches, context))

    def _word(self) -> OwnWord | None:
        from core.classify.own_words import checked

        kind, weight = KINDS[self.kind.currentIndex()], SEVERITIES[self.weight.currentIndex()]
        try:
            return checked(self.term.text(), kind, weight, self.note.text())
        except AppError as error:
            self._failed(error)
            return None

    def _edited(self) -> None:
        ready = bool(self.term.text().strip())
        self.attempt.setEnabled(ready)
        self.add.setEnabled(ready)
        self.said.setText("")
        self._tried = None

    def _show_matches(self, word: OwnWord, matches: "Matches") -> None:
        self._tried = (word, matches)
        found = counted(
            len(matches.ids),
            translate(_CONTEXT, "It counts in one message here."),
            translate(_CONTEXT, "It counts in {n} messages here."),
        )
        if not matches.ids:
            found = translate(_CONTEXT, "No message here holds it yet.")
        self.said.setText(f"{found} {effect_sentence(matches.effect)}" if matches.ids else found)

    def _show(self, found: tuple[OwnWord, ...]) -> None:
        empty(self._rows)
        if not found:
            text = translate(_CONTEXT, "No words yet. Add one above, or take in a list somebody gave you.")
            self._rows.addWidget(PlainLabel(text, role="soft").wrapped())
        for word in found:
            self._rows.addWidget(self._row(word))

    def _row(self, word: OwnWord) -> QWidget:
        name = PlainLabel(role="strong").wrapped()
        name.show_untrusted(word.term, 200)
        about = f"{category_name(word.category)} · {severity_name(word.severity)}"
        if word.note:
            about += f" · {one_line(word.note, 300)}"
        change = IconButton(self._theme, "settings", translate(_CONTEXT, "Change"))
        change.clicked.connect(lambda: self._edit(word))
        gone = IconButton(self._theme, "remove", translate(_CONTEXT, "Look for it no longer"))
        gone.clicked.connect(lambda: self._store("word-remove", lambda _: self._words.remove([word.term])))
        lines = column(name, PlainLabel(about, role="caption").wrapped(), gap=0)
        whole: QHBoxLayout = row(lines, change, gone, gap=1, margins=(1, 1, 1, 1))
        whole.setStretch(0, 1)
        holder = QWidget()
        holder.setLayout(whole)
        return holder

    def _edit(self, word: OwnWord) -> None:
        self.term.setText(word.term)
        self.note.setText(word.note)
        self.kind.setCurrentIndex(KINDS.index(word.category) if word.category in KINDS else 0)
        self.weight.setCurrentIndex(SEVERITIES.index(word.severity))
        self.term.setFocus()

    # Files.

    def _choose_file(self) -> None:
        name, _ = QFileDialog.getOpenFileName(
            self, translate(_CONTEXT, "A word list"), "", translate(_CONTEXT, "Word lists (*.json)")
        )
        if name:
            self.take_in(Path(name))

    def take_in(self, path: Path) -> None:
        """Read a list, say whose it is and what it would do, and ask."""

        def work(context: "JobContext") -> "tuple[Pack, Matches]":
            pack = self._words.read(path)
            return pack, self._words.preview(pack.words, context)

        self.said.setText(translate(_CONTEXT, "Reading the list…"))
        self._background.start(
            "words-read",
            translate(_CONTEXT, "Looking for your words"),
            work,
            lambda found: self._ask_pack(*found),
            self._failed,
        )

    def _ask_pack(self, pack: "Pack", matches: "Matches") -> None:
        self.said.setText("")
        whose = translate(_CONTEXT, "From: {author}.").format(author=one_line(pack.author, 120))
        sign = (
            translate(_CONTEXT, "Unchanged since it was signed (key {key}…).").format(key=pack.key[:8])
            if pack.key
            else translate(_CONTEXT, "It is not signed, so anybody may have changed it.")
        )
        ask(
            self._theme,
            self,
            counted(
                len(pack.words),
                translate(_CONTEXT, "Look for this word?"),
                translate(_CONTEXT, "Look for these {n} words?"),
            ),
            f"{whose} {sign} {effect_sentence(matches.effect)}",
            translate(_CONTEXT, "Take them in"),
            lambda: self._store("words-take", lambda context: self._words.save(pack.words, matches, context)),
        )

    def _ask_file(self) -> None:
        name, _ = QFileDialog.getSaveFileName(
            self,
            translate(_CONTEXT, "Hand on this list"),
            "words.json",
            translate(_CONTEXT, "Word lists (*.json)"),
        )
        if name:
            self.hand_on(Path(name))

    def hand_on(self, path: Path) -> None:
        """Write the list; not signed, since a signature would tie it to the person's evidence."""
        author = translate(_CONTEXT, "somebody who uses Breakwater")

        def then(count: int) -> None:
            text = translate(
                _CONTEXT,
                "Written: {n} words with your reasons. Read it before you give it away: it says what you "
                "are afraid of.",
            )
            self.said.setText(text.format(n=number(count)))

        self._background.read(
            "words-export", lambda: self._words.export(path, author, sign=False), then, self._failed
        )

    def _store(self, key: str, work: "Callable[[JobContext], None]") -> None:
        title = translate(_CONTEXT, "Looking for your words")
        self._background.start(
            key, title, work, lambda _: self._stored(), self._failed, changes=(ChangeKind.EVIDENCE,)
        )

    def _stored(self) -> None:
        self.term.clear()
        self.note.clear()
        self.refresh()
        self.changed.emit()

    def _failed(self, error: Exception) -> None:
        words = words_for(error if isinstance(error, AppError) else AppError())
        self._edited()
        self.said.setText(f"{words.title}. {words.explanation}")


def severity_name(severity: WordSeverity) -> str:
    """When a word counts."""
    names = {
        WordSeverity.SEVERE: translate(_CONTEXT, "wherever it stands"),
        WordSeverity.STRONG: translate(_CONTEXT, "unless denied or said of oneself"),
        WordSeverity.MILD: translate(_CONTEXT, "only thrown at someone"),
    }
    return names[severity]


def _list(name: str, options: list[str]) -> QComboBox:
    box = QComboBox()
    box.setAccessibleName(name)
    box.addItems(options)
    box.setFixedWidth(290)
    return box
