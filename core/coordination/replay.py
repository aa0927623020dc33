"""A list that comes back: many long texts of one occasion are sent once more, by others, on a later one.

People who react write in their own words or share one slogan, and that is over with the occasion. A list
for volunteers is short for a crowd, and a crowd that quotes a song or a film has its favourites. A script
is long, and handed out so that nobody is seen to repeat the others: its texts are used about evenly.
"""

from typing import Final

import numpy as np
import numpy.typing as npt
from scipy.sparse import coo_array
from scipy.stats import poisson

from core.coordination.families import SCRIPT_TEXTS
from core.coordination.finding import Finding
from core.coordination.timing import occasions
from core.domain.coordination import Family

Int64 = npt.NDArray[np.int64]
Float64 = npt.NDArray[np.float64]

# Pairs of senders with the same text on one occasion, per pair that choosing blindly would give: a crowd
# meets at its favourites.
EVEN: Final = 1.25
LONG: Final = 0.25  # texts of a script for each sender who uses one of them


def replay(text: Int64, account: Int64, time: Float64, stock: int) -> tuple[Finding, Int64]:
    """Texts of one occasion that others sent again on another, for the two occasions that have most in
    common; and who sent three or more of them.

    One row per use; `stock` is how many different texts all senders wrote. Expected: as many as two draws
    from that stock have in common. The test pays for the choice of occasions.
    """
    known = np.isfinite(time)
    text, account, occasion = text[known], account[known], occasions(time[known])
    none = Finding(Family.SCRIPT, 0, 0, len(np.unique(text)), 1.0, "replay")
    if not len(text) or occasion.max() == 0:
        return none, np.zeros(0, dtype=np.int64)
    first, second, used = _most_alike(text, occasion)
    back = _handed_on(text, account, occasion, (first, second))
    if not len(back) or not all(_even(text, account, occasion == at, back) for at in (first, second)):
        return none, np.zeros(0, dtype=np.int64)
    expected = float(used[first] * used[second] / max(stock, 1))
    pairs = len(used) * (len(used) - 1) / 2
    chance = min(1.0, float(poisson.sf(len(back) - 1, expected)) * pairs)
    took = np.unique(np.stack((account, text))[:, np.isin(text, back)], axis=1)[0]
    who, count = np.unique(took, return_counts=True)
    if len(back) < LONG * len(who):
        return none, np.zeros(0, dtype=np.int64)
    return Finding(Family.SCRIPT, len(back), expected, none.of, chance, "replay"), who[count >= SCRIPT_TEXTS]


def _most_alike(text: Int64, occasion: Int64) -> tuple[int, int, Int64]:
    """The two occasions with most texts in common, and how many different texts each occasion has."""
    at = np.unique(np.stack((text, occasion)), axis=1)
    seen = coo_array((np.ones(at.shape[1], dtype=np.int64), (at[0], at[1]))).tocsr()
    common = np.triu((seen.T @ seen).toarray(), 1)
    first, second = np.unravel_index(int(common.argmax()), common.shape)
    return int(first), int(second), np.bincount(at[1])


def _handed_on(text: Int64, account: Int64, occasion: Int64, both: tuple[int, int]) -> Int64:
    """Texts of the first occasion that somebody else sent on the second one."""
    people = int(account.max()) + 1
    before, after = (np.unique(text[occasion == at] * people + account[occasion == at]) for at in both)
    others = np.setdiff1d(after, before) // people
    return np.intersect1d(before // people, others)


def _even(text: Int64, account: Int64, here: npt.NDArray[np.bool_], back: Int64) -> bool:
    """Whether these texts were used about equally often on this occasion, as if nobody had a favourite."""
    mine = here & np.isin(text, back)
    uses = np.bincount(np.searchsorted(back, np.unique(np.stack((account, text))[:, mine], axis=1)[1]))
    met = float((uses * (uses - 1)).sum())
    return bool(met <= EVEN * uses.sum() * (uses.sum() - 1) / len(back))
