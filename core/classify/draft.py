"""A text under edit that remembers, per character, where it came from."""

from collections.abc import Sequence

# (start, end, replacement) in the draft's current text; sorted, not overlapping.
Edit = tuple[int, int, str]


class Draft:
    """Mutable text with the original extent of each character. `moved` is False while 1:1."""

    def __init__(self, text: str, starts: list[int] | None = None, ends: list[int] | None = None) -> None:
        self.text = text
        self._starts = starts
        self._ends = ends

    @property
    def moved(self) -> bool:
        """True once some character no longer sits at its original place."""
        return self._starts is not None

    @property
    def starts(self) -> list[int]:
        """Original start per character."""
        return list(range(len(self.text))) if self._starts is None else self._starts

    @property
    def ends(self) -> list[int]:
        """Original end (exclusive) per character."""
        return list(range(1, len(self.text) + 1)) if self._ends is None else self._ends

    def apply(self, edits: Sequence[Edit]) -> bool:
        """Make the edits; same-length ones keep each character's place. True when there were any."""
        if not edits:
            return False
        if all(end - start == len(new) for start, end, new in edits):
            self._overwrite(edits)
        else:
            self._splice(edits)
        return True

    def _overwrite(self, edits: Sequence[Edit]) -> None:
        pieces, at = [], 0
        for start, end, new in edits:
            pieces += [self.text[at:start], new]
            at = end
        self.text = "".join([*pieces, self.text[at:]])

    def _splice(self, edits: Sequence[Edit]) -> None:
        starts, ends = self.starts, self.ends
        pieces: list[str] = []
        new_starts: list[int] = []
        new_ends: list[int] = []
        at = 0
        for start, end, new in [*edits, (len(self.text), len(self.text), "")]:
            pieces += [self.text[at:start], new]
            new_starts += starts[at:start]
            new_ends += ends[at:start]
            if len(new) == end - start:
                new_starts += starts[start:end]
                new_ends += ends[start:end]
            elif new:
                new_starts += [starts[start]] * len(new)
                new_ends += [max(ends[start:end])] * len(new)
            at = end
        self.text, self._starts, self._ends = "".join(pieces), new_starts, new_ends
