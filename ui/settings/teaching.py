"""What the person teaches: their own words, and what was learnt from what they marked."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QVBoxLayout, QWidget

from core.domain.learning import OwnWord
from core.errors import AppError
from ui.background import Background
from ui.messages import words_for
from ui.settings.effects import effect_sentence, shift_sentence
from ui.settings.parts import card
from ui.settings.words_dialog import WordsDialog
from ui.theme.theme import Theme
from ui.widgets.ask import ask, open_dialog
from ui.widgets.buttons import TextButton
from ui.widgets.layouts import column, empty, frame, row
from ui.widgets.untrusted_text import PlainLabel
from ui.wording import counted, translate

if TYPE_CHECKING:
    from app.services.learning import LearningService, Lesson
    from app.services.words import WordService

_CONTEXT = "Teaching"


class WordsCard(QWidget):
    """How many words the person looks for, and the way to the list."""

    def __init__(
        self,
        theme: Theme,
        background: Background,
        words: "WordService",
        judge: Callable[[], None],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._theme, self._background, self._words, self._judge = theme, background, words, judge
        note = translate(
            _CONTEXT,
            "Words, names or phrases that should always be noticed: a nickname they use for you, your "
            "street, your workplace. They stay in your encrypted data. Disguised spellings are found too.",
        )
        self.count = PlainLabel().wrapped()
        self.edit = TextButton(theme, translate(_CONTEXT, "Your words…"), "tag").on_click(self.open)
        self.setLayout(
            column(
                card(
                    translate(_CONTEXT, "Your own words"),
                    column(PlainLabel(note, role="soft").wrapped(), self.count, row(self.edit, None), gap=2),
                )
            )
        )

    def refresh(self) -> None:
        """Read the list again."""
        self._background.read("own-words-count", self._words.list, self._show)

    def open(self) -> WordsDialog:
        """The list."""
        dialog = WordsDialog(self._theme, self._background, self._words, self)
        dialog.changed.connect(self._changed)
        open_dialog(dialog)
        return dialog

    def _changed(self) -> None:
        self.refresh()
        self._judge()

    def _show(self, found: tuple[OwnWord, ...]) -> None:
        if not found:
            self.count.setText(translate(_CONTEXT, "None yet."))
            return
        self.count.setText(
            counted(
                len(found),
                translate(_CONTEXT, "One word is looked for."),
                translate(_CONTEXT, "{n} words are looked for."),
            )
        )


class LearningCard(QWidget):
    """What the corrections taught, what more they would teach, and forgetting it."""

    def __init__(
        self,
        theme: Theme,
        background: Background,
        learning: "LearningService",
        judge: Callable[[], None],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._theme, self._background, self._learning, self._judge = theme, background, learning, judge
        self._lesson: Lesson | None = None
        note = translate(
            _CONTEXT,
            "When you mark messages as fine or hostile, the line between them can move a little. Nothing "
            "moves before you have seen what it would do. Threats and private details are never judged "
            "more mildly.",
        )
        self.marked = PlainLabel().wrapped()
        self._sentences: QVBoxLayout = column(gap=1)
        self.effect = PlainLabel().wrapped()
        self.apply = TextButton(theme, translate(_CONTEXT, "Learn this"), "check", "primary").on_click(
            self._apply
        )
        self.box = frame("inset", column(self.effect, row(self.apply, None), gap=2, margins=(4, 3, 4, 3)))
        self.forget = TextButton(theme, translate(_CONTEXT, "Forget what was learnt"), "undo").on_click(
            self._ask_forget
        )
        holder = row(self.forget, None)
        self.setLayout(
            column(
                card(
                    translate(_CONTEXT, "Learning from you"),
                    column(
                        PlainLabel(note, role="soft").wrapped(),
                        self.marked,
                        self._sentences,
                        self.box,
                        holder,
                        gap=2,
                    ),
                )
            )
        )
        self.box.hide()
        self.forget.hide()

    def refresh(self) -> None:
        """Look again at what was marked."""
        self._background.read("lesson", self._learning.lesson, self.show_lesson, self._failed)

    def show_lesson(self, lesson: "Lesson") -> None:
        """What is learnt, and what could be."""
        self._lesson = lesson
        self.marked.setText(_marked(lesson))
        empty(self._sentences)
        for shift in lesson.now:
            words = PlainLabel(shift_sentence(shift)).wrapped()
            self._sentences.addWidget(frame("reason", column(words, margins=(2, 1, 0, 1))))
        self.forget.setVisible(bool(lesson.now))
        self.box.setVisible(lesson.new)
        if lesson.new:
            news = [shift_sentence(shift) for shift in lesson.then if shift not in lesson.now]
            if not lesson.then:
                news = [translate(_CONTEXT, "What you marked no longer supports what was learnt.")]
            self.effect.setText("\n".join([*news, effect_sentence(lesson.effect)]))

    def _apply(self) -> None:
        if self._lesson is None:
            return
        shifts = self._lesson.then
        self.apply.setEnabled(False)
        self._background.read("learn", lambda: self._learning.apply(shifts), self._done, self._failed)

    def _ask_forget(self) -> None:
        ask(
            self._theme,
            self.window(),
            translate(_CONTEXT, "Forget what was learnt?"),
            translate(
                _CONTEXT,
                "Messages are judged as the model came. What you marked on single messages stays as you "
                "marked it.",
            ),
            translate(_CONTEXT, "Forget it"),
            lambda: self._background.read("unlearn", self._learning.reset, self._done, self._failed),
        )

    def _done(self, _: None) -> None:
        self.apply.setEnabled(True)
        self.refresh()
        self._judge()

    def _failed(self, error: Exception) -> None:
        self.apply.setEnabled(True)
        words = words_for(error if isinstance(error, AppError) else AppError())
        self.marked.setText(f"{words.title}. {words.explanation}")


def _marked(lesson: "Lesson") -> str:
    if not lesson.fine and not lesson.abuse:
        return translate(_CONTEXT, "You have not marked any message yet.")
    fine = counted(
        lesson.fine,
        translate(_CONTEXT, "You marked one message as fine"),
        translate(_CONTEXT, "You marked {n} messages as fine"),
    )
    abuse = counted(
        lesson.abuse, translate(_CONTEXT, " and one as hostile."), translate(_CONTEXT, " and {n} as hostile.")
    )
    more = ""
    if not lesson.now and not lesson.new:
        more = " " + translate(
            _CONTEXT, "That is not enough to learn from yet, or learning would not judge them better."
        )
    return fine + abuse + more
