import numpy as np

from core.coordination import timing

HOUR = 3600.0
DAY = 24 * HOUR
RNG = np.random.default_rng(11)


def test_reactions_over_hours_are_no_burst_and_a_signal_is() -> None:
    artifact, account = np.zeros(200, dtype=np.int64), np.arange(200)
    organic = timing.bursts(artifact, account, RNG.gamma(1.3, 5 * HOUR, 200))
    told = timing.bursts(artifact, account, np.repeat([0, 9 * HOUR], 100) + RNG.exponential(100, 200))
    assert organic.lift < 3
    assert told.lift > 4


def test_posts_of_different_content_are_not_together() -> None:
    assert timing.bursts(np.arange(50), np.arange(50), np.zeros(50)).observed == 0


def together(waves: int, things: int) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    time = np.repeat(np.arange(waves) * 3 * DAY, 30) + RNG.uniform(0, 200, 30 * waves)
    return np.tile(np.arange(30) % things, waves), np.tile(np.arange(30), waves), time


def test_two_public_moments_leave_nothing_and_a_third_does() -> None:
    for waves, left in ((1, 0), (2, 0), (3, 30)):
        kept = timing.beyond_public_moments(*together(waves, 1), timing.TOGETHER)
        assert kept.sum() == left


def test_what_comes_back_in_a_closed_circle_counts_the_second_time() -> None:
    assert timing.beyond_public_moments(*together(2, 3), timing.TOGETHER, closed=True).sum() == 30
    # With guests it may be the next concert, and one thing alone may be a greeting.
    assert timing.beyond_public_moments(*together(2, 3), timing.TOGETHER).sum() == 0
    assert timing.beyond_public_moments(*together(2, 1), timing.TOGETHER, closed=True).sum() == 0


def test_two_crowded_evenings_are_put_aside_whenever_they_were() -> None:
    evenings = np.concatenate([day * DAY + RNG.uniform(0, 3 * HOUR, 40) for day in (2.3, 9.1)])
    drips = RNG.uniform(0, 20 * DAY, 30)
    kept = timing.beyond_crowds(np.concatenate((drips, evenings, [np.nan])))
    assert kept[:30].sum() >= 24
    assert not kept[30:].any()
    assert timing.beyond_crowds(np.array([np.nan, np.nan])).sum() == 0


def test_occasions_are_half_days_that_begin_with_an_event() -> None:
    time = np.array([50.0, 1.0, 11.9, 13.5, 90.0]) * HOUR
    assert timing.occasions(time).tolist() == [2, 0, 0, 1, 3]
    assert timing.occasions(np.zeros(0)).tolist() == []


def test_whoever_posts_while_the_others_are_silent_keeps_no_hours_with_them() -> None:
    shift = (RNG.integers(0, 30, 300) * 24 + RNG.integers(1, 10, 300)) * HOUR
    found = timing.working_hours(shift, RNG.integers(0, 24 * 30, 5000) * HOUR)
    author = np.concatenate((np.arange(300) % 10, [9, 10, 11]))
    time = np.concatenate((shift, [20 * HOUR, 5 * HOUR, np.nan]))
    kept = timing.keepers(found, author, time, np.arange(12))
    assert np.flatnonzero(~kept).tolist() == [9]


def test_moments_of_several_clubs_do_not_add_up() -> None:
    thing, account, time = together(4, 1)
    club = (np.arange(120) // 60) * 30  # the first two moments are one club's, the others the other's
    assert timing.beyond_public_moments(thing, account + club, time, timing.TOGETHER).sum() == 0


def test_a_long_silence_counts_and_a_night_does_not() -> None:
    crowd = RNG.integers(0, 24 * 30, 5000) * HOUR
    shift = (RNG.integers(0, 30, 300) * 24 + RNG.integers(1, 10, 300)) * HOUR
    awake = (RNG.integers(0, 30, 300) * 24 + RNG.integers(6, 23, 300)) * HOUR
    assert timing.working_hours(shift, crowd).chance < 1e-9
    assert timing.working_hours(awake, crowd).chance == 1.0


def test_a_few_evenings_are_no_working_week() -> None:
    crowd = RNG.integers(0, 24 * 30, 5000) * HOUR
    for days, kept in ((4, False), (5, True)):
        evenings = (RNG.integers(0, days, 300) * 24 + RNG.integers(18, 23, 300)) * HOUR
        assert (timing.working_hours(evenings, crowd).chance < 1e-2) is kept


def test_a_cascade_is_no_working_day() -> None:
    crowd = RNG.integers(0, 24 * 30, 5000) * HOUR
    cascade = np.repeat([2, 3, 26], 100) * HOUR + RNG.uniform(0, 600, 300)
    assert timing.working_hours(cascade, crowd).chance > 1e-2


def test_members_who_answer_together_and_a_pile_on_where_everybody_does() -> None:
    posts, mine = np.repeat(np.arange(4), 10), np.ones(40, dtype=bool)
    told = np.repeat(np.arange(4) * 5 * DAY, 10) + RNG.uniform(0, 600, 40)
    strangers = RNG.integers(10, 400, 600), RNG.uniform(0, 20 * DAY, 600)
    found, which = timing.answers(
        np.concatenate((posts, strangers[0])),
        np.concatenate((told, strangers[1])),
        np.concatenate((mine, np.zeros(600, dtype=bool))),
    )
    assert found.observed == 40
    assert found.lift > 10
    assert which[:40].all()
    crowd = RNG.uniform(0, 600, 400)
    found, _ = timing.answers(np.zeros(400, dtype=np.int64), crowd, np.arange(400) < 40)
    assert found.lift < 1.5
