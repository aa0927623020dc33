"""From the wish for a packet to the written one."""

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Final, Protocol

from PySide6.QtCore import QObject, SignalInstance

from app.jobs.changes import ChangeKind
from core.domain.campaign import CampaignState
from core.domain.inbox import Queue
from core.errors import AppError
from ui.background import Background
from ui.export.case_form import missing_name
from ui.export.check import CheckDialog
from ui.export.choices import FigureWish, PacketChoices, PacketWish
from ui.export.dialog import PacketDialog
from ui.messages import Words, words_for
from ui.notices import Notice
from ui.theme.theme import Theme
from ui.widgets.ask import open_dialog
from ui.widgets.untrusted_text import one_line
from ui.wording import translate

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QWidget

    from app.services.bundle import Services
    from app.services.export import Exported

_CONTEXT: Final = "Export"


class Jobs(Background, Protocol):
    """Background work whose progress can be followed and stopped."""

    job_began: SignalInstance
    job_progressed: SignalInstance
    job_ended: SignalInstance

    def cancel(self, number: int) -> None:
        """Stop a job."""
        ...


class PacketFlow(QObject):
    """Opens the wizard and writes what it asks for. One packet at a time."""

    def __init__(
        self,
        theme: Theme,
        services: "Services",
        jobs: Jobs,
        *,
        post: "Callable[[Notice], None]",
        check: "Callable[[Path], None]",
        parent: "QWidget",
    ) -> None:
        super().__init__(parent)
        self._theme, self._services, self._jobs = theme, services, jobs
        self._post, self._check, self._window = post, check, parent
        self._dialog: PacketDialog | None = None
        self._job: int | None = None
        self._title = translate(_CONTEXT, "Making a packet")
        jobs.job_began.connect(self._began)
        jobs.job_progressed.connect(self._progressed)
        jobs.job_ended.connect(self._ended)

    def begin(self) -> None:
        """Ask what the packet is to hold."""
        services = self._services

        def work() -> PacketChoices:
            hidden = services.inbox.counts().by_queue.get(Queue.ABUSE, 0)
            folder = services.folder.exports if not services.sample else Path.home()
            active = (one for one in services.campaigns.cards() if one.state is CampaignState.ACTIVE)
            groups, templates = services.inbox.groups(), services.export.templates()
            return PacketChoices(hidden, groups, templates, folder, tuple(active))

        self._jobs.read("packet-choices", work, self._ask)

    def check(self) -> None:
        """Ask for a packet to check, and what is known from outside it."""

        def then(own_key: str) -> None:
            open_dialog(CheckDialog(self._theme, self._jobs, own_key, self._window))

        self._jobs.read("own-key", lambda: self._services.evidence.state().public_key, then)

    def _ask(self, choices: PacketChoices) -> None:
        dialog = PacketDialog(self._theme, self._jobs, self._services, choices, self._window)
        dialog.wanted.connect(self._write)
        dialog.stop_wanted.connect(self._stop)
        dialog.check_wanted.connect(self._check)
        dialog.finished.connect(self._closed)
        self._dialog = dialog
        open_dialog(dialog)

    def _write(self, wish: PacketWish | FigureWish) -> None:
        changes = (ChangeKind.EVIDENCE,)
        if isinstance(wish, FigureWish):
            figures = self._services.figures
            started = self._jobs.start(
                "export",
                self._title,
                lambda _context: figures.write(wish.folder, wish.file),
                self._figures_made,
                self._failed,
                changes=changes,
            )
        else:
            export = self._services.export
            started = self._jobs.start(
                "export",
                self._title,
                lambda context: export.write(wish.folder, wish.request, context),
                self._made,
                self._failed,
                changes=changes,
            )
        if started and self._dialog is not None:
            self._dialog.running()

    def _stop(self) -> None:
        if self._job is not None:
            self._jobs.cancel(self._job)

    def _closed(self, _result: int) -> None:
        self._dialog = None

    def _began(self, number: int, title: str) -> None:
        if title == self._title:
            self._job = number

    def _progressed(self, number: int, done: int, total: int, _note: str) -> None:
        if number == self._job and self._dialog is not None:
            self._dialog.progressed(done, total)

    def _ended(self, number: int) -> None:
        """However it ended; what it made or why it failed comes right after."""
        if number == self._job:
            self._job = None
            if self._dialog is not None:
                self._dialog.stopped()

    def _made(self, made: "Exported") -> None:
        if self._dialog is not None:
            self._dialog.made(made)
            return
        title = translate(_CONTEXT, "Packet made: {name}").format(name=one_line(made.packet.name, 120))
        note = one_line(str(made.packet.parent), 300)
        if made.missing:
            lacking = ", ".join(missing_name(one) for one in made.missing)
            words = translate(_CONTEXT, "Not complete yet, still missing: {names}.")
            note += ". " + words.format(names=lacking)
        again = partial(self._check, made.packet)
        what = Words(title, note, translate(_CONTEXT, "Check it now"))
        self._post(Notice(what, good=not made.missing, act=again))

    def _figures_made(self, path: Path) -> None:
        if self._dialog is not None:
            self._dialog.figures_made(path)
            return
        title = translate(_CONTEXT, "Figures written: {name}").format(name=one_line(path.name, 120))
        self._post(Notice(Words(title, one_line(str(path.parent), 300), ""), good=True))

    def _failed(self, error: Exception) -> None:
        if self._dialog is not None:
            self._dialog.refused(error)
        else:
            self._post(Notice(words_for(error if isinstance(error, AppError) else AppError())))
