"""A Detoxify-format checkpoint of an encoder that ships: the same weights, for anything that reads those.

    python packaging/model/rebuild_checkpoint.py --model resources/models/minilm-en --out FOLDER

The checkpoint of a training run is too large for the repository. The shipped int8 file holds every weight,
rounded; this reads them back, so that `detoxify` scores with exactly what the product scores with (which
also rounds what flows between them while it runs).
"""

import argparse
import json
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import onnx
import torch
from export_onnx import checkpoint
from rounding import BLOCK_SCALES, BLOCKS, SMOOTH

from core.domain.classification import LABELS

F32 = npt.NDArray[np.float32]

_HEADS = 12  # of every encoder that ships; the file does not say
_QUANTISED = "_quantized"
_EMBEDDINGS = "model.bert.embeddings."
_NORM = ("weight", "bias")
_LAYER = ("attention.output.dense", "intermediate.dense", "output.dense")


class _Table:
    """The weights of a quantised file by name, as numbers again."""

    def __init__(self, graph: Any) -> None:
        self._all = {weights.name: weights for weights in graph.initializer}
        # Products with weights in the order in which they are made: four a layer, pooler, classifier.
        used = (name for node in graph.node for name in node.input if name in self._all)
        self.products = [name for name in map(self._product, used) if name]

    def _product(self, name: str) -> str:
        if name.endswith(BLOCKS):
            return name.removesuffix(BLOCKS)
        plain = name.removesuffix(_QUANTISED)
        matrix = name.endswith(_QUANTISED) and len(self._all[name].dims) == 2
        return plain if matrix and not name.startswith(_EMBEDDINGS) else ""

    def get(self, name: str) -> F32:
        """One table, whether whole, in eight bits (in columns or in blocks) or in four."""
        table = self._stored(name)
        return table * self._array(f"{name}{SMOOTH}")[:, None] if f"{name}{SMOOTH}" in self._all else table

    def _stored(self, name: str) -> F32:
        if f"{name}{_QUANTISED}" in self._all:
            scale, zero = self._array(f"{name}_scale"), self._array(f"{name}_zero_point")
            return ((self._array(f"{name}{_QUANTISED}") - zero) * scale).astype(np.float32)
        if f"{name}{BLOCKS}" in self._all:
            numbers, scales = self._array(f"{name}{BLOCKS}"), self._array(f"{name}{BLOCK_SCALES}")
            rows = (numbers - 128) * scales.reshape(numbers.shape[0], -1, 1)
            return rows.reshape(len(rows), -1).T.astype(np.float32)
        if f"{name}_scales" in self._all:
            whole, scales = self._array(name), self._array(f"{name}_scales")
            blocks = whole.reshape(*scales.shape, -1) * scales[:, :, None]
            return blocks.reshape(whole.shape).astype(np.float32)
        return self._array(name)

    def _array(self, name: str) -> F32:
        return onnx.numpy_helper.to_array(self._all[name]).astype(np.float32)


def read_back(path: Path) -> dict[str, torch.Tensor]:
    """The state dict of a BertForSequenceClassification."""
    table = _Table(onnx.load(str(path)).graph)
    state = {
        f"bert.embeddings.LayerNorm.{kind}": table.get(f"{_EMBEDDINGS}LayerNorm.{kind}") for kind in _NORM
    }
    for kind in ("word", "position", "token_type"):
        state[f"bert.embeddings.{kind}_embeddings.weight"] = table.get(
            f"{_EMBEDDINGS}{kind}_embeddings.weight"
        )
    *layers, pooler, classifier = table.products
    for number in range(len(layers) // 4):
        qkv, *others = layers[4 * number : 4 * number + 4]
        state |= _attention(table, qkv, number)
        for name, product in zip(_LAYER, others, strict=True):
            state |= _layer_part(table, product, f"bert.encoder.layer.{number}.{name}")
    for name, product in (("bert.pooler.dense", pooler), ("classifier", classifier)):
        state |= {f"{name}.weight": table.get(product).T, f"{name}.bias": table.get(f"model.{name}.bias")}
    return {name: torch.from_numpy(np.ascontiguousarray(value)) for name, value in state.items()}


def _attention(table: _Table, product: str, number: int) -> dict[str, F32]:
    weights, bias = table.get(product), table.get(f"Attention_{number}_qkv_bias")
    found: dict[str, F32] = {}
    parts = zip(("query", "key", "value"), np.split(weights, 3, 1), np.split(bias, 3), strict=True)
    for name, columns, own in parts:
        place = f"bert.encoder.layer.{number}.attention.self.{name}"
        found |= {f"{place}.weight": columns.T, f"{place}.bias": own}
    return found


def _layer_part(table: _Table, product: str, place: str) -> dict[str, F32]:
    found = {f"{place}.weight": table.get(product).T, f"{place}.bias": table.get(f"model.{place}.bias")}
    if place.endswith("output.dense"):
        norm = place.removesuffix("dense") + "LayerNorm"
        found |= {f"{norm}.{kind}": table.get(f"model.{norm}.{kind}") for kind in _NORM}
    return found


def rebuild(folder: Path, out: Path) -> Path:
    """Write the checkpoint of a shipped encoder folder below `out` and return its path."""
    from transformers import BertConfig, BertForSequenceClassification

    fields = json.loads((folder / "model.json").read_text("utf-8"))
    state = read_back(folder / fields["weights"])
    words = state["bert.embeddings.word_embeddings.weight"]
    config = BertConfig(
        vocab_size=words.shape[0],
        hidden_size=words.shape[1],
        num_hidden_layers=sum(name.endswith("self.query.weight") for name in state),
        num_attention_heads=_HEADS,
        intermediate_size=state["bert.encoder.layer.0.intermediate.dense.bias"].shape[0],
        max_position_embeddings=state["bert.embeddings.position_embeddings.weight"].shape[0],
        type_vocab_size=state["bert.embeddings.token_type_embeddings.weight"].shape[0],
        num_labels=len(LABELS),
        id2label=dict(enumerate(LABELS)),
        label2id={name: i for i, name in enumerate(LABELS)},
        problem_type="multi_label_classification",
        layer_norm_eps=1e-12,
    )
    model = BertForSequenceClassification(config)
    model.load_state_dict(state)
    checkpoint(model.eval(), folder / fields["tokenizer"], out)
    return out / "model.ckpt"


def main() -> None:
    """Write one checkpoint."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--model", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    args = parser.parse_args()
    print(rebuild(args.model, args.out))


if __name__ == "__main__":
    main()
