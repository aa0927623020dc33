"""Pieces the cards of the settings are made of."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtWidgets import QComboBox, QFrame, QLayout, QWidget

from ui.settings.preferences import PreferenceStore
from ui.widgets.layouts import column, frame, row
from ui.widgets.untrusted_text import PlainLabel


def card(title: str, lines: QLayout) -> QFrame:
    """A titled card."""
    return frame("card", column(PlainLabel(title, role="lead"), lines, gap=3, margins=(5, 4, 5, 4)))


def line(name: str, field: QComboBox) -> QWidget:
    """A named list of choices."""
    field.setAccessibleName(name)
    field.setMinimumWidth(270)
    label = PlainLabel(name)
    label.setMinimumWidth(220)
    holder = QWidget()
    holder.setLayout(row(label, field, None, gap=3))
    return holder


def choice(preferences: PreferenceStore, name: str, options: Sequence[tuple[str, Any]]) -> QComboBox:
    """A list of values for the setting of this name; each choice takes effect at once."""
    field = QComboBox()
    for words, _ in options:
        field.addItem(words)
    values = [value for _, value in options]
    field.setCurrentIndex(values.index(getattr(preferences.now, name)))
    field.currentIndexChanged.connect(lambda index: preferences.set(**{name: values[index]}))
    return field
