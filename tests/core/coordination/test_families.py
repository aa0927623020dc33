import numpy as np

from core.coordination import families
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


def test_marks_against_the_others() -> None:
    assert families.obfuscation(8, 20, 3, 1000).chance < 1e-9
    assert families.obfuscation(8, 20, 400, 1000).chance > 0.1
    assert families.obfuscation(0, 0, 0, 0).chance == 1.0


def test_the_null_model_does_not_learn_from_the_busiest() -> None:
    calm, busy = np.full(900, 2), np.full(40, 500)
    assert fit_null(np.concatenate((calm, busy))).share[-1] == fit_null(calm).share[0] * 900 / 940


def test_a_script_is_closed_and_spans_days() -> None:
    null = fit_null(np.full(2000, 2))
    people, spread = np.arange(30), np.full(5, 12)
    found, who = families.script(np.full(30, 3), np.full(30, 3), null, people, spread)
    assert found.chance < 1e-9
    assert who.all()
    one_evening, _ = families.script(np.full(30, 4), np.ones(30, dtype=np.int64), null, people, spread)
    assert one_evening.observed == 0
