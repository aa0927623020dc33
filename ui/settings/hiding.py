"""How readily messages are hidden, tried out before it is done; and how much of them shows."""

from typing import TYPE_CHECKING, Final

from PySide6.QtWidgets import QComboBox, QWidget

from core.classify.level import Level
from core.domain.learning import Effect
from core.errors import AppError
from core.system.settings import Reveal, Strictness
from ui.background import Background
from ui.messages import words_for
from ui.settings.effects import effect_sentence
from ui.settings.parts import card, choice, line
from ui.settings.preferences import PreferenceStore
from ui.theme.theme import Theme
from ui.widgets.buttons import TextButton
from ui.widgets.layouts import column, frame, row
from ui.widgets.untrusted_text import PlainLabel
from ui.wording import translate

if TYPE_CHECKING:
    from app.services.learning import LearningService

_CONTEXT = "Settings"
_LEVELS: Final = (Strictness.GENTLE, Strictness.BALANCED, Strictness.STRICT)


class HidingCard(QWidget):
    """Choosing another level first says what it would do; it takes effect when the person says so."""

    def __init__(
        self,
        theme: Theme,
        background: Background,
        preferences: PreferenceStore,
        learning: "LearningService",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._background, self._preferences, self._learning = background, preferences, learning
        self.level = QComboBox()
        for words in (
            translate(_CONTEXT, "Hide less"),
            translate(_CONTEXT, "Balanced"),
            translate(_CONTEXT, "Hide more"),
        ):
            self.level.addItem(words)
        self.level.setCurrentIndex(_LEVELS.index(preferences.now.level))
        self.level.currentIndexChanged.connect(self._try)
        self.reveal = choice(
            preferences,
            "reveal",
            [
                (translate(_CONTEXT, "Only that there is one"), Reveal.COUNT),
                (translate(_CONTEXT, "Who and which kind"), Reveal.CATEGORY),
                (translate(_CONTEXT, "The text with words masked"), Reveal.MASKED),
                (translate(_CONTEXT, "Everything"), Reveal.FULL),
            ],
        )
        self.effect = PlainLabel().wrapped()
        self.use = TextButton(theme, translate(_CONTEXT, "Do it"), "check", "primary").on_click(self.apply)
        self.leave = TextButton(theme, translate(_CONTEXT, "Leave as it is")).on_click(self.undo)
        buttons = row(self.use, self.leave, None, gap=2)
        self.box = frame("inset", column(self.effect, buttons, gap=2, margins=(4, 3, 4, 3)))
        self.box.hide()
        note = translate(
            _CONTEXT,
            "Nobody you follow is ever hidden. Rules for threats and private details always count.",
        )
        self.setLayout(
            column(
                card(
                    translate(_CONTEXT, "Hiding"),
                    column(
                        line(translate(_CONTEXT, "How readily"), self.level),
                        self.box,
                        line(translate(_CONTEXT, "What a hidden message shows"), self.reveal),
                        PlainLabel(note, role="soft").wrapped(),
                        gap=2,
                    ),
                )
            )
        )

    def apply(self) -> None:
        """Use the level that is chosen."""
        self.box.hide()
        self._preferences.set(level=_LEVELS[self.level.currentIndex()])

    def undo(self) -> None:
        """Back to the level in use."""
        self.level.setCurrentIndex(_LEVELS.index(self._preferences.now.level))

    def _try(self, index: int) -> None:
        wanted = _LEVELS[index]
        if wanted is self._preferences.now.level:
            self.box.hide()
            return
        self.effect.setText(translate(_CONTEXT, "Looking at what this would change…"))
        self.box.show()
        level = Level(wanted.value)
        self._background.read(
            "level-preview", lambda: self._learning.preview_level(level), self._show, self._failed
        )

    def _show(self, effect: Effect) -> None:
        self.effect.setText(effect_sentence(effect))

    def _failed(self, error: Exception) -> None:
        words = words_for(error if isinstance(error, AppError) else AppError())
        self.effect.setText(f"{words.title}. {words.explanation}")
