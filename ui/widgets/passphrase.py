"""Typing a secret, and choosing one."""

from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QLineEdit, QProgressBar, QWidget

from ui.widgets.layouts import column
from ui.widgets.untrusted_text import PlainLabel
from ui.wording import translate

_CONTEXT = "Unlock"
# NIST SP 800-63B asks for at least 8; below 12 we say so, since the file can be attacked offline.
SHORTEST: Final = 8
_FAIR: Final = 12
_STRONG: Final = 20


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


class PassphraseFields(QWidget):
    """One field, or two with a hint of strength while a new passphrase is chosen."""

    changed = Signal()
    entered = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.passphrase = _secret_field(translate(_CONTEXT, "Passphrase"))
        self.confirm = _secret_field(translate(_CONTEXT, "The same again"))
        self._strength = QProgressBar()
        self._strength.setRange(0, 3)
        self._strength.setTextVisible(False)
        self._hint = PlainLabel(role="caption")
        self.show_typed = QCheckBox(translate(_CONTEXT, "Show what I type"))
        self.show_typed.toggled.connect(self._show_typed)
        for field in (self.passphrase, self.confirm):
            field.textChanged.connect(self._refresh)
            field.returnPressed.connect(self.entered)
        parts = (self.passphrase, self._strength, self._hint, self.confirm, self.show_typed)
        self.setLayout(column(*parts, gap=2))
        self._new = False

    def prepare(self, *, new: bool, name: str = "", shown: bool = False) -> None:
        """Empty the fields: one to type what is known, or two to choose something new."""
        self._new = new
        self.passphrase.setPlaceholderText(name or translate(_CONTEXT, "Passphrase"))
        self.passphrase.setAccessibleName(self.passphrase.placeholderText())
        self.show_typed.setChecked(shown)
        for widget in (self.confirm, self._strength, self._hint):
            widget.setVisible(new)
        self.passphrase.clear()
        self.confirm.clear()
        self._refresh()

    @property
    def complete(self) -> bool:
        """Whether what was typed can be used."""
        typed = self.passphrase.text()
        return bool(typed) if not self._new else strength_hint(typed)[0] > 0 and self.confirm.text() == typed

    def _show_typed(self, on: bool) -> None:
        mode = QLineEdit.EchoMode.Normal if on else QLineEdit.EchoMode.Password
        self.passphrase.setEchoMode(mode)
        self.confirm.setEchoMode(mode)

    def _refresh(self) -> None:
        level, hint = strength_hint(self.passphrase.text())
        self._strength.setValue(level)
        if level and self.confirm.text() and self.confirm.text() != self.passphrase.text():
            hint = translate(_CONTEXT, "The two are not the same yet")
        self._hint.setText(hint)
        self.changed.emit()


def _secret_field(name: str) -> QLineEdit:
    field = QLineEdit()
    field.setEchoMode(QLineEdit.EchoMode.Password)
    field.setPlaceholderText(name)
    field.setAccessibleName(name)
    field.setInputMethodHints(Qt.InputMethodHint.ImhSensitiveData | Qt.InputMethodHint.ImhNoPredictiveText)
    return field
