"""Everyday posts: nobody trains on them. Every second sets limits, the others tell how many are flagged."""

from pathlib import Path

import polars as pl

FOLDER = Path(__file__).parent / "everyday"


def written(language: str, folder: Path = FOLDER) -> list[str]:
    """Ours, `everyday/LANGUAGE.txt`, one a line; none where there is no file."""
    path = folder / f"{language}.txt"
    lines = path.read_text("utf-8").splitlines() if path.exists() else []
    return [line for line in lines if line]


def real(path: Path, kind: str | None) -> list[str]:
    """Distinct posts of a Parquet file (column `text`); of one `kind` (a column) if that is given."""
    frame = pl.read_parquet(path)
    if kind and "kind" in frame.columns:
        frame = frame.filter(pl.col("kind") == kind)
    found: list[str] = frame["text"].unique(maintain_order=True).to_list()
    return found


def for_limits(posts: list[str]) -> list[str]:
    """Those that set limits."""
    return posts[::2]


def for_measuring(posts: list[str]) -> list[str]:
    """Those that were not looked at while limits were set."""
    return posts[1::2]
