"""Strict reading of the texts in a stranger's packet: exactly what the writer makes."""

import json
import re
from hashlib import sha256
from typing import Any

_MANIFEST_LINE = re.compile(r"([0-9a-f]{64})  ([ -~]{1,200})")
_MOST_LABELS = 1000
_LEAF = re.compile(rb"[0-9a-f]{64}")


def manifest(data: bytes) -> dict[str, str]:
    """Hash by file name. Raises `ValueError`."""
    listed: dict[str, str] = {}
    for line in _lines(data):
        match = _MANIFEST_LINE.fullmatch(line)
        if match is None or match[2] in listed:
            raise ValueError("a line that is not a hash and a name, or a name twice")
        listed[match[2]] = match[1]
    return listed


def labels(data: bytes) -> dict[str, list[str]]:
    """The values of each label of a bag-info file. Raises `ValueError`."""
    found: dict[str, list[str]] = {}
    lines = _lines(data)
    if len(lines) >= _MOST_LABELS:
        raise ValueError("too long")
    for line in lines:
        label, separator, value = line.partition(": ")
        if not separator:
            raise ValueError("a line without a label")
        found.setdefault(label, []).append(value)
    return found


def leaf(line: bytes) -> bytes:
    """A leaf hash. Raises `ValueError`."""
    if _LEAF.fullmatch(line) is None:
        raise ValueError("not a hash")
    return bytes.fromhex(line.decode("ascii"))


def record(line: bytes) -> dict[str, Any]:
    """A JSON object without repeated names or numbers JSON does not have. Raises `ValueError`."""
    try:
        value = json.loads(line.decode("utf-8"), object_pairs_hook=_no_repeats, parse_constant=_no_constants)
    except RecursionError as error:
        raise ValueError("nested too deeply") from error
    if not isinstance(value, dict):
        raise ValueError("not an object")
    return value


def digest(data: bytes) -> str:
    """SHA-256 in hexadecimal."""
    return sha256(data).hexdigest()


def found_in(text: str, raw: bytes) -> bool:
    """Whether a text stands word for word in the bytes as received: plain, in JSON, or in a CSV cell."""
    forms = (
        text,
        json.dumps(text)[1:-1],
        json.dumps(text, ensure_ascii=False)[1:-1],
        text.replace('"', '""'),
    )
    return any(form.encode("utf-8", "surrogatepass") in raw for form in forms)


def _lines(data: bytes) -> list[str]:
    text = data.decode("utf-8")
    if not text.endswith("\n"):
        raise ValueError("no line break at the end")
    return text[:-1].split("\n")


def _no_repeats(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError("the same name twice in one object")
    return found


def _no_constants(name: str) -> None:
    raise ValueError(f"{name} is no JSON number")
