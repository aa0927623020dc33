"""The canonical JSON of Parquet rows, and the child that prints it."""

import json
from datetime import UTC, date, datetime, time
from decimal import Decimal
from pathlib import Path

import polars as pl
import pytest

from core.errors import BadInput, UnusableFolder
from core.imports import parquet_rows, problems
from core.imports.parquet_child import canonical_rows, plain_values
from core.imports.source_file import FileType, SourceFile


@pytest.mark.parametrize(
    ("series", "plain"),
    [
        (pl.Series([datetime(2026, 3, 1, 12, tzinfo=UTC), None]), ["2026-03-01T12:00:00.000000Z", None]),
        (pl.Series([datetime(2026, 3, 1, 12)]), ["2026-03-01T12:00:00.000000Z"]),  # noqa: DTZ001 - the point
        (pl.Series([date(2026, 3, 1)]), ["2026-03-01T00:00:00.000000Z"]),
        (pl.Series([10**18]).cast(pl.Datetime("us")), [10**18]),
        (pl.Series([b"\xff\x00", None]), ["/wA=", None]),
        (pl.Series([1.5, float("inf"), None]), [1.5, "inf", None]),
        (pl.Series([Decimal("1.50")]), ["1.50"]),
        (pl.Series([time(1, 2, 3)]), ["01:02:03"]),
        (pl.Series([None, None]), [None, None]),
        (pl.Series(["a", "b"], dtype=pl.Categorical), ["a", "b"]),
        (pl.Series([[1, None], []]), [[1, None], []]),
        (pl.Series([{"b": [True], "a": None}]), [{"b": [True], "a": None}]),
        (pl.Series([[["x"]]]), [[["x"]]]),
        (pl.Series([True, None]), [True, None]),
    ],
)
def test_plain_values(series: pl.Series, plain: list[object]) -> None:
    found = plain_values(series)
    assert found == plain
    json.dumps(found, allow_nan=False)


def test_a_type_json_cannot_hold_is_named() -> None:
    class Odd:
        pass

    (found,) = plain_values(pl.Series([Odd()], dtype=pl.Object))
    assert isinstance(found, str)


def test_canonical_rows_are_sorted_compact_and_utf8() -> None:
    frame = pl.DataFrame({"text": ["港\n\x00"], "Post_ID": [b"7"], "raw": [b"7"], "a": [{"z": 1, "y": 2}]})
    (line,) = canonical_rows(frame)
    assert line.decode() == '{"Post_ID":"7","a":{"y":2,"z":1},"raw":"Nw==","text":"港\\n\\u0000"}'


def source(path: Path) -> SourceFile:
    return SourceFile(path, FileType.PARQUET, False)


def write(path: Path, rows: int = 5) -> bytes:
    names = ("post_id", "author_id", "text")
    pl.DataFrame({name: [f"{name}{n}" for n in range(rows)] for name in names}).write_parquet(path)
    return path.read_bytes()


def test_the_child_prints_every_row_of_a_file_of_many_batches(tmp_path: Path) -> None:
    write(tmp_path / "a.parquet", rows=5000)
    rows = list(parquet_rows.read_parquet_rows(source(tmp_path / "a.parquet")))
    assert [row.line.number for row in rows] == list(range(1, 5001))
    assert json.loads(rows[-1].line.raw)["text"] == "text4999"
    assert parquet_rows.height(source(tmp_path / "a.parquet")) == 5000


def test_names_like_patterns_are_plain_names(tmp_path: Path) -> None:
    for name in ("*.parquet", "a[1]=b.parquet", "-flag 港.parquet"):
        write(tmp_path / name)
        assert len(list(parquet_rows.read_parquet_rows(source(tmp_path / name)))) == 5


def test_a_stream_left_half_way_ends_its_child(tmp_path: Path) -> None:
    write(tmp_path / "a.parquet", rows=200_000)
    stream = parquet_rows.read_parquet_rows(source(tmp_path / "a.parquet"))
    assert next(stream).line.number == 1
    stream.close()  # type: ignore[attr-defined] # a generator; a child left over would be a ResourceWarning


@pytest.mark.parametrize("cut", [5, 60, -1, -9])
def test_truncated_files_are_refused(tmp_path: Path, cut: int) -> None:
    path = tmp_path / "a.parquet"
    path.write_bytes(write(path)[:cut])
    with pytest.raises(BadInput) as caught:
        list(parquet_rows.read_parquet_rows(source(path)))
    assert caught.value.params["why"] == problems.NOT_PARQUET


def test_a_file_that_vanishes_or_a_child_that_cannot_start(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(UnusableFolder):
        parquet_rows.height(source(tmp_path / "none.parquet"))
    write(tmp_path / "a.parquet")
    monkeypatch.setattr("sys.executable", str(tmp_path / "no-such-program"))
    with pytest.raises(UnusableFolder):
        parquet_rows.height(source(tmp_path / "a.parquet"))


def test_a_frozen_build_asks_the_program_itself(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(tmp_path / "a.parquet")
    program = tmp_path / "program"
    program.write_text('#!/bin/sh\n[ "$1" = --decode-parquet ] && [ "$2" = height ] && echo 41\n')
    program.chmod(0o700)
    monkeypatch.setattr("sys.executable", str(program))
    monkeypatch.setattr("sys.frozen", True, raising=False)
    assert parquet_rows.height(source(tmp_path / "a.parquet")) == 41
