"""Inclusion proofs in the C2SP `tlog-proof` text format."""

from base64 import b64decode, b64encode
from collections.abc import Sequence
from dataclasses import dataclass

_HEAD = "c2sp.org/tlog-proof@v1"
# A tree of 2^63 leaves is deeper than any log: more hashes are an attack.
_MOST_HASHES = 63


@dataclass(frozen=True, slots=True)
class Proof:
    """An inclusion proof: entry `index` is in the tree of the checkpoint `note`."""

    index: int
    hashes: tuple[bytes, ...]
    note: str


def proof_text(index: int, hashes: Sequence[bytes], note: str) -> str:
    """The proof as text: header, index, one base64 hash a line, a blank line, the checkpoint."""
    lines = [_HEAD, f"index {index}", *(b64encode(one).decode() for one in hashes)]
    return "\n".join(lines) + "\n\n" + note


def read_proof(untrusted_text: str) -> Proof:
    """A proof in exactly the form `proof_text` writes. Raises `ValueError` for anything else."""
    head, separator, note = untrusted_text.partition("\n\n")
    lines = head.split("\n")
    if not separator or len(lines) < 2 or lines[0] != _HEAD or len(lines) > _MOST_HASHES + 2:
        raise ValueError("not a proof")
    word, _, number = lines[1].partition(" ")
    if word != "index" or not number.isascii() or not number.isdecimal() or len(number) > 15:
        raise ValueError("not a proof")
    proof = Proof(int(number), tuple(b64decode(one, validate=True) for one in lines[2:]), note)
    if (
        any(len(one) != 32 for one in proof.hashes)
        or proof_text(proof.index, proof.hashes, note) != untrusted_text
    ):
        raise ValueError("not a proof")
    return proof
