"""The packet's report as PDF, drawn by Qt: shapes every script, and adds no dependency.

The PDF is the readable copy, never the evidence. It holds no link, script, form or attachment.
"""

import os
import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from typing import Final

from PySide6.QtCore import QByteArray, QCoreApplication, QHashSeed, QMarginsF, QRectF, QSizeF, Qt, QUuid
from PySide6.QtGui import (
    QAbstractTextDocumentLayout,
    QColor,
    QGuiApplication,
    QPageLayout,
    QPageSize,
    QPainter,
    QPdfWriter,
    QTextDocument,
)

from core.errors import UnusableFolder
from core.export.contents import PacketContents
from core.export.summary import summarise
from ui.display import has_display
from ui.report.paper import DPI, QUIET, Paper, font
from ui.report.sections import write_report

_POINTS_PER_INCH: Final = 72
_MARGIN_MM: Final = 18.0
_FOOT_MM: Final = 10.0
_MM_PER_INCH: Final = 25.4


def ensure_gui() -> None:
    """Have a Qt application, without a display if there is none. Call on the main thread."""
    if QCoreApplication.instance() is not None:
        return
    if not has_display():
        os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    # Kept by Qt itself: `QCoreApplication.instance()` finds it from now on.
    _kept.append(QGuiApplication(sys.argv[:1]))


_kept: list[QGuiApplication] = []


def render_pdf(contents: PacketContents, path: Path) -> None:
    """Write the report. Needs a Qt application; any thread will do. Raises `UnusableFolder`."""
    with _in_fixed_order():
        _render(contents, path)


@contextmanager
def _in_fixed_order() -> Iterator[None]:
    """Qt writes fonts in the order of a hash table, whose seed is drawn anew in every process."""
    QHashSeed.setDeterministicGlobalSeed()
    try:
        yield
    finally:
        QHashSeed.resetRandomGlobalSeed()


def _render(contents: PacketContents, path: Path) -> None:
    try:
        path.touch(mode=0o600)
    except OSError as error:
        raise UnusableFolder(path=str(path.parent), why=error.strerror or "unknown") from error
    writer = QPdfWriter(str(path))
    writer.setResolution(DPI)
    writer.setPageSize(QPageSize(QPageSize.PageSizeId.A4))
    margins = QMarginsF(_MARGIN_MM, _MARGIN_MM, _MARGIN_MM, _MARGIN_MM)
    writer.setPageMargins(margins, QPageLayout.Unit.Millimeter)
    writer.setTitle("Evidence report")
    writer.setCreator(contents.tool)
    writer.setDocumentId(_document_id(contents))
    writer.setDocumentXmpMetadata(QByteArray(_metadata(contents.created_at)))
    foot = _FOOT_MM / _MM_PER_INCH * DPI
    body = QSizeF(writer.width(), writer.height() - foot)
    paper = Paper()
    paper.document.documentLayout().setPaintDevice(writer)
    paper.document.setPageSize(body)
    counted = contents.items if contents.counted is None else contents.counted
    write_report(paper, contents, summarise(counted), body.width() / DPI * _POINTS_PER_INCH)
    painter = QPainter()
    if not painter.begin(writer):
        raise UnusableFolder(path=str(path.parent), why="the report cannot be written")
    try:
        _draw_pages(painter, writer, paper.document, body)
    finally:
        painter.end()
    _make_repeatable(path, contents.created_at)


def _draw_pages(painter: QPainter, writer: QPdfWriter, document: QTextDocument, body: QSizeF) -> None:
    layout, pages = document.documentLayout(), document.pageCount()
    for page in range(pages):
        if page:
            writer.newPage()
        painter.save()
        painter.translate(0, -page * body.height())
        context = QAbstractTextDocumentLayout.PaintContext()
        context.clip = QRectF(0, page * body.height(), body.width(), body.height())
        painter.setClipRect(context.clip)
        layout.draw(painter, context)
        painter.restore()
        painter.setFont(font(8))
        painter.setPen(QColor(QUIET))
        foot = QRectF(0, body.height(), body.width(), writer.height() - body.height())
        painter.drawText(
            foot, int(Qt.AlignmentFlag.AlignBottom), "Readable copy. The evidence is in data/raw."
        )
        right = int(Qt.AlignmentFlag.AlignBottom | Qt.AlignmentFlag.AlignRight)
        painter.drawText(foot, right, f"{page + 1} / {pages}")


def _make_repeatable(path: Path, created_at: datetime) -> None:
    """Set the dates that Qt reads from the clock, length for length: same contents, same bytes."""
    stamp = created_at.astimezone(UTC).strftime("D:%Y%m%d%H%M%SZ").encode()

    def redated(match: re.Match[bytes]) -> bytes:
        return (match[1] + b"(" + stamp + b")").ljust(len(match[0]))

    data = path.read_bytes()
    path.write_bytes(re.sub(rb"(/(?:Creation|Mod)Date )\(D:[0-9Z+'-]{15,24}\)", redated, data))


def _metadata(created_at: datetime) -> bytes:
    """XMP without random ids; replaces Qt's own."""
    at = created_at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    return (
        '<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>\n'
        '<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">'
        '<rdf:Description rdf:about="" xmlns:xmp="http://ns.adobe.com/xap/1.0/" '
        f'xmp:CreateDate="{at}" xmp:ModifyDate="{at}"/></rdf:RDF></x:xmpmeta>\n<?xpacket end="w"?>'
    ).encode()


def _document_id(contents: PacketContents) -> QUuid:
    """An id that follows from the packet, where Qt would take a random one."""
    told = sha256(b"".join(contents.log.leaves) + contents.created_at.isoformat().encode()).digest()
    return QUuid.fromRfc4122(QByteArray(told[:16]))
