"""The cards about how messages are judged, together."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from core.errors import AppError
from core.system.settings import Settings
from ui.background import Background
from ui.messages import Words
from ui.settings.hiding import HidingCard
from ui.settings.model_card import ModelCard, not_in_use
from ui.settings.preferences import PreferenceStore
from ui.settings.teaching import LearningCard, WordsCard
from ui.theme.theme import Theme
from ui.wording import translate

if TYPE_CHECKING:
    from app.services.bundle import Services


@dataclass(frozen=True, slots=True)
class JudgingCards:
    """In the order of the screen."""

    hiding: HidingCard
    words: WordsCard
    learning: LearningCard
    model: ModelCard

    @property
    def all(self) -> list[QWidget]:
        """For the screen."""
        return [self.hiding, self.words, self.learning, self.model]

    def refresh(self) -> None:
        """Read everything again."""
        for card in (self.words, self.learning, self.model):
            card.refresh()


def judging_cards(
    theme: Theme,
    background: Background,
    preferences: PreferenceStore,
    services: "Services",
    judge: Callable[[], None],
) -> JudgingCards:
    """The cards; `judge` is called when messages are to be judged anew."""
    return JudgingCards(
        HidingCard(theme, background, preferences, services.learning),
        WordsCard(theme, background, services.words, judge),
        LearningCard(theme, background, services.learning, judge),
        ModelCard(theme, background, preferences, services),
    )


def judged_by(settings: Settings) -> tuple[str, str, str]:
    """What in the settings decides how messages are judged."""
    return settings.level.value, settings.model.value, settings.device.value


def model_problem(settings: Settings, problem: AppError) -> Words:
    """Words for a notice: the chosen model does not judge, the built-in one does."""
    title = translate("Models", "The model you chose is not in use")
    return Words(title, not_in_use(settings.model, problem), translate("Models", "Settings"))
