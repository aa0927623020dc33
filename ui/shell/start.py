"""From a bare start to a working window: unlock, begin, work, and close in order."""

from collections.abc import Callable
from contextlib import AbstractContextManager, ExitStack
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

from core.errors import AppError, KeyringLocked, KeyringMissing, PassphraseNeeded
from ui.messages import words_for
from ui.naming import OWN_NAME
from ui.settings.preferences import PreferenceStore, percent_of, scheme_of
from ui.shell.absence import Absence
from ui.shell.desk import Desk
from ui.shell.job_relay import JobRelay
from ui.shell.signals import QuitOnSignals
from ui.shell.unlock import Ask
from ui.shell.window import MainWindow
from ui.theme.icons import app_icon
from ui.theme.theme import Theme, system_scheme

if TYPE_CHECKING:
    from app.services.bundle import Services
    from app.services.unlock import Access, Opened, UnlockService

_CLOSE_S = 5.0


@dataclass(frozen=True, slots=True)
class Doors:
    """How data are opened; bootstrap supplies it.

    `open` takes what was unlocked, `open_sample` needs nothing; leaving the context closes the data.
    """

    unlock: "UnlockService"
    open: "Callable[[Opened], AbstractContextManager[Services]]"
    open_sample: "Callable[[], AbstractContextManager[Services]]"


def application() -> QApplication:
    """The one Qt application, made on first use."""
    existing = QApplication.instance()
    if isinstance(existing, QApplication):
        return existing
    app = QApplication([])
    app.setApplicationName(OWN_NAME)
    app.setDesktopFileName("breakwater")
    app.setStyle("Fusion")
    app.setWindowIcon(app_icon())
    return app


def run_app(doors: Doors) -> int:
    """Show the window and stay until it is closed. Returns the exit code."""
    app = application()
    session = Session(doors)
    endings = QuitOnSignals(app)
    session.window.show()
    # The first frame is painted before anything is opened.
    QTimer.singleShot(0, session.begin)
    try:
        return app.exec()
    finally:
        session.close()
        endings.release()


class Session:
    """What happens between the pages of the window."""

    def __init__(self, doors: Doors, now: Callable[[], datetime] = lambda: datetime.now(UTC)) -> None:
        from app.jobs.runner import JobRunner

        self._doors, self._now = doors, now
        self.preferences = PreferenceStore(doors.unlock.folder.settings)
        self.theme = Theme(scheme_of(self.preferences.now), percent_of(self.preferences.now.text_size))
        self.theme.apply()
        self.relay = JobRelay()
        self.runner = JobRunner(self.relay)
        self.relay.use(self.runner)
        self.window = MainWindow(self.theme, self.preferences)
        self.window.show_page(self.window.blank)
        self._own = ExitStack()
        self._sample = ExitStack()
        self._services: Services | None = None
        self._after: Callable[[], None] | None = None
        self._connect()

    def begin(self) -> None:
        """Look at what is there and ask for what is needed."""
        self.relay.read("access", self._doors.unlock.access, self._got_access, self._cannot_open)

    def close(self) -> None:
        """Stop work, close the data, put the window away."""
        self.relay.forget_all()
        self.runner.close(_CLOSE_S)
        self.window.drop_desk()
        self._sample.close()
        self._own.close()
        self.window.close()

    def _connect(self) -> None:
        start, unlock = self.window.start, self.window.unlock
        start.connect_wanted.connect(lambda: self._with_own(lambda: self._desk().connect_first()))
        start.import_wanted.connect(lambda: self._with_own(lambda: self._desk().choose_files()))
        start.sample_wanted.connect(self.look_around)
        unlock.keyring_wanted.connect(self._by_keyring)
        unlock.passphrase_wanted.connect(self._by_passphrase)
        unlock.code_wanted.connect(self._by_code)
        self._absence = Absence(application(), self.window)
        self._absence.gone.connect(self.lock)
        self.preferences.changed.connect(lambda _settings: self._watch())
        self.theme_follows_system()

    def theme_follows_system(self) -> None:
        """A desktop that turns dark in the evening takes the window along."""
        hints = application().styleHints()

        def follow() -> None:
            settings = self.preferences.now
            if self.theme.tokens.scheme is not scheme_of(settings) and settings.theme.value == "system":
                self.theme.use(system_scheme(), percent_of(settings.text_size))

        hints.colorSchemeChanged.connect(follow)

    # Unlocking.

    def _got_access(self, access: "Access") -> None:
        if access.value == "new":
            self.window.show_page(self.window.start)
        elif access.value == "keyring":
            self._by_keyring()
        else:
            self._ask(Ask.WORDS)

    def _ask(self, what: Ask, problem: AppError | None = None, *, words_too: bool = False) -> None:
        code_too = what in (Ask.WORDS, Ask.KEYRING) and self._doors.unlock.has_recovery_code()
        self.window.unlock.ask(what, problem, words_too=words_too, code_too=code_too)
        self.window.show_page(self.window.unlock)

    # Locking: the window asks again, the work goes on.

    def lock(self) -> None:
        """Cover the work until the passphrase is given again; nothing happens where there is none."""
        protection = self._services.protection if self._services is not None else None
        if protection is None or self.window.desk is None or not self._doors.unlock.has_passphrase():
            return
        self._absence.wait(None)
        self.window.desk.cover()
        self.window.close_dialogs()
        if self.window.covered:
            self.window.unlock.ask(Ask.LOCKED)
            self.window.show_under_cover(self.window.unlock)
        else:
            self._ask(Ask.LOCKED)

    def _watch(self) -> None:
        after = self.preferences.now.lock_after
        working = self.window.desk is not None and self.window.page is self.window.desk
        self._absence.wait(float(after.value) if working and after.value != "never" else None)

    def _reopen(self) -> None:
        """Close the data and open them anew, because what opens them has changed."""
        self.relay.forget_all()
        self.runner.cancel_all()
        self.window.show_page(self.window.blank)
        self.window.drop_desk()
        self._services = None
        self.relay.read("reopen", self._own.close, lambda _none: self.begin(), self._cannot_open)

    def _back_to_work(self, passphrase: str) -> None:
        def again(error: Exception) -> None:
            self._ask(Ask.LOCKED, error if isinstance(error, AppError) else AppError())

        def shown(_opened: "Opened") -> None:
            assert self.window.desk is not None  # noqa: S101 - it stayed behind the question
            self.window.show_page(self.window.desk)
            self._watch()

        self.window.unlock.waiting()
        check = self._doors.unlock.open_with_passphrase
        self.relay.read("unlock", lambda: check(passphrase), shown, again)

    def _by_keyring(self) -> None:
        unlock = self._doors.unlock

        def work() -> "Opened":
            return (
                unlock.create_with_keyring() if unlock.access().value == "new" else unlock.open_with_keyring()
            )

        self.window.unlock.waiting()
        self.relay.read("unlock", work, self._open, self._keyring_failed)

    def _by_code(self, code: str) -> None:
        unlock = self._doors.unlock

        def failed(error: Exception) -> None:
            self._ask(Ask.CODE, error) if isinstance(error, AppError) else self._cannot_open(error)

        self.window.unlock.waiting()
        self.relay.read("unlock", lambda: unlock.open_with_recovery_code(code), self._open, failed)

    def _by_passphrase(self, passphrase: str) -> None:
        if self.window.unlock.asked is Ask.LOCKED:
            self._back_to_work(passphrase)
            return
        unlock = self._doors.unlock

        def work() -> "Opened":
            if unlock.access().value == "new":
                return unlock.create_with_passphrase(passphrase)
            return unlock.open_with_passphrase(passphrase)

        def failed(error: Exception) -> None:
            if isinstance(error, AppError):
                self._ask(self.window.unlock.asked, error)
            else:
                self._cannot_open(error)

        self.window.unlock.waiting()
        self.relay.read("unlock", work, self._open, failed)

    def _keyring_failed(self, error: Exception) -> None:
        unlock = self._doors.unlock
        if isinstance(error, PassphraseNeeded):
            self._ask(Ask.WORDS)
        elif isinstance(error, KeyringLocked | KeyringMissing):
            if unlock.access().value == "new":
                self._ask(Ask.NEW_WORDS, error)
            else:
                self._ask(Ask.KEYRING, error, words_too=unlock.has_passphrase())
        else:
            self._cannot_open(error)

    def _open(self, opened: "Opened") -> None:
        def work() -> "tuple[Services, bool]":
            services = self._own.enter_context(self._doors.open(opened))
            empty = services.inbox.counts().total == 0 and not services.accounts.list()
            return services, empty

        self.relay.read("open", work, lambda found: self._opened(*found), self._cannot_open)

    def _opened(self, services: "Services", empty: bool) -> None:
        self._services = services
        after, self._after = self._after, None
        if after is not None:
            self._show_desk(services)
            after()
        elif empty:
            self.window.show_page(self.window.start)
        else:
            self._show_desk(services)
            self._catch_up(services)

    def _cannot_open(self, error: Exception) -> None:
        self.window.show_problem(error if isinstance(error, AppError) else AppError(), self.begin)

    # Working.

    def _with_own(self, then: Callable[[], None]) -> None:
        """Do something with the person's own data, asking for protection first when they are new."""
        if self._services is not None:
            self._show_desk(self._services)
            then()
        else:
            self._after = then
            self._ask(Ask.PROTECT)

    def look_around(self) -> None:
        """The made-up data, in a folder that is thrown away."""

        def work() -> "Services":
            return self._sample.enter_context(self._doors.open_sample())

        def then(services: "Services") -> None:
            self._show_desk(services)
            self._desk().intake.import_sample()

        self.relay.read("sample", work, then, self._cannot_open)

    def _leave_sample(self) -> None:
        self.relay.forget_all()
        self.runner.cancel_all()
        self.window.show_page(self.window.blank)
        self.window.drop_desk()

        def work() -> None:
            self._sample.close()

        self.relay.read("leave", work, lambda _: self.window.show_page(self.window.start))

    def _show_desk(self, services: "Services") -> None:
        desk = Desk(self.theme, services, self.relay, preferences=self.preferences, now=self._now)
        desk.leave_wanted.connect(self._leave_sample)
        desk.lock_wanted.connect(self.lock)
        desk.reopen_wanted.connect(self._reopen)
        self.window.show_desk(desk)
        self._watch()
        for problem in [self.preferences.problem] if self.preferences.problem else []:
            desk.post_words(words_for(problem))

    def _catch_up(self, services: "Services") -> None:
        """After a crash: batches that were being sent are settled, and unscored messages are judged."""
        self.relay.read("recover", services.respond.recover, self._desk().recovered)
        self._desk().intake.judge()
        self._desk().intake.sync(asked=False)

    def _desk(self) -> Desk:
        assert self.window.desk is not None  # noqa: S101 - shown just before
        return self.window.desk
