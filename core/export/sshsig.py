"""Signatures that `ssh-keygen -Y verify` accepts (OpenSSH PROTOCOL.sshsig), with Ed25519.

A second verifier that the reader's own computer already has.
"""

import struct
from base64 import b64decode, b64encode
from hashlib import sha512

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

NAMESPACE = "breakwater-packet"
PRINCIPAL = "breakwater"

_MAGIC = b"SSHSIG"
_KEY_TYPE = b"ssh-ed25519"
_HASH = b"sha512"
_BEGIN = "-----BEGIN SSH SIGNATURE-----"
_END = "-----END SSH SIGNATURE-----"
_WIDTH = 70


def sign(message: bytes, seed: bytes) -> str:
    """An armoured signature over `message` by the 32-byte Ed25519 seed."""
    key = Ed25519PrivateKey.from_private_bytes(seed)
    public = key.public_key().public_bytes_raw()
    signature = _string(_KEY_TYPE) + _string(key.sign(_signed_data(message)))
    blob = _header(public) + _string(signature)
    encoded = b64encode(blob).decode()
    lines = [encoded[i : i + _WIDTH] for i in range(0, len(encoded), _WIDTH)]
    return "\n".join([_BEGIN, *lines, _END, ""])


def verify(untrusted_armoured: str, message: bytes, public: bytes) -> bool:
    """Whether this is a signature over `message` by the 32-byte key, in exactly the form `sign` writes."""
    lines = untrusted_armoured.split("\n")
    if len(lines) < 4 or lines[0] != _BEGIN or lines[-2:] != [_END, ""]:
        return False
    try:
        blob = b64decode("".join(lines[1:-2]), validate=True)
    except ValueError:
        return False
    expected = _header(public) + struct.pack(">I", 83) + _string(_KEY_TYPE) + struct.pack(">I", 64)
    if len(blob) != len(expected) + 64 or not blob.startswith(expected):
        return False
    try:
        Ed25519PublicKey.from_public_bytes(public).verify(blob[len(expected) :], _signed_data(message))
    except (InvalidSignature, ValueError):
        return False
    return True


def signer_line(public: bytes) -> str:
    """A line of an `allowed_signers` file (ssh-keygen(1)) that admits this key for packets only."""
    key = b64encode(_string(_KEY_TYPE) + _string(public)).decode()
    return f'{PRINCIPAL} namespaces="{NAMESPACE}" ssh-ed25519 {key}\n'


def read_signer_line(untrusted_line: str) -> bytes:
    """The 32-byte key in a line that `signer_line` wrote. Raises `ValueError` for any other line."""
    words = untrusted_line.split()
    public = b64decode(words[-1], validate=True)[-32:] if words else b""
    if len(public) != 32 or signer_line(public) != untrusted_line:
        raise ValueError("not a signer line")
    return public


def _header(public: bytes) -> bytes:
    key = _string(_KEY_TYPE) + _string(public)
    return (
        _MAGIC
        + struct.pack(">I", 1)
        + _string(key)
        + _string(NAMESPACE.encode())
        + _string(b"")
        + _string(_HASH)
    )


def _signed_data(message: bytes) -> bytes:
    return (
        _MAGIC
        + _string(NAMESPACE.encode())
        + _string(b"")
        + _string(_HASH)
        + _string(sha512(message).digest())
    )


def _string(data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + data
