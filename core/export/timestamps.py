"""What an RFC 3161 time-stamp answer is over. Whether its authority is to be trusted is checked elsewhere
(`core.anchoring`), or by anyone with openssl."""

from collections.abc import Iterator
from typing import Final

_SEQUENCE: Final = 0x30
_CONTEXT_0: Final = 0xA0
_OCTETS: Final = 0x04
_ID: Final = 0x06
_SIGNED_DATA: Final = bytes.fromhex("2a864886f70d010702")
_TST_INFO: Final = bytes.fromhex("2a864886f70d0109100104")
_SHA256: Final = bytes.fromhex("608648016503040201")
_LONGEST: Final = 1 << 20


def imprint_of(untrusted_token: bytes) -> bytes:
    """The SHA-256 that a TimeStampResp is over, read without trusting it. Raises `ValueError`."""
    info = _tst_info(untrusted_token)
    imprint = _parts(_at(_parts(info), 2, _SEQUENCE))
    if _at(_parts(_at(imprint, 0, _SEQUENCE)), 0, _ID) != _SHA256:
        raise ValueError("a time stamp over something that is no SHA-256")
    return _at(imprint, 1, _OCTETS)


def _tst_info(token: bytes) -> bytes:
    """TimeStampResp / ContentInfo / SignedData / EncapsulatedContentInfo / TSTInfo."""
    if len(token) > _LONGEST:
        raise ValueError("larger than any time stamp")
    content = _parts(_at(_parts(_at(_parts(token), 0, _SEQUENCE)), 1, _SEQUENCE))
    if _at(content, 0, _ID) != _SIGNED_DATA:
        raise ValueError("no signed time stamp")
    signed = _parts(_at(_parts(_at(content, 1, _CONTEXT_0)), 0, _SEQUENCE))
    inner = _parts(_at(signed, 2, _SEQUENCE))
    if _at(inner, 0, _ID) != _TST_INFO:
        raise ValueError("no time stamp inside")
    octets = _at(_parts(_at(inner, 1, _CONTEXT_0)), 0, _OCTETS)
    return _at(_parts(octets), 0, _SEQUENCE)


def _parts(data: bytes) -> list[tuple[int, bytes]]:
    return list(_elements(data))


def _at(parts: list[tuple[int, bytes]], index: int, tag: int) -> bytes:
    if index >= len(parts):
        raise ValueError("a time stamp that ends early")
    return _body(parts[index], tag)


def _body(part: tuple[int, bytes], tag: int) -> bytes:
    if part[0] != tag:
        raise ValueError("not in the form of a time stamp")
    return part[1]


def _elements(data: bytes) -> Iterator[tuple[int, bytes]]:
    """Tag and body of each element of a DER sequence's body."""
    at = 0
    while at < len(data):
        if at + 2 > len(data):
            raise ValueError("a time stamp that ends early")
        tag, length, at = data[at], data[at + 1], at + 2
        if length & 0x80:
            more = length & 0x7F
            length, at = int.from_bytes(data[at : at + more], "big"), at + more
            if not 0 < more <= 3:
                raise ValueError("not in the form of a time stamp")
        if at + length > len(data):
            raise ValueError("a time stamp that ends early")
        yield tag, data[at : at + length]
        at += length
