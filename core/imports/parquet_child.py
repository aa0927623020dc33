"""The part of reading Parquet that runs in a process of its own.

A damaged Parquet file can make the decoder ask for more memory than exists, which ends the whole
process (measured with polars 2.1: one in two thousand randomly changed files). So a child with
limited memory does the decoding; `parquet_rows` starts it and reads what it prints.

A row is printed as canonical JSON, which is also its raw form in the evidence log: every column under
its own name, names sorted, no spaces, UTF-8; times as ISO 8601 in UTC with microseconds (a number of
microseconds since 1970 when outside the years 1 to 9999); binary as Base64, except in columns we
know, where it is text; nested values as polars writes them in JSON; not-a-number and infinities as text.
"""

import base64
import json
import math
import sys
from collections.abc import Iterator
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Final

import polars as pl
from polars.exceptions import PanicException, PolarsError

from core.imports.columns import COLUMNS, LISTS

# Exit codes of the child.
ENCRYPTED: Final = 10
DAMAGED: Final = 11
UNREADABLE: Final = 12

# Rows decoded at a time.
_BATCH: Final = 1024
# Enough for any honest file, since rows leave batch by batch; far below what a hostile one asks for.
_MEMORY: Final = 6 << 30
_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)


def scan(path: Path) -> pl.LazyFrame:
    """The file, unread. No folder patterns, no remote addresses."""
    return pl.scan_parquet(path.absolute(), glob=False, hive_partitioning=False)


def main(mode: str, path: str) -> int:
    """Print what `mode` asks for and return an exit code.

    `height`: the number of rows. `check`: the column names as a JSON list, after decoding everything.
    `rows`: the names, then one row per line.
    """
    _limit_memory()
    try:
        for line in _lines(mode, scan(Path(path))):
            sys.stdout.buffer.write(line + b"\n")
        sys.stdout.buffer.flush()
    except (PolarsError, PanicException) as error:
        return ENCRYPTED if "encrypt" in str(error).lower() else DAMAGED
    except (MemoryError, OverflowError):
        return DAMAGED
    except OSError:
        return UNREADABLE
    return 0


def _limit_memory() -> None:
    with suppress(ImportError, ValueError, OSError):  # Windows has no such limit
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _lines(mode: str, lazy: pl.LazyFrame) -> Iterator[bytes]:
    if mode == "height":
        yield str(lazy.select(pl.len()).collect().item()).encode()
        return
    names = json.dumps(list(lazy.collect_schema())).encode()
    if mode == "rows":
        yield names
    for batch in lazy.collect_batches(chunk_size=_BATCH, maintain_order=True):
        if mode == "rows":
            for part in batch.iter_slices(_BATCH):
                yield from canonical_rows(part)
    if mode == "check":
        yield names


def canonical_rows(batch: pl.DataFrame) -> Iterator[bytes]:
    """Every row of a batch as canonical JSON."""
    columns = {name: _cells(name, batch[name]) for name in batch.columns}
    names = list(columns)
    encode = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode
    for cells in zip(*columns.values(), strict=True):
        yield encode(dict(zip(names, cells, strict=True))).encode("utf-8", "backslashreplace")


def _cells(name: str, series: pl.Series) -> list[object]:
    kind = series.dtype
    ours = name.strip().lower()
    if kind == pl.Binary and ours in COLUMNS:  # old writers leave the mark "this is text" off
        return series.cast(pl.String, strict=False).to_list()
    if ours in LISTS and isinstance(kind, pl.List | pl.Array) and kind.inner in (pl.Categorical, pl.Enum):
        return series.cast(pl.List(pl.String)).to_list()
    return plain_values(series)


def plain_values(series: pl.Series) -> list[object]:
    """A column as JSON can hold it; never raises for a type it does not know."""
    kind = series.dtype
    if isinstance(kind, pl.Datetime | pl.Date):
        # Without a zone it is taken as UTC.
        return [None if us is None else _iso(us) for us in series.cast(pl.Datetime("us")).dt.epoch("us")]
    if kind == pl.Binary:
        return [None if data is None else base64.b64encode(data).decode() for data in series]
    if kind.is_float():
        return [str(n) if n is not None and not math.isfinite(n) else n for n in series]
    if kind in (pl.Boolean, pl.String, pl.List(pl.String)) or kind.is_integer():
        return series.to_list()
    return _nested(series) if kind.is_nested() else _as_text(series)


def _as_text(series: pl.Series) -> list[object]:
    try:
        return series.cast(pl.String).to_list()
    except (PolarsError, PanicException):
        return [f"({series.dtype})"] * series.len()


def _nested(series: pl.Series) -> list[object]:
    try:
        texts = series.alias("v").to_frame().select(pl.struct("v").struct.json_encode()).to_series()
        return [json.loads(text)["v"] for text in texts]
    except (PolarsError, PanicException, ValueError):
        return [f"({series.dtype})"] * series.len()


def _iso(us: int) -> str | int:
    try:
        moment = _EPOCH + timedelta(microseconds=us)
    except OverflowError:
        return us
    return f"{moment.replace(tzinfo=None).isoformat(timespec='microseconds')}Z"
