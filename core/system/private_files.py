"""Files only their owner can read, replaced whole or not at all."""

import errno
import os
import secrets
import stat
import sys
from pathlib import Path
from typing import Final

from core.errors import AppError, DataDamaged, DiskFull, UnusableFolder

FOLDER_MODE: Final = 0o700
FILE_MODE: Final = 0o600
# Neither exists on Windows, where access follows the folder's own list instead of mode bits.
_NO_FOLLOW: Final = getattr(os, "O_NOFOLLOW", 0)
_BINARY: Final = getattr(os, "O_BINARY", 0)
# Opening a pipe that someone put in a file's place would otherwise wait for ever.
_NO_WAIT: Final = getattr(os, "O_NONBLOCK", 0)
_NO_SPACE: Final = frozenset({errno.ENOSPC, getattr(errno, "EDQUOT", errno.ENOSPC)})


def storage_error(error: OSError, path: Path) -> AppError:
    """The error to show for a failed file operation: `DiskFull` or `UnusableFolder`."""
    if error.errno in _NO_SPACE:
        return DiskFull(path=str(path))
    if error.errno == errno.ELOOP:
        return UnusableFolder(path=str(path), why="symlink")
    return UnusableFolder(path=str(path), why=errno.errorcode.get(error.errno or 0, "unknown").lower())


def check_private(path: Path, found: os.stat_result, *, folder: bool) -> None:
    """Refuse what is not a plain file (or folder) of this user: `UnusableFolder`.

    Mode bits are not judged here: see `tighten`.
    """
    if stat.S_ISLNK(found.st_mode):
        raise UnusableFolder(path=str(path), why="symlink")
    if folder and not stat.S_ISDIR(found.st_mode):
        raise UnusableFolder(path=str(path), why="not-a-folder")
    if not folder and not stat.S_ISREG(found.st_mode):
        raise UnusableFolder(path=str(path), why="not-a-file")
    if sys.platform != "win32" and found.st_uid != os.geteuid():
        raise UnusableFolder(path=str(path), why="not-yours")


def tighten(path: Path, found: os.stat_result, mode: int) -> None:
    """Take everyone else's access away, and make sure it is gone (not all file systems can)."""
    if sys.platform == "win32" or not found.st_mode & 0o077:
        return
    try:
        path.chmod(mode)
        still_open = path.lstat().st_mode & 0o077
    except OSError as error:
        raise storage_error(error, path) from error
    if still_open:
        raise UnusableFolder(path=str(path), why="open-to-others")


def open_private(path: Path, flags: int) -> int:
    """A file descriptor of a private file; created 0600, links refused. The caller closes it."""
    try:
        descriptor = os.open(path, flags | _NO_FOLLOW | _NO_WAIT | _BINARY, FILE_MODE)
    except FileNotFoundError:
        raise
    except OSError as error:
        raise storage_error(error, path) from error
    try:
        check_private(path, os.fstat(descriptor), folder=False)
    except AppError:
        os.close(descriptor)
        raise
    return descriptor


def read_private(path: Path, *, limit: int) -> bytes | None:
    """The bytes of a file, None when there is none. More than `limit` bytes: `DataDamaged`."""
    try:
        with os.fdopen(open_private(path, os.O_RDONLY), "rb") as file:
            data = file.read(limit + 1)
    except FileNotFoundError:
        return None
    except OSError as error:
        raise storage_error(error, path) from error
    if len(data) > limit:
        raise DataDamaged(what=path.name)
    return data


def write_private(path: Path, data: bytes) -> None:
    """Replace a file so that after a power loss either the old or the new bytes are there.

    Raises `DiskFull` or `UnusableFolder`; the old file is then untouched.
    """
    temporary = path.with_name(f".{path.name}.{secrets.token_hex(4)}.tmp")
    try:
        with os.fdopen(open_private(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL), "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        # replace() would quietly put a file where a link was: the link's target is someone else's choice.
        if path.is_symlink():
            raise UnusableFolder(path=str(path), why="symlink")
        temporary.replace(path)
        sync_folder(path.parent)
    except OSError as error:
        raise storage_error(error, path) from error
    finally:
        temporary.unlink(missing_ok=True)


def sync_folder(folder: Path) -> None:
    """Make a rename inside `folder` survive a power loss. Windows does this on its own."""
    if sys.platform == "win32":
        return
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
