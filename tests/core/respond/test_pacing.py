"""Never faster than the platform allows, whatever the clock does."""

from datetime import timedelta
from itertools import pairwise

import pytest
from fake_clock import START, FakeClock
from hypothesis import given
from hypothesis import strategies as st

from core.respond.pacing import Pace


def act(pace: Pace, clock: FakeClock) -> float:
    """Wait as told, and say how long that was."""
    seconds = pace.wait(clock.now())
    clock.advance(seconds)
    return seconds


def test_the_first_goes_at_once_and_the_rest_are_spaced() -> None:
    clock, pace = FakeClock(), Pace(30)
    assert [act(pace, clock) for _ in range(4)] == [0, 2, 2, 2]


def test_time_spent_acting_counts() -> None:
    clock, pace = FakeClock(), Pace(30)
    act(pace, clock)
    clock.advance(1.5)
    assert act(pace, clock) == 0.5
    clock.advance(60)
    assert act(pace, clock) == 0
    assert act(pace, clock) == 2


def test_a_platforms_wait_is_honoured_then_the_pace_goes_on() -> None:
    clock, pace = FakeClock(), Pace(30)
    act(pace, clock)
    pace.hold_off(90, clock.now())
    pace.hold_off(-5, clock.now())
    assert [act(pace, clock) for _ in range(2)] == [90, 2]


def test_a_wait_before_the_first_action() -> None:
    clock, pace = FakeClock(), Pace(60)
    pace.hold_off(10, clock.now())
    assert act(pace, clock) == 10


def test_a_clock_set_back_does_not_stop_the_work() -> None:
    clock, pace = FakeClock(), Pace(30)
    act(pace, clock)
    clock.advance(0.5)
    pace.wait(clock.now())
    clock.set(clock.now() - timedelta(hours=5))
    assert pace.wait(clock.now()) == 3.5


@pytest.mark.parametrize("rate", [0, -1])
def test_a_pace_of_nothing_is_a_mistake(rate: int) -> None:
    with pytest.raises(ValueError, match="at least one"):
        Pace(rate)


@given(
    st.integers(1, 600),
    st.lists(st.tuples(st.floats(0, 30), st.none() | st.floats(0, 120)), min_size=1, max_size=40),
)
def test_no_minute_ever_sees_more_than_allowed(rate: int, steps: list[tuple[float, float | None]]) -> None:
    clock, pace, sent = FakeClock(), Pace(rate), []
    for busy, told_to_wait in steps:
        if told_to_wait is not None:
            pace.hold_off(told_to_wait, clock.now())
        earliest = (clock.now() - START).total_seconds() + (told_to_wait or 0)
        act(pace, clock)
        sent.append((clock.now() - START).total_seconds())
        assert sent[-1] >= earliest - 1e-5
        clock.advance(busy)
    for first, second in pairwise(sent):
        assert second - first >= 60 / rate - 1e-5
