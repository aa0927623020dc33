"""The fonts that come with the program, so that every script is drawn alike on every computer."""

from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Final

from PySide6.QtCore import QLoggingCategory
from PySide6.QtGui import QFontDatabase

# In the order in which a character is looked for. Made by packaging/fonts.py.
BUNDLED: Final = (
    "Breakwater Sans",
    "Breakwater CJK",
    "Breakwater Arabic",
    "Breakwater Hebrew",
    "Breakwater Devanagari",
    "Breakwater Thai",
    "Breakwater Bengali",
    "Breakwater Tamil",
    "Breakwater Tibetan",
    "Breakwater Symbols",
    "Breakwater Signs",
    "Breakwater Emoji",
)


@cache
def load_bundled_fonts() -> tuple[str, ...]:
    """Make the fonts known to Qt, once; gives the families found. Needs a Qt application; any thread.

    A family whose file is missing is left out: Qt then draws with what the computer has.
    """
    # Qt warns of every family in the list that lacks a script, and then asks the next one.
    QLoggingCategory.setFilterRules("qt.text.font.db=false")
    found: set[str] = set()
    for file in (files("resources") / "fonts").iterdir():
        if file.name.endswith((".ttf", ".otf")):
            number = (
                QFontDatabase.addApplicationFont(str(file))
                if isinstance(file, Path)
                else QFontDatabase.addApplicationFontFromData(file.read_bytes())
            )
            found.update(QFontDatabase.applicationFontFamilies(number))
    return tuple(family for family in BUNDLED if family in found)
