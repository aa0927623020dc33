"""Products of an encoder in eight bits: whichever way is taken, what comes out stays close."""

import shutil
from collections.abc import Callable
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pytest

pytest.importorskip("onnx")
F32 = npt.NDArray[np.float32]
INPUTS, OUTPUTS = 256, 64


def _graph(path: Path, table: F32, weights: F32) -> None:
    """ids -> rows of a table -> product with weights; and a mask, as encoders have."""
    import onnx
    from onnx import TensorProto, helper, numpy_helper

    nodes = [
        helper.make_node("Gather", ["table", "input_ids"], ["rows"]),
        helper.make_node("MatMul", ["rows", "weights"], ["product"], name="product"),
        helper.make_node("Cast", ["attention_mask"], ["mask"], to=TensorProto.FLOAT),
        helper.make_node("ReduceMin", ["mask"], ["one"], keepdims=0),
        helper.make_node("Mul", ["product", "one"], ["logits"]),
    ]
    ids = [
        helper.make_tensor_value_info(n, TensorProto.INT32, [1, "length"])
        for n in ("input_ids", "attention_mask")
    ]
    out = [helper.make_tensor_value_info("logits", TensorProto.FLOAT, None)]
    held = [numpy_helper.from_array(table, "table"), numpy_helper.from_array(weights, "weights")]
    opsets = [helper.make_opsetid("", 17), helper.make_opsetid("com.microsoft", 1)]
    onnx.save(
        helper.make_model(helper.make_graph(nodes, "g", ids, out, held), opset_imports=opsets, ir_version=9),
        path,
    )


def _run(path: Path, ids: npt.NDArray[np.int32]) -> F32:
    import onnxruntime

    session = onnxruntime.InferenceSession(str(path), providers=["CPUExecutionProvider"])
    found: F32 = session.run(None, {"input_ids": ids[None], "attention_mask": np.ones_like(ids)[None]})[0][0]
    return found


def _calm(table: F32) -> None:
    """Nothing stands out."""


def _loud_input(table: F32) -> None:
    """One input is large in every token, as the normalised inputs of multilingual-e5-small are."""
    table[:, 7] *= 30


def _loud_tokens(table: F32) -> None:
    """Some tokens are large in many inputs: no factor for an input helps."""
    table[::9] *= 300


@pytest.mark.parametrize(
    ("change", "way"), [(_calm, "plain"), (_loud_input, "smooth"), (_loud_tokens, "blocks")]
)
def test_a_product_is_rounded_in_the_cheapest_way_that_is_close(
    change: Callable[[F32], None], way: str, tmp_path: Path
) -> None:
    import onnx
    from rounding import BLOCKS, SMOOTH, round_products

    rng = np.random.default_rng(4)
    table = rng.normal(size=(90, INPUTS)).astype(np.float32)
    change(table)
    weights = rng.normal(size=(INPUTS, OUTPUTS)).astype(np.float32)
    path, small = tmp_path / "plain.onnx", tmp_path / "small.onnx"
    _graph(path, table, weights)
    ids = rng.permutation(90).astype(np.int32)[:40]
    exact = _run(path, ids)
    assert np.allclose(exact, table[ids] @ weights, rtol=1e-3, atol=1e-2)

    shutil.copyfile(path, tmp_path / "as_it_was.onnx")
    round_products(path, [rng.integers(0, 90, 30) for _ in range(8)])
    names = [held.name for held in onnx.load(str(path)).graph.initializer]
    found = "smooth" if f"weights{SMOOTH}" in names else "blocks" if f"weights{BLOCKS}" in names else "plain"
    assert found == way
    _quantise(path, small)
    _quantise(tmp_path / "as_it_was.onnx", tmp_path / "careless.onnx")
    # Ordinary tokens are what is hurt: a loud one takes all the levels.
    rows = np.abs(table[ids]).max(axis=1) < 100
    careful, careless = (
        float(np.abs(_run(file, ids)[rows] - exact[rows]).mean() / exact[rows].std())
        for file in (small, tmp_path / "careless.onnx")
    )
    assert careful < 0.07
    assert careful <= careless
    if way != "plain":
        assert careful < 0.6 * careless


def _quantise(source: Path, target: Path) -> None:
    from onnxruntime.quantization import QuantType, quantize_dynamic

    quantize_dynamic(
        str(source),
        str(target),
        op_types_to_quantize=["MatMul"],  # not the table, whose loud rows are no matter here
        per_channel=True,
        reduce_range=True,
        weight_type=QuantType.QInt8,
    )
