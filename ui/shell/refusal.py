"""Saying why the window cannot open at all: another one is open, or the folder cannot be used."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMessageBox

from core.errors import AppError
from core.system.settings import Settings
from ui.messages import words_for
from ui.naming import use_name
from ui.shell.start import application


def refusal_box(failure: AppError, settings: Settings) -> QMessageBox:
    """The message, not yet shown, under the name the person chose."""
    application()
    words = words_for(failure)
    box = QMessageBox()
    box.setTextFormat(Qt.TextFormat.PlainText)
    box.setIcon(QMessageBox.Icon.Information)
    box.setWindowTitle(use_name(settings))
    box.setText(words.title)
    box.setInformativeText(words.explanation)
    return box
