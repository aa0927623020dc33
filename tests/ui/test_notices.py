"""Notices: a problem is not hidden by good news, and not dismissed before it could be read."""

import pytest
from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QPushButton, QScrollArea
from pytestqt.qtbot import QtBot

from ui.messages import Words
from ui.notices import MessageCenter, Notice
from ui.theme.theme import Theme
from ui.widgets.untrusted_text import PlainLabel


@pytest.fixture
def center(qtbot: QtBot, theme: Theme) -> MessageCenter:
    """Nothing in it yet."""
    made = MessageCenter(theme)
    qtbot.addWidget(made)
    made.resize(900, 700)
    return made


def bad(n: int, why: str = "") -> Notice:
    return Notice(Words(f"problem {n}", why, ""))


def good(n: int) -> Notice:
    return Notice(Words(f"good {n}", "", ""), good=True)


def post(center: MessageCenter, *notices: Notice) -> None:
    for notice in notices:
        center.post(notice)


def titles(center: MessageCenter) -> list[str]:
    """The strips from top to bottom, as they stand in the layout."""
    layout = center._strips.layout()
    assert layout is not None
    strips = [layout.itemAt(n).widget() for n in range(layout.count())]
    return [strip.findChildren(PlainLabel)[0].text() for strip in strips if strip is not None]


def button(center: MessageCenter, words: str) -> QPushButton | None:
    # A widget that was added to a window on show appears with the next event.
    QCoreApplication.processEvents()
    found = [b for b in center.findChildren(QPushButton) if b.text() == words and b.isVisible()]
    return found[0] if found else None


def press(center: MessageCenter, words: str) -> None:
    found = button(center, words)
    assert found is not None
    found.click()


def test_an_old_problem_stands_above_newer_good_news(center: MessageCenter) -> None:
    post(center, bad(1), good(1), good(2), good(3))
    assert titles(center) == ["problem 1", "good 3"]


def test_many_problems_leave_room_for_the_newest_good_notice(center: MessageCenter) -> None:
    post(center, bad(1), bad(2), good(1), bad(3), good(2))
    assert titles(center) == ["problem 3", "problem 2", "good 2"]
    shown = " ".join(label.text() for label in center.findChildren(PlainLabel))
    assert "1 more problem, 1 earlier notice" in shown


def test_good_news_is_dismissed_together_and_problems_stay(center: MessageCenter) -> None:
    post(center, bad(1), bad(2), bad(3), good(1), good(2))
    assert button(center, "Dismiss all") is None
    press(center, "Dismiss all but problems")
    assert [n.words.title for n in center.notices] == ["problem 1", "problem 2", "problem 3"]
    assert button(center, "Dismiss all but problems") is None
    center.dismiss(center.notices[0])
    assert titles(center) == ["problem 3", "problem 2"]


def test_listed_problems_can_be_dismissed_but_not_one_that_came_after(center: MessageCenter) -> None:
    post(center, bad(1), bad(2), bad(3), good(1))
    press(center, "Show all")
    assert titles(center) == ["problem 3", "problem 2", "problem 1", "good 1"]
    assert button(center, "Dismiss all") is not None
    # The first comes again, and a new one: neither was in the list.
    post(center, bad(4), bad(1))
    center.dismiss_all()
    assert titles(center) == ["problem 1", "problem 4"]


def test_only_good_news_goes_at_once(center: MessageCenter) -> None:
    post(center, good(1), good(2), good(3))
    press(center, "Dismiss all")
    assert center.notices == ()
    assert center.isHidden()


def test_the_full_list_scrolls_and_folded_strips_are_whole(center: MessageCenter, qtbot: QtBot) -> None:
    post(center, *(bad(n, "A long explanation of what went wrong. " * 8) for n in range(12)))
    center.show()
    qtbot.waitExposed(center)
    (area,) = center.findChildren(QScrollArea)
    assert area.verticalScrollBar().maximum() == 0
    layout = center._strips.layout()
    assert layout is not None
    for strip in (layout.itemAt(n).widget() for n in range(layout.count())):
        assert strip is not None
        assert strip.height() >= strip.heightForWidth(strip.width()) > 60
        assert not strip.visibleRegion().isEmpty()
        assert strip.visibleRegion().boundingRect().height() == strip.height()
    center.list_all()
    qtbot.waitUntil(lambda: area.verticalScrollBar().maximum() > 0)
    assert area.height() <= 340
    center.hide()
