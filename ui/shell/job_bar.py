"""The strip at the foot of the window while something is running."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QProgressBar, QSizePolicy, QWidget

from ui.theme.theme import Theme
from ui.widgets.buttons import TextButton
from ui.widgets.layouts import row
from ui.widgets.untrusted_text import PlainLabel, one_line
from ui.wording import counted, number, translate


class JobBar(QFrame):
    """Shows the job begun last, how far it is, and a way to stop it."""

    # Id of the job to stop.
    cancel_wanted = Signal(int)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("jobBar")
        self._jobs: dict[int, tuple[str, int, int, str]] = {}
        self._title = PlainLabel(role="strong")
        self._detail = PlainLabel(role="soft")
        self._detail.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        self._bar.setFixedWidth(220)
        self._more = PlainLabel(role="caption")
        self.cancel = TextButton(theme, translate("JobBar", "Stop"), "close", "quiet")
        self.cancel.on_click(self._cancel)
        line = row(self._title, self._detail, self._more, self._bar, self.cancel, gap=3, margins=(5, 1, 3, 1))
        line.setStretch(1, 1)
        self.setLayout(line)
        self.setFixedHeight(48)
        self.hide()

    def begin(self, job_id: int, title: str) -> None:
        """A job started."""
        self._jobs[job_id] = (title, 0, 0, "")
        self._show()

    def progress(self, job_id: int, done: int, total: int, untrusted_note: str = "") -> None:
        """How far it is; `total` 0 means unknown."""
        if job_id in self._jobs:
            self._jobs[job_id] = (self._jobs[job_id][0], done, total, untrusted_note)
            self._show()

    def end(self, job_id: int) -> None:
        """A job ended, however."""
        self._jobs.pop(job_id, None)
        self._show()

    def _current(self) -> int | None:
        return max(self._jobs, default=None)

    def _show(self) -> None:
        current = self._current()
        self.setVisible(current is not None)
        if current is None:
            return
        title, done, total, note = self._jobs[current]
        self._title.setText(title)
        self._detail.setText(_detail(done, total, note))
        self._bar.setRange(0, total)
        self._bar.setValue(done)
        others = len(self._jobs) - 1
        self._more.setVisible(others > 0)
        self._more.setText(
            counted(others, translate("JobBar", "and {n} more"), translate("JobBar", "and {n} more"))
        )

    def _cancel(self) -> None:
        current = self._current()
        if current is not None:
            self.cancel_wanted.emit(current)


def _detail(done: int, total: int, untrusted_note: str) -> str:
    parts = []
    if total > 1:
        parts.append(translate("JobBar", "{done} of {total}").format(done=number(done), total=number(total)))
    elif done > 1:
        parts.append(number(done))
    if untrusted_note:
        parts.append(one_line(untrusted_note, 60))
    return " · ".join(parts)
