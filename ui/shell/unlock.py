"""Before the data open: how to protect them the first time, and how to open them after that."""

from enum import Enum
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QLabel, QLineEdit, QProgressBar, QStackedLayout, QWidget

from core.errors import AppError
from ui.messages import words_for
from ui.theme.icons import icon_pixmap
from ui.theme.theme import Theme
from ui.widgets.buttons import TextButton
from ui.widgets.layouts import column, frame, row
from ui.widgets.untrusted_text import PlainLabel
from ui.wording import translate

_CONTEXT = "Unlock"
# NIST SP 800-63B asks for at least 8; below 12 we say so, since the file can be attacked offline.
SHORTEST: Final = 8
_FAIR: Final = 12
_STRONG: Final = 20


class Ask(Enum):
    """What is asked."""

    PROTECT = "protect"  # new data: keyring or passphrase
    NEW_WORDS = "new-words"  # new data, no keyring to be had
    WORDS = "words"  # data under a passphrase
    KEYRING = "keyring"  # data under a keyring that is locked or gone


def strength_hint(passphrase: str) -> tuple[int, str]:
    """0 to 3 and a few words. Length is what counts; a repeated letter does not add any."""
    if not passphrase:
        return 0, ""
    useful = len(passphrase) if len(set(passphrase)) > 4 else min(len(passphrase), SHORTEST - 1)
    if useful < SHORTEST:
        return 0, translate(_CONTEXT, "Too short: use at least 8 characters")
    if useful < _FAIR:
        return 1, translate(_CONTEXT, "Weak: add a word or two")
    if useful < _STRONG:
        return 2, translate(_CONTEXT, "Good")
    return 3, translate(_CONTEXT, "Strong: easy words, but many")


class UnlockPanel(QWidget):
    """One card in the middle of the window."""

    keyring_wanted = Signal()
    passphrase_wanted = Signal(str)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("page")
        self._theme = theme
        self._ask = Ask.WORDS
        self._drawing = QLabel()
        self.title = PlainLabel(role="title").wrapped()
        self.note = PlainLabel(role="soft").wrapped()
        self.problem = PlainLabel(role="strong").wrapped()
        self._why = PlainLabel(role="soft").wrapped()
        self._problem_box = frame("notice", column(self.problem, self._why, gap=0, margins=(3, 2, 3, 2)))
        self._forms = QStackedLayout()
        self._forms.addWidget(self._keyring_form())
        self._forms.addWidget(self._passphrase_form())
        inner = column(
            self._drawing, self.title, self.note, self._problem_box, self._forms, gap=3, margins=(8, 7, 8, 7)
        )
        card = frame("card", inner)
        card.setFixedWidth(500)
        self.setLayout(column(None, row(None, card, None), None, None, margins=(4, 4, 4, 4)))
        theme.changed.connect(self._tint)
        self._tint()
        self.ask(Ask.WORDS)

    def ask(self, what: Ask, problem: AppError | None = None, *, words_too: bool = False) -> None:
        """Show a question, and under it why it is asked again. `words_too`: a passphrase opens it as well."""
        self._ask = what
        titles = {
            Ask.PROTECT: translate(_CONTEXT, "How shall your data be protected?"),
            Ask.NEW_WORDS: translate(_CONTEXT, "Choose a passphrase"),
            Ask.WORDS: translate(_CONTEXT, "Enter your passphrase"),
            Ask.KEYRING: translate(_CONTEXT, "Your data are locked"),
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
        }  # fmt: skip
        self.title.setText(titles[what])
        self.note.setText(notes[what])
        by_keyring = what in (Ask.PROTECT, Ask.KEYRING)
        self._forms.setCurrentIndex(0 if by_keyring else 1)
        self.use_keyring.setText(
            translate(_CONTEXT, "Use this computer's keyring")
            if what is Ask.PROTECT
            else translate(_CONTEXT, "Try again")
        )
        self.instead.setVisible(what is Ask.PROTECT or words_too)
        new = what is Ask.NEW_WORDS
        self.confirm.setVisible(new)
        self._strength.setVisible(new)
        self._hint.setVisible(new)
        self.go.setText(translate(_CONTEXT, "Protect my data") if new else translate(_CONTEXT, "Unlock"))
        self._show_problem(problem)
        self.passphrase.clear()
        self.confirm.clear()
        self._refresh()
        self.ready()
        (self.use_keyring if by_keyring else self.passphrase).setFocus()

    @property
    def asked(self) -> Ask:
        """The question on show."""
        return self._ask

    def waiting(self) -> None:
        """The key is being derived; this takes about a second on purpose."""
        for widget in (self.go, self.use_keyring, self.instead, self.passphrase, self.confirm):
            widget.setEnabled(False)
        self.go.setText(translate(_CONTEXT, "Opening…"))

    def ready(self) -> None:
        """The person may answer."""
        for widget in (self.use_keyring, self.instead, self.passphrase, self.confirm):
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
        note = PlainLabel(
            translate(
                _CONTEXT,
                "On a computer you share, choose a passphrase: a keyring is open to everyone who "
                "uses your login.",
            ),
            role="caption",
        ).wrapped()
        form = QWidget()
        form.setLayout(column(self.use_keyring, self.instead, note, None, gap=2))
        return form

    def _passphrase_form(self) -> QWidget:
        self.passphrase = _secret_field(translate(_CONTEXT, "Passphrase"))
        self.confirm = _secret_field(translate(_CONTEXT, "The same again"))
        self._strength = QProgressBar()
        self._strength.setRange(0, 3)
        self._strength.setTextVisible(False)
        self._hint = PlainLabel(role="caption")
        self.show_typed = QCheckBox(translate(_CONTEXT, "Show what I type"))
        self.show_typed.toggled.connect(self._show_typed)
        self.go = TextButton(self._theme, "", "lock", "primary").on_click(self._submit)
        for field in (self.passphrase, self.confirm):
            field.textChanged.connect(self._refresh)
            field.returnPressed.connect(self._submit)
        form = QWidget()
        form.setLayout(
            column(
                self.passphrase,
                self._strength,
                self._hint,
                self.confirm,
                self.show_typed,
                1,
                self.go,
                None,
                gap=2,
            )
        )
        return form

    def _use_words(self) -> None:
        self.ask(Ask.NEW_WORDS if self._ask is Ask.PROTECT else Ask.WORDS)

    def _show_typed(self, on: bool) -> None:
        mode = QLineEdit.EchoMode.Normal if on else QLineEdit.EchoMode.Password
        self.passphrase.setEchoMode(mode)
        self.confirm.setEchoMode(mode)

    def _refresh(self) -> None:
        typed = self.passphrase.text()
        if self._ask is not Ask.NEW_WORDS:
            self.go.setEnabled(bool(typed))
            return
        level, hint = strength_hint(typed)
        self._strength.setValue(level)
        if level and self.confirm.text() and self.confirm.text() != typed:
            hint = translate(_CONTEXT, "The two are not the same yet")
        self._hint.setText(hint)
        self.go.setEnabled(level > 0 and self.confirm.text() == typed)

    def _submit(self) -> None:
        if self.go.isEnabled():
            self.passphrase_wanted.emit(self.passphrase.text())

    def _tint(self) -> None:
        tint = self._theme.tokens.hex("accent")
        self._drawing.setPixmap(icon_pixmap("lock", tint, 36, self.devicePixelRatioF()))


def _secret_field(name: str) -> QLineEdit:
    field = QLineEdit()
    field.setEchoMode(QLineEdit.EchoMode.Password)
    field.setPlaceholderText(name)
    field.setAccessibleName(name)
    field.setInputMethodHints(Qt.InputMethodHint.ImhSensitiveData | Qt.InputMethodHint.ImhNoPredictiveText)
    return field
