"""Texts written for this project that teach what labelled collections get wrong.

Everything is composed from our own sentence frames and word lists in `written/*.txt`; no published
functional test suite was copied. A section `[family | language | labels]` holds frames, one a line; a
section `{slot}` holds what may fill that slot. `{HATE}`, `{INSULT}` and `{THREAT}` are filled with
whole sentences of those families, so that quoting abuse and agreeing with it are told apart; `{slur}`
with the slurs of the shipped word pack. Each family says which labels it fixes; the rest stay
unknown. Every fifth frame of a family is kept for validation only, so that a model is tried on
sentences whose frame it has never seen. A text that a suite of `functional.py` happens to hold is left out,
and so is every text with one of the terms that `bias.py` keeps for measuring.
"""

import json
import random
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from bias import NEW_TERMS
from functional import SUITES, read_suite

LABEL_ORDER = (
    "toxicity",
    "severe_toxicity",
    "obscene",
    "identity_attack",
    "insult",
    "threat",
    "sexual_explicit",
)
_LABELS: dict[str, dict[str, float]] = {
    "safe": dict.fromkeys(LABEL_ORDER, 0.0),
    "rude-words": {"toxicity": 0.0, "identity_attack": 0.0, "insult": 0.0, "threat": 0.0},
    "reclaimed": {"toxicity": 0.0, "identity_attack": 0.0, "threat": 0.0},
    "hate": {"toxicity": 1.0, "identity_attack": 1.0},
    "hate-threat": {"toxicity": 1.0, "identity_attack": 1.0, "threat": 1.0},
    "insult": {"toxicity": 1.0, "insult": 1.0, "threat": 0.0, "sexual_explicit": 0.0},
    "threat": {"toxicity": 1.0, "threat": 1.0, "sexual_explicit": 0.0},
    "sexual": {"toxicity": 1.0, "sexual_explicit": 1.0, "threat": 0.0},
    "insult-person": {
        "toxicity": 1.0,
        "insult": 1.0,
        "threat": 0.0,
        "identity_attack": 0.0,
        "sexual_explicit": 0.0,
    },
    "threat-person": {"toxicity": 1.0, "threat": 1.0, "identity_attack": 0.0, "sexual_explicit": 0.0},
    # Scorn for a trade is rude, and may be abuse of a journalist; it is not hatred of who people are.
    "rude-group": {"identity_attack": 0.0, "threat": 0.0, "sexual_explicit": 0.0},
}


@dataclass(frozen=True, slots=True)
class Written:
    """One composed text: its family (functionality), language and labels (absent is unknown)."""

    text: str
    lang: str
    family: str
    labels: dict[str, float]
    held_out: bool


@dataclass(slots=True)
class _Family:
    name: str
    lang: str
    labels: dict[str, float]
    frames: list[str] = field(default_factory=list)


def _read() -> tuple[list[_Family], dict[str, list[str]]]:
    families: list[_Family] = []
    fillers: dict[str, list[str]] = {}
    for path in sorted((Path(__file__).parent / "written").glob("*.txt")):
        lines: list[str] = []
        for line in path.read_text("utf-8").splitlines():
            if line.startswith("[") and line.endswith("]"):
                name, lang, labels = (part.strip() for part in line[1:-1].split("|"))
                families.append(_Family(name, lang, _LABELS[labels]))
                lines = families[-1].frames
            elif line.startswith("{") and line.endswith("}") and line.count("{") == 1 and " " not in line:
                lines = fillers.setdefault(line[1:-1], [])
            elif line:
                lines.append(line)
    return families, fillers


_KEPT_BACK = 5  # one frame in so many is for validation
_KEPT_TERMS = re.compile(
    "|".join(rf"\b{re.escape(adjective)}|{re.escape(many)}" for adjective, many in NEW_TERMS), re.IGNORECASE
)
_WHOLE = {"HATE": "hate", "INSULT": "insult", "THREAT": "threat"}  # slot: the family it is filled from
_PACK = Path(__file__).resolve().parents[2] / "resources" / "lexicons" / "english.json"


def _add_whole_sentences(
    families: list[_Family], fillers: dict[str, list[str]], rng: random.Random
) -> dict[str, list[str]]:
    terms = json.loads(_PACK.read_text("utf-8"))["terms"]
    added = dict(fillers, slur=[t["term"] for t in terms if t["category"] == "slur"])
    for slot, name in _WHOLE.items():
        found = [family for family in families if (family.name, family.lang) == (name, "en")]
        frames = [f for family in found for i, f in enumerate(family.frames) if i % _KEPT_BACK != 4]
        added[slot] = [text.rstrip(".") for frame in frames for text in _fill(frame, fillers, 40, rng)]
    return added


def compose(seed: int = 7, per_frame: int = 24) -> list[Written]:
    """All composed texts, the same for the same seed. At most `per_frame` fillings of each frame."""
    rng = random.Random(seed)
    families, fillers = _read()
    fillers = _add_whole_sentences(families, fillers, rng)
    texts: dict[tuple[str, str], Written] = {}
    tried = {_letters(sentence.text) for suite in SUITES for sentence in read_suite(suite)}
    for family in families:
        for number, frame in enumerate(family.frames):
            kept_back = number % _KEPT_BACK == 4
            for text in _fill(frame, fillers, per_frame, rng):
                written = Written(text, family.lang, family.name, family.labels, kept_back)
                texts.setdefault((text, family.lang), written)
    return [w for w in texts.values() if _letters(w.text) not in tried and not _KEPT_TERMS.search(w.text)]


def _letters(text: str) -> str:
    """What two texts have in common that differ in case, spaces and punctuation only."""
    return "".join(filter(str.isalnum, text.casefold()))


def _fill(frame: str, fillers: dict[str, list[str]], most: int, rng: random.Random) -> Iterator[str]:
    slots = [part[: part.index("}")] for part in frame.split("{")[1:]]
    if not slots:
        yield frame
        return
    for _ in range(most):
        text = frame
        for slot in slots:
            text = text.replace("{" + slot + "}", rng.choice(fillers[slot]), 1)
        yield text


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
    elif change == "split" and len(word) > 4:
        k = rng.randrange(2, len(word) - 1)
        word = word[:k] + " " + word[k:]
    elif change == "dropped" and len(word) > 4:
        k = rng.randrange(1, len(word) - 1)
        word = word[:k] + word[k + 1 :]
    words[at] = word
    return " ".join(words)


def _upper(text: str, _rng: random.Random) -> str:
    return text.upper()


def _decorated(text: str, rng: random.Random) -> str:
    return text + rng.choice([" 😂", " 🙏", " ❤️", " 🔥", "!!!", " lol"])


def _joined(text: str, _rng: random.Random) -> str:
    """No spaces at all, as in a hashtag; long texts only lose the first."""
    words = text.split(" ")
    return "".join(words) if len(words) <= 6 else "".join(words[:2]) + " " + " ".join(words[2:])


_MARKS = ("@user ", "RT @user: "), (" @user", " #news", " https://example.org/x", " ...", "!!")
_OPENERS = ("@user ", "hey ", "So. ", "ok, ", "Honestly ", "Look, ", "RT @user: ", "And ", "Wow. ", "lol ")
_ENDINGS = (
    *(" tbh", " smh", " lmao", " ...", " @user", " #news", " https://example.org/x"),
    *(" Good morning.", " Thanks for reading.", " That's all.", " Have a nice day."),
)


def dress(text: str, language: str, rng: random.Random) -> str:
    """What surrounds a sentence in a post and changes nothing about it."""
    openers, endings = (_OPENERS, _ENDINGS) if language == "en" else _MARKS
    before = rng.choice(openers) if rng.random() < 0.6 else ""
    after = rng.choice(endings) if not before or rng.random() < 0.5 else ""
    return before + text + after


_CHANGES = ("leet", "cyrillic", "spaced", "invisible", "stretched", "swapped", "dropped", "split")
_DISGUISES: tuple[Callable[[str, random.Random], str], ...] = (
    *(partial(_one_word, change=change) for change in _CHANGES),
    _upper,
    _decorated,
    _joined,
)
