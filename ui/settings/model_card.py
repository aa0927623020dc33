"""Which model judges, in one card: the choice, and what is known about it."""

from typing import TYPE_CHECKING, Final

from PySide6.QtWidgets import QWidget

from core.domain.inbox import InboxFilter
from core.errors import AppError
from core.system.settings import ModelChoice
from ui.background import Background
from ui.messages import words_for
from ui.settings.about import AboutModelDialog, Language, languages_of
from ui.settings.models_dialog import ModelsDialog
from ui.settings.parts import card
from ui.settings.preferences import PreferenceStore
from ui.theme.theme import Theme
from ui.widgets.ask import open_dialog
from ui.widgets.buttons import TextButton
from ui.widgets.layouts import column, row
from ui.widgets.untrusted_text import PlainLabel, one_line
from ui.wording import translate

if TYPE_CHECKING:
    from app.services.bundle import Services

_CONTEXT = "Models"
# Newest messages that tell which languages are the person's.
_SAMPLE: Final = 400


class ModelCard(QWidget):
    """Shows what judges now, and why it is not what was chosen when that is so."""

    def __init__(
        self,
        theme: Theme,
        background: Background,
        preferences: PreferenceStore,
        services: "Services",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._theme, self._background, self._preferences = theme, background, preferences
        self._models, self._classify = services.models, services.classify
        self._inbox = services.inbox
        self._label = ""
        self._languages: tuple[Language, ...] = ()
        self.used = PlainLabel().wrapped()
        self.problem = PlainLabel(role="strong").wrapped()
        self.problem.hide()
        others = translate(_CONTEXT, "Choose a model…")
        self.others = TextButton(theme, others, "settings").on_click(self.open)
        self.about = TextButton(theme, translate(_CONTEXT, "About the model"), "info", "quiet").on_click(
            self.open_about
        )
        self.setLayout(
            column(
                card(
                    translate(_CONTEXT, "The model"),
                    column(self.used, self.problem, row(self.others, self.about, None, gap=2), gap=2),
                )
            )
        )

    def refresh(self) -> None:
        """Look again at what is in use. The model loads if it has not."""
        for dialog in self.findChildren(ModelsDialog):
            dialog.settle()

        def look() -> tuple[str, tuple[Language, ...]]:
            label = self._classify.classifier().model.label
            return label, languages_of(self._inbox.rows(InboxFilter(), 0, _SAMPLE))

        self._background.read("model-in-use", look, lambda found: self._show(*found))

    def open(self) -> ModelsDialog:
        """The list of models."""
        dialog = ModelsDialog(self._theme, self._background, self._preferences, self._models, self)
        open_dialog(dialog)
        return dialog

    def open_about(self) -> AboutModelDialog:
        """What the model is, plainly and in detail."""
        dialog = AboutModelDialog(self._theme, self._label, self._languages, self)
        open_dialog(dialog)
        return dialog

    def _show(self, label: str, languages: tuple[Language, ...]) -> None:
        self._label, self._languages = label, languages
        chosen = self._preferences.now.model
        name = (
            translate(_CONTEXT, "the built-in model")
            if chosen is ModelChoice.EMBEDDED or self._models.problem is not None
            else f"Detoxify {chosen.value}"
        )
        text = translate(_CONTEXT, "Messages are judged by {name} ({label}), on this computer.")
        self.used.setText(text.format(name=name, label=one_line(label, 120)))
        problem = self._models.problem
        self.problem.setVisible(problem is not None)
        if problem is not None:
            self.problem.setText(not_in_use(chosen, problem))


def not_in_use(chosen: ModelChoice, problem: AppError) -> str:
    """Why the chosen model does not judge."""
    words = words_for(problem)
    text = translate(_CONTEXT, "You chose Detoxify {name}. {why} The built-in model judges until it works.")
    return text.format(name=chosen.value, why=words.explanation)
