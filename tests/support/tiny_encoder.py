"""Hand-made ONNX encoders: a text's logits are the sum of its pieces' weights. No torch."""

import json
from pathlib import Path

import numpy as np
from onnx import TensorProto, helper, numpy_helper, save

from core.classify.encoder import EncoderFiles
from core.domain.classification import LABELS

LENGTH = 32


def tiny_encoder(folder: Path, weights: dict[str, float]) -> EncoderFiles:
    """Write the two files below `folder`. Every label gets the same logit, `-1` plus the words' weights.

    The tokenizer is like BERT's: one piece for each known word.
    """
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
    return _encoder(folder, [0.0, *weights.values()])


def tiny_unigram_encoder(folder: Path, weights: dict[str, float]) -> EncoderFiles:
    """The same with a tokenizer like XLM-R's: marks around the text, unigram pieces, `▁` before words.

    Unspaced scripts are read too: a piece needs no blank beside it.
    """
    marks = ("<s>", "<pad>", "</s>", "<unk>")
    signs = {c for word in weights for c in word} - set(weights)
    pieces = [*((mark, 0.0) for mark in marks), *((word, -2.0) for word in weights)]
    pieces += [("▁", -3.0), *((sign, -9.0) for sign in sorted(signs))]
    tokenizer = {
        "version": "1.0",
        "added_tokens": [
            {"id": i, "content": mark, "special": True, "normalized": False, "single_word": False}
            | {"lstrip": False, "rstrip": False}
            for i, mark in enumerate(marks)
        ],
        "normalizer": {"type": "NFKC"},
        "pre_tokenizer": {"type": "Metaspace", "replacement": "▁", "prepend_scheme": "always", "split": True},
        "post_processor": {
            "type": "TemplateProcessing",
            "single": [
                {"SpecialToken": {"id": "<s>", "type_id": 0}},
                {"Sequence": {"id": "A", "type_id": 0}},
                {"SpecialToken": {"id": "</s>", "type_id": 0}},
            ],
            "pair": [{"Sequence": {"id": "A", "type_id": 0}}, {"Sequence": {"id": "B", "type_id": 1}}],
            "special_tokens": {
                mark: {"id": mark, "ids": [marks.index(mark)], "tokens": [mark]} for mark in ("<s>", "</s>")
            },
        },
        "decoder": None,
        "model": {"type": "Unigram", "unk_id": marks.index("<unk>"), "vocab": pieces},
    }
    (folder / "tokenizer.json").write_text(json.dumps(tokenizer), "utf-8")
    nothing = [0.0] * len(marks)
    return _encoder(folder, [*nothing, *weights.values(), *([0.0] * (1 + len(signs)))])


def _encoder(folder: Path, weights: list[float]) -> EncoderFiles:
    table = np.array([[weight] * len(LABELS) for weight in weights], np.float32)
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
