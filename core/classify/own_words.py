"""The person's own words as terms of the lexicon, and as a small file to hand to somebody else.

The file is a word pack of the shipped format (resources/model-card.md) with the person as author and their
reason with each word. It can carry an Ed25519 signature over its content; a reader checks it against the
key in the file, so it proves that nothing was changed since, not who wrote it.
"""

import json
import re
from collections.abc import Iterable, Sequence
from typing import Any, Final

from core.classify.fold import fold
from core.classify.lexicon import OWN_PACK, Severity, Term
from core.domain.classification import Category
from core.domain.learning import OwnWord, WordSeverity
from core.errors import BadInput

MAX_WORDS: Final = 2_000  # of one file
MAX_TERM: Final = 200  # characters
MAX_NOTE: Final = 500
MAX_FILE: Final = 1 << 20  # bytes
_FORMAT: Final = "breakwater-words-1"
_UNSPACED: Final = re.compile("[\u2e80-\u9fff\uac00-\ud7a3\U00020000-\U0002ebef]")
_SHORTEST_FOUND: Final = 2  # a single Latin letter would be found in spelled-out words


def checked(term: str, category: Category, severity: WordSeverity, note: str = "") -> OwnWord:
    """A word that can be looked for. Raises `BadInput` with what: word."""
    term, note = " ".join(term.split()), note.strip()
    found = fold(term).text
    if not found.strip() or not any(char.isalnum() for char in found):
        raise BadInput(what="word", why="has no letters")
    if len(found) < _SHORTEST_FOUND and not _UNSPACED.search(found):
        raise BadInput(what="word", why="is a single letter")
    if len(term) > MAX_TERM or len(note) > MAX_NOTE:
        raise BadInput(what="word", why="is too long")
    return OwnWord(term, category, severity, note)


def terms(words: Iterable[OwnWord]) -> list[Term]:
    """The words as lexicon terms; matched in folded text, so disguises of them are found too."""
    found = []
    for word in words:
        text = fold(word.term).text
        found.append(
            Term(
                term=word.term,
                forms=(text,),
                severity=Severity(word.severity.value),
                category=word.category,
                meaning=word.note,
                pack=OWN_PACK,
                anywhere=bool(_UNSPACED.search(text)),
            )
        )
    return found


def write_pack(words: Sequence[OwnWord], author: str, about: str = "") -> dict[str, Any]:
    """A pack to hand on, without a signature."""
    return {
        "format": _FORMAT,
        "name": "own",
        "author": author,
        "about": about,
        "licence": "for the person it was given to",
        "terms": [
            {
                "term": word.term,
                "category": word.category.value,
                "severity": word.severity.value,
                "meaning": word.note,
            }
            for word in sorted(words, key=lambda one: one.term)
        ],
    }


def pack_bytes(pack: dict[str, Any]) -> bytes:
    """What is signed: the format's name, then the pack without its signature, keys sorted."""
    bare = {name: value for name, value in pack.items() if name not in ("signature", "key")}
    text = json.dumps(bare, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return f"{_FORMAT}\n{text}".encode()


def signed(pack: dict[str, Any], seed: bytes) -> dict[str, Any]:
    """The pack with a signature by an Ed25519 key (32-byte seed)."""
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

    key = Ed25519PrivateKey.from_private_bytes(seed)
    return {
        **pack,
        "key": key.public_key().public_bytes_raw().hex(),
        "signature": key.sign(pack_bytes(pack)).hex(),
    }


def read_words(untrusted: bytes) -> tuple[list[OwnWord], str, str]:
    """Words, author and public key (hex; "" for an unsigned pack). Raises `BadInput` with what: word-list."""
    if len(untrusted) > MAX_FILE:
        raise BadInput(what="word-list", why="is too large")
    try:
        pack = json.loads(untrusted)
        entries, author = pack["terms"], str(pack["author"])
        if len(entries) > MAX_WORDS:
            raise BadInput(what="word-list", why="has too many words")
        words = [_read_word(entry) for entry in entries]
    except BadInput:
        raise
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise BadInput(what="word-list", why="is not a word list") from error
    return words, author[:MAX_NOTE], _signer(pack)


def _read_word(untrusted: dict[str, Any]) -> OwnWord:
    return checked(
        str(untrusted["term"]),
        Category(untrusted["category"]),
        WordSeverity(untrusted["severity"]),
        str(untrusted.get("meaning", ""))[:MAX_NOTE],
    )


def _signer(pack: dict[str, Any]) -> str:
    """The key whose signature holds; empty when there is none."""
    if "signature" not in pack and "key" not in pack:
        return ""
    from cryptography.exceptions import InvalidSignature
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

    try:
        key = bytes.fromhex(pack["key"])
        Ed25519PublicKey.from_public_bytes(key).verify(bytes.fromhex(pack["signature"]), pack_bytes(pack))
    except (InvalidSignature, ValueError, KeyError, TypeError) as error:
        raise BadInput(what="word-list", why="was changed after it was signed") from error
    return key.hex()
