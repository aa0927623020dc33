"""CSV: a heading, then one record per row; a record may span several lines."""

from collections import deque
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import IO, Final

from core.errors import BadInput
from core.imports import problems
from core.imports.columns import COLUMNS, MAX_ROW_BYTES, REQUIRED
from core.imports.csv_cells import split_cells, stays_open
from core.imports.json_rows import decode
from core.imports.lines import Line, bounded, read_lines
from core.imports.problems import RowProblem
from core.imports.source_file import Encoding, SourceFile, shown_name

_DELIMITERS: Final = (",", ";", "\t")
# A quotation mark that is never closed swallows what follows; the lines after it are read again.
# Bounded, so that a hostile file cannot make that quadratic.
_RESCUES: Final = 100


@dataclass(frozen=True, slots=True)
class Heading:
    """The columns of a CSV file, in order, folded to lower case, and what separates cells."""

    names: tuple[str, ...]
    delimiter: str


def read_heading(lines: Iterator[Line], source: SourceFile) -> Heading:
    """Take the heading off the lines. Raises `BadInput` when required columns are not named."""
    text = _heading_text(next(lines, None), source)
    if text[:4].lower() == "sep=":  # a hint for spreadsheets, before the heading
        text = _heading_text(next(lines, None), source)
    headings = [Heading(_names(text, delimiter), delimiter) for delimiter in _DELIMITERS]
    best = max(headings, key=lambda heading: len(set(heading.names) & set(COLUMNS)))
    check_columns(best.names, source)
    return best


def check_columns(names: Sequence[str], source: SourceFile) -> None:
    """Raise `BadInput` when a required column is missing or a known one appears twice."""
    missing = [name for name in REQUIRED if name not in names]
    if missing:
        said = problems.NO_COLUMNS if source.type.value == "csv" else problems.NO_COLUMNS_TABLE
        raise BadInput(what=shown_name(source.path), why=said.format(columns=", ".join(missing)))
    twice = next((name for name in COLUMNS if names.count(name) > 1), None)
    if twice is not None:
        raise BadInput(what=shown_name(source.path), why=problems.COLUMN_TWICE.format(column=twice))


def _heading_text(line: Line | None, source: SourceFile) -> str:
    name = shown_name(source.path)
    if line is None:
        raise BadInput(what=name, why=problems.NO_HEADING)
    if line.problem is not None:
        raise BadInput(what=name, why=problems.HEADING_LONG, line=line.number)
    try:
        text = decode(line.raw, source.encoding)
    except RowProblem as error:
        raise BadInput(what=name, why=problems.HEADING_TEXT, line=line.number) from error
    if "\x00" in text:  # UTF-16 without a byte-order mark, or no text at all
        raise BadInput(what=name, why=problems.HEADING_TEXT, line=line.number)
    return text


def _names(text: str, delimiter: str) -> tuple[str, ...]:
    return tuple(cell.strip().lower() for cell in split_cells(text, delimiter))


def read_csv_records(handle: IO[bytes], source: SourceFile) -> Iterator[tuple[Heading, Line]]:
    """Every record that is not blank, as one `Line`, with the file's heading."""
    lines = read_lines(handle, source)
    heading = read_heading(lines, source)
    for record in _Records(lines, source.encoding, heading.delimiter):
        if record.raw.strip(b"\x00 \t\r\n,;") or record.problem is not None:
            yield heading, record


def parse_csv_row(heading: Heading, record: Line, source: SourceFile) -> Mapping[str, object]:
    """The named cells of one record; columns the row is too short for are absent. Raises `RowProblem`."""
    if record.problem is not None:
        raise RowProblem(record.problem)
    cells = split_cells(decode(record.raw, source.encoding), heading.delimiter)
    if len(cells) > len(heading.names):
        raise RowProblem(problems.MORE_CELLS)
    return dict(zip(heading.names, cells, strict=False))


class _Records:
    """Joins lines into records. A record that never ends costs its first line only, as a rule."""

    def __init__(self, lines: Iterator[Line], encoding: Encoding, delimiter: str) -> None:
        self._lines = lines
        self._again: deque[Line] = deque()
        self._encoding = encoding
        self._delimiter = delimiter
        self._rescues = _RESCUES

    def __iter__(self) -> Iterator[Line]:
        held: list[Line] = []
        size = 0
        while True:
            line = self._next()
            if line is not None and line.problem is None:
                inside = self._stays_open(line, inside=bool(held))
                held.append(line)
                size += len(line.raw) + len(line.ending)
                if inside and size <= MAX_ROW_BYTES:
                    continue
                yield self._give_up(held) if inside else _join(held)
            elif held:  # the file, or the readable part of it, ends inside a quoted cell
                if line is not None:
                    self._again.appendleft(line)
                yield self._give_up(held)
            elif line is not None:
                yield line
            else:
                return
            held, size = [], 0

    def _next(self) -> Line | None:
        return self._again.popleft() if self._again else next(self._lines, None)

    def _stays_open(self, line: Line, *, inside: bool) -> bool:
        if b'"' not in line.raw:
            return inside
        handling = "replace" if self._encoding is Encoding.UTF8 else "surrogatepass"
        try:
            text = line.raw.decode(self._encoding.value, handling)
        except UnicodeDecodeError:
            return False  # half a character: the record ends here and is reported
        return stays_open(text, self._delimiter, inside=inside)

    def _give_up(self, held: list[Line]) -> Line:
        """Report an unclosed record: its first line, and read the others again while that is allowed."""
        if self._rescues > 0:
            self._rescues -= 1
            self._again.extendleft(reversed(held[1:]))
            held = held[:1]
        joined = _join(held)
        return Line(joined.number, joined.raw, joined.ending, joined.problem or problems.OPEN_QUOTE)


def _join(held: list[Line]) -> Line:
    if len(held) == 1:
        return held[0]
    raw = b"".join(line.raw + line.ending for line in held[:-1]) + held[-1].raw
    return bounded(held[0].number, raw, held[-1].ending)
