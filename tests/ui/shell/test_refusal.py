"""What someone who clicked the icon sees when the window cannot open."""

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from core.errors import AlreadyRunning
from ui.shell.refusal import refusal_box


def test_it_says_why_in_plain_text(qtbot: QtBot) -> None:
    box = refusal_box(AlreadyRunning(path="<b>/home/someone</b>"))
    qtbot.addWidget(box)
    assert box.textFormat() is Qt.TextFormat.PlainText
    assert box.text()
    assert box.informativeText()
