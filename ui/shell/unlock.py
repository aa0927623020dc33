"""Before the data open: how to protect them the first time, and how to open them after that."""

from enum import Enum

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from core.errors import AppError
from ui.messages import words_for
from ui.theme.theme import Theme
from ui.widgets.buttons import TextButton
from ui.widgets.drawing import Drawing
from ui.widgets.layouts import column, frame, row
from ui.widgets.passphrase import PassphraseFields
from ui.widgets.untrusted_text import PlainLabel
from ui.wording import translate

_CONTEXT = "Unlock"


class Ask(Enum):
    """What is asked."""

    PROTECT = "protect"  # new data: keyring or passphrase
    NEW_WORDS = "new-words"  # new data, no keyring to be had
    WORDS = "words"  # data under a passphrase
    KEYRING = "keyring"  # data under a keyring that is locked or gone
    CODE = "code"  # the printed recovery code
    LOCKED = "locked"  # open, but the person went away


class UnlockPanel(QWidget):
    """One card in the middle of the window."""

    keyring_wanted = Signal()
    passphrase_wanted = Signal(str)
    code_wanted = Signal(str)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("page")
        self._theme = theme
        self._ask = self._before_code = Ask.WORDS
        self.title = PlainLabel(role="title").wrapped()
        self.note = PlainLabel(role="soft").wrapped()
        self.problem = PlainLabel(role="strong").wrapped()
        self._why = PlainLabel(role="soft").wrapped()
        self._problem_box = frame("notice", column(self.problem, self._why, gap=0, margins=(3, 2, 3, 2)))
        self.with_code = TextButton(theme, translate(_CONTEXT, "Use a recovery code"), "", "quiet").on_click(
            self._code_or_back
        )
        # One below the other, one of them visible: a stack would be as tall as the taller one.
        self._by_keyring, self._by_words = self._keyring_form(), self._passphrase_form()
        inner = column(
            Drawing(theme, "lock", 36),
            self.title,
            self.note,
            self._problem_box,
            self._by_keyring,
            self._by_words,
            row(self.with_code, None),
            gap=3,
            margins=(8, 7, 8, 7),
        )
        card = frame("card", inner)
        card.setFixedWidth(500)
        self.setLayout(column(None, row(None, card, None), None, None, margins=(4, 4, 4, 4)))
        self.ask(Ask.WORDS)

    def ask(
        self, what: Ask, problem: AppError | None = None, *, words_too: bool = False, code_too: bool = False
    ) -> None:
        """Show a question, and under it why it is asked again. `…_too`: that opens it as well."""
        if what is Ask.CODE and self._ask is not Ask.CODE:
            self._before_code = self._ask
        self._ask = what
        titles = {
            Ask.PROTECT: translate(_CONTEXT, "How shall your data be protected?"),
            Ask.NEW_WORDS: translate(_CONTEXT, "Choose a passphrase"),
            Ask.WORDS: translate(_CONTEXT, "Enter your passphrase"),
            Ask.KEYRING: translate(_CONTEXT, "Your data are locked"),
            Ask.CODE: translate(_CONTEXT, "Enter your recovery code"),
            Ask.LOCKED: translate(_CONTEXT, "Locked"),
        }
        notes = {
            Ask.PROTECT: translate(
                _CONTEXT, "What you receive is stored encrypted, always. Choose what opens it."
            ),
            Ask.NEW_WORDS: translate(
                _CONTEXT, "It encrypts everything stored here. Nobody can reset it: write it down "
                    "and keep it somewhere safe."
            ),
            Ask.WORDS: translate(_CONTEXT, "Your data are encrypted with the passphrase you chose."),
            Ask.KEYRING: translate(_CONTEXT, "They are opened by this computer's keyring. Unlock it, "
                "then try again."),
            Ask.CODE: translate(_CONTEXT, "Eight groups of five letters and digits, from your paper."),
            Ask.LOCKED: translate(
                _CONTEXT, "What arrives is still saved. Enter your passphrase to see it."
            ),
        }  # fmt: skip
        self.title.setText(titles[what])
        self.note.setText(notes[what])
        by_keyring = what in (Ask.PROTECT, Ask.KEYRING)
        self._by_keyring.setVisible(by_keyring)
        self._by_words.setVisible(not by_keyring)
        self._shared.setVisible(what is Ask.PROTECT)
        self.use_keyring.setText(
            translate(_CONTEXT, "Use this computer's keyring")
            if what is Ask.PROTECT
            else translate(_CONTEXT, "Try again")
        )
        self.instead.setVisible(what is Ask.PROTECT or words_too)
        self.with_code.setVisible(code_too or what is Ask.CODE)
        self.with_code.setText(
            translate(_CONTEXT, "Back") if what is Ask.CODE else translate(_CONTEXT, "Use a recovery code")
        )
        new = what is Ask.NEW_WORDS
        code = what is Ask.CODE
        self.fields.prepare(new=new, name=translate(_CONTEXT, "Recovery code") if code else "", shown=code)
        self.go.setText(translate(_CONTEXT, "Protect my data") if new else translate(_CONTEXT, "Unlock"))
        self._show_problem(problem)
        self.ready()
        (self.use_keyring if by_keyring else self.fields.passphrase).setFocus()

    @property
    def asked(self) -> Ask:
        """The question on show."""
        return self._ask

    def waiting(self) -> None:
        """The key is being derived; this takes about a second on purpose."""
        for widget in (self.go, self.use_keyring, self.instead, self.with_code, self.fields):
            widget.setEnabled(False)
        self.go.setText(translate(_CONTEXT, "Opening…"))

    def ready(self) -> None:
        """The person may answer."""
        for widget in (self.use_keyring, self.instead, self.with_code, self.fields):
            widget.setEnabled(True)
        self._refresh()

    def _show_problem(self, problem: AppError | None) -> None:
        self._problem_box.setVisible(problem is not None)
        if problem is not None:
            words = words_for(problem)
            self.problem.setText(words.title)
            self._why.setText(words.explanation)

    def _keyring_form(self) -> QWidget:
        theme = self._theme
        self.use_keyring = TextButton(theme, "", "lock", "primary")
        self.use_keyring.clicked.connect(self.keyring_wanted)
        self.instead = TextButton(theme, translate(_CONTEXT, "Use a passphrase instead"))
        self.instead.on_click(self._use_words)
        self._shared = PlainLabel(
            translate(
                _CONTEXT,
                "On a computer you share, choose a passphrase: a keyring is open to everyone who "
                "uses your login.",
            ),
            role="caption",
        ).wrapped()
        form = QWidget()
        form.setLayout(column(self.use_keyring, self.instead, self._shared, gap=2))
        return form

    def _passphrase_form(self) -> QWidget:
        self.fields = PassphraseFields()
        self.fields.changed.connect(self._refresh)
        self.fields.entered.connect(self._submit)
        self.go = TextButton(self._theme, "", "lock", "primary").on_click(self._submit)
        form = QWidget()
        form.setLayout(column(self.fields, 1, self.go, gap=2))
        return form

    def _use_words(self) -> None:
        self.ask(Ask.NEW_WORDS if self._ask is Ask.PROTECT else Ask.WORDS)

    def _code_or_back(self) -> None:
        if self._ask is Ask.CODE:
            self.ask(self._before_code, code_too=True)
        else:
            self.ask(Ask.CODE)

    def _refresh(self) -> None:
        self.go.setEnabled(self.fields.complete)

    def _submit(self) -> None:
        if self.go.isEnabled():
            wanted = self.code_wanted if self._ask is Ask.CODE else self.passphrase_wanted
            wanted.emit(self.fields.passphrase.text())
