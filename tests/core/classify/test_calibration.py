"""Learning from corrections: bounded, in the direction of what was said, never without enough of it."""

from dataclasses import replace

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from core.classify.calibration import (
    CAP,
    MIN_CORRECTIONS,
    CalibratedScorer,
    Correction,
    fit,
    identity,
    learn,
    raw,
    shifted,
)
from core.classify.engine import load_default
from core.classify.level import Level
from core.domain.classification import LABELS
from core.domain.learning import Shift

LIMITS = (0.5, 2.0, 0.5, 0.5, 0.5, 0.5, 2.0)
INSULT = LABELS.index("insult")
THREAT = LABELS.index("threat")

corrections = st.lists(
    st.builds(
        Correction,
        text=st.integers(0, 400).map(str),
        language=st.sampled_from(["en", "zh"]),
        scores=st.tuples(*[st.floats(0.0, 1.0)] * len(LABELS)),
        abuse=st.booleans(),
    ),
    max_size=60,
)


def said(count: int, score: float, *, abuse: bool, start: int = 0) -> list[Correction]:
    return [Correction(f"text {start + n}", "en", (score,) * 7, abuse) for n in range(count)]


def found(*given: Correction) -> dict[str, Shift]:
    return {one.label: one for one in learn(given, lambda language: LIMITS)}


@settings(max_examples=150, deadline=None)
@given(corrections)
def test_every_shift_is_bounded_and_rests_on_enough_that_disagreed(given: list[Correction]) -> None:
    for one in learn(given, lambda language: LIMITS):
        assert abs(one.amount) <= CAP
        assert (one.said_fine if one.amount < 0 else one.said_abuse) >= MIN_CORRECTIONS
        assert one.label != "threat"
        assert LIMITS[LABELS.index(one.label)] <= 1


@settings(max_examples=150, deadline=None)
@given(st.lists(st.tuples(st.floats(-6, 6), st.booleans()), max_size=40), st.floats(-6, 6))
def test_one_more_fine_never_raises_and_one_more_abuse_never_lowers_the_fit(
    rows: list[tuple[float, bool]], margin: float
) -> None:
    def fitted(extra: list[tuple[float, bool]]) -> float:
        margins = np.array([m for m, _ in rows + extra], dtype=np.float64)
        return fit(margins, np.array([a for _, a in rows + extra], dtype=bool))

    now = fitted([])
    assert fitted([(margin, False)]) <= now + 1e-9
    assert fitted([(margin, True)]) >= now - 1e-9


@given(st.floats(0.01, 0.99), st.floats(-CAP, CAP), st.floats(-CAP, CAP))
def test_a_threshold_moves_against_the_shift_and_stays_one(limit: float, less: float, more: float) -> None:
    low, high = sorted((less, more))
    assert 0 < shifted(limit, high) <= shifted(limit, low) < 1
    assert abs(shifted(limit, 0.0) - limit) < 1e-9
    assert shifted(2.0, high) == 2.0


def test_what_was_marked_fine_needs_a_stronger_sign() -> None:
    shift = found(*said(12, 0.6, abuse=False))["insult"]
    assert shift.amount < 0
    assert (shift.said_fine, shift.said_abuse) == (12, 0)
    assert shifted(0.5, shift.amount) > 0.6


def test_what_was_missed_and_marked_hostile_needs_a_weaker_sign() -> None:
    shifts = found(*said(12, 0.4, abuse=True))
    assert set(shifts) == {"toxicity"}  # whatever is hostile need not be an insult
    assert shifts["toxicity"].amount > 0
    assert shifted(0.5, shifts["toxicity"].amount) < 0.4


def test_too_few_corrections_teach_nothing() -> None:
    assert found(*said(MIN_CORRECTIONS - 1, 0.6, abuse=False)) == {}


def test_copies_of_one_text_count_once() -> None:
    assert found(*[Correction("the same", "en", (0.6,) * 7, False)] * 500) == {}


def test_the_latest_decision_on_a_text_counts() -> None:
    first = said(12, 0.6, abuse=False)
    assert found(*first, *[replace(one, abuse=True) for one in first]) == {}


def test_a_shift_that_would_not_decide_more_rightly_is_not_used() -> None:
    """Far above the threshold no allowed shift changes a decision; and mixed decisions teach nothing."""
    assert found(*said(30, 0.999, abuse=False)) == {}
    mixed = said(12, 0.6, abuse=False) + said(40, 0.6, abuse=True, start=100)
    assert found(*mixed) == {}


def test_languages_do_not_teach_each_other() -> None:
    chinese = [replace(one, language="zh", text=f"zh {one.text}") for one in said(12, 0.6, abuse=False)]
    shifts = learn([*chinese, *said(3, 0.6, abuse=False)], lambda language: LIMITS)
    assert {one.language for one in shifts} == {"zh"}


def test_the_order_of_different_texts_does_not_matter() -> None:
    given = said(12, 0.6, abuse=False) + said(4, 0.7, abuse=True, start=50)
    assert learn(given, lambda _: LIMITS) == learn(given[::-1], lambda _: LIMITS)


def test_a_calibrated_model_keeps_scores_and_threats_and_says_its_name() -> None:
    base = load_default()
    shifts = (Shift("en", "insult", -0.8, 0, 12), Shift("en", "toxicity", 5.0, 9, 0))
    scorer = CalibratedScorer(base.scorer, shifts)
    texts, languages = ["you are so stupid", "你好"], ["en", "zh"]
    assert np.array_equal(scorer.score(texts, languages), base.scorer.score(texts, languages))
    own, moved = (one.thresholds("en", Level.BALANCED) for one in (base.scorer, scorer))
    assert moved[INSULT] > own[INSULT]
    assert moved[THREAT] == own[THREAT]
    assert moved[0] == shifted(own[0], CAP)  # a stored shift beyond the bound is held to it
    assert scorer.thresholds("zh", Level.BALANCED) == base.scorer.thresholds("zh", Level.BALANCED)
    assert scorer.info.version == f"{base.model.version}+yours.{identity(shifts)}"
    assert scorer.info.weights_sha256 == base.model.weights_sha256
    assert raw(scorer) is base.scorer


def test_no_shifts_are_the_model_itself() -> None:
    base = load_default()
    scorer = CalibratedScorer(base.scorer, ())
    assert scorer.info == base.model
    for level in Level:
        assert scorer.thresholds("en", level) == base.scorer.thresholds("en", level)
    assert identity(()) == ""


def test_the_name_of_shifts_does_not_depend_on_their_order() -> None:
    pair = (Shift("en", "insult", -0.8, 0, 12), Shift("zh", "toxicity", 0.5, 9, 0))
    assert identity(pair) == identity(pair[::-1]) != identity(pair[:1])
