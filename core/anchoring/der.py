"""The certificates of a time-stamp answer, put in the order that DER asks for.

DER sorts the members of a set. Authorities that run on OpenSSL write the chain in the order of their
file, and our strict reader then refuses an answer in which nothing is wrong. The certificates lie
outside what is signed, and sorting them changes no length, so the answer says the same afterwards.
"""

from typing import Final

_SEQUENCE: Final = 0x30
_SET: Final = 0x31
_OID: Final = 0x06
_INTEGER: Final = 0x02
_TAGGED_0: Final = 0xA0
_MOST_CERTIFICATES: Final = 32

# A stretch of bytes: where it begins, and one past its end.
_Span = tuple[int, int]


def sorted_certificates(untrusted_answer: bytes) -> bytes:
    """The same TimeStampResp with its certificate set sorted; anything of another shape as it was."""
    try:
        start, end = _certificate_set(untrusted_answer)
        members = _members(untrusted_answer, start, end)
    except ValueError:
        return untrusted_answer
    in_order = b"".join(sorted(untrusted_answer[first:last] for first, last in members))
    return untrusted_answer[:start] + in_order + untrusted_answer[end:]


def _certificate_set(data: bytes) -> _Span:
    """Where TimeStampResp.timeStampToken.content.certificates lie (RFC 3161 2.4.2, RFC 5652 5.1)."""
    position, _ = _open(data, 0, _SEQUENCE)
    position = _after(data, position, _SEQUENCE)  # status
    position, _ = _open(data, position, _SEQUENCE)  # ContentInfo
    position = _after(data, position, _OID)
    position, _ = _open(data, position, _TAGGED_0)
    position, _ = _open(data, position, _SEQUENCE)  # SignedData
    position = _after(data, position, _INTEGER)
    position = _after(data, position, _SET)  # digest algorithms
    position = _after(data, position, _SEQUENCE)  # what is signed
    return _open(data, position, _TAGGED_0)


def _members(data: bytes, start: int, end: int) -> list[_Span]:
    found: list[_Span] = []
    while start < end:
        if len(found) == _MOST_CERTIFICATES:
            raise ValueError("too many")
        _, after = _open(data, start, _SEQUENCE)
        found.append((start, after))
        start = after
    if start != end:
        raise ValueError("a member is longer than its set")
    return found


def _after(data: bytes, position: int, tag: int) -> int:
    return _open(data, position, tag)[1]


def _open(data: bytes, position: int, tag: int) -> _Span:
    """The content of the element at `position`. Raises `ValueError` when it is none of this tag."""
    if position + 2 > len(data) or data[position] != tag:
        raise ValueError("another element")
    length, start = data[position + 1], position + 2
    if length >= 0x80:
        count = length & 0x7F
        if not 1 <= count <= 4 or start + count > len(data):
            raise ValueError("no definite length")
        length, start = int.from_bytes(data[start : start + count], "big"), start + count
    if start + length > len(data):
        raise ValueError("cut off")
    return start, start + length
