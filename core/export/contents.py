"""What goes into a packet: plain data that the export service fills from the store."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol

from core.domain.classification import Classification
from core.domain.coordination import GroupReason, Strength
from core.domain.evidence import EvidenceEntry
from core.domain.inbox import NameSeen
from core.domain.mention import Mention


@dataclass(frozen=True, slots=True)
class PacketItem:
    """One mention with its sealed entry.

    `raw` gives the bytes as received, or None when the person erased them; it is called only while
    the item is written, so that thousands of items need no memory. `note` is the person's own word
    on this item: why it is illegal or which rule it breaks.
    """

    mention: Mention
    entry: EvidenceEntry
    received_at: datetime
    raw: Callable[[], bytes | None]
    names: tuple[NameSeen, ...] = ()
    classification: Classification | None = None
    group_keys: tuple[str, ...] = ()
    note: str = ""


class Items(Protocol):
    """Items in the order they are to be written. Walked more than once, so a plain iterator will not do."""

    def __len__(self) -> int:
        """Number of items."""
        ...

    def __iter__(self) -> Iterator[PacketItem]:
        """A fresh walk; the same items each time."""
        ...


@dataclass(frozen=True, slots=True)
class LogProof:
    """The whole log, by hashes only: leaves tell nothing about entries that are not disclosed.

    `checkpoints` run from the oldest to the newest; the newest covers all `leaves`.
    """

    leaves: Sequence[bytes]
    checkpoints: Sequence[str]
    public_key: bytes


@dataclass(frozen=True, slots=True)
class ReportMade:
    """One earlier report, to a platform or an authority, with the number it was given."""

    to: str
    at: datetime
    reference: str
    about: str = ""


@dataclass(frozen=True, slots=True)
class CoordinationSection:
    """One group of senders who acted in step. Analysis: written apart from the facts."""

    key: str
    strength: Strength
    members: tuple[str, ...]
    posts: int
    reasons: tuple[GroupReason, ...]
    caveats: tuple[str, ...] = ()
    first_at: datetime | None = None
    last_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class PacketContents:
    """Everything a packet says.

    `account` is the person's own account as `platform: handle (id)`. `answers` holds what a template
    asks for, by the field names of `core.export.templates`. `selection` says in one sentence how the
    items were chosen, out of `considered` mentions.
    """

    items: Items
    log: LogProof
    account: str
    template: str
    created_at: datetime
    tool: str
    selection: str
    considered: int
    narrative: str = ""
    answers: Mapping[str, str] = field(default_factory=dict)
    reports_made: tuple[ReportMade, ...] = ()
    coordination: tuple[CoordinationSection, ...] = ()
