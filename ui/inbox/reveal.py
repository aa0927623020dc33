"""How much of a hidden text is shown. Each step is asked for; leaving the mention takes it back."""

import re
from enum import IntEnum
from typing import Final

from core.domain.classification import Category
from core.domain.inbox import InboxRow

_WORD: Final = re.compile(r"\w+", re.UNICODE)
_MASK: Final = "•"
# Beyond this a solid run of dots says no more.
_LONGEST_MASK: Final = 8


class Reveal(IntEnum):
    """From least to most."""

    COUNT = 0
    CATEGORY = 1
    MASKED = 2
    FULL = 3


def next_level(level: Reveal) -> Reveal:
    """One step further; FULL is the end."""
    return Reveal(min(level + 1, Reveal.FULL))


def masked(row: InboxRow) -> str:
    """The text with the words that decided masked.

    All words when no single word decided, and when private details are in it: a rule's span may
    cover the street and miss the flat.
    """
    spans = deciding_spans(row)
    if not spans or Category.DOXXING in row.categories:
        return _WORD.sub(lambda word: _dots(word.group()), row.text)
    parts: list[str] = []
    at = 0
    for start, end in spans:
        if end <= at:
            continue
        begin = max(start, at)
        parts.append(row.text[at:begin])
        parts.append(_WORD.sub(lambda word: _dots(word.group()), row.text[begin:end]))
        at = end
    parts.append(row.text[at:])
    return "".join(parts)


def deciding_spans(row: InboxRow) -> list[tuple[int, int]]:
    """Where the deciding words are, in the text as received, ordered and without repeats."""
    return sorted({span for reason in row.reasons for span in reason.spans})


def _dots(word: str) -> str:
    """Length hidden too: it can give the word away."""
    return _MASK * min(max(len(word), 3), _LONGEST_MASK)
