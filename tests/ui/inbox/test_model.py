import time
from datetime import UTC, datetime

from made_rows import made_row
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from ui.inbox.mention_list import MentionList
from ui.inbox.model import PAGE, REVEAL_ROLE, ROW_ROLE, MentionModel
from ui.inbox.reveal import Reveal
from ui.theme.theme import Theme

HUNDRED_THOUSAND = 100_000


def page_of(page: int) -> list[object]:
    return [made_row(page * PAGE + n) for n in range(PAGE)]


def test_a_page_is_asked_for_once_and_then_held(qtbot: QtBot) -> None:
    model = MentionModel()
    model.restart(250)
    asked: list[int] = []
    model.page_wanted.connect(asked.append)
    assert model.row_at(120) is None
    assert model.row_at(121) is None
    assert asked == [1]
    model.put_page(1, page_of(1))
    found = model.row_at(120)
    assert found is not None
    assert found.mention_id == 120


def test_a_failed_page_can_be_asked_for_again(qtbot: QtBot) -> None:
    model = MentionModel()
    model.restart(10)
    asked: list[int] = []
    model.page_wanted.connect(asked.append)
    model.row_at(0)
    model.page_failed(0)
    model.row_at(0)
    assert asked == [0, 0]


def test_a_hundred_thousand_rows_cost_a_screenful(qtbot: QtBot, theme: Theme) -> None:
    model = MentionModel()
    view = MentionList(theme, model, lambda: datetime.now(UTC))
    qtbot.addWidget(view)
    asked: list[int] = []
    model.page_wanted.connect(asked.append)
    model.page_wanted.connect(lambda page: model.put_page(page, page_of(page)))
    view.resize(500, 700)
    view.show()
    began = time.thread_time()
    model.restart(HUNDRED_THOUSAND)
    # A list view needs a second here; CPU time, whatever the machine does beside it.
    assert time.thread_time() - began < 0.5
    qtbot.waitUntil(lambda: 0 in asked)
    view.scrollToBottom()
    last = HUNDRED_THOUSAND // PAGE - 1
    qtbot.waitUntil(lambda: last in asked)
    view.grab()
    assert len(asked) < 6
    view.selectAll()
    assert view.ranges() == [range(HUNDRED_THOUSAND)]


def test_rows_far_away_are_let_go(qtbot: QtBot) -> None:
    model = MentionModel()
    model.restart(HUNDRED_THOUSAND)
    for page in range(60):
        model.put_page(page, page_of(page))
    assert len(model.loaded()) <= 24 * PAGE


def test_one_message_is_revealed_at_a_time(qtbot: QtBot) -> None:
    model = MentionModel()
    model.restart(3)
    rows = [made_row(n) for n in range(3)]
    model.put_page(0, rows)
    model.reveal(rows[0].mention_id, Reveal.FULL)
    assert model.level_of(rows[0]) is Reveal.FULL
    model.reveal(rows[1].mention_id, Reveal.MASKED)
    assert model.level_of(rows[0]) is Reveal.CATEGORY
    assert model.index(1).data(REVEAL_ROLE) is Reveal.MASKED
    model.hide_all()
    assert model.level_of(rows[1]) is Reveal.CATEGORY


def test_a_screen_reader_hears_only_what_may_be_seen(qtbot: QtBot) -> None:
    model = MentionModel()
    model.restart(1)
    model.put_page(0, [made_row(0)])
    for role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
        assert "grobble" not in model.index(0).data(role)
    model.set_floor(Reveal.COUNT)
    assert model.index(0).data(Qt.ItemDataRole.AccessibleTextRole) == "One hidden message"
    assert model.index(0).data(ROW_ROLE) is not None


def test_growth_and_shrinking_keep_what_is_held(qtbot: QtBot) -> None:
    model = MentionModel()
    model.restart(150)
    model.put_page(0, page_of(0))
    asked: list[int] = []
    model.page_wanted.connect(asked.append)
    model.resize(160)
    assert model.rowCount() == 160
    assert model.row_at(0) is not None
    assert asked == [0]
    model.resize(40)
    assert model.rowCount() == 40
    assert model.row_at(60) is None or model.index(60).row() == -1


def test_only_changed_rows_are_announced(qtbot: QtBot) -> None:
    model = MentionModel()
    model.restart(3)
    rows = [made_row(n) for n in range(3)]
    model.put_page(0, rows)
    heard: list[tuple[int, int]] = []
    model.dataChanged.connect(lambda first, last, roles: heard.append((first.row(), last.row())))
    model.put_page(0, [rows[0], made_row(1, text="another text"), rows[2]])
    assert heard == [(1, 1)]
