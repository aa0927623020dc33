"""Pictures as files: PNG, SVG, the table as CSV, the graph as GraphML; each with a note on its method.

Files are drawn in the light palette. Everything is written beside its final name first, then renamed.
"""

import csv
import io
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Final
from xml.sax.saxutils import escape, quoteattr

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QRectF, QSize
from PySide6.QtGui import QImage, QPainter
from PySide6.QtSvg import QSvgGenerator

from core.errors import BadInput
from core.export.spreadsheet import cell
from core.system.private_files import write_private
from ui.pictures.graph import Graph
from ui.pictures.picture import Picture, text_font
from ui.theme.tokens import Scheme, load_tokens
from ui.widgets.untrusted_text import flat
from ui.wording import translate, utc_time

WIDTH: Final = 1100
_MARGIN: Final = 28
_SHARP: Final = 2  # PNG pixels for one logical pixel
_HEAD: Final = 34
_GRAPHML: Final = "http://graphml.graphdrawing.org/xmlns"


def save(picture: Picture, path: Path, now: datetime) -> tuple[Path, Path]:
    """Write the picture in the form that the name ends in, and its note; returns both paths.

    Raises `DiskFull`, `UnusableFolder`; `BadInput` for another ending, or GraphML of anything but the graph.
    """
    makers: dict[str, Callable[[], bytes]] = {
        ".png": lambda: _png(picture),
        ".svg": lambda: _svg(picture),
        ".csv": lambda: _csv(picture),
        ".graphml": lambda: _graphml(picture),
    }
    make = makers.get(path.suffix.lower())
    if make is None:
        raise BadInput(what="picture", why="can be saved as PNG, SVG, CSV or GraphML only")
    if path.suffix.lower() in (".png", ".svg") and picture.lacking:
        raise BadInput(what="picture", why="there is nothing to draw")
    note = path.with_suffix(".method.txt")
    write_private(path, make())
    write_private(note, _note(picture, now).encode())
    return path, note


def _size(picture: Picture) -> QSize:
    return QSize(WIDTH, picture.height(WIDTH - 2 * _MARGIN) + 2 * _MARGIN + _HEAD)


def _paint(picture: Picture, painter: QPainter) -> None:
    tokens = load_tokens(Scheme.LIGHT)
    size = _size(picture)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.fillRect(QRectF(0, 0, size.width(), size.height()), tokens.color("surface"))
    painter.setFont(text_font(tokens, "lead", bold=True))
    painter.setPen(tokens.color("text"))
    painter.drawText(_MARGIN, _MARGIN + 12, picture.title)
    picture.draw(painter, _box(picture), tokens)


def _box(picture: Picture) -> QRectF:
    size = _size(picture)
    return QRectF(_MARGIN, _MARGIN + _HEAD, size.width() - 2 * _MARGIN, size.height() - 2 * _MARGIN - _HEAD)


def _png(picture: Picture) -> bytes:
    image = QImage(_size(picture) * _SHARP, QImage.Format.Format_RGB32)
    image.setDevicePixelRatio(_SHARP)
    painter = QPainter(image)
    _paint(picture, painter)
    painter.end()
    held = QByteArray()
    buffer = QBuffer(held)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, "PNG")  # type: ignore[call-overload]  # the stub wants bytes for the format's name
    return bytes(held.data())


def _svg(picture: Picture) -> bytes:
    held = QByteArray()
    buffer = QBuffer(held)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    generator = QSvgGenerator()
    generator.setOutputDevice(buffer)
    generator.setSize(_size(picture))
    generator.setViewBox(QRectF(0, 0, _size(picture).width(), _size(picture).height()))
    generator.setResolution(96)
    generator.setTitle(picture.title)
    generator.setDescription(picture.summary)
    painter = QPainter(generator)
    _paint(picture, painter)
    painter.end()
    return bytes(held.data())


def _csv(picture: Picture) -> bytes:
    table = picture.table()
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow([cell(_bare(head)) for head in table.heads])
    writer.writerows([cell(_bare(one)) for one in row] for row in table.rows)
    return b"\xef\xbb\xbf" + out.getvalue().encode()


def _graphml(picture: Picture) -> bytes:
    """Senders and things as nodes, who sent what as edges. Handles and words only when asked for."""
    if not isinstance(picture, Graph):
        raise BadInput(what="picture", why="only the graph of senders can be saved as GraphML")
    graph, handles, words = picture.graph, picture.handles, picture.words
    lines = ['<?xml version="1.0" encoding="UTF-8"?>', f"<graphml xmlns={quoteattr(_GRAPHML)}>"]
    for name, of in (("kind", "node"), ("group", "node"), ("label", "node"), ("messages", "edge")):
        kind = "int" if name == "messages" else "string"
        lines.append(f'<key id="{name}" for="{of}" attr.name="{name}" attr.type="{kind}"/>')
    lines.append('<graph id="senders" edgedefault="undirected">')
    for place, card in enumerate(graph.campaign.tolist()):
        label = flat(graph.handles[place], 100) if handles else str(place + 1)
        facts = {"kind": "sender", "group": str(graph.cards[card].number), "label": label}
        lines.append(_node(f"s{place + 1}", facts))
    for place, thing in enumerate(graph.kinds):
        label = flat(graph.keys[place], 300) if words else str(place + 1)
        lines.append(_node(f"t{place + 1}", {"kind": thing.value, "label": label}))
    for (who, what), times in zip(graph.pairs.T.tolist(), graph.times.tolist(), strict=True):
        data = f'<data key="messages">{times}</data>'
        lines.append(f'<edge source="s{who + 1}" target="t{what + 1}">{data}</edge>')
    lines += ["</graph>", "</graphml>", ""]
    return "\n".join(lines).encode()


def _node(name: str, facts: dict[str, str]) -> str:
    inner = "".join(f"<data key={quoteattr(key)}>{escape(value)}</data>" for key, value in facts.items())
    return f"<node id={quoteattr(name)}>{inner}</node>"


def _note(picture: Picture, now: datetime) -> str:
    said = [picture.title, "", picture.summary, "", *picture.method]
    if isinstance(picture, Graph) and (lacking := picture.left_out(_box(picture), load_tokens(Scheme.LIGHT))):
        said.append(lacking)
    made = translate("Pictures", "Made by Breakwater on {time}.").format(time=utc_time(now))
    limits = translate(
        "Pictures",
        "Groups are senders whose behaviour is consistent with acting together. That is no proof of it, and "
        "says nothing about who is behind it.",
    )
    return "\n".join((*(_bare(line) for line in said), limits, "", made, ""))


def _bare(words: str) -> str:
    """Without the invisible marks that keep names apart on a screen."""
    return words.replace("\u2068", "").replace("\u2069", "")
