"""A whole import file as columns, for grouping."""

import json
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import IO, Final

import polars as pl
from polars.exceptions import PanicException, PolarsError

from core.domain.text import escape_surrogates
from core.errors import BadInput, UnusableFolder
from core.imports import problems, values
from core.imports.columns import COLUMNS, DATES, FLAGS, LISTS, MAX_ID_CHARS, REQUIRED
from core.imports.csv_rows import parse_csv_row, read_csv_records, read_heading
from core.imports.json_rows import parse_json_row, read_json_lines
from core.imports.lines import read_lines
from core.imports.parquet_child import scan
from core.imports.parquet_rows import match_columns
from core.imports.problems import RowProblem
from core.imports.source_file import Encoding, FileType, SourceFile, examine, opened, shown_name

_MOMENT: Final = pl.Datetime("us", "UTC")
_IDS: Final = ("post_id", "author_id", "reply_to", "repost_of")

# What `read_frame` returns, whatever the file holds.
SCHEMA: Final[dict[str, pl.DataType]] = {
    name: _MOMENT
    if name in DATES
    else pl.List(pl.String())
    if name in LISTS
    else pl.Boolean()
    if name in FLAGS
    else pl.String()
    for name in COLUMNS
}

# A quotation mark in the middle of a cell: readers differ on it, so our own reads such files.
_STRAY_QUOTE: Final = re.compile(rb'[^,;\t"\r\n]"[^,;\t"\r\n]')
# A JSON escape that may be half a character: polars would turn it into NUL.
_SURROGATE: Final = re.compile(rb"\\u[dD]")
_LONE_SURROGATE: Final = re.compile(
    rb"(?i)\\ud[89ab][0-9a-f]{2}(?!\\ud[c-f])|(?<!\\ud[89ab][0-9a-f]{2})\\ud[c-f]"
)
# The one spelling of a date worth a native path; everything else goes through `values`.
_PLAIN_ISO: Final = r"^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(?:\.[0-9]{1,6})?(?:Z|\+00:00)?$"
_BAD_ID: Final = r"[\x00-\x1f\x7f-\x9f]|^[0-9](?:[.,][0-9]+)?E\+[0-9]{2,}$"

_CELL: Final[Mapping[str, Callable[[object, str], object]]] = (
    dict.fromkeys(COLUMNS, values.optional_text)
    | dict.fromkeys(_IDS, values.optional_id)
    | dict.fromkeys(DATES, values.optional_date)
    | dict.fromkeys(LISTS, values.optional_list)
    | dict.fromkeys(FLAGS, values.optional_flag)
    | {"text": values.required_text}
)


@dataclass(frozen=True, slots=True)
class LoadedFrame:
    """The columns of a file, and how many of its rows had to be left out."""

    frame: pl.DataFrame
    dropped: int


def read_frame(path: Path) -> pl.DataFrame:
    """The file's rows as a frame with exactly the columns of `SCHEMA`, in file order.

    Rows without post_id, author_id or text are left out (`load_frame` counts them). An optional cell
    that cannot be understood becomes null instead of costing the row; absent lists are empty and an
    absent flag is false. Raises `BadInput` or `UnusableFolder`. The whole file is held in memory.
    """
    return load_frame(path).frame


def load_frame(path: Path) -> LoadedFrame:
    """Like `read_frame`, with the number of rows left out."""
    source = examine(path)
    try:
        if source.type is FileType.PARQUET:
            return _typed(_from_parquet(source))
        native = _from_csv(source) if source.type is FileType.CSV else _from_json(source)
        return _from_rows(source) if native is None else _typed(native)
    except (PolarsError, PanicException) as error:
        raise BadInput(what=shown_name(path), why=problems.NOT_PARQUET) from error
    except OSError as error:
        raise UnusableFolder(path=escape_surrogates(str(path)), why=problems.UNREADABLE) from error


# The native paths. polars refuses a whole file for one bad row; the slow path below then takes over.


def _from_parquet(source: SourceFile) -> pl.DataFrame:
    ours = match_columns(source)
    return scan(source.path).select(pl.col(theirs).alias(name) for name, theirs in ours.items()).collect()


def _from_json(source: SourceFile) -> pl.DataFrame | None:
    data = _plain_bytes(source)
    if data is None or (_SURROGATE.search(data) and _LONE_SURROGATE.search(data)):
        return None
    try:
        # Lists arrive as JSON text, like in CSV.
        return pl.read_ndjson(data, schema=dict.fromkeys(COLUMNS, pl.String()))
    except (PolarsError, PanicException):
        return None


def _from_csv(source: SourceFile) -> pl.DataFrame | None:
    with opened(source) as handle:
        heading = read_heading(read_lines(handle, source), source)
    data = _plain_bytes(source)
    if data is None or data[:4].lower() == b"sep=" or _STRAY_QUOTE.search(data):
        return None
    try:
        frame = pl.read_csv(
            data,
            separator=heading.delimiter,
            infer_schema=False,
            empty_string_is_null=False,
            extra_columns="raise",
            missing_columns="insert",
            raise_if_empty=False,
        )
    except (PolarsError, PanicException):
        return None
    if frame.width != len(heading.names):
        return None
    frame.columns = [f"{at}:{name}" for at, name in enumerate(heading.names)]
    ours = {name: f"{heading.names.index(name)}:{name}" for name in COLUMNS if name in heading.names}
    return frame.select(pl.col(theirs).alias(name) for name, theirs in ours.items())


def _plain_bytes(source: SourceFile) -> bytes | None:
    """The file's content where polars can read it as it is: UTF-8, lines ending in LF, not compressed."""
    if source.compressed or source.encoding is not Encoding.UTF8 or source.newline != b"\n":
        return None
    with opened(source) as handle:
        return handle.read()[source.mark :]


def _typed(frame: pl.DataFrame) -> LoadedFrame:
    """Cast every column to `SCHEMA` and leave out the rows that lack a required cell."""
    columns = [
        _column(name, frame[name]) if name in frame.columns else _absent(name, frame.height)
        for name in COLUMNS
    ]
    typed = pl.DataFrame(columns)
    kept = typed.drop_nulls(list(REQUIRED))
    return LoadedFrame(kept, typed.height - kept.height)


def _absent(name: str, height: int) -> pl.Series:
    value: object = [] if name in LISTS else False if name in FLAGS else None
    return pl.Series(name, [value], dtype=SCHEMA[name]).new_from_index(0, height)


def _column(name: str, series: pl.Series) -> pl.Series:
    kind = series.dtype
    if kind == pl.Binary:
        series = series.cast(pl.String, strict=False)
    if name in DATES:
        return _dates(name, series)
    if name in LISTS:
        return _lists(name, series)
    if name in FLAGS:
        flags = series if kind == pl.Boolean else _each(name, series)
        return flags.fill_null(value=False)
    if kind.is_float() or kind.is_nested():
        return _absent(name, series.len())
    return _texts(name, series.cast(pl.String))


def _texts(name: str, series: pl.Series) -> pl.Series:
    if name == "text":
        return series
    series = series.str.strip_chars()
    if name == "author_handle":
        series = series.str.strip_prefix("@")
    unfit = series.str.len_bytes() == 0
    if name in _IDS:
        unfit = unfit | (series.str.len_chars() > MAX_ID_CHARS) | series.str.contains(_BAD_ID)
    return series.set(unfit, None)


def _dates(name: str, series: pl.Series) -> pl.Series:
    if isinstance(series.dtype, pl.Datetime | pl.Date):
        return series.cast(pl.Datetime("us")).dt.replace_time_zone(None).dt.replace_time_zone("UTC")
    if series.dtype != pl.String:
        return _each(name, series)
    plain = series.str.contains(_PLAIN_ISO)
    if plain.all():
        return _plain_dates(series)
    rest = _each(name, series.set(plain, None))
    return pl.select(pl.coalesce(_plain_dates(series.set(~plain, None)), rest)).to_series().alias(name)


def _plain_dates(series: pl.Series) -> pl.Series:
    bare = series.str.strip_suffix("Z").str.strip_suffix("+00:00")
    return bare.str.to_datetime("%Y-%m-%dT%H:%M:%S%.f", time_unit="us", strict=False).dt.replace_time_zone(
        "UTC"
    )


def _lists(name: str, series: pl.Series) -> pl.Series:
    if series.dtype == pl.String:
        return _each(name, series).fill_null([])
    if series.dtype not in (pl.List, pl.Array):
        return _absent(name, series.len())
    item = pl.element().str.strip_chars()
    item = item.str.replace("^[#＃]", "") if name == "hashtags" else item
    item = item.str.strip_prefix("@") if name == "mentions" else item
    bare = series.cast(pl.List(pl.String), strict=False).list.eval(item.filter(item != ""))
    return bare.fill_null([])


def _each(name: str, series: pl.Series) -> pl.Series:
    """Cell by cell through `values`, each different cell once; what cannot be understood is null."""
    cells = series.unique().drop_nulls()
    found = _series(name, [_lenient(name, cell) for cell in cells])
    table = pl.DataFrame([cells.alias("cell"), found])
    return series.alias("cell").to_frame().join(table, on="cell", how="left", maintain_order="left")[name]


def _series(name: str, found: list[object]) -> pl.Series:
    if name not in LISTS:
        return pl.Series(name, found, dtype=SCHEMA[name])
    # Through JSON text: making a list column from Python tuples costs forty times as much.
    texts = pl.Series(name, [json.dumps(items) for items in found], dtype=pl.String)
    return texts.str.json_decode(SCHEMA[name])


def _lenient(name: str, untrusted: object) -> object:
    try:
        return _CELL[name](untrusted, name)
    except RowProblem:
        return None


# The slow path, row by row with our own readers: compressed files, UTF-16, files with bad rows.


def _from_rows(source: SourceFile) -> LoadedFrame:
    columns: dict[str, list[object]] = {name: [] for name in COLUMNS}
    dropped = 0
    with opened(source) as handle:
        for parse in _parsers(source, handle):
            cells = _cells(parse)
            if any(cells[name] is None for name in REQUIRED):
                dropped += 1
                continue
            for name, cell in cells.items():
                columns[name].append(cell)
    return LoadedFrame(pl.DataFrame([_series(name, columns[name]) for name in COLUMNS]), dropped)


def _parsers(source: SourceFile, handle: IO[bytes]) -> Iterator[Callable[[], Mapping[str, object]]]:
    if source.type is FileType.CSV:
        for heading, record in read_csv_records(handle, source):
            yield partial(parse_csv_row, heading, record, source)
    else:
        for line in read_json_lines(handle, source):
            yield partial(parse_json_row, line, source)


def _cells(parse: Callable[[], Mapping[str, object]]) -> dict[str, object]:
    try:
        untrusted_row = parse()
    except RowProblem:
        return dict.fromkeys(COLUMNS)
    cells = {name: _lenient(name, untrusted_row.get(name)) for name in COLUMNS}
    for name in LISTS:
        cells[name] = cells[name] or ()
    for name in FLAGS:
        cells[name] = bool(cells[name])
    if isinstance(handle := cells["author_handle"], str):
        cells["author_handle"] = handle.removeprefix("@") or None
    return cells
