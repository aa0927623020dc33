"""Near-equal pictures by leader clustering of their perceptual hashes.

Two hashes are compared by the number of bits in which they differ. Candidates come from buckets over
fixed choices of bits, so that the cost is linear in the number of distinct hashes; as with texts, a
picture follows a leader only by being like the leader itself.
"""

from typing import Final

import numpy as np
import numpy.typing as npt
import polars as pl

from core.coordination.templates import lead_in_buckets

UInt8 = npt.NDArray[np.uint8]
Int64 = npt.NDArray[np.int64]

# Bits of a hash: hexadecimal digits, bits in which two may differ (a tenth), bits of a bucket.
SIZES: Final = {64: (16, 6, 16), 256: (64, 26, 20)}
# With so many buckets a pair at the limit is proposed in 95 of 100 cases (64 bits: 99).
BUCKETS: Final = 24
MIN_BITS: Final = 4  # a hash with fewer set or unset bits is of an empty picture
_SEED: Final = 0x1CE_B0B


def picture_leaders(hashes: pl.Series) -> pl.Series:
    """For each hash that of its leader; null where the text is no hash or the picture is empty.

    `hashes` must be distinct and ordered by precedence, most frequent first, in hexadecimal of 16 or
    64 digits. Hashes of different length are never alike.
    """
    text = hashes.str.to_lowercase()
    result: list[str | None] = [None] * len(text)
    for bits, (digits, apart, wide) in SIZES.items():
        index = np.flatnonzero(text.str.contains(f"^[0-9a-f]{{{digits}}}$").fill_null(False).to_numpy())
        if not len(index):
            continue
        chosen = text.gather(index).to_list()
        rows = np.frombuffer(bytes.fromhex("".join(chosen)), dtype=np.uint8).reshape(len(index), bits // 8)
        for at, lead, empty in zip(
            index.tolist(), _lead(rows, apart, wide).tolist(), _empty(rows).tolist(), strict=True
        ):
            result[at] = None if empty else chosen[lead]
    return pl.Series(hashes.name, result, dtype=pl.String)


def _empty(rows: UInt8) -> npt.NDArray[np.bool_]:
    ones = np.bitwise_count(rows).sum(axis=1)
    blank: npt.NDArray[np.bool_] = (ones < MIN_BITS) | (ones > 8 * rows.shape[1] - MIN_BITS)
    return blank


def _lead(rows: UInt8, apart: int, wide: int) -> Int64:
    if len(rows) == 1:
        return np.zeros(1, dtype=np.int64)
    bits = np.unpackbits(rows, axis=1)
    draw = np.random.default_rng(_SEED)
    powers = (1 << np.arange(wide, dtype=np.uint64)).astype(np.uint64)
    keys = [
        (bits[:, draw.choice(bits.shape[1], wide, replace=False)] * powers).sum(axis=1, dtype=np.uint64)
        for _ in range(BUCKETS)
    ]

    def similarity(left: Int64, right: Int64) -> npt.NDArray[np.float32]:
        distance = np.bitwise_count(rows[left] ^ rows[right]).sum(axis=1)
        alike: npt.NDArray[np.float32] = np.where(
            distance <= apart, 1.0 - distance / bits.shape[1], 0.0
        ).astype(np.float32)
        return alike

    return lead_in_buckets(keys, similarity)
