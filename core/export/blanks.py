"""Blanked parts of a redacted copy: where they are, and whether a copy can come from an original."""

import re
from collections.abc import Iterator
from typing import Final

from core.export.layout import BLANK

_RUN: Final = re.compile(f"{BLANK}+")


def blanked(value: object) -> dict[str, list[list[int]]]:
    """The blanked ranges of every text in a record, by its path such as `post.mentions.0`."""
    found = ((path, [list(m.span()) for m in _RUN.finditer(text)]) for path, text in _texts(value, ""))
    return {path: ranges for path, ranges in found if ranges}


def derives(original: object, copy: object) -> bool:
    """Whether blanking something in `original` can give `copy`: same shape, same words around each blank."""
    if isinstance(copy, str) and isinstance(original, str):
        return _fits(original, _RUN.split(copy))
    if isinstance(copy, dict) and isinstance(original, dict):
        return copy.keys() == original.keys() and all(derives(original[k], copy[k]) for k in copy)
    if isinstance(copy, list) and isinstance(original, list):
        return len(copy) == len(original) and all(map(derives, original, copy))
    return type(original) is type(copy) and original == copy


def _fits(original: str, pieces: list[str]) -> bool:
    """Whether the pieces stand in the original in this order, with something between each two."""
    if len(pieces) == 1:
        return original == pieces[0]
    first, *between, last = pieces
    at = len(first)
    for piece in between:
        at = original.find(piece, at + 1)
        if at < 0:
            return False
        at += len(piece)
    return original.startswith(first) and original.endswith(last) and at < len(original) - len(last)


def _texts(value: object, path: str) -> Iterator[tuple[str, str]]:
    if isinstance(value, str):
        yield path, value
    elif isinstance(value, dict):
        for name, inner in value.items():
            yield from _texts(inner, f"{path}.{name}" if path else str(name))
    elif isinstance(value, list):
        for number, inner in enumerate(value):
            yield from _texts(inner, f"{path}.{number}")
