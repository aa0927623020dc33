"""One byte form for each envelope, so that a hash means the same on every machine.

The subset of RFC 8785 (JSON Canonicalization Scheme) on which the standard library gives the same
bytes: ASCII keys, strings without lone surrogates, integers below 2^53, booleans, null, lists and
maps. Floats are refused, because their text form differs between tools.
"""

import json
from collections.abc import Mapping

_LARGEST = 2**53 - 1


def canonical_bytes(value: Mapping[str, object]) -> bytes:
    """The canonical UTF-8 bytes. Raises `ValueError` for anything outside the subset."""
    _check(value)
    text = json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False)
    return text.encode("utf-8")


def _check(value: object) -> None:
    if isinstance(value, Mapping):
        for key, inner in value.items():
            if not isinstance(key, str) or not key.isascii():
                raise ValueError("keys must be ASCII strings")
            _check(inner)
    elif isinstance(value, list | tuple):
        for inner in value:
            _check(inner)
    elif isinstance(value, bool | None):
        return
    elif isinstance(value, int):
        if abs(value) > _LARGEST:
            raise ValueError("integer outside the exact range of JSON numbers")
    elif not isinstance(value, str):
        raise ValueError(f"a {type(value).__name__} has no canonical form")
