"""A text for reading is as tall as its script needs."""

import pytest
from pytestqt.qtbot import QtBot

from ui.theme.theme import Theme
from ui.widgets.reading_text import ReadingText

TEXTS = {
    "latin": "The ferry leaves at nine and the harbour is quiet until then. " * 4,
    "han": "她拿了别人的钱就来写我们的港口，这种人不配谈良心。" * 4,
    "arabic": "شكرا لك على هذا المقال الطويل عن الميناء القديم والمدينة. " * 4,
    "paragraphs": "one\nصباح الخير\n早上好\nfour",
}


@pytest.mark.parametrize("script", list(TEXTS))
def test_nothing_is_cut_off(qtbot: QtBot, theme: Theme, script: str) -> None:
    made = ReadingText(theme)
    qtbot.addWidget(made)
    made.resize(380, 20)
    made.show_untrusted(TEXTS[script])
    made.show()
    qtbot.waitExposed(made)
    assert made.verticalScrollBar().maximum() == 0
    made.hide()


def test_a_very_long_one_scrolls_from_its_beginning(qtbot: QtBot, theme: Theme) -> None:
    made = ReadingText(theme)
    qtbot.addWidget(made)
    made.resize(380, 20)
    made.show_untrusted(TEXTS["arabic"] * 30)
    made.show()
    qtbot.waitExposed(made)
    assert made.height() <= 360
    assert made.verticalScrollBar().maximum() > 0
    assert made.verticalScrollBar().value() == 0
    made.hide()
