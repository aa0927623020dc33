"""Evidence packets: chosen from the store, written by `core.export`, and logged as an act."""

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path

from app.jobs.context import JobContext
from app.version import TOOL
from core.domain.evidence import EntryKind, EvidenceEntry
from core.domain.ids import EntrySeq, MentionId
from core.domain.inbox import GroupCard, InboxFilter, Order
from core.errors import BadInput, NotFound
from core.export.contents import CoordinationSection, LogProof, PacketContents, PacketItem
from core.export.packet import write_packet
from core.export.templates import TEMPLATES, MissingField, Template, lint
from core.ports import Clock
from core.storage import ReadUnit, Store

RenderPdf = Callable[[PacketContents, Path], None]

# Items held in memory at once, with their sealed bytes.
_CHUNK = 200


@dataclass(frozen=True, slots=True)
class ExportRequest:
    """What to put in a packet, for whom, and what only the person can say."""

    chosen: InboxFilter
    template: str = "police"
    as_zip: bool = False
    narrative: str = ""
    answers: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Exported:
    """A written packet. `missing` names required fields that are empty: then it is not complete."""

    packet: Path
    items: int
    missing: tuple[MissingField, ...]


class ExportService:
    """Makes packets."""

    def __init__(self, store: Store, clock: Clock, render_pdf: RenderPdf) -> None:
        self._store = store
        self._clock = clock
        self._render_pdf = render_pdf

    def templates(self) -> tuple[Template, ...]:
        """Who a packet can be for."""
        return tuple(TEMPLATES.values())

    def preview(self, request: ExportRequest) -> Exported:
        """How many items it would hold and what is missing; writes nothing."""
        contents, template = self._contents(request)
        return Exported(Path(), len(contents.items), lint(contents, template))

    def write(self, folder: Path, request: ExportRequest, context: JobContext) -> Exported:
        """Write one packet below `folder`; a cancel or failure leaves nothing behind.

        Raises `NotFound` for an unknown template, `BadInput` when nothing was chosen,
        `UnusableFolder`, `DiskFull`.
        """
        contents, template = self._contents(request)
        if len(contents.items) == 0:
            raise BadInput(what="selection", why="holds no mentions")
        missing = lint(contents, template)

        def progress(done: int, total: int) -> None:
            context.checkpoint()
            context.progress(done, total)

        with self._store.read() as unit:
            seed = unit.log.signing_key()
        packet = write_packet(
            contents,
            folder,
            as_zip=request.as_zip,
            seed=seed,
            render_pdf=self._render_pdf,
            progress=progress,
        )
        facts: dict[str, str | int | bool | None] = {
            "act": "export",
            "template": template.name,
            "items": len(contents.items),
        }
        with self._store.write() as writing:
            writing.log.append(EntryKind.EXPORT, facts=facts)
        return Exported(packet, len(contents.items), missing)

    def _contents(self, request: ExportRequest) -> tuple[PacketContents, Template]:
        template = TEMPLATES.get(request.template)
        if template is None:
            raise NotFound(what="template", name=request.template)
        with self._store.read() as unit:
            ids = unit.inbox.ids(replace(request.chosen, order=Order.OLDEST))
            accounts = unit.accounts.all()
            proof = LogProof(unit.log.leaves(), unit.log.checkpoints(), unit.log.public_key())
            groups = _sections(unit, ids)
            considered = unit.mentions.count()
        contents = PacketContents(
            items=_StoredItems(self._store, ids),
            log=proof,
            account="; ".join(f"{one.platform}: {one.handle} ({one.remote_id})" for one in accounts)
            or "files imported by the person",
            template=template.name,
            created_at=self._clock.now(),
            tool=TOOL,
            selection=_selection(request.chosen),
            considered=considered,
            narrative=request.narrative,
            answers=request.answers,
            coordination=groups,
        )
        return contents, template


@dataclass(frozen=True, slots=True)
class _StoredItems:
    """Items read from the store a chunk at a time, afresh on each walk."""

    store: Store
    ids: Sequence[MentionId]

    def __len__(self) -> int:
        return len(self.ids)

    def __iter__(self) -> Iterator[PacketItem]:
        for start in range(0, len(self.ids), _CHUNK):
            chunk = self.ids[start : start + _CHUNK]
            with self.store.read() as unit:
                items = list(_items(unit, chunk))
            yield from items


def _items(unit: ReadUnit, ids: Sequence[MentionId]) -> Iterator[PacketItem]:
    stored = {one.id: one for one in unit.mentions.many(ids)}
    entries = unit.log.many([EntrySeq(one.entry_seq) for one in stored.values()])
    names = unit.inbox.names(sorted({one.sender_id for one in stored.values()}))
    verdicts = unit.verdicts.many(ids)
    groups = unit.groups.keys_of(ids)
    for mention_id in ids:
        one = stored[mention_id]
        entry = entries[EntrySeq(one.entry_seq)]
        raw = unit.log.content(_content_hash(entry))
        yield PacketItem(
            mention=one.mention,
            entry=entry,
            received_at=one.received_at,
            raw=partial(_itself, raw),
            names=names.get(one.sender_id, ()),
            classification=verdicts.get(mention_id),
            group_keys=groups.get(mention_id, ()),
        )


def _itself(raw: bytes | None) -> bytes | None:
    return raw


def _content_hash(entry: EvidenceEntry) -> bytes:
    return bytes.fromhex(json.loads(entry.envelope)["sha256"])


def _sections(unit: ReadUnit, ids: Sequence[MentionId]) -> tuple[CoordinationSection, ...]:
    """The groups that the chosen items touch."""
    touched: set[str] = set()
    for start in range(0, len(ids), _CHUNK):
        for keys in unit.groups.keys_of(ids[start : start + _CHUNK]).values():
            touched.update(keys)
    return tuple(_section(unit, card) for card in unit.groups.cards() if card.key in touched)


def _section(unit: ReadUnit, card: GroupCard) -> CoordinationSection:
    members = unit.actions.contacts(unit.groups.members(card.key))
    return CoordinationSection(
        key=card.key,
        strength=card.strength,
        members=tuple(one.handle for one in members),
        posts=card.posts,
        reasons=card.reasons,
        caveats=card.caveats,
        first_at=card.first_at,
        last_at=card.last_at,
    )


def _selection(chosen: InboxFilter) -> str:
    """How the items were chosen, in one sentence."""
    parts = [f"the queue '{chosen.queue.value}'"]
    if chosen.category is not None:
        parts.append(f"the category '{chosen.category.value}'")
    if chosen.group_key is not None:
        parts.append(f"the group {chosen.group_key}")
    if chosen.sender_id is not None:
        parts.append("one sender")
    if chosen.search:
        parts.append("a search")
    return "Every stored mention in " + ", ".join(parts) + "."
