import numpy as np

from core.coordination import families, timing
from core.coordination.pools import fit_null

HOUR = 3600.0
YEAR = 365 * 86400.0
RNG = np.random.default_rng(11)
OTHERS = np.sort(RNG.uniform(0, 10 * YEAR, 5000))


def test_a_batch_is_found_and_named() -> None:
    created = np.concatenate((3 * YEAR + RNG.uniform(0, 4 * HOUR, 20), RNG.uniform(0, 10 * YEAR, 5)))
    finding, mask = families.creation(created, OTHERS)
    assert finding.chance < 1e-9
    assert mask[:20].sum() >= 18
    assert mask[20:].sum() == 0


def test_accounts_made_at_any_time_are_no_batch() -> None:
    finding, _ = families.creation(RNG.uniform(0, 10 * YEAR, 1000), OTHERS)
    assert finding.chance > 1e-3


def test_a_wave_of_newcomers_is_no_batch() -> None:
    wave = 9 * YEAR + RNG.uniform(0, 24 * HOUR, 400)
    finding, _ = families.creation(wave[:40], np.sort(np.concatenate((OTHERS, wave[40:]))))
    assert finding.observed < 3


def test_unknown_creation_times_say_nothing() -> None:
    finding, mask = families.creation(np.full(9, np.nan), OTHERS)
    assert (finding.observed, finding.chance, mask.any()) == (0, 1.0, False)


def test_reactions_over_hours_are_no_burst_and_a_signal_is() -> None:
    artifact, account = np.zeros(200, dtype=np.int64), np.arange(200)
    organic = timing.bursts(artifact, account, RNG.gamma(1.3, 5 * HOUR, 200))
    told = timing.bursts(artifact, account, np.repeat([0, 9 * HOUR], 100) + RNG.exponential(100, 200))
    assert organic.lift < 3
    assert told.lift > 4


def test_posts_of_different_content_are_not_together() -> None:
    found = timing.bursts(np.arange(50), np.arange(50), np.zeros(50))
    assert found.observed == 0


def test_a_long_silence_counts_and_a_night_does_not() -> None:
    crowd = RNG.integers(0, 24 * 30, 5000) * HOUR
    shift = (RNG.integers(0, 30, 300) * 24 + RNG.integers(1, 10, 300)) * HOUR
    awake = (RNG.integers(0, 30, 300) * 24 + RNG.integers(6, 23, 300)) * HOUR
    assert timing.working_hours(shift, crowd).chance < 1e-9
    assert timing.working_hours(awake, crowd).chance == 1.0


def test_marks_against_the_others() -> None:
    assert families.obfuscation(8, 20, 3, 1000).chance < 1e-9
    assert families.obfuscation(8, 20, 400, 1000).chance > 0.1
    assert families.obfuscation(0, 0, 0, 0).chance == 1.0


def test_the_null_model_does_not_learn_from_the_busiest() -> None:
    calm, busy = np.full(900, 2), np.full(40, 500)
    assert fit_null(np.concatenate((calm, busy))).share[-1] == fit_null(calm).share[0] * 900 / 940
