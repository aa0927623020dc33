"""Damage in SQLite's write-ahead file, found before SQLite reads it.

SQLite takes a frame whose checksum is wrong for the end of the file: it cannot tell a write cut short by
power loss from damage. So one changed bit would silently drop every transaction from there on. But a cut
write is always part of the last transaction, because each is synced before the next begins: with the ends
of two transactions at or after a bad frame, it is damage. In the last transaction the two look alike, and
SQLite's answer stands: it never happened.

Format: sqlite.org/fileformat2.html, section 4. Each checksum continues from the one stored before it, so
frames after a bad one can still be judged.
"""

import struct
from array import array
from pathlib import Path
from typing import Final

from core.errors import DataDamaged, UnusableFolder

_HEADER: Final = struct.Struct(">IIIIIIII")
_FRAME: Final = struct.Struct(">IIIIII")
# The last bit of the magic number says which byte order the checksums read their words in.
_MAGICS: Final = {0x377F0682: "<", 0x377F0683: ">"}
_MOST: Final = 0xFFFFFFFF
_ENDS_THAT_PROVE_DAMAGE: Final = 2

Sums = tuple[int, int]


def check_wal(database: Path) -> None:
    """Raise `DataDamaged` when the write-ahead file beside this database was damaged. Changes nothing.

    Raises `UnusableFolder` when it cannot be read.
    """
    path = database.with_name(f"{database.name}-wal")
    try:
        with path.open("rb") as file:
            header = file.read(_HEADER.size)
            if len(header) < _HEADER.size or not any(header):
                return
            magic, _, page_size, _, salt1, salt2, sum1, sum2 = _HEADER.unpack(header)
            order = _MAGICS.get(magic)
            # The header is synced alone, before any frame, and fits one sector: it is never half written.
            if order is None or _checksum(header[:24], order, (0, 0)) != (sum1, sum2):
                raise DataDamaged(what="write-ahead-file")
            frames = _Frames(order, (salt1, salt2), (sum1, sum2))
            while frame := file.read(_FRAME.size + page_size):
                if len(frame) == _FRAME.size + page_size:
                    frames.take(frame)
    except FileNotFoundError:
        return
    except OSError as error:
        raise UnusableFolder(path=str(database.parent), why=error.strerror or "unreadable") from error
    if frames.damaged:
        raise DataDamaged(what="write-ahead-file")


class _Frames:
    """One pass over the frames of the newest generation; older ones carry two other salts."""

    def __init__(self, order: str, salts: Sums, sums: Sums) -> None:
        self._order = order
        self._salts = salts
        self._sums = sums
        self._bad = False
        self._ends = 0

    @property
    def damaged(self) -> bool:
        """Whether what follows a bad frame proves that it was whole once."""
        return self._ends >= _ENDS_THAT_PROVE_DAMAGE

    def take(self, frame: bytes) -> None:
        """Judge one frame, going on from the checksum stored in the one before."""
        _, pages, salt1, salt2, sum1, sum2 = _FRAME.unpack(frame[: _FRAME.size])
        # One salt is enough to be of this generation: the other may be what was damaged.
        ours = salt1 == self._salts[0] or salt2 == self._salts[1]
        if not (self._bad or self._good(frame, (salt1, salt2), (sum1, sum2))):
            self._bad = True
        if self._bad and ours and pages:
            self._ends += 1
        self._sums = sum1, sum2

    def _good(self, frame: bytes, salts: Sums, sums: Sums) -> bool:
        if salts != self._salts:
            return False
        begun = _checksum(frame[:8], self._order, self._sums)
        return _checksum(frame[_FRAME.size :], self._order, begun) == sums


def _checksum(data: bytes, order: str, start: Sums) -> Sums:
    words = array("I", data)
    if (order == "<") != (struct.pack("=I", 1) == struct.pack("<I", 1)):
        words.byteswap()
    first, second = start
    pairs = iter(words)
    for one in pairs:
        first = (first + one + second) & _MOST
        second = (second + next(pairs) + first) & _MOST
    return first, second
