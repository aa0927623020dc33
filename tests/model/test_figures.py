"""The measures themselves: AUC, blend, band, thresholds, bias."""

import numpy as np
import pytest


def test_auc_counts_ties_half() -> None:
    from measures import auc

    yes = np.array([True, True, False, False])
    assert auc(yes, np.array([0.9, 0.8, 0.2, 0.1])) == 1
    assert auc(yes, np.array([0.5, 0.5, 0.5, 0.5])) == pytest.approx(0.5)
    assert auc(yes, np.array([0.9, 0.3, 0.3, 0.1])) == pytest.approx(0.875)


def test_the_blend_finds_which_stage_to_trust() -> None:
    from blend import Rows, fit, join

    rng = np.random.default_rng(1)
    first, second = rng.normal(size=(2, 4000, 7)).astype(np.float32)
    truth = rng.random((4000, 7)) < 1 / (1 + np.exp(-(0.3 * first + 2.0 * second - 1)))
    labels = truth.astype(np.float32)
    labels[:, 6] = np.nan  # never seen: the second stage takes no part
    weights = fit(Rows(first, second, labels, np.ones(4000, np.float32)))
    assert weights[:6, 0] == pytest.approx(0.3, abs=0.15)
    assert weights[:6, 1] == pytest.approx(2.0, abs=0.3)
    assert weights[6, 1] == 0
    scores = join(first, second, weights)
    assert scores.shape == (4000, 7)
    assert abs(float(scores[:, 0].mean()) - float(truth[:, 0].mean())) < 0.02


def test_the_band_gives_up_few_decisions() -> None:
    from blend import band, settled_scale

    rng = np.random.default_rng(2)
    first = rng.random((5000, 7)).astype(np.float32) * 0.5
    joined = np.clip(first * 1.5, 0, 1).astype(np.float32)
    lowest = np.array([0.6, *[2.0] * 6], np.float32)
    value = band(first, joined, lowest, lost=0.01)
    decided = (joined >= lowest).any(axis=1)
    settled = first[:, 0] < value
    assert 0 < (settled & decided).sum() <= 0.01 * decided.sum() + 1
    assert band(first, joined, np.full(7, 2.0, np.float32), lost=0.01) == 0
    assert settled_scale(first, joined / 3, value) == pytest.approx(0.5, abs=0.01)
    assert settled_scale(first, joined, 0.0) == pytest.approx(1.0)


def test_a_threshold_flags_no_more_than_its_share() -> None:
    from calibrate import at_rate

    scores = np.random.default_rng(3).random(2000).astype(np.float32)
    for share in (0.001, 0.03, 0.2):
        assert (scores >= at_rate(scores, share)).mean() <= share
        assert (scores >= at_rate(scores, share)).mean() > share - 0.005


def test_bias_tells_a_model_that_fears_a_name_from_one_that_reads() -> None:
    from bias import measure, sentences

    rows = sentences()
    known = [row for row in rows if row.known]
    fair = measure(known, np.array([float(row.hateful) for row in known]))
    assert (fair.overall, fair.subgroup, fair.bpsn, fair.bnsp) == (1, 1, 1, 1)
    feared = np.array([row.hateful + 2.0 * (row.term == "gay") for row in known])
    found = measure(known, feared)
    assert found.worst == "gay"
    assert found.subgroup == 1
    assert found.bpsn < 0.1
    assert {row.hateful for row in rows} == {True, False}
