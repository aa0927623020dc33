"""The sample data through the whole window: groups, a group muted, and the pictures."""

from collections.abc import Callable
from importlib.resources import as_file, files
from pathlib import Path

import pytest
from PySide6.QtGui import QImage
from pytestqt.qtbot import QtBot

from app.jobs.context import JobContext
from app.services.bundle import Services
from core.domain.response import ActionKind
from ui.respond.preview import PreviewDialog
from ui.settings.preferences import PreferenceStore
from ui.shell.capture import capture_screens
from ui.shell.desk import Desk
from ui.shell.job_relay import JobRelay
from ui.shell.places import Place
from ui.theme.theme import Theme

pytestmark = pytest.mark.slow


@pytest.fixture
def sampled(services: Services) -> Services:
    """The shipped sample, received by a connected account so that its senders can be acted on."""
    from core.domain.ids import PlatformName

    with as_file(files("resources") / "sample" / "mentions.jsonl") as path:
        services.ingest.import_file(path, PlatformName("testland"), JobContext())
    services.classify.run(JobContext())
    services.group.run(JobContext())
    return services


def test_a_group_is_shown_with_its_signs_and_muted_whole(
    *,
    qtbot: QtBot,
    theme: Theme,
    sampled: Services,
    relay: JobRelay,
    settle: Callable[[], None],
    tmp_path: Path,
) -> None:
    from datetime import UTC, datetime

    preferences = PreferenceStore(tmp_path / "settings.json")
    desk = Desk(theme, sampled, relay, preferences=preferences, now=lambda: datetime.now(UTC))
    qtbot.addWidget(desk)
    desk.resize(1280, 800)
    desk.show()
    desk.go(Place.GROUPS)
    settle()
    card = desk.groups.cards[0]
    assert card.group is not None
    assert len(card.group.reasons) >= 2
    assert desk.groups.detail.why is not None
    desk.groups.detail.why.texts.toggle.click()
    assert desk.groups.detail.why.texts.revealed
    desk.groups.detail.mute.click()
    settle()
    preview = desk.findChildren(PreviewDialog)[-1]
    assert preview.go.text() == f"Mute {card.senders} people"
    preview.go.click()
    settle()
    qtbot.waitUntil(lambda: bool(desk.messages.notices))
    batch = sampled.respond.batches()[0]
    assert batch.kind is ActionKind.MUTE
    assert len(batch.items) == card.senders
    desk.groups.detail.messages.click()
    settle()
    assert desk.place is Place.INBOX
    assert desk.presenter.filter.group_key == card.key
    assert desk.model.rowCount() == card.posts


def test_every_picture_is_drawn(sampled: Services, tmp_path: Path, qtbot: QtBot) -> None:
    shots = capture_screens(sampled, tmp_path / "shots")
    assert len(shots) > 40
    for shot in shots:
        image = QImage(str(shot))
        assert image.width() >= 400
        seen = {
            image.pixelColor(x, y).name()
            for x in range(0, image.width(), 23)
            for y in range(0, image.height(), 23)
        }
        assert len(seen) > 3, shot.name
