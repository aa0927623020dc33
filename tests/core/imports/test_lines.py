"""Lines are cut exactly, at any chunk size, in any supported encoding, with bounded memory."""

import hashlib
import io
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.errors import BadInput
from core.imports import lines, problems
from core.imports.lines import Line, bounded, read_lines
from core.imports.source_file import Encoding, FileType, SourceFile

PARTS = st.lists(
    st.sampled_from(["a", "\r", "\n", "\r\n", "港", "\u0a0a", "\u0d0a", "\u0a00", "😀"]), max_size=25
)


class Dribble(io.RawIOBase):
    """A file that hands out a few bytes at a time."""

    def __init__(self, data: bytes, sizes: list[int]) -> None:
        super().__init__()
        self._file = io.BytesIO(data)
        self._sizes = sizes

    def read(self, size: int = -1) -> bytes:
        if size == 0:
            return b""
        step = self._sizes.pop() if self._sizes else 7
        return self._file.read(step)


def source(encoding: Encoding = Encoding.UTF8, *, newline: str = "\n") -> SourceFile:
    return SourceFile(Path("a.csv"), FileType.CSV, False, encoding, 0, newline.encode(encoding.value))


def cut(data: bytes, of: SourceFile, sizes: list[int]) -> list[Line]:
    return list(read_lines(Dribble(data, sizes), of))  # type: ignore[arg-type] # reads like a file


@given(PARTS, st.sampled_from(Encoding), st.lists(st.integers(1, 9), max_size=60))
def test_lines_and_endings_join_to_the_file(parts: list[str], encoding: Encoding, sizes: list[int]) -> None:
    text = "".join(parts)
    data = text.encode(encoding.value)
    found = cut(data, source(encoding), sizes)
    assert b"".join(line.raw + line.ending for line in found) == data
    expected = text.removesuffix("\n").split("\n") if text else []
    endings = text.count("\n")
    assert [line.raw.decode(encoding.value) for line in found] == [
        piece.removesuffix("\r") if at < endings else piece for at, piece in enumerate(expected)
    ]
    assert [line.number for line in found] == list(range(1, len(found) + 1))


@given(st.binary(max_size=60), st.lists(st.integers(1, 9), max_size=60))
def test_damaged_utf16_loses_no_byte(data: bytes, sizes: list[int]) -> None:
    found = cut(data, source(Encoding.UTF16_LE), sizes)
    assert b"".join(line.raw + line.ending for line in found) == data


@given(st.integers(1, 9))
def test_carriage_returns_alone_end_lines_when_the_file_knows_no_other(size: int) -> None:
    found = cut(b"a\rbb\r\rc", source(newline="\r"), [size] * 9)
    assert [line.raw for line in found] == [b"a", b"bb", b"", b"c"]


@pytest.mark.parametrize("encoding", Encoding)
@pytest.mark.parametrize("ending", ["\n", "\r\n", ""])
def test_long_lines_keep_their_beginning_size_and_hash(encoding: Encoding, ending: str) -> None:
    long = ("x港" * 400_000).encode(encoding.value)
    data = long + ending.encode(encoding.value)
    for step in (lines.CHUNK, 65_537, 99_999):
        (line,) = cut(data, source(encoding), [step] * 100)
        assert line.raw == long[:4096]
        assert line.ending == ending.encode(encoding.value)
        assert line.problem == problems.LONG_ROW.format(
            size=len(long), kept=4096, digest=hashlib.sha256(long).hexdigest()
        )


def test_a_line_at_the_limit_is_whole() -> None:
    at_limit = b"x" * lines.MAX_ROW_BYTES
    assert bounded(1, at_limit).problem is None
    assert cut(at_limit + b"\ny", source(), [9_999] * 300)[0] == Line(1, at_limit, b"\n")
    assert cut(at_limit + b"z\ny", source(), [9_999] * 300)[0].problem is not None


def test_a_file_without_lines_is_refused_before_it_fills_memory() -> None:
    read: list[int] = []

    class Endless(io.RawIOBase):
        def read(self, size: int = -1) -> bytes:
            read.append(size)
            return b"\0" * size

    with pytest.raises(BadInput) as caught:
        list(read_lines(Endless(), source()))  # type: ignore[arg-type] # reads like a file
    assert caught.value.params["why"] == problems.NO_LINES
    assert sum(read) < 66 << 20
