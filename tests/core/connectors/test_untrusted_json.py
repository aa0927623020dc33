"""Whatever the bytes are: a value with its exact bytes, or `Unreadable`; never another exception."""

import contextlib
import json
import time
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.connectors.untrusted_json import MAX_DEPTH, Unreadable, parse_json, parse_page, readable

_SCALARS = (
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text()
)
_VALUES = st.recursive(
    _SCALARS, lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner), max_leaves=10
)
_MALFORMED = (
    b'{"items": [NaN]}',
    b'{"items": [-Infinity]}',
    b'{"items": [1,]}',
    b'{"items": [1 2]}',
    b'{"items": [1]',
    b'{"items" [1]}',
    b'{"items": [1],}',
    b'{"items": [' + b"9" * 5000 + b"]}",
    b"{1: 2}",
    b"[1]",
    b"1",
)
_SPACES = st.text(alphabet=" \t\r\n", max_size=3)


@given(st.lists(_VALUES), st.dictionaries(st.text().filter(lambda key: key != "items"), _VALUES), _SPACES)
def test_pages_are_cut_into_their_items(values: list[Any], others: dict[str, Any], space: str) -> None:
    raws = [json.dumps(value, ensure_ascii=False).encode("utf-8", "surrogatepass") for value in values]
    pad = space.encode()
    fields = [json.dumps(k).encode() + b":" + pad + json.dumps(v).encode() for k, v in others.items()]
    fields.insert(
        len(fields) // 2, b'"items"' + pad + b":" + pad + b"[" + pad + (pad + b"," + pad).join(raws) + b"]"
    )
    body = pad + b"{" + (pad + b"," + pad).join(fields) + pad + b"}" + pad
    items, rest = parse_page(body, "items")
    assert [item.raw for item in items] == raws
    assert [item.value for item in items] == values
    assert rest == others


@given(st.binary())
def test_any_bytes_are_read_or_unreadable(body: bytes) -> None:
    for read in (parse_json, lambda given: parse_page(given, "items")):
        with contextlib.suppress(Unreadable):
            read(body)


@given(st.text(alphabet='{}[]",:\\ ae1-.tn', max_size=60))
def test_agrees_with_the_standard_library(text: str) -> None:
    try:
        expected = json.loads(text)
    except ValueError:
        with pytest.raises(Unreadable):
            parse_json(text.encode())
    else:
        assert parse_json(text.encode()) == expected


def test_depth_is_bounded_and_brackets_in_texts_do_not_count() -> None:
    fits = b"[" * MAX_DEPTH + b"]" * MAX_DEPTH
    assert parse_json(fits)
    assert parse_json(json.dumps(["[" * 1000]).encode())
    for deep in (b"[" + fits + b"]", b'{"a":' * 100_000, b"[" * 100_000):
        with pytest.raises(Unreadable, match="too deep"):
            parse_json(deep)


@pytest.mark.parametrize("body", _MALFORMED)
def test_malformed_pages(body: bytes) -> None:
    with pytest.raises(Unreadable):
        parse_page(body, "items")


def test_bytes_that_are_not_utf8_spoil_only_their_own_text() -> None:
    items, _ = parse_page(b'{"items": ["a\xffb", "fine"]}', "items")
    assert [item.raw for item in items] == [b'"a\xffb"', b'"fine"']
    assert readable(str(items[0].value)) == "a\\udcffb"


def test_a_list_given_twice_is_read_twice() -> None:
    items, _ = parse_page(b'{"items": [1], "items": [2]}', "items")
    assert [item.value for item in items] == [1, 2]


def test_duplicate_keys_keep_their_bytes() -> None:
    (item,), _ = parse_page(b'{"items": [{"a": 1, "a": 2}]}', "items")
    assert item.raw == b'{"a": 1, "a": 2}'


def test_other_kinds_under_the_list_key_are_handed_back() -> None:
    assert parse_page(b'{"items": null}', "items") == ((), {"items": None})


@given(st.text())
def test_readable_is_storable_and_keeps_ordinary_text(text: str) -> None:
    shown = readable(text)
    shown.encode("utf-8")
    assert "\x00" not in shown
    if "\x00" not in text and not any("\ud800" <= char <= "\udfff" for char in text):
        assert shown == text


def test_readable_names_what_it_replaced() -> None:
    assert readable("a\x00b") == "a␀b"
    assert readable("\ud83d \ude00") == "\\ud83d \\ude00"
    assert readable("😀") == "😀"


def test_a_large_hostile_body_is_read_in_linear_time() -> None:
    began = time.process_time()
    for body in (b'"' + b"\\" * 4_000_000, b'["' + b'\\"' * 2_000_000, b" " * 8_000_000, b'"' * 4_000_001):
        with pytest.raises(Unreadable):
            parse_json(body)
    assert time.process_time() - began < 10
