"""One group in the list of groups."""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QSizePolicy

from core.domain.coordination import Strength
from core.domain.inbox import GroupCard
from ui.theme.icons import icon_pixmap
from ui.theme.theme import Theme
from ui.widgets.category_words import family_name, strength_name
from ui.wording import counted, translate


class GroupRow(QAbstractButton):
    """Size, strength and signs of a group, in three lines."""

    def __init__(self, theme: Theme, card: GroupCard) -> None:
        super().__init__()
        self._theme = theme
        self.key = card.key
        self._strong = card.strength is Strength.STRONG
        self._title = counted(
            card.members,
            translate("Groups", "One sender in step"),
            translate("Groups", "{n} senders in step"),
        )
        posts = counted(card.posts, translate("Groups", "one message"), translate("Groups", "{n} messages"))
        self._middle = f"{strength_name(card.strength)} · {posts}"
        self._signs = " · ".join(family_name(reason.family) for reason in card.reasons)
        self.setCheckable(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(f"{self._title}. {self._middle}. {self._signs}")

    def sizeHint(self) -> QSize:
        """Three lines and padding."""
        tokens = self._theme.tokens
        return QSize(240, round((tokens.px("lead") + 2 * tokens.px("caption")) * 1.45) + 30)

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
        drawing = icon_pixmap("groups", tokens.hex("accent"), 24, self.devicePixelRatioF())
        painter.drawPixmap(14, 14, drawing)
        top = 12
        lines = (
            ("lead", self._title, "text", QFont.Weight.DemiBold),
            ("caption", self._middle, "urgent" if self._strong else "text-soft", QFont.Weight.Normal),
            ("caption", self._signs, "text-soft", QFont.Weight.Normal),
        )
        for step, words, tint, weight in lines:
            font = QFont()
            font.setPixelSize(tokens.px(step))
            font.setWeight(weight)
            metrics = QFontMetrics(font)
            painter.setFont(font)
            painter.setPen(tokens.color(tint))
            shown = metrics.elidedText(words, Qt.TextElideMode.ElideRight, self.width() - 64)
            painter.drawText(50, top + metrics.ascent(), shown)
            top += metrics.height() + 4
