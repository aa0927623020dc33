"""One byte form for each envelope, so that a hash means the same on every machine.

The subset of RFC 8785 (JSON Canonicalization Scheme) on which the standard library gives the same
bytes: ASCII keys, strings without lone surrogates, integers below 2^53, booleans, null, lists and
maps. Floats are refused, because their text form differs between tools.
"""

import json
from collections.abc import Mapping

_LARGEST = 2**53 - 1
# Built once: json.dumps with options makes a new encoder at every call.
_ENCODER = json.JSONEncoder(sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False)


class NotCanonical(ValueError):
    """JSON, but not in its one canonical form."""


def canonical_bytes(value: Mapping[str, object]) -> bytes:
    """The canonical UTF-8 bytes. Raises `ValueError` for anything outside the subset."""
    return canonical_text(value).encode("utf-8")


def canonical_text(value: Mapping[str, object] | str) -> str:
    """The same before it is encoded, also for a part of a map; a lone surrogate only shows on encoding."""
    plain = dict(value) if isinstance(value, Mapping) and type(value) is not dict else value
    _check(plain)
    return _ENCODER.encode(plain)


def exact_integer(value: int) -> int:
    """`value`, if JSON numbers are exact there. Raises `ValueError`."""
    _check(value)
    return value


def read_canonical(data: bytes) -> Mapping[str, object]:
    """The map whose canonical bytes are `data`.

    Raises `NotCanonical` for another form of JSON, `ValueError` (or `RecursionError`) for anything else.
    """
    value = _DECODER.decode(data.decode("utf-8"))
    if type(value) is not dict:
        raise ValueError("not a map")
    # The decoder has refused floats and long integers. A key that is not ASCII shows as such in the
    # bytes, or as an escape that the canonical form does not have.
    same = _ENCODER.encode(value).encode("utf-8") if data.isascii() else canonical_bytes(value)
    if same != data:
        raise NotCanonical("another form of the same value")
    return value


def _integer(text: str) -> int:
    # Sixteen digits and a sign: longer ones are never parsed, which would cost quadratic time.
    if len(text) > 17 or not -_LARGEST <= (value := int(text)) <= _LARGEST:
        raise ValueError("integer outside the exact range of JSON numbers")
    return value


def _refused(text: str) -> None:
    raise ValueError("a number without a canonical form")


_DECODER = json.JSONDecoder(parse_int=_integer, parse_float=_refused, parse_constant=_refused)


def _check(value: object) -> None:
    # Exact types, most frequent first: this runs for every value of every entry.
    kind = type(value)
    if kind is str or kind is bool or value is None:
        return
    if kind is int:
        if not -_LARGEST <= value <= _LARGEST:  # type: ignore[operator]  # an int, see above
            raise ValueError("integer outside the exact range of JSON numbers")
    elif isinstance(value, dict):
        for key, inner in value.items():
            if type(key) is not str or not key.isascii():
                raise ValueError("keys must be ASCII strings")
            _check(inner)
    elif isinstance(value, list | tuple):
        for inner in value:
            _check(inner)
    else:
        raise ValueError(f"a {kind.__name__} has no canonical form")
