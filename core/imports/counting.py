"""How many rows an import will have, for a progress bar."""

from pathlib import Path

from core.errors import AppError
from core.imports.parquet_rows import height
from core.imports.source_file import CHUNK, FileType, SourceFile, examine, opened

# Enough chunks to count a gigabyte a second; small enough to stay out of the way.
_STEP = CHUNK * 16


def count_rows(path: Path) -> int | None:
    """The number of rows to expect, or None when it is not known cheaply (compressed or unusable).

    Never raises for a bad file: reading it will. Close, not exact: blank lines count as rows and a
    stray quotation mark in a CSV file shifts the number.
    """
    try:
        source = examine(path)
        if source.compressed:
            return None
        if source.type is FileType.PARQUET:
            return height(source)
        return _lines(source)
    except AppError:
        return None


def _lines(source: SourceFile) -> int:
    csv = source.type is FileType.CSV
    mark = '"'.encode(source.encoding.value)
    count, inside, last = 0, False, source.newline
    with opened(source) as handle:
        handle.read(source.mark)
        while chunk := handle.read(_STEP):
            last = chunk
            if not csv:
                count += chunk.count(source.newline)
                continue
            # Between quotation marks a line end belongs to a cell.
            parts = chunk.split(mark)
            count += sum(part.count(source.newline) for part in parts[inside::2])
            inside ^= len(parts) % 2 == 0
    count += not last.endswith(source.newline)
    return max(0, count - 1) if csv else count
