"""The part of looking at a picture that runs in a process of its own.

A picture from a stranger is an attack on its decoder until shown otherwise. So a child decodes it with
limited memory and time; once its libraries are loaded it can open no file and no connection, write no
file and start no process (on Linux and macOS; Windows has only the time limit). It reads the file from
standard input and prints one line of JSON and a PNG drawn anew from the pixels.
"""

import json
import sys
import warnings
from contextlib import suppress
from io import BytesIO
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from PIL.Image import Image

# Exit codes of the child.
NOT_A_PICTURE: Final = 10
TOO_LARGE: Final = 11
DAMAGED: Final = 12

# 40 million pixels are 160 MB decoded; the rest is libraries (300 MB of address space) and copies.
MOST_PIXELS: Final = 40_000_000
_MEMORY: Final = 1 << 30
_SECONDS: Final = 20
_SIDE: Final = 1024
_HASH_SIDE: Final = 16

# What each format begins with, its media type and Pillow's name for it.
_KINDS: Final = (
    (b"\xff\xd8\xff", "image/jpeg", "JPEG"),
    (b"\x89PNG\r\n\x1a\n", "image/png", "PNG"),
    (b"GIF87a", "image/gif", "GIF"),
    (b"GIF89a", "image/gif", "GIF"),
)


def main() -> int:
    """Print what the picture is and a preview of it, and return an exit code."""
    _limit_memory()
    _load()
    _shut_off()
    untrusted = sys.stdin.buffer.read()
    kind = kind_of(untrusted)
    if kind is None:
        return NOT_A_PICTURE
    from PIL.Image import DecompressionBombError, DecompressionBombWarning

    try:
        head, preview = _look(untrusted, *kind)
    except (DecompressionBombError, DecompressionBombWarning, MemoryError, OverflowError):
        return TOO_LARGE
    except Exception:  # noqa: BLE001 - a decoder may raise anything; the picture is refused
        return DAMAGED
    sys.stdout.buffer.write(json.dumps(head).encode() + b"\n" + preview)
    sys.stdout.buffer.flush()
    return 0


def kind_of(data: bytes) -> tuple[str, str] | None:
    """Media type and Pillow's name by the first bytes, whatever a name or a server says."""
    for magic, media_type, name in _KINDS:
        if data.startswith(magic):
            return media_type, name
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return "image/webp", "WEBP"
    return None


def _look(data: bytes, media_type: str, name: str) -> tuple[dict[str, object], bytes]:
    import imagehash
    from PIL import Image, ImageOps

    with warnings.catch_warnings():
        # Pillow only warns of bombs up to twice the limit.
        warnings.simplefilter("error", Image.DecompressionBombWarning)
        with Image.open(BytesIO(data), formats=[name]) as opened:
            size = opened.size
            if size[0] * size[1] > MOST_PIXELS:
                raise Image.DecompressionBombError
            opened.draft("RGB", (_SIDE, _SIDE))
            opened.load()
            small: Image.Image = opened
            if max(opened.size) > 2 * _SIDE:
                small = opened.reduce(max(opened.size) // (2 * _SIDE))
            upright = ImageOps.exif_transpose(small)
            shown = _flat(upright)
    shown.thumbnail((_SIDE, _SIDE))
    bits = imagehash.phash(shown, hash_size=_HASH_SIDE).hash.flatten()
    number = int("".join("1" if bit else "0" for bit in bits), 2)
    head = {
        "type": media_type,
        "width": size[0],
        "height": size[1],
        "perceptual": number.to_bytes(_HASH_SIDE**2 // 8, "big").hex(),
    }
    return head, _png(shown)


def _flat(image: "Image") -> "Image":
    """On white, without transparency, palette or profile."""
    from PIL import Image

    if image.mode in ("RGB", "L"):
        return image.convert("RGB")
    full = image.convert("RGBA")
    white = Image.new("RGBA", full.size, "white")
    return Image.alpha_composite(white, full).convert("RGB")


def _png(image: "Image") -> bytes:
    from PIL import Image

    clean = Image.new("RGB", image.size)
    clean.paste(image)
    out = BytesIO()
    clean.save(out, "PNG")
    return out.getvalue()


def _load() -> None:
    """Everything the work needs, tried once on a picture of ours: afterwards no file can be opened."""
    from PIL import GifImagePlugin, Image, JpegImagePlugin, MpoImagePlugin, PngImagePlugin, WebPImagePlugin

    # The first frame of an animation is all that is looked at.
    _ = (GifImagePlugin, JpegImagePlugin, MpoImagePlugin, PngImagePlugin, WebPImagePlugin)
    Image.MAX_IMAGE_PIXELS = MOST_PIXELS
    for name in ("PNG", "JPEG", "GIF", "WEBP"):
        out = BytesIO()
        Image.new("RGB", (32, 32), "white").save(out, name)
        _look(out.getvalue(), "", name)


def _limit_memory() -> None:
    with suppress(ImportError, ValueError, OSError):  # Windows has no such limits
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))
        resource.setrlimit(resource.RLIMIT_CPU, (_SECONDS, _SECONDS))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _shut_off() -> None:
    """From here on: no new file or connection, nothing written but standard output, no process."""
    with suppress(ImportError, ValueError, OSError):
        import resource

        for limit in (resource.RLIMIT_NOFILE, resource.RLIMIT_FSIZE, resource.RLIMIT_NPROC):
            resource.setrlimit(limit, (0, 0))
