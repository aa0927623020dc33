"""What the program calls itself on the screen: its own name, or the one that tells a watcher nothing.

The choice lies in the settings file, which holds nothing anyone wrote and is read before anything is
unlocked. The name in use is Qt's application name, so that a screen reader says the same.
"""

from typing import Final

from PySide6.QtCore import QCoreApplication

from core.system.settings import Settings
from ui.wording import translate

OWN_NAME: Final = "Breakwater"


def use_name(settings: Settings) -> str:
    """Call the program by the name chosen from now on; returns it."""
    name = quiet_name() if settings.discreet_titles else OWN_NAME
    QCoreApplication.setApplicationName(name)
    return name


def name_in_use() -> str:
    """What it is called now."""
    return QCoreApplication.applicationName()


def quiet_name() -> str:
    """The name that tells nothing."""
    return translate("Window", "Notes")


def dialog_title(title: str) -> str:
    """For lists of windows: what a dialog is about, unless nobody shall see that."""
    return quiet_name() if name_in_use() == quiet_name() else title
