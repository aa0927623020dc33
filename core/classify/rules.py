"""Precision-first rules for what is triaged before everything else.

Threats, published private details, calls to pile on and sexualised smears. A rule is a pattern over
folded text plus what cancels it; it fires only where a person reading the sentence would have little
doubt. English and Chinese have the plain verbs in `rules_en` and `rules_zh`, everyday wording in
`rules_en_*` and `rules_zh_*`, and what is said without the plain word in `rules_veiled` and
`rules_veiled_zh`; the other modules hold other languages.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from core.classify import context
from core.classify.rule import Rule
from core.classify.rules_asia import ASIAN
from core.classify.rules_en import ENGLISH
from core.classify.rules_en_calls import CALLS
from core.classify.rules_en_harm import HARM
from core.classify.rules_en_sexual import ENGLISH_SEXUAL
from core.classify.rules_europe import EUROPE
from core.classify.rules_more import MORE
from core.classify.rules_veiled import VEILED
from core.classify.rules_veiled_zh import VEILED_CHINESE
from core.classify.rules_zh import CHINESE
from core.classify.rules_zh_harm import HARM_CHINESE
from core.classify.rules_zh_person import PERSON_CHINESE
from core.domain.classification import Category

RULES: Final[tuple[Rule, ...]] = (
    *(*ENGLISH, *VEILED, *HARM, *CALLS, *ENGLISH_SEXUAL),
    *(*CHINESE, *VEILED_CHINESE, *HARM_CHINESE, *PERSON_CHINESE),
    *(*MORE, *ASIAN, *EUROPE),
)


@dataclass(frozen=True, slots=True)
class Finding:
    """A rule that fired at folded offsets start..end."""

    category: Category
    name: str
    start: int
    end: int


_GRAM: Final = 3  # letters of a cue by which a text is asked whether the cue can be in it


def _by_cue(rules: Sequence[Rule]) -> dict[str, tuple[int, ...]]:
    """Each cue once, with the rules that wait for it."""
    table: dict[str, tuple[int, ...]] = {}
    for number, rule in enumerate(rules):
        for cue in rule.cues:
            table[cue] = (*table.get(cue, ()), number)
    return table


def _by_gram(cues: Iterable[str]) -> dict[int, dict[str, tuple[str, ...]]]:
    """Cues by length (at most `_GRAM`) and by the run of so many letters that fewest other cues have."""
    tables: dict[int, dict[str, tuple[str, ...]]] = {}
    for cue in cues:
        size = min(len(cue), _GRAM)
        table = tables.setdefault(size, {})
        gram = min(_grams(cue, size), key=lambda g: (len(table.get(g, ())), g))
        table[gram] = (*table.get(gram, ()), cue)
    return tables


def _grams(text: str, size: int) -> set[str]:
    return {text[i : i + size] for i in range(len(text) - size + 1)}


_WAITING: Final = _by_cue(RULES)
_CUES: Final = _by_gram(_WAITING)


def apply(text: str) -> list[Finding]:
    """Every rule that holds in a folded text, at most one finding per rule, in the order of RULES."""
    possible = {number for cue in _cues_in(text) for number in _WAITING[cue]}
    found = (_first(RULES[number], text) for number in sorted(possible))
    return [finding for finding in found if finding is not None]


def _cues_in(text: str) -> Iterator[str]:
    """The cues a text holds. Asking for each of the thousands would take ten times as long."""
    for size, table in _CUES.items():
        for gram in table.keys() & _grams(text, size):
            yield from (cue for cue in table[gram] if cue in text)


def _first(rule: Rule, text: str) -> Finding | None:
    for match in rule.pattern.finditer(text):
        if rule.cancelled(match):
            continue
        if rule.reportable and context.reported(text, match.start(), match.end()):
            continue
        return Finding(rule.category, rule.name, match.start(), match.end())
    return None
