"""JSON lines: one JSON object per line."""

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import IO, Final

from core.errors import BadInput
from core.imports import problems
from core.imports.columns import COLUMNS, MAX_DEPTH
from core.imports.lines import Line, read_lines
from core.imports.problems import RowProblem
from core.imports.source_file import Encoding, SourceFile, shown_name

# The closing mark is optional so that an unclosed string is consumed once, not from each of its quotes.
_STRING: Final = re.compile(r'"(?:[^"\\]|\\.)*+"?', re.DOTALL)
_BRACKET: Final = re.compile(r"[\[\]{}]")
_KNOWN: Final = frozenset(COLUMNS)


@dataclass(frozen=True, slots=True)
class _Object:
    """A JSON object as its pairs, so that a name given twice is not lost."""

    pairs: list[tuple[str, object]]


def _constant(_: str) -> float:
    # NaN and Infinity are not JSON.
    raise ValueError


_DECODER: Final = json.JSONDecoder(object_pairs_hook=_Object, parse_constant=_constant, strict=False)


def read_json_lines(handle: IO[bytes], source: SourceFile) -> Iterator[Line]:
    """The lines that are not blank. Raises `BadInput` when the file is one big JSON list."""
    first = True
    for line in read_lines(handle, source):
        bare = line.raw.strip(b" \t\r\n\x00")
        if not bare:
            continue
        if first and (bare == b"[" or bare.startswith(b"[{")):
            raise BadInput(what=shown_name(source.path), why=problems.JSON_LIST)
        first = False
        yield line


def parse_json_row(line: Line, source: SourceFile) -> Mapping[str, object]:
    """The named values of one line. Raises `RowProblem`."""
    if line.problem is not None:
        raise RowProblem(line.problem)
    untrusted_row = _decoded(decode(line.raw, source.encoding))
    if not isinstance(untrusted_row, _Object):
        raise RowProblem(problems.NOT_OBJECT)
    row: dict[str, object] = {}
    for name, value in untrusted_row.pairs:
        if name in row and name in _KNOWN:
            raise RowProblem(problems.TWICE.format(column=name))
        row[name] = value
    return row


def decode(raw: bytes, encoding: Encoding) -> str:
    """The text of a row. Lone UTF-16 surrogates pass, to be written visibly later. Raises `RowProblem`."""
    try:
        if encoding is Encoding.UTF8:
            return raw.decode()
        return raw.decode(encoding.value, "surrogatepass")
    except UnicodeDecodeError as error:
        said = problems.NOT_UTF8 if encoding is Encoding.UTF8 else problems.NOT_UTF16
        raise RowProblem(said) from error


def _decoded(text: str) -> object:
    # Counting brackets is enough for nearly every row; only suspicious ones are measured.
    if text.count("[") + text.count("{") > MAX_DEPTH and _depth(text) > MAX_DEPTH:
        raise RowProblem(problems.TOO_DEEP)
    try:
        untrusted_value: object = _DECODER.decode(text)
    except json.JSONDecodeError as error:
        raise RowProblem(problems.NOT_JSON) from error
    except RecursionError as error:
        raise RowProblem(problems.TOO_DEEP) from error
    except ValueError as error:
        # Python refuses whole numbers of more than 4,300 digits; NaN and Infinity end here too.
        sentence = problems.HUGE_NUMBER if "digits" in str(error) else problems.NOT_JSON
        raise RowProblem(sentence) from error
    return untrusted_value


def _depth(text: str) -> int:
    depth = deepest = 0
    for bracket in _BRACKET.findall(_STRING.sub("", text)):
        depth += 1 if bracket in "[{" else -1
        deepest = max(deepest, depth)
    return deepest
