"""What the classifier says about a text, and why."""

from dataclasses import dataclass
from enum import Enum
from typing import Final

# Detoxify's seven labels, in its own order (unitaryai/detoxify, `unbiased` checkpoint).
LABELS: Final = (
    "toxicity",
    "severe_toxicity",
    "obscene",
    "identity_attack",
    "insult",
    "threat",
    "sexual_explicit",
)


class Category(Enum):
    """What a person needs to know about an abusive mention, most urgent first.

    The order is the order of triage: credible threats and published addresses come before
    everything else, whatever a toxicity score says.
    """

    THREAT = "threat"
    DOXXING = "doxxing"
    PILE_ON = "pile-on"
    SEXUAL = "sexual"
    IDENTITY_ATTACK = "identity-attack"
    SLUR = "slur"
    TRAITOR = "traitor"
    INSULT = "insult"
    OBSCENE = "obscene"
    TOXIC = "toxic"

    @property
    def rank(self) -> int:
        """0 is the most urgent."""
        return _RANK[self]


_RANK: Final = {category: rank for rank, category in enumerate(Category)}


class Decider(Enum):
    """What kind of thing decided a category."""

    RULE = "rule"
    LEXICON = "lexicon"
    MODEL = "model"


@dataclass(frozen=True, slots=True)
class Reason:
    """One true reason: the rule, word or label that decided, and where in the original text.

    `spans` are (start, end) offsets in Unicode code points into the text as received.
    `score` and `threshold` are set for the model and None for rules and words.
    """

    category: Category
    decider: Decider
    name: str
    spans: tuple[tuple[int, int], ...] = ()
    score: float | None = None
    threshold: float | None = None


@dataclass(frozen=True, slots=True)
class ModelInfo:
    """Which weights scored a text; enough to repeat the score later."""

    name: str
    version: str
    weights_sha256: str

    @property
    def label(self) -> str:
        """The form stored and exported: `name@version`."""
        return f"{self.name}@{self.version}"


@dataclass(frozen=True, slots=True)
class Classification:
    """The verdict on one text.

    `scores` holds the seven labels in 0..1. `in_scope` is False when the model is not valid for
    the text's language: the scores then mean nothing and the text belongs in the visible queue of
    unscored items, never among the safe ones.
    """

    scores: dict[str, float]
    abusive: bool
    categories: tuple[Category, ...]
    reasons: tuple[Reason, ...]
    language: str
    in_scope: bool
    model: ModelInfo
    threshold: float
    # At which level (0 gentle, 1 balanced, 2 strict) words and rules alone call it abuse; None: at none.
    word_rank: int | None = None

    @property
    def top_category(self) -> Category | None:
        """The most urgent category, or None."""
        return min(self.categories, key=lambda c: c.rank, default=None)
