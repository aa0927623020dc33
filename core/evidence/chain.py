"""Sealing entries: each names the one before it and is a leaf of the tree."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from hashlib import sha256
from secrets import token_bytes

from core.domain.evidence import EntryKind, EvidenceEntry, Moment
from core.domain.ids import EntrySeq
from core.evidence.canonical import canonical_bytes
from core.evidence.merkle import Frontier, leaf_hash

VERSION = 1
# What the first entry names as the one before it.
GENESIS = bytes(32)

Fact = str | int | bool | None


@dataclass(frozen=True, slots=True)
class Chain:
    """The end of a log: what the next entry must name. Immutable, so a rolled-back write leaves no trace."""

    frontier: Frontier
    head: bytes

    @classmethod
    def empty(cls) -> "Chain":
        """A log without entries."""
        return cls(Frontier.empty(), GENESIS)

    @classmethod
    def resume(cls, leaves: Iterable[bytes]) -> "Chain":
        """The end of a stored log, from its leaf hashes in order."""
        known = list(leaves)
        return cls(Frontier.empty().extend(known), known[-1] if known else GENESIS)

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
        envelope = canonical_bytes(
            {
                "v": VERSION,
                "seq": self.size,
                "prev": self.head.hex(),
                "kind": kind.value,
                "salt": token_bytes(16).hex(),
                "sha256": None if content is None else sha256(content).hexdigest(),
                "len": None if content is None else len(content),
                "recv_utc_us": moment.wall_us,
                # As text: nanoseconds since boot pass 2^53 after 104 days.
                "mono_ns": str(moment.mono_ns),
                "boot": moment.boot,
                "tz": moment.tz,
                "facts": dict(facts or {}),
            }
        )
        leaf = leaf_hash(envelope)
        entry = EvidenceEntry(EntrySeq(self.size), self.head, leaf, envelope)
        return entry, Chain(self.frontier.append(leaf), leaf)
