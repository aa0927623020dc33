"""The main window: unlock, start, work or cover, one at a time."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QCloseEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QDialog, QMainWindow, QStackedWidget, QWidget

from core.errors import AppError
from core.system.settings import Settings
from ui.messages import words_for
from ui.naming import quiet_name, use_name
from ui.settings.preferences import PreferenceStore, percent_of, scheme_of
from ui.shell.cover import Cover
from ui.shell.desk import Desk
from ui.shell.keys import KeysDialog
from ui.shell.places import PLACES, Place
from ui.shell.start_screen import StartScreen
from ui.shell.unlock import UnlockPanel
from ui.theme.icons import app_icon
from ui.theme.theme import Theme
from ui.widgets.ask import open_dialog
from ui.widgets.empty_state import EmptyState
from ui.wording import translate

_CONTEXT = "Window"


class MainWindow(QMainWindow):
    """Shows one page at a time; what happens between pages is `ui.shell.start`'s business."""

    closing = Signal()

    def __init__(self, theme: Theme, preferences: PreferenceStore) -> None:
        super().__init__()
        self._theme, self._preferences = theme, preferences
        # Before the pages are made: they call the program by its name.
        self._name(preferences.now)
        self.setWindowIcon(app_icon())
        self.resize(1280, 800)
        self.setMinimumSize(1000, 640)
        self._stack = QStackedWidget()
        self.setCentralWidget(self._stack)
        self.blank = QWidget()
        self.blank.setObjectName("page")
        self.unlock = UnlockPanel(theme)
        self.start = StartScreen(theme)
        self.cover = Cover(theme)
        self.problem = EmptyState(theme, "info")
        self.problem.setObjectName("page")
        for page in (self.blank, self.unlock, self.start, self.cover, self.problem):
            self._stack.addWidget(page)
        self.desk: Desk | None = None
        self._before_cover: QWidget = self.blank
        self.cover.back_wanted.connect(self.uncover)
        preferences.changed.connect(self._use)
        self._make_shortcuts()

    @property
    def page(self) -> QWidget:
        """What is shown now."""
        return self._stack.currentWidget() or self.blank

    def show_page(self, page: QWidget) -> None:
        """Show one of the fixed pages."""
        self._stack.setCurrentWidget(page)

    def show_desk(self, desk: Desk) -> None:
        """Begin to work; an earlier desk is put away."""
        self.drop_desk()
        self.desk = desk
        self._stack.addWidget(desk)
        self._stack.setCurrentWidget(desk)
        desk.inbox.list.setFocus()
        desk.hide_wanted.connect(self.quick_hide)
        desk.keys_wanted.connect(self.show_keys)

    def drop_desk(self) -> None:
        """Put the desk away."""
        if self.desk is not None:
            self._stack.removeWidget(self.desk)
            self.desk.setParent(None)
            self.desk.deleteLater()
            self.desk = None

    def close_dialogs(self) -> None:
        """Questions left open say what was being done: put them away."""
        for dialog in self.findChildren(QDialog):
            dialog.reject()

    def show_problem(self, error: AppError, retry: Callable[[], None] | None = None) -> None:
        """The data cannot be opened: say why on a page of its own."""
        words = words_for(error)
        self.problem.say(words.title, words.explanation)
        self.problem.action.setVisible(retry is not None)
        if retry is not None:
            self.problem.action.setText(words.action or translate(_CONTEXT, "Try again"))
            self.problem.action.clicked.connect(retry, Qt.ConnectionType.SingleShotConnection)
        self.show_page(self.problem)

    def quick_hide(self) -> None:
        """Cover everything, hide again what was revealed, and minimise."""
        if not self.covered:
            self._before_cover = self.page
        if self.desk is not None:
            self.desk.cover()
        self.show_page(self.cover)
        self.setWindowTitle(quiet_name())
        self.repaint()
        self.showMinimized()

    @property
    def covered(self) -> bool:
        """Whether the neutral page hides everything."""
        return self.page is self.cover

    def show_under_cover(self, page: QWidget) -> None:
        """What is there once the cover is taken off."""
        self._before_cover = page

    def uncover(self) -> None:
        """Back to what was there before."""
        self.show_page(self._before_cover)
        self._name(self._preferences.now)

    def show_keys(self) -> None:
        """The list of keyboard shortcuts."""
        open_dialog(KeysDialog(self._theme, self))

    def closeEvent(self, event: QCloseEvent) -> None:
        """Let work end first."""
        self.closing.emit()
        super().closeEvent(event)

    def _use(self, wanted: Settings) -> None:
        tokens, scheme, percent = self._theme.tokens, scheme_of(wanted), percent_of(wanted.text_size)
        if (tokens.scheme, tokens.text_percent) != (scheme, percent):
            self._theme.use(scheme, percent)
        self._name(wanted)

    def _name(self, wanted: Settings) -> None:
        self.setWindowTitle(use_name(wanted))

    def _make_shortcuts(self) -> None:
        for number, place in enumerate(PLACES, 1):
            self._shortcut(f"Ctrl+{number}", partial(self._go, place))
        self._shortcut("F9", self.quick_hide)
        self._shortcut("Ctrl+L", self._lock)
        self._shortcut("Ctrl+F", self._search)
        self._shortcut("F5", self._sync)
        self._shortcut("?", self.show_keys)
        self._shortcut("Ctrl+Q", self.close)

    def _shortcut(self, keys: str, act: Callable[[], object]) -> None:
        shortcut = QShortcut(QKeySequence(keys), self)
        shortcut.activated.connect(act)

    def _go(self, place: Place) -> None:
        if self.desk is not None and self.page is self.desk:
            self.desk.go(place)

    def _lock(self) -> None:
        if self.desk is not None and self.page is self.desk:
            self.desk.lock_wanted.emit()

    def _sync(self) -> None:
        if self.desk is not None and self.page is self.desk:
            self.desk.intake.sync()

    def _search(self) -> None:
        self._go(Place.INBOX)
        if self.desk is not None:
            self.desk.top.search.setFocus()
            self.desk.top.search.selectAll()
