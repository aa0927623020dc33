"""Pictures of strangers: whatever the bytes are, the answer is a picture or a reason, and we live."""

import random
import struct
import subprocess
import sys
import zlib
from io import BytesIO

import pytest
from PIL import Image, ImageDraw  # noqa: TID253 - makes the pictures

from core.media.picture import _ROOT, Picture, PictureRefused, _environment, _read, alike, examine
from core.media.picture_child import MOST_PIXELS, kind_of

SIGNATURE = b"\x89PNG\r\n\x1a\n"


def drawn(seed: int, side: int = 600) -> Image.Image:
    """A made-up picture."""
    draw = random.Random(seed)
    image = Image.new("RGB", (side, side), tuple(draw.randrange(256) for _ in range(3)))
    pen = ImageDraw.Draw(image)
    for _ in range(20):
        x, y, size = draw.randrange(side), draw.randrange(side), draw.randrange(20, side // 2)
        pen.ellipse((x, y, x + size, y + size), fill=tuple(draw.randrange(256) for _ in range(3)))
    return image


def file(image: Image.Image, kind: str = "PNG", **more: object) -> bytes:
    out = BytesIO()
    image.save(out, kind, **more)
    return out.getvalue()


def chunk(name: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))


def bomb(width: int, height: int, bits: int = 1) -> bytes:
    """A small PNG that is huge when decoded."""
    pack = zlib.compressobj(9)
    row = bytes(min(1 + (width * bits + 7) // 8, 1 << 20))
    rows = min(height, (64 << 20) // len(row))
    data = b"".join(pack.compress(row) for _ in range(rows)) + pack.flush()
    head = struct.pack(">IIBBBBB", width, height, bits, 0, 0, 0, 0)
    return SIGNATURE + chunk(b"IHDR", head) + chunk(b"IDAT", data) + chunk(b"IEND", b"")


def refused(raw: bytes, **more: float) -> str:
    with pytest.raises(PictureRefused) as caught:
        examine(raw, **more)
    return str(caught.value)


@pytest.mark.parametrize(
    ("kind", "media_type"),
    [("PNG", "image/png"), ("JPEG", "image/jpeg"), ("GIF", "image/gif"), ("WEBP", "image/webp")],
)
def test_each_format(kind: str, media_type: str) -> None:
    found = examine(file(drawn(1), kind))
    assert (found.media_type, found.width, found.height) == (media_type, 600, 600)
    assert len(found.perceptual) == 32
    preview = Image.open(BytesIO(found.preview))
    assert (preview.format, preview.size, preview.mode) == ("PNG", (600, 600), "RGB")


def test_the_same_file_gives_the_same_answer() -> None:
    raw = file(drawn(2), "JPEG")
    assert examine(raw) == examine(raw)


def test_copies_are_alike_and_others_are_not() -> None:
    original = examine(file(drawn(3)))
    copy = examine(file(drawn(3).resize((240, 240)), "JPEG", quality=40))
    other = examine(file(drawn(4)))
    assert alike(original.perceptual, copy.perceptual)
    assert not alike(original.perceptual, other.perceptual)


def test_the_preview_is_small_upright_and_clean() -> None:
    image = drawn(5, 3000).crop((0, 0, 3000, 1500))
    exif = Image.Exif()
    exif[0x0112] = 6  # turned by a quarter
    exif[0x010E] = "MARKER-OF-A-PLACE"
    found = examine(file(image, "JPEG", exif=exif))
    assert (found.width, found.height) == (3000, 1500)
    preview = Image.open(BytesIO(found.preview))
    assert max(preview.size) <= 1024
    assert preview.height > preview.width
    assert preview.info == {}
    assert b"MARKER" not in found.preview


def test_transparency_is_shown_on_white() -> None:
    found = examine(file(Image.new("RGBA", (50, 50), (0, 0, 0, 0))))
    assert Image.open(BytesIO(found.preview)).getpixel((9, 9)) == (255, 255, 255)


@pytest.mark.parametrize(
    "raw",
    [
        b"", b"GIF", b"<svg/>", b"%PDF-1.7", b"BM" + bytes(100), b"MM\x00*" + bytes(50), b"RIFF____WAVE",
        b"%!PS-Adobe-3.0 EPSF", bytes(1000), b"\x00\x00\x00\x20ftypavif",
    ],
)  # fmt: skip
def test_what_is_no_picture_of_a_known_kind(raw: bytes) -> None:
    assert kind_of(raw) is None
    assert refused(raw) == "not-a-picture"


@pytest.mark.parametrize(
    "raw", [b"GIF89a", b"\xff\xd8\xff" + bytes(200), SIGNATURE + bytes(500), b"RIFF\x08\x00\x00\x00WEBPVP8 "]
)
def test_damaged(raw: bytes) -> None:
    assert refused(raw) == "damaged"


def test_cut_off() -> None:
    assert refused(file(drawn(6), "JPEG")[:3000]) == "damaged"


@pytest.mark.parametrize(
    "raw",
    [
        bomb(30_000, 30_000),
        bomb(12_000, 12_000, bits=8),
        bomb(2**31 - 1, 2**31 - 1),
        bomb(MOST_PIXELS + 1, 1),
        b"GIF89a" + struct.pack("<HHBBBcHHHHB", 65535, 65535, 0, 0, 0, b",", 0, 0, 65535, 65535, 0),
    ],
    ids=["30000 squared", "12000 squared", "2 to the 62", "one long line", "gif"],
)  # fmt: skip
def test_bombs(raw: bytes) -> None:
    """Refused for what they are: one that the limit on time had to end would be "too-slow"."""
    assert refused(raw) in ("too-large", "damaged")


def test_the_largest_honest_picture_fits() -> None:
    found = examine(file(Image.new("RGB", (8000, 4999), "navy")))
    assert (found.width, found.height) == (8000, 4999)


def test_a_bomb_of_text() -> None:
    text = chunk(b"zTXt", b"comment\x00\x00" + zlib.compress(bytes(200 << 20), 9))
    raw = file(drawn(7, 64))
    assert refused(raw[:33] + text + raw[33:]) in ("damaged", "too-large")


def test_an_animation_of_thousands_of_frames_is_its_first() -> None:
    frames = [Image.new("P", (64, 64), number % 255) for number in range(500)]
    raw = file(frames[0], "GIF", save_all=True, append_images=frames[1:])
    assert examine(raw).width == 64


def test_too_slow() -> None:
    assert refused(file(drawn(8)), seconds=0.05) == "too-slow"


def test_random_changes_never_get_through_as_anything_else() -> None:
    draw = random.Random(9)
    whole = [file(drawn(10, 96), kind) for kind in ("PNG", "JPEG", "GIF", "WEBP")]
    for _ in range(8):
        raw = bytearray(draw.choice(whole))
        for _ in range(draw.randrange(1, 30)):
            raw[draw.randrange(12, len(raw))] = draw.randrange(256)
        try:
            found = examine(bytes(raw))
        except PictureRefused:
            continue
        assert isinstance(found, Picture)


_PROBE = """
import sys; sys.path.insert(0, sys.argv[1])
from core.media import picture_child
picture_child._limit_memory(); picture_child._load(); picture_child._shut_off()
import os, socket
def tried(act):
    try:
        act()
    except (OSError, MemoryError) as error:
        return type(error).__name__
    return "did it"
for act in (lambda: open("/etc/passwd"), socket.socket, os.pipe, lambda: bytearray(1 << 30)):
    print(tried(act))
"""


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such limits")
def test_the_child_can_open_nothing_and_take_no_more_memory() -> None:
    ran = subprocess.run(
        [sys.executable, "-I", "-c", _PROBE, str(_ROOT)], capture_output=True, text=True, check=False
    )
    assert ran.stdout.split() == ["OSError", "OSError", "OSError", "MemoryError"], ran.stderr


def test_the_child_knows_no_secret(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BREAKWATER_PASSPHRASE_FILE", "/somewhere")
    assert "BREAKWATER_PASSPHRASE_FILE" not in _environment()


@pytest.mark.parametrize(
    "output",
    [
        b"", b"{}", b"null\n", b'{"type": "text/html", "width": 1, "height": 1, "perceptual": ""}\nx',
        b'{"type": "image/png", "width": -1, "height": 1, "perceptual": "' + b"00" * 32 + b'"}\n' + SIGNATURE,
        b'{"type": "image/png", "width": 1, "height": 1, "perceptual": "' + b"00" * 32 + b'"}\n<html>',
        b"[" * 100_000,
    ],
)  # fmt: skip
def test_the_child_is_not_believed_either(output: bytes) -> None:
    with pytest.raises(PictureRefused):
        _read(output)
