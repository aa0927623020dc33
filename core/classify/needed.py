"""Which strings a text must hold before a pattern can match it, read from the pattern itself.

Most posts match no rule, so most of the work is finding that out. A pattern is turned into
alternatives; each is a list of sets, and a text can match only if, for some alternative, it holds one
string of every set. The sets follow from the parsed pattern, so no match is lost and nobody has to
write them down. (The idea is the prefilter of RE2.)
"""

from collections.abc import Iterable, Sequence
from functools import cache
from importlib import import_module
from math import prod
from typing import Any, Final

Strings = frozenset[str]
Alternative = tuple[Strings, ...]  # one string of each set is in every text that matches

_parser: Final = import_module("re._parser")  # no public parser; `test_needed` holds it to what `re` matches
_MOST_STRINGS: Final = 64  # of one set, when parts are joined
_LONG: Final = 6  # letters after which joining more on tells little
_MOST_ALTERNATIVES: Final = 100  # of one pattern
_MOST_SETS: Final = 4  # of one alternative; the rarest are kept
_MOST_MEMBERS: Final = 12  # of a character class that is spelt out
_COMMON: Final = 4.0  # a set this likely is not worth asking for
_LETTERS: Final = 200  # of a usual text
# Letters by their share of English, in thousandths; what is not here is rarer (signs, digits, other scripts).
_SHARE: Final = {
    letter: share / 1000
    for share, letters in (
        *((180, " "), (100, "e"), (70, "ta"), (60, "oin"), (52, "shr"), (34, "dl"), (20, "ucmwfygp")),
        *((13, "b.,"), (7, "vk'")),
    )
    for letter in letters
}
_FREQUENT_SHARE: Final = 0.5  # of texts
# Runs that texts hold far more often than their letters say.
_FREQUENT_LATIN: Final = (
    " a|the |and | in| to |all |ing|you|your |ur |her|his|she|your|him|for|the|and|was|now|by|like|"
    "men|ass|ten|call|he |they|this |that|them|their|with|will |would|have|has |are|was |not|who|what|"
    "when|which |here|from|about|into|over|out|off| up|down|back| again|every|some|any|one |people|"
    "person|someone| should | need |can |make |come|go |get|give|take|know|just|want| work|page|post|"
    "stop|please|if |on |of |at |if you |never|because|going|ice|rat|me |my |be |i |man|end |home|"
    "talk|ring |first|list|son|see|car|rot|ear |i will|i'll |another|delete|or |'s|, |20|19"
)
_FREQUENT: Final = (
    *_FREQUENT_LATIN.split("|"),
    *"一个就来上要说会去到大没给出黑好点还不人了是的我你他她这在都有家们",
)


def needed(pattern: str) -> tuple[Alternative, ...]:
    """What a text must hold for `pattern` to match. An alternative without sets is always possible."""
    part = _Part(_parser.parse(pattern))
    return tuple(tuple(map(_shortest, sets)) for sets in part.alternatives(_MOST_ALTERNATIVES))


@cache
def likelihood(strings: Strings) -> float:
    """A rough chance that a usual text holds one of the strings; only its order matters."""
    return sum(map(_chance, strings))


@cache
def _chance(string: str) -> float:
    clumped = 6.0 if string.isascii() and len(string) < 5 else 1.0  # short runs are far from chance
    chance = max(clumped * _LETTERS * prod(map(_share, string)), 0.08 * 0.7 ** len(string))
    frequent = [run for run in _FREQUENT if run in string]
    if frequent:
        rest = string.replace(max(frequent, key=len), "", 1)
        chance = max(chance, _FREQUENT_SHARE * prod(_share(letter) ** 0.7 for letter in rest))
    return min(chance, 1.0)


def _share(letter: str) -> float:
    return _SHARE.get(letter, 0.004 if letter < "\u0370" else 0.001)


class _Part:
    """A sequence of parsed items: the strings it can be, if they are few, and what surely occurs in it."""

    def __init__(self, items: Iterable[tuple[Any, Any]]) -> None:
        self.whole = True  # `joined` is the whole of what has been read
        self.joined: Strings = frozenset({""})
        self.sets: list[Strings] = []
        self.choices: list[Sequence[Alternative]] = []
        for name, value in items:
            self._read(str(name), value)

    def alternatives(self, most: int) -> list[Alternative]:
        """The sets of this part: once for each way through its largest choice, if those are few."""
        choices = sorted(self.choices, key=len)
        spread = choices.pop() if choices and len(choices[-1]) <= most else [()]
        sets = [*self.sets, self.joined]
        sets += [frozenset().union(*(one[0] for one in choice)) for choice in choices if all(choice)]
        return [_rarest([*sets, *one]) for one in spread]

    def _read(self, name: str, value: Any) -> None:
        if name == "LITERAL":
            self._join(frozenset({chr(value)}))
        elif name == "IN":
            self._join(_members(value))
        elif name == "BRANCH":
            self._choose([_Part(items) for items in value[1]])
        elif name == "SUBPATTERN":
            self._nest(_Part(value[3]) if not value[1] and not value[2] else None)
        elif name == "ATOMIC_GROUP":
            self._nest(_Part(value))
        elif name in ("MAX_REPEAT", "MIN_REPEAT", "POSSESSIVE_REPEAT"):
            self._repeat(*value)
        elif name == "ASSERT":
            self.choices.append(_Part(value[1]).alternatives(_MOST_ALTERNATIVES))
        elif name not in ("AT", "ASSERT_NOT"):
            self._break()

    def _join(self, strings: Strings | None) -> None:
        """Strings that follow directly on what has been read."""
        if strings is None:
            self._break()
            return
        many = len(self.joined) * len(strings)
        if many > _MOST_STRINGS or (len(strings) > 1 and many > 8 and min(map(len, self.joined)) >= _LONG):
            self._break()
        self.joined = frozenset(a + b for a in self.joined for b in strings)

    def _break(self) -> None:
        """What follows does not follow directly, or as one of too many strings."""
        self.sets.append(self.joined)
        self.joined, self.whole = frozenset({""}), False

    def _nest(self, part: "_Part | None") -> None:
        if part is not None and part.whole:
            self._join(part.joined)
            self.choices += part.choices
            return
        self._break()
        if part is not None:
            self.choices.append(part.alternatives(_MOST_ALTERNATIVES))

    def _choose(self, parts: list["_Part"]) -> None:
        if all(part.whole and not part.choices for part in parts):
            self._join(frozenset().union(*(part.joined for part in parts)))
            return
        self._break()
        most = max(1, _MOST_ALTERNATIVES // len(parts))
        self.choices.append([one for part in parts for one in part.alternatives(most)])

    def _repeat(self, least: int, most: int, items: Any) -> None:
        part = _Part(items)
        if least == 0:
            self._join(part.joined | {""} if most == 1 and part.whole else None)
            return
        self._nest(part)
        if most > 1:
            self._break()


def _members(items: Sequence[tuple[Any, Any]]) -> Strings | None:
    """The letters of a character class, if they are few."""
    letters: set[str] = set()
    for name, value in items:
        if str(name) == "LITERAL":
            letters.add(chr(value))
        elif str(name) == "RANGE" and value[1] - value[0] < _MOST_MEMBERS:
            letters.update(map(chr, range(value[0], value[1] + 1)))
        else:
            return None
    return frozenset(letters) if len(letters) <= _MOST_MEMBERS else None


def _rarest(sets: Iterable[Strings]) -> Alternative:
    """The sets that tell most, rarest first."""
    known = {strings for strings in sets if "" not in strings}
    rarest = sorted(known, key=lambda strings: (likelihood(strings), min(strings)))[:_MOST_SETS]
    return (*rarest[:1], *(strings for strings in rarest[1:] if likelihood(strings) < _COMMON))


@cache
def _shortest(strings: Strings) -> Strings:
    """Without strings that hold another one of the set."""
    return frozenset(s for s in strings if not any(other in s for other in strings if other != s))
