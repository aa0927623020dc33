"""A folder as one zip whose bytes depend on nothing but names and contents."""

import os
import zipfile
from collections.abc import Callable
from pathlib import Path

_CHUNK = 1 << 20
# The earliest date a zip can hold: the true dates are in the packet, signed.
_NO_DATE = (1980, 1, 1, 0, 0, 0)
_REGULAR_PRIVATE = 0o100600 << 16
_UNIX = 3


def write_zip(folder: Path, target: Path, top: str, checkpoint: Callable[[], None]) -> None:
    """Zip all files of `folder` under the name `top`, sorted. `checkpoint` may raise to stop."""
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    descriptor = os.open(target, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w+b") as file:
        with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as archive:
            for path in files:
                checkpoint()
                _add(archive, path, f"{top}/{path.relative_to(folder).as_posix()}")
        file.flush()
        os.fsync(file.fileno())


def _add(archive: zipfile.ZipFile, path: Path, name: str) -> None:
    entry = zipfile.ZipInfo(name, _NO_DATE)
    entry.compress_type = zipfile.ZIP_DEFLATED
    entry.external_attr = _REGULAR_PRIVATE
    entry.create_system = _UNIX
    with path.open("rb") as source, archive.open(entry, "w", force_zip64=False) as target:
        while chunk := source.read(_CHUNK):
            target.write(chunk)
