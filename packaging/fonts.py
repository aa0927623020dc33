"""Makes resources/fonts from the Noto fonts of Debian: smaller, renamed, with their licences.

Run by hand when a font or this file changes: `python packaging/fonts.py`, in an environment with
`pip install --no-deps --require-hashes -r packaging/locks/fonts.txt`. Needs the Debian
packages fonts-noto-core, fonts-noto-cjk and fonts-noto-color-emoji. The families get names of our own,
so that a font of the same name on somebody's computer can never be drawn in place of these.
"""

import io
import sys
from dataclasses import dataclass
from pathlib import Path

from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont
from PIL import Image

TARGET = Path(__file__).parents[1] / "resources" / "fonts"
SYSTEM = Path("/usr/share/fonts")
COPYRIGHTS = Path("/usr/share/doc")
# Fixed, so that a second run gives the same bytes: 2026-01-01 in seconds since 1904.
MADE = 3_850_070_400
EVERYTHING = range(0x110000)
# What Chinese, Japanese and Korean posts are written with; rare characters are left to the system.
EAST_ASIAN = (
    *range(0x2010, 0x2028), *range(0x2030, 0x205F), *range(0x2100, 0x2150), *range(0x2150, 0x21FF),
    *range(0x2460, 0x2500), *range(0x25A0, 0x2600), *range(0x2E80, 0x3130), *range(0x3130, 0x3400),
    *range(0x3400, 0x4DC0), *range(0x4E00, 0xA000), *range(0xAC00, 0xD7B0), *range(0xF900, 0xFB00),
    *range(0xFE30, 0xFE50), *range(0xFF00, 0xFFF0),
)  # fmt: skip
# Arrows, brackets, blocks and the like: ours (such as the marks around a character's number) and theirs.
SYMBOLS = range(0x2000, 0x2C00)
# Layout features the texts need; alternates for headlines are not among them.
FEATURES = ("ccmp", "kern", "mark", "mkmk", "locl", "rlig", "calt", "init", "medi", "fina", "isol", "fin2")
FEATURES += ("fin3", "med2", "nukt", "akhn", "rphf", "blwf", "half", "pstf", "vatu", "cjct", "cfar", "rkrf")
FEATURES += ("pres", "abvs", "blws", "psts", "haln", "dist", "abvm", "blwm", "ljmo", "vjmo", "tjmo", "pref")


@dataclass(frozen=True, slots=True)
class Source:
    """One font: where it comes from, what it is called here, which characters it keeps."""

    path: str
    family: str
    bold: bool = False
    number: int = -1
    keep: tuple[int, ...] | range = EVERYTHING
    features: tuple[str, ...] = FEATURES


def _noto(name: str, family: str, *, bold: bool = True) -> list[Source]:
    weights = [("Regular", False)] + ([("Bold", True)] if bold else [])
    return [
        Source(f"truetype/noto/{name}-{word}.ttf", f"Breakwater {family}", is_bold)
        for word, is_bold in weights
    ]


SOURCES = (
    *_noto("NotoSans", "Sans"),
    *_noto("NotoSansArabic", "Arabic"),
    *_noto("NotoSansHebrew", "Hebrew"),
    *_noto("NotoSansDevanagari", "Devanagari"),
    *_noto("NotoSansThai", "Thai", bold=False),
    *_noto("NotoSansBengali", "Bengali", bold=False),
    *_noto("NotoSansTamil", "Tamil", bold=False),
    *_noto("NotoSerifTibetan", "Tibetan", bold=False),
    Source("truetype/noto/NotoSansSymbols2-Regular.ttf", "Breakwater Symbols", keep=SYMBOLS),
    Source("truetype/noto/NotoSansMath-Regular.ttf", "Breakwater Signs", keep=SYMBOLS),
    Source(
        "opentype/noto/NotoSansCJK-Regular.ttc",
        "Breakwater CJK",
        number=2,
        keep=EAST_ASIAN,
        features=("ccmp", "ljmo", "vjmo", "tjmo"),
    ),
    Source("truetype/noto/NotoColorEmoji.ttf", "Breakwater Emoji"),
)
LICENCES = ("fonts-noto-core", "fonts-noto-cjk", "fonts-noto-color-emoji")


def main() -> int:
    """Write every font, then say how large they are together."""
    TARGET.mkdir(exist_ok=True)
    for old in TARGET.glob("*.?tf"):
        old.unlink()
    for source in SOURCES:
        path = TARGET / file_name(source)
        make(source).save(path, reorderTables=True)
        print(f"{path.name:32} {path.stat().st_size / 1e6:6.2f} MB")
    for package in LICENCES:
        text = (COPYRIGHTS / package / "copyright").read_bytes()
        (TARGET / f"{package}.copyright.txt").write_bytes(text)
    print(f"together {sum(one.stat().st_size for one in TARGET.iterdir()) / 1e6:.1f} MB")
    return 0


def file_name(source: Source) -> str:
    """The name of the made file."""
    stem = source.family.replace(" ", "-").lower() + ("-bold" if source.bold else "")
    return stem + (".otf" if source.path.endswith(".ttc") else ".ttf")


def make(source: Source) -> TTFont:
    """The font with only what is kept, under our name."""
    font = TTFont(SYSTEM / source.path, fontNumber=source.number, recalcTimestamp=False, lazy=False)
    options = Options(
        hinting=False,
        notdef_outline=True,
        glyph_names=False,
        name_IDs=[0, 13, 14],
        drop_tables=["VORG", "vhea", "vmtx", "BASE"],
        layout_features=list(source.features),
    )
    subsetter = Subsetter(options)
    subsetter.populate(unicodes=source.keep)
    subsetter.subset(font)
    if "CBDT" in font:
        _fewer_colours(font)
    _rename(font, source)
    font["head"].created = font["head"].modified = MADE
    return font


def _fewer_colours(font: TTFont) -> None:
    """Emoji pictures with a palette each instead of full colour: half the size, alike at reading size."""
    for strike in font["CBDT"].strikeData:
        for glyph in strike.values():
            picture = Image.open(io.BytesIO(glyph.imageData)).convert("RGBA")
            small = io.BytesIO()
            picture.quantize(64, Image.Quantize.FASTOCTREE).save(small, "PNG", optimize=True)
            if len(small.getvalue()) < len(glyph.imageData):
                glyph.imageData = small.getvalue()


def _rename(font: TTFont, source: Source) -> None:
    style = "Bold" if source.bold else "Regular"
    names = font["name"]
    full = f"{source.family} {style}"
    for number, text in ((1, source.family), (2, style), (3, full), (4, full), (6, full.replace(" ", "-"))):
        names.setName(text, number, 3, 1, 0x409)
    if "CFF " in font:
        font["CFF "].cff.fontNames[0] = full.replace(" ", "-")


if __name__ == "__main__":
    sys.exit(main())
