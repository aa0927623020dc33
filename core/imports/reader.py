"""The stream of mentions in a file, for the store and the evidence log."""

from collections.abc import Callable, Iterator, Mapping
from functools import partial
from pathlib import Path

from core.domain.ids import PlatformName
from core.domain.mention import Received
from core.imports.csv_rows import parse_csv_row, read_csv_records, read_heading
from core.imports.json_rows import parse_json_row, read_json_lines
from core.imports.lines import Line, read_lines
from core.imports.parquet_rows import parse_parquet_row, read_parquet_rows
from core.imports.problems import RowProblem
from core.imports.rows import mention_from
from core.imports.source_file import FileType, SourceFile, examine, opened, shown_name


def read_mentions(path: Path, *, platform: PlatformName) -> Iterator[Received]:
    """Every row of an import file, in order, one at a time.

    A row that cannot be understood comes back with `mention` None and the reason in `problem`; it
    never ends the stream. Raises, before the first row where it can be known: `BadInput` (wrong type,
    required columns missing, damaged) or `UnusableFolder` (missing or unreadable).

    `Received.raw` is the row exactly as in the file, without its line end and after decompression;
    of a row over 1 MiB only the first 4 KiB (its problem gives size and SHA-256). For Parquet it is
    the canonical JSON described in `parquet_child`. `Received.line` is where the row starts; for
    Parquet it counts rows. `Received.source` is the file's name without its folder.
    """
    source = examine(path)
    if source.type is FileType.PARQUET:
        return _parquet(source, platform)
    if source.type is FileType.CSV:
        with opened(source) as handle:
            read_heading(read_lines(handle, source), source)
        return _csv(source, platform)
    return _json(source, platform)


def _json(source: SourceFile, platform: PlatformName) -> Iterator[Received]:
    with opened(source) as handle:
        for line in read_json_lines(handle, source):
            yield _received(source, platform, line, partial(parse_json_row, line, source))


def _csv(source: SourceFile, platform: PlatformName) -> Iterator[Received]:
    with opened(source) as handle:
        for heading, record in read_csv_records(handle, source):
            yield _received(source, platform, record, partial(parse_csv_row, heading, record, source))


def _parquet(source: SourceFile, platform: PlatformName) -> Iterator[Received]:
    for row in read_parquet_rows(source):
        yield _received(source, platform, row.line, partial(parse_parquet_row, row, source))


def _received(
    source: SourceFile, platform: PlatformName, line: Line, parse: Callable[[], Mapping[str, object]]
) -> Received:
    mention, problem = None, None
    try:
        mention = mention_from(parse(), platform)
    except RowProblem as found:
        problem = str(found)
    return Received(
        raw=line.raw,
        source=shown_name(source.path),
        method=f"import-{source.type.value}",
        mention=mention,
        problem=problem,
        line=line.number,
    )
