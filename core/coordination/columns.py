"""The columns that grouping reads, checked and cast once at the edge."""

from typing import Final

import polars as pl

from core.errors import BadInput

_TIME: Final = pl.Datetime("us", "UTC")
_TEXTS: Final = pl.List(pl.String)

REQUIRED: Final = ("post_id", "author_id", "text")
SCHEMA: Final[dict[str, pl.DataType]] = {
    "post_id": pl.String(),
    "author_id": pl.String(),
    "author_handle": pl.String(),
    "author_name": pl.String(),
    "author_created_at": _TIME,
    "created_at": _TIME,
    "text": pl.String(),
    "lang": pl.String(),
    "urls": _TEXTS,
    "hashtags": _TEXTS,
    "mentions": _TEXTS,
    "reply_to": pl.String(),
    "repost_of": pl.String(),
    "platform": pl.String(),
    # What the profile says about itself, and a place it names.
    "author_bio": pl.String(),
    "author_location": pl.String(),
    # Perceptual hashes of the pictures, hexadecimal, 16 digits (64 bits) or 64 (256 bits).
    "media": _TEXTS,
}


def normalise(frame: pl.DataFrame) -> pl.DataFrame:
    """The frame with exactly the columns of `SCHEMA`; absent ones are null, a repeated post is kept once.

    Naive times are taken as UTC, times as text must be ISO 8601. Raises `BadInput` naming the column
    when a required one is missing, holds nulls where an id belongs, or has a type that cannot be read.
    """
    for name in REQUIRED:
        if name not in frame.columns:
            raise BadInput(what=name, why="column missing")
    chosen = frame.select(_cast(frame, name, kind) for name, kind in SCHEMA.items())
    for name in ("post_id", "author_id"):
        if chosen[name].null_count():
            raise BadInput(what=name, why="empty value", line=int(chosen[name].is_null().arg_max() or 0) + 1)
    return chosen.with_columns(pl.col("text").fill_null("")).unique(
        "post_id", keep="first", maintain_order=True
    )


def _cast(frame: pl.DataFrame, name: str, kind: pl.DataType) -> pl.Series:
    if name not in frame.columns:
        return pl.Series(name, [None], dtype=kind).new_from_index(0, frame.height)
    column = frame[name]
    if column.dtype == kind:
        return column
    try:
        return _convert(column, kind)
    except (pl.exceptions.PolarsError, TypeError, ValueError) as error:
        raise BadInput(what=name, why=f"cannot be read as {_plain(kind)}") from error


def _convert(column: pl.Series, kind: pl.DataType) -> pl.Series:
    if kind == _TEXTS:
        return _as_lists(column)
    if kind != _TIME:
        if column.dtype.is_nested():
            raise TypeError(column.name)
        return column.cast(kind)
    if column.dtype == pl.String:
        return column.str.to_datetime(time_unit="us", time_zone="UTC", strict=True)
    if column.dtype in (pl.Null, pl.Date):
        return column.cast(pl.Datetime("us")).dt.replace_time_zone("UTC")
    if not isinstance(column.dtype, pl.Datetime):
        raise TypeError(column.name)
    aware = column if column.dtype.time_zone else column.dt.replace_time_zone("UTC")
    return aware.dt.convert_time_zone("UTC").cast(_TIME)


def _as_lists(column: pl.Series) -> pl.Series:
    if column.dtype == pl.Null or isinstance(column.dtype, pl.List | pl.Array):
        return column.cast(_TEXTS)
    raise TypeError(column.name)


def _plain(kind: pl.DataType) -> str:
    if kind == _TIME:
        return "a time"
    return "a list of texts" if kind == _TEXTS else "text"
