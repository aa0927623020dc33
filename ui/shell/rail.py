"""The navigation rail on the left."""

from typing import Final

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QFont, QFontMetrics
from PySide6.QtWidgets import QButtonGroup, QFrame, QLabel, QSizePolicy, QToolButton, QWidget

from ui.shell.places import PLACES, Place, place_name
from ui.theme.icons import icon, icon_pixmap
from ui.theme.theme import Theme
from ui.widgets.layouts import column
from ui.wording import translate

_NARROWEST: Final = 92
# Margins, borders and padding of a button, as the style sheet gives them, and a little air.
_BESIDE: Final = 28


class Rail(QFrame):
    """One button for each place."""

    chosen = Signal(Place)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("rail")
        self._theme = theme
        self._group = QButtonGroup(self)
        self._buttons = {place: self._button(place) for place in PLACES}
        self._logo = QLabel()
        self._logo.setAlignment(Qt.AlignmentFlag.AlignCenter)
        last = self._buttons[Place.SETTINGS]
        upper = [button for place, button in self._buttons.items() if place is not Place.SETTINGS]
        self.setLayout(column(self._logo, 3, *upper, None, last, gap=1, margins=(0, 4, 0, 3)))
        theme.changed.connect(self._tint)
        self._tint()

    def mark(self, place: Place) -> None:
        """Show where we are."""
        self._buttons[place].setChecked(True)

    def _button(self, place: Place) -> QToolButton:
        button = QToolButton()
        button.setProperty("role", "rail")
        button.setText(place_name(place))
        button.setToolTip(
            translate("Rail", "{place} (Ctrl+{number})").format(
                place=place_name(place), number=PLACES.index(place) + 1
            )
        )
        button.setAccessibleName(place_name(place))
        button.setCheckable(True)
        button.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextUnderIcon)
        button.setIconSize(QSize(24, 24))
        button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        button.setCursor(Qt.CursorShape.PointingHandCursor)
        button.clicked.connect(lambda: self.chosen.emit(place))
        self._group.addButton(button)
        return button

    def _tint(self) -> None:
        tokens = self._theme.tokens
        font = QFont(self.font())
        font.setPixelSize(tokens.px("caption"))
        font.setWeight(QFont.Weight.DemiBold)
        names = max(QFontMetrics(font).horizontalAdvance(place_name(place)) for place in PLACES)
        self.setFixedWidth(max(_NARROWEST, names + _BESIDE))
        for place, button in self._buttons.items():
            button.setIcon(icon(place.value, tokens.hex("rail-text"), tokens.hex("rail-text-active")))
        self._logo.setPixmap(icon_pixmap("breakwater", "#000", 40, self.devicePixelRatioF()))
