"""Texts written for this project that teach what labelled collections get wrong.

Everything here is composed from our own sentence frames and word lists; no published functional
test suite was copied. Each frame family says which labels it fixes; the rest stay unknown (NaN).
A tenth of the frames of each family is kept for validation only (`held_out`), so that a model is
tried on sentences whose frame it has never seen.
"""

import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial

from frames import FAMILIES, FILLERS, Family

LABEL_ORDER = (
    "toxicity",
    "severe_toxicity",
    "obscene",
    "identity_attack",
    "insult",
    "threat",
    "sexual_explicit",
)


@dataclass(frozen=True, slots=True)
class Written:
    """One composed text: its family (functionality), language and labels (absent is unknown)."""

    text: str
    lang: str
    family: str
    labels: dict[str, float]
    held_out: bool


def compose(seed: int = 7, per_frame: int = 24) -> list[Written]:
    """All composed texts, the same for the same seed. At most `per_frame` fillings of each frame."""
    rng = random.Random(seed)
    texts: dict[tuple[str, str], Written] = {}
    for family in FAMILIES:
        for number, frame in enumerate(family.frames):
            for text in _fill(frame, per_frame, rng):
                written = Written(text, family.lang, family.name, family.labels, _kept_back(family, number))
                texts.setdefault((text, family.lang), written)
    return list(texts.values())


def _kept_back(family: Family, number: int) -> bool:
    return number % 5 == 4 or (len(family.frames) < 5 and number == len(family.frames) - 1)


def _fill(frame: str, most: int, rng: random.Random) -> Iterator[str]:
    slots = [part[: part.index("}")] for part in frame.split("{")[1:]]
    if not slots:
        yield frame
        return
    for _ in range(most):
        yield _once(frame, slots, rng)


def _once(frame: str, slots: list[str], rng: random.Random) -> str:
    text = frame
    for slot in slots:
        text = text.replace("{" + slot + "}", rng.choice(FILLERS[slot]), 1)
    return text


# Ways a text is disguised; applied to copies of abusive and of harmless texts alike, so that the
# disguise itself is not what is learnt. Folding undoes most; the rest reaches the model.
def disguise(text: str, rng: random.Random) -> str:
    """One random disguise of a text."""
    return rng.choice(_DISGUISES)(text, rng)


_LEET = str.maketrans({"a": "4", "e": "3", "i": "1", "o": "0", "s": "5"})
_CYRILLIC = str.maketrans({"a": "а", "e": "е", "o": "о", "c": "с", "p": "р", "x": "х"})


def _one_word(text: str, rng: random.Random, change: str) -> str:
    words = text.split(" ")
    at = max(range(len(words)), key=lambda i: (len(words[i]), rng.random()))
    word = words[at]
    if change == "leet":
        word = word.translate(_LEET)
    elif change == "cyrillic":
        word = word.translate(_CYRILLIC)
    elif change == "spaced":
        word = " ".join(word)
    elif change == "invisible":
        word = "\u200b".join(word)
    elif change == "stretched" and word:
        word = word[:-1] + word[-1] * rng.randint(3, 7)
    elif change == "swapped" and len(word) > 4:
        k = rng.randrange(1, len(word) - 2)
        word = word[:k] + word[k + 1] + word[k] + word[k + 2 :]
    elif change == "dropped" and len(word) > 4:
        k = rng.randrange(1, len(word) - 1)
        word = word[:k] + word[k + 1 :]
    words[at] = word
    return " ".join(words)


def _upper(text: str, _rng: random.Random) -> str:
    return text.upper()


def _decorated(text: str, rng: random.Random) -> str:
    return text + rng.choice([" 😂", " 🙏", " ❤️", " 🔥", "!!!", " lol"])


_CHANGES = ("leet", "cyrillic", "spaced", "invisible", "stretched", "swapped", "dropped")
_DISGUISES: tuple[Callable[[str, random.Random], str], ...] = (
    *(partial(_one_word, change=change) for change in _CHANGES),
    _upper,
    _decorated,
)
