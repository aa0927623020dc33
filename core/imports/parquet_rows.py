"""Parquet, decoded by a child process (see `parquet_child`) and read from it line by line."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Final

from core.domain.text import escape_surrogates
from core.errors import AppError, BadInput, UnusableFolder
from core.imports import problems
from core.imports.columns import COLUMNS
from core.imports.csv_rows import check_columns
from core.imports.json_rows import parse_json_row
from core.imports.lines import Line, read_lines
from core.imports.source_file import SourceFile, shown_name

# In a frozen build there is no interpreter to start: `app.__main__` must answer
# `PROGRAM CHILD_FLAG MODE PATH` with `parquet_child.main(MODE, PATH)`.
CHILD_FLAG: Final = "--decode-parquet"
_ROOT: Final = Path(__file__).parents[2]
_CODE: Final = (
    "import sys; root, *args = sys.argv[1:]; sys.path.insert(0, root); "
    "from core.imports.parquet_child import main; sys.exit(main(*args))"
)
# As in `parquet_child`, which is not imported here: it would load polars.
_WHY: Final = {10: problems.ENCRYPTED, 11: problems.NOT_PARQUET}
_UNREADABLE: Final = 12


@dataclass(frozen=True, slots=True)
class ParquetRow:
    """One row as canonical JSON, and which of the file's columns is which of ours."""

    line: Line
    ours: Mapping[str, str]


def read_parquet_rows(source: SourceFile) -> Iterator[ParquetRow]:
    """Every row, in order. Raises `BadInput`, also half-way when the file turns out damaged there."""
    with _child("rows", source) as output:
        lines = read_lines(output, source)
        names = next(lines, None)
        if names is None:
            return  # the child failed: leaving the block says why
        ours = _matched(names, source)
        for line in lines:
            yield ParquetRow(Line(line.number - 1, line.raw, line.ending, line.problem), ours)


def parse_parquet_row(row: ParquetRow, source: SourceFile) -> Mapping[str, object]:
    """The cells of a row under our names. Raises `RowProblem`."""
    untrusted_row = parse_json_row(row.line, source)
    return {name: untrusted_row[theirs] for name, theirs in row.ours.items()}


def match_columns(source: SourceFile) -> dict[str, str]:
    """Which of the file's columns is which of ours, after decoding the whole file once.

    Raises `BadInput`; afterwards the file can be read in this process.
    """
    with _child("check", source) as output:
        names = next(read_lines(output, source), None)
    if names is None:
        raise BadInput(what=shown_name(source.path), why=problems.NOT_PARQUET)
    return _matched(names, source)


def height(source: SourceFile) -> int:
    """The number of rows, from the file's own summary."""
    with _child("height", source) as output:
        return int(output.read() or 0)


def _matched(line: Line, source: SourceFile) -> dict[str, str]:
    names: list[str] = json.loads(line.raw)
    folded = [name.strip().lower() for name in names]
    check_columns(folded, source)
    return {name: names[folded.index(name)] for name in COLUMNS if name in folded}


@contextmanager
def _child(mode: str, source: SourceFile) -> Iterator[IO[bytes]]:
    """What the child prints, to be read to its end. If the child failed, leaving the block raises."""
    _check_magic(source.path)
    command = [sys.executable, "-c", _CODE, str(_ROOT)]
    if getattr(sys, "frozen", False):
        command = [sys.executable, CHILD_FLAG]
    try:
        process = subprocess.Popen(  # noqa: S603 - our own interpreter, no shell
            [*command, mode, str(source.path.absolute())],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=os.environ | {"POLARS_MAX_THREADS": "2", "RUST_BACKTRACE": "0"},
        )
    except OSError as error:
        raise UnusableFolder(path=escape_surrogates(str(source.path)), why=problems.UNREADABLE) from error
    assert process.stdout is not None  # noqa: S101 - asked for above
    with process:
        try:
            yield process.stdout
            code = process.wait()
        finally:
            process.kill()
    if code:
        raise _failure(code, source)


def _failure(code: int, source: SourceFile) -> AppError:
    if code == _UNREADABLE:
        return UnusableFolder(path=escape_surrogates(str(source.path)), why=problems.UNREADABLE)
    return BadInput(what=shown_name(source.path), why=_WHY.get(code, problems.PARQUET_FAILED))


def _check_magic(path: Path) -> None:
    try:
        with path.open("rb") as handle:
            magic = handle.read(4)
    except OSError as error:
        raise UnusableFolder(path=escape_surrogates(str(path)), why=problems.UNREADABLE) from error
    if magic != b"PAR1":
        why = problems.ENCRYPTED if magic == b"PARE" else problems.NOT_PARQUET
        raise BadInput(what=shown_name(path), why=why)
