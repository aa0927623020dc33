"""Icons: our own 24 px stroke drawings, tinted for the palette in use."""

from functools import lru_cache
from importlib.resources import files
from typing import Final

from PySide6.QtCore import QByteArray, QRectF, Qt
from PySide6.QtGui import QIcon, QImage, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

# The one stroke colour our files are drawn in; replaced by the tint.
_INK: Final = "#000"
_SIZES: Final = (16, 20, 24, 32, 48)


@lru_cache(maxsize=128)
def _source(name: str) -> str:
    return files("resources").joinpath("icons", f"{name}.svg").read_text("utf-8")


def icon_pixmap(name: str, tint: str, size: int, ratio: float = 1.0) -> QPixmap:
    """The drawing as a pixmap of `size` logical pixels, sharp at the device pixel `ratio`."""
    return QPixmap.fromImage(_render(name, tint, size, ratio))


@lru_cache(maxsize=512)
def _render(name: str, tint: str, size: int, ratio: float) -> QImage:
    svg = _source(name).replace(f'"{_INK}"', f'"{tint}"')
    renderer = QSvgRenderer(QByteArray(svg.encode()))
    side = max(1, round(size * ratio))
    image = QImage(side, side, QImage.Format.Format_ARGB32_Premultiplied)
    image.fill(Qt.GlobalColor.transparent)
    painter = QPainter(image)
    renderer.render(painter, QRectF(0, 0, side, side))
    painter.end()
    image.setDevicePixelRatio(ratio)
    return image


def lead_icon(name: str, tint: str, tint_disabled: str, size: int, gap: int) -> QIcon:
    """An icon `size` high with `gap` empty pixels on its right, to stand before a button's words."""
    result = QIcon()
    for color, mode in ((tint, QIcon.Mode.Normal), (tint_disabled, QIcon.Mode.Disabled)):
        for ratio in (1.0, 2.0):
            image = QImage(
                round((size + gap) * ratio), round(size * ratio), QImage.Format.Format_ARGB32_Premultiplied
            )
            image.setDevicePixelRatio(ratio)
            image.fill(Qt.GlobalColor.transparent)
            painter = QPainter(image)
            painter.drawImage(0, 0, _render(name, color, size, ratio))
            painter.end()
            result.addPixmap(QPixmap.fromImage(image), mode)
    return result


def icon(name: str, tint: str, tint_checked: str | None = None, tint_disabled: str | None = None) -> QIcon:
    """A tinted icon, sharp on ordinary and doubled screens."""
    result = QIcon()
    states = [
        (tint, QIcon.Mode.Normal, QIcon.State.Off),
        (tint_checked or tint, QIcon.Mode.Normal, QIcon.State.On),
    ]
    if tint_disabled:
        states.append((tint_disabled, QIcon.Mode.Disabled, QIcon.State.Off))
    for color, mode, state in states:
        for size in _SIZES:
            for ratio in (1.0, 2.0):
                result.addPixmap(icon_pixmap(name, color, size, ratio), mode, state)
    return result


def app_icon() -> QIcon:
    """The program's own icon."""
    result = QIcon()
    for size in (16, 24, 32, 48, 64, 128, 256):
        result.addPixmap(icon_pixmap("breakwater", _INK, size))
    return result
