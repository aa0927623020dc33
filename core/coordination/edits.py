"""Texts side by side: what the later ones changed in the first."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum

from rapidfuzz.distance import Indel


class Change(Enum):
    """What happened to a stretch of the first text."""

    SAME = "same"
    REMOVED = "removed"
    ADDED = "added"


@dataclass(frozen=True, slots=True)
class Edit:
    """A stretch of text; `text` is from the first text when same or removed, from the other when added."""

    change: Change
    text: str


_CHANGES = {"equal": Change.SAME, "delete": Change.REMOVED, "insert": Change.ADDED}


def side_by_side(texts: Sequence[str]) -> list[tuple[Edit, ...]]:
    """For each text, its edits against the first one, in reading order; the first is all `SAME`.

    Joining what is not `REMOVED` gives the text back exactly; joining what is not `ADDED` gives the first.
    """
    if not texts:
        return []
    return [_against(texts[0], other) for other in texts]


def _against(first: str, other: str) -> tuple[Edit, ...]:
    edits = []
    for step in Indel.opcodes(first, other):
        added = step.tag == "insert"
        piece = other[step.dest_start : step.dest_end] if added else first[step.src_start : step.src_end]
        if piece:
            edits.append(Edit(_CHANGES[step.tag], piece))
    return tuple(edits)
