"""A mistyped code is caught before anything is tried, and the person is told where."""

import contextlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.errors import BadInput
from core.system.recovery_code import GROUPS, SECRET_BYTES, decode, encode, new_secret

secrets = st.binary(min_size=SECRET_BYTES, max_size=SECRET_BYTES)
places = st.integers(0, GROUPS * 5 - 1)
ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"


def where(code: str) -> object:
    with pytest.raises(BadInput) as refusal:
        decode(code)
    assert not code or code not in str(refusal.value)
    return refusal.value.params.get("group", refusal.value.params["why"])


@given(secrets)
def test_round_trip(secret: bytes) -> None:
    code = encode(secret)
    assert [len(group) for group in code.split("-")] == [5] * GROUPS
    assert decode(code) == secret


@given(secrets)
def test_reads_what_people_type(secret: bytes) -> None:
    typed = encode(secret).lower().replace("-", "  ").replace("0", "o").replace("1", "l")
    assert decode(f" {typed}\n") == secret
    assert decode(typed.replace("l", "I")) == secret


@given(secrets, places, st.sampled_from(ALPHABET))
def test_any_one_wrong_character_is_located(secret: bytes, place: int, letter: str) -> None:
    letters = list(encode(secret).replace("-", ""))
    if letters[place] != letter:
        letters[place] = letter
        assert where("".join(letters)) == place // 5 + 1


@given(secrets, places)
def test_any_two_neighbours_swapped_are_caught(secret: bytes, place: int) -> None:
    letters = list(encode(secret).replace("-", ""))
    if place % 5 < 4 and letters[place] != letters[place + 1]:
        letters[place], letters[place + 1] = letters[place + 1], letters[place]
        assert where("".join(letters)) == place // 5 + 1


@given(secrets, st.integers(0, 7), st.integers(0, 7))
def test_any_two_groups_swapped_are_caught(secret: bytes, one: int, other: int) -> None:
    groups = encode(secret).split("-")
    if one != other:
        groups[one], groups[other] = groups[other], groups[one]
        assert where("-".join(groups)) == min(one, other) + 1


@pytest.mark.parametrize("code", ["", "7K2DM", "A" * 39, "A" * 41])
def test_length_is_told_apart(code: str) -> None:
    assert where(code) == "length"


@pytest.mark.parametrize("letter", ["U", "é", "٣", "零"])
def test_letters_outside_the_alphabet_are_mistyped(letter: str) -> None:
    assert where(letter + encode(bytes(20)).replace("-", "")[1:]) == 1


@given(st.text())
def test_nothing_but_bad_input_escapes(text: str) -> None:
    with contextlib.suppress(BadInput):
        decode(text)


def test_codes_are_fresh_and_the_size_is_checked() -> None:
    assert len({new_secret() for _ in range(50)}) == 50
    with pytest.raises(ValueError, match="20 bytes"):
        encode(b"short")
