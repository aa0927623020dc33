"""Precision-first rules for what is triaged before everything else.

Threats, published private details, calls to pile on and sexualised smears. A rule is a pattern over
folded text plus what cancels it; it fires only where a person reading the sentence would have little
doubt. English and Chinese have the plain verbs in `rules_en` and `rules_zh`, everyday wording in
`rules_en_*` and `rules_zh_*`, and what is said without the plain word in `rules_veiled` and
`rules_veiled_zh`; the other modules hold other languages.
"""

from dataclasses import dataclass
from functools import cache
from typing import Final

from core.classify import context
from core.classify.prefilter import Prefilter
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


@cache
def prefilter() -> Prefilter:
    """Of all rules; made when it is first needed, since reading every pattern takes a moment."""
    return Prefilter([rule.pattern.pattern for rule in RULES])


def apply(text: str) -> list[Finding]:
    """Every rule that holds in a folded text, at most one finding per rule, in the order of RULES."""
    found = (_first(RULES[number], text) for number in sorted(prefilter().possible(text)))
    return [finding for finding in found if finding is not None]


def _first(rule: Rule, text: str) -> Finding | None:
    for match in rule.pattern.finditer(text):
        if rule.cancelled(match):
            continue
        if rule.reportable and context.reported(text, match.start(), match.end()):
            continue
        return Finding(rule.category, rule.name, match.start(), match.end())
    return None
