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
