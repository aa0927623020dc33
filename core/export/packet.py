"""Writing a packet: all of it or nothing."""

import errno
import os
import re
import shutil
import tempfile
from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC
from pathlib import Path
from typing import Final

from core.domain.evidence import Anchor, AnchorKind, AnchorState
from core.errors import BadInput, DataDamaged, DiskFull, UnusableFolder
from core.evidence.checkpoint import public_key, read_checkpoint
from core.evidence.merkle import MerkleTree
from core.export import layout, texts
from core.export.age import encrypt_file, read_recipients
from core.export.archive import ZipWriter
from core.export.bag import Bag
from core.export.beside import anchor_record
from core.export.case import bag_info, case_json, coordination_json, missing, words
from core.export.contents import LogProof, PacketContents
from core.export.items import ItemWriter, RenderCard
from core.export.letter import letter
from core.export.records import json_line
from core.export.sshsig import signer_line
from core.export.summary import highlights, summarise
from core.export.timestamps import imprint_of

# Goes into file names and bag-info.txt.
_TEMPLATE_NAME = re.compile(r"[a-z0-9-]{1,40}")

# Beyond this many items only those to be read first get a card.
MOST_CARDS: Final = 200

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
    render_card: RenderCard | None = None,
    recipients: Sequence[str] = (),
) -> Path:
    """Write one packet below `folder` and give its path: a folder, or one zip.

    Everything is written under a temporary name in `folder` and renamed at the end; whatever is
    raised on the way, by `progress` too, leaves nothing behind. `seed` is the log's signing key.
    With `recipients` (age or SSH public keys), one `.zip.age` that only they can open.
    Raises `DiskFull`, `UnusableFolder`, `BadInput` for a key that is none, and `DataDamaged` when an
    item does not match the log: a packet that would not verify is never written.
    """
    keys = read_recipients(recipients)
    if _TEMPLATE_NAME.fullmatch(contents.template) is None:
        raise BadInput(what="template", why="is not a name")
    total = len(contents.items) + 2
    renderers = _Renderers(render_pdf, render_card)
    with _own_errors(folder):
        folder.mkdir(parents=True, exist_ok=True)
        work = Path(tempfile.mkdtemp(prefix=".breakwater-packet-", dir=folder))
        try:
            target = _free_name(folder, contents, _suffix(as_zip, bool(keys)))
            top = target.name.split(".")[0] if as_zip or keys else None
            made = _make(
                contents,
                work,
                top=top,
                seed=seed,
                renderers=renderers,
                progress=lambda done: progress(done, total),
            )
            if keys:
                encrypt_file(made, work / "packet.zip.age", keys)
                made = work / "packet.zip.age"
            made.rename(target)
        finally:
            shutil.rmtree(work, ignore_errors=True)
    progress(total, total)
    return target


@dataclass(frozen=True, slots=True)
class _Renderers:
    """What draws; both need Qt, which this room does not know."""

    pdf: RenderPdf | None
    card: RenderCard | None


def _make(
    contents: PacketContents,
    work: Path,
    *,
    top: str | None,
    seed: bytes,
    renderers: _Renderers,
    progress: Callable[[int], None],
) -> Path:
    """The packet as a folder, or with `top`, as a zip of one folder of that name."""
    folder = work / "packet"
    folder.mkdir(mode=0o700)
    if top is None:
        _write_bag(contents, Bag(folder), seed, renderers, progress)
        return folder
    with ZipWriter(work / "packet.zip", top) as archive:
        _write_bag(contents, Bag(folder, archive), seed, renderers, progress)
    return work / "packet.zip"


def _write_bag(
    contents: PacketContents,
    bag: Bag,
    seed: bytes,
    renderers: _Renderers,
    progress: Callable[[int], None],
) -> None:
    tree, newest = _checked_log(contents.log, seed)
    cards: Collection[int] | None = None
    if renderers.card is not None and len(contents.items) > MOST_CARDS:
        cards = highlights(summarise(contents.items if contents.counted is None else contents.counted))
    ItemWriter(bag, tree, newest).write(contents.items, renderers.card, cards, progress)
    _write_log(bag, contents)
    lacking = missing(contents)
    bag.write(layout.CASE, case_json(contents, lacking))
    if contents.coordination:
        bag.write(layout.COORDINATION, coordination_json(contents))
    written = letter(contents)
    if written is not None:
        bag.write(layout.LETTER, written)
    values = words(contents, tree.root())
    bag.write(layout.CERTIFICATE, texts.certificate(values))
    bag.write(layout.CANNOT, texts.cannot_prove())
    if renderers.pdf is not None:
        renderers.pdf(contents, bag.path(layout.REPORT))
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


def _write_log(bag: Bag, contents: PacketContents) -> None:
    """The log by hashes, its checkpoints, and what outsiders said about its roots."""
    log = contents.log
    bag.write(layout.LEAVES, b"".join(leaf.hex().encode() + b"\n" for leaf in log.leaves))
    notes = _chosen_checkpoints(log, {one.size for one in contents.anchors})
    for size, note in sorted(notes.items()):
        bag.write(f"data/checkpoints/{size}.note", note.encode())
    made = [
        one for one in contents.anchors if one.state is not AnchorState.FAILED and one.size <= len(log.leaves)
    ]
    if not made:
        return
    newest = sorted(made, key=lambda one: (one.size, one.id))[-layout.MOST_ANCHORS :]
    with bag.open(layout.ANCHORS) as listed:
        for number, anchor in enumerate(newest, start=1):
            name = f"anchors/{number}.tsr" if _token_fits(anchor) else None
            if name is not None and anchor.token is not None:
                bag.write(f"data/{name}", anchor.token)
            listed.write(json_line(anchor_record(anchor, name)))


def _token_fits(anchor: Anchor) -> bool:
    """Whether there is a time stamp to show. One that is over something else would not verify."""
    if anchor.kind is not AnchorKind.RFC3161 or anchor.token is None:
        return False
    try:
        return imprint_of(anchor.token) == anchor.root
    except ValueError:
        return False


def _chosen_checkpoints(log: LogProof, anchored: Collection[int]) -> dict[int, str]:
    """The newest, evenly spread older ones, and those an anchor covers: one for each size."""
    notes = list(log.checkpoints)
    if len(notes) > layout.MOST_CHECKPOINTS:
        step = (len(notes) - 1) / (layout.MOST_CHECKPOINTS - 1)
        notes = [notes[round(i * step)] for i in range(layout.MOST_CHECKPOINTS)]
    by_size = {read_checkpoint(note, log.public_key).size: note for note in notes}
    wanted = set(list(anchored)[: layout.MOST_CHECKPOINTS]) - by_size.keys()
    if wanted:
        by_size.update({_size_of(one): one for one in log.checkpoints if _size_of(one) in wanted})
    return by_size


def _size_of(note: str) -> int:
    """The size a checkpoint names, before anything else of it is read."""
    lines = note.split("\n", 2)
    return int(lines[1]) if len(lines) > 2 and lines[1].isdecimal() else 0


def _suffix(as_zip: bool, encrypted: bool) -> str:
    return ".zip.age" if encrypted else ".zip" if as_zip else ""


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
