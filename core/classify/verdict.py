"""From scores, words and rules to the verdict on one folded text."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from core.classify import rules
from core.classify.fold import Folded
from core.classify.level import Level
from core.classify.lexicon import Hit, Lexicon, counts
from core.classify.occlusion import Span
from core.domain.classification import LABELS, Category, Decider, Reason

LABEL_CATEGORY: Final = {
    "toxicity": Category.TOXIC,
    "severe_toxicity": Category.TOXIC,
    "obscene": Category.OBSCENE,
    "identity_attack": Category.IDENTITY_ATTACK,
    "insult": Category.INSULT,
    "threat": Category.THREAT,
    "sexual_explicit": Category.SEXUAL,
}


@dataclass(frozen=True, slots=True)
class FoundWords:
    """Words and rules found in one text, before any level has its say: (view, hits, reasons of rules)."""

    views: tuple[tuple[Folded, tuple[Hit, ...], tuple[Reason, ...]], ...]

    def reasons(self, level: Level) -> list[Reason]:
        """Reasons at this level, with spans in the original text."""
        reasons: dict[tuple[str, str], Reason] = {}
        for view, hits, by_rule in self.views:
            counted = [hit for hit in hits if counts(hit, view.text, level)]
            for reason in (*_lexicon_reasons(view, counted), *by_rule):
                reasons.setdefault((reason.decider.value, reason.name), reason)
        return list(reasons.values())

    def rank(self) -> int | None:
        """Place in `Level` of the least strict level at which these alone are abuse; None for no level."""
        if not any(hits or by_rule for _, hits, by_rule in self.views):
            return None
        found = (rank for rank, level in enumerate(Level) if is_abusive(self.reasons(level), level))
        return next(found, None)


def find_words(folded: Folded, lexicon: Lexicon) -> FoundWords:
    """Look for words and rules once, for every level."""
    views = [view for view in (folded, folded.singled(), folded.closed()) if view is not None]
    return FoundWords(
        tuple((view, tuple(lexicon.find(view.text)), tuple(_rule_reasons(view))) for view in views)
    )


def word_reasons(folded: Folded, lexicon: Lexicon, level: Level) -> list[Reason]:
    """Reasons from word packs and rules, with spans in the original text."""
    return find_words(folded, lexicon).reasons(level)


def _lexicon_reasons(view: Folded, hits: Sequence[Hit]) -> list[Reason]:
    places: dict[str, list[Hit]] = {}
    for hit in hits:
        places.setdefault(hit.term.name, []).append(hit)
    return [
        Reason(
            group[0].term.category,
            Decider.LEXICON,
            name,
            tuple(view.span(hit.start, hit.end) for hit in group),
        )
        for name, group in places.items()
    ]


def _rule_reasons(view: Folded) -> list[Reason]:
    return [
        Reason(f.category, Decider.RULE, f.name, (view.span(f.start, f.end),)) for f in rules.apply(view.text)
    ]


def decided_labels(scores: Sequence[float], thresholds: Sequence[float]) -> tuple[int, ...]:
    """The labels at or above their threshold."""
    return tuple(i for i, (s, t) in enumerate(zip(scores, thresholds, strict=True)) if s >= t)


def model_reasons(
    scores: Sequence[float], thresholds: Sequence[float], shown: Mapping[int, tuple[Span, ...]]
) -> list[Reason]:
    """One reason per label of `shown`; spans are offsets into the folded text."""
    return [
        Reason(LABEL_CATEGORY[LABELS[i]], Decider.MODEL, LABELS[i], spans, float(scores[i]), thresholds[i])
        for i, spans in shown.items()
    ]


_AT_SOMEONE: Final = re.compile(
    r"\b(?:you|u|ur|your|yourself|him|her|them|they|off|these|those|all|people|men|women)\b|[你妳您他她]|\btu\b|\bte\b"
)


def swears_at_nobody(folded: Folded, lexicon: Lexicon) -> tuple[Span, ...]:
    """The folded places of swear words of the packs; none when the text speaks to or of someone."""
    if _AT_SOMEONE.search(folded.text):
        return ()
    return tuple((h.start, h.end) for h in lexicon.find(folded.text) if h.term.category is Category.OBSCENE)


def bad_language_only(folded: Folded, spans: Sequence[Span], lexicon: Lexicon) -> bool:
    """The model's toxicity rests on swear words alone, and they are thrown at nobody.

    `spans` are folded offsets; each must lie within a swear word of the packs.
    """
    swears = swears_at_nobody(folded, lexicon)
    if not spans or not swears:
        return False
    letters = [i for start, end in spans for i in range(start, end) if folded.text[i].isalpha()]
    return all(any(start <= i < end for start, end in swears) for i in letters)


def is_abusive(reasons: Sequence[Reason], level: Level) -> bool:
    """Bad language alone is not abuse, except for those who asked for STRICT."""
    return any(r.category is not Category.OBSCENE or level is Level.STRICT for r in reasons)
