"""A list that comes back, and crowds that only seem to have one."""

import numpy as np
import numpy.typing as npt
import pytest

from core.coordination.replay import replay
from core.domain.coordination import Family

DAY = 86_400.0
STOCK = 5_000
Uses = tuple[npt.NDArray[np.int64], npt.NDArray[np.int64], npt.NDArray[np.float64]]


@pytest.fixture
def rng() -> np.random.Generator:
    return np.random.default_rng(3)


def dealt(
    rng: np.random.Generator, texts: int = 40, people: int = 30, days: tuple[float, ...] = (3, 11)
) -> Uses:
    """On every day each of the people takes the next three texts of the list, shuffled anew."""
    rows = []
    for day in days:
        order, who = rng.permutation(texts), rng.permutation(people)
        for place in range(3 * people):
            at = day * DAY + rng.uniform(0, 7_000)
            rows.append((order[place % texts], who[place // 3], at))
    text, account, time = zip(*rows, strict=True)
    return np.array(text), np.array(account), np.array(time)


def test_a_list_dealt_out_twice(rng: np.random.Generator) -> None:
    found, who = replay(*dealt(rng), STOCK)
    assert (found.family, found.detail, found.of) == (Family.SCRIPT, "replay", 40)
    assert found.observed >= 30
    assert found.expected < 1
    assert found.chance < 1e-12
    assert who.tolist() == list(range(30))


def test_the_two_days_that_have_most_in_common_are_found_among_many(rng: np.random.Generator) -> None:
    text, account, time = dealt(rng)
    many = 400  # texts that others used once, on days of their own
    text = np.concatenate((text, np.arange(40, 40 + many)))
    account = np.concatenate((account, 100 + np.arange(many)))
    time = np.concatenate((time, rng.uniform(0, 30 * DAY, many)))
    found, who = replay(text, account, time, STOCK)
    assert found.observed >= 30
    assert who.max() < 30


def test_favourites_are_no_list(rng: np.random.Generator) -> None:
    liked = 1 / np.arange(1, 41)
    rows = [
        (line, who, day * DAY + rng.uniform(0, 7_000))
        for day in (3, 11)
        for who in range(60)
        for line in rng.choice(40, 3, replace=False, p=liked / liked.sum())
    ]
    text, account, time = (np.array(column) for column in zip(*rows, strict=True))
    found, who = replay(text, account, time, STOCK)
    assert (found.observed, found.chance, len(who)) == (0, 1.0, 0)


def test_a_list_that_is_short_for_its_crowd(rng: np.random.Generator) -> None:
    assert replay(*dealt(rng, texts=40, people=150), STOCK)[0].observed >= 38
    assert replay(*dealt(rng, texts=40, people=170), STOCK)[0].observed == 0


@pytest.mark.parametrize("days", [(3,), (3, 3.1)])
def test_one_occasion_is_no_return(days: tuple[float, ...], rng: np.random.Generator) -> None:
    assert replay(*dealt(rng, days=days), STOCK)[0].observed == 0


def test_whoever_repeats_only_themselves_hands_nothing_on(rng: np.random.Generator) -> None:
    text, account, time = dealt(rng, days=(3,))
    found, _ = replay(np.tile(text, 2), np.tile(account, 2), np.concatenate((time, time + 5 * DAY)), STOCK)
    assert found.observed == 0


def test_unknown_times_show_nothing(rng: np.random.Generator) -> None:
    text, account, time = dealt(rng)
    assert replay(text, account, np.full(len(time), np.nan), STOCK)[0].observed == 0
    assert replay(text[:0], account[:0], time[:0], STOCK)[0].observed == 0
