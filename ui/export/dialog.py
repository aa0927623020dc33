"""Making a packet, one question at a time; it is written with progress, and stopping leaves nothing."""

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QButtonGroup, QDialog, QRadioButton, QScrollArea, QStackedWidget, QWidget

from core.errors import AppError
from ui.background import Background
from ui.export.case_form import CaseForm
from ui.export.choices import (
    FigureWish,
    PacketChoices,
    PacketWish,
    Step,
    step_name,
    template_name,
    template_note,
)
from ui.export.choose_step import ChooseStep
from ui.export.figure_step import FigureStep
from ui.export.reveal_step import RevealStep
from ui.export.write_step import DoneStep, WriteStep
from ui.messages import words_for
from ui.theme.theme import Theme
from ui.widgets.buttons import TextButton
from ui.widgets.layouts import column, row, rule, scrolled
from ui.widgets.untrusted_text import PlainLabel
from ui.wording import translate

if TYPE_CHECKING:
    from app.services.bundle import Services
    from app.services.export import Exported, ExportRequest
    from app.services.figures import FigureFile
    from core.export.templates import Template

_CONTEXT = "Export"
_OF_PACKET = (Step.CHOOSE, Step.RECEIVER, Step.WORDS, Step.REVEALS, Step.WRITE)
_OF_FIGURES = (Step.CHOOSE, Step.FIGURES, Step.WRITE)


class PacketDialog(QDialog):
    """Five questions for a packet, three for figures. Answers stay while going back and forth.

    `wanted` carries a `PacketWish` or a `FigureWish`.
    """

    wanted = Signal(object)
    stop_wanted = Signal()
    check_wanted = Signal(object)

    def __init__(
        self,
        theme: Theme,
        background: Background,
        services: "Services",
        choices: PacketChoices,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._background, self._services, self._choices = background, services, choices
        self._running = False
        self._packet: Path | None = None
        self.step = Step.CHOOSE
        self.setWindowTitle(translate(_CONTEXT, "Make a packet"))
        self.setModal(True)
        self.resize(720, 720)
        self._make_steps(theme)
        self._make_buttons(theme)
        self._trail = PlainLabel(role="caption")
        self._title = PlainLabel(role="title")
        head = column(self._trail, self._title, gap=1, margins=(6, 5, 6, 2))
        feet = row(self.cancel, None, self.back, self.go, gap=2, margins=(6, 3, 6, 4))
        self.setLayout(column(head, self._pages, rule(), feet, gap=0))
        self.choose.pool_changed.connect(self._look_up)
        self.choose.pool_changed.connect(self._say_where)
        self.reveals.changed.connect(self._count)
        self.figures.changed.connect(self._make_figures)
        self.figures.agreed.connect(self._dress)
        self.done_page.check_wanted.connect(self._check)
        self._show(Step.CHOOSE)
        self._look_up()

    def wish(self) -> PacketWish | FigureWish:
        """What is chosen now."""
        folder = Path(self.write_page.folder.text()).expanduser()
        if self.choose.figures.isChecked() and self.figures.file is not None:
            return FigureWish(folder, self.figures.file)
        return PacketWish(folder, self._request())

    def running(self) -> None:
        """The packet is being written."""
        self._running = True
        self.write_page.running()
        self._dress()

    def progressed(self, done: int, total: int) -> None:
        """How far it is."""
        self.write_page.progressed(done, total)

    def stopped(self) -> None:
        """It was stopped by the person."""
        self._end(translate(_CONTEXT, "Stopped. Nothing was left behind."))

    def refused(self, error: Exception) -> None:
        """It could not be written."""
        words = words_for(error if isinstance(error, AppError) else AppError())
        self._end(f"{words.title}. {words.explanation}")

    def made(self, packet: "Exported") -> None:
        """It is written."""
        self._running = False
        self._packet = packet.packet
        self.done_page.show_made(packet)
        self._show(Step.DONE)

    def figures_made(self, path: Path) -> None:
        """The figures are written."""
        self._running = False
        self.done_page.show_figures(path)
        self._show(Step.DONE)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Closing stops nothing: the job goes on in the job bar."""
        self._running = False
        super().closeEvent(event)

    # Building

    def _make_steps(self, theme: Theme) -> None:
        self.choose = ChooseStep(self._choices)
        self.case = CaseForm()
        self.reveals = RevealStep()
        self.figures = FigureStep(self._choices.campaigns)
        self.write_page = WriteStep(theme, self._choices.folder)
        self.done_page = DoneStep(theme)
        self._reminder = PlainLabel(role="soft").wrapped()
        bodies: dict[Step, QWidget] = {
            Step.CHOOSE: self.choose,
            Step.RECEIVER: self._receivers(),
            Step.WORDS: self._words(),
            Step.REVEALS: self.reveals,
            Step.FIGURES: self.figures,
            Step.WRITE: self.write_page,
            Step.DONE: self.done_page,
        }
        self._pages = QStackedWidget()
        self._areas: dict[Step, QScrollArea] = {}
        for step, body in bodies.items():
            inner = QWidget()
            inner.setLayout(column(body, margins=(6, 2, 6, 4)))
            self._areas[step] = scrolled(inner)
            self._pages.addWidget(self._areas[step])

    def _receivers(self) -> QWidget:
        self._receiver = QButtonGroup(self)
        parts: list[QWidget] = []
        for number, template in enumerate(self._choices.templates):
            button = QRadioButton(template_name(template))
            button.setChecked(number == 0)
            self._receiver.addButton(button, number)
            note = PlainLabel(template_note(template), role="caption").wrapped()
            holder = QWidget()
            holder.setLayout(column(button, row(7, note), gap=0))
            parts.append(holder)
        self._receiver.idToggled.connect(lambda _, on: self._received() if on else None)
        promise = PlainLabel(
            translate(_CONTEXT, "Nobody promises to accept any format. Ask the office you send it to."),
            role="soft",
        ).wrapped()
        body = QWidget()
        body.setLayout(column(*parts, 1, promise, None, gap=2))
        return body

    def _words(self) -> QWidget:
        body = QWidget()
        body.setLayout(column(self._reminder, self.case, None, gap=3))
        return body

    def _make_buttons(self, theme: Theme) -> None:
        self.go = TextButton(theme, translate(_CONTEXT, "Next"), "", "primary").on_click(self._forward)
        self.go.setDefault(True)
        self.back = TextButton(theme, translate(_CONTEXT, "Back")).on_click(self._backward)
        self.cancel = TextButton(theme, translate(_CONTEXT, "Cancel")).on_click(self._cancel)

    # Going through

    def _show(self, step: Step) -> None:
        self.step = step
        self._pages.setCurrentWidget(self._areas[step])
        self._title.setText(step_name(step))
        self._say_where()
        if step is Step.WORDS:
            self._received()
        if step is Step.REVEALS:
            self._count()
        if step is Step.FIGURES:
            self._make_figures()
        self.write_page.ask_for(figures=self.choose.figures.isChecked())
        self._dress()
        self._areas[step].verticalScrollBar().setValue(0)
        self.go.setFocus()

    def _say_where(self) -> None:
        if self.step is Step.DONE:
            self._trail.setText(translate(_CONTEXT, "Make a packet"))
        else:
            trail = translate(_CONTEXT, "Make a packet · step {n} of {all}")
            self._trail.setText(trail.format(n=self._asked.index(self.step) + 1, all=len(self._asked)))

    def _dress(self) -> None:
        """Buttons for where we are."""
        writing = self.step is Step.WRITE
        self.back.setVisible(self.step not in (Step.CHOOSE, Step.DONE))
        self.back.setEnabled(not self._running)
        self.cancel.setVisible(self.step is not Step.DONE)
        stop, leave = translate(_CONTEXT, "Stop"), translate(_CONTEXT, "Cancel")
        self.cancel.setText(stop if self._running else leave)
        packet, figures = translate(_CONTEXT, "Make the packet"), translate(_CONTEXT, "Write the figures")
        make = figures if self.choose.figures.isChecked() else packet
        words = {Step.WRITE: make, Step.DONE: translate(_CONTEXT, "Close")}
        self.go.setText(words.get(self.step, translate(_CONTEXT, "Next")))
        refused = self.step is Step.FIGURES and not self.figures.ready
        self.go.setEnabled(not (writing and self._running) and not refused)

    def _forward(self) -> None:
        if self.step is Step.DONE:
            self.accept()
        elif self.step is Step.WRITE:
            if self.write_page.folder.text().strip():
                self.wanted.emit(self.wish())
        elif self.step is not Step.CHOOSE or self.choose.ready:
            self._show(self._asked[self._asked.index(self.step) + 1])

    def _backward(self) -> None:
        self._show(self._asked[self._asked.index(self.step) - 1])

    @property
    def _asked(self) -> tuple[Step, ...]:
        return _OF_FIGURES if self.choose.figures.isChecked() else _OF_PACKET

    def _cancel(self) -> None:
        if self._running:
            self.stop_wanted.emit()
        else:
            self.reject()

    def reject(self) -> None:
        """Escape while writing asks to stop first."""
        if self._running:
            self.stop_wanted.emit()
        else:
            super().reject()

    def _end(self, words: str) -> None:
        self._running = False
        self.write_page.stopped(words)
        self._dress()

    def _check(self) -> None:
        if self._packet is not None:
            self.check_wanted.emit(self._packet)
            self.accept()

    # Asking the services

    def _template(self) -> "Template":
        return self._choices.templates[max(0, self._receiver.checkedId())]

    def _received(self) -> None:
        template = self._template()
        self.case.show_template(template)
        self._reminder.setText(" ".join(template.remember))

    def _look_up(self) -> None:
        if self.choose.short.isChecked():
            work = partial(self._services.export.offer, self.choose.pool())
            self._background.read("packet-offer", work, self.choose.show_offer)

    def _count(self) -> None:
        if self.step is not Step.REVEALS:
            return
        self.reveals.wait()
        work = partial(self._services.export.preview, self._request())
        self._background.read("packet-preview", work, self.reveals.show_preview, self._uncounted)

    def _make_figures(self) -> None:
        self.figures.wait()
        if keys := self.figures.keys():
            work = partial(self._services.figures.offer, keys)
            self._background.read("figures-offer", work, self._show_figures, self._no_figures)

    def _show_figures(self, made: "FigureFile") -> None:
        # Asked twice, the answers may come late: only the one for what is ticked now counts.
        if self.figures.keys():
            self.figures.show_file(made)

    def _no_figures(self, error: Exception) -> None:
        words = words_for(error if isinstance(error, AppError) else AppError())
        self.figures.show_problem(words.title, words.explanation)

    def _uncounted(self, error: Exception) -> None:
        words = words_for(error if isinstance(error, AppError) else AppError())
        self.reveals.show_problem(words.title, words.explanation)

    def _request(self) -> "ExportRequest":
        from app.services.export import ExportRequest

        answers = self.case.answers()
        return ExportRequest(
            self.choose.pool(),
            self._template().name,
            self.write_page.as_zip.isChecked(),
            answers.pop("narrative", ""),
            answers,
            only=self.choose.only(),
            with_context=self.choose.context.isChecked(),
            with_media=self.choose.media.isChecked(),
            with_coordination=self.choose.coordination.isChecked(),
            recipients=self.write_page.recipients(),
            redaction=self.reveals.redaction(),
        )
