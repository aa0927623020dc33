"""One message drawn as a card: for a reader who wants to see it, where there is no screenshot.

It is drawn from the sealed record by Qt and says so on its face. The same item gives the same bytes on
the same computer: no clock, no random name, times in UTC and in the zone of the sealing computer.
"""

import json
from datetime import UTC, datetime, timedelta, timezone
from typing import Final

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QRectF
from PySide6.QtGui import QColor, QImage, QPainter

from core.export.contents import PacketItem
from ui.report.paper import ACCENT, QUIET, RULE, Paper, letters

# Pixels, and dots per inch: sharp on paper and on screens.
_WIDTH: Final = 1240
_MARGIN: Final = 56
_DPI: Final = 192
_DOTS_PER_METRE: Final = round(_DPI / 0.0254)
# A PNG reader may refuse more; the text is cut long before.
_TALLEST: Final = 16_000
LABEL: Final = "Rendering made by Breakwater from the sealed record, not a screenshot"


def render_card(item: PacketItem) -> bytes:
    """The message as PNG. Needs a Qt application (`ui.report.pdf.ensure_gui`); any thread will do."""
    sheet = QImage(1, 1, QImage.Format.Format_RGB32)
    _set_dpi(sheet)
    paper = Paper()
    paper.document.documentLayout().setPaintDevice(sheet)
    paper.document.setTextWidth(_WIDTH - 2 * _MARGIN)
    _write(paper, item)
    height = min(round(paper.document.size().height()) + 2 * _MARGIN, _TALLEST)
    image = QImage(_WIDTH, height, QImage.Format.Format_RGB32)
    _set_dpi(image)
    image.fill(QColor("white"))
    painter = QPainter(image)
    try:
        painter.setPen(QColor(RULE))
        painter.drawRect(0, 0, _WIDTH - 1, height - 1)
        painter.fillRect(0, 0, 10, height, QColor(ACCENT))
        painter.translate(_MARGIN, _MARGIN)
        paper.document.drawContents(painter, QRectF(0, 0, _WIDTH - 2 * _MARGIN, height - _MARGIN))
    finally:
        painter.end()
    return _png(image)


def _write(paper: Paper, item: PacketItem) -> None:
    mention, author = item.mention, item.mention.author
    paper.paragraph(LABEL, letters(9, ACCENT, bold=True), below=8)
    paper.paragraph("", below=0)
    paper.stranger_words(author.display_name or author.handle, letters(15, bold=True))
    paper.paragraph("@", letters(10.5, QUIET), below=0)
    paper.stranger_words(author.handle, letters(10.5, QUIET))
    paper.paragraph("Permanent id of the account: ", letters(8.5, QUIET), below=6)
    paper.stranger_words(author.remote_id, letters(8.5, QUIET))
    paper.stranger_block(mention.text or "(no text)")
    paper.paragraph(f"Posted: {_time(mention.created_at)}", letters(9), above=8, below=1)
    envelope = json.loads(item.entry.envelope)
    zone = str(envelope.get("tz", "+00:00"))
    paper.paragraph(
        f"Received: {_time(item.received_at)}{_local(item.received_at, zone)}", letters(9), below=1
    )
    if mention.url:
        paper.paragraph("Address: ", letters(9), below=1)
        paper.stranger_words(mention.url, letters(9))
    paper.paragraph("Platform and post id: ", letters(9), below=4)
    paper.stranger_words(f"{mention.platform} {mention.remote_id}", letters(9))
    sealed = envelope.get("sha256") or "not disclosed"
    paper.paragraph(
        f"Sealed as entry {item.entry.seq}; SHA-256 of the bytes received: {sealed}",
        letters(8, QUIET),
        below=0,
    )


def _time(at: datetime | None) -> str:
    return "no time given" if at is None else at.astimezone(UTC).strftime("%Y-%m-%d %H:%M:%S UTC")


def _local(at: datetime, zone: str) -> str:
    """The same moment on the clock of the computer that sealed it; nothing when that was UTC."""
    sign = -1 if zone.startswith("-") else 1
    hours, _, minutes = zone.lstrip("+-").partition(":")
    if not (hours.isdecimal() and minutes.isdecimal()) or zone in ("+00:00", "-00:00"):
        return ""
    there = timezone(sign * timedelta(hours=int(hours), minutes=int(minutes)))
    return f" ({at.astimezone(there).strftime('%Y-%m-%d %H:%M:%S')} {zone})"


def _set_dpi(image: QImage) -> None:
    image.setDotsPerMeterX(_DOTS_PER_METRE)
    image.setDotsPerMeterY(_DOTS_PER_METRE)


def _png(image: QImage) -> bytes:
    data = QByteArray()
    buffer = QBuffer(data)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, "PNG")  # type: ignore[call-overload]  # the stub wants bytes for the format's name
    buffer.close()
    return bytes(data.data())
