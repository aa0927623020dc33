import math
import re
from importlib.resources import files
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from ui.theme.icons import icon_pixmap
from ui.theme.theme import Theme, style_sheet
from ui.theme.tokens import Scheme, load_tokens
from ui.widgets.avatar import DISCS, disc_color, initials

# Text and what it stands on. WCAG 2.2: 4.5 for text, 3 for the edges of controls and focus rings.
_TEXT_ON = [
    ("text", "bg"), ("text", "surface"), ("text", "hover"), ("text", "sunken"), ("text", "accent-soft"),
    ("text-soft", "bg"), ("text-soft", "surface"), ("text-soft", "sunken"), ("text-soft", "mask"),
    ("text-soft", "note-soft"), ("text-soft", "kind-soft"), ("text-soft", "accent-soft"),
    ("text-faint", "bg"), ("text-faint", "surface"), ("accent", "bg"), ("accent", "surface"),
    ("on-accent", "accent"), ("on-accent", "accent-hover"), ("on-accent-soft", "accent-soft"),
    ("urgent", "bg"), ("urgent", "surface"), ("urgent", "accent-soft"), ("urgent", "note-soft"),
    ("kind", "bg"), ("kind", "surface"), ("kind", "kind-soft"), ("note", "surface"), ("note", "note-soft"),
    ("note", "accent-soft"), ("rail-text", "rail"), ("rail-text-active", "rail-active"),
]  # fmt: skip
_EDGE_ON = [("line-strong", "surface"), ("line-strong", "bg"), ("focus", "surface"), ("focus", "bg")]


def _luminance(color: str) -> float:
    channels = [int(color[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    low, high = sorted((_luminance(one), _luminance(other)))
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("scheme", list(Scheme))
@pytest.mark.parametrize(("text", "ground"), _TEXT_ON)
def test_text_can_be_read(scheme: Scheme, text: str, ground: str) -> None:
    tokens = load_tokens(scheme)
    assert contrast(tokens.hex(text), tokens.hex(ground)) >= 4.5


@pytest.mark.parametrize("scheme", list(Scheme))
@pytest.mark.parametrize(("edge", "ground"), _EDGE_ON)
def test_edges_can_be_seen(scheme: Scheme, edge: str, ground: str) -> None:
    tokens = load_tokens(scheme)
    assert contrast(tokens.hex(edge), tokens.hex(ground)) >= 3


# How colours look with no red, green or blue cones (Machado, Oliveira and Fernandes 2009), on linear light.
_SIGHT = {
    "all": ((1, 0, 0), (0, 1, 0), (0, 0, 1)),
    "no red": ((0.1523, 1.0526, -0.2049), (0.1145, 0.7863, 0.0992), (-0.0039, -0.0481, 1.0520)),
    "no green": ((0.3673, 0.8606, -0.2280), (0.2801, 0.6725, 0.0474), (-0.0118, 0.0429, 0.9689)),
    "no blue": ((1.2555, -0.0767, -0.1788), (-0.0784, 0.9308, 0.1476), (0.0047, 0.6914, 0.3039)),
}


def _seen(color: str, sight: str) -> tuple[float, float, float]:
    """CIE L*a*b* of the colour as this eye sees it."""
    channels = [int(color[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    r, g, b = (max(sum(m * c for m, c in zip(row, linear, strict=True)), 0.0) for row in _SIGHT[sight])
    xyz = (
        (0.4124 * r + 0.3576 * g + 0.1805 * b) / 0.9505,
        0.2126 * r + 0.7152 * g + 0.0722 * b,
        (0.0193 * r + 0.1192 * g + 0.9505 * b) / 1.089,
    )
    x, y, z = (t ** (1 / 3) if t > 0.008856 else 7.787 * t + 16 / 116 for t in xyz)
    return 116 * y - 16, 500 * (x - y), 200 * (y - z)


@pytest.mark.parametrize("scheme", list(Scheme))
@pytest.mark.parametrize("sight", list(_SIGHT))
def test_series_are_told_apart_by_every_eye(scheme: Scheme, sight: str) -> None:
    tokens = load_tokens(scheme)
    colors = [tokens.hex(f"series-{n}") for n in range(1, 6)]
    for place, one in enumerate(colors):
        assert contrast(one, tokens.hex("surface")) >= 3
        for other in colors[:place]:
            assert math.dist(_seen(one, sight), _seen(other, sight)) >= 20


def test_letters_on_discs_can_be_read() -> None:
    assert min(contrast("#FFFFFF", disc) for disc in DISCS) >= 4.5


def test_both_palettes_name_the_same_colours() -> None:
    assert load_tokens(Scheme.LIGHT).colors.keys() == load_tokens(Scheme.DARK).colors.keys()


@pytest.mark.parametrize("scheme", list(Scheme))
def test_the_style_sheet_is_filled_and_its_drawings_exist(scheme: Scheme) -> None:
    sheet = style_sheet(load_tokens(scheme, 115))
    assert "{{" not in sheet
    for name in re.findall(r'url\("icons:([^"]+)"\)', sheet):
        assert files("resources").joinpath("icons", name).is_file()


def test_a_larger_text_size_enlarges_the_scale() -> None:
    assert load_tokens(Scheme.LIGHT, 130).px("body") > load_tokens(Scheme.LIGHT, 100).px("body")


def test_every_drawing_named_in_the_code_exists(qapp: QApplication) -> None:
    drawings = {path.stem for path in Path("resources/icons").glob("*.svg")}
    named = set()
    for path in Path("ui").rglob("*.py"):
        named |= set(
            re.findall(
                r'(?:icon_pixmap|IconButton|EmptyState)\((?:theme, |self\._theme, )?"([a-z-]+)"',
                path.read_text(),
            )
        )
    assert named
    assert named <= drawings


@pytest.mark.parametrize("path", sorted(Path("resources/icons").glob("*.svg")), ids=lambda path: path.stem)
def test_every_drawing_draws_in_its_tint(qapp: QApplication, path: Path) -> None:
    image = icon_pixmap(path.stem, "#1C6A73", 24).toImage()
    inked = [
        image.pixelColor(x, y) for x in range(24) for y in range(24) if image.pixelColor(x, y).alpha() > 200
    ]
    assert inked
    if path.stem != "breakwater":
        tint = (0x1C, 0x6A, 0x73)
        # Blending along the edges may round a channel by one or two.
        assert all(
            max(abs(a - b) for a, b in zip(color.getRgb()[:3], tint, strict=True)) <= 3 for color in inked
        )


def test_switching_tells_everyone(qapp: QApplication) -> None:
    theme = Theme(Scheme.LIGHT)
    heard = []
    theme.changed.connect(lambda: heard.append(theme.tokens.scheme))
    theme.use(Scheme.DARK, 100)
    assert heard == [Scheme.DARK]
    assert theme.tokens.hex("bg") in qapp.styleSheet()
    theme.use(Scheme.LIGHT, 100)


@pytest.mark.parametrize(
    ("name", "handle", "letters"),
    [
        ("Ada Lovelace", "ada", "AL"),
        ("林俊", "jun", "林"),
        ("", "zoe.example", "ZE"),
        ("\u202e\u200b", "x", "X"),
        ("🎂", "🎉", "?"),
        ("سارة الأحمد", "sara", "سا"),
    ],
)
def test_initials(name: str, handle: str, letters: str) -> None:
    assert initials(name, handle) == letters


def test_a_sender_keeps_a_colour_and_neighbours_differ() -> None:
    assert disc_color(7) == disc_color(7)
    assert len({disc_color(n) for n in range(40)}) == len(DISCS)
