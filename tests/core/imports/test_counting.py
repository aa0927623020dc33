"""Row counts for a progress bar."""

import gzip
from pathlib import Path

import polars as pl
import pytest

from core.imports.counting import count_rows

HEADING = b"post_id,author_id,text\n"


@pytest.mark.parametrize(
    ("name", "data", "rows"),
    [
        ("a.jsonl", b"{}\n{}\n", 2),
        ("a.jsonl", b"{}\r\n{}", 2),
        ("a.jsonl", b"", 0),
        ("a.csv", HEADING, 0),
        ("a.csv", b"", 0),
        ("a.csv", HEADING + b'1,2,"a\nb ""c\n"" d"\n2,2,x', 2),
        ("a.csv", HEADING + b"1,2,x\n" * 400_000, 400_000),
        ("a.csv", HEADING + b'1,2,"xxxxxxxxxxxx\nx"\n' * 100_000, 100_000),
        ("a.csv", b"\xff\xfe" + (HEADING.decode() + '1,2,"a\nb"\n').encode("utf-16-le"), 1),
        ("a.csv.gz", gzip.compress(HEADING, mtime=0), None),
        ("a.xyz", b"", None),
        ("a.parquet", b"junk", None),
    ],
)
def test_counts(tmp_path: Path, name: str, data: bytes, rows: int | None) -> None:
    (tmp_path / name).write_bytes(data)
    assert count_rows(tmp_path / name) == rows


def test_counts_of_parquet_and_of_nothing(tmp_path: Path) -> None:
    pl.DataFrame({"post_id": ["1"] * 7}).write_parquet(tmp_path / "a.parquet")
    assert count_rows(tmp_path / "a.parquet") == 7
    assert count_rows(tmp_path / "none.csv") is None
