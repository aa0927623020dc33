"""One zip whose bytes depend on nothing but names, contents and their order."""

import os
import zipfile
from contextlib import suppress
from pathlib import Path
from types import TracebackType

_CHUNK = 1 << 20
# The earliest date a zip can hold: the true dates are in the packet, signed.
_NO_DATE = (1980, 1, 1, 0, 0, 0)
_REGULAR_PRIVATE = 0o100600 << 16
_UNIX = 3


class ZipWriter:
    """A new zip, readable by the owner only, with everything below one folder `top`."""

    def __init__(self, target: Path, top: str) -> None:
        self._top = top
        self._file = os.fdopen(os.open(target, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600), "w+b")
        self._zip = zipfile.ZipFile(self._file, "w", zipfile.ZIP_DEFLATED, compresslevel=6)

    def __enter__(self) -> "ZipWriter":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Finish the zip and have it on disk; after an error it is only closed."""
        with self._file:
            if error is not None:
                with suppress(OSError, ValueError):
                    self._zip.close()
                return
            self._zip.close()
            self._file.flush()
            os.fsync(self._file.fileno())

    def add_bytes(self, name: str, data: bytes) -> None:
        """One file of known contents."""
        self._zip.writestr(self._entry(name), data)

    def add_file(self, name: str, source: Path) -> None:
        """One file, copied piece by piece."""
        with source.open("rb") as read, self._zip.open(self._entry(name), "w") as write:
            while chunk := read.read(_CHUNK):
                write.write(chunk)

    def _entry(self, name: str) -> zipfile.ZipInfo:
        entry = zipfile.ZipInfo(f"{self._top}/{name}", _NO_DATE)
        entry.compress_type = zipfile.ZIP_DEFLATED
        entry.external_attr = _REGULAR_PRIVATE
        entry.create_system = _UNIX
        return entry
