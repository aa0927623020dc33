"""Runs jobs in worker threads; knows nothing of windows."""

import itertools
import logging
import secrets
import threading
import time
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from enum import Enum
from functools import partial
from typing import Final, Protocol, TypeVar

from app.jobs.context import JobContext
from app.jobs.observer import Failure, JobInfo, JobObserver, Lane, NoObserver
from core.errors import AppError, Cancelled
from core.system.logs import describe

T = TypeVar("T")
_log: Final = logging.getLogger(__name__)
# Compute has room beside a regroup and an export, so that a screen's quick read is not held up.
WORKERS: Final[Mapping[Lane, int]] = {Lane.NETWORK: 4, Lane.MODEL: 1, Lane.COMPUTE: 3}


class JobState(Enum):
    """Life of a job."""

    PENDING = "pending"
    RUNNING = "running"
    FINISHED = "finished"
    FAILED = "failed"
    CANCELLED = "cancelled"


class Timer(Protocol):
    """What a delayed start needs of `threading.Timer`."""

    def start(self) -> None: ...
    def cancel(self) -> None: ...
    def join(self) -> None: ...


@dataclass(slots=True, eq=False)
class _Job:
    """A job under the runner's lock."""

    info: JobInfo
    work: Callable[[JobContext], object]
    debounce: float
    state: JobState = JobState.PENDING
    failure: Failure | None = None
    cancel: threading.Event = field(default_factory=threading.Event)
    ended: threading.Event = field(default_factory=threading.Event)
    timer: Timer | None = None


class JobHandle:
    """A submitted job, from outside. Safe to use from any thread."""

    def __init__(self, job: _Job, cancel: Callable[[_Job], None]) -> None:
        self._job = job
        self._cancel = cancel

    @property
    def info(self) -> JobInfo:
        """Which job."""
        return self._job.info

    @property
    def state(self) -> JobState:
        """How far it came."""
        return self._job.state

    @property
    def failure(self) -> Failure | None:
        """Why it failed, when it did."""
        return self._job.failure

    def cancel(self) -> None:
        """Stop it: at once while it waits, else at its next checkpoint."""
        self._cancel(self._job)

    def wait(self, timeout: float | None = None) -> bool:
        """Wait for its end, however it ends; False when the time ran out."""
        return self._job.ended.wait(timeout)


class JobRunner:
    """Three lanes of worker threads. At most one job per key runs, whatever the lane."""

    def __init__(
        self,
        observer: JobObserver | None = None,
        workers: Mapping[Lane, int] = WORKERS,
        timer: Callable[[float, Callable[[], None]], Timer] | None = None,
    ) -> None:
        self._observer = observer or NoObserver()
        self._timer = timer or _daemon_timer
        self._lanes = {
            lane: ThreadPoolExecutor(count, thread_name_prefix=f"job-{lane.value}")
            for lane, count in workers.items()
        }
        self._numbers = itertools.count(1)
        self._changed = threading.Condition(threading.RLock())
        self._current: dict[str, _Job] = {}
        self._next: dict[str, _Job] = {}
        self._closed = False

    def submit(
        self,
        lane: Lane,
        key: str,
        title: str,
        fn: Callable[[JobContext], T],
        on_done: Callable[[T], None] | None = None,
        *,
        debounce: float = 0.0,
    ) -> JobHandle:
        """Queue a job; `on_done` gets its result in the worker, as part of the job.

        While a job with this key waits or runs, a second one is dropped and the first one's handle comes
        back. With `debounce`, the start waits that many seconds for more requests to join; one that
        comes while the job already runs is run once more afterwards, since it may bring new data. So is
        one that comes while a stopped job has not ended yet. After `close`: a cancelled handle.
        """

        def work(context: JobContext) -> object:
            result = fn(context)
            if on_done is not None:
                on_done(result)
            return result

        with self._changed:
            current = self._current.get(key)
            if current is not None and not self._runs_again(current, debounce):
                return self._handle(current)
            waiting = self._next.get(key)
            if waiting is not None:
                return self._handle(waiting)
            job = _Job(JobInfo(next(self._numbers), key, title, lane), work, debounce)
            if self._closed:
                self._end(job, JobState.CANCELLED)
            elif current is not None:
                self._next[key] = job
            else:
                self._enter(job)
            return self._handle(job)

    def cancel(self, key: str) -> None:
        """Stop the job with this key, and its follow-up."""
        with self._changed:
            for jobs in (self._next, self._current):
                if key in jobs:
                    self._cancel(jobs[key])

    def cancel_all(self) -> None:
        """Stop everything."""
        with self._changed:
            for job in (*self._next.values(), *self._current.values()):
                self._cancel(job)

    def active(self) -> tuple[JobInfo, ...]:
        """Jobs that wait or run, oldest first."""
        with self._changed:
            jobs = (*self._current.values(), *self._next.values())
            return tuple(sorted((job.info for job in jobs), key=lambda info: info.number))

    def wait_idle(self, timeout: float | None = None) -> bool:
        """Wait until nothing waits or runs; False when the time ran out."""
        with self._changed:
            return self._changed.wait_for(lambda: not self._current and not self._next, timeout)

    def close(self, timeout: float = 5.0) -> bool:
        """Refuse new jobs, stop all, wait. False: some job did not answer and its thread still runs."""
        deadline = time.monotonic() + timeout
        with self._changed:
            self._closed = True
            timers = [job.timer for job in self._current.values() if job.timer is not None]
            self.cancel_all()
        for timer in timers:
            timer.join()
        idle = self.wait_idle(max(0.0, deadline - time.monotonic()))
        for executor in self._lanes.values():
            executor.shutdown(wait=idle, cancel_futures=True)
        return idle

    def _handle(self, job: _Job) -> JobHandle:
        return JobHandle(job, self._cancel)

    @staticmethod
    def _runs_again(current: _Job, debounce: float) -> bool:
        return current.state is JobState.RUNNING and (debounce > 0 or current.cancel.is_set())

    def _enter(self, job: _Job) -> None:
        """Take the key's place and start, at once or after the wait. Under the lock."""
        self._current[job.info.key] = job
        if job.debounce > 0:
            job.timer = self._timer(job.debounce, partial(self._launch, job))
            job.timer.start()
        else:
            self._launch(job)

    def _launch(self, job: _Job) -> None:
        with self._changed:
            job.timer = None
            if job.state is JobState.PENDING and not self._closed:
                self._lanes[job.info.lane].submit(self._run, job)

    def _cancel(self, job: _Job) -> None:
        with self._changed:
            job.cancel.set()
            if job.state is not JobState.PENDING:
                return
            if job.timer is not None:
                job.timer.cancel()
            self._end(job, JobState.CANCELLED)

    def _run(self, job: _Job) -> None:
        with self._changed:
            if job.state is not JobState.PENDING:
                return
            job.state = JobState.RUNNING
        self._tell(self._observer.started, job.info)
        context = JobContext(partial(self._tell, self._observer.progressed, job.info), job.cancel)
        state = JobState.FAILED
        try:
            state = self._attempt(job, context)
        finally:
            with self._changed:
                self._end(job, state)

    def _attempt(self, job: _Job, context: JobContext) -> JobState:
        try:
            result = job.work(context)
        except Cancelled:
            self._tell(self._observer.cancelled, job.info)
            return JobState.CANCELLED
        except Exception as error:  # noqa: BLE001 - logged, and shown with its reference
            job.failure = _failure_of(job.info, error)
            self._tell(self._observer.failed, job.info, job.failure)
            return JobState.FAILED
        context.flush()
        self._tell(self._observer.finished, job.info, result)
        return JobState.FINISHED

    def _end(self, job: _Job, state: JobState) -> None:
        """Settle a job and let its follow-up take its place. Under the lock."""
        job.state = state
        key = job.info.key
        if self._next.get(key) is job:
            del self._next[key]
        elif self._current.get(key) is job:
            del self._current[key]
            follow_up = self._next.pop(key, None)
            if follow_up is not None:
                self._enter(follow_up)
        job.ended.set()
        self._changed.notify_all()

    def _tell(self, event: Callable[..., None], *details: object) -> None:
        """A listener's mistake must not take the job down with it."""
        try:
            event(*details)
        except Exception as error:  # noqa: BLE001 - logged; there is nobody else to tell
            _log.error("a job observer failed: %s", describe(error))


def _daemon_timer(seconds: float, then: Callable[[], None]) -> Timer:
    timer = threading.Timer(seconds, then)
    timer.daemon = True
    return timer


def _failure_of(job: JobInfo, error: Exception) -> Failure:
    if isinstance(error, AppError):
        _log.info("job %s stopped by %s", job.key, error.code)
        return Failure(error=error)
    reference = secrets.token_hex(4)
    _log.error("job %s failed, reference %s: %s", job.key, reference, describe(error))
    return Failure(reference=reference)
