"""Write a trained model twice: as a Detoxify-format checkpoint and as an int8 ONNX file.

The checkpoint holds only tensors and plain values, so that it loads with `weights_only=True`; its
folder holds the config with seven labels and the tokenizer. The ONNX file goes through onnxruntime's
BERT fusion and dynamic int8 quantisation per channel, which `rounding.py` prepares. Of a backbone whose
word table was not trained (multilingual-e5-small), the table goes into four bits, as it came (`four_bits`).
Both files are scored on the same texts at the end.
"""

import json
import logging
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import torch
from rounding import Samples, round_products

from core.classify.model_file import file_sha256
from core.domain.classification import LABELS

log = logging.getLogger("export_onnx")

_WORDS = "model.bert.embeddings.word_embeddings.weight"
_BLOCK = 32  # weights of a word that share a scale
LENGTH = 256  # tokens read of one text; the engine cuts longer ones into windows of about 220

_SAMPLES = (
    "thank you for the article",
    "you are a worthless idiot",
    "我不同意你的看法",
    "你这个汉奸走狗",
    "i will find you and kill you",
    "obrigado pelo artigo",
)


def export(model: Any, tokenizer: Path, out: Path, samples: Samples) -> None:
    """Write `detoxify/` (model.ckpt, config.json, tokenizer) and `model.int8.onnx` below `out`.

    `samples` are token ids of training texts, to see what flows through the model.
    """
    checkpoint(model, tokenizer, out / "detoxify")
    path = out / "model.int8.onnx"
    onnx_int8(model, path, samples)
    log.info("%s: %.1f MB, sha256 %s", path.name, path.stat().st_size / 1e6, file_sha256(path))
    (out / "tokenizer.json").write_bytes(tokenizer.read_bytes())
    gap = compare(model, tokenizer, out / "model.int8.onnx")
    log.info("largest difference of a score between checkpoint and int8: %.4f", gap)


def checkpoint(model: Any, tokenizer: Path, folder: Path) -> None:
    """The format of the official Detoxify checkpoints."""
    folder.mkdir(parents=True, exist_ok=True)
    model.config.save_pretrained(folder)
    (folder / "tokenizer.json").write_bytes(tokenizer.read_bytes())
    settings = {"tokenizer_class": "PreTrainedTokenizerFast", "model_max_length": LENGTH} | marks(tokenizer)
    (folder / "tokenizer_config.json").write_text(json.dumps(settings), "utf-8")
    arguments = {
        "num_classes": len(LABELS),
        "model_type": "breakwater",  # replaced by the local folder on loading
        "model_name": type(model).__name__,
        "tokenizer_name": "PreTrainedTokenizerFast",
    }
    content = {
        "config": {"arch": {"args": arguments}, "dataset": {"args": {"classes": list(LABELS)}}},
        "state_dict": {name: value.contiguous() for name, value in model.state_dict().items()},
    }
    torch.save(content, folder / "model.ckpt")
    log.info("checkpoint sha256 %s", file_sha256(folder / "model.ckpt"))


def marks(tokenizer: Path) -> dict[str, str]:
    """The names of the four marks every BERT-like vocabulary has, in this one."""
    content = json.loads(tokenizer.read_text("utf-8"))
    names = {entry["content"] for entry in content["added_tokens"]}
    known = ("<pad>", "<unk>", "<s>", "</s>") if "<pad>" in names else ("[PAD]", "[UNK]", "[CLS]", "[SEP]")
    return dict(zip(("pad_token", "unk_token", "cls_token", "sep_token"), known, strict=True))


class _Logits(torch.nn.Module):
    def __init__(self, model: Any) -> None:
        super().__init__()
        self.model = model

    def forward(self, input_ids: torch.Tensor, attention_mask: torch.Tensor) -> torch.Tensor:
        """Logits alone, shape (batch, 7)."""
        logits: torch.Tensor = self.model(input_ids=input_ids, attention_mask=attention_mask).logits
        return logits


def onnx_int8(model: Any, path: Path, samples: Samples) -> None:
    """Export, fuse, quantise. Inputs become int32 by the fusion."""
    from onnxruntime.quantization import QuantType, quantize_dynamic
    from onnxruntime.transformers.fusion_options import FusionOptions
    from onnxruntime.transformers.optimizer import optimize_model

    packed = not model.bert.embeddings.word_embeddings.weight.requires_grad
    path.parent.mkdir(parents=True, exist_ok=True)
    plain, fused = path.with_suffix(".fp32"), path.with_suffix(".fused")
    model.config._attn_implementation = "eager"
    ids = torch.ones((2, 8), dtype=torch.int64)
    axes = {0: "batch", 1: "length"}
    torch.onnx.export(
        _Logits(model).eval(),
        (ids, torch.ones_like(ids)),
        str(plain),
        input_names=["input_ids", "attention_mask"],
        output_names=["logits"],
        dynamic_axes={"input_ids": axes, "attention_mask": axes, "logits": {0: "batch"}},
        opset_version=17,
        dynamo=False,
    )
    config = model.config
    fusions = FusionOptions("bert")
    fusions.enable_embed_layer_norm = not packed  # it would swallow the look-up that gets four bits
    # Adding, then normalising is five times as fast: onnxruntime 1.32 has no quick kernel for both at once.
    fusions.enable_skip_layer_norm = fusions.enable_bias_skip_layer_norm = False
    optimized = optimize_model(
        str(plain),
        model_type="bert",
        num_heads=config.num_attention_heads,
        hidden_size=config.hidden_size,
        optimization_options=fusions,
        opt_level=0,  # else onnxruntime joins the steps again while it reads the file
    )
    optimized.change_graph_inputs_to_int32()
    optimized.save_model_to_file(str(fused))
    round_products(fused, samples)
    quantize_dynamic(
        str(fused),
        str(path),
        per_channel=True,
        reduce_range=True,  # CPUs without VNNI overflow otherwise; measured to cost nothing
        weight_type=QuantType.QInt8,
        nodes_to_exclude=[n.name for n in optimized.model.graph.node if packed and _WORDS in n.input],
        extra_options={"DefaultTensorType": 1},  # FLOAT; the fused graph lost its types
    )
    if packed:
        pack_words(path)
    plain.unlink()
    fused.unlink()


def four_bits(table: npt.NDArray[np.float32]) -> tuple[npt.NDArray[np.uint8], npt.NDArray[np.float16]]:
    """Weights in blocks of 32 as whole numbers -8..7 (two in a byte, low half first) times a scale.

    `table` (rows, columns) gives (rows, columns / 2) and (rows, columns / 32). Every block takes the scale
    that fits it best of those that put its largest weight on a whole number, so that a table that comes
    from such blocks is found again exactly.
    """
    blocks = table.reshape(-1, _BLOCK)
    largest = np.take_along_axis(blocks, np.abs(blocks).argmax(1)[:, None], 1)[:, 0]
    best = np.full(len(blocks), np.inf, np.float32)
    found = np.zeros(blocks.shape, np.int8)
    scales = np.zeros(len(blocks), np.float16)
    for step in (-8, *range(-7, 0), *range(1, 8)):
        scale = (largest / step).astype(np.float16)
        with np.errstate(divide="ignore", invalid="ignore"):
            whole = np.nan_to_num(np.rint(blocks / scale.astype(np.float32)[:, None])).clip(-8, 7)
        error = np.abs(whole * scale.astype(np.float32)[:, None] - blocks).max(1)
        better = error < best
        best[better], scales[better], found[better] = error[better], scale[better], whole[better]
    log.info("word table in four bits: largest error %.2g of %.2g", best.max(), np.abs(table).max())
    halves = (found & 15).astype(np.uint8).reshape(len(table), -1, 2)
    return halves[:, :, 0] | halves[:, :, 1] << 4, scales.reshape(len(table), -1)


def pack_words(path: Path) -> None:
    """Replace the look-up of words by one in a four-bit table."""
    import onnx

    model = onnx.load(str(path))
    graph = model.graph
    (words,) = (w for w in graph.initializer if w.name == _WORDS)
    (place,) = (i for i, node in enumerate(graph.node) if _WORDS in node.input)
    numbers, scales = four_bits(onnx.numpy_helper.to_array(words))
    _, ids = graph.node[place].input
    (looked_up,) = graph.node[place].output
    cast = onnx.helper.make_node("Cast", [f"{looked_up}_half"], [looked_up], to=onnx.TensorProto.FLOAT)
    lookup = onnx.helper.make_node(
        "GatherBlockQuantized",
        [_WORDS, ids, f"{_WORDS}_scales"],
        [f"{looked_up}_half"],
        domain="com.microsoft",
        gather_axis=0,
        quantize_axis=1,
        block_size=_BLOCK,
    )
    graph.node.remove(graph.node[place])
    graph.node.insert(place, cast)
    graph.node.insert(place, lookup)
    shape = list(words.dims)
    graph.initializer.remove(words)
    graph.initializer.append(
        onnx.helper.make_tensor(_WORDS, onnx.TensorProto.INT4, shape, numbers.tobytes(), raw=True)
    )
    graph.initializer.append(onnx.numpy_helper.from_array(scales, f"{_WORDS}_scales"))
    model.ir_version = max(model.ir_version, 10)  # the first with four-bit numbers
    onnx.save(model, str(path))


def compare(model: Any, tokenizer: Path, path: Path) -> float:
    """The largest difference of any score on a few texts."""
    import onnxruntime
    from tokenizers import Tokenizer

    encoder = Tokenizer.from_file(str(tokenizer))
    encoder.enable_padding(pad_id=model.config.pad_token_id, pad_token=marks(tokenizer)["pad_token"])
    encoded = encoder.encode_batch(list(_SAMPLES))
    ids = np.array([e.ids for e in encoded])
    mask = np.array([e.attention_mask for e in encoded])
    session = onnxruntime.InferenceSession(str(path), providers=["CPUExecutionProvider"])
    (small,) = session.run(None, {"input_ids": ids.astype(np.int32), "attention_mask": mask.astype(np.int32)})
    with torch.no_grad():
        full = model(input_ids=torch.from_numpy(ids), attention_mask=torch.from_numpy(mask)).logits.numpy()
    return float(np.abs(1 / (1 + np.exp(-small)) - 1 / (1 + np.exp(-full))).max())
