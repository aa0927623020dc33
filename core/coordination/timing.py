"""Evidence in time: posts made together, hours kept together, one post answered together.

A crowd that reacts to something rises and falls over hours; a crowd that is told when to post does not.
But one moment may be anybody's - midnight, a goal, a broadcast - so that together on one or two
occasions is no evidence.
"""

from typing import Final

import numpy as np
import numpy.typing as npt

from core.coordination.finding import FEW_OTHERS, Finding, tail
from core.coordination.pools import APART
from core.domain.coordination import Family

Int64 = npt.NDArray[np.int64]
Float64 = npt.NDArray[np.float64]
Bools = npt.NDArray[np.bool_]

TOGETHER: Final = 300.0  # seconds between two posts made together
AROUND: Final = 3 * 3600.0  # seconds to each side that show how busy the time was anyway
ANSWERED: Final = 900.0  # seconds between two answers given together
# Share of the posts of people of one time zone that falls into their ten quietest hours, and into each
# further hour: a community that sleeps while the others are awake keeps no office hours. Cautious guesses.
REFERENCE_NIGHT: Final = 0.16
REFERENCE_HOUR: Final = 0.045
WEEK: Final = 5  # days with posts from which hours can be kept
SCRIPT: Final = 3  # things that come back together
SPARED: Final = 2  # occasions of each sender that do not count, the most crowded first


def bursts(artifact: Int64, account: Int64, time: Float64) -> Finding:
    """Posts made within minutes of another sender's post with the same artifact.

    Expected: as many as if the posts of the surrounding six hours were spread evenly over them.
    """
    known = np.isfinite(time)
    near = neighbours(artifact[known], time[known], TOGETHER)
    wide = neighbours(artifact[known], time[known], AROUND)
    observed = float(near.sum() / 2)
    expected = float(wide.sum() / 2 * (TOGETHER / AROUND))
    return Finding(Family.SYNCHRONY, observed, expected, len(near), tail(observed, expected), "burst")


def neighbours(thing: Int64, time: Float64, gap: float) -> Int64:
    """For each event how many others with the same thing lie within `gap` seconds. Times must be known."""
    if not len(time):
        return np.zeros(0, dtype=np.int64)
    # One long axis: things never reach into each other.
    axis = time - time.min() + thing * (np.ptp(time) + 4 * AROUND)
    return _within(np.sort(axis), axis, gap) - 1


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


def beyond_public_moments(
    thing: Int64, account: Int64, time: Float64, gap: float, *, closed: bool = False
) -> Bools:
    """Which events are left when each sender's two most crowded occasions are put aside.

    One or two moments may be anybody's; whoever acts in step does so again. A public moment has its own
    words and its guests: in a `closed` circle, where at least `SCRIPT` of the same things come back on a
    second occasion, only one occasion of each sender is put aside. Events without a time are not kept.
    """
    kept = np.isfinite(time)
    near = np.zeros(len(time), dtype=np.int64)
    near[kept] = neighbours(thing[kept], time[kept], gap)
    people = int(account.max()) + 1 if len(account) else 0
    again = closed and _comes_back(thing, account, time, near >= 2)
    for _ in range(1 if again else SPARED):
        at = np.flatnonzero(kept & (near > 0))
        at = at[np.lexsort((-time[at], near[at], account[at]))]
        moment = np.full(people, np.inf)
        moment[account[at]] = time[at]  # of each sender's events the most crowded one is written last
        kept &= ~(np.abs(time - moment[account]) < APART)
    return kept


def beyond_crowds(time: Float64) -> Bools:
    """Which events are left without the two most crowded half days, which may be anybody's: a concert and
    the next one, two evenings of one cause. Events without a time are not kept."""
    kept = np.isfinite(time)
    for _ in range(SPARED):
        left = np.sort(time[kept])
        if len(left):
            inside = np.searchsorted(left, left + APART) - np.arange(len(left))
            begin = left[int(np.argmax(inside))]
            kept &= ~((time >= begin) & (time < begin + APART))
    return kept


def occasions(time: Float64) -> Int64:
    """The number, from 0, of the stretch of `APART` in which each event lies; each begins with an event."""
    left = np.sort(time)
    starts: list[float] = []
    while len(left):
        starts.append(float(left[0]))
        left = left[np.searchsorted(left, left[0] + APART) :]
    return np.searchsorted(np.array(starts), time, side="right") - 1


def _comes_back(thing: Int64, account: Int64, time: Float64, crowded: Bools) -> bool:
    """Whether several things are used by three and more senders together on each of two occasions."""
    senders = np.unique(np.stack((thing[crowded], occasions(time[crowded]), account[crowded])), axis=1)
    uses, count = np.unique(senders[:2], axis=1, return_counts=True)
    times = np.unique(uses[0, count >= 3], return_counts=True)[1]
    return int((times >= 2).sum()) >= SCRIPT


def answers(target: Int64, time: Float64, mine: Bools) -> tuple[Finding, Bools]:
    """Answers of members to a post within minutes of two other members' answers to the same post.

    `target`, `time`, `mine` are of all answers in the data, one per sender and post answered. Expected:
    as many as if the members had come as the other senders did, at that post in the hours around, or
    overall when nobody else answered it. Also returned: which answers were given together.
    """
    none = np.zeros(len(time), dtype=bool)
    of = int(mine.sum())
    if of < 3 or of == len(mine):
        return Finding(Family.REPLY_BURST, 0, 0, of, 1.0), none
    axis = time - time.min() + target * (np.ptp(time) + 4 * AROUND)
    own, others = np.sort(axis[mine]), np.sort(axis[~mine])
    near = _within(own, own, ANSWERED) - 1
    share = of / (len(mine) - of)
    crowd = np.maximum(
        _within(others, own, ANSWERED), _within(others, own, AROUND) * (ANSWERED / AROUND)
    ) * max(share, 1.0)
    # Answers as the others give them: spread over the posts answered and the time seen.
    base = of * 2 * ANSWERED / max(np.ptp(time), 2 * ANSWERED) / max(len(np.unique(target)), 1)
    rate = np.maximum(crowd, base)
    expected = float((1 - np.exp(-rate) * (1 + rate)).sum())
    observed = int((near >= 2).sum())
    together = none.copy()
    together[np.flatnonzero(mine)[np.argsort(axis[mine], kind="stable")]] = near >= 2
    # Answers come in clumps of three and more: one of each is an independent observation.
    chance = tail(observed / 3, expected / 3)
    return Finding(Family.REPLY_BURST, observed, expected, of, chance), together


def _within(sorted_times: Float64, at: Float64, gap: float) -> Int64:
    until = np.searchsorted(sorted_times, at + gap, side="right")
    return until - np.searchsorted(sorted_times, at - gap, side="left")


def working_hours(time: Float64, others: Float64) -> Finding:
    """Posts in the hours of the day when these senders are silent, against everyone else's day.

    Only a silence of ten hours or more counts; people sleep less, and not all at the same time. An hour
    of one day counts once, however many posts fell into it: a cascade is no working day, and the evenings
    of two concerts are no working week.
    """
    mine = _hours(time)
    start, length = _longest_silence(mine == 0)
    crowd = _hours(others)
    silent = (start + np.arange(length)) % 24
    asleep = max(0.0, REFERENCE_NIGHT + REFERENCE_HOUR * (length - 10))
    share = min(asleep, float(crowd[silent].sum() / max(crowd.sum(), 1)))
    slots = np.unique(time[np.isfinite(time)] // 3600)
    regular = length >= 10 and len(np.unique(slots // 24)) >= WEEK
    chance = float(np.exp(-share * len(slots))) if regular and crowd.sum() >= 500 else 1.0
    total = int(mine.sum())
    detail = f"hours {start} {length}"
    return Finding(Family.SYNCHRONY, float(mine[silent].sum()), share * total, total, chance, detail)


def keepers(hours: Finding, author: Int64, time: Float64, accounts: Int64) -> Bools:
    """Who of the accounts never posted in the hours of silence that `working_hours` found."""
    _, start, length = hours.detail.split()
    broken = (time // 3600 - int(start)) % 24 < int(length)  # false where the time is not known
    kept: Bools = ~np.isin(accounts, author[broken])
    return kept


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
    return Finding(Family.SYNCHRONY, observed, expected, len(known), tail(observed, expected), "hour")
