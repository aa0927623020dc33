"""The printed recovery code: 160 random bits in eight groups, each with its own check character.

`7K2DM-09XQ4-…`: four data characters and one check character a group, in Crockford's base 32 (no I, L, O
or U). The check is a weighted sum over GF(32) plus the group's number, so any one mistyped
character, any two neighbours swapped inside a group and any two groups swapped are caught before
anything is tried, and the person is told which group to look at again.
"""

import secrets
from typing import Final

from core.errors import BadInput

SECRET_BYTES: Final = 20
GROUPS: Final = 8
_ALPHABET: Final = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_VALUE: Final = {letter: value for value, letter in enumerate(_ALPHABET)}
# What people read or type instead (Crockford).
_LOOK_ALIKES: Final = str.maketrans({"O": "0", "I": "1", "L": "1"})
_DATA_PER_GROUP: Final = 4


def new_secret() -> bytes:
    """The bits behind a fresh code."""
    return secrets.token_bytes(SECRET_BYTES)


def encode(secret: bytes) -> str:
    """The code as printed: eight groups of five characters, joined by hyphens."""
    if len(secret) != SECRET_BYTES:
        raise ValueError("a recovery secret has 20 bytes")
    number = int.from_bytes(secret)
    digits = [number >> shift & 31 for shift in range(SECRET_BYTES * 8 - 5, -1, -5)]
    groups = [digits[i : i + _DATA_PER_GROUP] for i in range(0, len(digits), _DATA_PER_GROUP)]
    return "-".join(
        "".join(_ALPHABET[digit] for digit in (*group, _check(place, group)))
        for place, group in enumerate(groups)
    )


def decode(untrusted_code: str) -> bytes:
    """The bits behind a typed code; case, spaces and hyphens do not matter.

    Raises `BadInput` with why "length", or why "mistyped" and `group` (1 to 8), never the code itself.
    """
    letters = "".join(c for c in untrusted_code.upper() if c.isalnum()).translate(_LOOK_ALIKES)
    if len(letters) != GROUPS * (_DATA_PER_GROUP + 1):
        raise BadInput(what="recovery-code", why="length")
    number = 0
    for place in range(GROUPS):
        start = place * (_DATA_PER_GROUP + 1)
        values = [_VALUE.get(letter, -1) for letter in letters[start : start + _DATA_PER_GROUP + 1]]
        group, check = values[:-1], values[-1]
        if -1 in values or _check(place, group) != check:
            raise BadInput(what="recovery-code", why="mistyped", group=place + 1)
        for digit in group:
            number = number << 5 | digit
    return number.to_bytes(SECRET_BYTES)


def _check(place: int, group: list[int]) -> int:
    """Weights 2, 4, 8, 16 are distinct and none is 0 or 1: that is what catches swaps with any neighbour."""
    total = place
    for position, digit in enumerate(group, start=1):
        total ^= _times(digit, 1 << position)
    return total


def _times(left: int, right: int) -> int:
    """Product in GF(32), modulo x^5 + x^2 + 1."""
    product = 0
    while right:
        if right & 1:
            product ^= left
        right >>= 1
        left <<= 1
        if left & 32:
            left ^= 0b100101
    return product
