"""Handles that follow a pattern: a number at the end, one stem with a series, one shape, noise.

Every pattern is measured against the handles of the other senders. Names are weak evidence: platforms
propose numbered handles to everybody and clubs have names in common, so that they never make a group.
"""

import re
from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt
import polars as pl
from scipy.stats import binom, poisson

from core.coordination.finding import FEW_OTHERS, Finding
from core.domain.coordination import Family

Int64 = npt.NDArray[np.int64]
Bools = npt.NDArray[np.bool_]

TRAITS: Final = ("number", "long number", "consonants", "doubled")
SHARED: Final = ("stem", "beginning", "ending", "shape")
MIN_ALIKE: Final = 3  # handles with the same stem or shape before it counts
# Share of the handles of ordinary senders that have each trait, for when there are too few to compare:
# the first is a cautious guess (see `families`), the others are of handles that the first holds or rarer.
REFERENCE: Final = (0.25, 0.1, 0.05, 0.05)
_DOUBLED: Final = re.compile(r"([a-z]{3,})\1")


@dataclass(frozen=True, slots=True)
class Names:
    """Of each account: whether its handle is known, the traits it has, and codes of what it could share
    (-1: nothing), one column for each of `SHARED`."""

    known: Bools
    traits: Bools
    codes: Int64


def read_names(handles: pl.Series) -> Names:
    """From handles as the platform shows them, null where not known."""
    plain = handles.str.replace(r"^@", "").str.replace(r"\..*$", "")
    label = plain.str.to_lowercase().fill_null("")
    traits = (
        label.str.contains(r"\d{3,}$"),
        label.str.contains(r"\d{7,}$"),
        label.str.contains(r"[bcdfghjklmnpqrstvwxz]{5,}"),
        pl.Series([_DOUBLED.search(one) is not None for one in label.to_list()], dtype=pl.Boolean),
    )
    long = label.str.len_chars() >= 8
    parts = pl.DataFrame({"label": label, "plain": plain, "long": long}).select(
        pl.col("label").str.replace(r"[\d_.-]+$", "").pipe(_if_length, 4).alias("stem"),
        pl.when("long").then(pl.col("label").str.slice(0, 6)).alias("beginning"),
        pl.when("long").then(pl.col("label").str.slice(-6)).alias("ending"),
        pl.col("plain")
        .str.replace_all(r"\d", "#")
        .str.replace_all(r"[A-Z]", "^")
        .str.replace_all(r"\p{Ll}+", "a")
        .pipe(_if_length, 2)
        .alias("shape"),
    )
    codes = [
        (parts[name].rank("dense").cast(pl.Int64) - 1).fill_null(-1).to_numpy().astype(np.int64)
        for name in SHARED
    ]
    known = handles.is_not_null().to_numpy()
    return Names(known, np.stack([trait.to_numpy() for trait in traits], axis=1), np.stack(codes, axis=1))


def _if_length(text: pl.Expr, least: int) -> pl.Expr:
    return pl.when(text.str.len_chars() >= least).then(text)


def names(all_names: Names, members: Int64) -> Finding:
    """The pattern of these accounts' handles that the others' make least likely. Weak."""
    mine = members[all_names.known[members]]
    size, others = len(mine), int(all_names.known.sum()) - len(mine)
    found = [Finding(Family.NAMES, 0, 0, size, 1.0, "number")]
    if size >= MIN_ALIKE:
        tests = len(TRAITS) + len(SHARED)
        found += [_trait(all_names, mine, others, n, tests) for n in range(len(TRAITS))]
        if others >= FEW_OTHERS:
            found += [_shared(all_names, mine, others, n, tests) for n in range(len(SHARED))]
    return min(found, key=lambda finding: finding.chance)


def _trait(every: Names, mine: Int64, others: int, number: int, tests: int) -> Finding:
    observed = int(every.traits[mine, number].sum())
    rate = REFERENCE[number]
    if others >= FEW_OTHERS:
        rate = (int(every.traits[every.known, number].sum()) - observed + 1) / (others + 2)
    chance = min(1.0, float(binom.sf(observed - 1, len(mine), rate)) * tests)
    return Finding(Family.NAMES, observed, rate * len(mine), len(mine), chance, TRAITS[number])


def _shared(every: Names, mine: Int64, others: int, number: int, tests: int) -> Finding:
    """Handles that share this part with at least two others of the group, more than others' would."""
    codes = every.codes[:, number]
    kinds = int(codes.max()) + 1
    held = codes[mine][codes[mine] >= 0]
    if not kinds or not len(held):
        return Finding(Family.NAMES, 0, 0, len(mine), 1.0, SHARED[number])
    code, count = np.unique(held, return_counts=True)
    total = np.bincount(codes[codes >= 0], minlength=kinds)[code]
    expected = len(mine) * (total - count + 0.5) / (others + 1)
    chance = np.asarray(poisson.sf(count - 1, expected)) * kinds
    telling = (count >= MIN_ALIKE) & (count >= 4 * expected) & (chance < 1)
    if not telling.any():
        return Finding(Family.NAMES, 0, 0, len(mine), 1.0, SHARED[number])
    observed, by_chance = int(count[telling].sum()), float(expected[telling].sum())
    least = min(1.0, float(chance[telling].min()) * tests)
    return Finding(Family.NAMES, observed, by_chance, len(mine), least, SHARED[number])
