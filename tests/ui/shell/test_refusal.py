"""What someone who clicked the icon sees when the window cannot open."""

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from core.errors import AlreadyRunning
from core.system.settings import Settings
from ui.shell.refusal import refusal_box


def test_it_says_why_in_plain_text(qtbot: QtBot) -> None:
    box = refusal_box(AlreadyRunning(path="<b>/home/someone</b>"), Settings())
    qtbot.addWidget(box)
    assert box.textFormat() is Qt.TextFormat.PlainText
    assert box.text()
    assert box.informativeText()


def test_whoever_chose_another_name_sees_that_one(qtbot: QtBot) -> None:
    box = refusal_box(AlreadyRunning(path="/home/someone/breakwater"), Settings(discreet_titles=True))
    qtbot.addWidget(box)
    assert box.windowTitle() == "Notes"
    assert "reakwater" not in box.text() + box.informativeText()
