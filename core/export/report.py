"""What a check of a packet found."""

from dataclasses import dataclass
from datetime import datetime
from enum import Enum

from core.domain.evidence import LogFault


class Verdict(Enum):
    """What a check can honestly say. Without a key or root from outside, only CONSISTENT."""

    BROKEN = "does not verify"
    CONSISTENT = "internally consistent only"
    SIGNED = "signed by the key you gave"
    ANCHORED = "matches the fingerprint you gave"
    SIGNED_AND_ANCHORED = "signed by the key you gave and matches the fingerprint you gave"


@dataclass(frozen=True, slots=True)
class Stamp:
    """A time stamp over the first `size` entries. `at` is the authority's time once its signature led
    to a root certificate given from outside; None: present, but nobody vouches for it yet."""

    size: int
    file: str
    at: datetime | None = None


@dataclass(frozen=True, slots=True)
class PacketReport:
    """Result of checking a packet.

    `signer` is the hexadecimal key in the packet: worth nothing until compared with one from
    elsewhere. `anchored` is the largest size among the roots given that the log matches.
    `texts_found` counts items whose text stands word for word in the sealed bytes; platforms that
    send markup give fewer, which is no fault. `redacted` counts items with something blanked: there
    only the place in the log is proven. `derived` counts those that fit the original packet, when one
    was given. `missing` is what the packet says it lacks.
    """

    verdict: Verdict
    items: int
    entries: int
    checkpoints: int
    anchored: int
    erased: int
    texts_found: int
    signer: str | None
    prepared_for: str | None
    missing: tuple[str, ...]
    notes: tuple[str, ...]
    faults: tuple[LogFault, ...]
    redacted: int = 0
    derived: int = 0
    stamps: tuple[Stamp, ...] = ()

    @property
    def ok(self) -> bool:
        """True when nothing is wrong; `verdict` says how much that means."""
        return not self.faults
