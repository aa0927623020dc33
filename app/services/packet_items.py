"""The items of a packet, read from the store a chunk at a time."""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial

from core.domain.capture import MediaState
from core.domain.evidence import EvidenceEntry
from core.domain.ids import EntrySeq, MentionId
from core.domain.mention import StoredMention
from core.export.contents import (
    ContextItem,
    MediaItem,
    PacketItem,
    SealedEntry,
    StandingItem,
    VersionItem,
)
from core.storage import ReadUnit, Store

# Items held in memory at once. Bytes as received are read one item at a time.
_CHUNK = 200

Content = Callable[[EvidenceEntry], Callable[[], bytes | None]]


@dataclass(frozen=True, slots=True)
class Around:
    """What to read beside the posts themselves."""

    context: bool = True
    media: bool = False
    standings: bool = True
    originals: bool = True
    names: bool = True


# For counting and choosing: posts and verdicts, nothing else.
BARE = Around(context=False, standings=False, originals=False, names=False)


@dataclass(frozen=True, slots=True)
class StoredItems:
    """Items read afresh on each walk, so that their number does not matter. `notes` are the person's."""

    store: Store
    ids: Sequence[MentionId]
    around: Around = field(default_factory=Around)
    notes: Mapping[MentionId, str] = field(default_factory=dict)

    def __len__(self) -> int:
        return len(self.ids)

    def __iter__(self) -> Iterator[PacketItem]:
        for start in range(0, len(self.ids), _CHUNK):
            chunk = self.ids[start : start + _CHUNK]
            with self.store.read() as unit:
                yield from _Chunk(unit, self.around, chunk).items(self.notes)


class _Chunk:
    """Everything about a few mentions, read with one query for each kind of thing."""

    def __init__(self, unit: ReadUnit, around: Around, ids: Sequence[MentionId]) -> None:
        self._unit, self._around, self._ids = unit, around, ids
        self._stored = {one.id: one for one in unit.mentions.many(ids)}
        self._verdicts = unit.verdicts.many(ids)
        self._groups = unit.groups.keys_of(ids) if around.names else {}
        senders = sorted({one.sender_id for one in self._stored.values()})
        self._names = unit.inbox.names(senders) if around.names else {}
        self._contexts = unit.contexts.of(ids) if around.context else {}
        self._versions = unit.versions.of(ids) if around.context else {}
        self._media = unit.media.of(ids) if around.media else {}
        self._standings = unit.standings.many(ids) if around.standings else {}
        self._entries = unit.log.many(sorted(set(self._wanted_entries())))

    def items(self, notes: Mapping[MentionId, str]) -> Iterator[PacketItem]:
        """The items in the order asked for."""
        for mention_id in self._ids:
            yield self._item(self._stored[mention_id], notes.get(mention_id, ""))

    def _wanted_entries(self) -> Iterator[EntrySeq]:
        yield from (EntrySeq(one.entry_seq) for one in self._stored.values())
        yield from (post.entry_seq for posts in self._contexts.values() for post in posts if post.entry_seq)
        yield from (one.entry_seq for ones in self._versions.values() for one in ones)
        yield from (one.entry_seq for ones in self._media.values() for one in ones if one.entry_seq)
        for standing in self._standings.values():
            yield from (change.entry_seq for change in standing.history)

    def _item(self, one: StoredMention, note: str) -> PacketItem:
        entry = self._entries[EntrySeq(one.entry_seq)]
        standing = self._standings.get(one.id)
        return PacketItem(
            mention=one.mention,
            entry=entry,
            received_at=one.received_at,
            raw=self._bytes(entry),
            names=self._names.get(one.sender_id, ()),
            classification=self._verdicts.get(one.id),
            group_keys=self._groups.get(one.id, ()),
            note=note,
            context=tuple(
                ContextItem(post, self._sealed(post.entry_seq))
                for post in self._contexts.get(one.id, ())
                if post.entry_seq is not None
            ),
            versions=tuple(
                VersionItem(later, self._sealed(later.entry_seq)) for later in self._versions.get(one.id, ())
            ),
            media=tuple(
                MediaItem(picture, self._sealed(picture.entry_seq))
                for picture in self._media.get(one.id, ())
                if picture.entry_seq is not None and picture.state is MediaState.CAPTURED
            ),
            standing=StandingItem(standing, self._changes(change.entry_seq for change in standing.history))
            if standing is not None
            else None,
        )

    def _changes(self, seqs: Iterable[EntrySeq]) -> tuple[SealedEntry, ...]:
        return tuple(self._sealed(seq) for seq in seqs)

    def _sealed(self, seq: EntrySeq) -> SealedEntry:
        entry = self._entries[seq]
        return SealedEntry(entry, self._bytes(entry))

    def _bytes(self, entry: EvidenceEntry) -> Callable[[], bytes | None]:
        """The bytes when asked for, while this chunk is being walked."""
        if not self._around.originals:
            return _nothing
        digest = json.loads(entry.envelope)["sha256"]
        if digest is None:
            return _nothing
        return partial(self._unit.log.content, bytes.fromhex(digest))


def _nothing() -> None:
    return None
