"""CSV cells that a spreadsheet shows as text and never runs.

Programs read a cell that begins with `=`, `+`, `-`, `@` (also full-width, also after blanks or
invisible characters), a tab or a line break as a formula or command. Such cells get a leading
apostrophe; so do cells that begin with one, which makes the marking reversible.
"""

import unicodedata

_STARTERS = frozenset("=+-@|%")
# What a program may skip before it looks for a formula: controls, format characters, separators, marks.
_SKIPPED = frozenset({"Cc", "Cf", "Zs", "Zl", "Zp", "Mn", "Me", "Cn", "Co"})
_MARK = "'"


def cell(text: str) -> str:
    """The text, marked when a spreadsheet might run it. NUL, which ends a cell in some, becomes U+2400."""
    shown = text.replace("\x00", "\u2400")
    return _MARK + shown if _risky(text) else shown


def uncell(shown: str) -> str:
    """The text of a cell written by `cell`."""
    return shown.removeprefix(_MARK)


def _risky(text: str) -> bool:
    if text[:1] in ("\t", "\r", "\n", _MARK):
        return True
    for char in text:
        if unicodedata.category(char) in _SKIPPED:
            continue
        return unicodedata.normalize("NFKC", char)[:1] in _STARTERS
    return False
