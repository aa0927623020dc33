"""The only way text from platforms and files reaches the screen.

Strangers choose this text. It is shown as plain text, never as markup; characters that are invisible
or reorder what surrounds them are shown by their number; the rest is isolated, so that a name written
right to left cannot rearrange our own words.
"""

import html
import unicodedata
from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

# Measured: a plain label lays out 20k characters without a visible pause, 1M takes a third of a second.
SHOWN_LIMIT: Final = 20_000
_ISOLATE: Final = "\u2068"
_POP: Final = "\u2069"
_ZWNJ: Final = "\u200c"
_ZWJ: Final = "\u200d"
_KEYCAP: Final = "0123456789#*"
_FLAG: Final = "\U0001f3f4"
_TAG_END: Final = "\U000e007f"
_LONGEST_TAG_RUN: Final = 7
_MARKS_SHOWN: Final = 8
_VIRAMA: Final = 9  # canonical combining class
# Invisible or blank though not of category Cf: fillers, joiner, Mongolian selectors, braille blank.
_BLANKS: Final = frozenset("\u034f\u115f\u1160\u17b4\u17b5\u180b\u180c\u180d\u180f\u2800\u3164\uffa0")
_EMOJI_RANGES: Final = (
    (0x1F000, 0x1FAFF),
    (0x2600, 0x27BF),
    (0x2190, 0x21FF),
    (0x2300, 0x23FF),
    (0x25A0, 0x25FF),
    (0x2B00, 0x2BFF),
)
_EMOJI_SINGLES: Final = frozenset("\u00a9\u00ae\u203c\u2049\u2122\u2139\u3030\u303d\u3297\u3299")


@dataclass(frozen=True, slots=True)
class Shown:
    """Text safe to show. `starts[i]` is where character i of the original begins in `text`; its last
    item is the end, and offsets past a cut text map to the end."""

    text: str
    starts: tuple[int, ...]
    cut: bool

    def span(self, start: int, end: int) -> tuple[int, int]:
        """An offset pair of the original, in the shown text."""
        last = len(self.starts) - 1
        return self.starts[min(max(start, 0), last)], self.starts[min(max(end, 0), last)]


def neutralise(untrusted: str, limit: int = SHOWN_LIMIT) -> Shown:
    """Every character visible, nothing that reorders; line breaks stay. At most `limit` characters."""
    cut = len(untrusted) > limit
    source = untrusted[:limit]
    parts: list[str] = []
    starts: list[int] = []
    length = marks = 0
    for index, char in enumerate(source):
        starts.append(length)
        marks = marks + 1 if unicodedata.category(char) in ("Mn", "Me") else 0
        piece = "" if marks > _MARKS_SHOWN else _shown_char(source, index, char)
        parts.append(piece)
        length += len(piece)
    starts.append(length)
    text = "".join(parts)
    return Shown(text + " …" if cut else text, tuple(starts), cut)


def plain(untrusted: str, limit: int = SHOWN_LIMIT) -> str:
    """Safe text for a plain-text widget, isolated line by line from what stands around it."""
    shown = neutralise(untrusted, limit).text
    return "\n".join(f"{_ISOLATE}{line}{_POP}" for line in shown.split("\n"))


def one_line(untrusted: str, limit: int = 300) -> str:
    """Safe text on a single line, for names, handles and snippets."""
    return f"{_ISOLATE}{flat(untrusted, limit)}{_POP}"


def flat(untrusted: str, limit: int = 300) -> str:
    """Safe text on a single line without isolates, for a painter that lays it out by itself."""
    return " ".join(neutralise(untrusted, limit).text.split())


def rich(untrusted: str, limit: int = 1_000) -> str:
    """Safe text for the places Qt always reads as markup: tooltips and notices of the system."""
    return html.escape(plain(untrusted, limit))


def reads_right_to_left(text: str) -> bool:
    """Whether the first letter with a direction runs right to left."""
    for char in text:
        direction = unicodedata.bidirectional(char)
        if direction in ("L", "R", "AL"):
            return direction != "L"
    return False


class PlainLabel(QLabel):
    """A label that can only ever show plain text."""

    def __init__(self, text: str = "", parent: QWidget | None = None, *, role: str = "") -> None:
        super().__init__(parent)
        self.setTextFormat(Qt.TextFormat.PlainText)
        if role:
            self.setProperty("role", role)
        self.setText(text)

    def show_untrusted(self, untrusted: str, limit: int = SHOWN_LIMIT) -> None:
        """Show a stranger's text."""
        self.setText(plain(untrusted, limit))

    def wrapped(self) -> "PlainLabel":
        """Let long text flow over several lines; returns itself for use in a layout call."""
        self.setWordWrap(True)
        policy = QSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        return self


def _shown_char(source: str, index: int, char: str) -> str:
    if char == "\n":
        return char
    if char in "\r\u2028\u2029\x85":
        return "" if source[index : index + 2] == "\r\n" else "\n"
    if char == "\t":
        return "    "
    if _is_visible(source, index, char):
        return char
    return f"⟨U+{ord(char):04X}⟩"


def _is_visible(source: str, index: int, char: str) -> bool:
    if char in (_ZWJ, _ZWNJ):
        return _joiner_belongs(source, index, char)
    code = ord(char)
    if 0xFE00 <= code <= 0xFE0F:
        return index > 0 and (_is_emoji(source[index - 1]) or source[index - 1] in _KEYCAP)
    if 0xE0100 <= code <= 0xE01EF:
        return index > 0 and unicodedata.category(source[index - 1]) == "Lo"
    if 0xE0000 <= code <= 0xE007F:
        return _in_flag(source, index)
    return char not in _BLANKS and unicodedata.category(char) not in ("Cc", "Cf", "Cs", "Zl", "Zp")


def _joiner_belongs(source: str, index: int, char: str) -> bool:
    """Joiners that spelling or an emoji needs (the CONTEXTJ cases of RFC 5892, and emoji sequences)."""
    if index == 0 or index + 1 >= len(source):
        return False
    before, after = source[index - 1], source[index + 1]
    if unicodedata.combining(before) == _VIRAMA:
        return True
    if char == _ZWNJ:
        return _is_arabic_letter(before) and _is_arabic_letter(after)
    start = index - 1
    while start > 0 and (0xFE00 <= ord(source[start]) <= 0xFE0F or 0x1F3FB <= ord(source[start]) <= 0x1F3FF):
        start -= 1
    return _is_emoji(source[start]) and _is_emoji(after)


def _in_flag(source: str, index: int) -> bool:
    """Tag characters spell a flag only straight after the black flag, closed, and short."""
    start = index
    while start > 0 and 0xE0020 <= ord(source[start]) <= 0xE007F and index - start <= _LONGEST_TAG_RUN:
        start -= 1
    end = source.find(_TAG_END, start + 1, start + 2 + _LONGEST_TAG_RUN)
    return source[start] == _FLAG and index <= end


def _is_emoji(char: str) -> bool:
    code = ord(char)
    return char in _EMOJI_SINGLES or any(low <= code <= high for low, high in _EMOJI_RANGES)


def _is_arabic_letter(char: str) -> bool:
    return unicodedata.category(char) == "Lo" and unicodedata.name(char, "").startswith("ARABIC")
