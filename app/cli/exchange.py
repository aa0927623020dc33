"""Commands for an organisation that helps many people (docs/organisation.md): files in, files out."""

import argparse
from io import BytesIO
from pathlib import Path

import polars as pl

from app.cli.output import Output
from core.coordination.exchange import meetings, shared_table
from core.errors import BadInput
from core.imports.frames import load_frame
from core.system.private_files import write_private


def exchange(arguments: argparse.Namespace, output: Output) -> int:
    """`breakwater exchange make` and `join`."""
    if arguments.verb == "make":
        return _make(arguments, output)
    return _join(arguments, output)


def _make(arguments: argparse.Namespace, output: Output) -> int:
    loaded = load_frame(arguments.file)
    table = shared_table(loaded.frame, client=arguments.client, key=_key(arguments.key_file))
    _replace(arguments.out, table)
    output.data({"rows": table.height, "templates": table["template"].n_unique(), "left_out": loaded.dropped})
    output.say(
        f"{table['template'].n_unique()} things that three or more senders shared went into {arguments.out}: "
        "keyed hashes, counts and days. No text and no sender is in it."
    )
    if loaded.dropped:
        output.say(f"{loaded.dropped} rows lack an id or text, or cannot be read; left out.")
    return 0


def _join(arguments: argparse.Namespace, output: Output) -> int:
    met = meetings(arguments.tables, least=arguments.least)
    if arguments.out is not None:
        _replace(arguments.out, met)
    for row in met.iter_rows(named=True):
        output.line({**row, "first_day": _day(row["first_day"]), "last_day": _day(row["last_day"])})
    output.say(f"{met.height} things were received by {arguments.least} or more people.")
    return 0


def _day(day: object) -> str | None:
    return None if day is None else str(day)


def _key(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise BadInput(what=path.name, why="cannot be read") from error


def _replace(path: Path, table: pl.DataFrame) -> None:
    """Write the table whole or not at all. Raises `DiskFull`, `UnusableFolder`."""
    held = BytesIO()
    table.write_parquet(held)
    write_private(path, held.getvalue())
