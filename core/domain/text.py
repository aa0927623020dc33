"""Text that every store, screen and encoding can take."""

import re
from typing import Final

_SURROGATE: Final = re.compile("[\ud800-\udfff]")


def escape_surrogates(text: str) -> str:
    """Write lone surrogates visibly (`\\ud83d`): legal in JSON and file names, but in no encoding."""
    if text.isascii():
        return text
    return _SURROGATE.sub(lambda match: f"\\u{ord(match.group()):04x}", text)
