"""The vocabulary of the evidence log."""

from dataclasses import dataclass
from datetime import datetime
from enum import Enum

from core.domain.ids import EntrySeq


class EntryKind(Enum):
    """Every act that enters the log."""

    RECEIVED = "received"
    REJECTED = "rejected"
    CAPTURED = "captured"
    SEEN_DELETED = "seen-deleted"
    NOTE = "note"
    ACTION = "action"
    EXPORT = "export"
    ERASE = "erase"
    CLOCK_JUMP = "clock-jump"
    KEY_CHANGE = "key-change"
    IMPORT = "import"
    ANCHORED = "anchored"
    START = "start"
    STOP = "stop"


@dataclass(frozen=True, slots=True)
class Moment:
    """One reading of every clock we have, so that a later clock change shows."""

    wall_us: int  # microseconds since the epoch, UTC
    mono_ns: int  # monotonic clock, nanoseconds
    boot: str  # identifies this boot of the machine
    tz: str  # UTC offset in force, such as +02:00


@dataclass(frozen=True, slots=True)
class EvidenceEntry:
    """One sealed entry: the canonical envelope and its hashes (raw SHA-256, 32 bytes)."""

    seq: EntrySeq
    prev: bytes
    leaf: bytes
    envelope: bytes


@dataclass(frozen=True, slots=True)
class LogState:
    """Where the log stands: number of entries and the Merkle root over them."""

    size: int
    root: bytes
    last_at: datetime | None


class AnchorKind(Enum):
    """How a root of the log left this machine."""

    RFC3161 = "rfc3161"
    HANDED_OVER = "handed-over"


class AnchorState(Enum):
    """Whether somebody outside can speak for the root."""

    CONFIRMED = "confirmed"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Anchor:
    """A root over the first `size` entries that left this machine, and what came back.

    `receiver` is the authority's address, or the words the person gave for whom they handed it to.
    `token` is the receiver's answer as received (DER for RFC 3161); None for a hand-over.
    `attested_at` is the receiver's own time.
    """

    id: int
    size: int
    root: bytes
    kind: AnchorKind
    receiver: str
    state: AnchorState
    token: bytes | None
    made_at: datetime
    attested_at: datetime | None
    error_code: str | None = None


@dataclass(frozen=True, slots=True)
class LogFault:
    """One thing that is wrong with a log or packet: at which entry, and what."""

    seq: int | None
    what: str


@dataclass(frozen=True, slots=True)
class LogReport:
    """Result of a verification. `anchored` counts entries covered by a root given from outside."""

    entries: int
    checkpoints: int
    anchored: int
    faults: tuple[LogFault, ...]

    @property
    def ok(self) -> bool:
        """True when nothing is wrong."""
        return not self.faults
