"""The person's own words: adding, trying out, handing on and taking in.

What reads texts is imported where it is used: opening the window must not wait for it.
"""

import json
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from app.jobs.context import JobContext
from app.services.classify import ClassifyService
from core.classify.level import Level
from core.domain.evidence import EntryKind
from core.domain.ids import MentionId
from core.domain.learning import Effect, OwnWord
from core.errors import BadInput
from core.ports import Clock
from core.storage import Store
from core.system.private_files import write_private

if TYPE_CHECKING:
    from core.classify.fold import Folded
    from core.classify.lexicon import Lexicon

_BATCH: Final = 2_000
# Folding changes nothing in such a text but case and blanks, so a plain search settles it.
_PLAIN: Final = re.compile(r"(?:[A-Za-z ,.?!:;'\"\n()-]|@[A-Za-z]+(?![\w-])|(?<!\w)[0-9]+(?!\w))*")
_STRETCHED: Final = re.compile(r"(.)\1\1|(?:\b\w\b\W*){3}")
_MASK: Final = re.compile(r"[*#]")
_REMEMBERED: Final = 200_000
MAX_WORDS: Final = 2_000
_MAX_TEXT: Final = 20_000  # characters, as much as the classifier reads


@dataclass(frozen=True, slots=True)
class Matches:
    """Messages in which words count, and what looking for them would change."""

    ids: tuple[MentionId, ...]
    effect: Effect


@dataclass(frozen=True, slots=True)
class Pack:
    """A word list from a file. `key` is the public key whose signature holds; empty when it has none."""

    words: tuple[OwnWord, ...]
    author: str
    key: str


class WordService:
    """Every method may take long on a full inbox: call them in a worker."""

    def __init__(self, store: Store, classify: ClassifyService, clock: Clock) -> None:
        self._store, self._classify, self._clock = store, classify, clock
        self._folded: dict[tuple[MentionId, int], tuple[Folded, ...]] = {}

    def list(self) -> tuple[OwnWord, ...]:
        """Every word, in the order of the alphabet."""
        with self._store.read() as unit:
            return unit.own_words.all()

    def preview(self, words: Sequence[OwnWord], context: JobContext) -> Matches:
        """Where these words count among the messages here, disguised ones too."""
        from core.classify.lexicon import Lexicon
        from core.classify.own_words import terms

        level = getattr(self._classify.classifier(), "level", Level.BALANCED)
        lexicon = Lexicon(terms(words))
        forms = tuple({form for term in lexicon.terms for form in term.forms})
        hits: list[MentionId] = []
        with self._store.read() as unit:
            total, after, done = unit.mentions.count(), MentionId(0), 0
        while True:
            context.checkpoint()
            with self._store.read() as unit:
                batch = unit.own_words.texts(after, _BATCH)
            if not batch:
                break
            hits += [one for one, text in batch if self._counts(lexicon, forms, one, text, level)]
            after, done = batch[-1][0], done + len(batch)
            context.progress(done, total)
        with self._store.read() as unit:
            return Matches(tuple(hits), unit.own_words.effect(hits))

    def save(self, words: Sequence[OwnWord], matches: Matches | None, context: JobContext) -> None:
        """Look for these words from now on; messages that hold them are judged anew by the next run."""
        with self._store.read() as unit:
            known = {word.term for word in unit.own_words.all()}
        if len(known | {word.term for word in words}) > MAX_WORDS:
            raise BadInput(what="word-list", why="has too many words")
        found = matches if matches is not None else self.preview(words, context)
        with self._store.write() as unit:
            due = {*found.ids, *unit.own_words.decided_by([word.term for word in words])}
            unit.own_words.put(words, self._clock.now())
            unit.verdicts.expire(sorted(due))
            # How many, never which: the log goes into packets.
            unit.log.append(EntryKind.NOTE, facts={"act": "own-words-saved", "count": len(words)})
        self._classify.relearn()

    def remove(self, found: Iterable[str]) -> None:
        """Look for these no longer."""
        gone = list(found)
        with self._store.write() as unit:
            unit.verdicts.expire(unit.own_words.decided_by(gone))
            unit.own_words.remove(gone)
            unit.log.append(EntryKind.NOTE, facts={"act": "own-words-removed", "count": len(gone)})
        self._classify.relearn()

    def export(self, path: Path, author: str, *, sign: bool) -> int:
        """Write the list to a file; returns how many words. Raises `DiskFull` or `UnusableFolder`."""
        from core.classify.own_words import signed, write_pack

        words = self.list()
        pack = write_pack(words, author)
        if sign:
            with self._store.read() as unit:
                seed = unit.log.signing_key()
            pack = signed(pack, seed)
        write_private(path, json.dumps(pack, ensure_ascii=False, indent=1).encode() + b"\n")
        return len(words)

    def read(self, path: Path) -> Pack:
        """A list from a file, not yet taken in. Raises `BadInput`."""
        from core.classify.own_words import MAX_FILE, read_words

        try:
            untrusted = path.read_bytes() if path.stat().st_size <= MAX_FILE else None
        except OSError as error:
            raise BadInput(what="word-list", why="cannot be read") from error
        if untrusted is None:
            raise BadInput(what="word-list", why="is too large")
        words, author, key = read_words(untrusted)
        return Pack(tuple(words), author, key)

    def _counts(
        self, lexicon: "Lexicon", forms: tuple[str, ...], one: MentionId, text: str, level: Level
    ) -> bool:
        """Whether a word counts in a text; cheap where none of the forms stands in it."""
        if (one, hash(text)) not in self._folded and _PLAIN.fullmatch(text) and not _STRETCHED.search(text):
            plain = " ".join(text.lower().split())
            if not any(form in plain for form in forms):
                return False
        return any(
            lexicon.counted(view.text, level)
            for view in self._views(one, text)
            if _MASK.search(view.text) or any(form in view.text for form in forms)
        )

    def _views(self, one: MentionId, text: str) -> "tuple[Folded, ...]":
        from core.classify.fold import fold

        key = one, hash(text)
        if key not in self._folded:
            if len(self._folded) >= _REMEMBERED:
                self._folded.clear()
            folded = fold(text[:_MAX_TEXT])
            singled = folded.singled()
            self._folded[key] = (folded,) if singled is None else (folded, singled)
        return self._folded[key]
