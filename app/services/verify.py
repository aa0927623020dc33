"""Checking a packet: our own or someone else's, with or without knowledge from outside it."""

from base64 import b64decode
from collections.abc import Sequence
from pathlib import Path

from core.errors import BadInput
from core.export.verify import PacketReport, verify_packet

Anchor = tuple[int, bytes]


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


def verify_file(packet: Path, *, key: bytes | None, anchors: Sequence[Anchor]) -> PacketReport:
    """Check a packet folder or zip; hostile ones are refused with the reason, never extracted."""
    return verify_packet(packet, trusted_key=key, anchors=anchors)
