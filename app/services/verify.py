"""Checking a packet: our own or someone else's, with or without knowledge from outside it."""

from base64 import b64decode
from collections.abc import Sequence
from datetime import datetime
from functools import partial
from pathlib import Path

from core.anchoring.authorities import reviewed
from core.anchoring.refusal import Refused
from core.anchoring.rfc3161 import check_answer
from core.errors import BadInput, NotFound, UnusableFolder
from core.export.verify import PacketReport, verify_packet

Anchor = tuple[int, bytes]
_LARGEST_CERTIFICATE = 1 << 20


def parse_anchor(text: str) -> Anchor:
    """`SIZE:HASH`, the hash as 64 hexadecimal or 44 base64 characters. Raises `BadInput`."""
    size, _, digest = text.partition(":")
    try:
        root = bytes.fromhex(digest) if len(digest) == 64 else b64decode(digest, validate=True)
        number = int(size)
    except ValueError as error:
        raise BadInput(what="root", why="is not SIZE:HASH") from error
    if len(root) != 32 or number < 1:
        raise BadInput(what="root", why="is not SIZE:HASH")
    return number, root


def parse_key(text: str) -> bytes:
    """A public key of 64 hexadecimal characters; blanks between them do not matter. Raises `BadInput`."""
    try:
        key = bytes.fromhex("".join(text.split()))
    except ValueError as error:
        raise BadInput(what="key", why="is not 64 hexadecimal characters") from error
    if len(key) != 32:
        raise BadInput(what="key", why="is not 64 hexadecimal characters")
    return key


def read_certificates(path: Path) -> tuple[bytes, ...]:
    """The certificates of a time-stamp authority in a PEM or DER file, as DER. Raises `BadInput`,
    `NotFound`, `UnusableFolder`."""
    from cryptography.hazmat.primitives.serialization import Encoding
    from cryptography.x509 import load_der_x509_certificate, load_pem_x509_certificates

    try:
        with path.open("rb") as file:
            untrusted = file.read(_LARGEST_CERTIFICATE)
    except FileNotFoundError as error:
        raise NotFound(what="certificate", name=path.name) from error
    except OSError as error:
        raise UnusableFolder(path=str(path), why=error.strerror or "unreadable") from error
    try:
        if b"-----BEGIN" in untrusted:
            found = load_pem_x509_certificates(untrusted)
        else:
            found = [load_der_x509_certificate(untrusted)]
    except ValueError as error:
        raise BadInput(what="certificate", why="is no certificate") from error
    return tuple(one.public_bytes(Encoding.DER) for one in found)


def verify_file(
    packet: Path,
    *,
    key: bytes | None,
    anchors: Sequence[Anchor],
    stamp_roots: Sequence[bytes] = (),
    original: Path | None = None,
) -> PacketReport:
    """Check a packet folder or zip; hostile ones are refused with the reason, never extracted.

    Time stamps are checked against the authorities that come with the program and against
    `stamp_roots` (DER). `original` is the packet that a redacted copy was made from.
    """
    return verify_packet(
        packet,
        trusted_key=key,
        anchors=anchors,
        stamp_time=partial(_stamp_time, stamp_roots),
        original=original,
    )


def _stamp_time(roots: Sequence[bytes], token: bytes, root: bytes) -> datetime | None:
    known = (*roots, *(certificate for one in reviewed() for certificate in one.roots))
    try:
        return check_answer(token, root, known).at
    except Refused:
        return None
