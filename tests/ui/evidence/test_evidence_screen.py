"""The evidence screen over real services and a local time-stamp authority."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QSize
from PySide6.QtWidgets import QApplication, QDialog
from pytestqt.qtbot import QtBot
from timestamp_testbed import LocalAuthority, authority

from app.jobs.context import JobContext
from app.services.bundle import Services
from core.anchoring.plan import When
from core.domain.evidence import EntryKind
from core.errors import DataDamaged
from ui.evidence.hand_over import HandOverDialog
from ui.evidence.screen import EvidenceScreen
from ui.evidence.stamps import StampsDialog
from ui.shell.job_relay import JobRelay
from ui.theme.theme import Theme
from ui.theme.tokens import Scheme

__all__ = ["authority"]

Settle = Callable[[], None]


@pytest.fixture
def real(filled: Services) -> Services:
    """Not the sample, and nobody to ask yet: no test reaches a real authority."""
    for one in filled.anchor.plan().listed:
        filled.anchor.use_authority(one.authority.url, used=False)
    return replace(filled, sample=False)


@pytest.fixture
def screen(
    *, qtbot: QtBot, theme: Theme, real: Services, relay: JobRelay, settle: Settle
) -> Iterator[EvidenceScreen]:
    made = _screen(theme, real, relay)
    qtbot.addWidget(made)
    made.resize(1188, 736)
    made.show()
    made.refresh()
    settle()
    yield made
    made.close()


def _screen(theme: Theme, services: Services, relay: JobRelay) -> EvidenceScreen:
    def refuse(path: Path) -> object:
        raise AssertionError(path)

    return EvidenceScreen(theme, services, relay, refuse)  # type: ignore[arg-type] # never called here


def _dialog(screen: EvidenceScreen, kind: type[QDialog]) -> QDialog:
    (found,) = [one for one in screen.findChildren(kind) if one.isVisible()]
    return found


def _said(screen: EvidenceScreen) -> str:
    return _bare(" ".join(label.text() for label in screen.protection.lines if label.isVisible()))


def _bare(text: str) -> str:
    """Without the marks that keep a name's direction to itself."""
    return text.replace("\u2068", "").replace("\u2069", "")


def test_before_anything_left_the_computer(screen: EvidenceScreen) -> None:
    assert screen.protection.title.text() == "Sealed, but not protected yet"
    assert "15 messages" in _said(screen)
    assert screen.protection.stamp.isEnabled()
    assert not screen.anchors.isVisible()


def test_nothing_is_sent_until_the_person_agrees(
    screen: EvidenceScreen, real: Services, authority: LocalAuthority, settle: Settle
) -> None:
    real.anchor.add_authority("Club", authority.url(), authority.root.pem)
    screen.refresh()
    settle()
    asked = len(authority.questions)
    screen.protection.stamp.click()
    _dialog(screen, QDialog).reject()
    settle()
    assert len(authority.questions) == asked
    assert not real.anchor.plan().agreed
    screen.protection.stamp.click()
    _dialog(screen, QDialog).accept()
    settle()
    settle()
    assert len(authority.questions) == asked + 1
    assert screen.result_title.text() == "Protected"
    assert screen.protection.title.text().startswith("Protected up to entry #")
    assert "Time stamp by Club" in _said(screen)
    assert screen.anchors.isVisible()
    # Agreed once: the next one goes without a question.
    screen.protection.stamp.click()
    settle()
    assert len(authority.questions) == asked + 2


def test_a_failure_is_quiet_and_visible(
    screen: EvidenceScreen, real: Services, authority: LocalAuthority, settle: Settle
) -> None:
    real.anchor.add_authority("Club", authority.url("self-signed"), authority.root.pem)
    real.anchor.agree()
    screen.refresh()
    settle()
    screen.protection.stamp.click()
    settle()
    assert screen.result_title.text() == "No time stamp this time"
    assert "Club: its signature does not lead to the certificate we trust." in [
        _bare(label.text()) for label in screen.result_lines
    ]
    assert screen.protection.title.text() == "Sealed, but not protected yet"
    assert "did not work (Club)" in _said(screen)
    assert screen.protection.stamp.isEnabled()


def test_handing_over_and_noting_who_has_it(
    screen: EvidenceScreen, real: Services, settle: Settle, tmp_path: Path
) -> None:
    screen.protection.give.click()
    settle()
    dialog = _dialog(screen, HandOverDialog)
    assert isinstance(dialog, HandOverDialog)
    line = real.anchor.offer().line
    dialog.copy.click()
    assert QApplication.clipboard().text() == line
    for name in ("page.txt", "page.pdf"):
        dialog.save_to(tmp_path / name)
        assert dialog.said.text() == "Saved."
    assert line in (tmp_path / "page.txt").read_text(encoding="utf-8")
    assert (tmp_path / "page.pdf").read_bytes().startswith(b"%PDF")
    dialog.save_to(tmp_path / "nowhere" / "page.pdf")
    assert dialog.said.text() != "Saved."
    assert not dialog.note.isEnabled()
    dialog.to.setText("  我的律师 ")
    dialog.note.click()
    settle()
    screen.refresh()
    settle()
    assert screen.protection.title.text().startswith("Handed over up to entry #")
    assert "“我的律师”" in _said(screen)
    (found,) = real.anchor.overview().anchors
    assert found.anchor.receiver == "我的律师"


def test_a_line_somebody_kept_is_compared(screen: EvidenceScreen, real: Services, settle: Settle) -> None:
    line = real.anchor.offer().line
    screen.check.click()
    settle()
    assert screen.result_title.text() == "The log holds"
    assert "no more than that" in screen.result_lines[-1].text()
    screen.log.kept.setText(line)
    screen.check.click()
    settle()
    assert "by the line you gave" in screen.result_lines[-1].text()
    size = line.partition(":")[0]
    screen.log.kept.setText(f"{size}:{'00' * 32}")
    screen.check.click()
    settle()
    assert screen.result_title.text() == "The log does not hold"
    screen.log.kept.setText("hello")
    screen.check.click()
    settle()
    assert screen.result_title.text() == "This is not such a line"


def test_choices_take_effect_at_once(
    screen: EvidenceScreen, real: Services, authority: LocalAuthority, settle: Settle, tmp_path: Path
) -> None:
    screen.protection.choices.click()
    dialog = _dialog(screen, StampsDialog)
    assert isinstance(dialog, StampsDialog)
    dialog.when.setCurrentIndex(1)
    dialog.when.activated.emit(1)
    settle()
    assert real.anchor.plan().when is When.DAILY
    assert real.anchor.plan().agreed
    dialog.add.click()
    dialog.added.click()
    assert "certificate" in dialog.said.text()
    (tmp_path / "root.pem").write_bytes(authority.root.pem)
    dialog.use_certificate(tmp_path / "root.pem")
    dialog.name.setText("Club")
    dialog.url.setText("nowhere")
    dialog.added.click()
    settle()
    assert "address of the authority" in dialog.said.text()
    dialog.url.setText("https://tsa.example.org/tsr")
    dialog.added.click()
    settle()
    assert [one.name for one in real.anchor.plan().asked] == ["Club"]
    assert not dialog.said.isVisible()
    dialog.accept()
    settle()


def test_a_log_that_was_changed_is_said_first(
    screen: EvidenceScreen, real: Services, settle: Settle, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A line of another log, put among the anchors: the log does not match it."""
    real.anchor.record_hand_over(real.anchor.offer(), "a friend")
    store = real.anchor._store
    with store._writer.begin() as connection:
        connection.exec_driver_sql("UPDATE anchor SET root = ?", (bytes(32),))
    screen.refresh()
    settle()
    assert screen.protection.title.text() == "The log no longer matches a fingerprint"
    assert "ask “a friend” for the line" in _said(screen)
    assert not screen.protection.coverage.isVisible()


def test_loading_and_failing(
    screen: EvidenceScreen, real: Services, settle: Settle, monkeypatch: pytest.MonkeyPatch
) -> None:
    screen.protection.show_loading()
    assert not screen.protection.stamp.isEnabled()
    monkeypatch.setattr(type(real.anchor), "overview", _damaged)
    screen.refresh()
    settle()
    assert screen.protection.title.text() == "This could not be checked"
    assert screen.protection.again.isVisible()
    monkeypatch.undo()
    screen.protection.again.click()
    settle()
    assert screen.protection.title.text() == "Sealed, but not protected yet"
    assert not screen.protection.again.isVisible()


def _damaged(_: object) -> None:
    raise DataDamaged(what="anchor-plan")


def test_no_stamp_is_asked_for_the_sample(
    qtbot: QtBot, theme: Theme, filled: Services, relay: JobRelay, settle: Settle
) -> None:
    made = _screen(theme, filled, relay)
    qtbot.addWidget(made)
    made.show()
    made.refresh()
    settle()
    assert not made.protection.stamp.isEnabled()
    assert not made.protection.choices.isEnabled()
    assert made.protection.give.isEnabled()
    made.close()


def test_many_anchors_fold_and_both_looks_and_sizes_draw(
    screen: EvidenceScreen, real: Services, theme: Theme, settle: Settle, authority: LocalAuthority
) -> None:
    real.anchor.add_authority("Club", authority.url(), authority.root.pem)
    real.anchor.stamp(JobContext())
    for number in range(6):
        real.anchor.record_hand_over(real.anchor.offer(), f"friend {number}")
    store = real.anchor._store
    with store.write() as unit:
        unit.log.append(EntryKind.NOTE, facts={"about": "x"})
    screen.refresh()
    settle()
    assert screen.anchors.more.text() == "Show 3 more"
    screen.anchors.more.click()
    assert screen.anchors.more.text() == "Show fewer"
    for scheme in Scheme:
        theme.use(scheme, 130)
        for size in (QSize(1188, 736), QSize(2468, 1376)):
            screen.resize(size)
            picture = screen.grab().toImage()
            assert picture.pixelColor(2, 2) != picture.pixelColor(60, 130)
    theme.use(Scheme.LIGHT, 100)
