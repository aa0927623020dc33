"""Reading a packet that a stranger may have made: nothing is extracted, every limit is counted while reading.

Refused with a reason: links, special files, names that are not a packet's, the same name twice,
encrypted members, and anything that grows beyond what a packet needs.
"""

import os
import stat
import zipfile
import zlib
from collections.abc import Iterator
from itertools import count
from pathlib import Path
from typing import Protocol

from core.errors import NotFound, UnusableFolder
from core.export import layout

_CHUNK = 1 << 18
_DEEPEST = 3
_OPEN_FLAGS = (
    os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
)


class Refused(Exception):
    """Why a file or packet is not read. Holds no content and only names a packet may have."""


class UntrustedPacket(Protocol):
    """The files of a packet by name, all of them names a packet may have."""

    names: frozenset[str]

    def chunks(self, name: str) -> Iterator[bytes]:
        """The file's bytes, piece by piece. Raises `Refused`."""
        ...

    def close(self) -> None:
        """Release the file."""
        ...


def open_packet(path: Path) -> UntrustedPacket:
    """Open a folder or zip. Raises `Refused`, `NotFound`, `UnusableFolder`."""
    try:
        if path.is_dir():
            return _Folder(path)
        if path.is_file():
            return _Zip(path)
    except OSError as error:
        raise UnusableFolder(path=str(path), why=error.strerror or "unreadable") from error
    raise NotFound(what="packet", name=path.name)


class Budget:
    """Counts what was read, over all files of a packet."""

    def __init__(self) -> None:
        self._left = layout.MOST_BYTES

    def limited(self, name: str, chunks: Iterator[bytes]) -> Iterator[bytes]:
        """The same chunks; raises `Refused` once the file or the packet is larger than it may be."""
        room = _largest(name)
        for chunk in chunks:
            room -= len(chunk)
            self._left -= len(chunk)
            if room < 0 or self._left < 0:
                raise Refused("larger than a packet's file may be")
            yield chunk


def _largest(name: str) -> int:
    if name == layout.MANIFEST:
        return layout.MOST_MANIFEST_BYTES
    if layout.received(name):
        return layout.MOST_RAW_BYTES
    return layout.SMALL_FILE_BYTES if layout.small(name) else layout.MOST_FILE_BYTES


class _Folder:
    """A packet as a folder."""

    def __init__(self, root: Path) -> None:
        self._root = root
        self._budget = Budget()
        self.names = frozenset(_walk(root, "", 0, count()))
        if layout.BAGIT not in self.names:
            raise Refused("no bagit.txt: not a packet")

    def chunks(self, name: str) -> Iterator[bytes]:
        return self._budget.limited(name, self._read(name))

    def _read(self, name: str) -> Iterator[bytes]:
        try:
            descriptor = os.open(self._root / name, _OPEN_FLAGS)
            with os.fdopen(descriptor, "rb") as file:
                if not stat.S_ISREG(os.fstat(file.fileno()).st_mode):
                    raise Refused("not a plain file")
                while chunk := file.read(_CHUNK):
                    yield chunk
        except OSError as error:
            raise Refused("cannot be read") from error

    def close(self) -> None:
        return


def _walk(folder: Path, prefix: str, depth: int, seen: Iterator[int]) -> Iterator[str]:
    if depth > _DEEPEST:
        raise Refused("folders nested deeper than a packet's")
    with os.scandir(folder) as found:
        for one in found:
            if next(seen) >= layout.MOST_FILES:
                raise Refused("more files than a packet may hold")
            name = prefix + one.name
            if one.is_symlink():
                raise Refused("holds a link")
            if one.is_dir(follow_symlinks=False):
                yield from _walk(folder / one.name, name + "/", depth + 1, seen)
            elif not one.is_file(follow_symlinks=False):
                raise Refused("holds a special file")
            elif not layout.known(name):
                raise Refused("holds a file that is no part of a packet")
            else:
                yield name


class _Zip:
    """A packet as a zip: at the top, or below one folder."""

    def __init__(self, path: Path) -> None:
        self._budget = Budget()
        try:
            self._zip = zipfile.ZipFile(path)
        except (zipfile.BadZipFile, ValueError, EOFError, NotImplementedError, UnicodeError) as error:
            raise Refused("neither a folder nor a readable zip") from error
        try:
            self._members = _members(self._zip.infolist())
        except Refused:
            self._zip.close()
            raise
        self.names = frozenset(self._members)

    def chunks(self, name: str) -> Iterator[bytes]:
        return self._budget.limited(name, self._read(self._members[name]))

    def _read(self, member: zipfile.ZipInfo) -> Iterator[bytes]:
        room = max(layout.SMALL_FILE_BYTES, member.compress_size * layout.MOST_RATIO)
        try:
            with self._zip.open(member) as file:
                while chunk := file.read(_CHUNK):
                    room -= len(chunk)
                    if room < 0:
                        raise Refused("unpacks to far more than it should")
                    yield chunk
        except (zipfile.BadZipFile, zlib.error, ValueError, OSError, EOFError, NotImplementedError) as error:
            raise Refused("damaged inside the zip") from error
        except RuntimeError as error:  # an encrypted member, in zipfile's words
            raise Refused("encrypted inside the zip") from error

    def close(self) -> None:
        self._zip.close()


def _members(found: list[zipfile.ZipInfo]) -> dict[str, zipfile.ZipInfo]:
    if len(found) > layout.MOST_FILES:
        raise Refused("more files than a packet may hold")
    names = [one.filename for one in found]
    tops = {name.split("/", 1)[0] for name in names}
    top = "" if layout.BAGIT in names or len(tops) != 1 else tops.pop() + "/"
    members: dict[str, zipfile.ZipInfo] = {}
    for one in found:
        name = one.filename.removeprefix(top)
        if one.orig_filename != one.filename:
            raise Refused("a name with characters that programs read differently")
        if name.endswith("/") or not name:
            _check_folder(name, one)
            continue
        kind = stat.S_IFMT(one.external_attr >> 16)
        if kind not in (0, stat.S_IFREG):
            raise Refused("holds a link or special file")
        if not layout.known(name):
            raise Refused("holds a file that is no part of a packet")
        if name in members:
            raise Refused("holds the same name twice")
        if one.flag_bits & 1:
            raise Refused("encrypted inside the zip")
        members[name] = one
    if layout.BAGIT not in members:
        raise Refused("no bagit.txt: not a packet")
    return members


def _check_folder(name: str, one: zipfile.ZipInfo) -> None:
    """Other zip programs add entries for folders; they carry nothing."""
    if one.file_size or name not in layout.FOLDERS:
        raise Refused("holds a folder that is no part of a packet")
