"""Signed checkpoints in the C2SP formats `signed-note` and `tlog-checkpoint`, with Ed25519."""

import re
from base64 import b64decode, b64encode
from dataclasses import dataclass
from hashlib import sha256

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

_ED25519 = b"\x01"  # signature type of C2SP signed-note
_MOST_SIGNATURES = 16  # as many as C2SP signed-note asks verifiers to accept
# Origins are schema-less URLs of printable ASCII without blanks or plus signs.
_BODY = re.compile(r"([!-*,-~]{1,200})\n(0|[1-9][0-9]{0,14})\n([A-Za-z0-9+/=]{44})")
_SIGNATURE = re.compile(r"\u2014 ([^\s+]{1,200}) ([A-Za-z0-9+/=]{1,8192})")


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


class Signer:
    """Signs the checkpoints of one log; holds its key, so that no commit has to read it again."""

    def __init__(self, origin: str, seed: bytes) -> None:
        self._origin = origin
        self._key = Ed25519PrivateKey.from_private_bytes(seed)
        self._key_id = key_id(origin, self._key.public_key().public_bytes_raw())

    def sign(self, size: int, root: bytes) -> str:
        """A signed note over origin, size and root."""
        body = f"{self._origin}\n{size}\n{b64encode(root).decode()}\n"
        blob = self._key_id + self._key.sign(body.encode())
        return f"{body}\n\u2014 {self._origin} {b64encode(blob).decode()}\n"


def sign_checkpoint(origin: str, size: int, root: bytes, seed: bytes) -> str:
    """A signed note over origin, size and root, for one that signs once."""
    return Signer(origin, seed).sign(size, root)


def read_checkpoint(untrusted_note: str, public: bytes) -> Checkpoint:
    """The checkpoint in a note signed by `public`. Raises `ValueError` when it is anything else.

    Strict on purpose, so that every verifier agrees: three body lines, each in its one canonical
    form. Signatures of other keys (witnesses) are allowed beside ours and ignored; one that claims to
    be ours must hold.
    """
    body, separator, signatures = untrusted_note.partition("\n\n")
    match = _BODY.fullmatch(body)
    if not separator or match is None or not signatures.endswith("\n"):
        raise ValueError("not a checkpoint")
    origin, size, root = match[1], int(match[2]), _decoded(match[3])
    if len(root) != 32:
        raise ValueError("not a checkpoint")
    lines = signatures[:-1].split("\n")
    if len(lines) > _MOST_SIGNATURES:
        raise ValueError("too many signatures")
    if not any([_signed(line, body + "\n", origin, public) for line in lines]):
        raise ValueError("not signed by this key")
    return Checkpoint(origin, size, root)


def _signed(line: str, body: str, origin: str, public: bytes) -> bool:
    """Whether this line is our signature; False when it is another's. Raises `ValueError` when malformed."""
    match = _SIGNATURE.fullmatch(line)
    if match is None:
        raise ValueError("not a signature line")
    blob = _decoded(match[2])
    if match[1] != origin or blob[:4] != key_id(origin, public):
        return False
    try:
        Ed25519PublicKey.from_public_bytes(public).verify(blob[4:], body.encode())
    except InvalidSignature as error:
        raise ValueError("a signature of this key is wrong") from error
    return True


def _decoded(text: str) -> bytes:
    """Base64 in its one canonical form."""
    data = b64decode(text, validate=True)
    if b64encode(data).decode() != text:
        raise ValueError("base64 in another than its canonical form")
    return data
