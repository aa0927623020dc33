"""The canonical form is RFC 8785's, on the subset we use."""

import json

import pytest
import rfc8785
from hypothesis import given
from hypothesis import strategies as st

from core.evidence.canonical import canonical_bytes

KEYS = st.text(st.characters(max_codepoint=127), max_size=8)
LEAVES = (
    st.none()
    | st.booleans()
    | st.integers(-(2**53) + 1, 2**53 - 1)
    | st.text(st.characters(exclude_categories=["Cs"]), max_size=20)
)
VALUES = st.recursive(
    LEAVES,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(KEYS, inner, max_size=4),
    max_leaves=12,
)


@given(st.dictionaries(KEYS, VALUES, max_size=6))
def test_equals_rfc_8785(value: dict[str, object]) -> None:
    assert canonical_bytes(value) == rfc8785.dumps(value)  # type: ignore[arg-type]


@given(st.dictionaries(KEYS, VALUES, max_size=6))
def test_reads_back_and_stays(value: dict[str, object]) -> None:
    once = canonical_bytes(value)
    assert json.loads(once) == value
    assert canonical_bytes(json.loads(once)) == once


@pytest.mark.parametrize(
    "value",
    [
        {"x": 1.5},
        {"x": -0.0},
        {"x": float("nan")},
        {"x": 2**53},
        {"x": -(2**53)},
        {"x": "\ud800"},
        {"\u00e9": 1},
        {1: "x"},
        {"x": {1: "y"}},
        {"x": b"bytes"},
        {"x": [object()]},
    ],
)
def test_refuses_what_has_more_than_one_form(value: dict[str, object]) -> None:
    with pytest.raises(ValueError, match=r"."):
        canonical_bytes(value)
