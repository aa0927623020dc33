"""The groups screen over real services: reading why, deciding, and taking it back."""

import shutil
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
from made_campaign import SCRIPT
from PySide6.QtCore import QCoreApplication, QEvent, QItemSelectionModel, QPoint, QRect, Qt
from PySide6.QtGui import QHelpEvent
from PySide6.QtWidgets import QFileDialog, QScrollArea, QToolTip, QWidget
from pytestqt.qtbot import QtBot

from app.services.bundle import Services
from core.coordination.edits import side_by_side
from core.domain.campaign import CampaignState, SplitHalf, SplitOffer, TakenDown
from core.domain.ids import SenderId
from ui.groups.asking import NameDialog, SplitDialog
from ui.groups.group_row import GroupRow
from ui.groups.texts import EditedText, coarse
from ui.groups.words import taken_down
from ui.settings.preferences import PreferenceStore
from ui.shell.desk import Desk
from ui.shell.job_relay import JobRelay
from ui.shell.places import Place
from ui.theme.theme import Theme
from ui.theme.tokens import Scheme
from ui.widgets.reading_text import ReadingText

Settle = Callable[[], None]


@pytest.fixture
def desk(
    *, qtbot: QtBot, theme: Theme, found: Services, relay: JobRelay, tmp_path: Path, settle: Settle
) -> Desk:
    desk = Desk(
        theme,
        found,
        relay,
        preferences=PreferenceStore(tmp_path / "settings.json"),
        now=lambda: datetime.now(UTC),
    )
    qtbot.addWidget(desk)
    desk.resize(1280, 800)
    desk.show()
    desk.go(Place.GROUPS)
    settle()
    return desk


def undo_last(desk: Desk, settle: Settle) -> None:
    notice = desk.messages.notices[-1]
    assert notice.act is not None
    notice.act()
    settle()
    settle()


def test_the_largest_is_shown_with_figures_and_hidden_texts(desk: Desk, settle: Settle) -> None:
    screen = desk.groups
    assert [card.senders for card in screen.cards] == [16, 9]
    assert screen.detail.title.text() == "Group 1"
    assert screen.detail.strength.text().endswith("16 senders")
    why = screen.detail.why
    assert why is not None
    assert not why.texts.revealed
    assert why.texts.findChildren(EditedText) == []
    why.texts.toggle.click()
    assert why.texts.revealed
    shown = " ".join(one.toPlainText() for one in why.texts.findChildren(EditedText))
    assert all(text[:20] in shown for text in SCRIPT)
    desk.go(Place.INBOX)
    assert not why.texts.revealed
    settle()


def test_pages_are_read_when_they_are_opened(desk: Desk, settle: Settle, qtbot: QtBot) -> None:
    detail = desk.groups.detail
    assert detail.who.senders.model.rowCount() == 0
    detail.open_page(2)
    settle()
    assert detail.who.senders.model.rowCount() == 16
    assert detail.who.graph.canvas.isVisible()
    detail.open_page(1)
    settle()
    assert "everybody else sent" in detail.over_time.timeline.summary.text()
    assert not detail.over_time.words.isChecked()
    detail.over_time.timeline.as_table.click()
    assert detail.over_time.timeline.table.rowCount() > 5
    assert not detail.over_time.timeline.canvas.isVisible()
    detail.over_time.timeline.as_table.click()
    detail.open_page(0)
    settle()


@pytest.mark.qt_log_ignore("propagateSizeHints", r"raise\(\)")
def test_names_without_room_are_counted_under_the_drawing_and_said_when_pointed_at(
    desk: Desk, settle: Settle, qtbot: QtBot
) -> None:
    desk.groups.detail.open_page(2)
    settle()
    who = desk.groups.detail.who
    panel, canvas = who.graph, who.graph.canvas
    assert panel.left_out.isHidden()
    who.handles.setChecked(True)
    settle()
    graph, tokens = who._graph, canvas._theme.tokens
    assert graph is not None
    graph = graph.labelled(numbers=False, handles=True, words=False)
    assert panel.left_out.text().startswith(graph.left_out(canvas._box(), tokens))
    assert panel.left_out.isHidden() is (graph.left_out(canvas._box(), tokens) == "")
    places, dots = graph._dots(graph._view(canvas._box(), tokens))
    spot = QPoint(*(round(one) for one in dots[0]))
    QCoreApplication.sendEvent(canvas, QHelpEvent(QEvent.Type.ToolTip, spot, canvas.mapToGlobal(spot)))
    assert graph.graph.handles[int(places[0])] in QToolTip.text()
    QCoreApplication.sendEvent(canvas, QHelpEvent(QEvent.Type.ToolTip, QPoint(1, 1), QPoint(1, 1)))
    qtbot.waitUntil(lambda: not QToolTip.isVisible())
    panel.as_table.click()
    assert panel.left_out.isHidden()
    panel.as_table.click()


def test_all_together(desk: Desk, settle: Settle) -> None:
    desk.groups.show_overview()
    settle()
    assert desk.groups.overview.timeline.canvas.isVisible()
    assert "25 senders" in desk.groups.overview.graph.summary.text()
    desk.groups._show_card(desk.groups.cards[0])
    settle()


def test_a_dismissed_group_leaves_the_list_and_returns_when_undone(
    desk: Desk, settle: Settle, qtbot: QtBot
) -> None:
    screen = desk.groups
    key = screen.cards[0].key
    screen.detail.dismiss_wanted.emit()
    settle()
    settle()
    assert [card.senders for card in screen.cards] == [9]
    assert screen.others.isVisible()
    screen.others.click()

    def rows() -> list[GroupRow]:
        return [row for row in screen.findChildren(GroupRow) if row.key == key and row.isVisible()]

    qtbot.waitUntil(lambda: len(rows()) == 1)
    assert "Dismissed by you" in rows()[0].accessibleName()
    rows()[0].click()
    settle()
    assert not screen.detail.mute.isVisible()
    assert screen.detail.why is not None
    undo_last(desk, settle)
    assert [card.senders for card in screen.cards] == [16, 9]
    assert {card.state for card in screen.cards} == {CampaignState.ACTIVE}


def test_senders_are_taken_out_and_put_back(desk: Desk, settle: Settle) -> None:
    screen = desk.groups
    screen.prefer(screen.cards[0].key)
    screen.refresh()
    settle()
    screen.detail.open_page(2)
    settle()
    senders = screen.detail.who.senders
    assert not senders.take_out.isEnabled()
    flags = QItemSelectionModel.SelectionFlag
    for row in (1, 4):
        senders.view.selectionModel().select(senders.model.index(row, 0), flags.Select | flags.Rows)
    assert senders.take_out.text() == "Take 2 out of this group"
    senders.take_out.click()
    settle()
    settle()
    assert screen.cards[0].senders == 14
    assert "2 senders are taken out" in desk.messages.notices[-1].words.title
    undo_last(desk, settle)
    assert screen.cards[0].senders == 16


def test_a_name_of_ones_own(desk: Desk, settle: Settle, qtbot: QtBot) -> None:
    screen = desk.groups
    screen.prefer(screen.cards[0].key)
    screen.refresh()
    settle()
    screen.detail.rename.click()
    dialog = screen.findChildren(NameDialog)[-1]
    dialog.field.setText("Ferry people")
    qtbot.keyClick(dialog.field, Qt.Key.Key_Return)
    settle()
    settle()
    assert screen.detail.title.text() == "\u2068Ferry people\u2069"
    undo_last(desk, settle)
    assert screen.detail.title.text() == "Group 1"


def test_what_does_not_fall_in_two_is_not_split(desk: Desk, settle: Settle) -> None:
    desk.groups.detail.split_wanted.emit()
    settle()
    dialogs = desk.groups.findChildren(SplitDialog)
    if dialogs:  # it does: the offer says how many go where, and cancelling changes nothing
        dialogs[-1].reject()
        settle()
    else:
        assert "does not fall into two" in desk.messages.notices[-1].words.title
    assert [card.senders for card in desk.groups.cards] == [16, 9]


@pytest.mark.parametrize("percent", [100, 130])
@pytest.mark.parametrize("times", [1, 12])
def test_texts_of_a_split_are_whole(qtbot: QtBot, percent: int, times: int) -> None:
    theme = Theme(Scheme.LIGHT, percent)
    theme.apply()
    halves = [
        SplitHalf((SenderId(n),), 3, tuple(f"{text} " * times for text in SCRIPT[n : n + 3])) for n in (0, 3)
    ]
    owner = QWidget()
    qtbot.addWidget(owner)
    dialog = SplitDialog(theme, SplitOffer("k", *halves), owner, lambda: None)
    dialog.show()
    qtbot.waitExposed(dialog)
    folded = dialog.height()
    dialog.look.click()
    qtbot.waitUntil(lambda: dialog.height() > folded)
    (area,) = dialog.findChildren(QScrollArea)
    texts = dialog.findChildren(ReadingText)
    assert len(texts) == 6

    def whole() -> None:
        for text in texts:
            assert text.height() >= text.sizeHint().height()
            box = text.parentWidget()
            assert box.rect().contains(text.geometry())
            assert area.widget().rect().contains(QRect(box.mapTo(area.widget(), QPoint()), box.size()))

    qtbot.waitUntil(whole)
    assert dialog.height() <= dialog.screen().availableGeometry().height()
    assert (area.verticalScrollBar().maximum() > 0) is (times == 12)
    dialog.reject()


def test_a_picture_is_saved_with_its_note(
    desk: Desk, settle: Settle, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk.groups.detail.open_page(1)
    settle()
    path = tmp_path / "mine"
    chosen = (str(path), "Drawing (*.svg)")
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: chosen)
    desk.groups.detail.over_time.hours.save.click()
    settle()
    assert (tmp_path / "mine.svg").read_bytes().startswith(b"<?xml")
    assert "Hours do not say where" in (tmp_path / "mine.method.txt").read_text()
    assert "mine.method.txt" in desk.messages.notices[-1].words.explanation
    shutil.rmtree(tmp_path)


def test_coarse_edits_lose_nothing() -> None:
    texts = [
        "She sold this town for a dinner, never forget it",
        "She s0ld th1s town for dinners; never f0rget",
        "",
    ]
    for edits in side_by_side(texts):
        made = coarse(edits)
        assert len(made) <= len(edits)
        assert "".join(one.text for one in made if one.change.value != "removed") == "".join(
            one.text for one in edits if one.change.value != "removed"
        )
        assert "".join(one.text for one in made if one.change.value != "added") == texts[0]


def test_takedowns_are_told_as_far_as_known() -> None:
    when = datetime(2026, 3, 1, tzinfo=UTC)
    assert "Nobody has looked yet" in taken_down(TakenDown(9, 0, 0, 0, 0, 0, 0, 0, None))
    assert "All 9 messages looked at" in taken_down(TakenDown(9, 9, 9, 0, 0, 0, 0, 0, when))
    said = taken_down(TakenDown(20, 9, 2, 3, 2, 1, 1, 4, when))
    for part in ("Of 9 messages", "3 are deleted", "2 went with", "1 belong", "4 senders are gone"):
        assert part in said
