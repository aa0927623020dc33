"""Evidence packets: chosen from the store, written by `core.export`, and logged as an act."""

import shutil
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import Enum
from pathlib import Path

from app.jobs.context import JobContext
from app.services.packet_items import BARE, Around, StoredItems
from app.version import TOOL
from core.domain.account import Account
from core.domain.evidence import EntryKind
from core.domain.ids import MentionId
from core.domain.inbox import GroupCard, InboxFilter, Order
from core.errors import BadInput, NotFound
from core.evidence.merkle import Frontier
from core.export.age import read_recipients
from core.export.contents import CoordinationSection, LogProof, PacketContents, PacketItem, ReportMade
from core.export.packet import write_packet
from core.export.redact import Redaction, redacted
from core.export.reveals import Reveals, reveals
from core.export.summary import highlights, summarise
from core.export.templates import TEMPLATES, MissingField, Template, lint
from core.export.verify import fingerprint
from core.ports import Clock
from core.storage import ReadUnit, Store

RenderPdf = Callable[[PacketContents, Path], None]
RenderCard = Callable[[PacketItem], bytes]

_CHUNK = 200


class Selection(Enum):
    """How much of what was chosen goes in: all of it, or the few posts to read first."""

    EVERYTHING = "everything"
    SHORT = "short"


@dataclass(frozen=True, slots=True)
class ExportRequest:
    """What to put in a packet, for whom, and what only the person can say.

    `only` names the very mentions, whatever `chosen` and `selection` say: a selection the person edited.
    `notes` say of single mentions why they are illegal or which rule they break. `recipients` are public
    keys (age or SSH): then the packet is one file only they can open.
    """

    chosen: InboxFilter
    template: str = "police"
    as_zip: bool = False
    narrative: str = ""
    answers: Mapping[str, str] = field(default_factory=dict)
    selection: Selection = Selection.EVERYTHING
    only: tuple[MentionId, ...] | None = None
    notes: Mapping[MentionId, str] = field(default_factory=dict)
    reports_made: tuple[ReportMade, ...] = ()
    with_context: bool = True
    with_media: bool = False
    with_cards: bool = True
    with_coordination: bool = True
    recipients: tuple[str, ...] = ()
    redaction: Redaction = field(default_factory=Redaction)


@dataclass(frozen=True, slots=True)
class Exported:
    """A written packet. `missing` names required fields that are empty: then it is not complete.

    `fingerprint` (SIZE:ROOT of the log it was made from) and `signer` are what to tell its reader apart
    from the packet.
    """

    packet: Path
    items: int
    missing: tuple[MissingField, ...]
    fingerprint: str = ""
    signer: str = ""


@dataclass(frozen=True, slots=True)
class Preview:
    """What a packet would hold and tell, before it is written."""

    items: int
    considered: int
    missing: tuple[MissingField, ...]
    reveals: Reveals


@dataclass(frozen=True, slots=True)
class Offered:
    """One mention of a selection, for the person to keep or take out. `why` is first, worst or latest."""

    mention_id: MentionId
    item: PacketItem
    why: tuple[str, ...] = ()


class ExportService:
    """Makes packets."""

    def __init__(
        self,
        store: Store,
        clock: Clock,
        render_pdf: RenderPdf,
        render_card: RenderCard | None = None,
    ) -> None:
        self._store = store
        self._clock = clock
        self._render_pdf = render_pdf
        self._render_card = render_card

    def templates(self) -> tuple[Template, ...]:
        """Who a packet can be for."""
        return tuple(TEMPLATES.values())

    def offer(self, chosen: InboxFilter) -> tuple[Offered, ...]:
        """The first post, the three worst and the three latest of what is chosen, each once, oldest first."""
        with self._store.read() as unit:
            ids = unit.inbox.ids(replace(chosen, order=Order.OLDEST))
        bare = StoredItems(self._store, ids, BARE)
        summary = summarise(bare)
        why: dict[int, list[str]] = {}
        marked = [("first", summary.first)] if summary.first is not None else []
        marked += [("worst", one) for one in summary.worst] + [("latest", one) for one in summary.latest]
        for word, item in marked:
            why.setdefault(int(item.entry.seq), []).append(word)
        wanted = highlights(summary)
        # Ids and items come in the same order.
        pairs = zip(ids, bare, strict=True)
        return tuple(
            Offered(mention_id, item, tuple(why[int(item.entry.seq)]))
            for mention_id, item in pairs
            if int(item.entry.seq) in wanted
        )

    def preview(self, request: ExportRequest) -> Preview:
        """What it would hold, reveal and lack; writes nothing. Raises `NotFound`, `BadInput`."""
        read_recipients(request.recipients)
        contents, template = self._contents(request)
        with self._store.read() as unit:
            own = own_names(unit.accounts.all())
        return Preview(
            len(contents.items), contents.considered, lint(contents, template), reveals(contents, own)
        )

    def write(self, folder: Path, request: ExportRequest, context: JobContext) -> Exported:
        """Write one packet below `folder`; a cancel or failure leaves nothing behind.

        Raises `NotFound` for an unknown template, `BadInput` when nothing was chosen or a recipient's
        key is none, `UnusableFolder`, `DiskFull`.
        """
        contents, template = self._contents(request)
        if len(contents.items) == 0:
            raise BadInput(what="selection", why="holds no mentions")
        missing = lint(contents, template)
        contents = replace(contents, lacking=tuple(str(one) for one in missing))

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
            render_card=self._render_card if request.with_cards else None,
            recipients=request.recipients,
            progress=progress,
        )
        facts: dict[str, str | int | bool | None] = {
            "act": "export",
            "template": template.name,
            "items": len(contents.items),
            "redacted": contents.redacted,
            "encrypted": bool(request.recipients),
        }
        try:
            with self._store.write() as writing:
                writing.log.append(EntryKind.EXPORT, facts=facts)
        except BaseException:
            # No packet goes out of which the log knows nothing.
            _discard(packet)
            raise
        log = contents.log
        root = fingerprint(len(log.leaves), Frontier.empty().extend(log.leaves).root())
        return Exported(packet, len(contents.items), missing, root, log.public_key.hex())

    def _contents(self, request: ExportRequest) -> tuple[PacketContents, Template]:
        template = TEMPLATES.get(request.template)
        if template is None:
            raise NotFound(what="template", name=request.template)
        with self._store.read() as unit:
            every = unit.inbox.ids(replace(request.chosen, order=Order.OLDEST))
        ids = self._chosen(request, every)
        with self._store.read() as unit:
            accounts = unit.accounts.all()
            contents = PacketContents(
                items=self._items(request, ids),
                log=LogProof(unit.log.leaves(), unit.log.checkpoints(), unit.log.public_key()),
                account="; ".join(f"{one.platform}: {one.handle} ({one.remote_id})" for one in accounts)
                or "files imported by the person",
                template=template.name,
                created_at=self._clock.now(),
                tool=TOOL,
                selection=_selection(request, len(every)),
                considered=unit.mentions.count(),
                narrative=request.narrative,
                answers=request.answers,
                reports_made=request.reports_made,
                coordination=_sections(unit, ids) if request.with_coordination else (),
                anchors=tuple(unit.anchors.all()),
                counted=StoredItems(self._store, every, BARE),
            )
        redaction = request.redaction
        if redaction.anything:
            contents = redacted(contents, replace(redaction, own=(*redaction.own, *own_names(accounts))))
        return contents, template

    def _chosen(self, request: ExportRequest, every: Sequence[MentionId]) -> Sequence[MentionId]:
        if request.only is not None:
            wanted = frozenset(request.only)
            return [one for one in every if one in wanted]
        if request.selection is Selection.SHORT:
            return [one.mention_id for one in self.offer(request.chosen)]
        return every

    def _items(self, request: ExportRequest, ids: Sequence[MentionId]) -> StoredItems:
        around = Around(context=request.with_context, media=request.with_media)
        return StoredItems(self._store, ids, around, request.notes)


def own_names(accounts: Sequence[Account]) -> tuple[str, ...]:
    """The person's own handles and ids."""
    return tuple(dict.fromkeys(name for one in accounts for name in (one.handle, str(one.remote_id)) if name))


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


def _selection(request: ExportRequest, every: int) -> str:
    """How the items were chosen, in one sentence."""
    chosen = request.chosen
    parts = [f"the queue '{chosen.queue.value}'"]
    if chosen.category is not None:
        parts.append(f"the category '{chosen.category.value}'")
    if chosen.group_key is not None:
        parts.append(f"the group {chosen.group_key}")
    if chosen.sender_id is not None:
        parts.append("one sender")
    if chosen.search:
        parts.append("a search")
    pool = f"every stored mention in {', '.join(parts)}"
    if request.only is not None:
        return f"Picked by the person out of {pool} ({every})."
    if request.selection is Selection.SHORT:
        return f"The first, the three most serious and the three latest out of {pool} ({every})."
    return pool[0].upper() + pool[1:] + "."


def _discard(packet: Path) -> None:
    if packet.is_dir():
        shutil.rmtree(packet, ignore_errors=True)
    else:
        packet.unlink(missing_ok=True)
