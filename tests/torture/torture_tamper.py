"""Changing logs and packets the way an attacker would, with one root that left the machine before.

Without that root the outcome must be exactly the table in docs/evidence.md: whoever holds the key may cut the
tail or build everything anew, and nobody can tell from the log alone. The two verifiers must agree each time;
on a sample, so must `ssh-keygen`, `sha256sum` and `bagit` where they look at the file that was changed.
"""

import io
import json
import logging
import shutil
import subprocess
import warnings
import zipfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from hashlib import sha256
from pathlib import Path
from random import Random

from fake_clock import FakeClock
from made_packet import KEY as SIGNER_KEY
from made_packet import ORIGIN, SEED
from packet_forger import ask_both, put, read_all, reseal, write
from torture_figures import Figures, fast_folder, timed

from core.domain.evidence import EntryKind, EvidenceEntry, LogReport
from core.domain.ids import EntrySeq
from core.evidence.canonical import canonical_bytes
from core.evidence.chain import Chain
from core.evidence.checkpoint import sign_checkpoint
from core.evidence.merkle import Frontier, MerkleTree, leaf_hash
from core.evidence.verify import verify_log
from core.export import layout
from core.export.proof import proof_text

OTHER = bytes(32)
Contents = dict[str, bytes]


# The log


@dataclass(slots=True)
class Stored:
    """A log as an attacker with full write access finds it."""

    entries: list[EvidenceEntry]
    blobs: dict[bytes, bytes]
    notes: list[str]

    def copy(self) -> "Stored":
        return Stored(list(self.entries), dict(self.blobs), list(self.notes))

    def root(self, size: int) -> bytes:
        return Frontier.empty().extend([one.leaf for one in self.entries[:size]]).root()

    def verify(self, *anchors: tuple[int, bytes]) -> LogReport:
        return verify_log(
            self.entries,
            checkpoints=self.notes,
            public_key=SIGNER_KEY,
            content=self.blobs.get,
            anchors=anchors,
        )

    def rebuild(self) -> None:
        """Number, link and hash all entries afresh, as our own code would."""
        head, made = bytes(32), []
        for seq, entry in enumerate(self.entries):
            data = canonical_bytes(json.loads(entry.envelope) | {"seq": seq, "prev": head.hex()})
            made.append(EvidenceEntry(EntrySeq(seq), head, leaf_hash(data), data))
            head = made[-1].leaf
        self.entries = made

    def sign_again(self, seed: bytes) -> None:
        sizes = range(10, len(self.entries) + 1, 10)
        self.notes = [sign_checkpoint(ORIGIN, size, self.root(size), seed) for size in sizes]

    def edit(self, at: int, **changes: object) -> None:
        data = canonical_bytes(json.loads(self.entries[at].envelope) | changes)
        self.entries[at] = replace(self.entries[at], envelope=data)


def stored(size: int = 60) -> Stored:
    clock, chain = FakeClock(), Chain.empty()
    log = Stored([], {}, [])
    for number in range(size):
        clock.advance(30)
        content = b"post %d" % number if number % 3 else None
        entry, chain = chain.seal(EntryKind.RECEIVED, clock.moment(), content=content)
        log.entries.append(entry)
        if content is not None:
            log.blobs[sha256(content).digest()] = content
        if number % 10 == 9:
            log.notes.append(sign_checkpoint(ORIGIN, chain.size, chain.root(), SEED))
    return log


def _edit(log: Stored, at: int, random: Random) -> None:
    name, value = random.choice(
        [("tz", "+09:00"), ("recv_utc_us", at), ("kind", "note"), ("facts", {"x": at}), ("len", at)]
    )
    log.edit(at, **{name: value})


def _edit_and_hash(log: Stored, at: int, random: Random) -> None:
    _edit(log, at, random)
    log.entries[at] = replace(log.entries[at], leaf=leaf_hash(log.entries[at].envelope))


def _edit_content(log: Stored, at: int, random: Random) -> None:
    digest = random.choice(list(log.blobs))
    data = bytearray(log.blobs[digest])
    data[random.randrange(len(data))] ^= random.randrange(1, 256)
    log.blobs[digest] = bytes(data)


def _remove_content(log: Stored, at: int, random: Random) -> None:
    del log.blobs[random.choice(list(log.blobs))]


def _remove_entry(log: Stored, at: int, random: Random) -> None:
    del log.entries[at]


def _swap(log: Stored, at: int, random: Random) -> None:
    other = random.choice([n for n in range(len(log.entries)) if n != at])
    log.entries[at], log.entries[other] = log.entries[other], log.entries[at]


def _insert(log: Stored, at: int, random: Random) -> None:
    log.entries.insert(at, random.choice(log.entries))


def _rebuild_other_key(log: Stored, at: int, random: Random) -> None:
    _edit(log, at, random)
    log.rebuild()
    log.sign_again(OTHER)


def _rebuild_old_notes(log: Stored, at: int, random: Random) -> None:
    _edit_facts(log, at)
    log.rebuild()


def _edit_facts(log: Stored, at: int) -> None:
    log.edit(at, facts={"made": "up"})


def _cut(log: Stored, at: int, random: Random) -> None:
    size = random.choice([10, 20, 30, 40])
    log.entries, log.notes = log.entries[:size], log.notes[: size // 10]


def _rebuild_stolen_key(log: Stored, at: int, random: Random) -> None:
    _edit_facts(log, at)
    log.rebuild()
    log.sign_again(SEED)


LogTamper = Callable[[Stored, int, Random], None]
# Kind, and whether the log alone tells.
LOG_KINDS: tuple[tuple[LogTamper, bool], ...] = (
    (_edit, True),
    (_edit_and_hash, True),
    (_edit_content, True),
    (_remove_content, True),
    (_remove_entry, True),
    (_swap, True),
    (_insert, True),
    (_rebuild_other_key, True),
    (_rebuild_old_notes, True),
    (_cut, False),
    (_rebuild_stolen_key, False),
)


def log_edits(each: int, seed: int, folder: Path) -> Figures:
    """`each` edits of each kind of a log of 60 entries, with a root of the first 50 kept elsewhere."""
    random = Random(seed)
    genuine = stored()
    anchor = 50, genuine.root(50)
    with timed(Figures(f"log, {len(LOG_KINDS)} kinds of edit")) as figures:
        for tamper, alone in LOG_KINDS:
            for number in range(each):
                log = genuine.copy()
                tamper(log, random.randrange(50), random)
                _judge_log(log, anchor, alone, f"{tamper.__name__} {number}", figures)
    return figures


def _judge_log(log: Stored, anchor: tuple[int, bytes], alone: bool, what: str, figures: Figures) -> None:
    figures.tried += 1
    report = log.verify(anchor)
    if report.ok or (report.anchored and not alone):
        figures.breach(f"{what}: not noticed with a root from outside")
    without = log.verify()
    figures.count("noticed without a root from outside", not without.ok)
    if without.ok == alone or without.anchored:
        figures.breach(f"{what}: without a root from outside it is not as documented")


# Packets: logical edits. The attacker holds the person's key and makes the lists fit again.


def leaves_of(contents: Contents) -> list[bytes]:
    return [bytes.fromhex(line) for line in contents[layout.LEAVES].decode().split()]


def with_leaves(contents: Contents, leaves: Sequence[bytes], seed: bytes) -> Contents:
    """Leaves, checkpoints and proofs made anew over these leaves."""
    made = {name: data for name, data in contents.items() if not layout.CHECKPOINT.fullmatch(name)}
    made[layout.LEAVES] = b"".join(leaf.hex().encode() + b"\n" for leaf in leaves)
    tree, note = MerkleTree(leaves), ""
    sizes = {min(len(leaves), int(m[1])) for name in contents if (m := layout.CHECKPOINT.fullmatch(name))}
    for size in sorted(sizes | {len(leaves)}):
        note = sign_checkpoint(ORIGIN, size, MerkleTree(leaves[:size]).root(), seed)
        made[f"data/checkpoints/{size}.note"] = note.encode()
    for name in list(made):
        if match := layout.PROOF.fullmatch(name):
            if int(match[1]) < len(leaves):
                made[name] = proof_text(int(match[1]), tree.proof(int(match[1])), note).encode()
            else:
                del made[name]
    return made


def records(contents: Contents) -> list[dict]:
    return [json.loads(line) for line in contents[layout.ENTRIES].decode().splitlines()]


def with_records(contents: Contents, made: Sequence[dict]) -> Contents:
    lines = "".join(json.dumps(one, ensure_ascii=False) + "\n" for one in made)
    raws = {f"data/{one['sealed']['raw']}" for one in made if one["sealed"]["raw"]}
    seqs = {one["seq"] for one in made}
    kept = {
        name: data
        for name, data in contents.items()
        if (not layout.RAW.fullmatch(name) or name in raws)
        and not ((m := layout.PROOF.fullmatch(name)) and int(m[1]) not in seqs)
    }
    return kept | {layout.ENTRIES: lines.encode()}


def _reworded(record: dict, random: Random) -> dict:
    envelope = json.loads(record["sealed"]["envelope"])
    envelope["facts"]["made"] = f"up {random.randrange(10**9)}"
    data = canonical_bytes(envelope)
    return record | {"sealed": record["sealed"] | {"envelope": data.decode(), "leaf": leaf_hash(data).hex()}}


def _p_edit(contents: Contents, random: Random) -> Contents:
    made = records(contents)
    at = random.randrange(len(made))
    made[at] = _reworded(made[at], random)
    return with_records(contents, made)


def _p_edit_and_leaf(contents: Contents, random: Random) -> Contents:
    made, leaves = records(contents), leaves_of(contents)
    at = random.randrange(len(made))
    made[at] = _reworded(made[at], random)
    leaves[made[at]["seq"]] = bytes.fromhex(made[at]["sealed"]["leaf"])
    changed = with_records(contents, made)
    return changed | {layout.LEAVES: b"".join(leaf.hex().encode() + b"\n" for leaf in leaves)}


def _p_edit_bytes(contents: Contents, random: Random) -> Contents:
    name = random.choice([one for one in contents if layout.RAW.fullmatch(one)])
    data = bytearray(contents[name])
    data[random.randrange(len(data))] ^= random.randrange(1, 256)
    return contents | {name: bytes(data)}


def _p_edit_bytes_and_name(contents: Contents, random: Random) -> Contents:
    changed = _p_edit_bytes(contents, random)
    name = next(one for one in contents if layout.RAW.fullmatch(one) and changed[one] != contents[one])
    data = changed.pop(name)
    digest = sha256(data).hexdigest()
    lines = changed[layout.ENTRIES].replace(f'"{name[5:]}"'.encode(), f'"raw/{digest}"'.encode())
    return changed | {f"data/raw/{digest}": data, layout.ENTRIES: lines}


def _p_remove_bytes(contents: Contents, random: Random) -> Contents:
    name = random.choice([one for one in contents if layout.RAW.fullmatch(one)])
    return {one: data for one, data in contents.items() if one != name}


def _p_remove_leaf(contents: Contents, random: Random) -> Contents:
    leaves = leaves_of(contents)
    del leaves[random.randrange(len(leaves))]
    return with_leaves(contents, leaves, SEED)


def _p_swap(contents: Contents, random: Random) -> Contents:
    leaves = leaves_of(contents)
    one, two = random.sample(range(len(leaves)), 2)
    leaves[one], leaves[two] = leaves[two], leaves[one]
    return with_leaves(contents, leaves, SEED)


def _p_insert(contents: Contents, random: Random) -> Contents:
    leaves = leaves_of(contents)
    leaves.insert(random.randrange(len(leaves)), random.randbytes(32))
    return with_leaves(contents, leaves, SEED)


def _p_other_key(contents: Contents, random: Random) -> Contents:
    return with_leaves(_p_edit_and_leaf(contents, random), leaves_of(contents), OTHER)


def _p_cut(contents: Contents, random: Random) -> Contents:
    leaves = leaves_of(contents)
    kept = leaves[: random.randrange(2, len(leaves) - 1)]
    made = with_records(contents, [one for one in records(contents) if one["seq"] < len(kept)])
    return with_leaves(made, kept, SEED)


def _p_rebuild(contents: Contents, random: Random) -> Contents:
    changed = _p_edit_and_leaf(contents, random)
    return with_leaves(changed, leaves_of(changed), SEED)


PacketTamper = Callable[[Contents, Random], Contents]
# Kind, whose key signs the lists, and whether the packet alone tells.
PACKET_KINDS: tuple[tuple[PacketTamper, bytes, bool], ...] = (
    (_p_edit, SEED, True),
    (_p_edit_and_leaf, SEED, True),
    (_p_edit_bytes, SEED, True),
    (_p_edit_bytes_and_name, SEED, True),
    (_p_remove_bytes, SEED, True),
    (_p_remove_leaf, SEED, True),
    (_p_swap, SEED, True),
    (_p_insert, SEED, True),
    (_p_other_key, OTHER, True),
    (_p_cut, SEED, False),
    (_p_rebuild, SEED, False),
)


def packet_edits(each: int, seed: int, folder: Path) -> Figures:
    """`each` edits of each kind of a packet whose log's root was given away when it had its full size."""
    random = Random(seed)
    with timed(Figures(f"packet, {len(PACKET_KINDS)} kinds of edit")) as figures, fast_folder() as fast:
        genuine = read_all(write(fast / "genuine", items=3))
        leaves = leaves_of(genuine)
        anchor = len(leaves), MerkleTree(leaves).root()
        for tamper, key, alone in PACKET_KINDS:
            for number in range(each):
                changed = reseal(tamper(genuine, random), key)
                # Swapping or inserting behind the last item moves nothing that the packet shows: only a
                # root tells, as with any rebuilt log.
                tells = alone and not _only_neighbours(tamper, genuine, changed)
                what = f"{tamper.__name__} {number}"
                _judge_packet(changed, anchor, fast, tells=tells, what=what, figures=figures)
    return figures


def _only_neighbours(tamper: PacketTamper, genuine: Contents, changed: Contents) -> bool:
    if tamper not in (_p_remove_leaf, _p_swap, _p_insert):
        return False
    leaves = leaves_of(changed)
    return all(
        one["seq"] < len(leaves) and leaves[one["seq"]].hex() == one["sealed"]["leaf"]
        for one in records(genuine)
    )


def _judge_packet(
    changed: Contents, anchor: tuple[int, bytes], fast: Path, *, tells: bool, what: str, figures: Figures
) -> None:
    packet = fast / "packet"
    shutil.rmtree(packet, ignore_errors=True)
    put(packet, changed)
    figures.tried += 1
    alone = True
    for anchors in ((), (anchor,)):
        # A root from outside only adds faults: what was noticed without it is asked again now and then.
        if anchors and not alone and figures.tried % 10:
            continue
        report, code, _ = ask_both(packet, anchors=anchors)
        alone = report.ok
        if report.ok != (code == 0):
            figures.breach(f"{what}: the verifiers disagree ({report.faults[:1]}, {code})")
        if anchors and report.ok:
            figures.breach(f"{what}: not noticed with a root from outside")
        if not anchors:
            figures.count("noticed without a root from outside", not report.ok)
            if report.ok == tells:
                figures.breach(f"{what}: without a root from outside it is not as documented")


# Packets: any byte of any file


def byte_changes(changes: int, seed: int, folder: Path, sample: int = 50) -> Figures:
    """Half on folders, file by file; half on the zip."""
    random = Random(seed)
    with timed(Figures("packet, any byte")) as figures, fast_folder() as fast:
        packet = write(fast / "folder", items=3)
        zipped = write(fast / "zip", items=3, as_zip=True)
        genuine, whole = read_all(packet), zipped.read_bytes()
        names = sorted(genuine)
        for wrong in _other_tools(packet, "", genuine_expected=True):
            figures.breach(f"genuine: {wrong}")
        for number in range(changes):
            if number % 2:
                _change_zip(zipped, whole, random, figures)
                continue
            name = names[number // 2 % len(names)]
            _change_file(packet, name, genuine[name], random, figures)
            if number // 2 % sample == 0:
                figures.count("also asked ssh-keygen, sha256sum, bagit")
                for wrong in _other_tools(packet, name, genuine_expected=False):
                    figures.breach(f"{name}: {wrong}")
            (packet / name).write_bytes(genuine[name])
    return figures


def _change_file(packet: Path, name: str, data: bytes, random: Random, figures: Figures) -> None:
    changed = bytearray(data)
    at = random.randrange(len(changed))
    changed[at] ^= random.randrange(1, 256)
    (packet / name).write_bytes(changed)
    report, code, _ = ask_both(packet)
    figures.tried += 1
    if report.ok or code != 1:
        figures.breach(f"{name} byte {at}: not noticed by {'ours' if report.ok else 'verify.py'}")


def _change_zip(zipped: Path, whole: bytes, random: Random, figures: Figures) -> None:
    """A changed byte is noticed, or it is one that no reader looks at: then every file is as it was."""
    changed = bytearray(whole)
    directory = whole.index(b"PK\x01\x02")
    at = random.randrange(random.choice([0, directory]), len(changed))
    changed[at] ^= random.randrange(1, 256)
    zipped.write_bytes(changed)
    report, code, _ = ask_both(zipped)
    figures.tried += 1
    if report.ok != (code == 0):
        figures.breach(f"zip byte {at}: the verifiers disagree ({report.faults[:1]}, {code})")
    if report.ok:
        figures.count("zip bytes without meaning")
        if _members(changed) != _members(whole):
            figures.breach(f"zip byte {at}: the content changed unnoticed")
    zipped.write_bytes(whole)


def _members(data: bytes | bytearray) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        found = {one.filename: archive.read(one) for one in archive.infolist()}
    return {name.partition("/")[2]: content for name, content in found.items()}


def _other_tools(packet: Path, changed: str, *, genuine_expected: bool) -> list[str]:
    """What each tool that looks at this file should say and does not."""
    wrong = []
    looked = {
        "ssh-keygen": genuine_expected or changed == layout.TAG_MANIFEST,
        "sha256sum tags": genuine_expected or ("/" not in changed and "tagmanifest" not in changed),
        "sha256sum data": genuine_expected or changed.startswith("data/"),
        "bagit": genuine_expected or changed.startswith("data/") or changed == layout.BAG_INFO,
    }
    for tool, looks in looked.items():
        if looks and _TOOLS[tool](packet) != genuine_expected:
            wrong.append(f"{tool} does not agree")
    return wrong


def _ssh_keygen(packet: Path) -> bool:
    command = ["ssh-keygen", "-Y", "verify", "-f", "signer.pub", "-I", "breakwater"]
    command += ["-n", "breakwater-packet", "-s", layout.SIGNATURE]
    listed = (packet / layout.TAG_MANIFEST).read_bytes()
    return subprocess.run(command, cwd=packet, input=listed, capture_output=True, check=False).returncode == 0


def _sha256sum(packet: Path, listed: str) -> bool:
    command = ["sha256sum", "--strict", "-c", listed]
    return subprocess.run(command, cwd=packet, capture_output=True, check=False).returncode == 0


def _bagit(packet: Path) -> bool:
    import bagit

    logging.getLogger("bagit").setLevel(logging.CRITICAL)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            return bool(bagit.Bag(str(packet)).is_valid())
        except (bagit.BagError, UnicodeDecodeError, ValueError):
            return False


_TOOLS: dict[str, Callable[[Path], bool]] = {
    "ssh-keygen": _ssh_keygen,
    "sha256sum tags": lambda packet: _sha256sum(packet, layout.TAG_MANIFEST),
    "sha256sum data": lambda packet: _sha256sum(packet, layout.MANIFEST),
    "bagit": _bagit,
}
