"""Precision-first rules for what is triaged before everything else.

Threats, published private details, calls to pile on and sexualised smears. A rule is a pattern over
folded text plus what cancels it; it fires only where a person reading the sentence would have little
doubt. English and Chinese have the plain verbs in `rules_en` and `rules_zh`, everyday wording in
`rules_en_*` and `rules_zh_*`, and what is said without the plain word in `rules_veiled` and
`rules_veiled_zh`; the other modules hold other languages.
"""

from collections.abc import Sequence
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


def _by_cue(rules: Sequence[Rule]) -> dict[str, tuple[int, ...]]:
    """Each cue once, with the rules that wait for it."""
    table: dict[str, tuple[int, ...]] = {}
    for number, rule in enumerate(rules):
        for cue in rule.cues:
            table[cue] = (*table.get(cue, ()), number)
    return table


_WAITING: Final = _by_cue(RULES)
_CUES: Final = tuple(_WAITING)
_ASCII_CUES: Final = tuple(cue for cue in _WAITING if cue.isascii())


def apply(text: str) -> list[Finding]:
    """Every rule that holds in a folded text, at most one finding per rule, in the order of RULES."""
    cues = _ASCII_CUES if text.isascii() else _CUES
    possible = {number for cue in cues if cue in text for number in _WAITING[cue]}
    found = (_first(RULES[number], text) for number in sorted(possible))
    return [finding for finding in found if finding is not None]


def _first(rule: Rule, text: str) -> Finding | None:
    for match in rule.pattern.finditer(text):
        if rule.cancelled(match):
            continue
        if rule.reportable and context.reported(text, match.start(), match.end()):
            continue
        return Finding(rule.category, rule.name, match.start(), match.end())
    return None
