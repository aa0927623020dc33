"""The log of a stranger's packet by its hashes: leaves, checkpoints and proofs, held against each other."""

from collections.abc import Iterator
from typing import Protocol

from core.evidence.checkpoint import read_checkpoint
from core.evidence.merkle import Frontier, verify_inclusion
from core.export import layout, untrusted_text
from core.export.proof import read_proof
from core.export.untrusted_packet import Refused


class Source(Protocol):
    """Reads the packet's files, and takes note of what is wrong."""

    def whole(self, name: str) -> bytes:
        """The bytes of a file."""
        ...

    def lines(self, name: str) -> Iterator[bytes]:
        """The lines of a file."""
        ...

    def fault(self, what: str, seq: int | None = None) -> None:
        """Note a fault."""
        ...


class UntrustedLog:
    """`proven` are the entries whose proof holds; the rest is as its files say. Raises `Refused`."""

    def __init__(self, source: Source, names: frozenset[str], key: bytes) -> None:
        self._source = source
        self.leaves: list[bytes] = []
        self.proven: set[int] = set()
        self._roots: dict[int, bytes] = {}
        self._read_leaves()
        sizes = self._read_checkpoints(names, key)
        self.checkpoints = len(sizes)
        self._read_proofs(names, sizes)

    def root(self, size: int) -> bytes:
        """The root over the first `size` entries."""
        if size not in self._roots:
            self._roots[size] = Frontier.empty().extend(self.leaves[:size]).root()
        return self._roots[size]

    def _read_leaves(self) -> None:
        for line in self._source.lines(layout.LEAVES):
            try:
                self.leaves.append(untrusted_text.leaf(line))
            except ValueError as error:
                raise Refused(f"{layout.LEAVES} is not in the form of a packet") from error
        if not self.leaves:
            raise Refused("the log is empty")

    def _read_checkpoints(self, names: frozenset[str], key: bytes) -> dict[bytes, int]:
        """Every checkpoint by its text; all must be signed and match the leaves."""
        found: dict[bytes, int] = {}
        origins: set[str] = set()
        frontier = Frontier.empty()
        sizes = sorted(int(m[1]) for name in names if (m := layout.CHECKPOINT.fullmatch(name)))
        if len(sizes) > 2 * layout.MOST_CHECKPOINTS:
            raise Refused("more checkpoints than a packet holds")
        for size in sizes:
            note = self._source.whole(f"data/checkpoints/{size}.note")
            try:
                checkpoint = read_checkpoint(note.decode("utf-8"), key)
            except ValueError as error:
                raise Refused(f"checkpoint {size} cannot be trusted") from error
            if checkpoint.size != size or not 0 < size <= len(self.leaves):
                raise Refused(f"checkpoint {size} does not belong to this log")
            frontier = frontier.extend(self.leaves[frontier.size : size])
            if frontier.root() != checkpoint.root:
                self._source.fault(f"checkpoint {size} does not match the log", size)
            origins.add(checkpoint.origin)
            found[note] = size
        if len(origins) != 1:
            self._source.fault("checkpoints of no log, or of different logs")
        if frontier.size != len(self.leaves):
            self._source.fault("the newest entries are covered by no checkpoint")
        return found

    def _read_proofs(self, names: frozenset[str], sizes: dict[bytes, int]) -> None:
        size, root = len(self.leaves), self.root(len(self.leaves))
        for seq in sorted(int(m[1]) for name in names if (m := layout.PROOF.fullmatch(name))):
            try:
                proof = read_proof(self._source.whole(f"data/proofs/{seq}.tlog-proof").decode("utf-8"))
            except ValueError:
                self._source.fault("the proof is not in the form of a packet", seq)
                continue
            if proof.index != seq or sizes.get(proof.note.encode()) != size or seq >= size:
                self._source.fault("the proof belongs to another entry or log", seq)
            elif not verify_inclusion(self.leaves[seq], seq, size, proof.hashes, root):
                self._source.fault("the proof does not lead to the signed root", seq)
            else:
                self.proven.add(seq)
