"""Signed checkpoints in the C2SP formats `signed-note` and `tlog-checkpoint`, with Ed25519."""

from base64 import b64decode, b64encode
from dataclasses import dataclass
from hashlib import sha256

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

_ED25519 = b"\x01"  # signature type of C2SP signed-note


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """What a checkpoint says: this log had `size` entries under `root`."""

    origin: str
    size: int
    root: bytes


def new_signing_key() -> bytes:
    """A new 32-byte Ed25519 seed."""
    return Ed25519PrivateKey.generate().private_bytes_raw()


def public_key(seed: bytes) -> bytes:
    """The 32-byte public key of a seed."""
    return Ed25519PrivateKey.from_private_bytes(seed).public_key().public_bytes_raw()


def key_id(origin: str, public: bytes) -> bytes:
    """The four bytes that name a key in a note: SHA-256(name || LF || type || key)[:4]."""
    return sha256(origin.encode() + b"\n" + _ED25519 + public).digest()[:4]


def sign_checkpoint(origin: str, size: int, root: bytes, seed: bytes) -> str:
    """A signed note over origin, size and root."""
    body = f"{origin}\n{size}\n{b64encode(root).decode()}\n"
    key = Ed25519PrivateKey.from_private_bytes(seed)
    blob = key_id(origin, key.public_key().public_bytes_raw()) + key.sign(body.encode())
    return f"{body}\n\u2014 {origin} {b64encode(blob).decode()}\n"


def read_checkpoint(untrusted_note: str, public: bytes) -> Checkpoint:
    """The checkpoint in a note signed by `public`. Raises `ValueError` when it is anything else."""
    body, separator, signatures = untrusted_note.partition("\n\n")
    body += "\n"
    lines = body.split("\n")
    if not separator or len(lines) < 4:
        raise ValueError("not a checkpoint")
    origin, size, root = lines[0], lines[1], b64decode(lines[2], validate=True)
    if not size.isascii() or not size.isdecimal() or str(int(size)) != size or len(root) != 32:
        raise ValueError("not a checkpoint")
    if not any(_signed(line, body, origin, public) for line in signatures.splitlines()):
        raise ValueError("not signed by this key")
    return Checkpoint(origin, int(size), root)


def _signed(line: str, body: str, origin: str, public: bytes) -> bool:
    mark, _, rest = line.partition(" ")
    name, _, encoded = rest.partition(" ")
    if mark != "\u2014" or name != origin:
        return False
    try:
        blob = b64decode(encoded, validate=True)
        if blob[:4] != key_id(origin, public):
            return False
        Ed25519PublicKey.from_public_bytes(public).verify(blob[4:], body.encode())
    except (ValueError, InvalidSignature):
        return False
    return True
