"""Which language a text is in, and whether the classifier may be believed there.

Scripts that one language owns are decided by their letters; the rest by the fastText language
model (kept in `resources/models/lid176`). When unsure the answer is UNKNOWN, which is never in
scope: a text nobody could read must not count as harmless.
"""

import hashlib
import re
from collections.abc import Iterable, Sequence
from importlib import resources
from importlib.resources import as_file
from typing import Final, Protocol, cast

from core.errors import ModelUnusable

UNKNOWN: Final = "und"
LID_SHA256: Final = "8f3472cfe8738a7b6099e8e999c3cbfae0dcd15696aac7d7738a8039db603e83"

# Not [^\w]: vowel signs of Indic scripts are no word characters, yet the word is lost without them.
_NOISE: Final = re.compile(
    # Addresses and Latin names end where the next script begins: Chinese posts put no space there.
    "https?://[^\\s\u3000-\u9fff\uff00-\uffef]+|www\\.[^\\s\u3000-\u9fff\uff00-\uffef]+"
    r"|[@#](?:[A-Za-z0-9_\u00c0-\u024f]+(?:[.@:-][A-Za-z0-9_]+)*|\w+)|\d+|[\x00-\x1f!-&(-/:-@\[-`{-~]"
    "|[\u00a1-\u00bf\u2000-\u206f\u2190-\u2bff\u3000-\u303f\ufe00-\ufe0f\uff00-\uff0f\U0001f000-\U0001faff]"
)
_LETTER: Final = re.compile(r"[^\W\d_]")
# One character each; counted, the majority decides.
_SCRIPTS: Final = {
    "kana": re.compile("[\u3040-\u30ff\uff66-\uff9f]"),
    "han": re.compile("[\u3400-\u4dbf\u4e00-\u9fff\U00020000-\U0002ebef]"),
    "hangul": re.compile("[\u1100-\u11ff\u3130-\u318f\uac00-\ud7a3]"),
    "tamil": re.compile("[\u0b80-\u0bff]"),
    "devanagari": re.compile("[\u0900-\u097f]"),
    "latin": re.compile("[A-Za-z\u00c0-\u024f]"),
}
_OWNED: Final = {"hangul": "ko", "tamil": "ta"}
_SURE: Final = 0.35
# Below this many letters a Latin text that could be English is taken for it more readily.
_SHORT: Final = 16
_GUESSES: Final = 5
# fastText code of a close relative -> the language whose model reads it.
_MERGED: Final = {"arz": "ar", "wuu": "zh", "yue": "zh", "als": "de", "nds": "de", "sco": "en"}
# Words no other language's short posts consist of; enough alone to say English.
_ENGLISH: Final = frozenset(
    [
        "a",
        "an",
        "and",
        "are",
        "be",
        "but",
        "do",
        "for",
        "get",
        "go",
        "happy",
        "have",
        "he",
        "her",
        "him",
        "his",
        "how",
        "i",
        "i'm",
        "im",
        "in",
        "is",
        "it",
        "just",
        "kill",
        "kys",
        "lmao",
        "lol",
        "me",
        "my",
        "no",
        "not",
        "of",
        "off",
        "ok",
        "on",
        "out",
        "really",
        "she",
        "so",
        "stop",
        "that",
        "the",
        "they",
        "this",
        "to",
        "trash",
        "u",
        "ugly",
        "up",
        "ur",
        "was",
        "we",
        "what",
        "who",
        "why",
        "with",
        "you",
        "you're",
        "your",
        "yourself",
    ]
)
# Short English with foreign names is often taken for Dutch: two words Dutch lacks, none of its own.
_NOT_DUTCH: Final = frozenset(
    [
        "the",
        "our",
        "and",
        "you",
        "your",
        "my",
        "this",
        "that",
        "with",
        "she",
        "her",
        "his",
        "they",
        "from",
        "birthday",
        "happy",
        "not",
        "has",
        "have",
    ]
)
_DUTCH: Final = frozenset(
    [
        "de",
        "het",
        "een",
        "en",
        "van",
        "ik",
        "je",
        "jij",
        "niet",
        "dat",
        "die",
        "met",
        "op",
        "voor",
        "zijn",
        "te",
        "er",
        "aan",
        "ook",
        "maar",
        "wij",
        "mijn",
        "naar",
        "bij",
    ]
)


class _Predictor(Protocol):
    def predict(self, text: str, k: int, threshold: float) -> tuple[Sequence[str], Sequence[float]]: ...


class LanguageIdentifier:
    """Loads the language model on first need. Not thread-safe while loading; calls are."""

    def __init__(self) -> None:
        self._model: _Predictor | None = None

    def identify(self, texts: Iterable[str]) -> list[str]:
        """ISO 639-1 per text, or UNKNOWN. Raises `ModelUnusable` when the model file is damaged."""
        return [self._one(text.encode("utf-8", "replace").decode()) for text in texts]

    def _one(self, text: str) -> str:
        clean = " ".join(_NOISE.sub(" ", text).split())
        letters = len(_LETTER.findall(clean))
        if not letters:
            return UNKNOWN
        counts = dict.fromkeys(_SCRIPTS, 0)
        if clean.isascii():
            counts["latin"] = letters
        else:
            counts = {name: len(pattern.findall(clean)) for name, pattern in _SCRIPTS.items()}
        owner = _by_script(counts, letters)
        if owner:
            return owner
        found = self._by_model(clean.lower(), letters, mostly_latin=counts["latin"] * 2 > letters)
        # Short Hindi is often taken for its neighbours in the same script; the reverse is rare here.
        return "hi" if counts["devanagari"] * 2 > letters and letters < _SHORT * 2 else found

    def _by_model(self, clean: str, letters: int, *, mostly_latin: bool) -> str:
        if mostly_latin and letters < 4 * _SHORT and _english_words(clean):
            return "en"
        labels, scores = self._loaded().predict(clean, _GUESSES, 0.0)
        guesses = [
            (_MERGED.get(code, code), float(score))
            for code, score in zip((label.removeprefix("__label__") for label in labels), scores, strict=True)
        ]
        if not guesses:
            return UNKNOWN
        best, score = guesses[0]
        if best == "nl" and mostly_latin and _english_taken_for_dutch(clean):
            return "en"
        if (
            mostly_latin
            and letters < _SHORT
            and score < 2 * _SURE
            and any(code == "en" for code, _ in guesses)
        ):
            return "en"
        return best if score >= _SURE and len(best) == 2 else UNKNOWN

    def _loaded(self) -> _Predictor:
        if self._model is None:
            self._model = _load()
        return self._model


def _by_script(counts: dict[str, int], letters: int) -> str | None:
    if counts["kana"] * 8 > letters:  # kana in any real share means Japanese, however many Han letters
        return "ja"
    if counts["han"] * 3 >= letters:  # one Han letter says as much as several Latin ones
        return "zh"
    for name, language in _OWNED.items():
        if counts[name] * 2 > letters:
            return language
    return None


def _english_words(clean: str) -> bool:
    words = clean.split()
    return 2 * sum(word in _ENGLISH for word in words) >= len(words)


def _english_taken_for_dutch(clean: str) -> bool:
    words = clean.split()
    return sum(word in _NOT_DUTCH for word in words) >= 2 and not any(word in _DUTCH for word in words)


def _load() -> _Predictor:
    try:
        import fasttext

        with as_file(resources.files("resources") / "models" / "lid176" / "lid.176.ftz") as path:
            if hashlib.sha256(path.read_bytes()).hexdigest() != LID_SHA256:
                raise ModelUnusable(name="lid176", why="hash")
            return cast(_Predictor, fasttext.load_model(str(path)))
    except (ImportError, OSError, ValueError) as error:
        raise ModelUnusable(name="lid176", why="missing") from error
