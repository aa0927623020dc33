"""The same story told with the mouse: the real window over a real network."""

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import TypeVar

import pytest
from bluesky_testbed import BlueskyTestbed
from PySide6.QtWidgets import QDialog
from pytestqt.qtbot import QtBot
from scene import Scene

from app.services.bundle import Services
from app.services.verify import verify_file
from core.domain.classification import Category
from core.domain.inbox import InboxFilter, Queue
from ui.export.choices import Step
from ui.export.dialog import PacketDialog
from ui.inbox.reveal import Reveal
from ui.respond.preview import PreviewDialog
from ui.settings.preferences import PreferenceStore
from ui.shell.desk import Desk
from ui.shell.job_relay import JobRelay
from ui.shell.places import Place
from ui.theme.theme import Theme
from ui.theme.tokens import Scheme

pytestmark = [
    pytest.mark.testbed,
    pytest.mark.slow,
    pytest.mark.timeout(600),
    pytest.mark.qt_log_ignore("propagateSizeHints"),
]

D = TypeVar("D", bound=QDialog)


@pytest.fixture
def desk(
    qtbot: QtBot, services: Services, relay: JobRelay, settle: Callable[[], None], tmp_path: Path
) -> Desk:
    theme = Theme(Scheme.LIGHT)
    theme.apply()
    preferences = PreferenceStore(tmp_path / "settings.json")
    desk = Desk(theme, services, relay, preferences=preferences, now=lambda: datetime.now(UTC))
    qtbot.addWidget(desk)
    desk.resize(1280, 800)
    desk.show()
    settle()
    return desk


def newest(desk: Desk, kind: type[D]) -> D:
    return desk.findChildren(kind)[-1]


def test_the_window_shows_it_and_hides_what_hurts(
    desk: Desk, scene: Scene, settle: Callable[[], None], qtbot: QtBot
) -> None:
    assert desk.presenter.filter.queue is Queue.KIND_FIRST
    desk.presenter.choose(Category.THREAT)
    settle()
    desk.inbox.choose_row(0)
    qtbot.waitUntil(lambda: desk.model.held(0) is not None)
    settle()
    box = desk.inbox.detail.text_box
    assert box.text.toPlainText() == ""
    desk.presenter.reveal(Reveal.FULL)
    settle()
    assert "kill you" in box.text.toPlainText()
    assert scene.stalker.handle in desk.model.held(0).handle


@pytest.mark.usefixtures("brisk")
def test_mute_the_group_and_undo_by_button(
    desk: Desk, scene: Scene, bluesky: BlueskyTestbed, settle: Callable[[], None], qtbot: QtBot
) -> None:
    desk.go(Place.GROUPS)
    settle()
    desk.groups.detail.mute.click()
    settle()
    preview = newest(desk, PreviewDialog)
    assert preview.go.text() == "Mute 8 people"
    preview.go.click()
    qtbot.waitUntil(lambda: bool(desk.messages.notices))
    settle()
    for person in scene.campaign:
        bluesky.wait_for_viewer(scene.target, person, "muted", True)
    undo = desk.messages.notices[-1].act
    assert undo is not None
    undo()
    settle()
    for person in scene.campaign:
        bluesky.wait_for_viewer(scene.target, person, "muted", False)


def test_a_packet_made_by_button_verifies(
    desk: Desk, services: Services, settle: Callable[[], None], tmp_path: Path, qtbot: QtBot
) -> None:
    desk.go(Place.EVIDENCE)
    settle()
    desk.evidence.export.click()
    settle()
    dialog = newest(desk, PacketDialog)
    while dialog.step is not Step.WRITE:
        dialog.go.click()
        settle()
    dialog.write_page.folder.setText(str(tmp_path))
    dialog.go.click()
    qtbot.waitUntil(lambda: any(tmp_path.glob("packet-*")))
    settle()
    key = bytes.fromhex(services.evidence.state().public_key)
    packet = next(path for path in tmp_path.iterdir() if path.name.startswith("packet-"))
    assert verify_file(packet, key=key, anchors=()).ok
    assert services.inbox.count(InboxFilter()) > 0
