"""Figures about groups through the wizard: looked at, agreed to, written as they were shown."""

import json
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from app.services.bundle import Services
from ui.export.choices import PacketWish, Step
from ui.export.dialog import PacketDialog
from ui.settings.preferences import PreferenceStore
from ui.shell.desk import Desk
from ui.shell.job_relay import JobRelay
from ui.shell.places import Place
from ui.theme.theme import Theme

Settle = Callable[[], None]


@pytest.fixture
def wizard(
    *, qtbot: QtBot, theme: Theme, found: Services, relay: JobRelay, tmp_path: Path, settle: Settle
) -> PacketDialog:
    preferences = PreferenceStore(tmp_path / "own" / "settings.json")
    desk = Desk(theme, found, relay, preferences=preferences, now=lambda: datetime.now(UTC))
    qtbot.addWidget(desk)
    desk.show()
    desk.go(Place.EVIDENCE)
    desk.evidence.export.click()
    settle()
    return desk.findChildren(PacketDialog)[-1]


def choose_figures(wizard: PacketDialog, settle: Settle, qtbot: QtBot) -> None:
    wizard.choose.figures.click()
    settle()
    assert not wizard.choose.media.isVisible()
    assert "step 1 of 3" in wizard._trail.text()
    wizard.go.click()
    qtbot.waitUntil(lambda: wizard.figures.file is not None, timeout=30_000)


def test_figures_need_an_explicit_yes_to_the_very_file(
    wizard: PacketDialog, found: Services, settle: Settle, qtbot: QtBot, tmp_path: Path
) -> None:
    choose_figures(wizard, settle, qtbot)
    assert wizard.step is Step.FIGURES
    assert not wizard.figures.consent.isChecked()
    assert not wizard.go.isEnabled()
    wizard.go.click()
    assert wizard.step is Step.FIGURES
    wizard.figures.consent.click()
    assert wizard.go.isEnabled()
    shown = wizard.figures.preview.toPlainText()
    wizard.go.click()
    assert wizard.step is Step.WRITE
    assert not wizard.write_page.recipient.isVisible()
    assert "step 3 of 3" in wizard._trail.text()
    before = found.evidence.state().size
    wizard.write_page.folder.setText(str(tmp_path / "out"))
    wizard.go.click()
    qtbot.waitUntil(lambda: wizard.step is Step.DONE, timeout=30_000)
    (written,) = (tmp_path / "out").iterdir()
    assert written.read_text("utf-8") == shown
    assert found.evidence.state().size == before + 1
    assert str(written) in wizard.done_page.place.text()
    assert not wizard.done_page.root.isVisible()
    objects = json.loads(shown)["objects"]
    assert {one["type"] for one in objects} >= {"campaign", "note", "marking-definition"}
    everyone = [
        member.handle for card in found.campaigns.cards() for member in found.campaigns.members(card.key)
    ]
    assert everyone
    assert not any(handle in shown for handle in everyone)


def test_agreement_ends_when_other_groups_are_ticked(
    wizard: PacketDialog, settle: Settle, qtbot: QtBot
) -> None:
    choose_figures(wizard, settle, qtbot)
    wizard.figures.consent.click()
    ticks = list(wizard.figures._ticks.values())
    ticks[0].click()
    assert not wizard.figures.consent.isChecked()
    assert not wizard.go.isEnabled()
    for tick in ticks[1:]:
        tick.click()
    settle()
    assert wizard.figures.file is None
    assert wizard.figures.preview.toPlainText() == ""
    assert not wizard.figures.consent.isEnabled()


def test_going_back_from_figures_leads_to_a_packet(
    wizard: PacketDialog, settle: Settle, qtbot: QtBot
) -> None:
    choose_figures(wizard, settle, qtbot)
    wizard.figures.consent.click()
    wizard.back.click()
    wizard.choose.one_group.click()
    settle()
    assert wizard.choose.media.isVisible()
    for step in (Step.RECEIVER, Step.WORDS, Step.REVEALS, Step.WRITE):
        wizard.go.click()
        settle()
        assert wizard.step is step
    assert wizard.write_page.recipient.isVisible()
    assert isinstance(wizard.wish(), PacketWish)


def test_figures_are_not_written_over_another_file(
    wizard: PacketDialog, found: Services, settle: Settle, qtbot: QtBot, tmp_path: Path
) -> None:
    choose_figures(wizard, settle, qtbot)
    wizard.figures.consent.click()
    wizard.go.click()
    assert wizard.figures.file is not None
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / wizard.figures.file.name).write_bytes(b"mine")
    before = found.evidence.state().size
    wizard.write_page.folder.setText(str(tmp_path / "out"))
    wizard.go.click()
    qtbot.waitUntil(lambda: not wizard._running and bool(wizard.write_page.status.text()), timeout=30_000)
    settle()
    assert wizard.step is Step.WRITE
    assert [one.read_bytes() for one in (tmp_path / "out").iterdir()] == [b"mine"]
    assert found.evidence.state().size == before
