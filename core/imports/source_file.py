"""Opening an import file: which type it is, and every reason it cannot be used."""

import gzip
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from enum import Enum
from pathlib import Path
from typing import IO, Final, cast

from core.domain.text import escape_surrogates
from core.errors import BadInput, UnusableFolder
from core.imports import problems

CHUNK: Final = 1 << 16


class FileType(Enum):
    """The formats that can be imported."""

    JSON_LINES = "jsonl"
    CSV = "csv"
    PARQUET = "parquet"


class Encoding(Enum):
    """How a file's text is written; `value` is Python's name for it."""

    UTF8 = "utf-8"
    UTF16_LE = "utf-16-le"
    UTF16_BE = "utf-16-be"


@dataclass(frozen=True, slots=True)
class SourceFile:
    """An import file whose name, type and first bytes have been checked.

    `mark` is the number of bytes of its byte-order mark; `newline` ends a line, in bytes.
    """

    path: Path
    type: FileType
    compressed: bool
    encoding: Encoding = Encoding.UTF8
    mark: int = 0
    newline: bytes = b"\n"


_ENDINGS: Final = {
    ".jsonl": (FileType.JSON_LINES, False),
    ".ndjson": (FileType.JSON_LINES, False),
    ".csv": (FileType.CSV, False),
    ".parquet": (FileType.PARQUET, False),
    ".jsonl.gz": (FileType.JSON_LINES, True),
    ".ndjson.gz": (FileType.JSON_LINES, True),
    ".csv.gz": (FileType.CSV, True),
}
_MARKS: Final = (
    (b"\xef\xbb\xbf", Encoding.UTF8),
    (b"\xff\xfe", Encoding.UTF16_LE),
    (b"\xfe\xff", Encoding.UTF16_BE),
)


def shown_name(path: Path) -> str:
    """The file's name, without its folder, fit for display and storage."""
    return escape_surrogates(path.name)


def examine(path: Path) -> SourceFile:
    """Check name, kind and first bytes. Raises `BadInput` or `UnusableFolder`."""
    name = path.name.lower()
    found = next((found for ending, found in _ENDINGS.items() if name.endswith(ending)), None)
    try:
        if not path.exists():
            raise UnusableFolder(path=escape_surrogates(str(path)), why=problems.NO_FILE)
        if not path.is_file():
            raise UnusableFolder(path=escape_surrogates(str(path)), why=problems.NOT_A_FILE)
    except (OSError, ValueError) as error:
        raise UnusableFolder(path=escape_surrogates(str(path)), why=problems.UNREADABLE) from error
    if found is None:
        raise BadInput(what=shown_name(path), why=_guess(name))
    return _sniff(SourceFile(path, *found))


def _guess(name: str) -> str:
    if name.endswith((".xlsx", ".xls", ".xlsm", ".ods", ".numbers")):
        return problems.WORKBOOK
    if name.endswith((".zip", ".7z", ".rar", ".tar", ".tgz", ".tar.gz", ".tar.xz", ".zst")):
        return problems.ARCHIVE
    return problems.UNKNOWN_TYPE


def _sniff(source: SourceFile) -> SourceFile:
    with opened(source) as handle:
        head = handle.read(CHUNK)
    if source.type is FileType.PARQUET:
        return source
    if head.startswith((b"PK\x03\x04", b"\xd0\xcf\x11\xe0")):
        raise BadInput(what=shown_name(source.path), why=problems.WORKBOOK)
    if head.startswith(b"\x1f\x8b"):
        raise BadInput(what=shown_name(source.path), why=problems.ARCHIVE)
    return _with_encoding(source, head)


def _with_encoding(source: SourceFile, head: bytes) -> SourceFile:
    mark, encoding = next(
        ((mark, encoding) for mark, encoding in _MARKS if head.startswith(mark)), (b"", Encoding.UTF8)
    )
    newline = "\n".encode(encoding.value)
    # Spreadsheets on old Macs end lines with CR alone.
    return_only = source.type is FileType.CSV and newline not in head and "\r".encode(encoding.value) in head
    return SourceFile(
        source.path,
        source.type,
        source.compressed,
        encoding,
        len(mark),
        "\r".encode(encoding.value) if return_only else newline,
    )


@contextmanager
def opened(source: SourceFile) -> Iterator[IO[bytes]]:
    """The file's bytes, decompressed, from the start; foreign errors become `AppError`s."""
    try:
        with source.path.open("rb") as plain:
            if source.compressed:
                with gzip.GzipFile(fileobj=plain) as unpacked:
                    yield cast("IO[bytes]", unpacked)
            else:
                yield plain
    except (gzip.BadGzipFile, EOFError, zlib.error) as error:
        raise BadInput(what=shown_name(source.path), why=problems.BAD_GZIP) from error
    except OSError as error:
        raise UnusableFolder(path=escape_surrogates(str(source.path)), why=problems.UNREADABLE) from error
