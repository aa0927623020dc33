"""Undo disguises in a text, keeping for every folded character its place in the original.

Words, rules and the model all read the folded text; reasons are shown on the original. Folding is
deterministic and goes in this order: case, compatibility forms, invisible characters and accents
(`_characters`); traditional Chinese; look-alike letters; spaced-out words; signs pushed into words;
number-letters; white space; stretched letters.
"""

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from typing import Final, Protocol, cast

from core.classify.draft import Draft, Edit
from core.classify.lookalikes import FOREIGN_LETTERS, LATIN_LETTERS, LEET, REGIONAL_A, letter_symbols

_CJK: Final = "\u3400-\u4dbf\u4e00-\u9fff\U00020000-\U0002ebef"
_HAS_CJK: Final = re.compile(f"[{_CJK}]")
_EMOJI: Final = "☀-➿\U0001f300-\U0001faff"
# Zero-width and formatting characters, fillers that draw nothing, selectors, tag characters;
# Arabic vowel marks and the stretching bar; generic combining marks (accents, stacked noise).
_DROPPED: Final = re.compile(
    "[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f"
    "\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff9-\ufffb\U000e0000-\U000e0fff"
    "\u0640\u064b-\u0652\u0670\u0300-\u036f\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]"
)
_ACCENTS: Final = re.compile("[\u0300-\u036f]")
_INVISIBLE_TRICKS: Final = re.compile(
    "[\u00ad\u034f\u180b-\u180e\u200b\u200c\u2060-\u206f\ufeff\U000e0000-\U000e0fff]"
)
_LONE_REGIONAL: Final = re.compile(
    "(?<![\U0001f1e6-\U0001f1ff])[\U0001f1e6-\U0001f1ff](?![\U0001f1e6-\U0001f1ff])"
)
_WORD: Final = re.compile(r"[^\W\d_]+")
_FOREIGN: Final = re.compile("[" + "".join(FOREIGN_LETTERS) + "]")
_LATIN: Final = re.compile("[a-z]")
# Left as they are: addresses and handles mean something only letter by letter.
_PROTECTED: Final = re.compile(r"https?://\S+|www\.\S+|[\w.+-]+@[\w-]+\.[\w.]+|(?<!\w)@[\w.-]{3,}")
_SPACED: Final = re.compile(
    r"(?<![^\W_])[a-z@$](?: [a-z0-9@$!]){2,}(?![^\W_])"
    r"|(?<![^\W_])[a-z@$](?:(?:[^\w\s,;:'\"()@$]|_){1,2}[a-z0-9@$]){2,}(?![^\W_])"
)
_LONE_WORD_LAST: Final = re.compile(r"(?<=[a-z] [a-z] [a-z]) [aiu]\Z")
# A sign between two parts of a Latin word: one part a single letter, or both short.
_PUSHED: Final = re.compile(
    rf"(?<![a-z])[b-hj-tv-z]([_~^|•·∙{_EMOJI}]+)(?=[a-z])"
    rf"|(?<=[a-z])([_~^|•·∙{_EMOJI}]+)(?=[b-hj-tv-z](?![a-z]))"
    rf"|(?<![a-z])[a-z]{{2}}([_~^|•·∙{_EMOJI}]+)(?=[a-z]{{2}}(?![a-z]))"
)
# Left in the text, since it may well join two words ("so❤cute"); words of packs are looked for without it.
_PICTURE_INSIDE: Final = re.compile(rf"(?<=[a-z])[{_EMOJI}]+(?=[a-z])")
# The same inside Chinese; plain spaces only beside a lone character ("汉 奸").
_CJK_JUNK: Final = re.compile(
    rf"(?<=[{_CJK}])(?:[-*._/\\|·•~^+=#&{_EMOJI}]{{1,3}}(?=[{_CJK}])"
    rf"| {{1,2}}(?=[{_CJK}](?![{_CJK}]))|(?<=(?<![{_CJK}])[{_CJK}]) {{1,2}}(?=[{_CJK}]))"
)
_LEET_WORD: Final = re.compile(r"[a-z0-9@$!|+€£¡]*(?:[a-z][0-9@$!|+€£¡]|[$@0-9€£¡][a-z])[a-z0-9@$!|+€£¡]*")
_LEET_CHAR: Final = re.compile(r"[0-9@$€£¡]|(?<=[a-z])[|+](?=[a-z])|(?<![a-z0-9])(?<=[a-z])!(?=[a-z])")
_EARLY_BANG: Final = re.compile(r"\A[a-z]{1,2}(!)(?=[a-z])")
# 3rd, 100k, covid19, b4, h2o: numbers that are numbers.
_PLAIN_NUMBER: Final = re.compile(r"[$€£]?\d+[a-z]{0,3}|[a-z]+\d+|[a-z]2[a-z]")
_STRETCHED: Final = re.compile(r"([^\W\d])\1{2,}|([^\w\s])\2{3,}")
_BLANKS: Final = re.compile(r"\s\s+|[^\S ]")


class _Converter(Protocol):
    def convert(self, text: str) -> str: ...


@dataclass(frozen=True, slots=True)
class Folded:
    """A folded text with its way back.

    `starts` and `ends` give, per folded character, its code-point extent in `source`; both are None
    when folding moved nothing. `stretched` holds the folded positions of second letters left over
    from a stretch ("looser" from "looooser"). `disguised` tells that a deliberate-looking disguise
    was undone: look-alikes, invisible characters, number-letters, spaced-out words.
    """

    source: str
    text: str
    starts: tuple[int, ...] | None
    ends: tuple[int, ...] | None
    stretched: tuple[int, ...]
    disguised: bool

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The extent in `source` of folded characters start..end (end exclusive, start < end)."""
        if self.starts is None or self.ends is None:
            return start, end
        return self.starts[start], max(self.ends[start:end])

    def singled(self) -> "Folded | None":
        """The same text with stretched letters reduced to one, or None when there were none."""
        if not self.stretched:
            return None
        draft = Draft(self.text, list(self.starts or ()) or None, list(self.ends or ()) or None)
        draft.apply([(i - 1, i + 1, self.text[i]) for i in self.stretched])
        return Folded(self.source, draft.text, tuple(draft.starts), tuple(draft.ends), (), self.disguised)

    def closed(self) -> "Folded | None":
        """The same text without pictures between Latin letters, or None when there were none."""
        if self.text.isascii():
            return None
        edits: list[Edit] = [(m.start(), m.end(), "") for m in _PICTURE_INSIDE.finditer(self.text)]
        if not edits:
            return None
        draft = Draft(self.text, list(self.starts or ()) or None, list(self.ends or ()) or None)
        draft.apply(edits)
        return Folded(self.source, draft.text, tuple(draft.starts), tuple(draft.ends), (), True)


def fold(text: str) -> Folded:
    """Fold one text. Any string is accepted; the result may be empty."""
    draft = _characters(text)
    disguised = bool(_INVISIBLE_TRICKS.search(text)) if not text.isascii() else False
    for stage in _STAGES:
        disguised |= draft.apply(stage(draft.text))
    draft.apply([(m.start(), m.end(), " ") for m in _BLANKS.finditer(draft.text)])
    _strip(draft)
    stretched = _shorten(draft)
    if not draft.moved:
        return Folded(text, draft.text, None, None, (), disguised)
    return Folded(text, draft.text, tuple(draft.starts), tuple(draft.ends), stretched, disguised)


class _Characters(dict[str, str]):
    """Folded form of single characters, filled as they are met (at most one entry per code point)."""

    def __missing__(self, char: str) -> str:
        folded = self[char] = _fold_character(char)
        return folded


def _fold_character(char: str) -> str:
    if _DROPPED.match(char):
        return ""
    if "\ud800" <= char <= "\udfff":  # half of a broken pair: no character at all
        return "\ufffd"
    symbol = _SYMBOLS.get(ord(char))
    if symbol is not None:
        return symbol
    plain = unicodedata.normalize("NFKC", char).casefold()
    plain = _ACCENTS.sub("", unicodedata.normalize("NFD", plain))
    plain = unicodedata.normalize("NFC", plain)
    return "".join(LATIN_LETTERS.get(c, c) for c in plain)


_SYMBOLS: Final = letter_symbols()
_TABLE: Final = _Characters()


def _characters(text: str) -> Draft:
    if text.isascii():
        return Draft(text.lower())
    pieces = [_TABLE[char] for char in text]
    joined = "".join(pieces)
    if len(joined) == len(text) and "" not in pieces:
        draft = Draft(joined)
    else:
        starts = [i for i, piece in enumerate(pieces) for _ in piece]
        draft = Draft(joined, starts, [i + 1 for i in starts])
    _simplify(draft)
    return draft


@lru_cache(maxsize=1)
def _converter() -> _Converter:
    import opencc  # loaded with the first Chinese text

    return cast(_Converter, opencc.OpenCC("t2s"))


def _simplify(draft: Draft) -> None:
    if not _HAS_CJK.search(draft.text):
        return
    convert = _converter().convert
    simple = convert(draft.text)
    if len(simple) == len(draft.text):
        draft.text = simple
    else:  # a phrase changed its length: go letter by letter, so that places stay exact
        parts = [convert(char) for char in draft.text]
        draft.text = "".join(p if len(p) == 1 else c for p, c in zip(parts, draft.text, strict=True))


def _unregion(text: str) -> list[Edit]:
    """Lone regional indicators used as letters; a pair is a flag and stays."""
    return [
        (m.start(), m.end(), chr(ord("a") + ord(m[0]) - REGIONAL_A)) for m in _LONE_REGIONAL.finditer(text)
    ]


def _unmix(text: str) -> list[Edit]:
    """Look-alike letters, in words that hold Latin letters or stand among Latin words."""
    if text.isascii() or not _FOREIGN.search(text):
        return []
    words = [(m.start(), m[0]) for m in _WORD.finditer(text)]
    latin_text = all(_LATIN.search(w) or _all_alike(w) for _, w in words) and _LATIN.search(text)
    edits: list[Edit] = []
    for at, word in words:
        if _LATIN.search(word) or (latin_text and _all_alike(word)):
            edits += [
                (at + i, at + i + 1, FOREIGN_LETTERS[c]) for i, c in enumerate(word) if c in FOREIGN_LETTERS
            ]
    return edits


def _all_alike(word: str) -> bool:
    return all(c in FOREIGN_LETTERS for c in word)


def _unspace(text: str) -> list[Edit]:
    edits: list[Edit] = []
    for m in _SPACED.finditer(text):
        run = m[0]
        if run[1] == " ":
            run = _LONE_WORD_LAST.sub("", run)
        word = "".join(c for c in run if c.isalnum() or c in "@$!")
        if sum(c.isalpha() for c in word) * 3 >= len(word) * 2:
            edits += [(m.start() + i, m.start() + i + 1, "") for i, c in enumerate(run) if c not in word]
    return _outside_addresses(text, edits)


def _unpush(text: str) -> list[Edit]:
    edits = [(*m.span(m.lastindex or 0), "") for m in _PUSHED.finditer(text)]
    return _outside_addresses(text, edits)


def _unpush_cjk(text: str) -> list[Edit]:
    if text.isascii():
        return []
    return [(m.start(), m.end(), "") for m in _CJK_JUNK.finditer(text)]


def _unleet(text: str) -> list[Edit]:
    edits: list[Edit] = []
    for m in _LEET_WORD.finditer(text):
        word = m[0]
        if _PLAIN_NUMBER.fullmatch(word.rstrip("!|+")) or not _LATIN.search(word):
            continue
        places = {c.start() for c in _LEET_CHAR.finditer(word)}
        places |= {c.start(1) for c in _EARLY_BANG.finditer(word)}
        edits += [(m.start() + i, m.start() + i + 1, LEET[word[i]]) for i in sorted(places)]
    return _outside_addresses(text, edits)


def _outside_addresses(text: str, edits: list[Edit]) -> list[Edit]:
    if not edits:
        return edits
    kept = [m.span() for m in _PROTECTED.finditer(text)]
    return [e for e in edits if not any(start < e[1] and e[0] < end for start, end in kept)]


def _strip(draft: Draft) -> None:
    text = draft.text
    left, right = len(text) - len(text.lstrip()), len(text.rstrip())
    edits: list[Edit] = [(0, left, "")] if left else []
    if right < len(text) and right >= left:
        edits.append((right, len(text), ""))
    draft.apply(edits)


def _shorten(draft: Draft) -> tuple[int, ...]:
    """Cut stretches to two; returns where the second letters stand afterwards."""
    edits: list[Edit] = []
    stretched: list[int] = []
    shift = 0
    for m in _STRETCHED.finditer(draft.text):
        edits.append((m.start() + 1, m.end(), m[0][0]))
        if m[1]:
            stretched.append(m.start() + 1 - shift)
        shift += m.end() - m.start() - 2
    draft.apply(edits)
    return tuple(stretched)


_STAGES: Final[tuple[Callable[[str], list[Edit]], ...]] = (
    _unregion,
    _unmix,
    _unspace,
    _unpush,
    _unpush_cjk,
    _unleet,
)
