"""Connections to the encrypted database, and what its failures mean to the user.

Every pragma here was measured in the design study: `synchronous=FULL` because NORMAL lost
acknowledged rows on power loss; `BEGIN IMMEDIATE` because deferred transactions lost most writes
to "database is locked".
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import sqlcipher3.dbapi2 as sqlcipher
from sqlalchemy import Engine, create_engine, event
from sqlalchemy.exc import DBAPIError

from core.errors import AlreadyRunning, AppError, DataDamaged, DiskFull, UnsupportedHere, UnusableFolder

# The WAL-reset corruption bug is fixed in 3.51.3 and 3.53.0; 3.52.0 was withdrawn.
_FIRST_SAFE_SQLITE = (3, 51, 3)
_WITHDRAWN_SQLITE = (3, 52, 0)
_BUSY_TIMEOUT_MS = 10_000

# cipher_log_level first: otherwise a wrong key is reported on stderr before we can explain it.
_PRAGMAS = (
    "PRAGMA journal_mode=WAL",
    "PRAGMA synchronous=FULL",
    "PRAGMA fullfsync=ON",
    "PRAGMA secure_delete=ON",
    "PRAGMA foreign_keys=ON",
    "PRAGMA recursive_triggers=ON",
    "PRAGMA trusted_schema=OFF",
    "PRAGMA temp_store=MEMORY",
    f"PRAGMA busy_timeout={_BUSY_TIMEOUT_MS}",
)


def check_sqlite() -> None:
    """Refuse SQLite builds that can corrupt a WAL database."""
    found = sqlcipher.sqlite_version_info
    if found < _FIRST_SAFE_SQLITE or found == _WITHDRAWN_SQLITE:
        raise UnsupportedHere(what="sqlite", where=sqlcipher.sqlite_version)


def connect(path: Path, key: bytes, *, read_only: bool) -> Any:
    """One raw connection. The key never enters a URL, a repr or an exception."""
    connection = sqlcipher.connect(str(path), isolation_level=None, check_same_thread=False)
    try:
        cursor = connection.cursor()
        cursor.execute("PRAGMA cipher_log_level=NONE")
        cursor.execute(f"PRAGMA key=\"x'{key.hex()}'\"")
        for pragma in _PRAGMAS:
            cursor.execute(pragma)
        if read_only:
            cursor.execute("PRAGMA query_only=ON")
        cursor.close()
    except sqlcipher.DatabaseError:
        connection.close()
        raise
    return connection


def open_engine(path: Path, key: bytes, *, read_only: bool) -> Engine:
    """A pooled engine. Writers begin immediately; readers cannot write."""

    def creator() -> Any:
        return connect(path, key, read_only=read_only)

    engine = create_engine(
        "sqlite+pysqlite:///breakwater",
        module=sqlcipher,
        creator=creator,
        hide_parameters=True,
        pool_size=4 if read_only else 1,
        max_overflow=4 if read_only else 0,
    )
    begin = "BEGIN" if read_only else "BEGIN IMMEDIATE"
    event.listen(engine, "begin", _beginner(begin))
    return engine


def _beginner(statement: str) -> Callable[[Any], None]:
    def begin(connection: Any) -> None:
        connection.exec_driver_sql(statement)

    return begin


@contextmanager
def translated(path: Path) -> Iterator[None]:
    """Turn database failures into errors a person can act on."""
    try:
        yield
    except DBAPIError as failure:
        raise _explain(failure.orig, path) from failure
    except sqlcipher.DatabaseError as failure:
        raise _explain(failure, path) from failure


# SQLite's own messages; stable since 2004 and the only thing the driver gives us.
_MESSAGES: tuple[tuple[str, Callable[[Path], AppError]], ...] = (
    ("disk is full", lambda path: DiskFull(path=str(path.parent))),
    ("file is not a database", lambda path: DataDamaged(what="database")),
    ("malformed", lambda path: DataDamaged(what="database")),
    ("hmac check failed", lambda path: DataDamaged(what="database")),
    ("disk I/O error", lambda path: UnusableFolder(path=str(path.parent), why="input-output")),
    ("unable to open", lambda path: UnusableFolder(path=str(path.parent), why="cannot-open")),
    ("readonly", lambda path: UnusableFolder(path=str(path.parent), why="read-only")),
    ("database is locked", lambda path: AlreadyRunning(path=str(path.parent))),
)


def _explain(failure: BaseException | None, path: Path) -> Exception:
    text = str(failure)
    for fragment, build in _MESSAGES:
        if fragment in text:
            return build(path)
    # Our own bug (a constraint, a wrong statement): not for the user to fix, so not an AppError.
    return StorageBug(type(failure).__name__)


class StorageBug(Exception):
    """A statement of ours was wrong. Names the driver's error class, never the values."""
