"""Fetching one large public file so that a half or wrong one can never be taken for it.

The bytes go to `<name>.part` beside a note of where they came from. Only a whole file with the pinned
SHA-256 is renamed into place. A pause keeps the part; it is continued with `Range` and `If-Range` when
the server names its version (a strong ETag), else begun again. Plain https to listed hosts only.
"""

import errno
import hashlib
import json
import os
import re
import shutil
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from importlib import metadata
from pathlib import Path
from typing import IO, Final

import httpx

from core.errors import AppError, DiskFull, ModelUnusable, Offline, UnsupportedHere, UnusableFolder

RESERVE: Final = 256 << 20  # bytes left free for everything else on the disk
_BLOCK: Final = 1 << 18
_REDIRECTS: Final = 5
_REDIRECT: Final = frozenset({301, 302, 303, 307, 308})
_TIMEOUT: Final = httpx.Timeout(60.0, connect=20.0)
_RANGE: Final = re.compile(r"bytes (\d{1,15})-(\d{1,15})/(\d{1,15})")
_HEX: Final = re.compile("[0-9a-f]{8,64}")

OnBytes = Callable[[int, int], None]  # bytes here, bytes in all; raises `Cancelled` to pause


@dataclass(frozen=True, slots=True)
class RemoteFile:
    """A published file. `sha256` is the whole hash, or its first 8 or more hex digits where no more is known.

    `size` in bytes is what is announced to the person; `limit` is the most that is ever written.
    """

    name: str
    url: str
    sha256: str
    size: int
    limit: int

    def __post_init__(self) -> None:
        if not _HEX.fullmatch(self.sha256) or "/" in self.name or self.name.startswith("."):
            raise ValueError("a file needs a plain name and a hash")


@dataclass(frozen=True, slots=True)
class Whole:
    """A file that is complete and is what was published."""

    path: Path
    sha256: str
    size: int


@dataclass(frozen=True, slots=True)
class _Note:
    """Where a part came from. `total` in bytes, -1 when the server does not say."""

    url: str
    etag: str
    total: int


class Downloads:
    """Fetches into one folder. `hosts` are those that may be spoken to, redirects included."""

    def __init__(self, folder: Path, hosts: Collection[str], *, plain_http: bool = False) -> None:
        self._folder = folder
        self._hosts = frozenset(hosts)
        # For a file server on this machine in tests; never set by the product.
        self._scheme = "http" if plain_http else "https"

    def present(self, file: RemoteFile) -> int:
        """How many bytes of it are here: all, or the part that was fetched."""
        for path in (self._folder / file.name, self._part(file)):
            if path.is_file():
                return path.stat().st_size
        return 0

    def forget(self, file: RemoteFile) -> None:
        """Delete the file and its part."""
        for path in (self._folder / file.name, self._part(file), self._note(file)):
            path.unlink(missing_ok=True)

    def adopt(self, file: RemoteFile, source: Path, known: str = "") -> Whole:
        """Take a copy the person already has, if it is what was published. Raises like `fetch`."""
        with _disk(self._folder):
            self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            if source.stat().st_size > file.limit:
                raise ModelUnusable(name=file.name, why="too-large")
            self._need_space(source.stat().st_size)
            self._note(file).unlink(missing_ok=True)
            shutil.copyfile(source, self._part(file))
            return self._settle(file, known, lambda done, total: None)

    def fetch(self, file: RemoteFile, on_bytes: OnBytes, known: str = "") -> Whole:
        """The whole file, continued from its part if there is one. `known` is its hash from an earlier time.

        Raises `Offline`, `DiskFull`, `UnusableFolder`, and `ModelUnusable` with why: host, status, changed
        (not the file fetched before), too-large, length or hash. What `on_bytes` raises keeps the part.
        """
        with _disk(self._folder):
            self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            whole = self._folder / file.name
            if whole.is_file():
                return _checked(file, whole, known, on_bytes)
            if not self._is_complete(file):
                with _offline(file), _client() as client:
                    self._receive(client, file, on_bytes)
            return self._settle(file, known, on_bytes)

    def _receive(self, client: httpx.Client, file: RemoteFile, on_bytes: OnBytes) -> None:
        at, note = self._resume_point(file)
        headers = {"range": f"bytes={at}-", "if-range": note.etag} if note and at else {}
        with self._open(client, file, headers) as response:
            if response.status_code == 206 and note is not None and _continues(response, at, note):
                self._write(file, response, at, note.total, on_bytes)
            elif response.status_code == 200:
                fresh = _Note(file.url, _strong_etag(response), _length(response))
                self._begin(file, fresh)
                self._write(file, response, 0, fresh.total, on_bytes)
            elif headers:
                # The server went back on the version or the range: begin again, once.
                self.forget(file)
                response.close()
                self._receive(client, file, on_bytes)
            else:
                raise ModelUnusable(name=file.name, why="status", status=response.status_code)

    def _begin(self, file: RemoteFile, note: _Note) -> None:
        if note.total > file.limit:
            raise ModelUnusable(name=file.name, why="too-large")
        self._part(file).unlink(missing_ok=True)
        self._need_space(max(note.total, file.size))
        self._note(file).write_text(json.dumps(asdict(note)), "ascii")

    def _write(
        self, file: RemoteFile, response: httpx.Response, at: int, total: int, on_bytes: OnBytes
    ) -> None:
        end = total if total >= 0 else file.size
        if at:
            self._need_space(end - at)
        with _private(self._part(file), append=bool(at)) as part:
            done = at
            for block in response.iter_raw():
                on_bytes(done, end)
                done += len(block)
                if done > file.limit:
                    break
                part.write(block)
            part.flush()
            os.fsync(part.fileno())
        if done > file.limit:
            self.forget(file)
            raise ModelUnusable(name=file.name, why="too-large")
        if 0 <= total != done:
            raise Offline(host=response.url.host)
        on_bytes(done, done)

    @contextmanager
    def _open(
        self, client: httpx.Client, file: RemoteFile, headers: dict[str, str]
    ) -> Iterator[httpx.Response]:
        """The answer, after following redirects between listed hosts."""
        url = httpx.URL(file.url)
        for _ in range(_REDIRECTS):
            if url.scheme != self._scheme or url.host not in self._hosts or url.userinfo:
                raise ModelUnusable(name=file.name, why="host", host=url.host)
            with client.stream("GET", url, headers=headers) as response:
                if response.status_code not in _REDIRECT:
                    yield response
                    return
                url = url.join(response.headers.get("location", ""))
        raise ModelUnusable(name=file.name, why="status", status=310)

    def _resume_point(self, file: RemoteFile) -> tuple[int, _Note | None]:
        """Bytes of a part that can be continued, and its note; 0 and None otherwise."""
        note = self._read_note(file)
        if note is None or not note.etag or note.total <= 0 or not self._part(file).is_file():
            return 0, None
        size = self._part(file).stat().st_size
        return (size, note) if size < note.total else (0, None)

    def _is_complete(self, file: RemoteFile) -> bool:
        note = self._read_note(file)
        part = self._part(file)
        return note is not None and part.is_file() and part.stat().st_size == note.total > 0

    def _read_note(self, file: RemoteFile) -> _Note | None:
        try:
            untrusted = json.loads(self._note(file).read_text("ascii"))
            note = _Note(str(untrusted["url"]), str(untrusted["etag"]), int(untrusted["total"]))
        except (OSError, ValueError, KeyError, TypeError):
            return None
        return note if note.url == file.url else None

    def _settle(self, file: RemoteFile, known: str, on_bytes: OnBytes) -> Whole:
        """The part becomes the file, if it is what was published; else it is deleted."""
        part = self._part(file)
        try:
            found = _checked(file, part, known, on_bytes)
        except ModelUnusable:
            self.forget(file)
            raise
        whole = self._folder / file.name
        part.replace(whole)
        self._note(file).unlink(missing_ok=True)
        return Whole(whole, found.sha256, found.size)

    def _need_space(self, more: int) -> None:
        if shutil.disk_usage(self._folder).free < more + RESERVE:
            raise DiskFull(path=str(self._folder))

    def _part(self, file: RemoteFile) -> Path:
        return self._folder / f"{file.name}.part"

    def _note(self, file: RemoteFile) -> Path:
        return self._folder / f"{file.name}.part.json"


def matches(pinned: str, found: str) -> bool:
    """Whether a whole hash is the pinned one, or begins with it where only the beginning is known."""
    return len(found) == 64 and found.startswith(pinned)


def _checked(file: RemoteFile, path: Path, known: str, on_bytes: OnBytes) -> Whole:
    """Raises `ModelUnusable` with why: hash or changed."""
    size = path.stat().st_size
    digest, done = hashlib.sha256(), 0
    with path.open("rb") as opened:
        while block := opened.read(_BLOCK):
            digest.update(block)
            done += len(block)
            on_bytes(size, size)
    found = digest.hexdigest()
    if not matches(file.sha256, found):
        raise ModelUnusable(name=file.name, why="hash")
    if known and found != known:
        raise ModelUnusable(name=file.name, why="changed")
    return Whole(path, found, size)


def _client() -> httpx.Client:
    try:
        version = metadata.version("breakwater")
    except metadata.PackageNotFoundError:
        version = "dev"
    headers = {"user-agent": f"Breakwater/{version}", "accept": "*/*", "accept-encoding": "identity"}
    try:
        return httpx.Client(timeout=_TIMEOUT, headers=headers, follow_redirects=False)
    except (ImportError, ValueError) as error:
        raise UnsupportedHere(what="proxy", where="http") from error


@contextmanager
def _offline(file: RemoteFile) -> Iterator[None]:
    try:
        yield
    except httpx.InvalidURL as error:
        raise ModelUnusable(name=file.name, why="host") from error
    except httpx.HTTPError as error:
        raise Offline(host=httpx.URL(file.url).host) from error


@contextmanager
def _disk(folder: Path) -> Iterator[None]:
    try:
        yield
    except AppError:
        raise
    except OSError as error:
        if error.errno in (errno.ENOSPC, errno.EDQUOT):
            raise DiskFull(path=str(folder)) from error
        why = errno.errorcode.get(error.errno or 0, "unknown").lower()
        raise UnusableFolder(path=str(folder), why=why) from error


@contextmanager
def _private(path: Path, *, append: bool) -> Iterator[IO[bytes]]:
    flags = os.O_WRONLY | os.O_CREAT | (os.O_APPEND if append else os.O_TRUNC)
    handle = os.open(path, flags | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0), 0o600)
    with os.fdopen(handle, "ab" if append else "wb") as opened:
        yield opened


def _continues(response: httpx.Response, at: int, note: _Note) -> bool:
    found = _RANGE.fullmatch(response.headers.get("content-range", ""))
    if found is None or _strong_etag(response) != note.etag:
        return False
    first, last, total = (int(part) for part in found.groups())
    return first == at and last == total - 1 and total == note.total


def _strong_etag(response: httpx.Response) -> str:
    """The version the server names; empty when it names none that promises equal bytes."""
    etag: str = response.headers.get("etag", "")
    return etag if etag.startswith('"') and etag.isascii() else ""


def _length(response: httpx.Response) -> int:
    text: str = response.headers.get("content-length", "")
    return int(text) if text.isdigit() and len(text) < 16 else -1
