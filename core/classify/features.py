"""Hashed character and word n-grams of folded texts, as one sparse matrix.

Training (`packaging/model/train_linear.py`) and scoring call this same code; a change here needs a
new model, which `FEATURES_VERSION` in its `model.json` enforces. Everything is done on whole batches
in numpy: no Python loop runs per character or per word.
"""

import re
from collections.abc import Sequence
from typing import Final

import numpy as np
import numpy.typing as npt
import scipy.sparse as sp

FEATURES_VERSION: Final = 1
CHAR_BITS: Final = 19
WORD_BITS: Final = 18
COLUMNS: Final = (1 << CHAR_BITS) + (1 << WORD_BITS)
MAX_CHARS: Final = 1000  # of one text in training; the engine reads longer ones in windows

_U64 = npt.NDArray[np.uint64]
_I64 = npt.NDArray[np.int64]
_F32 = npt.NDArray[np.float32]

_ORDERS: Final = (1, 2, 3, 4, 5)  # 1 and 2 only for letters of large alphabets
_LARGE_ALPHABET: Final = 0x2E80  # CJK, kana, Hangul and what follows
_STEP: Final = np.uint64(0x9E3779B97F4A7C15)  # odd; 2**64 over the golden ratio
_MIX: Final = np.uint64(0xD6E8FEB86659FD93)  # odd multiplier of a common 64-bit finaliser
_SALT: Final = np.arange(1, 16, dtype=np.uint64) * np.uint64(0xA0761D6478BD642F)
_END: Final = 0x0A  # between texts
_URL: Final = re.compile(r"https?://\S+|www\.\S+")
_HANDLE: Final = re.compile(r"@[\w.:-]+")
_DIGIT: Final = re.compile(r"\d")
_MAX_WORD: Final = 32


def model_text(folded: str) -> str:
    """What the model sees of a folded text: addresses, handles and digits reduced to their kind."""
    text = folded.replace("\n", " ")
    if "http" in text or "www." in text:
        text = _URL.sub("\x01", text)
    if "@" in text:
        text = _HANDLE.sub("@", text)
    return _DIGIT.sub("0", text)


def features(texts: Sequence[str]) -> sp.csr_matrix[np.float32]:
    """Counts (1 + ln tf), shape (len(texts), COLUMNS), from texts prepared by `model_text`."""
    points = np.frombuffer(
        ("\n".join(f" {t} " for t in texts) + "\n").encode("utf-32-le", "surrogatepass"), dtype=np.uint32
    )
    doc = np.cumsum(points == _END)
    chars_doc, chars_col = _char_grams(points, doc)
    words_doc, words_col = _word_grams(points, doc)
    rows = np.concatenate([chars_doc, words_doc])
    cols = np.concatenate([chars_col, words_col + (1 << CHAR_BITS)])
    return _count(rows, cols, len(texts))


def _bucket(hashes: _U64, salt: int, bits: int) -> _I64:
    mixed = (hashes + _SALT[salt]) * _MIX
    mixed ^= mixed >> np.uint64(32)
    mixed *= _MIX
    buckets: _I64 = (mixed >> np.uint64(64 - bits)).astype(np.int64)
    return buckets


def _char_grams(points: npt.NDArray[np.uint32], doc: _I64) -> tuple[_I64, _I64]:
    values = points.astype(np.uint64)
    large = points >= _LARGE_ALPHABET
    hashes = np.zeros(len(points), dtype=np.uint64)
    rows, cols = [], []
    for order in _ORDERS:
        size = len(points) - order + 1
        if size <= 0:
            break
        hashes = hashes[:size] * _STEP + values[order - 1 :]
        # A window is inside one text when no text ends before or at its last character.
        keep = (doc[:size] == doc[order - 1 :]) & (points[:size] != _END)
        if order < 3:
            keep &= large[:size]
        rows.append(doc[:size][keep])
        cols.append(_bucket(hashes[keep], order, CHAR_BITS))
    return np.concatenate(rows), np.concatenate(cols)


def _is_word(points: npt.NDArray[np.uint32]) -> npt.NDArray[np.bool_]:
    """Letters of alphabets whose words are separated; large alphabets are read by character grams."""
    lower = (points >= ord("a")) & (points <= ord("z"))
    other = (points >= 0xC0) & (points < 0x2000) & (points != 0xD7) & (points != 0xF7)
    letters: npt.NDArray[np.bool_] = (
        lower | (points == ord("0")) | (points == ord("@")) | (points == 1) | other | _hangul(points)
    )
    return letters


def _hangul(points: npt.NDArray[np.uint32]) -> npt.NDArray[np.bool_]:
    return (points >= 0xAC00) & (points <= 0xD7A3)


def _word_grams(points: npt.NDArray[np.uint32], doc: _I64) -> tuple[_I64, _I64]:
    inside = _is_word(points)
    edges = np.diff(np.concatenate([[False], inside, [False]]).astype(np.int8))
    starts, ends = np.flatnonzero(edges == 1), np.flatnonzero(edges == -1)
    if not len(starts):
        return np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.int64)
    lengths = np.minimum(ends - starts, _MAX_WORD)
    place = np.arange(int(lengths.sum())) - np.repeat(np.cumsum(lengths) - lengths, lengths)
    powers = np.cumprod(np.full(_MAX_WORD, _STEP), dtype=np.uint64)
    letters = points[np.repeat(starts, lengths) + place].astype(np.uint64) * powers[place]
    words = np.add.reduceat(letters, np.cumsum(lengths) - lengths)
    where = doc[starts]
    rows, cols = [where], [_bucket(words, 6, WORD_BITS)]
    for gap in (1, 2):  # neighbours, and neighbours but one
        together = where[:-gap] == where[gap:]
        pairs = (words[:-gap] * _STEP + words[gap:])[together]
        rows.append(where[:-gap][together])
        cols.append(_bucket(pairs, 6 + gap, WORD_BITS))
    return np.concatenate(rows), np.concatenate(cols)


def _count(rows: _I64, cols: _I64, texts: int) -> sp.csr_matrix[np.float32]:
    keys = rows * COLUMNS + cols
    keys.sort()
    first = np.flatnonzero(np.diff(keys, prepend=-1))
    counts = np.diff(first, append=len(keys))
    unique = keys[first]
    values = (1.0 + np.log(counts)).astype(np.float32)
    pointers = np.searchsorted(unique, np.arange(texts + 1, dtype=np.int64) * COLUMNS).astype(np.int32)
    indices = (unique % COLUMNS).astype(np.int32)
    return sp.csr_matrix((values, indices, pointers), shape=(texts, COLUMNS))


def weigh(counts: sp.csr_matrix[np.float32], idf: _F32) -> sp.csr_matrix[np.float32]:
    """Multiply by `idf` (length COLUMNS) and scale each block, characters and words, to length 1."""
    values = counts.data * idf[counts.indices]
    rows = np.repeat(np.arange(counts.shape[0]), np.diff(counts.indptr))
    slot = rows * 2 + (counts.indices >= (1 << CHAR_BITS))
    squares = np.bincount(slot, weights=values.astype(np.float64) ** 2, minlength=2 * counts.shape[0])
    norms = np.sqrt(np.maximum(squares, 1e-12))
    scaled = (values / norms[slot]).astype(np.float32)
    return sp.csr_matrix((scaled, counts.indices, counts.indptr), shape=counts.shape)
