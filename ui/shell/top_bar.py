"""Search, sync and quick-hide, over every screen."""

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QFrame, QLineEdit, QWidget

from ui.theme.icons import icon
from ui.theme.theme import Theme
from ui.widgets.buttons import IconButton, TextButton
from ui.widgets.layouts import row
from ui.widgets.untrusted_text import PlainLabel
from ui.wording import translate

# Typing pauses this long before the list is searched.
_PAUSE_MS = 250


class TopBar(QFrame):
    """The bar over the screens."""

    searched = Signal(str)
    sync_wanted = Signal()
    hide_wanted = Signal()
    keys_wanted = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("topBar")
        self.setFixedHeight(64)
        self._theme = theme
        self.title = PlainLabel(role="title")
        self.search = QLineEdit()
        self.search.setObjectName("search")
        self.search.setPlaceholderText(translate("TopBar", "Search words or names (Ctrl+F)"))
        self.search.setAccessibleName(translate("TopBar", "Search"))
        self.search.setClearButtonEnabled(True)
        self.search.setMinimumWidth(240)
        self.search.setMaximumWidth(420)
        self._glass = self.search.addAction(
            icon("search", theme.tokens.hex("text-faint")), QLineEdit.ActionPosition.LeadingPosition
        )
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_PAUSE_MS)
        self._pause.timeout.connect(self._emit_search)
        self.search.textChanged.connect(self._pause.start)
        self.search.returnPressed.connect(self._emit_search)
        self.status = PlainLabel(role="caption")
        self.sync = TextButton(theme, translate("TopBar", "Check for new"), "sync")
        self.sync.clicked.connect(self.sync_wanted)
        self.keys = IconButton(theme, "keyboard", translate("TopBar", "Keyboard shortcuts (?)"))
        self.keys.clicked.connect(self.keys_wanted)
        self.quick_hide = IconButton(theme, "hide", translate("TopBar", "Hide this window at once (F9)"))
        self.quick_hide.clicked.connect(self.hide_wanted)
        line = row(
            self.title, 4, self.search, None, self.status, self.sync, self.keys, self.quick_hide,
            gap=2, margins=(6, 0, 4, 0),
        )  # fmt: skip
        line.setStretchFactor(self.search, 3)
        self.setLayout(line)
        theme.changed.connect(self._tint)

    def _emit_search(self) -> None:
        self._pause.stop()
        self.searched.emit(self.search.text())

    def _tint(self) -> None:
        self._glass.setIcon(icon("search", self._theme.tokens.hex("text-faint")))
