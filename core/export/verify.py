"""Checking a packet, ours or anyone's. The packet is treated as hostile; nothing is extracted or run.

`resources/packet/verify.py` does the same, written independently with the standard library only;
a property test holds the two to the same verdict.
"""

from base64 import b64encode
from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from typing import Any

from core.domain.evidence import LogFault
from core.evidence.merkle import leaf_hash
from core.export import layout, sshsig, texts, untrusted_text
from core.export.blanks import blanked, derives
from core.export.records import sealed_at, utc
from core.export.report import PacketReport, Stamp, Verdict
from core.export.untrusted_beside import Beside
from core.export.untrusted_log import UntrustedLog
from core.export.untrusted_packet import Refused, UntrustedPacket, open_packet

Anchor = tuple[int, bytes]
StampTime = Callable[[bytes, bytes], datetime | None]
__all__ = ["Anchor", "PacketReport", "Stamp", "Verdict", "fingerprint", "verify_packet"]

_MOST_FAULTS = 50


def verify_packet(
    path: Path,
    *,
    trusted_key: bytes | None = None,
    anchors: Sequence[Anchor] = (),
    stamp_time: StampTime | None = None,
    original: Path | None = None,
) -> PacketReport:
    """Check a folder or zip against itself, and against what is known from outside the packet.

    `trusted_key` is the sender's 32-byte Ed25519 key and `anchors` are (size, root) pairs, both from
    somewhere else than the packet. `stamp_time` gives the time of a token over a root when an authority
    that the reader trusts vouches for it.
    `original` is the packet that a redacted copy was made from. Raises `NotFound` or `UnusableFolder`
    when there is nothing to read; everything wrong with a packet is a fault in the report.
    """
    check = _checked(path, trusted_key, keep=original is not None)
    if original is not None:
        check.compare(_checked(original, trusted_key, keep=True))
    return check.report(check.anchored(anchors), check.stamped(stamp_time))


def _checked(path: Path, trusted_key: bytes | None, *, keep: bool) -> "_Check":
    check = _Check(trusted_key, keep=keep)
    try:
        packet = open_packet(path)
    except Refused as error:
        check.fault(str(error))
        return check
    try:
        check.run(packet)
    except Refused as error:
        check.fault(str(error))
    finally:
        packet.close()
    return check


class _Check:
    """One pass over a packet: every file is read once, and hashed from the same bytes that are used."""

    def __init__(self, trusted_key: bytes | None, *, keep: bool) -> None:
        self._trusted = trusted_key
        # What items say, by entry: kept only for a comparison.
        self._records: dict[int, dict[str, Any]] | None = {} if keep else None
        self._faults: list[LogFault] = []
        self._notes: list[str] = []
        self._listed: dict[str, str] = {}
        self._hashed: set[str] = set()
        self._bytes = 0
        self._key: bytes | None = None
        self._log: UntrustedLog | None = None
        self._leaves: list[bytes] = []
        self._proven: set[int] = set()
        self._used_raw: set[str] = set()
        # Entries shown, as items and beside them, with the file that holds their bytes.
        self._seen: dict[int, str | None] = {}
        self._beside: dict[int, str | None] = {}
        self._stamps: list[tuple[int, str, bytes, bytes]] = []
        self._erased = self._found = self._redacted = self._derived = 0
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
        self._log = UntrustedLog(self, packet.names, self._key or b"")
        self._leaves, self._proven = self._log.leaves, self._log.proven
        self._read_entries(packet.names)
        self._read_beside(packet.names, self._log)
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

    def whole(self, name: str) -> bytes:
        """The bytes of a file."""
        return b"".join(self._chunks(name))

    def lines(self, name: str) -> Iterator[bytes]:
        """The lines of a file, each ended by a line break."""
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
        payload = self._parsed(untrusted_text.manifest, self.whole(layout.MANIFEST), layout.MANIFEST)
        if set(payload) != {name for name in names if name.startswith("data/")}:
            raise Refused("the manifest does not name exactly the files under data")
        self._listed.update(payload)
        if self.whole(layout.BAGIT) != layout.BAGIT_TEXT.encode():
            self.fault("bagit.txt is not that of a packet")
        self._about = self._parsed(untrusted_text.labels, self.whole(layout.BAG_INFO), layout.BAG_INFO)
        if self.whole(layout.VERIFIER) != texts.verifier():
            self._notes.append("verify.py is not the one this version ships: do not run it")

    def _check_signature(self, tags: bytes, signature: bytes) -> None:
        signer = self.whole(layout.SIGNER)
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

    # The items

    def _read_entries(self, names: frozenset[str]) -> None:
        for line in self.lines(layout.ENTRIES):
            try:
                self._check_item(untrusted_text.record(line), names)
            except (ValueError, KeyError, TypeError, OverflowError):
                self.fault("an item is not in the form of a packet")

    def _check_item(self, record: dict[str, Any], names: frozenset[str]) -> None:
        seq, sealed, text = record["seq"], record["sealed"], record["post"]["text"]
        if type(seq) is not int or type(text) is not str:
            raise ValueError("wrong type")
        if seq in self._seen:
            self.fault("the same entry twice", seq)
        self._seen[seq] = None
        if self._records is not None:
            self._records[seq] = record
        envelope = self._check_sealed(seq, sealed)
        if envelope is None:
            self._redacted += 1
            shown = {"post": record["post"], "sender": record["sender"]}
            if record["sealed_at"] is not None or record["blanked"] != blanked(shown):
                self.fault("the item is redacted in other places than it says", seq)
            return
        if record["sealed_at"] != utc(sealed_at(envelope)) or "blanked" in record:
            self.fault("the item does not say what its entry says", seq)
        raw = self._check_raw(seq, sealed, envelope, names)
        self._seen[seq] = sealed["raw"]
        self._erased += raw is None and envelope["sha256"] is not None
        self._found += raw is not None and untrusted_text.found_in(text, raw)

    def _check_sealed(self, seq: int, sealed: dict[str, Any]) -> dict[str, Any] | None:
        """The envelope of an entry, proven to be in the log; None when a redacted copy withholds it."""
        if sealed["proof"] != f"proofs/{seq}.tlog-proof":
            self.fault("the item names another proof", seq)
        if seq not in self._proven or sealed["leaf"] != self._leaves[seq].hex():
            self.fault("the entry is not the one in the log", seq)
            raise ValueError("not in the log")
        if sealed["envelope"] is None:
            if (sealed.get("redacted"), sealed["raw"], sealed["erased"]) != (True, None, False):
                raise ValueError("neither shown nor redacted")
            return None
        if type(sealed["envelope"]) is not str or "redacted" in sealed:
            raise ValueError("wrong type")
        if leaf_hash(sealed["envelope"].encode("utf-8")) != self._leaves[seq]:
            self.fault("the entry is not the one in the log", seq)
        envelope = untrusted_text.record(sealed["envelope"].encode("utf-8"))
        if envelope["seq"] != seq:
            self.fault("the item does not say what its entry says", seq)
        return envelope

    def _check_raw(
        self, seq: int, sealed: dict[str, Any], envelope: dict[str, Any], names: frozenset[str]
    ) -> bytes | None:
        digest, said = envelope["sha256"], sealed["raw"]
        if said is None and sealed["erased"] is (digest is not None):
            return None
        name = f"data/{said}"
        if digest is None or sealed["erased"] is not False or not _may_hold(name, digest):
            self.fault("the item names other bytes than its entry", seq)
            return None
        if name not in names:
            self.fault("the sealed bytes are missing", seq)
            return None
        raw = self.whole(name)
        self._used_raw.add(name)
        if untrusted_text.digest(raw) != digest or len(raw) != envelope["len"]:
            self.fault("the sealed bytes were changed", seq)
        return raw

    # What stands beside the items

    def _read_beside(self, names: frozenset[str], log: UntrustedLog) -> None:
        if layout.SEALED in names:
            for line in self.lines(layout.SEALED):
                try:
                    self._check_beside(untrusted_text.record(line), names)
                except (ValueError, KeyError, TypeError, OverflowError):
                    self.fault("a sealed entry is not in the form of a packet")
        beside = Beside(self._seen, self._beside, log)
        for name in (layout.CONTEXT, layout.MEDIA_LIST, layout.STANDING, layout.ANCHORS):
            if name not in names:
                continue
            for line in self.lines(name):
                try:
                    stamp = beside.check(name, untrusted_text.record(line))
                    if stamp is not None:
                        self._read_stamp(beside, *stamp)
                except (ValueError, KeyError, TypeError, OverflowError):
                    self.fault(f"{name} says something that does not hold")
        self._check_belonging(names)

    def _read_stamp(self, beside: Beside, size: int, file: str) -> None:
        name = f"data/{file}"
        if name not in self._packet.names or not layout.TOKEN.fullmatch(name):
            raise ValueError("no time stamp of a packet")
        token = self.whole(name)
        self._stamps.append((size, name, token, beside.root_under(token, size)))

    def _check_beside(self, record: dict[str, Any], names: frozenset[str]) -> None:
        seq, sealed = record["seq"], record["sealed"]
        if type(seq) is not int or seq in self._beside:
            raise ValueError("the same entry twice")
        envelope = self._check_sealed(seq, sealed)
        self._beside[seq] = sealed["raw"]
        if envelope is not None:
            self._check_raw(seq, sealed, envelope, names)

    def _check_belonging(self, names: frozenset[str]) -> None:
        """Nothing in the packet belongs to no item."""
        shown = self._seen.keys() | self._beside.keys()
        if {int(m[1]) for name in names if (m := layout.PROOF.fullmatch(name))} != shown:
            self.fault("items and proofs do not belong together")
        if {name for name in names if layout.received(name)} != self._used_raw:
            self.fault("sealed bytes that belong to no item")
        if not {int(m[1]) for name in names if (m := layout.CARD.fullmatch(name))} <= self._seen.keys():
            self.fault("a card that belongs to no item")
        tokens = [name for _, name, _, _ in self._stamps]
        if sorted(tokens) != sorted(name for name in names if layout.TOKEN.fullmatch(name)):
            self.fault("time stamps and their list do not belong together")

    # The whole

    def _check_about(self) -> None:
        payload = [name for name in self._hashed if name.startswith("data/")]
        signer = self._key.hex() if self._key else ""
        expected = {
            "Payload-Oxum": f"{self._bytes}.{len(payload)}",
            "Breakwater-Signer": signer,
        }
        for label, value in expected.items():
            if self._about.get(label) != [value]:
                self.fault(f"bag-info.txt is wrong about {label}")
        written = self._about.get("Breakwater-Packet-Format", [])
        if len(written) != 1 or written[0] not in layout.FORMATS:
            self.fault("a packet of another format: a newer program may know it")
        elif written[0] == "1" and any(layout.new_in_2(name) for name in self._packet.names):
            self.fault("holds files that its format does not know")

    def anchored(self, anchors: Sequence[Anchor]) -> int:
        """The largest size among the roots from outside that this log matches."""
        largest = 0
        for size, root in anchors:
            if not 0 < size <= len(self._leaves):
                self.fault(
                    "the fingerprint covers more entries than this log: it is older, or entries were cut",
                    size,
                )
            elif self._log is None or self._log.root(size) != root:
                self.fault("the log is not the one whose fingerprint you gave", size)
            else:
                largest = max(largest, size)
        return largest

    def stamped(self, time_of: StampTime | None) -> tuple[Stamp, ...]:
        """The time stamps, with the authority's time where somebody vouches for it."""
        return tuple(
            Stamp(size, name, time_of(token, root) if time_of is not None else None)
            for size, name, token, root in self._stamps
        )

    def compare(self, original: "_Check") -> None:
        """Whether this redacted copy comes from `original`: same entries, same words around each blank."""
        if original._faults:
            self.fault("the original does not verify itself")
            return
        theirs = original._records or {}
        for seq, record in sorted((self._records or {}).items()):
            full = theirs.get(seq)
            if full is None or full["sealed"]["leaf"] != record["sealed"]["leaf"]:
                self.fault("the original does not hold this entry", seq)
            elif not derives(_facts(full), _facts(record)):
                self.fault("says something else than the original", seq)
            else:
                self._derived += 1

    def report(self, anchored: int, stamps: tuple[Stamp, ...]) -> PacketReport:
        """What was found."""
        return PacketReport(
            verdict=self._verdict(anchored),
            items=len(self._seen),
            entries=len(self._leaves),
            checkpoints=self._log.checkpoints if self._log is not None else 0,
            anchored=anchored,
            erased=self._erased,
            texts_found=self._found,
            signer=self._key.hex() if self._key else None,
            prepared_for=next(iter(self._about.get("Breakwater-Prepared-For", [])), None),
            missing=tuple(self._about.get("Breakwater-Missing", [])),
            notes=tuple(self._notes),
            faults=tuple(self._faults),
            redacted=self._redacted,
            derived=self._derived,
            stamps=stamps,
        )

    def _verdict(self, anchored: int) -> Verdict:
        if self._faults:
            return Verdict.BROKEN
        if self._trusted is None:
            return Verdict.ANCHORED if anchored else Verdict.CONSISTENT
        return Verdict.SIGNED_AND_ANCHORED if anchored else Verdict.SIGNED


def _may_hold(name: str, digest: str) -> bool:
    """Bytes lie under their hash, or, for pictures, under a neutral name."""
    return name == f"data/raw/{digest}" or layout.MEDIA.fullmatch(name) is not None


def _facts(record: dict[str, Any]) -> dict[str, Any]:
    """What a redacted copy must have in common with its original. Names seen grow with time."""
    sender = {name: value for name, value in record["sender"].items() if name != "names_seen"}
    return {"post": record["post"], "sender": sender}


def fingerprint(size: int, root: bytes) -> str:
    """A root as people pass it on: `SIZE:` and 44 characters of base64."""
    return f"{size}:{b64encode(root).decode()}"
