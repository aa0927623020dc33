"""Settings: look, text size, discretion, and the cards of whatever else there is to choose."""

from collections.abc import Sequence

from PySide6.QtWidgets import QCheckBox, QFrame, QWidget

from core.system.settings import TextSize, ThemeChoice
from ui.settings.parts import card, choice, line
from ui.settings.preferences import PreferenceStore
from ui.theme.theme import Theme
from ui.widgets.layouts import column, scrolled
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
        """`cards` are the sections that need more than the preferences, in order."""
        super().__init__(parent)
        self.setObjectName("page")
        self._theme, self._preferences = theme, preferences
        body = QWidget()
        body.setMaximumWidth(920)
        sections = (self._looks(), *cards, self._discretion(), self._never())
        body.setLayout(column(*sections, None, gap=4, margins=(6, 5, 6, 6)))
        self.setLayout(column(scrolled(body)))

    def _looks(self) -> QFrame:
        self.look = choice(
            self._preferences,
            "theme",
            [
                (translate(_CONTEXT, "As the system"), ThemeChoice.SYSTEM),
                (translate(_CONTEXT, "Light"), ThemeChoice.LIGHT),
                (translate(_CONTEXT, "Dark"), ThemeChoice.DARK),
            ],
        )
        self.text = choice(self._preferences, "text_size", [(f"{size.value} %", size) for size in TextSize])
        return card(
            translate(_CONTEXT, "Look"),
            column(
                line(translate(_CONTEXT, "Colours"), self.look),
                line(translate(_CONTEXT, "Text size"), self.text),
                gap=2,
            ),
        )

    def _discretion(self) -> QFrame:
        self.discreet = QCheckBox(translate(_CONTEXT, "Call the window “Notes”"))
        self.discreet.setChecked(self._preferences.now.discreet_titles)
        self.discreet.toggled.connect(lambda on: self._preferences.set(discreet_titles=on))
        quick = translate(_CONTEXT, "F9 hides the window at once and covers what was shown.")
        lines = column(self.discreet, PlainLabel(quick, role="soft").wrapped(), gap=2)
        return card(translate(_CONTEXT, "Discretion"), lines)

    def _never(self) -> QFrame:
        words = (
            translate(
                _CONTEXT, "Messages are judged on this computer. Nothing is sent to anyone to be judged."
            ),
            translate(
                _CONTEXT,
                "No picture, preview or link from a message is fetched unless you ask for that one picture.",
            ),
            translate(_CONTEXT, "Breakwater reports nothing about you and looks for no updates by itself."),
        )
        lines = [PlainLabel(text, role="soft").wrapped() for text in words]
        return card(translate(_CONTEXT, "What never happens"), column(*lines, gap=1))
