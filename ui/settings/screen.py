"""Settings: look, text size, how readily messages are hidden and how much of them shows."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtWidgets import QCheckBox, QComboBox, QFrame, QLayout, QWidget

from core.system.settings import Reveal, Strictness, TextSize, ThemeChoice
from ui.settings.preferences import PreferenceStore
from ui.theme.theme import Theme
from ui.widgets.layouts import column, frame, row, scrolled
from ui.widgets.untrusted_text import PlainLabel
from ui.wording import translate

_CONTEXT = "Settings"


class SettingsScreen(QWidget):
    """Each choice takes effect at once."""

    def __init__(
        self,
        theme: Theme,
        preferences: PreferenceStore,
        cards: Sequence[QWidget] = (),
        parent: QWidget | None = None,
    ) -> None:
        """`cards` are further sections that need more than the preferences."""
        super().__init__(parent)
        self.setObjectName("page")
        self._theme, self._preferences = theme, preferences
        body = QWidget()
        body.setMaximumWidth(920)
        sections = (self._looks(), self._hiding(), *cards, self._discretion(), self._never())
        body.setLayout(column(*sections, None, gap=4, margins=(6, 5, 6, 6)))
        self.setLayout(column(scrolled(body)))

    def _looks(self) -> QFrame:
        self.look = self._choice(
            "theme",
            [
                (translate(_CONTEXT, "As the system"), ThemeChoice.SYSTEM),
                (translate(_CONTEXT, "Light"), ThemeChoice.LIGHT),
                (translate(_CONTEXT, "Dark"), ThemeChoice.DARK),
            ],
        )
        self.text = self._choice("text_size", [(f"{size.value} %", size) for size in TextSize])
        return _card(
            translate(_CONTEXT, "Look"),
            column(
                _line(translate(_CONTEXT, "Colours"), self.look),
                _line(translate(_CONTEXT, "Text size"), self.text),
                gap=2,
            ),
        )

    def _hiding(self) -> QFrame:
        self.level = self._choice(
            "level",
            [
                (translate(_CONTEXT, "Hide less"), Strictness.GENTLE),
                (translate(_CONTEXT, "Balanced"), Strictness.BALANCED),
                (translate(_CONTEXT, "Hide more"), Strictness.STRICT),
            ],
        )
        self.reveal = self._choice(
            "reveal",
            [
                (translate(_CONTEXT, "Only that there is one"), Reveal.COUNT),
                (translate(_CONTEXT, "Who and which kind"), Reveal.CATEGORY),
                (translate(_CONTEXT, "The text with words masked"), Reveal.MASKED),
                (translate(_CONTEXT, "Everything"), Reveal.FULL),
            ],
        )
        note = translate(
            _CONTEXT,
            "Nobody you follow is ever hidden. Rules for threats and private details always count.",
        )
        return _card(
            translate(_CONTEXT, "Hiding"),
            column(
                _line(translate(_CONTEXT, "How readily"), self.level),
                _line(translate(_CONTEXT, "What a hidden message shows"), self.reveal),
                PlainLabel(note, role="soft").wrapped(),
                gap=2,
            ),
        )

    def _discretion(self) -> QFrame:
        self.discreet = QCheckBox(translate(_CONTEXT, "Call the window “Notes”"))
        self.discreet.setChecked(self._preferences.now.discreet_titles)
        self.discreet.toggled.connect(lambda on: self._preferences.set(discreet_titles=on))
        quick = translate(_CONTEXT, "F9 hides the window at once and covers what was shown.")
        lines = column(self.discreet, PlainLabel(quick, role="soft").wrapped(), gap=2)
        return _card(translate(_CONTEXT, "Discretion"), lines)

    def _never(self) -> QFrame:
        words = (
            translate(
                _CONTEXT, "Messages are judged on this computer. Nothing is sent to anyone to be judged."
            ),
            translate(_CONTEXT, "No picture, preview or link from a message is ever fetched."),
            translate(_CONTEXT, "Breakwater reports nothing about you and looks for no updates by itself."),
        )
        lines = [PlainLabel(text, role="soft").wrapped() for text in words]
        return _card(translate(_CONTEXT, "What never happens"), column(*lines, gap=1))

    def _choice(self, name: str, options: Sequence[tuple[str, Any]]) -> QComboBox:
        """A list of values for the setting of this name."""
        field = QComboBox()
        for words, _ in options:
            field.addItem(words)
        values = [value for _, value in options]
        field.setCurrentIndex(values.index(getattr(self._preferences.now, name)))
        field.currentIndexChanged.connect(lambda index: self._preferences.set(**{name: values[index]}))
        return field


def _card(title: str, lines: QLayout) -> QFrame:
    return frame("card", column(PlainLabel(title, role="lead"), lines, gap=3, margins=(5, 4, 5, 4)))


def _line(name: str, field: QComboBox) -> QWidget:
    field.setAccessibleName(name)
    field.setMinimumWidth(240)
    label = PlainLabel(name)
    label.setMinimumWidth(220)
    holder = QWidget()
    holder.setLayout(row(label, field, None, gap=3))
    return holder
