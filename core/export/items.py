"""Writing items and everything sealed that belongs to them, one after the other, into a bag."""

import csv
import io
import json
from collections.abc import Callable, Collection
from contextlib import ExitStack
from hashlib import sha256
from typing import Any

from core.domain.evidence import EvidenceEntry
from core.errors import DataDamaged
from core.evidence.merkle import MerkleTree, leaf_hash
from core.export import layout
from core.export.bag import Bag, HashingFile
from core.export.beside import context_record, media_record, sealed_record, standing_records, version_record
from core.export.contents import Items, MediaItem, PacketItem, SealedEntry
from core.export.proof import proof_text
from core.export.records import COLUMNS, item_record, json_line, sealed, table_row

RenderCard = Callable[[PacketItem], bytes]


class ItemWriter:
    """Holds the open lists and what was already written; never more than one item."""

    def __init__(self, bag: Bag, tree: MerkleTree, newest: str) -> None:
        self._bag, self._tree, self._newest = bag, tree, newest
        self._open = ExitStack()
        self._lists: dict[str, HashingFile] = {}
        self._shown: set[int] = set()
        self._pictures: dict[str, str] = {}

    def write(
        self,
        items: Items,
        render_card: RenderCard | None,
        cards: Collection[int] | None,
        progress: Callable[[int], None],
    ) -> None:
        """Write all items, and cards of those whose number is in `cards` (None: of all)."""
        with self._open:
            # Both are there even when nothing was chosen; the mark tells spreadsheets that this is UTF-8.
            self._list(layout.ENTRIES)
            self._list(layout.TABLE).write(b"\xef\xbb\xbf" + _csv(list(COLUMNS)))
            progress(0)
            for done, item in enumerate(items, start=1):
                self._write_item(item)
                # A card names the hash of the bytes, which a redacted item withholds.
                drawn = not item.redacted and (cards is None or item.entry.seq in cards)
                if render_card is not None and drawn:
                    self._bag.write(f"data/cards/{item.entry.seq}.png", render_card(item))
                progress(done)

    def _write_item(self, item: PacketItem) -> None:
        seq = int(item.entry.seq)
        envelope = self._prove(item.entry)
        raw = None if item.redacted else self._write_raw(envelope, item.raw())
        self._list(layout.ENTRIES).write(json_line(item_record(item, envelope, raw)))
        self._list(layout.TABLE).write(_csv(table_row(item, envelope)))
        for one in item.context:
            self._list(layout.CONTEXT).write(json_line(context_record(seq, one)))
            self._write_sealed(one.sealed)
        for later in item.versions:
            self._list(layout.CONTEXT).write(json_line(version_record(seq, later)))
            self._write_sealed(later.sealed)
        for picture in item.media:
            file = self._write_picture(picture)
            self._list(layout.MEDIA_LIST).write(json_line(media_record(seq, picture, file)))
        if item.standing is not None:
            for row in standing_records(seq, item.standing):
                self._list(layout.STANDING).write(json_line(row))
            for change in item.standing.sealed:
                self._write_sealed(change)

    def _write_sealed(self, one: SealedEntry, file: str | None = None) -> None:
        """An entry beside the items, once; `file` is where its bytes already are."""
        seq = int(one.entry.seq)
        if seq in self._shown:
            return
        self._shown.add(seq)
        envelope = self._prove(one.entry)
        if file is None and not one.withheld:
            file = self._write_raw(envelope, one.raw())
        shown = sealed(one.entry, envelope, file, withheld=one.withheld)
        self._list(layout.SEALED).write(json_line(sealed_record(seq, shown)))

    def _write_raw(self, envelope: dict[str, Any], raw: bytes | None) -> str | None:
        if raw is None:
            return None
        digest = _checked_digest(envelope, raw)
        if (name := f"data/raw/{digest}") not in self._bag:
            self._bag.write(name, raw)
        return f"raw/{digest}"

    def _write_picture(self, one: MediaItem) -> str | None:
        """Under a neutral name: nothing a stranger chose names a file, and no ending opens one."""
        raw, envelope = one.sealed.raw(), json.loads(one.sealed.entry.envelope)
        file: str | None = None
        if raw is not None:
            digest = _checked_digest(envelope, raw)
            file = self._pictures.get(digest)
            if file is None:
                file = self._pictures[digest] = f"media/{len(self._pictures) + 1:04}.bin"
                self._bag.write(f"data/{file}", raw)
        self._write_sealed(one.sealed, file)
        return file

    def _prove(self, entry: EvidenceEntry) -> dict[str, Any]:
        """Check an entry against the log and write its proof. Raises `DataDamaged`."""
        leaf, seq = leaf_hash(entry.envelope), int(entry.seq)
        if leaf != entry.leaf or not 0 <= seq < self._tree.size or self._tree.leaf(seq) != leaf:
            raise DataDamaged(what="entry")
        if (name := f"data/proofs/{seq}.tlog-proof") not in self._bag:
            self._bag.write(name, proof_text(seq, self._tree.proof(seq), self._newest).encode())
        envelope: dict[str, Any] = json.loads(entry.envelope)
        return envelope

    def _list(self, name: str) -> HashingFile:
        """A list of the packet, opened when first needed: empty ones are not written."""
        if name not in self._lists:
            self._lists[name] = self._open.enter_context(self._bag.open(name))
        return self._lists[name]


def _checked_digest(envelope: dict[str, Any], raw: bytes) -> str:
    digest = sha256(raw).hexdigest()
    if envelope["sha256"] != digest:
        raise DataDamaged(what="sealed-bytes")
    return digest


def _csv(row: list[str]) -> bytes:
    buffer = io.StringIO()
    csv.writer(buffer, quoting=csv.QUOTE_ALL, lineterminator="\r\n").writerow(row)
    return buffer.getvalue().encode("utf-8", "backslashreplace")
