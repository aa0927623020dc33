"""Checking a packet, ours or anyone's. The packet is treated as hostile; nothing is extracted or run.

`resources/packet/verify.py` does the same, written independently with the standard library only;
a property test holds the two to the same verdict.
"""

from base64 import b64encode
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import Enum
from hashlib import sha256
from pathlib import Path
from typing import Any

from core.domain.evidence import LogFault
from core.evidence.checkpoint import read_checkpoint
from core.evidence.merkle import Frontier, leaf_hash, verify_inclusion
from core.export import layout, sshsig, texts, untrusted_text
from core.export.proof import read_proof
from core.export.records import sealed_at, utc
from core.export.untrusted_packet import Refused, UntrustedPacket, open_packet

Anchor = tuple[int, bytes]

_MOST_FAULTS = 50


class Verdict(Enum):
    """What a check can honestly say. Without a key or root from outside, only CONSISTENT."""

    BROKEN = "does not verify"
    CONSISTENT = "internally consistent only"
    SIGNED = "signed by the key you gave"
    ANCHORED = "matches the fingerprint you gave"
    SIGNED_AND_ANCHORED = "signed by the key you gave and matches the fingerprint you gave"


@dataclass(frozen=True, slots=True)
class PacketReport:
    """Result of checking a packet.

    `signer` is the hexadecimal key in the packet: worth nothing until compared with one from
    elsewhere. `anchored` is the largest size among the roots given that the log matches.
    `texts_found` counts items whose text stands word for word in the sealed bytes; platforms that
    send markup give fewer, which is no fault. `missing` is what the packet says it lacks.
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

    @property
    def ok(self) -> bool:
        """True when nothing is wrong; `verdict` says how much that means."""
        return not self.faults


def verify_packet(
    path: Path, *, trusted_key: bytes | None = None, anchors: Sequence[Anchor] = ()
) -> PacketReport:
    """Check a folder or zip against itself, and against what is known from outside the packet.

    `trusted_key` is the sender's 32-byte Ed25519 key and `anchors` are (size, root) pairs, both from
    somewhere else than the packet. Raises `NotFound` or `UnusableFolder` when there is nothing to
    read; everything wrong with a packet is a fault in the report.
    """
    check = _Check(trusted_key)
    try:
        packet = open_packet(path)
    except Refused as error:
        check.fault(str(error))
        return check.report(0)
    try:
        check.run(packet)
    except Refused as error:
        check.fault(str(error))
    finally:
        packet.close()
    return check.report(check.anchored(anchors))


class _Check:
    """One pass over a packet: every file is read once, and hashed from the same bytes that are used."""

    def __init__(self, trusted_key: bytes | None) -> None:
        self._trusted = trusted_key
        self._faults: list[LogFault] = []
        self._notes: list[str] = []
        self._listed: dict[str, str] = {}
        self._hashed: set[str] = set()
        self._bytes = 0
        self._key: bytes | None = None
        self._leaves: list[bytes] = []
        self._proven: set[int] = set()
        self._used_raw: set[str] = set()
        self._seen: set[int] = set()
        self._checkpoints = self._erased = self._found = 0
        self._about: dict[str, list[str]] = {}

    def fault(self, what: str, seq: int | None = None) -> None:
        """Note a fault; beyond fifty nobody reads on."""
        if len(self._faults) < _MOST_FAULTS:
            self._faults.append(LogFault(seq, what))

    def run(self, packet: UntrustedPacket) -> None:
        """All checks, in an order in which each can rely on the one before."""
        self._packet = packet
        for name in sorted(layout.REQUIRED - packet.names):
            raise Refused(f"{name} is missing")
        self._check_lists(packet.names)
        self._read_leaves()
        sizes = self._read_checkpoints(packet.names)
        self._read_proofs(packet.names, sizes)
        self._read_entries(packet.names)
        for name in sorted(packet.names):
            if name not in self._hashed and name not in (layout.TAG_MANIFEST, layout.SIGNATURE):
                for _ in self._chunks(name):
                    pass
        self._check_about()

    # Reading

    def _chunks(self, name: str) -> Iterator[bytes]:
        hashed = sha256()
        for chunk in self._packet.chunks(name):
            hashed.update(chunk)
            if name.startswith("data/") and name not in self._hashed:
                self._bytes += len(chunk)
            yield chunk
        if name not in self._hashed and self._listed.get(name) != hashed.hexdigest():
            self.fault(f"{name} was changed")
        self._hashed.add(name)

    def _whole(self, name: str) -> bytes:
        return b"".join(self._chunks(name))

    def _lines(self, name: str) -> Iterator[bytes]:
        rest = b""
        for chunk in self._chunks(name):
            *lines, rest = (rest + chunk).split(b"\n")
            if len(rest) > layout.MOST_LINE_BYTES:
                raise Refused(f"{name} has a line longer than any item")
            yield from lines
        if rest:
            raise Refused(f"{name} does not end with a line break")

    # Lists and signature

    def _check_lists(self, names: frozenset[str]) -> None:
        tags = b"".join(self._packet.chunks(layout.TAG_MANIFEST))
        signature = b"".join(self._packet.chunks(layout.SIGNATURE))
        self._listed = self._parsed(untrusted_text.manifest, tags, layout.TAG_MANIFEST)
        expected = {name for name in names if "/" not in name} - {layout.TAG_MANIFEST, layout.SIGNATURE}
        if set(self._listed) != expected:
            raise Refused("the signed list does not name exactly the files at the top")
        self._check_signature(tags, signature)
        payload = self._parsed(untrusted_text.manifest, self._whole(layout.MANIFEST), layout.MANIFEST)
        if set(payload) != {name for name in names if name.startswith("data/")}:
            raise Refused("the manifest does not name exactly the files under data")
        self._listed.update(payload)
        if self._whole(layout.BAGIT) != layout.BAGIT_TEXT.encode():
            self.fault("bagit.txt is not that of a packet")
        self._about = self._parsed(untrusted_text.labels, self._whole(layout.BAG_INFO), layout.BAG_INFO)
        if self._whole(layout.VERIFIER) != texts.verifier():
            self._notes.append("verify.py is not the one this version ships: do not run it")

    def _check_signature(self, tags: bytes, signature: bytes) -> None:
        signer = self._whole(layout.SIGNER)
        try:
            self._key = sshsig.read_signer_line(signer.decode("ascii"))
            armoured = signature.decode("ascii")
        except ValueError as error:
            raise Refused("signer.pub or the signature is not in the form of a packet") from error
        if not sshsig.verify(armoured, tags, self._key):
            self.fault("the signature over the list of files is wrong")
        if self._trusted is not None and self._trusted != self._key:
            self.fault("signed by another key than the one you gave")

    @staticmethod
    def _parsed(parse: Any, data: bytes, name: str) -> Any:
        try:
            return parse(data)
        except ValueError as error:
            raise Refused(f"{name} is not in the form of a packet") from error

    # The log

    def _read_leaves(self) -> None:
        for line in self._lines(layout.LEAVES):
            self._leaves.append(self._parsed(untrusted_text.leaf, line, layout.LEAVES))
        if not self._leaves:
            raise Refused("the log is empty")

    def _read_checkpoints(self, names: frozenset[str]) -> dict[bytes, int]:
        """Every checkpoint by its text; all must be signed and match the leaves."""
        found: dict[bytes, int] = {}
        origins: set[str] = set()
        frontier = Frontier.empty()
        sizes = sorted(int(m[1]) for name in names if (m := layout.CHECKPOINT.fullmatch(name)))
        if len(sizes) > 2 * layout.MOST_CHECKPOINTS:
            raise Refused("more checkpoints than a packet holds")
        for size in sizes:
            note = self._whole(f"data/checkpoints/{size}.note")
            try:
                checkpoint = read_checkpoint(note.decode("utf-8"), self._key or b"")
            except ValueError as error:
                raise Refused(f"checkpoint {size} cannot be trusted") from error
            if checkpoint.size != size or not 0 < size <= len(self._leaves):
                raise Refused(f"checkpoint {size} does not belong to this log")
            frontier = frontier.extend(self._leaves[frontier.size : size])
            if frontier.root() != checkpoint.root:
                self.fault(f"checkpoint {size} does not match the log", size)
            origins.add(checkpoint.origin)
            found[note] = size
        self._checkpoints = len(found)
        if len(origins) != 1:
            self.fault("checkpoints of no log, or of different logs")
        if frontier.size != len(self._leaves):
            self.fault("the newest entries are covered by no checkpoint")
        self._root = frontier.root()
        return found

    def _read_proofs(self, names: frozenset[str], sizes: dict[bytes, int]) -> None:
        size = len(self._leaves)
        for seq in sorted(int(m[1]) for name in names if (m := layout.PROOF.fullmatch(name))):
            try:
                proof = read_proof(self._whole(f"data/proofs/{seq}.tlog-proof").decode("utf-8"))
            except ValueError:
                self.fault("the proof is not in the form of a packet", seq)
                continue
            if proof.index != seq or sizes.get(proof.note.encode()) != size or seq >= size:
                self.fault("the proof belongs to another entry or log", seq)
            elif not verify_inclusion(self._leaves[seq], seq, size, proof.hashes, self._root):
                self.fault("the proof does not lead to the signed root", seq)
            else:
                self._proven.add(seq)

    # The items

    def _read_entries(self, names: frozenset[str]) -> None:
        for line in self._lines(layout.ENTRIES):
            try:
                self._check_item(untrusted_text.record(line), names)
            except (ValueError, KeyError, TypeError, OverflowError):
                self.fault("an item is not in the form of a packet")
        proofs = {int(m[1]) for name in names if (m := layout.PROOF.fullmatch(name))}
        if proofs != self._seen:
            self.fault("items and proofs do not belong together")
        if {name for name in names if layout.RAW.fullmatch(name)} != self._used_raw:
            self.fault("sealed bytes that belong to no item")

    def _check_item(self, record: dict[str, Any], names: frozenset[str]) -> None:
        seq, sealed, text = record["seq"], record["sealed"], record["post"]["text"]
        if type(seq) is not int or type(text) is not str or type(sealed["envelope"]) is not str:
            raise ValueError("wrong type")
        if seq in self._seen:
            self.fault("the same entry twice", seq)
        self._seen.add(seq)
        leaf = leaf_hash(sealed["envelope"].encode("utf-8"))
        if seq not in self._proven or self._leaves[seq] != leaf or sealed["leaf"] != leaf.hex():
            self.fault("the entry is not the one in the log", seq)
        if sealed["proof"] != f"proofs/{seq}.tlog-proof":
            self.fault("the item names another proof", seq)
        envelope = untrusted_text.record(sealed["envelope"].encode("utf-8"))
        if envelope["seq"] != seq or record["sealed_at"] != utc(sealed_at(envelope)):
            self.fault("the item does not say what its entry says", seq)
        self._check_raw(seq, sealed, envelope, text, names)

    def _check_raw(
        self, seq: int, sealed: dict[str, Any], envelope: dict[str, Any], text: str, names: frozenset[str]
    ) -> None:
        digest = envelope["sha256"]
        expected = None if digest is None or sealed["erased"] is True else f"raw/{digest}"
        if sealed["raw"] != expected or (digest is None and sealed["erased"] is not False):
            self.fault("the item names other bytes than its entry", seq)
            return
        if expected is None:
            self._erased += digest is not None
            return
        name = f"data/{expected}"
        if name not in names:
            self.fault("the sealed bytes are missing", seq)
            return
        raw = self._whole(name)
        self._used_raw.add(name)
        if untrusted_text.digest(raw) != digest or len(raw) != envelope["len"]:
            self.fault("the sealed bytes were changed", seq)
        self._found += untrusted_text.found_in(text, raw)

    # The whole

    def _check_about(self) -> None:
        payload = [name for name in self._hashed if name.startswith("data/")]
        signer = self._key.hex() if self._key else ""
        expected = {
            "Payload-Oxum": f"{self._bytes}.{len(payload)}",
            "Breakwater-Packet-Format": layout.FORMAT,
            "Breakwater-Signer": signer,
        }
        for label, value in expected.items():
            if self._about.get(label) != [value]:
                self.fault(f"bag-info.txt is wrong about {label}")

    def anchored(self, anchors: Sequence[Anchor]) -> int:
        """The largest size among the roots from outside that this log matches."""
        largest = 0
        for size, root in anchors:
            if not 0 < size <= len(self._leaves):
                self.fault(
                    "the fingerprint covers more entries than this log: it is older, or entries were cut",
                    size,
                )
            elif Frontier.empty().extend(self._leaves[:size]).root() != root:
                self.fault("the log is not the one whose fingerprint you gave", size)
            else:
                largest = max(largest, size)
        return largest

    def report(self, anchored: int) -> PacketReport:
        """What was found."""
        return PacketReport(
            verdict=self._verdict(anchored),
            items=len(self._seen),
            entries=len(self._leaves),
            checkpoints=self._checkpoints,
            anchored=anchored,
            erased=self._erased,
            texts_found=self._found,
            signer=self._key.hex() if self._key else None,
            prepared_for=next(iter(self._about.get("Breakwater-Prepared-For", [])), None),
            missing=tuple(self._about.get("Breakwater-Missing", [])),
            notes=tuple(self._notes),
            faults=tuple(self._faults),
        )

    def _verdict(self, anchored: int) -> Verdict:
        if self._faults:
            return Verdict.BROKEN
        if self._trusted is None:
            return Verdict.ANCHORED if anchored else Verdict.CONSISTENT
        return Verdict.SIGNED_AND_ANCHORED if anchored else Verdict.SIGNED


def fingerprint(size: int, root: bytes) -> str:
    """A root as people pass it on: `SIZE:` and 44 characters of base64."""
    return f"{size}:{b64encode(root).decode()}"
