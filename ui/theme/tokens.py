"""Design tokens: the named colours and sizes every screen is drawn from.

Colours live in `resources/styles/{light,dark}.json`; nothing in ui/ names a colour by its number.
"""

import json
from dataclasses import dataclass
from enum import Enum
from importlib.resources import files
from typing import Final

from PySide6.QtGui import QColor

# Steps of the 4 px grid.
GRID: Final = 4
# Type scale in pixels at text size 100 %; Qt multiplies by the screen's own scale.
TYPE: Final = {"caption": 12, "body": 14, "lead": 16, "title": 19, "display": 26}
TEXT_SIZES: Final = (100, 115, 130)


class Scheme(Enum):
    """Which palette is in use."""

    LIGHT = "light"
    DARK = "dark"


@dataclass(frozen=True, slots=True)
class Tokens:
    """One palette at one text size."""

    scheme: Scheme
    colors: dict[str, str]
    text_percent: int

    def hex(self, name: str) -> str:
        """The colour as `#RRGGBB`; KeyError for an unknown name."""
        return self.colors[name]

    def color(self, name: str) -> QColor:
        """The colour for painting."""
        return QColor(self.colors[name])

    def px(self, step: str) -> int:
        """A step of the type scale in pixels."""
        return round(TYPE[step] * self.text_percent / 100)


def load_tokens(scheme: Scheme, text_percent: int = 100) -> Tokens:
    """Read one palette from the resources."""
    text = files("resources").joinpath("styles", f"{scheme.value}.json").read_text("utf-8")
    colors = {name: value for name, value in json.loads(text).items() if name != "scheme"}
    return Tokens(scheme, colors, text_percent)
