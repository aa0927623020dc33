"""Whoever calls the window by another name sees the program's own nowhere before the data are open."""

import json
from collections.abc import Iterator

import pytest
from memory_secrets import MemorySecrets
from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QAbstractButton, QLabel, QWidget
from pytestqt.qtbot import QtBot

import app.bootstrap
from app.services.unlock import UnlockService
from core.errors import AppError, DataDamaged, KeyringLocked, PassphraseWrong
from core.system.paths import DataFolder
from core.system.settings import Settings, save_settings
from ui.naming import use_name
from ui.settings.protection import NewPassphrase
from ui.shell.start import Doors, Session
from ui.shell.unlock import Ask
from ui.widgets.ask import ask, open_dialog

PROBLEMS: tuple[AppError | None, ...] = (
    None,
    PassphraseWrong(),
    KeyringLocked(),
    DataDamaged(what="settings"),
)


@pytest.fixture
def session(
    qtbot: QtBot, testland: object, request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Session]:
    """A start with nothing but the settings file, which asks for the other name unless told otherwise."""
    folder = DataFolder(tmp_path_factory.mktemp("quiet") / "data")
    folder.prepare()
    save_settings(folder.settings, Settings(discreet_titles=getattr(request, "param", True)))
    assert all(isinstance(value, (str, bool)) for value in json.loads(folder.settings.read_text()).values())
    doors = Doors(
        UnlockService(folder, MemorySecrets()), app.bootstrap.open_services, app.bootstrap.open_sample
    )
    session = Session(doors)
    session.window.show()
    session.begin()
    qtbot.waitUntil(lambda: session.relay.idle)
    yield session
    session.close()
    use_name(Settings())


def said(widget: QWidget) -> str:
    """Everything that is shown or read out."""
    parts = [widget.window().windowTitle(), QCoreApplication.applicationName()]
    for one in [widget, *widget.findChildren(QWidget)]:
        parts += [one.accessibleName(), one.accessibleDescription(), one.toolTip(), one.windowTitle()]
        if isinstance(one, (QLabel, QAbstractButton)):
            parts.append(one.text())
    return "\n".join(parts)


def test_no_page_before_unlocking_says_the_name(session: Session) -> None:
    window = session.window
    assert window.page is window.start
    assert "Notes gathers" in said(window)
    for question in Ask:
        for problem in PROBLEMS:
            window.unlock.ask(question, problem, words_too=True, code_too=True)
            window.show_page(window.unlock)
            assert "reakwater" not in said(window)
    for problem in PROBLEMS[1:]:
        assert problem is not None
        window.show_problem(problem)
        assert "reakwater" not in said(window)


@pytest.mark.parametrize("session", [False], indirect=True)
def test_a_name_chosen_later_is_used_on_every_page(session: Session) -> None:
    window = session.window
    assert "Breakwater gathers" in said(window)
    session.preferences.set(discreet_titles=True)
    window.show_page(window.unlock)
    window.show_page(window.start)
    assert "reakwater" not in said(window)
    session.preferences.set(discreet_titles=False)
    assert window.windowTitle() == "Breakwater"


@pytest.mark.parametrize(
    ("session", "titles"),
    [(True, ["Notes", "Notes"]), (False, ["One question", "Passphrase"])],
    indirect=["session"],
)
def test_titles_of_dialogs_say_no_more_than_the_window(session: Session, titles: list[str]) -> None:
    question = ask(session.theme, session.window, "Disconnect?", "Really.", "Disconnect", lambda: None)
    words = NewPassphrase(session.theme, session.window)
    open_dialog(words)
    assert [question.windowTitle(), words.windowTitle()] == titles
    question.reject()
    words.reject()
