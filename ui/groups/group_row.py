"""One campaign in the list of groups."""

from typing import Final

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QSizePolicy

from core.domain.campaign import CampaignCard, CampaignState
from core.domain.coordination import Strength
from ui.pictures.picture import campaign_name, series
from ui.theme.icons import icon_pixmap
from ui.theme.theme import Theme
from ui.widgets.category_words import family_name, strength_name
from ui.wording import counted, day_time, translate

_CONTEXT: Final = "Groups"
_LEFT: Final = 46


class ListRow(QAbstractButton):
    """Up to four lines beside a mark; the base of everything that can be chosen on the left."""

    def __init__(self, theme: Theme, title: str, lines: list[tuple[str, str]], *, place: int | None) -> None:
        super().__init__()
        self._theme, self._title, self._place = theme, title, place
        # Each line with the palette token it is written in.
        self._lines = lines
        self.setCheckable(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(". ".join([title, *(words for words, _ in lines)]))

    def sizeHint(self) -> QSize:
        """Lines and padding."""
        tokens = self._theme.tokens
        words = tokens.px("lead") + len(self._lines) * tokens.px("caption")
        return QSize(240, round(words * 1.38) + 4 * len(self._lines) + 26)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw."""
        del event
        tokens = self._theme.tokens
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        chosen, focused = self.isChecked(), self.hasFocus()
        fill = "accent-soft" if chosen else "hover" if self.underMouse() else "surface"
        edge = "focus" if focused else "accent" if chosen else "line"
        painter.setBrush(tokens.color(fill))
        painter.setPen(QPen(tokens.color(edge), 2 if focused else 1))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), 11, 11)
        self._mark(painter)
        top = 12
        for step, words, tint, weight in (
            ("lead", self._title, "text", QFont.Weight.DemiBold),
            *(("caption", words, tint, QFont.Weight.Normal) for words, tint in self._lines),
        ):
            font = QFont()
            font.setPixelSize(tokens.px(step))
            font.setWeight(weight)
            metrics = QFontMetrics(font)
            painter.setFont(font)
            painter.setPen(tokens.color(tint))
            shown = metrics.elidedText(words, Qt.TextElideMode.ElideRight, self.width() - _LEFT - 14)
            painter.drawText(_LEFT, top + metrics.ascent(), shown)
            top += metrics.height() + 4

    def _mark(self, painter: QPainter) -> None:
        """The campaign's colour in every picture, or a drawing for what is no single campaign."""
        tokens = self._theme.tokens
        if self._place is None:
            drawing = icon_pixmap("groups", tokens.hex("accent"), 22, self.devicePixelRatioF())
            painter.drawPixmap(14, 13, drawing)
            return
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(series(tokens, self._place))
        painter.drawRoundedRect(QRectF(16, 15, 16, 16), 5, 5)


class OverviewRow(ListRow):
    """All groups together."""

    def __init__(self, theme: Theme, count: int) -> None:
        said = counted(count, translate(_CONTEXT, "one group"), translate(_CONTEXT, "{n} groups"))
        super().__init__(theme, translate(_CONTEXT, "All together"), [(said, "text-soft")], place=None)


class GroupRow(ListRow):
    """Name, size, strength and signs of a campaign; `place` chooses its colour."""

    def __init__(self, theme: Theme, card: CampaignCard, place: int) -> None:
        self.key = card.key
        lines = _lines(card)
        super().__init__(theme, campaign_name(card), lines, place=place)
        # The signs, all of them: the last line is often cut.
        self.setToolTip(lines[-1][0])


def _lines(card: CampaignCard) -> list[tuple[str, str]]:
    people = counted(card.senders, translate(_CONTEXT, "one sender"), translate(_CONTEXT, "{n} senders"))
    posts = counted(card.posts, translate(_CONTEXT, "one message"), translate(_CONTEXT, "{n} messages"))
    if card.state is CampaignState.DISMISSED:
        return [(f"{people} · {posts}", "text-soft"), (translate(_CONTEXT, "Dismissed by you"), "text-faint")]
    if card.group is None:
        return [(translate(_CONTEXT, "Signs no longer suffice"), "text-faint")]
    strong = card.group.strength is Strength.STRONG
    lines = [
        (f"{people} · {posts}", "text-soft"),
        (strength_name(card.group.strength), "urgent" if strong else "text-soft"),
        (" · ".join(family_name(reason.family) for reason in card.group.reasons), "text-soft"),
    ]
    again = card.re_emerged
    if again is not None:
        said = translate(_CONTEXT, "Taken up again since {day}").format(
            day=day_time(again.since).split(",")[0]
        )
        lines.insert(1, (said, "urgent"))
    return lines
