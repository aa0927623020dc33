"""When going on is a return, and when it is not."""

from datetime import UTC, datetime, timedelta

from core.coordination.re_emergence import microseconds, re_emergence
from core.domain.campaign import ReEmergence
from core.domain.ids import SenderId

START = datetime(2026, 3, 1, tzinfo=UTC)
Post = tuple[SenderId, int]


def at(days: float) -> int:
    return microseconds(START + timedelta(days=days))


def posts(*rows: tuple[int, float]) -> list[Post]:
    return sorted(((SenderId(who), at(day)) for who, day in rows), key=lambda row: row[1])


def old(count: int = 6, until: int = 10) -> list[tuple[int, float]]:
    return [(who, day + who / 10) for who in range(count) for day in range(until)]


def test_new_senders_after_a_takedown() -> None:
    gone = {SenderId(who): at(10 + who / 10) for who in range(4)}
    found = re_emergence(posts(*old(), (20, 12), (21, 12.5), (22, 13)), gone)
    assert found == ReEmergence(START + timedelta(days=12), 3, 4, 0)


def test_new_senders_after_silence() -> None:
    found = re_emergence(posts(*old(), (20, 40), (21, 41), (22, 41), (0, 41)), {})
    assert found is not None
    assert (found.since, found.new_senders, found.gone) == (START + timedelta(days=40), 3, 0)
    assert found.quiet_days == 30


def test_the_latest_of_several_returns() -> None:
    rows = [*old(), *((20 + n, 40.0) for n in range(4)), *((30 + n, 80.0) for n in range(5))]
    found = re_emergence(posts(*rows), {})
    assert found is not None
    assert (found.since, found.new_senders) == (START + timedelta(days=80), 5)


def test_what_is_no_return() -> None:
    three = ((20, 12.0), (21, 12.5), (22, 13.0))
    two_gone = {SenderId(0): at(10), SenderId(1): at(10)}
    later = {SenderId(who): at(50) for who in range(6)}
    assert re_emergence([], {}) is None
    assert re_emergence(posts(*old()), {}) is None
    # Growing without a break, with too few gone, or with takedowns only afterwards.
    assert re_emergence(posts(*old(), *three), {}) is None
    assert re_emergence(posts(*old(), *three), two_gone) is None
    assert re_emergence(posts(*old(), *three), later) is None
    # After silence mostly the old ones go on, or too few new ones come.
    back = [(who, 40.0) for who in range(6)]
    assert re_emergence(posts(*old(), *back, (20, 40), (21, 40), (22, 40)), {}) is None
    assert re_emergence(posts(*old(), (20, 40), (21, 40)), {}) is None
