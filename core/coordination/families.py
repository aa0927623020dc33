"""Evidence about a set of senders, one test per family, each against what chance would give.

Every test returns what was observed, what was expected and how surprising that is. A test passes when
it is surprising after correction for all tests made, and large: in a big data set tiny differences
become significant, and they accuse ordinary people.
"""

from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt
from scipy.stats import binom, poisson

from core.coordination.pools import Null
from core.domain.coordination import Family

Int64 = npt.NDArray[np.int64]
Float64 = npt.NDArray[np.float64]
Bools = npt.NDArray[np.bool_]

BATCH_HOURS: Final = (6, 1)  # how close two accounts made together lie
BATCH_SIZES: Final = (1, 2, 3, 5)  # how many such neighbours an account has
# When many others were made in the same hours, people came for a reason of their own.
BATCH_OWN: Final = 0.25  # least number of neighbours among the members, per neighbour among the others
TOGETHER: Final = 300.0  # seconds between two posts made together
AROUND: Final = 3 * 3600.0  # seconds to each side that show how busy the time was anyway
# Reference rates for when there are too few other senders to compare with. Of the senders of ordinary
# mentions about one in twenty has an account younger than a month; handles that end in three or more
# digits are about one in four; marks of evasion about one post in two hundred. Cautious guesses.
REFERENCE_NEIGHBOUR: Final = 1e-3  # chance that a given other account was made within six hours
REFERENCE_NUMBERED: Final = 0.25
REFERENCE_EVASIVE: Final = 0.005
FEW_OTHERS: Final = 30


@dataclass(frozen=True, slots=True)
class Finding:
    """One test's result. `of` is how many could have been observed; `chance` the tail probability."""

    family: Family
    observed: float
    expected: float
    of: int
    chance: float
    detail: str = ""

    @property
    def lift(self) -> float:
        """Observed over expected, at most a thousand."""
        return min(1000.0, self.observed / max(self.expected, 1e-3))


def _tail(observed: float, expected: float) -> float:
    """Poisson chance of at least this many."""
    return float(poisson.sf(np.ceil(observed) - 1, max(expected, 1e-9)))


def co_sharing(null: Null, spread: Int64, accounts: Int64, returned: Bools) -> Finding:
    """Senders who used two or more of these artifacts on separate occasions, given that they used one.

    Expected: the chance of a second use for somebody who posts as much, if the pool were everybody's.
    """
    rate = null.share[accounts] * float(spread.sum())
    expected = float((1 - rate / np.expm1(rate)).sum())
    observed = int(returned.sum())
    return Finding(
        Family.CO_SHARING, observed, expected, len(accounts), _tail(observed, expected), str(len(spread))
    )


def partnership(senders: int, least: int, expected: float) -> Finding:
    """Senders who share `least` or more rare things with one and the same other sender."""
    # Partners come in pairs, so that only half the observations are independent.
    chance = _tail(senders / 2, expected / 2)
    return Finding(Family.CO_SHARING, senders, expected, senders, chance, f"partners {least}")


def repetition(repeats: int, pairs: int, outside_repeats: int, outside_pairs: int, accounts: int) -> Finding:
    """Senders who used the very same artifact again on a separate occasion, against all other senders."""
    rate = (outside_repeats + 1) / (outside_pairs + 20)
    expected = rate * pairs
    return Finding(Family.REPETITION, repeats, expected, accounts, _tail(repeats, expected))


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
            chance = _tail(observed / (least + 1), expected / (least + 1))
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


def names(numbered: Float64, others: Float64) -> Finding:
    """Handles that end in a number, against all other senders'. Weak."""
    known, crowd = numbered[np.isfinite(numbered)], others[np.isfinite(others)]
    rate = REFERENCE_NUMBERED
    if len(crowd) >= FEW_OTHERS:
        rate = float((crowd.sum() + 1) / (len(crowd) + 2))
    observed = int(known.sum())
    chance = float(binom.sf(observed - 1, len(known), rate)) if len(known) else 1.0
    return Finding(Family.NAMES, observed, rate * len(known), len(known), chance)


def bursts(artifact: Int64, account: Int64, time: Float64) -> Finding:
    """Posts made within minutes of another sender's post with the same artifact.

    Expected: as many as if the posts of the surrounding six hours were spread evenly over them. A crowd
    that reacts to something rises and falls over hours; a crowd that is told when to post does not.
    """
    known = np.isfinite(time)
    artifact, account, time = artifact[known], account[known], time[known]
    order = np.lexsort((account, time, artifact))
    artifact, account, time = artifact[order], account[order], time[order]
    # One long axis: artifacts never reach into each other.
    axis = time - time.min() + artifact * (np.ptp(time) + 4 * AROUND) if len(time) else time
    near = np.searchsorted(axis, axis + TOGETHER, side="right") - np.searchsorted(axis, axis - TOGETHER)
    wide = np.searchsorted(axis, axis + AROUND, side="right") - np.searchsorted(axis, axis - AROUND)
    observed = float((near - 1).sum() / 2)
    expected = float((wide - 1).sum() / 2 * (TOGETHER / AROUND))
    return Finding(Family.SYNCHRONY, observed, expected, len(time), _tail(observed, expected), "burst")


def in_burst(artifact: Int64, account: Int64, time: Float64) -> Bools:
    """Which events came within minutes of another sender's event with the same artifact."""
    order = np.lexsort((time, artifact))
    near = np.zeros(len(order), dtype=bool)
    for lag in range(1, min(len(order), 20)):
        one, two = order[:-lag], order[lag:]
        close = (artifact[one] == artifact[two]) & (account[one] != account[two])
        close &= np.abs(time[two] - time[one]) <= TOGETHER
        near[one[close]] = near[two[close]] = True
    return near


def working_hours(time: Float64, others: Float64) -> Finding:
    """Posts in the hours of the day when these senders are silent, against everyone else's day.

    Only a silence of ten hours or more counts; people sleep less, and not all at the same time.
    """
    mine = _hours(time)
    start, length = _longest_silence(mine == 0)
    crowd = _hours(others)
    silent = (start + np.arange(length)) % 24
    share = float(crowd[silent].sum() / max(crowd.sum(), 1))
    total = int(mine.sum())
    expected = share * total
    chance = float(np.exp(-expected)) if length >= 10 and crowd.sum() >= 500 else 1.0
    detail = f"hours {start} {length}"
    return Finding(Family.SYNCHRONY, float(mine[silent].sum()), expected, total, chance, detail)


def _hours(time: Float64) -> Int64:
    hours = (time[np.isfinite(time)] // 3600).astype(np.int64) % 24
    return np.bincount(hours, minlength=24)


def _longest_silence(silent: Bools) -> tuple[int, int]:
    """Start and length of the longest run of True on the clock face."""
    best, run = (0, 0), 0
    for at in range(48):
        run = min(run + 1, 24) if silent[at % 24] else 0
        if run > best[1]:
            best = ((at - run + 1) % 24, run)
    return best


def one_occasion(time: Float64, others: Float64) -> Finding:
    """Posts that fell within the one hour in which most of them came, against the whole period."""
    known = np.sort(time[np.isfinite(time)])
    if len(known) < 3:
        return Finding(Family.SYNCHRONY, 0, 0, len(known), 1.0, "hour")
    until = np.searchsorted(known, known + 3600.0, side="right")
    best = int(np.argmax(until - np.arange(len(known))))
    observed = int(until[best] - best)
    crowd = np.sort(others[np.isfinite(others)])
    inside = np.searchsorted(crowd, known[best] + 3600.0) - np.searchsorted(crowd, known[best])
    share = (inside + 1) / (len(crowd) + 24) if len(crowd) >= FEW_OTHERS else 1 / 24
    expected = share * len(known)
    return Finding(Family.SYNCHRONY, observed, expected, len(known), _tail(observed, expected), "hour")


def obfuscation(marked: int, posts: int, outside_marked: int, outside_posts: int) -> Finding:
    """Posts with look-alike letters, invisible characters or styled letters, against all other posts."""
    rate = REFERENCE_EVASIVE
    if outside_posts >= FEW_OTHERS:
        rate = (outside_marked + 1) / (outside_posts + 1 / REFERENCE_EVASIVE)
    chance = float(binom.sf(marked - 1, posts, min(rate, 1.0))) if posts else 1.0
    return Finding(Family.OBFUSCATION, marked, rate * posts, posts, chance)
