"""The models that can judge: the built-in one, and the official Detoxify ones, fetched only when asked."""

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QDialog, QFrame, QWidget

from app.jobs.changes import ChangeKind
from app.jobs.observer import Lane
from core.errors import AppError
from core.system.settings import Device, ModelChoice
from ui.background import Background
from ui.messages import words_for
from ui.settings.parts import choice, line
from ui.settings.preferences import PreferenceStore
from ui.theme.theme import Theme
from ui.widgets.ask import ask
from ui.widgets.buttons import TextButton
from ui.widgets.language_words import language_name
from ui.widgets.layouts import column, empty, frame, row, scrolled
from ui.widgets.untrusted_text import PlainLabel, one_line
from ui.wording import number, translate

if TYPE_CHECKING:
    from app.services.models import ModelService, ModelState
    from core.classify.official import Official

_CONTEXT = "Models"
_MB: Final = 1_000_000


class ModelsDialog(QDialog):
    """Emits `chosen` when another model is to be used."""

    chosen = Signal(ModelChoice)

    def __init__(
        self,
        theme: Theme,
        background: Background,
        preferences: PreferenceStore,
        models: "ModelService",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._theme, self._background = theme, background
        self._preferences, self._models = preferences, models
        self._busy = ""
        self.setWindowTitle(translate(_CONTEXT, "Which model judges"))
        self.setModal(True)
        self.resize(760, 680)
        self.said = PlainLabel().wrapped()
        self._said_box = frame("notice", column(self.said, margins=(3, 2, 3, 2)))
        self._said_box.hide()
        self._rows = column(gap=2)
        body = QWidget()
        body.setLayout(column(self._rows, None, gap=0))
        self.device = choice(
            preferences,
            "device",
            [
                (translate(_CONTEXT, "Processor"), Device.CPU),
                (translate(_CONTEXT, "Graphics card (CUDA)"), Device.CUDA),
                (translate(_CONTEXT, "Apple graphics (MPS)"), Device.MPS),
            ],
        )
        self.devices = PlainLabel(role="caption").wrapped()
        close = TextButton(theme, translate(_CONTEXT, "Close")).on_click(self.accept)
        note = translate(
            _CONTEXT,
            "The Detoxify project publishes the others. They were made for English above all, and none of "
            "them reads Chinese. Judging stays on this computer whichever you use.",
        )
        self.setLayout(
            column(
                PlainLabel(translate(_CONTEXT, "Which model judges"), role="title"),
                PlainLabel(note, role="soft").wrapped(),
                self._said_box,
                scrolled(body),
                line(translate(_CONTEXT, "Official models run on"), self.device),
                self.devices,
                row(None, close, gap=2),
                gap=3,
                margins=(6, 6, 6, 5),
            )
        )
        self.refresh()
        background.read("devices", models.devices, self._show_devices)

    @property
    def _fetching(self) -> str:
        """The model that is being fetched, by this dialog or one opened before; empty for none."""
        return self._busy or self._models.fetching

    def settle(self) -> None:
        """A fetch ended somehow, perhaps because it was stopped."""
        self._busy = ""
        self.refresh()

    def refresh(self) -> None:
        """Look again at what is here."""
        self._background.read("models", self._models.list, self._show, self._failed)

    def _show(self, found: "tuple[ModelState, ...]") -> None:
        missing = self._models.missing_packages()
        empty(self._rows)
        self._rows.addWidget(self._built_in())
        for state in found:
            self._rows.addWidget(self._official(state, can_run=not missing))
        if missing:
            names = ", ".join(missing)
            text = translate(_CONTEXT, "Official models cannot run in this installation: it lacks {names}.")
            self._say(text.format(names=names))

    def _built_in(self) -> QFrame:
        text = translate(
            _CONTEXT,
            "Comes with the program. Reads Chinese, English and other languages, with figures for each under "
            "“About the model”. Fast and small.",
        )
        return self._entry(
            translate(_CONTEXT, "Built in"), [text], self._use_buttons(ModelChoice.EMBEDDED, ready=True)
        )

    def _official(self, state: "ModelState", *, can_run: bool) -> QFrame:
        model = state.model
        languages = ", ".join(language_name(code) for code in model.languages)
        facts = translate(_CONTEXT, "{size} MB · {languages} · licence {licence}").format(
            size=number(model.size // _MB), languages=languages, licence=model.licence
        )
        about = _about(model.key)
        own = translate(
            _CONTEXT, "Score its authors give it on their own test: {auc} of 100. Not measured by us."
        ).format(auc=f"{model.auc:.1f}")
        buttons = self._use_buttons(ModelChoice(model.key), ready=state.ready) if state.ready else []
        if not state.ready:
            buttons = [self._get_button(state, can_run=can_run)]
        if state.fetched and model.key not in (self._fetching, self._preferences.now.model.value):
            gone = TextButton(self._theme, translate(_CONTEXT, "Delete"), "remove", "quiet")
            buttons.append(gone.on_click(lambda: self._remove(model.key)))
        return self._entry(f"Detoxify {model.key}", [facts, about, own], buttons)

    def _entry(self, title: str, lines: list[str], buttons: list[TextButton]) -> QFrame:
        words = [PlainLabel(text, role="soft" if place else "").wrapped() for place, text in enumerate(lines)]
        head = row(PlainLabel(title, role="lead"), None, *buttons, gap=2)
        return frame("card", column(head, *words, gap=1, margins=(4, 3, 4, 3)))

    def _use_buttons(self, which: ModelChoice, *, ready: bool) -> list[TextButton]:
        if self._preferences.now.model is which:
            used = TextButton(self._theme, translate(_CONTEXT, "In use"), "check", "quiet")
            used.setEnabled(False)
            return [used]
        use = TextButton(self._theme, translate(_CONTEXT, "Use this"), "", "primary")
        use.setEnabled(ready)
        return [use.on_click(lambda: self._use(which))]

    def _get_button(self, state: "ModelState", *, can_run: bool) -> TextButton:
        if self._fetching == state.model.key:
            text = translate(_CONTEXT, "Being fetched…")
        elif state.fetched:
            share = min(99, 100 * state.fetched // max(state.model.size, 1))
            text = translate(_CONTEXT, "Continue ({share} % is here)…").format(share=share)
        else:
            text = translate(_CONTEXT, "Fetch…")
        button = TextButton(self._theme, text, "import")
        button.setEnabled(can_run and not self._fetching)
        return button.on_click(lambda: self._ask_get(state.model))

    def _use(self, which: ModelChoice) -> None:
        self._preferences.set(model=which)
        self.chosen.emit(which)
        self.refresh()

    def _ask_get(self, model: "Official") -> None:
        hosts = sorted({file.url.split("/")[2] for file in model.files})
        text = translate(
            _CONTEXT,
            "{size} MB are fetched from {hosts}. Those servers, and whoever watches your connection, can see "
            "that this computer fetches this model; nothing about your messages is sent. Every file is "
            "checked against its published fingerprint{partly}. You can pause in the bar below and continue "
            "later.",
        )
        partly = ""
        if len(model.checkpoint.sha256) < 64:
            partly = translate(
                _CONTEXT,
                " (of the model itself only the first eight digits are published; the rest is noted the "
                "first time, and must be the same ever after)",
            )
        ask(
            self._theme,
            self,
            translate(_CONTEXT, "Fetch Detoxify {name}?").format(name=one_line(model.key)),
            text.format(
                size=number(model.size // _MB), hosts=translate(_CONTEXT, " and ").join(hosts), partly=partly
            ),
            translate(_CONTEXT, "Fetch it"),
            lambda: self.get(model.key),
        )

    def get(self, key: str) -> None:
        """Fetch a model in a job that can be stopped."""
        self._busy = key
        self._said_box.hide()
        self._background.start(
            "model-get",
            translate(_CONTEXT, "Fetching a model"),
            lambda context: self._models.get(key, context),
            lambda _: self._fetched(),
            self._failed,
            lane=Lane.NETWORK,
            changes=(ChangeKind.SETTINGS,),
        )
        self.refresh()

    def _fetched(self) -> None:
        self._busy = ""
        self._say(translate(_CONTEXT, "The model is here, and every check was passed. Choose “Use this”."))
        self.refresh()

    def _remove(self, key: str) -> None:
        self._background.read(
            "model-remove", lambda: self._models.remove(key), lambda _: self.refresh(), self._failed
        )

    def _show_devices(self, found: tuple[str, ...]) -> None:
        names = {
            "cpu": translate(_CONTEXT, "processor"),
            "cuda": translate(_CONTEXT, "graphics card (CUDA)"),
            "mps": translate(_CONTEXT, "Apple graphics (MPS)"),
        }
        here = ", ".join(names[one] for one in found)
        text = translate(_CONTEXT, "Found here: {names}. What is not there falls back to the processor.")
        self.devices.setText(text.format(names=here))

    def _say(self, text: str) -> None:
        self.said.setText(text)
        self._said_box.show()

    def _failed(self, error: Exception) -> None:
        self._busy = ""
        words = words_for(error if isinstance(error, AppError) else AppError())
        built_in = translate(_CONTEXT, "The built-in model goes on working.")
        self._say(f"{words.title}. {words.explanation} {built_in}")
        self.refresh()


def _about(key: str) -> str:
    """What a model is for, and what it cannot do."""
    texts = {
        "original": translate(
            _CONTEXT, "Trained on Wikipedia discussions. Tends to take words about who people are for abuse."
        ),
        "unbiased": translate(
            _CONTEXT, "Trained to tell talk about people from attacks on them. The best of these for English."
        ),
        "multilingual": translate(
            _CONTEXT, "Seven languages, trained mostly on translated posts. Needs 2 GB of memory."
        ),
        "original-small": translate(_CONTEXT, "Like “original”, a tenth of the size, and not faster."),
        "unbiased-small": translate(_CONTEXT, "Like “unbiased”, a tenth of the size, and not faster."),
    }
    no_chinese = translate(_CONTEXT, "Does not read Chinese: such messages would be “Not scored”.")
    return f"{texts.get(key, '')} {no_chinese}".strip()
