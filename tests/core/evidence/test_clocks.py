"""Clocks that were set, and machines restarted, are seen; ordinary running is not."""

from dataclasses import replace
from datetime import timedelta

import pytest
from fake_clock import START, FakeClock
from hypothesis import given
from hypothesis import strategies as st

from core.evidence.clocks import NOTED_FROM_S, clock_jump, server_skew_s

SECONDS = st.integers(-(10**9), 10**9)


def test_time_passing_is_no_jump() -> None:
    clock = FakeClock()
    before = clock.moment()
    for hours in (0, 1, 9, 200):
        clock.advance(3600 * hours)
        assert clock_jump(before, clock.moment()) is None


@pytest.mark.parametrize("by", [60, 61, 86_400, -60, -3600])
def test_a_clock_set_by_a_minute_or_more_is_seen(by: int) -> None:
    clock = FakeClock()
    before = clock.moment()
    clock.advance(10)
    clock.set(clock.now() + timedelta(seconds=by))
    assert clock_jump(before, clock.moment()) == {"why": "clock-set", "drift_s": by, "wall_s": by + 10}


@pytest.mark.parametrize("by", [59.999999, -59.999999, 1, 0])
def test_small_corrections_are_not(by: float) -> None:
    clock = FakeClock()
    before = clock.moment()
    clock.set(START + timedelta(seconds=by))
    assert clock_jump(before, clock.moment()) is None


def test_a_restart_is_seen_and_so_is_a_clock_gone_back_across_it() -> None:
    clock = FakeClock()
    clock.advance(50_000)
    before = clock.moment()
    clock.advance(30)
    clock.reboot()
    assert clock_jump(before, clock.moment()) == {"why": "restarted", "wall_s": 30}
    clock.set(START)
    assert clock_jump(before, clock.moment()) == {"why": "backwards", "wall_s": -50_000}


def test_starts_without_a_named_boot_are_not_compared() -> None:
    clock = FakeClock()
    one = replace(clock.moment(), boot="run-aaaa")
    clock.advance(7200)
    two = replace(clock.moment(), boot="run-bbbb", mono_ns=5)
    assert clock_jump(one, two) is None
    assert clock_jump(two, replace(one, boot="run-cccc")) == {"why": "backwards", "wall_s": -7200}


@given(passed=st.integers(0, 10**9), moved=SECONDS)
def test_seen_exactly_when_the_clocks_differ_by_a_minute(passed: int, moved: int) -> None:
    clock = FakeClock()
    before = clock.moment()
    after = replace(
        before, wall_us=before.wall_us + (passed + moved) * 10**6, mono_ns=before.mono_ns + passed * 10**9
    )
    assert (clock_jump(before, after) is not None) == (abs(moved) >= NOTED_FROM_S)


@pytest.mark.parametrize(
    ("date", "skew"),
    [
        ("Sat, 14 Mar 2026 09:26:53 GMT", 0),
        ("Sat, 14 Mar 2026 09:36:53 GMT", 600),
        ("Sat, 14 Mar 2026 10:26:53 +0100", 0),
        ("Sat, 14 Mar 2026 09:26:23 -0000", -30),
        (None, None),
        ("", None),
        ("yesterday", None),
        ("Sat, 99 Mar 2026 09:26:53 GMT", None),
        ("Sat, 14 Mar 99999999999 09:26:53 GMT", None),
        ("\ud800", None),
        ("1" * 10_000, None),
    ],
)
def test_the_servers_clock(date: str | None, skew: int | None) -> None:
    assert server_skew_s(date, START) == skew


@given(st.text(max_size=60))
def test_any_date_is_a_number_or_nothing(date: str) -> None:
    found = server_skew_s(date, START)
    assert found is None or isinstance(found, int)
