"""Evidence about a set of senders, one test per family, each against what chance would give.

Every test returns what was observed, what was expected and how surprising that is. A test passes when
it is surprising after correction for all tests made, and large: in a big data set tiny differences
become significant, and they accuse ordinary people.
"""

from typing import Final

import numpy as np
import numpy.typing as npt
from scipy.stats import binom, poisson

from core.coordination.finding import FEW_OTHERS, Finding, tail
from core.coordination.pools import Null
from core.domain.coordination import Family

Int64 = npt.NDArray[np.int64]
Float64 = npt.NDArray[np.float64]
Bools = npt.NDArray[np.bool_]

BATCH_HOURS: Final = (6, 1)  # how close two accounts made together lie
BATCH_SIZES: Final = (1, 2, 3, 5)  # how many such neighbours an account has
SCRIPT_TEXTS: Final = 3  # different texts, and days, from which somebody follows a script
# When many others were made in the same hours, people came for a reason of their own.
BATCH_OWN: Final = 0.25  # least number of neighbours among the members, per neighbour among the others
# Reference rates for when there are too few other senders to compare with. Of the senders of ordinary
# mentions about one in twenty has an account younger than a month; marks of evasion stand in about one
# post in two hundred. Cautious guesses.
REFERENCE_NEIGHBOUR: Final = 1e-3  # chance that a given other account was made within six hours
REFERENCE_EVASIVE: Final = 0.005


def co_sharing(null: Null, spread: Int64, accounts: Int64, returned: Bools) -> Finding:
    """Senders who used two or more of these artifacts on separate occasions, given that they used one.

    Expected: the chance of a second use for somebody who posts as much, if the pool were everybody's.
    """
    rate = null.share[accounts] * float(spread.sum())
    expected = float((1 - rate / np.expm1(rate)).sum())
    observed = int(returned.sum())
    return Finding(
        Family.CO_SHARING, observed, expected, len(accounts), tail(observed, expected), str(len(spread))
    )


def partnership(senders: int, least: int, expected: float) -> Finding:
    """Senders who share `least` or more rare things with one and the same other sender."""
    # Partners come in pairs, so that only half the observations are independent.
    chance = tail(senders / 2, expected / 2)
    return Finding(Family.CO_SHARING, senders, expected, senders, chance, f"partners {least}")


def repetition(again: int, things: Int64, outside_again: int, outside_pairs: int, accounts: int) -> Finding:
    """Senders who used the very same artifact again on a separate occasion, against all other senders.

    `things` is how many artifacts each of them used; `outside_pairs` are all other pairs of a sender and
    an artifact, `outside_again` those used again.
    """
    rate = min(1.0, (outside_again + 1) / (outside_pairs + 20))
    expected = float((1 - (1 - rate) ** things).sum())
    return Finding(Family.REPETITION, again, expected, accounts, tail(again, expected))


def script(distinct: Int64, days: Int64, null: Null, accounts: Int64, spread: Int64) -> tuple[Finding, Bools]:
    """Senders who took three or more different long texts of one closed set, on as many different days.

    `distinct` and `days` are, for each of `accounts` - everybody who used one of these texts - how many
    of them and on how many days (0: not known); `spread` is the number of senders of each text. Expected:
    how many would take a third one if the texts were in everybody's hands. Also who they are.
    """
    taken = (distinct >= SCRIPT_TEXTS) & (days >= SCRIPT_TEXTS)
    rate = null.share[accounts] * float(spread.sum())
    # Three or more, given one.
    expected = float(
        ((1 - np.exp(-rate) * (1 + rate + rate**2 / 2)) / np.maximum(-np.expm1(-rate), 1e-12)).sum()
    )
    observed = int(taken.sum())
    return Finding(Family.SCRIPT, observed, expected, len(accounts), tail(observed, expected)), taken


def neighbours(created: Float64, gap: float) -> Int64:
    """For each time how many others of the same array lie within `gap` seconds; NaN has none."""
    order = np.argsort(created, kind="stable")
    known = created[order][: int(np.isfinite(created).sum())]
    counts = np.zeros(len(created), dtype=np.int64)
    until = np.searchsorted(known, known + gap, side="right")
    counts[order[: len(known)]] = until - np.searchsorted(known, known - gap, side="left") - 1
    return counts


def creation(created: Float64, others: Float64) -> tuple[Finding, Bools]:
    """Senders whose accounts were made together, against all other accounts; and which they are.

    `created` are the members', `others` everyone else's account creation times in seconds, sorted, no
    NaN. Among thousands of members some fall close together by chance, so that the test chooses how
    close and how many count as together, and pays for the choice.
    """
    known = created[np.isfinite(created)]
    best = Finding(Family.CREATION, 0, 0, len(known), 1.0, "6 1")
    mask = np.zeros(len(created), dtype=bool)
    for hours in BATCH_HOURS:
        gap = hours * 3600.0
        near = neighbours(created, gap)
        strangers = np.searchsorted(others, created + gap) - np.searchsorted(others, created - gap)
        near = np.where(near >= BATCH_OWN * strangers, near, 0)
        rate = _made_nearby(known, others, gap) * max(len(known) - 1, 0)
        for least in BATCH_SIZES:
            observed, expected = int((near >= least).sum()), float(np.sum(poisson.sf(least - 1, rate)))
            # Neighbours come in clumps: only one of each clump is an independent observation.
            chance = tail(observed / (least + 1), expected / (least + 1))
            chance = min(1.0, chance * len(BATCH_HOURS) * len(BATCH_SIZES))
            if observed >= 8 * expected and (observed - expected, -chance) > (
                best.observed - best.expected,
                0,
            ):
                best = Finding(Family.CREATION, observed, expected, len(known), chance, f"{hours} {least}")
                mask = near >= least
    return best, mask


def _made_nearby(known: Float64, others: Float64, gap: float) -> Float64:
    """For each account the chance that another one was made within `gap` of it: the densest of views."""
    rate = np.full(len(known), REFERENCE_NEIGHBOUR * gap / (6 * 3600.0))
    if len(others) >= FEW_OTHERS:
        for window in (gap, 7 * 86400.0, 180 * 86400.0):
            near = np.searchsorted(others, known + window) - np.searchsorted(others, known - window)
            rate = np.maximum(rate, np.where(near >= 2, near / len(others) * (gap / window), 0))
    return rate


def obfuscation(marked: int, posts: int, outside_marked: int, outside_posts: int) -> Finding:
    """Posts with look-alike letters, invisible characters or styled letters, against all other posts."""
    rate = REFERENCE_EVASIVE
    if outside_posts >= FEW_OTHERS:
        rate = (outside_marked + 1) / (outside_posts + 1 / REFERENCE_EVASIVE)
    chance = float(binom.sf(marked - 1, posts, min(rate, 1.0))) if posts else 1.0
    return Finding(Family.OBFUSCATION, marked, rate * posts, posts, chance)
