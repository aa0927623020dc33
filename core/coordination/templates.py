"""Near-duplicate texts by leader clustering.

Texts are compared as sets of character n-grams through MinHash with banding; a candidate is verified
by its signature and by edit similarity. A text joins a leader only by being like the leader itself,
never like another follower: chains of ordinary sentences cannot form.
"""

from collections.abc import Callable, Sequence
from typing import Final

import numpy as np
import numpy.typing as npt
import polars as pl
from rapidfuzz.distance import Indel
from rapidfuzz.process import cpdist

UInt32 = npt.NDArray[np.uint32]
UInt64 = npt.NDArray[np.uint64]
Int64 = npt.NDArray[np.int64]
Similarity = Callable[[Int64, Int64], npt.NDArray[np.float32]]

BANDS: Final = 10
ROWS: Final = 3
GRAM: Final = 4  # characters, alphabetic scripts
GRAM_WIDE: Final = 2  # Chinese, Japanese, Korean
MIN_LETTERS: Final = 14
MIN_WIDE: Final = 6
# At Jaccard 0.65 ten bands of three rows propose 96 % of pairs.
MIN_SIGNATURE: Final = 0.45
MIN_SIMILARITY: Final = 0.74
_CHUNK: Final = 4_000  # texts per pass, so that the arrays stay in the processor's cache
_SEED: Final = 0x5EED_B4EA


def leaders(texts: pl.Series, wide: pl.Series) -> Int64:
    """For each distinct text the index of its leader (itself when it leads).

    `texts` must be distinct and ordered by precedence: an earlier text leads a later one, so callers
    put the most frequent first. `wide` says where n-grams of CJK size apply. Cost is linear in the
    number of texts: each is compared with at most two texts per band.
    """
    count = len(texts)
    result = np.arange(count, dtype=np.int64)
    for flag, gram, shortest in ((False, GRAM, MIN_LETTERS), (True, GRAM_WIDE, MIN_WIDE)):
        index = np.flatnonzero(((wide == flag) & (texts.str.len_chars() >= shortest)).to_numpy())
        if len(index) > 1:
            chosen = texts.gather(index)
            result[index] = index[_lead(chosen, _signatures(chosen, gram))]
    return result


def _signatures(texts: pl.Series, gram: int) -> UInt32:
    """MinHash signatures, one row per text."""
    factors = np.random.default_rng(_SEED).integers(1, 2**31, size=BANDS * ROWS, dtype=np.uint32) * 2 + 1
    out = np.empty((len(texts), BANDS * ROWS), dtype=np.uint32)
    for start in range(0, len(texts), _CHUNK):
        part = texts[start : start + _CHUNK]
        hashes, starts = _grams(part, gram)
        for column, factor in enumerate(factors):
            mixed = hashes * factor
            mixed ^= mixed >> np.uint32(15)
            out[start : start + len(part), column] = np.minimum.reduceat(
                mixed * np.uint32(0x2C1B3C6D), starts
            )
    return out


def _grams(texts: pl.Series, gram: int) -> tuple[UInt32, Int64]:
    """Hashes of every n-gram of the texts, concatenated, and where each text's begin."""
    lengths = texts.str.len_chars().to_numpy().astype(np.int64)
    codes = np.frombuffer("".join(texts.to_list()).encode("utf-32-le"), dtype=np.uint32)
    hashes = np.zeros(len(codes) - gram + 1, dtype=np.uint32)
    for shift in range(gram):
        hashes = (hashes ^ codes[shift : len(codes) - gram + 1 + shift]) * np.uint32(0x01000193)
        hashes ^= hashes >> np.uint32(13)
    ends = np.cumsum(lengths)
    inside = np.ones(len(codes), dtype=bool)
    for back in range(1, gram):  # n-grams that would reach into the next text
        inside[ends - back] = False
    starts = np.concatenate(([0], np.cumsum(lengths - gram + 1)[:-1]))
    return hashes[inside[: len(hashes)]], starts


def _lead(texts: pl.Series, signatures: UInt32) -> Int64:
    keys = []
    for band in range(BANDS):
        rows = signatures[:, band * ROWS : (band + 1) * ROWS].astype(np.uint64)
        keys.append(
            (rows[:, 0] << np.uint64(32))
            ^ (rows[:, 1] << np.uint64(13))
            ^ (rows[:, 2] * np.uint64(0x9E3779B1))
        )
    return lead_in_buckets(keys, lambda left, right: _similarity(texts, signatures, left, right))


def lead_in_buckets(keys: Sequence[UInt64], similarity: Similarity) -> Int64:
    """Leaders among things that fall into buckets: `keys` holds, per banding, each thing's bucket.

    Earlier things lead later ones. A thing is compared with the first of each of its buckets, and with
    the leader of that one; `similarity` gives 0 for pairs that are not alike.
    """
    count = len(keys[0])
    followers, candidates = _candidates(keys)
    score = similarity(followers, candidates)
    keep = score > 0
    followers, candidates, score = followers[keep], candidates[keep], score[keep]
    result = np.arange(count, dtype=np.int64)
    follows = np.zeros(count, dtype=bool)
    follows[followers] = True
    # A candidate that itself follows may only stand in for its own leader, who is compared again.
    direct = ~follows[candidates]
    _assign(result, followers[direct], candidates[direct], score[direct])
    pending = np.unique(followers[result[followers] == followers])
    second = np.isin(followers, pending) & ~direct
    again, through = followers[second], result[candidates[second]]
    moved = again != through
    again, through = again[moved], through[moved]
    score = similarity(again, through)
    good = (score > 0) & (result[through] == through)
    _assign(result, again[good], through[good], score[good])
    # Whoever was followed must lead: a text that found a leader late hands nobody on.
    return np.where(result[result] == result, result, np.arange(count))


def _assign(result: Int64, followers: Int64, candidates: Int64, score: npt.NDArray[np.float32]) -> None:
    """Give each follower its most similar candidate, the earlier one on a tie."""
    order = np.lexsort((-candidates, score, followers))
    result[followers[order]] = candidates[order]


def _candidates(keys: Sequence[UInt64]) -> tuple[Int64, Int64]:
    """Pairs (thing, earliest thing in one of its buckets), distinct."""
    count = len(keys[0])
    pairs = []
    for key in keys:
        order = np.argsort(key, kind="stable")
        first = np.concatenate(([True], key[order][1:] != key[order][:-1]))
        heads = order[first][np.cumsum(first) - 1]
        moved = heads != order
        pairs.append(order[moved].astype(np.int64) * count + heads[moved])
    distinct = np.unique(np.concatenate(pairs))
    return distinct // count, distinct % count


def _similarity(texts: pl.Series, signatures: UInt32, left: Int64, right: Int64) -> npt.NDArray[np.float32]:
    """Edit similarity of the pairs that pass, 0 for the others."""
    score = np.zeros(len(left), dtype=np.float32)
    for start in range(0, len(left), 200_000):
        a, b = left[start : start + 200_000], right[start : start + 200_000]
        alike = (signatures[a] == signatures[b]).mean(axis=1) >= MIN_SIGNATURE
        where = start + np.flatnonzero(alike)
        if len(where):
            score[where] = cpdist(
                texts.gather(left[where]).to_list(),
                texts.gather(right[where]).to_list(),
                scorer=Indel.normalized_similarity,
                score_cutoff=MIN_SIMILARITY,
                dtype=np.float32,
            )
    return score
