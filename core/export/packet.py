"""Writing a packet: all of it or nothing."""

import csv
import errno
import io
import json
import os
import re
import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC
from hashlib import sha256
from pathlib import Path
from typing import Any

from core.domain.evidence import EvidenceEntry
from core.errors import BadInput, DataDamaged, DiskFull, UnusableFolder
from core.evidence.checkpoint import public_key, read_checkpoint
from core.evidence.merkle import MerkleTree, leaf_hash
from core.export import layout, texts
from core.export.archive import write_zip
from core.export.bag import Bag, HashingFile
from core.export.case import bag_info, case_json, coordination_json, missing, words
from core.export.contents import LogProof, PacketContents, PacketItem
from core.export.proof import proof_text
from core.export.records import COLUMNS, json_line, table_row
from core.export.sshsig import signer_line

# Goes into file names and bag-info.txt.
_TEMPLATE_NAME = re.compile(r"[a-z0-9-]{1,40}")

RenderPdf = Callable[[PacketContents, Path], None]
Progress = Callable[[int, int], None]


def write_packet(
    contents: PacketContents,
    folder: Path,
    *,
    as_zip: bool,
    seed: bytes,
    render_pdf: RenderPdf | None,
    progress: Progress,
) -> Path:
    """Write one packet below `folder` and give its path: a folder, or one zip.

    Everything is written under a temporary name in `folder` and renamed at the end; whatever is
    raised on the way, by `progress` too, leaves nothing behind. `seed` is the log's signing key.
    Raises `DiskFull`, `UnusableFolder`, and `DataDamaged` when an item does not match the log: a
    packet that would not verify is never written.
    """
    if _TEMPLATE_NAME.fullmatch(contents.template) is None:
        raise BadInput(what="template", why="is not a name")
    total = len(contents.items) + 2
    with _own_errors(folder):
        folder.mkdir(parents=True, exist_ok=True)
        work = Path(tempfile.mkdtemp(prefix=".breakwater-packet-", dir=folder))
        try:
            packet = work / "packet"
            packet.mkdir(mode=0o700)
            _write_bag(contents, packet, seed, render_pdf, lambda done: progress(done, total))
            target = _free_name(folder, contents, ".zip" if as_zip else "")
            if as_zip:
                zipped = work / "packet.zip"
                write_zip(packet, zipped, target.stem, lambda: progress(total - 1, total))
                packet = zipped
            packet.rename(target)
        finally:
            shutil.rmtree(work, ignore_errors=True)
    progress(total, total)
    return target


def _write_bag(
    contents: PacketContents,
    root: Path,
    seed: bytes,
    render_pdf: RenderPdf | None,
    progress: Callable[[int], None],
) -> None:
    bag = Bag(root)
    tree, newest = _checked_log(contents.log, seed)
    _write_items(bag, contents, tree, newest, progress)
    bag.write(layout.LEAVES, b"".join(leaf.hex().encode() + b"\n" for leaf in contents.log.leaves))
    for size, note in _chosen_checkpoints(contents.log):
        bag.write(f"data/checkpoints/{size}.note", note.encode())
    lacking = missing(contents)
    bag.write(layout.CASE, case_json(contents, lacking))
    if contents.coordination:
        bag.write(layout.COORDINATION, coordination_json(contents))
    values = words(contents, tree.root())
    bag.write(layout.CERTIFICATE, texts.certificate(values))
    bag.write(layout.CANNOT, texts.cannot_prove())
    if render_pdf is not None:
        render_pdf(contents, bag.path(layout.REPORT))
        bag.adopt(layout.REPORT)
    progress(len(contents.items) + 1)
    bag.write(layout.BAGIT, layout.BAGIT_TEXT.encode())
    bag.write(layout.README, texts.readme(values))
    bag.write(layout.BY_HAND, texts.by_hand(values))
    bag.write(layout.VERIFIER, texts.verifier())
    bag.write(layout.SIGNER, signer_line(contents.log.public_key).encode())
    bag.write(layout.BAG_INFO, bag_info(contents, bag.payload_oxum(), lacking))
    bag.seal(seed)


def _checked_log(log: LogProof, seed: bytes) -> tuple[MerkleTree, str]:
    tree = MerkleTree(log.leaves)
    try:
        newest = read_checkpoint(log.checkpoints[-1], log.public_key)
    except (IndexError, ValueError) as error:
        raise DataDamaged(what="checkpoint") from error
    if (newest.size, newest.root) != (tree.size, tree.root()) or public_key(seed) != log.public_key:
        raise DataDamaged(what="log")
    return tree, log.checkpoints[-1]


def _write_items(
    bag: Bag, contents: PacketContents, tree: MerkleTree, newest: str, progress: Callable[[int], None]
) -> None:
    with bag.open(layout.ENTRIES) as lines, bag.open(layout.TABLE) as table:
        # The mark tells spreadsheet programs that this is UTF-8.
        table.write(b"\xef\xbb\xbf" + _csv(list(COLUMNS)))
        progress(0)
        for done, item in enumerate(contents.items, start=1):
            envelope = _checked_envelope(item.entry, tree)
            seq = int(item.entry.seq)
            bag.write(f"data/proofs/{seq}.tlog-proof", proof_text(seq, tree.proof(seq), newest).encode())
            _write_item(bag, item, envelope, lines, table)
            progress(done)


def _write_item(
    bag: Bag, item: PacketItem, envelope: dict[str, Any], lines: HashingFile, table: HashingFile
) -> None:
    raw = item.raw()
    digest = envelope["sha256"]
    if raw is not None:
        if sha256(raw).hexdigest() != digest:
            raise DataDamaged(what="sealed-bytes")
        if (name := f"data/raw/{digest}") not in bag:
            bag.write(name, raw)
    lines.write(json_line(item, envelope, erased=raw is None and digest is not None))
    table.write(_csv(table_row(item, envelope)))


def _checked_envelope(entry: EvidenceEntry, tree: MerkleTree) -> dict[str, Any]:
    leaf = leaf_hash(entry.envelope)
    if leaf != entry.leaf or not 0 <= entry.seq < tree.size or tree.leaf(entry.seq) != leaf:
        raise DataDamaged(what="entry")
    envelope: dict[str, Any] = json.loads(entry.envelope)
    return envelope


def _chosen_checkpoints(log: LogProof) -> Iterator[tuple[int, str]]:
    """The newest and evenly spread older ones, one for each size."""
    notes = list(log.checkpoints)
    if len(notes) > layout.MOST_CHECKPOINTS:
        step = (len(notes) - 1) / (layout.MOST_CHECKPOINTS - 1)
        notes = [notes[round(i * step)] for i in range(layout.MOST_CHECKPOINTS)]
    by_size = {read_checkpoint(note, log.public_key).size: note for note in notes}
    yield from sorted(by_size.items())


def _csv(row: list[str]) -> bytes:
    buffer = io.StringIO()
    csv.writer(buffer, quoting=csv.QUOTE_ALL, lineterminator="\r\n").writerow(row)
    return buffer.getvalue().encode("utf-8", "backslashreplace")


def _free_name(folder: Path, contents: PacketContents, suffix: str) -> Path:
    stamp = contents.created_at.astimezone(UTC).strftime("%Y%m%d-%H%M%SZ")
    stem = f"packet-{stamp}-{contents.template}"
    number = 1
    target = folder / f"{stem}{suffix}"
    while os.path.lexists(target):
        number += 1
        target = folder / f"{stem}-{number}{suffix}"
    return target


@contextmanager
def _own_errors(folder: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        if error.errno in (errno.ENOSPC, errno.EDQUOT):
            raise DiskFull(path=str(folder)) from error
        raise UnusableFolder(path=str(folder), why=error.strerror or "unknown") from error
