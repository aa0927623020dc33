"""The technical log: local, small, and without anything anybody wrote.

Code logs ids and codes only. What is here is the last line of defence for when a library, or a
mistake of ours, does otherwise.
"""

import contextlib
import ctypes
import logging
import os
import re
import sys
import threading
import time
import traceback
from io import TextIOWrapper
from logging.handlers import RotatingFileHandler
from pathlib import Path
from types import TracebackType
from typing import Final

from core.errors import AppError, Cancelled
from core.system.private_files import open_private, storage_error

FILE_NAME: Final = "breakwater.log"
_SIZE: Final = 1 << 20
_OLDER: Final = 3
# At INFO these print whole addresses with query tokens; at DEBUG, headers and cookies.
_TALKATIVE: Final = ("httpx", "httpcore", "keyring", "secretstorage", "jeepney", "sqlalchemy", "alembic")
_PR_SET_DUMPABLE: Final = 4

_REPLACEMENTS: Final = (
    (re.compile(r"(?i)\b(bearer|dpop|basic)\s+[\w.~+/=-]{8,}"), r"\1 [token]"),
    (re.compile(r"\beyJ[\w-]{8,}(?:\.[\w-]*){0,4}"), "[token]"),
    (re.compile(r"(?i)\b(?:[a-z0-9]{5}-){7}[a-z0-9]{5}\b"), "[recovery code]"),
    (re.compile(r"(?i)\b(?:[a-z0-9]{4}-){3}[a-z0-9]{4}\b(?!-)"), "[app password]"),
    (
        re.compile(
            r"(?i)\b(pass(?:word|phrase)|secret|\w*token|cookie|authorization)([\"']?\s*[:=]\s*)[^\s,;)}]+"
        ),
        r"\1\2[secret]",
    ),
    (re.compile(r"\bdid:[a-z]+:[\w.:%-]+"), "[account]"),
    (re.compile(r"(?<![\w/])@[\w.-]+"), "[handle]"),
    (re.compile(r"\?[^\s\"']+=[^\s\"']*"), "?[query]"),
    (re.compile(r"\b[0-9a-fA-F]{40,}\b"), "[hex]"),
    (re.compile(r"[A-Za-z0-9+/_-]{48,}={0,2}"), "[data]"),
    # Nothing we log is longer than this between quotes; what is, was written by a person.
    (re.compile(r"\"[^\"\n]{40,}\"|'[^'\n]{40,}'"), "[text]"),
    # Our own messages are ASCII.
    (re.compile(r"[^\x00-\x7f]+(?:[\s,.!?-]+[^\x00-\x7f]+)*"), "[text]"),
    (re.compile(r"[\x00-\x08\x0b-\x1f\x7f]"), "?"),
)


def redact(text: str) -> str:
    """Take out what looks like a token, password, account, handle, address query or written text."""
    for pattern, replacement in _REPLACEMENTS:
        text = pattern.sub(replacement, text)
    return text


def describe(error: BaseException) -> str:
    """An exception and its causes as types and places in the code, without their messages."""
    parts: list[str] = []
    current: BaseException | None = error
    while current is not None and len(parts) < 8:
        code = f"[{current.code}]" if isinstance(current, AppError) else ""
        frames = traceback.extract_tb(current.__traceback__)
        places = " < ".join(f"{Path(f.filename).name}:{f.lineno} {f.name}" for f in reversed(frames[-12:]))
        parts.append(f"{type(current).__name__}{code} at {places or 'unknown'}")
        current = current.__cause__ or (None if current.__suppress_context__ else current.__context__)
    return " caused by ".join(parts)


class _SafeFormatter(logging.Formatter):
    """One line a record, in UTC; exceptions by `describe`, so their messages never reach the file."""

    def formatTime(self, record: logging.LogRecord, datefmt: str | None = None) -> str:
        """ISO 8601, UTC."""
        return time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(record.created))

    def format(self, record: logging.LogRecord) -> str:
        try:
            message = record.getMessage()
        except (TypeError, ValueError):
            message = "[message could not be formatted]"
        error = record.exc_info[1] if record.exc_info else None
        tail = f" | {describe(error)}" if error else ""
        line = redact(message + tail).replace("\n", " ")
        return f"{self.formatTime(record)} {record.levelname} {record.name} {line}"


class _PrivateFile(RotatingFileHandler):
    """Rotates like its parent; every file is created private and links are refused."""

    def _open(self) -> TextIOWrapper:
        descriptor = open_private(Path(self.baseFilename), os.O_WRONLY | os.O_APPEND | os.O_CREAT)
        file = os.fdopen(descriptor, "ab")
        return TextIOWrapper(file, encoding="utf-8", errors="backslashreplace")

    def handleError(self, record: logging.LogRecord) -> None:
        """Silent: the default prints the message that could not be written, content and all."""


class LogFile:
    """The running log; `close` stops it, for tests and for the end of the program."""

    def __init__(self, handler: logging.Handler, level_before: int) -> None:
        self._handler = handler
        self._level_before = level_before

    def close(self) -> None:
        """Write what is left and let go of the file."""
        root = logging.getLogger()
        root.removeHandler(self._handler)
        root.setLevel(self._level_before)
        # A full disk is no reason to fail on the way out.
        with contextlib.suppress(OSError):
            self._handler.close()

    def __enter__(self) -> "LogFile":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if isinstance(error, Exception) and not isinstance(error, AppError | Cancelled):
            logging.getLogger(__name__).error("ended by %s", describe(error))
        self.close()


def configure(folder: Path) -> LogFile:
    """Log into `folder` (which exists) from now on: at most 4 MB, rotating. Raises `UnusableFolder`."""
    try:
        handler = _PrivateFile(folder / FILE_NAME, maxBytes=_SIZE, backupCount=_OLDER, encoding="utf-8")
    except OSError as error:
        raise storage_error(error, folder) from error
    handler.setFormatter(_SafeFormatter())
    root = logging.getLogger()
    log_file = LogFile(handler, root.level)
    root.setLevel(logging.INFO)
    root.addHandler(handler)
    for name in _TALKATIVE:
        logging.getLogger(name).setLevel(logging.WARNING)
    return log_file


def tell_faults_safely() -> None:
    """From now on what nobody caught is told by type and place: messages may hold what people wrote.

    Python's own traceback prints the message of every exception. For the whole process; call it once.
    """

    def tell(error: BaseException | None) -> None:
        if error is None or isinstance(error, KeyboardInterrupt):
            return
        said = describe(error)
        if logging.getLogger().handlers:
            logging.getLogger(__name__).error("nobody caught %s", said)
        with contextlib.suppress(OSError, ValueError, AttributeError):
            sys.stderr.write(f"A fault in Breakwater, not in what you did: {redact(said)}\n")

    sys.excepthook = lambda kind, error, trace: tell(error)
    sys.unraisablehook = lambda found: tell(found.exc_value)
    threading.excepthook = lambda found: tell(found.exc_value)


def harden_process() -> frozenset[str]:
    """Keep memory out of core dumps and from other programs' debuggers; returns what took effect.

    Linux: "not-dumpable" and "no-core". Elsewhere nothing, and the empty set says so. Python cannot
    wipe keys from memory, so they stay there while the program runs.
    """
    done: set[str] = set()
    if sys.platform != "linux":
        return frozenset(done)
    import resource

    try:
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        done.add("no-core")
        if ctypes.CDLL(None, use_errno=True).prctl(_PR_SET_DUMPABLE, 0, 0, 0, 0) == 0:
            done.add("not-dumpable")
    except (OSError, ValueError, AttributeError) as error:
        logging.getLogger(__name__).warning("process not hardened: %s", describe(error))
    return frozenset(done)
