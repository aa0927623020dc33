"""From a bare start to a working window, with the real unlocking and a keyring in memory."""

import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from memory_secrets import MemorySecrets
from PySide6.QtCore import Qt
from PySide6.QtGui import QCloseEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDialog
from pytestqt.qtbot import QtBot

import app.bootstrap
from app.services.unlock import UnlockService
from core.errors import DataDamaged, KeyringLocked, KeyringMissing
from core.system.paths import DataFolder
from ui.settings.protection import CodeOnce, ProtectionCard
from ui.shell.desk import Desk
from ui.shell.start import Doors, Session
from ui.shell.unlock import Ask
from ui.widgets.passphrase import strength_hint

WORDS = "four plain words here"


@pytest.fixture
def keyring() -> MemorySecrets:
    """A keyring that can be broken."""
    return MemorySecrets()


@pytest.fixture
def folder(tmp_path: Path) -> DataFolder:
    """An empty data folder."""
    return DataFolder(tmp_path / "data")


Begin = Callable[[], Session]


@pytest.fixture
def begin(qtbot: QtBot, keyring: MemorySecrets, folder: DataFolder, testland: object) -> Iterator[Begin]:
    """Starts a session; a second call closes the one before, as a restart does."""
    running: list[Session] = []

    def start() -> Session:
        while running:
            running.pop().close()
        doors = Doors(UnlockService(folder, keyring), app.bootstrap.open_services, app.bootstrap.open_sample)
        session = Session(doors)
        running.append(session)
        session.window.show()
        session.begin()
        qtbot.waitUntil(lambda: session.relay.idle)
        return session

    yield start
    while running:
        running.pop().close()


def working(session: Session) -> Callable[[], bool]:
    return lambda: isinstance(session.window.page, Desk)


def test_a_new_person_is_offered_three_ways(begin: Begin, qtbot: QtBot) -> None:
    session = begin()
    assert session.window.page is session.window.start
    assert session.window.windowTitle() == "Breakwater"


def test_connecting_asks_for_protection_first_and_then_goes_on(
    begin: Begin, qtbot: QtBot, folder: DataFolder
) -> None:
    session = begin()
    session.window.start.connect_account.button.click()
    assert session.window.page is session.window.unlock
    assert session.window.unlock.asked is Ask.PROTECT
    session.window.unlock.use_keyring.click()
    qtbot.waitUntil(working(session))
    assert folder.database.exists()
    desk = session.window.desk
    assert desk is not None
    from ui.accounts.sign_in import SignInDialog

    qtbot.waitUntil(lambda: bool(desk.findChildren(SignInDialog)))
    dialog = desk.findChildren(SignInDialog)[0]
    dialog.handle.setText("me")
    dialog.secret.setText("wrong")
    dialog.go.click()
    qtbot.waitUntil(lambda: "did not accept" in dialog.problem.text())
    assert dialog.secret.text() == ""
    dialog.secret.setText("open sesame")
    dialog.go.click()
    qtbot.waitUntil(
        lambda: any("Connected as" in n.words.title for n in desk.messages.notices), timeout=10_000
    )
    qtbot.waitUntil(lambda: session.relay.idle)


def test_without_a_keyring_a_passphrase_is_asked_for(
    begin: Begin, qtbot: QtBot, keyring: MemorySecrets
) -> None:
    keyring.broken = KeyringMissing()
    session = begin()
    session.window.start.import_wanted.disconnect()
    session.window.start.connect_account.button.click()
    unlock = session.window.unlock
    unlock.use_keyring.click()
    qtbot.waitUntil(lambda: unlock.asked is Ask.NEW_WORDS)
    assert "no keyring" in unlock.problem.text()
    unlock.fields.passphrase.setText(WORDS)
    assert not unlock.go.isEnabled()
    unlock.fields.confirm.setText(WORDS + "x")
    assert not unlock.go.isEnabled()
    unlock.fields.confirm.setText(WORDS)
    unlock.go.click()
    qtbot.waitUntil(working(session))


def test_a_wrong_passphrase_says_so_and_the_right_one_opens(
    begin: Begin, qtbot: QtBot, keyring: MemorySecrets, folder: DataFolder
) -> None:
    UnlockService(folder, keyring).create_with_passphrase(WORDS)
    session = begin()
    unlock = session.window.unlock
    assert session.window.page is unlock
    assert unlock.asked is Ask.WORDS
    unlock.fields.passphrase.setText("not this one")
    unlock.go.click()
    qtbot.waitUntil(lambda: "does not open" in unlock.problem.text())
    assert unlock.fields.passphrase.text() == ""
    unlock.fields.passphrase.setText(WORDS)
    unlock.go.click()
    qtbot.waitUntil(lambda: session.window.page is session.window.start)


def test_a_locked_keyring_is_a_question_not_a_crash(
    begin: Begin, qtbot: QtBot, keyring: MemorySecrets, folder: DataFolder
) -> None:
    UnlockService(folder, keyring).create_with_keyring()
    keyring.broken = KeyringLocked()
    session = begin()
    qtbot.waitUntil(lambda: session.window.page is session.window.unlock)
    assert session.window.unlock.asked is Ask.KEYRING
    keyring.broken = None
    session.window.unlock.use_keyring.click()
    qtbot.waitUntil(lambda: session.window.page is session.window.start)


def test_damaged_data_say_why_and_stay(begin: Begin, qtbot: QtBot, folder: DataFolder) -> None:
    folder.prepare()
    folder.keyslots.write_text("not a key file", "utf-8")
    folder.keyslots.chmod(0o600)
    session = begin()
    assert session.window.page is session.window.problem
    assert "damage" in session.window.problem.title.text()
    assert folder.keyslots.read_text("utf-8") == "not a key file"


def test_looking_around_needs_no_protection_and_leaves_nothing(
    begin: Begin, qtbot: QtBot, folder: DataFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    session = begin()
    imported: list[str] = []
    monkeypatch.setattr("ui.shell.intake.Intake.import_sample", lambda self: imported.append("sample"))
    session.window.start.sample.button.click()
    qtbot.waitUntil(working(session))
    desk = session.window.desk
    assert desk is not None
    assert imported == ["sample"]
    assert not folder.database.exists()
    desk.sample.leave.click()
    qtbot.waitUntil(lambda: session.window.page is session.window.start)


def test_people_with_data_go_straight_to_work(
    begin: Begin, qtbot: QtBot, keyring: MemorySecrets, folder: DataFolder
) -> None:
    from made_up import received

    opened = UnlockService(folder, keyring).create_with_keyring()
    with app.bootstrap.open_services(opened) as services:
        services.ingest.take([received(1)], None)
    session = begin()
    qtbot.waitUntil(working(session))
    qtbot.waitUntil(lambda: session.relay.idle)
    session = begin()
    qtbot.waitUntil(working(session))
    qtbot.waitUntil(lambda: session.relay.idle)


def test_quick_hide_is_quick_and_tells_nothing(begin: Begin, qtbot: QtBot) -> None:
    session = begin()
    began = time.thread_time()
    session.window.quick_hide()
    # On a busy machine too: the first in CPU time, then the quickest of five by the clock.
    assert time.thread_time() - began < 0.2
    waited = []
    for _ in range(5):
        session.window.uncover()
        began = time.perf_counter()
        session.window.quick_hide()
        waited.append(time.perf_counter() - began)
    assert min(waited) < 0.2
    assert session.window.page is session.window.cover
    assert "reakwater" not in session.window.windowTitle()
    assert session.window.isMinimized()
    session.window.uncover()
    assert session.window.page is session.window.start
    assert session.window.windowTitle() == "Breakwater"


def test_a_discreet_title(begin: Begin) -> None:
    session = begin()
    session.preferences.set(discreet_titles=True)
    assert session.window.windowTitle() == "Notes"


def test_closing_ends_everything(begin: Begin, qtbot: QtBot) -> None:
    session = begin()
    session.window.closeEvent(QCloseEvent())
    session.close()
    assert session.runner.active() == ()


@pytest.mark.parametrize(
    ("typed", "level"),
    [("", 0), ("short", 0), ("aaaaaaaaaaaa", 0), ("eightlet", 1), ("twelve chars", 2), (WORDS, 3)],
)
def test_strength_goes_by_length(typed: str, level: int) -> None:
    assert strength_hint(typed)[0] == level


def test_the_problem_page_offers_a_way_on(begin: Begin, qtbot: QtBot) -> None:
    session = begin()
    tried: list[int] = []
    session.window.show_problem(DataDamaged(what="log"), lambda: tried.append(1))
    session.window.problem.action.click()
    session.window.problem.action.click()
    assert tried == [1]


def test_opening_the_window_loads_no_model_code() -> None:
    """The window must be painted before torch, and even polars, are worth their price."""
    code = (
        "import sys; import ui.shell.start, ui.shell.window, ui.shell.capture;"
        "heavy = {'torch', 'transformers', 'detoxify', 'onnxruntime', 'tokenizers', 'polars', 'scipy'};"
        "print(sorted(heavy & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def at_work(session: Session, qtbot: QtBot) -> Desk:
    """A new person under a passphrase, with the desk open."""
    session.window.start.connect_account.button.click()
    unlock = session.window.unlock
    unlock.instead.click()
    unlock.fields.passphrase.setText(WORDS)
    unlock.fields.confirm.setText(WORDS)
    unlock.go.click()
    qtbot.waitUntil(working(session))
    session.window.close_dialogs()
    assert session.window.desk is not None
    return session.window.desk


def test_a_locked_window_shows_nothing_until_the_passphrase_is_given(begin: Begin, qtbot: QtBot) -> None:
    session = begin()
    desk = at_work(session, qtbot)
    desk.connect_first()
    qtbot.waitUntil(lambda: session.relay.idle)
    session.lock()
    unlock = session.window.unlock
    assert session.window.page is unlock
    assert unlock.asked is Ask.LOCKED
    assert not any(dialog.isVisible() for dialog in session.window.findChildren(QDialog))
    QTest.keyClick(session.window, Qt.Key.Key_1, Qt.KeyboardModifier.ControlModifier)
    assert session.window.page is unlock
    unlock.fields.passphrase.setText("wrong words")
    unlock.go.click()
    qtbot.waitUntil(lambda: session.relay.idle)
    assert session.window.page is unlock
    assert unlock.problem.isVisible()
    unlock.fields.passphrase.setText(WORDS)
    unlock.go.click()
    qtbot.waitUntil(working(session))
    # The same desk: work went on behind the question.
    assert session.window.desk is desk


def test_the_window_locks_when_nobody_touches_it(begin: Begin, qtbot: QtBot) -> None:
    session = begin()
    at_work(session, qtbot)
    session._absence.wait(0.005)
    qtbot.waitUntil(lambda: session.window.unlock.asked is Ask.LOCKED)
    assert session.window.page is session.window.unlock


def test_a_covered_window_locks_behind_its_cover(begin: Begin, qtbot: QtBot) -> None:
    session = begin()
    at_work(session, qtbot)
    session.window.quick_hide()
    session.lock()
    assert session.window.covered
    session.window.uncover()
    assert session.window.page is session.window.unlock


def test_without_a_passphrase_there_is_nothing_to_lock_with(begin: Begin, qtbot: QtBot) -> None:
    session = begin()
    session.window.start.connect_account.button.click()
    session.window.unlock.use_keyring.click()
    qtbot.waitUntil(working(session))
    session.lock()
    assert working(session)()


def test_a_second_way_in_and_a_code_on_paper(begin: Begin, qtbot: QtBot, keyring: MemorySecrets) -> None:
    session = begin()
    session.window.start.connect_account.button.click()
    session.window.unlock.use_keyring.click()
    qtbot.waitUntil(working(session))
    session.window.close_dialogs()
    card = session.window.findChild(ProtectionCard)
    assert card is not None
    card._set_words(WORDS)
    card._make_code()
    qtbot.waitUntil(lambda: session.window.findChild(CodeOnce) is not None)
    shown = session.window.findChild(CodeOnce).code.text()
    code = "-".join(shown.split())
    session.window.close_dialogs()
    card._only_words()
    qtbot.waitUntil(lambda: session.window.unlock.asked is Ask.WORDS)
    qtbot.waitUntil(lambda: session.window.page is session.window.unlock)
    assert not keyring.kept
    unlock = session.window.unlock
    assert unlock.with_code.isVisible()
    unlock.with_code.click()
    assert unlock.asked is Ask.CODE
    unlock.fields.passphrase.setText(code.lower())
    unlock.go.click()
    qtbot.waitUntil(lambda: session.window.page is session.window.start)
