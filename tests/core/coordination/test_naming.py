import numpy as np
import polars as pl
import pytest

from core.coordination.naming import names, read_names

RNG = np.random.default_rng(8)


def ordinary(count: int) -> list[str]:
    letters = list("abcdefghiklmnoprstuvwy")
    stems = ["".join(RNG.choice(letters, RNG.integers(5, 11))) for _ in range(count)]
    return [stem + str(RNG.integers(100, 9999)) if RNG.random() < 0.25 else stem for stem in stems]


@pytest.mark.parametrize(
    "series",
    [
        [f"goldenrred{n}" for n in range(11, 23)],
        [f"xk{'bcdfghjklm'[n % 10]}trvq{n}" for n in range(12)],
        [f"tree{word}{word}" for word in ("red", "blue", "pink", "grey", "teal", "rust", "lime", "gold")],
        [f"Anna{'BCDEFGHIJK'[n]}eck{10_000_000 + 7919 * n}" for n in range(10)],
    ],
)
def test_a_series_stands_out(series: list[str]) -> None:
    found = names(read_names(pl.Series(ordinary(800) + series)), np.arange(800, 800 + len(series)))
    assert found.chance < 1e-5
    assert found.observed >= 0.6 * len(series)
    assert found.lift >= 4


def test_ordinary_names_do_not() -> None:
    every = read_names(pl.Series(ordinary(900)))
    assert min(names(every, RNG.choice(900, 40, replace=False)).chance for _ in range(30)) > 1e-4


def test_what_everybody_has_is_no_series() -> None:
    every = read_names(pl.Series([f"user{n}" for n in RNG.integers(10**7, 10**8, 500)]))
    assert names(every, np.arange(60)).lift < 2


def test_unknown_handles_say_nothing() -> None:
    every = read_names(pl.Series([None] * 50, dtype=pl.String))
    assert (names(every, np.arange(9)).observed, names(every, np.arange(9)).chance) == (0, 1.0)
