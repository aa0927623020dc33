"""The canonical form is RFC 8785's, on the subset we use."""

import json

import pytest
import rfc8785
from hypothesis import given
from hypothesis import strategies as st

from core.evidence.canonical import NotCanonical, canonical_bytes, read_canonical

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


@given(st.dictionaries(KEYS, VALUES, max_size=6))
def test_the_canonical_form_reads_back(value: dict[str, object]) -> None:
    assert read_canonical(canonical_bytes(value)) == value


@pytest.mark.parametrize(
    "data",
    [
        b'{"b":1,"a":2}',
        b'{"a": 1}',
        b'{"a":1}\n',
        b'{"a":1,"a":1}',
        b'{"a":"\\u0041"}',
        b'{"\\u00e9":1}',
        b'{"a":-0}',
        '{"\u00e9":1}'.encode(),
        b'{"a":"\\ud800"}',
    ],
)
def test_another_form_is_not_canonical(data: bytes) -> None:
    with pytest.raises(ValueError, match=r"."):
        read_canonical(data)


@pytest.mark.parametrize(
    "data", [b"", b"[]", b"7", b'{"a":1.5}', b'{"a":1e2}', b'{"a":NaN}', b'{"a":9007199254740992}', b"\xff"]
)
def test_what_is_no_map_of_the_subset_is_not_read(data: bytes) -> None:
    with pytest.raises(ValueError, match=r".") as caught:
        read_canonical(data)
    assert not isinstance(caught.value, NotCanonical)


def test_a_number_without_end_is_refused_at_once() -> None:
    with pytest.raises(ValueError, match="integer"):
        read_canonical(b'{"a":' + b"9" * 4_000_000 + b"}")
