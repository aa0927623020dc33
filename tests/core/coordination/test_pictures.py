import numpy as np
import polars as pl
import pytest

from core.coordination.pictures import SIZES, picture_leaders

RNG = np.random.default_rng(4)


def hashes(count: int, bits: int) -> list[int]:
    return [int.from_bytes(RNG.bytes(bits // 8), "big") for _ in range(count)]


def flipped(value: int, bits: int, count: int) -> int:
    for bit in RNG.choice(bits, count, replace=False).tolist():
        value ^= 1 << bit
    return value


@pytest.mark.parametrize("bits", SIZES)
def test_copies_follow_the_first_and_strangers_lead_themselves(bits: int) -> None:
    digits, apart, _ = SIZES[bits]
    first = hashes(200, bits)
    copies = [flipped(value, bits, apart // 2) for value in first]
    text = [f"{value:0{digits}x}" for value in [*first, *copies]]
    found = picture_leaders(pl.Series(text)).to_list()
    assert found[:200] == text[:200]
    assert sum(one == other for one, other in zip(found[200:], text[:200], strict=True)) >= 198


@pytest.mark.parametrize("bits", SIZES)
def test_pictures_farther_apart_are_others(bits: int) -> None:
    digits, apart, _ = SIZES[bits]
    first = hashes(100, bits)
    text = [f"{v:0{digits}x}" for value in first for v in (value, flipped(value, bits, apart + 1))]
    assert picture_leaders(pl.Series(text)).to_list() == text


def test_what_is_no_hash_and_empty_pictures_lead_nothing() -> None:
    found = picture_leaders(pl.Series(["", "zz", "0" * 16, "f" * 64, "1234", "A1B2C3D4E5F60718"]))
    assert found.to_list() == [None, None, None, None, None, "a1b2c3d4e5f60718"]
    assert picture_leaders(pl.Series([], dtype=pl.String)).to_list() == []
