"""The window's inside over real services: what a person sees and does."""

from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QDialog
from pytestqt.qtbot import QtBot

from app.services.bundle import Services
from core.domain.classification import Category
from core.domain.inbox import InboxFilter, Queue, Review
from core.domain.response import ActionKind, ItemState
from core.errors import OutcomeUnknown
from core.system.settings import Reveal as Floor
from core.system.settings import Strictness
from ui.export.choices import Step
from ui.export.dialog import PacketDialog
from ui.inbox.reveal import Reveal
from ui.respond.preview import PreviewDialog
from ui.shell.desk import Desk
from ui.shell.places import Place

Settle = Callable[[], None]
Choose = Callable[[Queue | Category], None]
T = TypeVar("T", bound=QDialog)


@pytest.fixture
def choose(desk: Desk, settle: Settle, qtbot: QtBot) -> Callable[[Queue | Category], None]:
    """Opens a pile and chooses its first message."""

    def go(pile: Queue | Category) -> None:
        desk.presenter.choose(pile)
        settle()
        desk.inbox.choose_row(0)
        qtbot.waitUntil(lambda: desk.model.held(0) is not None)
        settle()

    return go


def dialog(desk: Desk, kind: type[T]) -> T:
    found = desk.findChildren(kind)
    assert found
    return found[-1]


def press(desk: Desk, qtbot: QtBot, key: Qt.Key) -> None:
    qtbot.keyClick(desk.inbox.list, key)


def test_it_opens_on_kindness(desk: Desk) -> None:
    assert desk.place is Place.INBOX
    assert desk.presenter.filter.queue is Queue.KIND_FIRST
    assert desk.inbox.queues.row(Queue.KIND_FIRST).isChecked()
    assert desk.model.rowCount() == 9 + 1
    assert desk.inbox.heading.text() == "People who wrote kindly"


def test_counts_stand_beside_the_piles(desk: Desk, filled: Services) -> None:
    counts = filled.inbox.counts()
    row = desk.inbox.queues.row(Queue.ABUSE)
    assert row.accessibleName() == f"Hidden, {counts.by_queue[Queue.ABUSE]}"
    assert desk.inbox.queues.row(Category.THREAT).accessibleName() == "Threat, 1"
    assert not desk.inbox.queues.row(Category.SLUR).isVisible()


def test_hidden_text_waits_to_be_asked_for_step_by_step(
    desk: Desk, settle: Settle, choose: Choose, qtbot: QtBot
) -> None:
    choose(Category.INSULT)
    box = desk.inbox.detail.text_box
    assert not box.text.isVisible()
    assert box.text.toPlainText() == ""
    press(desk, qtbot, Qt.Key.Key_Space)
    assert box.level is Reveal.MASKED
    assert "grobble" not in box.text.toPlainText()
    assert "•" in box.text.toPlainText()
    press(desk, qtbot, Qt.Key.Key_Space)
    assert box.level is Reveal.FULL
    assert "grobble" in box.text.toPlainText()
    assert len(box.text.extraSelections()) == 1
    press(desk, qtbot, Qt.Key.Key_Escape)
    assert box.text.toPlainText() == ""


def test_leaving_a_message_hides_it_again(desk: Desk, settle: Settle, choose: Choose, qtbot: QtBot) -> None:
    choose(Category.INSULT)
    desk.inbox.detail.text_box.show_full.click()
    assert desk.inbox.detail.text_box.level is Reveal.FULL
    press(desk, qtbot, Qt.Key.Key_J)
    settle()
    press(desk, qtbot, Qt.Key.Key_K)
    settle()
    assert desk.inbox.detail.text_box.level is Reveal.CATEGORY
    assert desk.inbox.detail.text_box.text.toPlainText() == ""


def test_going_to_another_place_hides_what_was_revealed(desk: Desk, settle: Settle, choose: Choose) -> None:
    choose(Category.INSULT)
    desk.presenter.reveal(Reveal.FULL)
    desk.go(Place.EVIDENCE)
    desk.go(Place.INBOX)
    settle()
    assert desk.inbox.detail.text_box.level is Reveal.CATEGORY


def test_a_friend_is_not_hidden(desk: Desk, settle: Settle, qtbot: QtBot) -> None:
    desk.presenter.search("pal")
    settle()
    desk.inbox.choose_row(0)
    qtbot.waitUntil(lambda: desk.model.held(0) is not None)
    settle()
    assert "grobble" in desk.inbox.detail.text_box.text.toPlainText()
    assert "You follow this person" in desk.inbox.detail.marks.text()
    assert not desk.inbox.detail.mute.isEnabled()


def test_what_cannot_be_scored_is_in_its_own_pile_and_hidden(
    desk: Desk, settle: Settle, choose: Choose
) -> None:
    choose(Queue.UNSCORED)
    assert desk.model.rowCount() == 1
    assert not desk.inbox.detail.text_box.text.isVisible()


def test_search_finds_and_clearing_returns(desk: Desk, settle: Settle, qtbot: QtBot) -> None:
    desk.top.search.setText("number 7")
    qtbot.waitUntil(lambda: desk.presenter.filter.search == "number 7")
    settle()
    assert desk.model.rowCount() == 1
    desk.top.search.clear()
    qtbot.waitUntil(lambda: desk.presenter.filter.search == "")
    settle()
    assert desk.model.rowCount() == 10


def test_an_empty_list_says_so(desk: Desk, settle: Settle) -> None:
    desk.presenter.search("nowhere to be found")
    settle()
    assert desk.inbox.empty.isVisible()
    assert desk.inbox.empty.title.text() == "Nothing found"


def test_a_list_that_cannot_be_read_offers_to_try_again(
    desk: Desk, settle: Settle, filled: Services, monkeypatch: pytest.MonkeyPatch
) -> None:
    from core.errors import DataDamaged

    def broken(chosen: InboxFilter) -> int:
        raise DataDamaged(what="database")

    with monkeypatch.context() as patch:
        patch.setattr(type(filled.inbox), "count", lambda self, chosen: broken(chosen))
        desk.presenter.choose(Queue.ALL)
        settle()
        assert desk.inbox.empty.title.text() == "A check found damage"
        assert desk.inbox.empty.action.isVisible()
    desk.inbox.empty.action.click()
    settle()
    assert desk.inbox.list.isVisible()


def test_mute_is_previewed_sent_and_undone(
    *, desk: Desk, settle: Settle, choose: Choose, qtbot: QtBot, testland: object, filled: Services
) -> None:
    choose(Category.INSULT)
    press(desk, qtbot, Qt.Key.Key_M)
    settle()
    preview = dialog(desk, PreviewDialog)
    assert preview.go.text() == "Mute one person"
    assert testland.acted == []  # type: ignore[attr-defined]  # the fixture's own type lives in conftest
    preview.go.click()
    settle()
    qtbot.waitUntil(lambda: bool(desk.messages.notices))
    assert testland.in_force == {(ActionKind.MUTE, "id-mean")}  # type: ignore[attr-defined]
    notice = desk.messages.notices[-1]
    assert notice.words.title == "One person muted"
    assert "Muted" in desk.inbox.detail.marks.text()
    assert notice.act is not None
    notice.act()
    settle()
    assert testland.in_force == set()  # type: ignore[attr-defined]
    assert filled.respond.batches()[0].items[0].state is ItemState.UNDONE


def test_cancelling_the_preview_sends_nothing(
    desk: Desk, settle: Settle, choose: Choose, qtbot: QtBot, testland: object
) -> None:
    choose(Category.INSULT)
    desk.inbox.detail.block.click()
    settle()
    preview = dialog(desk, PreviewDialog)
    preview.cancel.click()
    settle()
    assert testland.acted == []  # type: ignore[attr-defined]


def test_a_block_says_that_others_can_see_it_and_leaves_friends_out(
    desk: Desk, settle: Settle, qtbot: QtBot
) -> None:
    desk.presenter.choose(Queue.ALL)
    settle()
    desk.inbox.list.selectAll()
    settle()
    assert desk.inbox.bulk.isVisible()
    desk.presenter.act(ActionKind.BLOCK)
    settle()
    preview = dialog(desk, PreviewDialog)
    assert "anyone can see" in preview.findChildren(type(desk.inbox.heading))[1].text()
    assert preview.go.text() == "Block 12 people"
    assert preview.left_out.isVisible()
    preview.cancel.click()


def test_a_report_carries_the_reason(
    desk: Desk, settle: Settle, choose: Choose, qtbot: QtBot, filled: Services
) -> None:
    choose(Category.THREAT)
    press(desk, qtbot, Qt.Key.Key_R)
    settle()
    preview = dialog(desk, PreviewDialog)
    preview.reason.setEditText("threat of violence")
    preview.go.click()
    settle()
    qtbot.waitUntil(lambda: bool(desk.messages.notices))
    assert filled.respond.batches()[0].reason == "threat of violence"
    assert desk.messages.notices[-1].act is None


def test_an_unknown_outcome_is_shown_as_unknown(
    desk: Desk, settle: Settle, choose: Choose, qtbot: QtBot, testland: object
) -> None:
    def lost(sender: str) -> None:
        raise OutcomeUnknown(platform="Testland")

    testland.fail = lost  # type: ignore[attr-defined]
    choose(Category.INSULT)
    press(desk, qtbot, Qt.Key.Key_M)
    settle()
    dialog(desk, PreviewDialog).go.click()
    settle()
    desk.go(Place.ACTIVITY)
    settle()
    assert desk.activity.batches[0].items[0].state is ItemState.UNKNOWN


def test_activity_lists_and_undoes(
    desk: Desk, settle: Settle, choose: Choose, qtbot: QtBot, testland: object
) -> None:
    choose(Category.INSULT)
    press(desk, qtbot, Qt.Key.Key_B)
    settle()
    dialog(desk, PreviewDialog).go.click()
    settle()
    desk.go(Place.ACTIVITY)
    settle()
    assert len(desk.activity.batches) == 1
    desk.flow.undo(desk.activity.batches[0].id)
    settle()
    assert testland.in_force == set()  # type: ignore[attr-defined]
    assert desk.activity.batches[0].items[0].state is ItemState.UNDONE


def test_this_is_fine_moves_the_message(desk: Desk, settle: Settle, choose: Choose, qtbot: QtBot) -> None:
    choose(Category.THREAT)
    press(desk, qtbot, Qt.Key.Key_F)
    settle()
    assert desk.inbox.queues.row(Queue.NEEDS_ATTENTION).accessibleName().endswith(", 0")
    assert desk.model.rowCount() == 0
    notice = desk.messages.notices[-1]
    assert notice.words.title == "One message marked as fine"
    assert notice.act is not None
    notice.act()
    settle()
    assert desk.model.rowCount() == 1


def test_what_was_missed_can_be_marked_and_unmarked(
    desk: Desk, settle: Settle, choose: Choose, qtbot: QtBot, filled: Services
) -> None:
    choose(Queue.KIND_FIRST)
    desk.inbox.choose_row(1)
    settle()
    before = filled.inbox.counts().by_queue[Queue.ABUSE]
    assert desk.inbox.detail.hostile.isVisible()
    press(desk, qtbot, Qt.Key.Key_H)
    settle()
    assert filled.inbox.counts().by_queue[Queue.ABUSE] == before + 1
    notice = desk.messages.notices[-1]
    assert notice.act is not None
    notice.act()
    settle()
    assert filled.inbox.counts().by_queue[Queue.ABUSE] == before


def test_everything_chosen_is_set_aside_at_once(desk: Desk, settle: Settle, filled: Services) -> None:
    desk.presenter.choose(Queue.ALL)
    settle()
    desk.inbox.list.selectAll()
    assert desk.inbox.bulk_words.text() == "15 chosen"
    desk.presenter.review(Review.ASIDE)
    settle()
    assert filled.inbox.counts().by_queue[Queue.SET_ASIDE] == 15


def test_new_messages_appear_after_a_check(
    desk: Desk, settle: Settle, qtbot: QtBot, testland: object
) -> None:
    from made_up import author, received

    testland.inbox = [received(90, "a new kind word", author("newcomer"))]  # type: ignore[attr-defined]
    desk.top.sync.click()
    qtbot.waitUntil(lambda: desk.model.rowCount() == 11)
    settle()


def test_files_are_imported_and_bad_rows_named(
    desk: Desk, settle: Settle, qtbot: QtBot, tmp_path: Path
) -> None:
    path = tmp_path / "saved.jsonl"
    path.write_text('{"post_id": "1", "author_id": "a", "text": "good day"}\n{"post_id": 2}\n', "utf-8")
    desk.intake.import_files([path])
    qtbot.waitUntil(lambda: bool(desk.messages.notices))
    settle()
    words = desk.messages.notices[-1].words
    assert "one new message" in words.title
    assert "Line 2" in words.explanation


def test_the_log_is_checked(desk: Desk, settle: Settle) -> None:
    desk.go(Place.EVIDENCE)
    settle()
    assert len(desk.evidence.log.root.text().replace(" ", "")) == 44
    desk.evidence.check.click()
    settle()
    assert desk.evidence.result_title.text() == "The log holds"
    desk.evidence.log.copy.click()
    assert QApplication.clipboard().text() == desk.evidence.log.root.text().replace(" ", "")


def test_a_packet_is_made_checked_and_a_changed_one_refused(
    desk: Desk, settle: Settle, qtbot: QtBot, tmp_path: Path
) -> None:
    desk.go(Place.EVIDENCE)
    desk.evidence.export.click()
    settle()
    asked = dialog(desk, PacketDialog)
    while asked.step is not Step.WRITE:
        asked.go.click()
        settle()
    asked.write_page.folder.setText(str(tmp_path))
    asked.write_page.as_zip.setChecked(False)
    asked.go.click()
    qtbot.waitUntil(lambda: asked.step is Step.DONE)
    settle()
    assert "what happened" in asked.done_page.missing.text()
    asked.done_page.check.click()
    settle()
    assert "the packet holds" in desk.evidence.result_title.text()
    packet = next(path for path in tmp_path.iterdir() if (path / "bagit.txt").exists())
    changed = next(path for path in packet.rglob("*.jsonl"))
    changed.write_bytes(changed.read_bytes().replace(b"grobble", b"gribble", 1))
    desk.evidence.verify_packet(packet)
    settle()
    assert "refused" in desk.evidence.result_title.text()


def test_settings_take_effect(desk: Desk, settle: Settle, tmp_path: Path) -> None:
    desk.judging.hiding.reveal.setCurrentIndex(0)
    assert desk.model.floor is Reveal.COUNT
    desk.judging.hiding.level.setCurrentIndex(2)
    settle()
    assert not (tmp_path / "settings.json").read_text("utf-8").count(Strictness.STRICT.value)
    desk.judging.hiding.apply()
    settle()
    text = (tmp_path / "settings.json").read_text("utf-8")
    assert Floor.COUNT.value in text
    assert Strictness.STRICT.value in text


@pytest.mark.parametrize("place", list(Place))
def test_every_place_draws(desk: Desk, settle: Settle, place: Place) -> None:
    desk.go(place)
    settle()
    assert not desk.grab().isNull()
    assert desk.top.title.text()
