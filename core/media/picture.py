"""What a fetched picture is, told by a child process that may die of it (see `picture_child`)."""

import json
import os
import subprocess
import sys
import threading
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Final

# In a frozen build there is no interpreter to start: `app.__main__` must answer `PROGRAM CHILD_FLAG`
# with `picture_child.main()`.
CHILD_FLAG: Final = "--decode-picture"
_ROOT: Final = Path(__file__).parents[2]
_CODE: Final = (
    "import sys; sys.path.insert(0, sys.argv[1]); from core.media.picture_child import main; sys.exit(main())"
)
# As in `picture_child`, which is not imported here.
_WHY: Final = {10: "not-a-picture", 11: "too-large", 12: "damaged"}
# A preview of 1024 x 1024 is at most 3 MB of pixels.
_MOST_OUTPUT: Final = 8 << 20
_SECONDS: Final = 30.0
_PERCEPTUAL_BYTES: Final = 32
# Of 256 bits. Measured on drawn pictures: copies scaled and compressed again differ in 0 to 2, other
# pictures in 126 to 134.
_ALIKE: Final = 20


class PictureRefused(Exception):
    """The picture cannot be kept; `args[0]` says why: not-a-picture, too-large, damaged, too-slow."""


@dataclass(frozen=True, slots=True)
class Picture:
    """What a file is. Sizes in pixels of the file itself; `preview` is a PNG of at most 1024 x 1024 drawn
    anew; `perceptual` is a pHash of 16 x 16 bits, row by row, 32 bytes."""

    media_type: str
    width: int
    height: int
    perceptual: bytes
    preview: bytes = field(repr=False)


def examine(untrusted: bytes, *, seconds: float = _SECONDS) -> Picture:
    """Decode in a limited child. Raises `PictureRefused`, and nothing else for whatever the bytes are."""
    command = [sys.executable, "-I", "-c", _CODE, str(_ROOT)]
    if getattr(sys, "frozen", False):
        command = [sys.executable, CHILD_FLAG]
    process = subprocess.Popen(  # noqa: S603 - our own interpreter, no shell
        command,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        # One thread: more would reserve address space for each core.
        env=_environment() | {"OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1"},
    )
    timer = threading.Timer(seconds, process.kill)
    with process:
        timer.start()
        try:
            output = _talk(process, untrusted)
            code = process.wait()
        finally:
            timer.cancel()
            process.kill()
    timer.join()
    if code:
        raise PictureRefused(_WHY.get(code, "too-slow" if code < 0 else "damaged"))
    return _read(output)


def alike(one: bytes, other: bytes) -> bool:
    """Whether two perceptual hashes belong to what the eye takes for the same picture."""
    differing = int.from_bytes(one, "big") ^ int.from_bytes(other, "big")
    return differing.bit_count() <= _ALIKE


def _talk(process: "subprocess.Popen[bytes]", untrusted: bytes) -> bytes:
    assert process.stdin is not None  # noqa: S101 - asked for above
    assert process.stdout is not None  # noqa: S101 - asked for above
    writer = threading.Thread(target=_feed, args=(process.stdin, untrusted))
    writer.start()
    try:
        output = process.stdout.read(_MOST_OUTPUT + 1)
        if len(output) > _MOST_OUTPUT:
            process.kill()
            raise PictureRefused("damaged")
    finally:
        if process.stdout.read(1):
            process.kill()
        writer.join()
    return output


def _feed(pipe: IO[bytes], data: bytes) -> None:
    with suppress(BrokenPipeError, OSError), pipe:
        pipe.write(data)


def _read(untrusted_output: bytes) -> Picture:
    """The child is not trusted either: it has had a stranger's picture in its memory."""
    line, _, preview = untrusted_output.partition(b"\n")
    try:
        told = json.loads(line)
        media_type, width, height = str(told["type"]), int(told["width"]), int(told["height"])
        perceptual = bytes.fromhex(told["perceptual"])
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        raise PictureRefused("damaged") from error
    sane = media_type.startswith("image/") and width > 0 and height > 0
    if not sane or len(perceptual) != _PERCEPTUAL_BYTES or not preview.startswith(b"\x89PNG\r\n"):
        raise PictureRefused("damaged")
    return Picture(media_type, width, height, perceptual, preview)


def _environment() -> dict[str, str]:
    """What an interpreter needs to start, and no more: secrets may stand in the environment."""
    kept = ("PATH", "LANG", "LC_ALL", "SYSTEMROOT", "TEMP", "TMP")
    return {name: os.environ[name] for name in kept if name in os.environ}
