"""Pictures of the real windows, drawn off screen from real services."""

import os
import sys
import tempfile
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEventLoop, QMessageLogContext, QSize, QTimer, QtMsgType, qInstallMessageHandler
from PySide6.QtWidgets import QWidget

from app.services.export import Exported
from core.domain.ids import AccountId
from core.domain.inbox import InboxFilter, Order, Queue
from core.domain.response import ActionKind, ActionPlan, ActionTarget, Skipped
from core.errors import KeyringMissing
from ui.accounts.sign_in import SignInDialog
from ui.evidence.hand_over import HandOverDialog
from ui.evidence.stamps import StampsDialog
from ui.export.check import CheckDialog
from ui.export.choices import PacketChoices, Step
from ui.export.dialog import PacketDialog
from ui.inbox.reveal import Reveal
from ui.respond.preview import PreviewDialog
from ui.settings.preferences import PreferenceStore
from ui.shell.desk import Desk
from ui.shell.job_relay import JobRelay
from ui.shell.keys import KeysDialog
from ui.shell.places import Place
from ui.shell.start import application
from ui.shell.unlock import Ask
from ui.shell.window import MainWindow
from ui.theme.theme import Theme
from ui.theme.tokens import Scheme

if TYPE_CHECKING:
    from app.services.bundle import Services

_SMALL: Final = QSize(1280, 800)
_LARGE: Final = QSize(2560, 1440)
_PATIENCE_MS: Final = 30_000
_LOOK_MS: Final = 15


def capture_screens(services: "Services", folder: Path) -> list[Path]:
    """Draw every screen in both palettes and two sizes into `folder`; returns the PNG files.

    Works without a display: set `QT_QPA_PLATFORM=offscreen` (done here when nothing else is set).
    """
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    application()
    before = qInstallMessageHandler(_without_size_hints)
    try:
        return _captured(services, folder)
    finally:
        qInstallMessageHandler(before)


def _captured(services: "Services", folder: Path) -> list[Path]:
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="breakwater-shots-") as scratch:
        return _Camera(services, folder, Path(scratch)).all()


def _without_size_hints(kind: QtMsgType, context: QMessageLogContext, message: str) -> None:
    """The off-screen platform says for every window that it has no size hints; the rest is passed on."""
    del kind, context
    if "propagateSizeHints" not in message:
        sys.stderr.write(f"{message}\n")


class _Camera:
    """Drives one window through its screens."""

    def __init__(self, services: "Services", folder: Path, scratch: Path) -> None:
        from app.jobs.runner import JobRunner

        self._services, self._folder = services, folder
        self._shots: list[Path] = []
        self._theme = Theme(Scheme.LIGHT)
        self._theme.apply()
        self._relay = JobRelay()
        self._runner = JobRunner(self._relay)
        self._relay.use(self._runner)
        preferences = PreferenceStore(scratch / "settings.json")
        self._window = MainWindow(self._theme, preferences)
        newest = services.inbox.rows(InboxFilter(order=Order.NEWEST), 0, 1)
        # Times are shown against the newest message, so that the pictures do not change by the day.
        moment = (newest[0].created_at or newest[0].received_at) if newest else datetime.now(UTC)
        self._desk = Desk(self._theme, services, self._relay, preferences=preferences, now=lambda: moment)
        self._window.show_desk(self._desk)
        self._window.resize(_SMALL)
        self._window.show()

    def all(self) -> list[Path]:
        """Every picture."""
        try:
            for scheme in Scheme:
                self._theme.use(scheme, 100)
                self._places(scheme.value)
                self._questions(scheme.value)
            self._large()
        finally:
            self._relay.forget_all()
            self._runner.close()
            self._window.drop_desk()
            self._window.close()
        return self._shots

    def _places(self, look: str) -> None:
        desk = self._desk
        desk.go(Place.INBOX)
        desk.presenter.choose(Queue.KIND_FIRST)
        self._settle()
        desk.inbox.choose_row(0)
        self._shoot(f"inbox-kind-{look}")
        desk.presenter.choose(Queue.ABUSE)
        self._settle()
        desk.inbox.choose_row(1)
        self._shoot(f"inbox-hidden-{look}")
        desk.presenter.reveal(Reveal.MASKED)
        self._shoot(f"inbox-masked-{look}")
        desk.presenter.reveal(Reveal.FULL)
        self._shoot(f"inbox-revealed-{look}")
        self._in_step(look)
        desk.presenter.search("no such words anywhere")
        self._shoot(f"inbox-empty-{look}")
        desk.presenter.search("")
        for place in (
            Place.GROUPS,
            Place.EVIDENCE,
            Place.TAKEDOWNS,
            Place.ACTIVITY,
            Place.ACCOUNTS,
            Place.SETTINGS,
        ):
            desk.go(place)
            if place is Place.EVIDENCE:
                self._settle()
                desk.evidence.verify()
            self._shoot(f"{place.value}-{look}")
            if place is Place.GROUPS:
                self._group_pages(look)
        self._judging(look)

    def _judging(self, look: str) -> None:
        """Another level tried out, the words, the models, and what is known about the one in use."""
        cards = self._desk.judging
        cards.hiding.level.setCurrentIndex(2)
        self._shoot(f"settings-level-{look}")
        cards.hiding.undo()
        opened: tuple[tuple[str, QWidget], ...] = (
            ("words", cards.words.open()),
            ("models", cards.model.open()),
            ("about-model", cards.model.open_about()),
        )
        for name, dialog in opened:
            self._shoot_dialog(dialog, f"{name}-{look}")

    def _group_pages(self, look: str) -> None:
        """What a group sent, how it went on, who is in it, and all groups together."""
        groups = self._desk.groups
        if not groups.cards:
            return
        detail, bar = groups.detail, groups.detail.area.verticalScrollBar()
        if detail.why is not None:
            detail.why.texts.toggle.click()
            self._settle()
            bar.setValue(detail.why.texts.y() + 160)
            self._shoot(f"groups-texts-{look}")
        for place, name in ((1, "over-time"), (2, "senders")):
            detail.open_page(place)
            self._settle()
            bar.setValue(0)
            self._shoot(f"groups-{name}-{look}")
            bar.setValue(bar.maximum())
            self._shoot(f"groups-{name}-end-{look}")
        detail.open_page(0)
        groups.show_overview()
        self._shoot(f"groups-all-{look}")
        groups.prefer(groups.cards[0].key)

    def _in_step(self, look: str) -> None:
        """A message of a group, chosen among others."""
        groups = self._services.inbox.groups()
        if groups:
            self._desk.presenter.show_group(groups[0].key)
            self._settle()
            self._desk.inbox.choose_row(0)
            self._shoot(f"inbox-group-{look}")
            self._desk.inbox.list.selectAll()
            self._shoot(f"inbox-many-{look}")

    def _questions(self, look: str) -> None:
        window = self._window
        window.show_page(window.start)
        self._shoot(f"start-{look}")
        for ask in (Ask.PROTECT, Ask.NEW_WORDS, Ask.WORDS):
            window.unlock.ask(ask, KeyringMissing() if ask is Ask.NEW_WORDS else None)
            window.show_page(window.unlock)
            self._shoot(f"unlock-{ask.value}-{look}")
        window.show_page(self._desk)
        for kind in ActionKind:
            self._shoot_dialog(
                PreviewDialog(self._theme, self._plan(kind), window), f"preview-{kind.value}-{look}"
            )
        self._shoot_dialog(KeysDialog(self._theme, window), f"keys-{look}")
        anchor = self._services.anchor
        self._shoot_dialog(HandOverDialog(self._theme, anchor.offer(), window), f"hand-over-{look}")
        self._shoot_dialog(StampsDialog(self._theme, anchor.plan(), window), f"time-stamps-{look}")
        choices = PacketChoices(
            self._services.inbox.counts().by_queue[Queue.ABUSE],
            self._services.inbox.groups(),
            self._services.export.templates(),
            Path("~/Documents"),
            self._services.campaigns.cards(),
        )
        self._packet_steps(choices, look)
        key = self._services.evidence.state().public_key
        check = CheckDialog(self._theme, self._relay, key, window)
        self._shoot_dialog(check, f"check-packet-{look}")
        for info in self._services.accounts.available()[:1]:
            self._shoot_dialog(SignInDialog(self._theme, info, window), f"sign-in-{look}")

    def _packet_steps(self, choices: PacketChoices, look: str) -> None:
        dialog = PacketDialog(self._theme, self._relay, self._services, choices, self._window)
        dialog.show()
        for step in (one for one in Step if one is not Step.FIGURES):
            if step is Step.DONE:
                packet = Path("~/Documents/packet-20260302-090000Z-police.zip")
                dialog.made(Exported(packet, 7, (), f"1286:{'A' * 43}=", "ab" * 32))
            self._settle()
            self._save(dialog, f"packet-{step.value}-{look}")
            if step not in (Step.WRITE, Step.DONE):
                dialog.go.click()
        dialog.close()
        dialog.deleteLater()
        dialog = PacketDialog(self._theme, self._relay, self._services, choices, self._window)
        dialog.show()
        dialog.choose.figures.setChecked(True)
        dialog.go.click()
        self._settle()
        self._save(dialog, f"packet-{Step.FIGURES.value}-{look}")
        dialog.close()
        dialog.deleteLater()

    def _large(self) -> None:
        self._window.resize(_LARGE)
        for scheme in Scheme:
            self._theme.use(scheme, 100)
            self._desk.go(Place.INBOX)
            self._desk.presenter.choose(Queue.ABUSE)
            self._settle()
            self._desk.inbox.choose_row(0)
            self._shoot(f"inbox-hidden-{scheme.value}-2560x1440")
            self._desk.go(Place.GROUPS)
            self._shoot(f"groups-{scheme.value}-2560x1440")
            self._desk.go(Place.EVIDENCE)
            self._shoot(f"evidence-{scheme.value}-2560x1440")

    def _plan(self, kind: ActionKind) -> ActionPlan:
        """What a plan over real senders would look like with an account connected."""
        rows = self._services.inbox.rows(InboxFilter(queue=Queue.ABUSE), 0, 60)
        people = {row.sender_id: row.handle for row in rows}
        targets = tuple(ActionTarget(who, AccountId(1), handle) for who, handle in people.items())
        friends = self._services.inbox.rows(InboxFilter(queue=Queue.KIND_FIRST), 0, 1)
        skipped = tuple(Skipped(row.sender_id, row.handle, "followed") for row in friends)
        return ActionPlan(kind, "", targets, skipped, public=kind is ActionKind.BLOCK)

    def _shoot(self, name: str) -> None:
        self._settle()
        self._save(self._window, name)

    def _shoot_dialog(self, dialog: QWidget, name: str) -> None:
        dialog.show()
        self._settle()
        self._save(dialog, name)
        dialog.close()
        dialog.deleteLater()

    def _save(self, widget: QWidget, name: str) -> None:
        path = self._folder / f"{name}.png"
        widget.grab().save(str(path))
        self._shots.append(path)

    def _settle(self) -> None:
        """Let jobs end and layouts follow."""
        _wait_until(lambda: self._relay.idle and self._first_page_is_here())

    def _first_page_is_here(self) -> bool:
        """The list asks for its rows when it is first painted."""
        model, shown = self._desk.model, self._desk.inbox.list.isVisible()
        return not shown or model.rowCount() == 0 or model.held(0) is not None


def _wait_until(done: Callable[[], bool]) -> None:
    """Run the event loop until `done` holds three looks in a row, or patience ends."""
    loop, timer, limit = QEventLoop(), QTimer(), QTimer()
    calm = 0

    def look() -> None:
        nonlocal calm
        calm = calm + 1 if done() else 0
        if calm >= 3:
            loop.quit()

    timer.timeout.connect(look)
    limit.setSingleShot(True)
    limit.timeout.connect(loop.quit)
    timer.start(_LOOK_MS)
    limit.start(_PATIENCE_MS)
    loop.exec()
    timer.stop()
    limit.stop()
