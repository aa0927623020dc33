"""The person's settings while the window is open: read once, each change written at once."""

from dataclasses import replace
from pathlib import Path
from typing import Any, Final

from PySide6.QtCore import QObject, Signal

from core.errors import AppError
from core.system.settings import Reveal as Floor
from core.system.settings import Settings, TextSize, ThemeChoice, load_settings, save_settings
from ui.inbox.reveal import Reveal
from ui.theme.theme import system_scheme
from ui.theme.tokens import Scheme

_LEVELS: Final = {
    Floor.COUNT: Reveal.COUNT,
    Floor.CATEGORY: Reveal.CATEGORY,
    Floor.MASKED: Reveal.MASKED,
    Floor.FULL: Reveal.FULL,
}


class PreferenceStore(QObject):
    """Holds the settings and tells everyone about changes."""

    changed = Signal(object)
    # An AppError: the change holds for this run but could not be written.
    failed = Signal(object)

    def __init__(self, path: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._path = path
        self._now, self.problem = load_settings(path)

    @property
    def now(self) -> Settings:
        """What is set."""
        return self._now

    def set(self, **changes: Any) -> None:
        """Change some settings by name."""
        wanted = replace(self._now, **changes)
        if wanted == self._now:
            return
        self._now = wanted
        try:
            self._path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            save_settings(self._path, wanted)
        except AppError as error:
            self.failed.emit(error)
        self.changed.emit(wanted)


def scheme_of(settings: Settings) -> Scheme:
    """The palette meant now."""
    if settings.theme is ThemeChoice.SYSTEM:
        return system_scheme()
    return Scheme.DARK if settings.theme is ThemeChoice.DARK else Scheme.LIGHT


def percent_of(size: TextSize) -> int:
    """The text size as a number."""
    return int(size.value)


def floor_of(settings: Settings) -> Reveal:
    """What hidden messages show without being asked."""
    return _LEVELS[settings.reveal]
