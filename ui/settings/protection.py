"""What opens the data: a second way in, a code on paper, and locking the window."""

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QDialog, QWidget

from core.errors import AppError
from core.system.keyslot_file import Method
from core.system.settings import LockAfter
from ui.background import Background
from ui.messages import words_for
from ui.settings.preferences import PreferenceStore
from ui.theme.theme import Theme
from ui.widgets.ask import ask, open_dialog
from ui.widgets.buttons import TextButton
from ui.widgets.layouts import column, frame, row
from ui.widgets.passphrase import PassphraseFields
from ui.widgets.untrusted_text import PlainLabel
from ui.wording import translate

if TYPE_CHECKING:
    from app.services.protection import ProtectionService

_CONTEXT = "Protection"
_ORDER: Final = (Method.KEYRING, Method.PASSPHRASE, Method.RECOVERY)


class ProtectionCard(QWidget):
    """A card of the settings. `reopen_wanted`: the data must be closed and opened the new way."""

    reopen_wanted = Signal()

    def __init__(
        self,
        theme: Theme,
        background: Background,
        preferences: PreferenceStore,
        service: "ProtectionService",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._theme, self._background, self._preferences, self._service = (
            theme,
            background,
            preferences,
            service,
        )
        self.ways = PlainLabel().wrapped()
        self.advice = PlainLabel(role="soft").wrapped()
        self.problem = PlainLabel(role="strong").wrapped()
        self.problem.hide()
        self.words = TextButton(theme, "").on_click(self._ask_words)
        self.code = TextButton(theme, "").on_click(self._ask_code)
        self.only_words = TextButton(theme, translate(_CONTEXT, "Always ask for the passphrase")).on_click(
            self._ask_only_words
        )
        self.after = self._lock_choice()
        self.locking = PlainLabel(role="soft").wrapped()
        label = PlainLabel(translate(_CONTEXT, "Lock when I am away"))
        label.setMinimumWidth(220)
        parts = (
            PlainLabel(translate(_CONTEXT, "Opening your data"), role="lead"),
            self.ways,
            self.advice,
            row(self.words, self.code, self.only_words, None, gap=2),
            self.problem,
            row(label, self.after, None, gap=3),
            self.locking,
        )
        self.setLayout(column(frame("card", column(*parts, gap=2, margins=(5, 4, 5, 4)))))
        self.refresh()

    def refresh(self) -> None:
        """Read which ways there are."""
        self._background.read("ways-in", self._service.methods, self._show, self._failed)

    def _show(self, methods: frozenset[Method]) -> None:
        names = {
            Method.KEYRING: translate(_CONTEXT, "this computer's keyring"),
            Method.PASSPHRASE: translate(_CONTEXT, "your passphrase"),
            Method.RECOVERY: translate(_CONTEXT, "a recovery code on paper"),
        }
        listed = " · ".join(names[one] for one in _ORDER if one in methods)
        self.ways.setText(translate(_CONTEXT, "Opened by: {ways}").format(ways=listed))
        has_words = Method.PASSPHRASE in methods
        self.advice.setText(
            translate(_CONTEXT, "Have two ways. Keyrings get lost when a computer is changed or repaired.")
            if len(methods) == 1
            else ""
        )
        self.advice.setVisible(len(methods) == 1)
        self.words.setText(
            translate(_CONTEXT, "Change the passphrase")
            if has_words
            else translate(_CONTEXT, "Add a passphrase")
        )
        self.code.setText(
            translate(_CONTEXT, "Make a new recovery code")
            if Method.RECOVERY in methods
            else translate(_CONTEXT, "Make a recovery code")
        )
        self.only_words.setVisible(has_words and Method.KEYRING in methods)
        self.after.setEnabled(has_words)
        self.locking.setText(
            translate(_CONTEXT, "Ctrl+L locks at once. New messages go on being saved while it is locked.")
            if has_words
            else translate(_CONTEXT, "Locking needs a passphrase.")
        )

    def _lock_choice(self) -> QComboBox:
        field = QComboBox()
        field.setAccessibleName(translate(_CONTEXT, "Lock when I am away"))
        field.setMinimumWidth(240)
        options = {
            LockAfter.NEVER: translate(_CONTEXT, "Never"),
            LockAfter.FIVE: translate(_CONTEXT, "After 5 minutes"),
            LockAfter.FIFTEEN: translate(_CONTEXT, "After 15 minutes"),
            LockAfter.HOUR: translate(_CONTEXT, "After an hour"),
        }
        for words in options.values():
            field.addItem(words)
        values = list(options)
        field.setCurrentIndex(values.index(self._preferences.now.lock_after))
        field.currentIndexChanged.connect(lambda i: self._preferences.set(lock_after=values[i]))
        return field

    def _failed(self, error: Exception) -> None:
        words = words_for(error if isinstance(error, AppError) else AppError())
        self.problem.setText(f"{words.title}. {words.explanation}")
        self.problem.show()

    # The three changes.

    def _ask_words(self) -> None:
        dialog = NewPassphrase(self._theme, self)
        dialog.chosen.connect(self._set_words)
        open_dialog(dialog)

    def _set_words(self, passphrase: str) -> None:
        self.problem.hide()
        self._background.start(
            "protect-words",
            "",
            lambda _: self._service.set_passphrase(passphrase),
            lambda _: self.refresh(),
            self._failed,
        )

    def _ask_code(self) -> None:
        ask(
            self._theme,
            self,
            translate(_CONTEXT, "Make a recovery code?"),
            translate(
                _CONTEXT,
                "It opens your data when the keyring or passphrase is lost. You will see it once: have pen "
                "and paper ready. An older code stops working.",
            ),
            translate(_CONTEXT, "Show me the code"),
            self._make_code,
        )

    def _make_code(self) -> None:
        self.problem.hide()

        def show(code: str) -> None:
            open_dialog(CodeOnce(self._theme, code, self))
            self.refresh()

        self._background.start(
            "protect-code", "", lambda _: self._service.new_recovery_code(), show, self._failed
        )

    def _ask_only_words(self) -> None:
        ask(
            self._theme,
            self,
            translate(_CONTEXT, "Always ask for the passphrase?"),
            translate(
                _CONTEXT,
                "For a computer that others use. The keyring will open nothing any more, and your sign-ins "
                "move under the passphrase. If you forget it, only the recovery code helps.",
            ),
            translate(_CONTEXT, "Always ask"),
            self._only_words,
        )

    def _only_words(self) -> None:
        self.problem.hide()
        self._background.start(
            "protect-only-words",
            "",
            lambda _: self._service.require_passphrase(),
            lambda _: self.reopen_wanted.emit(),
            self._failed,
        )


class NewPassphrase(QDialog):
    """Choose a passphrase."""

    chosen = Signal(str)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(translate(_CONTEXT, "Passphrase"))
        self.setModal(True)
        self.setFixedWidth(440)
        self.fields = PassphraseFields()
        self.go = TextButton(theme, translate(_CONTEXT, "Use it"), "lock", "primary").on_click(self._submit)
        self.fields.prepare(new=True)
        self.fields.changed.connect(self._refresh)
        self.fields.entered.connect(self._submit)
        cancel = TextButton(theme, translate(_CONTEXT, "Cancel")).on_click(self.reject)
        note = translate(_CONTEXT, "Nobody can reset it: write it down and keep it somewhere safe.")
        self.setLayout(
            column(
                PlainLabel(translate(_CONTEXT, "Choose a passphrase"), role="title"),
                PlainLabel(note, role="soft").wrapped(),
                self.fields,
                row(None, cancel, self.go, gap=2),
                gap=3,
                margins=(6, 6, 6, 5),
            )
        )
        self._refresh()

    def _refresh(self) -> None:
        self.go.setEnabled(self.fields.complete)

    def _submit(self) -> None:
        if self.fields.complete:
            self.chosen.emit(self.fields.passphrase.text())
            self.accept()


class CodeOnce(QDialog):
    """The recovery code, once, in groups that can be read aloud."""

    def __init__(self, theme: Theme, code: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(translate(_CONTEXT, "Recovery code"))
        self.setModal(True)
        groups = code.split("-")
        half = len(groups) // 2
        lines = ["  ".join(groups[:half]), "  ".join(groups[half:])]
        self.code = PlainLabel("\n".join(lines), role="code")
        self.code.setAccessibleName(translate(_CONTEXT, "Recovery code"))
        note = translate(
            _CONTEXT,
            "Write it down now. It is not stored in a readable form and cannot be shown again. Keep it away "
            "from this computer.",
        )
        done = TextButton(theme, translate(_CONTEXT, "I have written it down"), "", "primary").on_click(
            self.accept
        )
        self.setLayout(
            column(
                PlainLabel(translate(_CONTEXT, "Your recovery code"), role="title"),
                frame("inset", column(self.code, margins=(4, 3, 4, 3))),
                PlainLabel(note, role="soft").wrapped(),
                row(None, done),
                gap=4,
                margins=(6, 6, 6, 5),
            )
        )
        # Never narrower than the code: a cut code opens nothing.
        self.setFixedWidth(max(480, self.sizeHint().width()))
