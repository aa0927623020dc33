"""The look in use: palette, fonts and style sheet, applied to the whole application."""

import re
from importlib.resources import files
from typing import Final

from PySide6.QtCore import QDir, QObject, Qt, Signal
from PySide6.QtGui import QFont, QFontDatabase, QGuiApplication, QPalette
from PySide6.QtWidgets import QApplication

from ui.theme.bundled_fonts import load_bundled_fonts
from ui.theme.tokens import Scheme, Tokens, load_tokens

_TOKEN: Final = re.compile(r"\{\{(px:)?([a-z-]+)\}\}")
# Tried after the system's own font, in order: Latin, Han (by script variant), Arabic, Hebrew, emoji.
_FALLBACKS: Final = (
    "Segoe UI",
    ".AppleSystemUIFont",
    "Noto Sans",
    "Microsoft YaHei UI",
    "PingFang SC",
    "Noto Sans CJK SC",
    "Microsoft JhengHei UI",
    "PingFang TC",
    "Noto Sans CJK TC",
    "Noto Sans Arabic",
    "Geeza Pro",
    "Noto Sans Hebrew",
    "Noto Sans Devanagari",
    "Noto Sans Thai",
    "Segoe UI Emoji",
    "Apple Color Emoji",
    "Noto Color Emoji",
)


def style_sheet(tokens: Tokens) -> str:
    """The template with every token filled in. KeyError names a token nobody defined."""
    template = files("resources").joinpath("styles", "app.qss").read_text("utf-8")

    def fill(match: re.Match[str]) -> str:
        size, name = match.groups()
        if size:
            return str(tokens.px(name))
        return tokens.scheme.value if name == "scheme" else tokens.hex(name)

    body = template.split("*/", 1)[1]
    return _TOKEN.sub(fill, body)


def font_families() -> list[str]:
    """The system's own font first, then ours for every script, so that it looks alike everywhere."""
    bundled = load_bundled_fonts()
    system = QFontDatabase.systemFont(QFontDatabase.SystemFont.GeneralFont).family()
    known = set(QFontDatabase.families())
    return [f for f in dict.fromkeys([system, *bundled, *_FALLBACKS]) if f in known]


class Theme(QObject):
    """Holds the look and tells widgets with tinted drawings when it changes."""

    changed = Signal()

    def __init__(self, scheme: Scheme, text_percent: int = 100, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._tokens = load_tokens(scheme, text_percent)

    @property
    def tokens(self) -> Tokens:
        """Colours and sizes in use now."""
        return self._tokens

    def use(self, scheme: Scheme, text_percent: int) -> None:
        """Switch the look of the running application."""
        self._tokens = load_tokens(scheme, text_percent)
        self.apply()

    def apply(self) -> None:
        """Dress the whole application."""
        app = QApplication.instance()
        assert isinstance(app, QApplication)  # noqa: S101 - a window cannot exist without one
        QDir.setSearchPaths("icons", [str(files("resources").joinpath("icons"))])
        font = QFont()
        font.setFamilies(font_families())
        font.setPixelSize(self._tokens.px("body"))
        app.setFont(font)
        app.setPalette(_palette(self._tokens))
        app.setStyleSheet(style_sheet(self._tokens))
        self.changed.emit()


def system_scheme() -> Scheme:
    """Light or dark, as the desktop says."""
    hints = QGuiApplication.styleHints()
    return Scheme.DARK if hints.colorScheme() == Qt.ColorScheme.Dark else Scheme.LIGHT


def _palette(tokens: Tokens) -> QPalette:
    palette = QPalette()
    role = QPalette.ColorRole
    for name, token in (
        (role.Window, "bg"),
        (role.WindowText, "text"),
        (role.Base, "surface"),
        (role.AlternateBase, "bg"),
        (role.Text, "text"),
        (role.Button, "surface"),
        (role.ButtonText, "text"),
        (role.Highlight, "accent"),
        (role.HighlightedText, "on-accent"),
        (role.PlaceholderText, "text-faint"),
        (role.ToolTipBase, "surface"),
        (role.ToolTipText, "text"),
        (role.Link, "accent"),
    ):
        palette.setColor(name, tokens.color(token))
    return palette
