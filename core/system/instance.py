"""One process at a time uses a data folder."""

import errno
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from core.errors import AlreadyRunning
from core.system.private_files import open_private, storage_error

_HELD: Final = frozenset({errno.EAGAIN, errno.EACCES, errno.EDEADLK})


@contextmanager
def hold(lock_file: Path) -> Iterator[None]:
    """Hold the folder for as long as the block runs. Raises `AlreadyRunning` at once, never waits.

    Every command that opens the store holds it, reading ones too: opening appends to the log. What needs
    no store (`classify`, `group`, `verify`, `doctor`) does not. The operating system drops the lock
    when the process ends, however it ends, so a left-over file means nothing; the file is never
    removed, since removing it could let two processes in. Its number is for people looking.
    """
    try:
        descriptor = open_private(lock_file, os.O_RDWR | os.O_CREAT)
    except FileNotFoundError as error:
        raise storage_error(error, lock_file) from error
    try:
        try:
            _lock(descriptor)
        except OSError as error:
            if error.errno in _HELD:
                raise AlreadyRunning(path=str(lock_file.parent)) from error
            raise storage_error(error, lock_file) from error
        os.ftruncate(descriptor, 0)
        os.write(descriptor, f"{os.getpid()}\n".encode("ascii"))
        yield
    finally:
        os.close(descriptor)


if sys.platform == "win32":
    import msvcrt

    def _lock(descriptor: int) -> None:
        # A byte far behind the content: Windows locks are mandatory, and the number stays readable.
        os.lseek(descriptor, 1 << 20, os.SEEK_SET)
        msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
        os.lseek(descriptor, 0, os.SEEK_SET)

else:
    import fcntl

    def _lock(descriptor: int) -> None:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
