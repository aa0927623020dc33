"""The wizard over real services: every page, blanks, stopping, and checking somebody else's packet."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from made_packet import KEY, made_full_contents
from packet_forger import write
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPlainTextEdit
from pytestqt.qtbot import QtBot

from app.services.bundle import Services
from app.services.verify import verify_file
from core.export.verify import Verdict
from ui.export.check import CheckDialog, CheckWish, check_packet
from ui.export.choices import PacketWish, Step
from ui.export.dialog import PacketDialog
from ui.shell.desk import Desk
from ui.shell.places import Place
from ui.widgets.untrusted_text import PlainLabel

Settle = Callable[[], None]


@pytest.fixture
def wizard(desk: Desk, settle: Settle) -> PacketDialog:
    desk.go(Place.EVIDENCE)
    desk.evidence.export.click()
    settle()
    return desk.findChildren(PacketDialog)[-1]


def go_to(wizard: PacketDialog, step: Step, settle: Settle) -> None:
    while wizard.step is not step:
        wizard.go.click()
        settle()


def packet_wish(wizard: PacketDialog) -> PacketWish:
    wish = wizard.wish()
    assert isinstance(wish, PacketWish)
    return wish


def words_of(widget: object) -> str:
    return "\n".join(label.text() for label in widget.findChildren(PlainLabel))  # type: ignore[attr-defined]


def test_it_begins_with_the_few_to_read_first_and_hides_their_texts(
    wizard: PacketDialog, settle: Settle
) -> None:
    assert wizard.choose.short.isChecked()
    ticks = wizard.choose._ticks
    assert 0 < len(ticks) <= 7
    assert "most serious" in words_of(wizard.choose)
    texts = wizard.choose._texts
    assert not any(text.isVisible() for text in texts)
    wizard.choose.texts.setChecked(True)
    assert all(text.isVisible() for text in texts)


def test_messages_can_be_taken_out_and_none_is_no_choice(wizard: PacketDialog, settle: Settle) -> None:
    ticks = list(wizard.choose._ticks.values())
    ticks[0].setChecked(False)
    assert len(wizard.choose.only() or ()) == len(ticks) - 1
    for tick in ticks:
        tick.setChecked(False)
    wizard.go.click()
    assert wizard.step is Step.CHOOSE


def test_what_it_reveals_is_counted_again_when_something_is_blanked(
    wizard: PacketDialog, settle: Settle, qtbot: QtBot
) -> None:
    go_to(wizard, Step.REVEALS, settle)
    assert "About others" in words_of(wizard.reveals)
    assert "byte by byte" in words_of(wizard.reveals)
    wizard.reveals.words.setText("grobble")
    qtbot.waitUntil(lambda: "blanked" in words_of(wizard.reveals), timeout=10_000)
    settle()
    assert "Left out" in words_of(wizard.reveals)


def test_each_receiver_asks_its_own_questions_and_answers_stay(wizard: PacketDialog, settle: Settle) -> None:
    go_to(wizard, Step.WORDS, settle)
    wizard.case.findChild(QPlainTextEdit).setPlainText("从三月开始 كل مساء")
    wizard.back.click()
    dsa = next(b for b in wizard._receiver.buttons() if "Article 16" in b.text())
    dsa.setChecked(True)
    wizard.go.click()
    settle()
    assert wizard.case._fields["notifier-email"].accessibleName() == "Your email address"
    assert packet_wish(wizard).request.template == "dsa"
    wizard.back.click()
    wizard._receiver.button(0).setChecked(True)
    assert packet_wish(wizard).request.narrative == "从三月开始 كل مساء"


def test_a_redacted_packet_for_the_police_by_keyboard_alone(
    wizard: PacketDialog, services: Services, settle: Settle, qtbot: QtBot, tmp_path: Path
) -> None:
    while wizard.step is not Step.REVEALS:
        qtbot.keyClick(wizard, Qt.Key.Key_Return)
        settle()
    wizard.reveals.words.setFocus()
    qtbot.keyClicks(wizard.reveals.words, "grobble")
    settle()
    wizard.go.setFocus()
    qtbot.keyClick(wizard, Qt.Key.Key_Return)
    settle()
    assert wizard.step is Step.WRITE
    wizard.write_page.folder.setText(str(tmp_path))
    wizard.write_page.as_zip.setChecked(False)
    qtbot.keyClick(wizard, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: wizard.step is Step.DONE, timeout=60_000)
    settle()
    (packet,) = tmp_path.glob("packet-*")
    everything = b"".join(path.read_bytes() for path in packet.rglob("*.jsonl"))
    assert b"grobble" not in everything
    assert json.loads((packet / "data/case.json").read_bytes())["redacted_copy"] is True
    size, root = wizard.done_page.root.text().split(":")
    key = bytes.fromhex(wizard.done_page.signer.text())
    from app.services.verify import parse_anchor

    report = verify_file(packet, key=key, anchors=[parse_anchor(f"{size}:{root}")])
    assert report.verdict is Verdict.SIGNED_AND_ANCHORED
    assert report.redacted > 0


def test_stopping_leaves_nothing_behind_and_a_second_try_works(
    wizard: PacketDialog, settle: Settle, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    go_to(wizard, Step.WRITE, settle)
    wizard.write_page.folder.setText(str(tmp_path))
    wizard.choose.hidden.setChecked(True)
    from core.export import items

    real = items.ItemWriter._write_item

    def slow(self: items.ItemWriter, item: object) -> None:
        if wizard._running and not stopped:
            stopped.append(True)
            wizard_stop()
        real(self, item)  # type: ignore[arg-type]

    stopped: list[bool] = []

    def wizard_stop() -> None:
        """From the worker, as a click in the window would: the job is told to stop."""
        import time

        desk_jobs = wizard._background
        for number in list(desk_jobs._handles):  # type: ignore[attr-defined]
            desk_jobs.cancel(number)  # type: ignore[attr-defined]
        time.sleep(0.05)

    monkeypatch.setattr(items.ItemWriter, "_write_item", slow)
    wizard.go.click()
    assert not wizard.go.isEnabled()
    qtbot.waitUntil(lambda: not wizard._running, timeout=60_000)
    settle()
    assert wizard.write_page.status.text() == "Stopped. Nothing was left behind."
    assert list(tmp_path.iterdir()) == []
    wizard.go.click()
    qtbot.waitUntil(lambda: wizard.step is Step.DONE, timeout=60_000)


def test_a_wrong_key_for_the_reader_is_said_on_the_page(
    wizard: PacketDialog, settle: Settle, qtbot: QtBot, tmp_path: Path
) -> None:
    go_to(wizard, Step.WRITE, settle)
    wizard.write_page.folder.setText(str(tmp_path))
    wizard.write_page.recipient.setText("my lawyer")
    wizard.go.click()
    qtbot.waitUntil(lambda: not wizard._running, timeout=30_000)
    settle()
    assert wizard.step is Step.WRITE
    assert wizard.write_page.status.text()
    assert list(tmp_path.glob("packet-*")) == []


def test_somebody_else_s_packet_is_checked_with_what_is_known(
    desk: Desk, settle: Settle, qtbot: QtBot, tmp_path: Path
) -> None:
    packet = write(tmp_path)
    desk.go(Place.EVIDENCE)
    desk.evidence.check_packet.click()
    settle()
    asked = desk.findChildren(CheckDialog)[-1]
    asked.packet.setText(str(packet / "bagit.txt"))
    asked.go.click()
    qtbot.waitUntil(lambda: "holds" in asked.verdict.text(), timeout=30_000)
    assert "It agrees with itself." in words_of(asked)
    asked.key.setText(KEY.hex())
    asked.go.click()
    qtbot.waitUntil(lambda: "signed by the key you gave" in words_of(asked), timeout=30_000)
    asked.fingerprint.setText("1:" + "A" * 43 + "=")
    asked.go.click()
    qtbot.waitUntil(lambda: "refused" in asked.verdict.text(), timeout=30_000)
    asked.fingerprint.setText("nonsense")
    asked.go.click()
    settle()
    assert "holds" not in asked.verdict.text()


def test_a_copy_is_checked_against_its_original(tmp_path: Path) -> None:
    from core.export.packet import write_packet
    from core.export.redact import Redaction, redacted

    contents = made_full_contents()

    def made(folder: str, what: object) -> Path:
        from made_packet import SEED

        return write_packet(
            what,  # type: ignore[arg-type]
            tmp_path / folder,
            as_zip=False,
            seed=SEED,
            render_pdf=None,
            progress=lambda done, total: None,
        )

    copy = made("copy", redacted(contents, Redaction(words=("fridays",))))
    report = check_packet(CheckWish(copy, original=str(made("full", contents))), KEY.hex())
    assert report.ok
    assert report.derived == 10


def test_without_groups_there_are_no_figures(wizard: PacketDialog) -> None:
    wizard.choose.figures.click()
    assert wizard.choose.short.isChecked()
