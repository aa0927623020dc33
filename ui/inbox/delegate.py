"""Draws one mention as a card: who, when, what kind, and the text only as far as it may be seen."""

from collections.abc import Callable
from datetime import datetime
from typing import Final

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QTextLayout, QTextOption
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from core.domain.inbox import InboxRow
from ui.inbox.model import REVEAL_ROLE, ROW_ROLE
from ui.inbox.reveal import Reveal
from ui.inbox.row_words import hidden_words, kind_name, snippet, step_words
from ui.theme.icons import icon_pixmap
from ui.theme.theme import Theme
from ui.widgets.avatar import initials, paint_avatar
from ui.widgets.category_words import category_icon, category_name, category_token
from ui.widgets.untrusted_text import flat, reads_right_to_left
from ui.wording import short_time, translate

_AVATAR: Final = 36
_PAD: Final = 12
_LINES: Final = 2
_CHIPS: Final = 3
_ICON: Final = 16


class MentionDelegate(QStyledItemDelegate):
    """Cards of one height, so that the list never measures a row it does not show."""

    def __init__(self, theme: Theme, now: Callable[[], datetime], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._now = now

    def card_height(self) -> int:
        """Name line, chip line and two lines of text."""
        body = QFontMetrics(self._font("body")).lineSpacing()
        caption = QFontMetrics(self._font("caption")).lineSpacing()
        return 2 * _PAD + body + 5 + caption + 6 + _LINES * body

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        """Draw the card."""
        painter.save()
        painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.TextAntialiasing)
        rect: QRect = option.rect
        state: QStyle.StateFlag = option.state
        card = rect.adjusted(12, 4, -8, -4)
        self._paint_card(painter, card, state)
        row: InboxRow | None = index.data(ROW_ROLE)
        inner = card.adjusted(_PAD, _PAD, -_PAD, -_PAD)
        if row is None:
            self._paint_waiting(painter, inner)
        else:
            self._paint_row(painter, inner, row, index.data(REVEAL_ROLE))
        painter.restore()

    def _paint_card(self, painter: QPainter, card: QRect, state: QStyle.StateFlag) -> None:
        tokens = self._theme.tokens
        selected = bool(state & QStyle.StateFlag.State_Selected)
        focused = bool(state & QStyle.StateFlag.State_HasFocus)
        hovered = bool(state & QStyle.StateFlag.State_MouseOver)
        fill = "accent-soft" if selected else "hover" if hovered else "surface"
        edge = "focus" if focused else "accent" if selected else "line"
        painter.setBrush(tokens.color(fill))
        pen = painter.pen()
        pen.setColor(tokens.color(edge))
        pen.setWidthF(2.0 if focused else 1.0)
        painter.setPen(pen)
        painter.drawRoundedRect(QRectF(card).adjusted(0.5, 0.5, -0.5, -0.5), 11, 11)

    def _paint_waiting(self, painter: QPainter, inner: QRect) -> None:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._theme.tokens.color("sunken"))
        painter.drawEllipse(inner.left(), inner.top(), _AVATAR, _AVATAR)
        left = inner.left() + _AVATAR + _PAD
        for top, width in ((2, 140), (24, 220), (46, max(inner.width() - 120, 100))):
            painter.drawRoundedRect(left, inner.top() + top, width, 11, 5, 5)

    def _paint_row(self, painter: QPainter, inner: QRect, row: InboxRow, level: Reveal) -> None:
        disc = QRect(inner.left(), inner.top(), _AVATAR, _AVATAR)
        counted_only = level is Reveal.COUNT
        if counted_only:
            self._paint_icon(painter, "eye-off", "text-faint", inner.left() + 8, inner.top() + 8, size=20)
        else:
            paint_avatar(painter, disc, row.sender_id, initials(row.display_name, row.handle))
        body = QRect(inner)
        body.setLeft(inner.left() + _AVATAR + _PAD)
        top = self._paint_name_line(painter, body, row, counted_only)
        if counted_only:
            return
        top = self._paint_chips(painter, body, top + 5, row)
        self._paint_text(painter, body, top + 6, row, level)

    def _paint_name_line(self, painter: QPainter, body: QRect, row: InboxRow, counted_only: bool) -> int:
        tokens = self._theme.tokens
        strong, caption = self._font("body", QFont.Weight.DemiBold), self._font("caption")
        metrics, small = QFontMetrics(strong), QFontMetrics(caption)
        line = QRect(body.left(), body.top(), body.width(), metrics.lineSpacing())
        when = short_time(row.created_at or row.received_at, self._now())
        when_width = small.horizontalAdvance(when)
        painter.setFont(caption)
        painter.setPen(tokens.color("text-faint"))
        painter.drawText(line, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, when)
        room = line.width() - when_width - _PAD
        room -= self._paint_marks(painter, line.right() - when_width - _PAD, line, row)
        painter.setFont(strong)
        painter.setPen(tokens.color("text"))
        if counted_only:
            words = translate("Inbox", "One hidden message")
            painter.drawText(line, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, words)
            return line.bottom()
        name = flat(row.display_name or row.handle, 80)
        shown = metrics.elidedText(name, Qt.TextElideMode.ElideRight, max(room * 6 // 10, 40))
        self._line(painter, line, shown)
        used = metrics.horizontalAdvance(shown) + 8
        painter.setFont(caption)
        painter.setPen(tokens.color("text-soft"))
        handle = small.elidedText(f"@{flat(row.handle, 120)}", Qt.TextElideMode.ElideRight, room - used)
        self._line(painter, line.adjusted(used, 1, 0, 1), handle)
        return line.bottom()

    def _paint_marks(self, painter: QPainter, right: int, line: QRect, row: InboxRow) -> int:
        """Small drawings for followed, muted, blocked; returns the width used."""
        used = 0
        marks = (
            ("followed", row.followed, "kind"),
            ("mute", row.muted, "text-soft"),
            ("block", row.blocked, "text-soft"),
        )
        for drawing, on, tint in marks:
            if on:
                used += _ICON + 6
                self._paint_icon(painter, drawing, tint, right - used + 4, line.center().y() - 7)
        return used

    def _paint_chips(self, painter: QPainter, body: QRect, top: int, row: InboxRow) -> int:
        caption = self._font("caption")
        metrics = QFontMetrics(caption)
        painter.setFont(caption)
        left, bottom = body.left(), top + metrics.lineSpacing()
        for drawing, tint, words in self._chips(row):
            width = metrics.horizontalAdvance(words) + _ICON + 5
            if left + width > body.right():
                break
            if drawing:
                self._paint_icon(painter, drawing, tint, left, top + (metrics.lineSpacing() - _ICON) // 2)
            else:
                width -= _ICON + 5
            painter.setPen(self._theme.tokens.color(tint))
            start = left + (_ICON + 5 if drawing else 0)
            painter.drawText(start, top + metrics.ascent() + metrics.leading(), words)
            left += width + 14
        return bottom

    def _chips(self, row: InboxRow) -> list[tuple[str, str, str]]:
        """(drawing, tint, words), most telling first."""
        shown = row.categories[:_CHIPS] if row.hidden or row.abusive else ()
        chips = [(category_icon(c), category_token(c), category_name(c)) for c in shown]
        if row.group_key:
            chips.append(("groups", "accent", step_words(row)))
        if not shown:
            chips.insert(0, ("", "text-faint", kind_name(row.kind)))
        else:
            chips.append(("", "text-faint", kind_name(row.kind)))
        return chips

    def _paint_text(self, painter: QPainter, body: QRect, top: int, row: InboxRow, level: Reveal) -> None:
        text = snippet(row, level)
        area = QRect(body.left(), top, body.width(), body.bottom() - top + 1)
        if text:
            self._paint_lines(painter, area, text)
            return
        font = self._font("body")
        metrics = QFontMetrics(font)
        words = hidden_words(row)
        height = metrics.lineSpacing() + 10
        strip = QRect(area.left(), area.top() + (area.height() - height) // 2, area.width(), height)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._theme.tokens.color("mask"))
        painter.drawRoundedRect(strip, 7, 7)
        self._paint_icon(painter, "eye-off", "text-soft", strip.left() + 8, strip.center().y() - 7)
        painter.setFont(self._font("caption"))
        painter.setPen(self._theme.tokens.color("text-soft"))
        room = strip.adjusted(32, 0, -8, 0)
        small = QFontMetrics(self._font("caption"))
        painter.drawText(
            room,
            Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft,
            small.elidedText(words, Qt.TextElideMode.ElideRight, room.width()),
        )

    def _paint_lines(self, painter: QPainter, area: QRect, text: str) -> None:
        """At most two lines, the last one elided; the side follows the direction of the text.

        Lines stand on the baselines of the window's own font, whatever font a script is drawn in.
        """
        font = self._font("body")
        metrics = QFontMetrics(font)
        painter.setPen(self._theme.tokens.color("text"))
        painter.setFont(font)
        layout = QTextLayout(text, font)
        option = QTextOption()
        option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        layout.setTextOption(option)
        layout.beginLayout()
        first = layout.createLine()
        first.setLineWidth(area.width())
        layout.endLayout()
        first.draw(painter, QPointF(area.left(), area.top() + metrics.ascent() - first.ascent()))
        # Qt counts in UTF-16 units, Python in code points.
        rest = text.encode("utf-16-le")[2 * first.textLength() :].decode("utf-16-le", "replace").strip()
        if rest:
            shown = metrics.elidedText(rest, Qt.TextElideMode.ElideRight, area.width())
            last = QTextLayout(shown, font)
            # Of the whole text, so that a second line does not turn round by its own first letter.
            turned = reads_right_to_left(text)
            option.setTextDirection(
                Qt.LayoutDirection.RightToLeft if turned else Qt.LayoutDirection.LeftToRight
            )
            option.setWrapMode(QTextOption.WrapMode.NoWrap)
            last.setTextOption(option)
            last.beginLayout()
            line = last.createLine()
            line.setLineWidth(area.width())
            last.endLayout()
            top = area.top() + metrics.lineSpacing() + metrics.ascent() - line.ascent()
            line.draw(painter, QPointF(area.left(), top))

    def _line(self, painter: QPainter, area: QRect, text: str) -> None:
        """One line from the left, in its own direction: what is cut is cut at the end it is read to."""
        turned = reads_right_to_left(text)
        painter.setLayoutDirection(
            Qt.LayoutDirection.RightToLeft if turned else Qt.LayoutDirection.LeftToRight
        )
        side = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignAbsolute
        painter.drawText(area, side | Qt.AlignmentFlag.AlignVCenter, text)
        painter.setLayoutDirection(Qt.LayoutDirection.LeftToRight)

    def _paint_icon(
        self, painter: QPainter, name: str, tint: str, left: int, top: int, *, size: int = _ICON
    ) -> None:
        ratio = painter.device().devicePixelRatioF()
        color: QColor = self._theme.tokens.color(tint)
        painter.drawPixmap(left, top, icon_pixmap(name, color.name(), size, ratio))

    def _font(self, step: str, weight: QFont.Weight = QFont.Weight.Normal) -> QFont:
        font = QFont()
        font.setPixelSize(self._theme.tokens.px(step))
        font.setWeight(weight)
        return font
