"""The line to hand over on one sheet of paper, as PDF, or as plain text."""

from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QMarginsF, QRectF, Qt
from PySide6.QtGui import QFont, QPageLayout, QPageSize, QPainter, QPdfWriter

from core.anchoring.hand_over import qr_rows
from core.errors import UnusableFolder
from ui.evidence.qr import draw_qr
from ui.widgets.untrusted_text import one_line
from ui.wording import number, translate, utc_time

if TYPE_CHECKING:
    from app.services.anchor import HandOver

_CONTEXT = "HandOver"
_COMMAND: Final = "python3 verify.py PACKET --root LINE"
_DPI: Final = 300
_MARGIN_MM: Final = 20.0
_MM: Final = _DPI / 25.4
_QR_MM: Final = 50.0
_WRAPPED: Final = Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignLeft


def save_page(given: "HandOver", path: Path, to: str = "") -> None:
    """Write a `.txt` or, by any other name, a PDF of one page. Raises `UnusableFolder`."""
    try:
        if path.suffix.lower() == ".txt":
            path.write_text(given.page(to), encoding="utf-8")
            return
        path.touch(mode=0o600)
    except OSError as error:
        raise UnusableFolder(path=str(path.parent), why=error.strerror or "unknown") from error
    writer = QPdfWriter(str(path))
    writer.setResolution(_DPI)
    writer.setPageSize(QPageSize(QPageSize.PageSizeId.A4))
    margins = QMarginsF(_MARGIN_MM, _MARGIN_MM, _MARGIN_MM, _MARGIN_MM)
    writer.setPageMargins(margins, QPageLayout.Unit.Millimeter)
    writer.setTitle("Breakwater")
    writer.setCreator("Breakwater")
    painter = QPainter()
    if not painter.begin(writer):
        raise UnusableFolder(path=str(path.parent), why="unwritable")
    _Sheet(painter, writer.width()).draw(given, to)
    painter.end()


class _Sheet:
    """Draws from the top down."""

    def __init__(self, painter: QPainter, width: int) -> None:
        self._painter, self._width = painter, float(width)
        self._y = 0.0

    def draw(self, given: "HandOver", to: str) -> None:
        self._words(translate(_CONTEXT, "Fingerprint of an evidence log"), 20, after=3, bold=True)
        self._words(
            translate(_CONTEXT, "Breakwater, {time}. Everything up to entry #{n}.").format(
                time=utc_time(given.at), n=number(given.size - 1)
            ),
            11,
            after=8,
        )
        self._words(given.line, 13, after=8, mono=True)
        side = _QR_MM * _MM
        # The empty paper around it is its border.
        draw_qr(self._painter, QRectF(0, self._y, side, side), qr_rows(given.line), quiet=0)
        self._y += side + 10 * _MM
        if to:
            self._words(translate(_CONTEXT, "For: {name}").format(name=one_line(to, 200)), 11, after=5)
        for text in sheet_words():
            self._words(text, 11, after=4)
        self._words(_COMMAND, 11, after=4, mono=True)

    def _words(self, text: str, points: int, *, after: float, bold: bool = False, mono: bool = False) -> None:
        font = QFont("Noto Sans Mono" if mono else "Noto Sans", points)
        font.setStyleHint(QFont.StyleHint.Monospace if mono else QFont.StyleHint.SansSerif)
        font.setBold(bold)
        self._painter.setFont(font)
        space = QRectF(0, self._y, self._width, 1e6)
        needed = self._painter.boundingRect(space, int(_WRAPPED), text)
        self._painter.drawText(QRectF(0, self._y, self._width, needed.height()), int(_WRAPPED), text)
        self._y += needed.height() + after * _MM


def sheet_words() -> list[str]:
    """What the receiver should know."""
    return [
        translate(_CONTEXT, "Please keep this sheet, and write on it the day you received it."),
        translate(
            _CONTEXT,
            "The line stands for everything in the log up to that entry. It holds none of the messages, and "
            "none can be worked out from it.",
        ),
        translate(
            _CONTEXT,
            "If a packet from this log is ever doubted, the line shows that nothing up to that entry was "
            "changed, added or left out since.",
        ),
        translate(
            _CONTEXT,
            "It does not show who wrote a message, or that the log was true when the line was made.",
        ),
        translate(_CONTEXT, "Whoever has a packet from this log checks it against the line like this:"),
    ]
