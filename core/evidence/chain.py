"""Sealing entries: each names the one before it and is a leaf of the tree."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from hashlib import sha256
from secrets import token_bytes

from core.domain.evidence import EntryKind, EvidenceEntry, Moment
from core.domain.ids import EntrySeq
from core.evidence.canonical import canonical_text, exact_integer, read_canonical
from core.evidence.merkle import Frontier, leaf_hash

VERSION = 1
# What the first entry names as the one before it.
GENESIS = bytes(32)

Fact = str | int | bool | None


@dataclass(frozen=True, slots=True)
class Chain:
    """The end of a log: what the next entry must name. Immutable, so a rolled-back write leaves no trace.

    `last` is what the clocks said at the newest entry, None when there is none or it cannot be read.
    """

    frontier: Frontier
    head: bytes
    last: Moment | None = None

    @classmethod
    def empty(cls) -> "Chain":
        """A log without entries."""
        return cls(Frontier.empty(), GENESIS)

    @classmethod
    def resume(cls, leaves: Iterable[bytes], last: Moment | None = None) -> "Chain":
        """The end of a stored log, from its leaf hashes in order."""
        known = list(leaves)
        return cls(Frontier.empty().extend(known), known[-1] if known else GENESIS, last)

    @property
    def size(self) -> int:
        """Number of entries; also the sequence number of the next."""
        return self.frontier.size

    def root(self) -> bytes:
        """The root over all entries."""
        return self.frontier.root()

    def seal(
        self,
        kind: EntryKind,
        moment: Moment,
        *,
        content: bytes | None = None,
        facts: Mapping[str, Fact] | None = None,
    ) -> tuple[EvidenceEntry, "Chain"]:
        """Seal one entry; entries count from 0.

        The random salt lets one entry be disclosed without its neighbours becoming guessable from
        their hashes. Content enters by SHA-256 and length only, so that it can be erased later.
        """
        envelope = _write_envelope(self, kind, moment, content, facts or {})
        leaf = leaf_hash(envelope)
        entry = EvidenceEntry(EntrySeq(self.size), self.head, leaf, envelope)
        return entry, Chain(self.frontier.append(leaf), leaf, moment)


def moment_of(envelope: bytes) -> Moment | None:
    """What the clocks said when an entry was sealed; None when the entry cannot be read."""
    try:
        said = read_canonical(envelope)
        wall_us, mono, boot, tz = (said.get(name) for name in ("recv_utc_us", "mono_ns", "boot", "tz"))
        if type(wall_us) is int and type(mono) is str and type(boot) is str and type(tz) is str:
            return Moment(wall_us, int(mono), boot, tz)
    except (ValueError, RecursionError):
        pass
    return None


# What `seal` writes. Its fixed part is canonical as it stands, names in order: filling it in takes half as
# long as serialising a map, and matching it below spares 100,000 entries the way through a JSON parser.
_FORM = (
    '{"boot":%s,"facts":%s,"kind":"%s","len":%s,"mono_ns":"%d","prev":"%s","recv_utc_us":%d,'
    '"salt":"%s","seq":%d,"sha256":%s,"tz":%s,"v":1}'
)


def _write_envelope(
    chain: Chain, kind: EntryKind, moment: Moment, content: bytes | None, facts: Mapping[str, Fact]
) -> bytes:
    """The canonical bytes of the next entry. Raises `ValueError` for facts that have no canonical form."""
    filled = _FORM % (
        _quoted(moment.boot),
        canonical_text(facts),
        kind.value,
        "null" if content is None else len(content),
        # As text: nanoseconds since boot pass 2^53 after 104 days.
        moment.mono_ns,
        chain.head.hex(),
        exact_integer(moment.wall_us),
        token_bytes(16).hex(),
        chain.size,
        "null" if content is None else f'"{sha256(content).hexdigest()}"',
        _quoted(moment.tz),
    )
    return filled.encode()


# A clock gives the same few words all day.
@lru_cache(maxsize=16)
def _quoted(text: str) -> str:
    return canonical_text(text)


_WRITTEN = re.compile(
    rb'\{"boot":"[ !#-\[\]-~]{0,100}","facts":(\{[ -~]{0,4000}\}),"kind":"([a-z-]{1,40})",'
    rb'"len":(null|0|[1-9][0-9]{0,14}),'
    rb'"mono_ns":"[0-9]{1,20}","prev":"([0-9a-f]{64})","recv_utc_us":(?:0|[1-8][0-9]{0,15}),'
    rb'"salt":"[0-9a-f]{32}","seq":(0|[1-9][0-9]{0,14}),"sha256":(null|"[0-9a-f]{64}"),'
    rb'"tz":"[+-][0-9]{2}:[0-9]{2}","v":1\}'
)


def read_envelope(data: bytes) -> Mapping[str, object]:
    """What an envelope says: `v`, `kind`, `seq`, `prev`, `sha256`, `len`, `facts`; others may be left out.

    Raises `NotCanonical`, and `ValueError` or `RecursionError` when it is no JSON map.
    """
    match = _WRITTEN.fullmatch(data)
    if match is None:
        return read_canonical(data)
    facts, kind, length, prev, seq, digest = match.groups()
    return {
        "v": VERSION,
        "kind": kind.decode(),
        "seq": int(seq),
        "prev": prev.decode(),
        "sha256": None if digest == b"null" else digest[1:-1].decode(),
        "len": None if length == b"null" else int(length),
        "facts": _read_facts(facts),
    }


# Most entries of one source repeat the same facts.
@lru_cache(maxsize=256)
def _read_facts(data: bytes) -> Mapping[str, object]:
    return read_canonical(data)
