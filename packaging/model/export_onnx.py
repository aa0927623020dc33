"""Write a trained model twice: as a Detoxify-format checkpoint and as an int8 ONNX file.

The checkpoint holds only tensors and plain values, so that it loads with `weights_only=True`; its
folder holds the config with seven labels and the tokenizer. The ONNX file goes through onnxruntime's
BERT fusion and dynamic int8 quantisation per channel. Both are scored on the same texts at the end.
"""

import json
import logging
from pathlib import Path
from typing import Any

import numpy as np
import torch

from core.classify.model_file import file_sha256
from core.domain.classification import LABELS

log = logging.getLogger("export_onnx")

LENGTH = 256  # tokens read of one text; the engine cuts longer ones into windows of about 220

_SAMPLES = (
    "thank you for the article",
    "you are a worthless idiot",
    "我不同意你的看法",
    "你这个汉奸走狗",
    "i will find you and kill you",
    "obrigado pelo artigo",
)


def export(model: Any, tokenizer: Path, out: Path) -> None:
    """Write `detoxify/` (model.ckpt, config.json, tokenizer) and `model.int8.onnx` below `out`."""
    checkpoint(model, tokenizer, out / "detoxify")
    onnx_int8(model, out / "model.int8.onnx")
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


def onnx_int8(model: Any, path: Path) -> None:
    """Export, fuse, quantise. Inputs become int32 by the fusion."""
    from onnxruntime.quantization import QuantType, quantize_dynamic
    from onnxruntime.transformers.optimizer import optimize_model

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
    optimized = optimize_model(
        str(plain), model_type="bert", num_heads=config.num_attention_heads, hidden_size=config.hidden_size
    )
    optimized.change_graph_inputs_to_int32()
    optimized.save_model_to_file(str(fused))
    quantize_dynamic(
        str(fused),
        str(path),
        per_channel=True,
        reduce_range=True,  # CPUs without VNNI overflow otherwise; measured to cost nothing
        weight_type=QuantType.QInt8,
        extra_options={"DefaultTensorType": 1},  # FLOAT; the fused graph lost its types
    )
    plain.unlink()
    fused.unlink()
    log.info("%s: %.1f MB, sha256 %s", path.name, path.stat().st_size / 1e6, file_sha256(path))


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
