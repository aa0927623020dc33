"""Which of many patterns a text may match, found without trying any of them.

`needed` says which strings each pattern needs. A text is asked for thousands of strings at once: it is
cut into short runs of letters ("grams"), and only strings that hold one of those runs are looked for.
A long string holds a run at every place modulo four, so a fourth of a text's runs is enough.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Final

from core.classify.needed import Strings, likelihood, needed

_Wait = tuple[int, tuple[Strings, ...]]  # a pattern, and what else must be in the text


@dataclass(slots=True)
class _Grams:
    """Strings of at least `size + step - 1` letters, by grams; a text is read at each `step`-th letter."""

    size: int
    step: int
    table: dict[str, list[str]] = field(default_factory=dict)

    def add(self, string: str) -> None:
        """Put the string under its rarest gram for each place it may start at."""
        for phase in range(self.step):
            grams = self.cut(string[phase:])
            gram = min(grams, key=lambda gram: (likelihood(frozenset({gram})), gram))
            self.table.setdefault(gram, []).append(string)

    def cut(self, text: str) -> set[str]:
        size = self.size
        return {text[i : i + size] for i in range(0, len(text) - size + 1, self.step)}

    def strings_in(self, text: str) -> list[str]:
        table = self.table
        return [string for gram in table.keys() & self.cut(text) for string in table[gram] if string in text]


class _Finder:
    """Finds which of many strings a text holds."""

    def __init__(self, strings: Iterable[str], grams: Sequence[_Grams]) -> None:
        self._grams: Final = grams
        self._short: Final[list[str]] = []
        for string in sorted(strings):
            fitting = (g for g in grams if len(string) >= g.size + g.step - 1)
            if (table := next(fitting, None)) is not None:
                table.add(string)
            else:
                self._short.append(string)

    def strings_in(self, text: str) -> list[str]:
        """The strings a text holds; one may come more than once."""
        found = [string for string in self._short if string in text]
        for grams in self._grams:
            found += grams.strings_in(text)
        return found


class Prefilter:
    """Which of some patterns, by number, a text may match. A pattern it leaves out does not match."""

    def __init__(self, patterns: Sequence[str]) -> None:
        self._always: Final[set[int]] = set()
        self._waiting: Final[dict[str, list[_Wait]]] = {}
        for number, pattern in enumerate(patterns):
            for sets in needed(pattern):
                self._wait(number, sets)
        plain = {string for string in self._waiting if string.isascii()}
        self._plain: Final = _Finder(plain, (_Grams(6, 4), _Grams(4, 1)))
        self._other: Final = _Finder(self._waiting.keys() - plain, (_Grams(2, 1),))

    def _wait(self, number: int, sets: tuple[Strings, ...]) -> None:
        if not sets:
            self._always.add(number)
            return
        # Stable: the rarest first, but before it one that no text in plain letters holds.
        first, *others = sorted(sets, key=lambda strings: any(map(str.isascii, strings)))
        for string in first:
            self._waiting.setdefault(string, []).append((number, tuple(sorted(others, key=_cost))))

    def possible(self, text: str) -> set[int]:
        """The numbers of the patterns whose needed strings the text holds."""
        found = set(self._always)
        for string in self.strings_in(text):
            for number, others in self._waiting[string]:
                if number not in found and _holds(text, others):
                    found.add(number)
        return found

    def strings_in(self, text: str) -> list[str]:
        """What the text holds of the strings that patterns wait for."""
        found = self._plain.strings_in(text)
        return found if text.isascii() else found + self._other.strings_in(text)


def _cost(strings: Strings) -> float:
    """What it takes to rule a pattern out by this set: few strings, seldom there."""
    return len(strings) / (1.05 - min(1.0, likelihood(strings)))


def _holds(text: str, sets: Sequence[Strings]) -> bool:
    """Whether the text holds a string of each set. Loops, because this is where the time goes."""
    for strings in sets:
        for string in strings:
            if string in text:
                break
        else:
            return False
    return True
