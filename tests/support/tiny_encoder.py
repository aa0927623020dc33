"""A hand-made ONNX encoder: a text's logits are the sum of its words' weights. No torch."""

import json
from pathlib import Path

import numpy as np
from onnx import TensorProto, helper, numpy_helper, save

from core.classify.encoder import EncoderFiles
from core.domain.classification import LABELS

LENGTH = 32


def tiny_encoder(folder: Path, weights: dict[str, float]) -> EncoderFiles:
    """Write the two files below `folder`. Every label gets the same logit, `-1` plus the words' weights."""
    vocabulary = {"[UNK]": 0} | {word: i + 1 for i, word in enumerate(weights)}
    tokenizer = {
        "version": "1.0",
        "added_tokens": [],
        "normalizer": None,
        "pre_tokenizer": {"type": "Whitespace"},
        "post_processor": None,
        "decoder": None,
        "model": {"type": "WordLevel", "vocab": vocabulary, "unk_token": "[UNK]"},
    }
    (folder / "tokenizer.json").write_text(json.dumps(tokenizer), "utf-8")
    table = np.array([[0.0] * len(LABELS), *([w] * len(LABELS) for w in weights.values())], np.float32)
    constants = [
        numpy_helper.from_array(table, "table"),
        numpy_helper.from_array(np.array([1], np.int64), "axis"),
        numpy_helper.from_array(np.full((1, len(LABELS)), -1.0, np.float32), "start"),
    ]
    nodes = [
        helper.make_node("Gather", ["table", "input_ids"], ["rows"]),
        helper.make_node("Cast", ["attention_mask"], ["mask"], to=TensorProto.FLOAT),
        helper.make_node("Unsqueeze", ["mask", "two"], ["wide"]),
        helper.make_node("Mul", ["rows", "wide"], ["kept"]),
        helper.make_node("ReduceSum", ["kept", "axis"], ["sum"], keepdims=0),
        helper.make_node("Add", ["sum", "start"], ["logits"]),
    ]
    constants.append(numpy_helper.from_array(np.array([2], np.int64), "two"))
    shape = ["batch", "length"]
    graph = helper.make_graph(
        nodes,
        "tiny",
        [
            helper.make_tensor_value_info("input_ids", TensorProto.INT32, shape),
            helper.make_tensor_value_info("attention_mask", TensorProto.INT32, shape),
        ],
        [helper.make_tensor_value_info("logits", TensorProto.FLOAT, ["batch", len(LABELS)])],
        constants,
    )
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=8)
    save(model, str(folder / "model.int8.onnx"))
    return EncoderFiles("tiny", folder / "model.int8.onnx", folder / "tokenizer.json", LENGTH)
