"""What goes into a packet: plain data that the export service fills from the store."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol

from core.domain.capture import ContextPost, Media, MentionVersion, Standing
from core.domain.classification import Classification
from core.domain.coordination import GroupReason, Strength
from core.domain.evidence import Anchor, EvidenceEntry
from core.domain.inbox import NameSeen
from core.domain.mention import Mention

ReadBytes = Callable[[], bytes | None]


@dataclass(frozen=True, slots=True)
class SealedEntry:
    """An entry of the log that is shown because something in the packet rests on it.

    `raw` gives its bytes, or None when the person erased them. `withheld`: a redacted copy shows only
    the entry's leaf, neither its envelope nor its bytes.
    """

    entry: EvidenceEntry
    raw: ReadBytes
    withheld: bool = False


@dataclass(frozen=True, slots=True)
class ContextItem:
    """A post around an item: what it answered, what followed, the person's own words."""

    post: ContextPost
    sealed: SealedEntry


@dataclass(frozen=True, slots=True)
class VersionItem:
    """A later text of an item: the post was edited after it was first sealed."""

    version: MentionVersion
    sealed: SealedEntry


@dataclass(frozen=True, slots=True)
class MediaItem:
    """A picture or film that came with an item; the sealed bytes are the file itself."""

    media: Media
    sealed: SealedEntry


@dataclass(frozen=True, slots=True)
class StandingItem:
    """Whether the post was still there when last looked; `sealed` are the entries of its changes."""

    standing: Standing
    sealed: tuple[SealedEntry, ...] = ()


@dataclass(frozen=True, slots=True)
class PacketItem:
    """One mention with its sealed entry.

    `raw` gives the bytes as received, or None when the person erased them; it is called only while
    the item is written, so that thousands of items need no memory. `note` is the person's own word
    on this item: why it is illegal or which rule it breaks. `redacted`: something in it is blanked, so
    its envelope and bytes are withheld.
    """

    mention: Mention
    entry: EvidenceEntry
    received_at: datetime
    raw: ReadBytes
    names: tuple[NameSeen, ...] = ()
    classification: Classification | None = None
    group_keys: tuple[str, ...] = ()
    note: str = ""
    context: tuple[ContextItem, ...] = ()
    versions: tuple[VersionItem, ...] = ()
    media: tuple[MediaItem, ...] = ()
    standing: StandingItem | None = None
    redacted: bool = False


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
    items were chosen, out of `considered` mentions. `counted`, when given, are all the items that timeline
    and counts speak of; `items` is then a selection of them. `anchors` are roots of the log that left the
    computer. `redacted` says that this is a copy with parts blanked.
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
    anchors: tuple[Anchor, ...] = ()
    redacted: bool = False
    counted: Items | None = None
    # What is missing for the receiver, when that was already looked up.
    lacking: tuple[str, ...] | None = None
