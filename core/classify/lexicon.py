"""Word packs: slurs, traitor talk and insults, found in folded text with exact spans.

A pack is a JSON file in `resources/lexicons` (fields: resources/model-card.md); a person can add their
own words. Matching looks words up by their first token, and for scripts without spaces by first
character, so cost grows with the text and not with the number of terms.
"""

import json
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from enum import Enum
from importlib import resources
from typing import Any, Final

from core.classify import context, context_europe
from core.classify.fold import Folded, fold
from core.classify.level import Level
from core.domain.classification import Category
from core.errors import ModelUnusable

PACKS: Final = (
    *("english", "chinese", "spanish", "arabic", "german", "polish", "portuguese"),
    *("korean", "hindi", "tamil"),
)
OWN_PACK: Final = "own"
_LETTER: Final = "[^\\W_\u2e80-\u9fff\U00020000-\U0002ebef]"  # a Latin word beside a Chinese one ends there
_TOKEN: Final = re.compile(f"{_LETTER}+(?:['’]{_LETTER}+)*")
_INSIDE_WORD: Final = re.compile(_LETTER)
_MASKED: Final = re.compile(r"(?<![\w*])[a-z][a-z]*[*#]+[a-z]*(?![*#])")
_UNSPACED: Final = re.compile("[\u0900-\u097f\u0b80-\u0bff\u2e80-\u9fff\uac00-\ud7a3\U00020000-\U0002ebef]")
# Devanagari and Tamil put spaces between words, but their vowel signs are no letters to `re`.
_INDIC: Final = re.compile("[\u0900-\u0963\u0966-\u097f\u0b80-\u0bff]")


class Severity(Enum):
    """How much a word says alone. MILD words count only when thrown at someone."""

    SEVERE = "severe"
    STRONG = "strong"
    MILD = "mild"


@dataclass(frozen=True, slots=True)
class Term:
    """One entry of a pack.

    `forms` are folded; `not_in` are longer harmless strings that contain one. `within`: the language a
    text must speak, since the word means something else in other languages.
    """

    term: str
    forms: tuple[str, ...]
    severity: Severity
    category: Category
    meaning: str
    pack: str
    reclaimed: str | None = None
    anywhere: bool = False
    not_in: tuple[str, ...] = ()
    within: str | None = None

    @property
    def name(self) -> str:
        """Shown as the reason's name: pack and headword."""
        return f"{self.pack}:{self.term}"


@dataclass(frozen=True, slots=True)
class Hit:
    """A term at folded offsets start..end."""

    term: Term
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class _Index:
    """First token (or first character) -> forms starting with it, longest first."""

    spaced: dict[str, list[tuple[str, Term]]] = field(default_factory=dict)
    unspaced: dict[str, list[tuple[str, Term]]] = field(default_factory=dict)
    single: list[tuple[str, Term]] = field(default_factory=list)


class Lexicon:
    """An immutable set of terms. `find` gives every place, `counted` those that are abuse in context."""

    def __init__(self, terms: Sequence[Term]) -> None:
        self.terms = tuple(terms)
        self._index = _build(self.terms)
        firsts = "".join(self._index.unspaced)
        self._firsts = re.compile(f"[{re.escape(firsts)}]") if firsts else None

    def with_own(self, words: Iterable[Term]) -> "Lexicon":
        """Also look for the person's own words (`core.classify.own_words`)."""
        return Lexicon([*self.terms, *words])

    def find(self, text: str) -> list[Hit]:
        """Every term in a folded text, left to right, the longest at each place."""
        hits = self._spaced(text) + self._masked(text)
        if self._firsts is not None and not text.isascii():
            hits += self._unspaced(text)
        hits = [
            hit for hit in hits if hit.term.within is None or context_europe.speaks(hit.term.within, text)
        ]
        hits.sort(key=lambda h: (h.start, h.start - h.end))
        kept: list[Hit] = []
        for hit in hits:
            if not kept or hit.start >= kept[-1].end:
                kept.append(hit)
        return kept

    def counted(self, text: str, level: Level) -> list[Hit]:
        """The hits of a folded text that are abuse where they stand."""
        return [hit for hit in self.find(text) if counts(hit, text, level)]

    def _spaced(self, text: str) -> list[Hit]:
        hits: list[Hit] = []
        spaced = self._index.spaced
        for token in _TOKEN.finditer(text):
            for form, term in spaced.get(token[0], ()):
                end = token.start() + len(form)
                if text.startswith(form, token.start()) and not _INSIDE_WORD.match(text, end):
                    if not _harmless(term, text, token.start(), end):
                        hits.append(Hit(term, token.start(), end))
                    break
        return hits

    def _unspaced(self, text: str) -> list[Hit]:
        hits: list[Hit] = []
        if self._firsts is None:
            return hits
        for first in self._firsts.finditer(text):
            for form, term in self._index.unspaced[first[0]]:
                end = first.start() + len(form)
                if text.startswith(form, first.start()) and not _cut(term, text, first.start(), end):
                    if not _harmless(term, text, first.start(), end):
                        hits.append(Hit(term, first.start(), end))
                    break
        return hits

    def _masked(self, text: str) -> list[Hit]:
        """Words with letters starred out: every letter shown must fit, and half of them be shown."""
        if "*" not in text and "#" not in text:
            return []
        hits: list[Hit] = []
        for token in _MASKED.finditer(text):
            shown = sum(c.isalpha() for c in token[0])
            if shown < 2 or shown * 2 < len(token[0]):
                continue
            pattern = re.compile("".join("[a-z]" if c in "*#" else c for c in token[0]))
            match = next((t for f, t in self._index.single if pattern.fullmatch(f)), None)
            if match is not None:
                hits.append(Hit(match, token.start(), token.end()))
        return hits


def counts(hit: Hit, text: str, level: Level) -> bool:
    """Whether a found term is abuse where it stands, for this level."""
    severity = hit.term.severity
    if hit.term.pack == OWN_PACK and severity is Severity.SEVERE:
        return True
    if context.reported(text, hit.start, hit.end):
        return False
    if severity is not Severity.SEVERE and context.negated(text, hit.start):
        return False
    if (hit.term.reclaimed or severity is not Severity.SEVERE) and context.of_oneself(text, hit.start):
        return False
    return _weighs(hit, text, level)


def _weighs(hit: Hit, text: str, level: Level) -> bool:
    severity = hit.term.severity
    if severity is Severity.SEVERE:
        return True
    if severity is Severity.STRONG:
        return level is not Level.GENTLE or context.aimed(text, hit.start, hit.end)
    if hit.term.category is Category.OBSCENE:
        return level is Level.STRICT
    if level is Level.GENTLE:
        return False
    return context.aimed(text, hit.start, hit.end)


def spans(hits: Iterable[Hit], folded: Folded) -> tuple[tuple[int, int], ...]:
    """The hits' places in the original text."""
    return tuple(folded.span(hit.start, hit.end) for hit in hits)


def load_packs(names: Sequence[str] = PACKS) -> Lexicon:
    """Read the shipped packs. Raises `ModelUnusable` when one is missing or malformed."""
    terms: list[Term] = []
    for name in names:
        try:
            raw = (resources.files("resources") / "lexicons" / f"{name}.json").read_text("utf-8")
            terms += read_pack(json.loads(raw))
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise ModelUnusable(name=name, why="lexicon") from error
    return Lexicon(terms)


def read_pack(pack: dict[str, Any]) -> list[Term]:
    """Terms of one pack. Raises ValueError or KeyError when a field is missing or unknown."""
    if not pack["author"] or not pack["licence"]:
        raise ValueError("a pack names its author and licence")
    return [_read_term(entry, str(pack["name"]), str(pack["language"])) for entry in pack["terms"]]


def _read_term(entry: dict[str, Any], pack: str, language: str) -> Term:
    forms = [entry["term"], *entry.get("forms", ())]
    folded = dict.fromkeys(text for form in forms if (text := fold(str(form)).text))
    return Term(
        term=entry["term"],
        forms=tuple(folded),
        severity=Severity(entry["severity"]),
        category=Category(entry["category"]),
        meaning=entry["meaning"],
        pack=pack,
        reclaimed=entry.get("reclaimed"),
        anywhere=entry.get("match") == "anywhere",
        not_in=tuple(fold(str(text)).text for text in entry.get("not_in", ())),
        within=_scope(entry, language),
    )


def _scope(entry: dict[str, Any], language: str) -> str | None:
    """The language a text must speak for this term, if the term asks for one."""
    if "scope" not in entry:
        return None
    if entry["scope"] != "language" or language not in context_europe.SPOKEN:
        raise ValueError("no such scope")
    return language


def _build(terms: Sequence[Term]) -> _Index:
    index = _Index()
    for term in terms:
        for form in term.forms:
            token = _TOKEN.match(form)
            if _UNSPACED.match(form) or token is None:
                index.unspaced.setdefault(form[0], []).append((form, term))
                continue
            index.spaced.setdefault(token[0], []).append((form, term))
            if token[0] == form and form.isascii():
                index.single.append((form, term))
    for table in (index.spaced, index.unspaced):
        for entries in table.values():
            entries.sort(key=lambda entry: -len(entry[0]))
    return index


def _cut(term: Term, text: str, start: int, end: int) -> bool:
    """Part of a longer Devanagari or Tamil word; a term that is looked for anywhere may carry endings."""
    if not _INDIC.match(text, start):
        return False
    if start and _INDIC.match(text, start - 1):
        return True
    return not term.anywhere and _INDIC.match(text, end) is not None


def _harmless(term: Term, text: str, start: int, end: int) -> bool:
    for longer in term.not_in:
        for at in range(max(0, start - len(longer)), start + 1):
            if text.startswith(longer, at) and at + len(longer) >= end:
                return True
    return False
