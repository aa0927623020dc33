"""Cutting a file into lines of bytes, exactly as they are, with a bound on memory."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import IO, Protocol

from core.errors import BadInput
from core.imports import problems
from core.imports.columns import KEPT_OF_LONG_ROW, MAX_ROW_BYTES, MAX_SKIPPED_BYTES
from core.imports.source_file import CHUNK, SourceFile, shown_name


class Digest(Protocol):
    """A running hash, as `hashlib` makes them."""

    def update(self, data: bytes, /) -> None:
        """Add bytes."""
        ...

    def hexdigest(self) -> str:
        """The hash so far, in hexadecimal."""
        ...


@dataclass(frozen=True, slots=True)
class Line:
    """One line. `raw` is without its ending (LF, CR LF, or CR in files that know no other).

    For a line over the limit `raw` holds its first bytes only and `problem` gives size and SHA-256
    of the whole. `ending` is what was cut off, so that a record of several lines can be rebuilt.
    """

    number: int
    raw: bytes
    ending: bytes = b""
    problem: str | None = None


@dataclass(slots=True)
class _LongLine:
    """A line that passed the limit: only its size, hash and beginning are kept from here on."""

    kept: bytes
    size: int
    digest: Digest

    @classmethod
    def begin(cls, data: bytes) -> "_LongLine":
        return cls(data[:KEPT_OF_LONG_ROW], len(data), hashlib.sha256(data))

    def add(self, data: bytes) -> None:
        self.size += len(data)
        self.digest.update(data)

    def line(self, number: int, ending: bytes) -> Line:
        said = problems.LONG_ROW.format(size=self.size, kept=len(self.kept), digest=self.digest.hexdigest())
        return Line(number, self.kept, ending, said)


def bounded(number: int, raw: bytes, ending: bytes = b"") -> Line:
    """A line or record as it is, or shortened and marked when it is over the limit."""
    if len(raw) <= MAX_ROW_BYTES:
        return Line(number, raw, ending)
    return _LongLine.begin(raw).line(number, ending)


def read_lines(handle: IO[bytes], source: SourceFile) -> Iterator[Line]:
    """Every line of the file, in order. Raises `BadInput` when 64 MiB pass without a line's end."""
    cutter = _Cutter(source)
    handle.read(source.mark)
    while chunk := handle.read(CHUNK):
        yield from cutter.feed(chunk)
    yield from cutter.finish()


class _Cutter:
    """Finds line ends in a stream of chunks. For UTF-16 an end counts only on a character's boundary."""

    def __init__(self, source: SourceFile) -> None:
        self._source = source
        self._newline = source.newline
        self._width = len(source.newline)
        self._return = "\r".encode(source.encoding.value)
        self._held = b""
        self._long: _LongLine | None = None
        self._number = 1

    def feed(self, chunk: bytes) -> Iterator[Line]:
        data = self._held + chunk
        start = 0
        # The bytes held back before had no line end, except perhaps the first half of one.
        look = max(0, len(self._held) - self._width + 1)
        while (end := self._find(data, start, max(start, look))) >= 0:
            yield self._cut(data[start:end])
            start = end + self._width
        self._hold(data[start:])

    def finish(self) -> Iterator[Line]:
        if self._held or self._long:
            yield self._cut(self._held, last=True)

    def _find(self, data: bytes, start: int, look: int) -> int:
        end = data.find(self._newline, look)
        while end >= 0 and (end - start) % self._width:
            end = data.find(self._newline, end + 1)
        return end

    def _hold(self, rest: bytes) -> None:
        if self._long is None and len(rest) <= MAX_ROW_BYTES:
            self._held = rest
            return
        # Hold back the last character and any half of one: they may turn out to belong to a line end.
        keep = len(rest) % self._width + self._width
        body, self._held = rest[:-keep], rest[-keep:]
        if self._long is None:
            self._long = _LongLine.begin(body)
        else:
            self._long.add(body)
        if self._long.size > MAX_SKIPPED_BYTES:
            raise BadInput(what=shown_name(self._source.path), why=problems.NO_LINES)

    def _cut(self, body: bytes, *, last: bool = False) -> Line:
        ending = b"" if last else self._newline
        number, self._number = self._number, self._number + 1
        if ending and self._newline != self._return and self._ends_with_return(body):
            body, ending = body[: -self._width], self._return + ending
        if self._long is not None:
            self._long.add(body)
            long, self._long = self._long, None
            return long.line(number, ending)
        return bounded(number, body, ending)

    def _ends_with_return(self, body: bytes) -> bool:
        return body.endswith(self._return) and len(body) % self._width == 0
