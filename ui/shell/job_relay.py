"""Between the job runner's worker threads and the GUI thread.

The relay is a QObject born on the GUI thread: what workers report is emitted as signals, which Qt
queues and delivers there. Callbacks of screens therefore always run on the GUI thread.
"""

from collections import deque
from collections.abc import Callable, Collection
from dataclasses import dataclass
from itertools import count
from typing import TYPE_CHECKING, Any, Final, TypeVar

from PySide6.QtCore import QObject, Qt, Signal, Slot

from app.jobs.changes import ChangeKind, ChangeSet
from app.jobs.observer import Failure, JobInfo, Lane
from core.errors import AppError
from ui.background import Failed
from ui.messages import Words, words_for, words_for_bug
from ui.notices import Notice

if TYPE_CHECKING:
    from app.jobs.context import JobContext
    from app.jobs.runner import JobHandle, JobRunner

T = TypeVar("T")
# Requests to judge or regroup that come close together become one.
_JOIN_S: Final = 0.2


class BugError(Exception):
    """A fault of ours in a job; `reference` finds it in the log."""

    def __init__(self, reference: str) -> None:
        super().__init__(reference)
        self.reference = reference


@dataclass(frozen=True, slots=True)
class _Waiting:
    """What to do when a job ends."""

    then: Callable[[Any], None] | None
    failed: Failed | None
    changes: ChangeSet
    # Reads: the name under which only the newest answer counts, and which request this is.
    topic: str = ""
    request: int = 0


class JobRelay(QObject):
    """The window's `Background`, and the runner's observer."""

    changed = Signal(object)
    job_began = Signal(int, str)
    job_progressed = Signal(int, int, int, str)
    job_ended = Signal(int)
    notice = Signal(object)

    _started = Signal(object)
    _progressed = Signal(object, int, int, str)
    _finished = Signal(object, object)
    _failed = Signal(object, object)
    _cancelled = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._runner: JobRunner | None = None
        self._waiting: dict[int, _Waiting] = {}
        self._handles: dict[int, JobHandle] = {}
        # Numbers of jobs that ended a moment ago; a few are enough to close the gap described below.
        self._ended: deque[int] = deque(maxlen=64)
        self._newest: dict[str, int] = {}
        self._requests = count(1)
        queued = Qt.ConnectionType.QueuedConnection
        self._started.connect(self._on_started, queued)
        self._progressed.connect(self._on_progressed, queued)
        self._finished.connect(self._on_finished, queued)
        self._failed.connect(self._on_failed, queued)
        self._cancelled.connect(self._on_cancelled, queued)

    def use(self, runner: "JobRunner") -> None:
        """The runner that this relay observes."""
        self._runner = runner

    @property
    def idle(self) -> bool:
        """Nothing is waiting for an answer."""
        return not self._waiting

    def read(
        self, key: str, work: Callable[[], T], then: Callable[[T], None], failed: Failed | None = None
    ) -> None:
        """See `Background.read`."""
        request = next(self._requests)
        self._newest[key] = request
        waiting = _Waiting(then, failed, ChangeSet(), topic=key, request=request)
        self._submit(f"read-{key}-{request}", "", lambda _: work(), Lane.COMPUTE, waiting)

    def start(
        self,
        key: str,
        title: str,
        work: "Callable[[JobContext], T]",
        then: Callable[[T], None] | None = None,
        failed: Failed | None = None,
        *,
        lane: Lane = Lane.COMPUTE,
        changes: Collection[ChangeKind] = (),
        again: bool = False,
    ) -> bool:
        """See `Background.start`."""
        waiting = _Waiting(then, failed, ChangeSet.of(*changes))
        return self._submit(key, title, work, lane, waiting, debounce=_JOIN_S if again else 0.0)

    def forget_all(self) -> None:
        """The screens are going away: no answer may reach them."""
        self._newest.clear()
        self._waiting.clear()

    @Slot(int)
    def cancel(self, number: int) -> None:
        """Stop a job."""
        if number in self._handles:
            self._handles[number].cancel()

    def _submit(
        self,
        key: str,
        title: str,
        work: "Callable[[JobContext], object]",
        lane: Lane,
        waiting: _Waiting,
        *,
        debounce: float = 0.0,
    ) -> bool:
        if self._runner is None:
            return False
        handle = self._runner.submit(lane, key, title, work, debounce=debounce)
        while handle.info.number in self._ended:
            # Its end has been told to us, and its thread is about to free the key.
            handle.wait(1.0)
            handle = self._runner.submit(lane, key, title, work, debounce=debounce)
        number = handle.info.number
        if number in self._waiting or handle.state.value == "cancelled":
            return False
        # What workers say is queued behind this call: no answer can come before it is registered.
        self._waiting[number] = waiting
        self._handles[number] = handle
        return True

    # JobObserver, called in workers: nothing but emitting.

    def started(self, job: JobInfo) -> None:
        """A job left the queue."""
        if job.title:
            self._started.emit(job)

    def progressed(self, job: JobInfo, done: int, total: int, what: str) -> None:
        """How far it is."""
        if job.title:
            self._progressed.emit(job, done, total, what)

    def finished(self, job: JobInfo, result: object) -> None:
        """It returned."""
        self._finished.emit(job, result)

    def failed(self, job: JobInfo, failure: Failure) -> None:
        """It raised."""
        self._failed.emit(job, failure)

    def cancelled(self, job: JobInfo) -> None:
        """It was stopped."""
        self._cancelled.emit(job)

    # On the GUI thread.

    @Slot(object)
    def _on_started(self, job: JobInfo) -> None:
        self.job_began.emit(job.number, job.title)

    @Slot(object, int, int, str)
    def _on_progressed(self, job: JobInfo, done: int, total: int, what: str) -> None:
        self.job_progressed.emit(job.number, done, total, what)

    @Slot(object, object)
    def _on_finished(self, job: JobInfo, result: object) -> None:
        waiting = self._end(job)
        if waiting is None:
            return
        if waiting.then is not None:
            waiting.then(result)
        self._announce(waiting)

    @Slot(object, object)
    def _on_failed(self, job: JobInfo, failure: Failure) -> None:
        waiting = self._end(job)
        if waiting is None:
            return
        error: Exception = failure.error or BugError(failure.reference or "")
        if waiting.failed is not None:
            waiting.failed(error)
        else:
            self.notice.emit(Notice(words_of(error)))
        self._announce(waiting)

    @Slot(object)
    def _on_cancelled(self, job: JobInfo) -> None:
        waiting = self._end(job)
        if waiting is not None:
            self._announce(waiting)

    def _end(self, job: JobInfo) -> _Waiting | None:
        """The job is over; None when its answer is not wanted any more."""
        if job.title:
            self.job_ended.emit(job.number)
        self._ended.append(job.number)
        self._handles.pop(job.number, None)
        waiting = self._waiting.pop(job.number, None)
        if waiting is None or (waiting.topic and self._newest.get(waiting.topic) != waiting.request):
            return None
        return waiting

    def _announce(self, waiting: _Waiting) -> None:
        if waiting.changes:
            self.changed.emit(waiting.changes)


def words_of(error: Exception) -> Words:
    """Advice for what the person can act on, an apology for what is our fault."""
    if isinstance(error, AppError):
        return words_for(error)
    return words_for_bug(error.reference if isinstance(error, BugError) else "")
