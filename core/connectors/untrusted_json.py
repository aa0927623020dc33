"""Reading JSON that somebody else wrote, without losing the bytes it came in.

Limits are checked before parsing. A list page is cut into its items by their exact byte range, so that
each item's evidence is the very bytes received, whatever the parser made of them.
"""

import json
import re
from dataclasses import dataclass
from typing import Final, NoReturn

from core.domain.text import escape_surrogates

# Far above any real answer (a notification nests some 10 deep), far below the parser's recursion.
MAX_DEPTH: Final = 64

# The closing quote is optional: a text that never ends is taken whole, not tried again at each quote.
_STRING: Final = re.compile(rb'"(?:[^"\\]++|\\.)*+"?', re.DOTALL)
_BRACKET: Final = re.compile(rb"[\[\]{}]")
_SPACE: Final = re.compile(r"[ \t\n\r]*")


class Unreadable(Exception):
    """The bytes are not what they should be; the text names a place and a kind, never content."""


@dataclass(frozen=True, slots=True)
class Slice:
    """One item of a list: the bytes it occupied in the answer, and their value."""

    raw: bytes
    value: object


def _refuse_constant(_: str) -> NoReturn:
    raise ValueError("NaN and Infinity are not JSON")


_DECODER: Final = json.JSONDecoder(parse_constant=_refuse_constant)


def parse_json(untrusted_body: bytes) -> object:
    """The value of a whole JSON text. Raises `Unreadable`."""
    text = _checked_text(untrusted_body)
    value, end = _value(text, _skip(text, 0))
    if _skip(text, end) != len(text):
        raise Unreadable("json: text after the end")
    return value


def parse_page(untrusted_body: bytes, list_key: str) -> tuple[tuple[Slice, ...], dict[str, object]]:
    """The items of the list under `list_key`, each with its bytes, and the object's other fields.

    A list given twice is read twice: nothing received is dropped. Raises `Unreadable`.
    """
    text = _checked_text(untrusted_body)
    items: list[Slice] = []
    others: dict[str, object] = {}
    at = _expect(text, _skip(text, 0), "{")
    while (at := _skip(text, at)) < len(text) and text[at] != "}":
        key, at = _value(text, at)
        if not isinstance(key, str):
            raise Unreadable("json: a name that is not text")
        at = _skip(text, _expect(text, _skip(text, at), ":"))
        if key == list_key and text[at : at + 1] == "[":
            at = _items(text, at + 1, items)
        else:
            others[key], at = _value(text, at)
        at = _next(text, at, "}")
    if _skip(text, _expect(text, at, "}")) != len(text):
        raise Unreadable("json: text after the end")
    return tuple(items), others


def readable(untrusted: str) -> str:
    """The text as it can be stored and shown: lone surrogates written out, NUL as its symbol."""
    return escape_surrogates(untrusted.replace("\x00", "\N{SYMBOL FOR NULL}"))


def _checked_text(body: bytes) -> str:
    depth = deepest = 0
    for bracket in _BRACKET.findall(_STRING.sub(b"", body)):
        depth += 1 if bracket in b"[{" else -1
        deepest = max(deepest, depth)
    if deepest > MAX_DEPTH:
        raise Unreadable("json: too deep")
    # Bytes that are not UTF-8 survive as lone surrogates: one bad item must not hide the others,
    # and encoding a slice back gives the received bytes.
    return body.decode("utf-8", "surrogateescape")


def _items(text: str, at: int, items: list[Slice]) -> int:
    while (at := _skip(text, at)) < len(text) and text[at] != "]":
        value, end = _value(text, at)
        items.append(Slice(text[at:end].encode("utf-8", "surrogateescape"), value))
        at = _next(text, end, "]")
    return _expect(text, at, "]")


def _next(text: str, at: int, closing: str) -> int:
    """Past the comma after a member, or at the closing bracket."""
    at = _skip(text, at)
    if text[at : at + 1] == closing:
        return at
    at = _skip(text, _expect(text, at, ","))
    if text[at : at + 1] == closing:
        raise Unreadable("json: comma before the end")
    return at


def _value(text: str, at: int) -> tuple[object, int]:
    try:
        return _DECODER.raw_decode(text, at)
    except (ValueError, RecursionError) as error:
        raise Unreadable("json: not a value") from error


def _skip(text: str, at: int) -> int:
    match = _SPACE.match(text, at)
    return match.end() if match else at


def _expect(text: str, at: int, mark: str) -> int:
    if text[at : at + 1] != mark:
        raise Unreadable(f"json: no {mark!r} where one belongs")
    return at + 1
