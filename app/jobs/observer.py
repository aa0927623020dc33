"""Who is told about jobs: the window's relay, or nobody."""

from dataclasses import dataclass
from enum import Enum
from typing import Protocol

from core.errors import AppError


class Lane(Enum):
    """Where a job waits its turn; one lane never holds up another."""

    NETWORK = "network"  # several requests at once
    MODEL = "model"  # one: models take all the memory and cores they get
    COMPUTE = "compute"  # one: grouping, exports


@dataclass(frozen=True, slots=True)
class JobInfo:
    """Which job. `number` is unique in this process; `key` names the work and holds ids only, because it
    is logged; `title` is shown to the person, is not logged and may be empty for work out of sight.
    """

    number: int
    key: str
    title: str
    lane: Lane


@dataclass(frozen=True, slots=True)
class Failure:
    """Why a job failed: something the person can act on, or a bug of ours, findable in the log."""

    error: AppError | None = None
    reference: str | None = None


class JobObserver(Protocol):
    """Called in the job's worker thread; must be quick and must not raise."""

    def started(self, job: JobInfo) -> None:
        """A job left the queue. Exactly one of `finished`, `failed` and `cancelled` follows."""
        ...

    def progressed(self, job: JobInfo, done: int, total: int, what: str) -> None:
        """How far it is, at most 20 times a second; `total` 0 means unknown."""
        ...

    def finished(self, job: JobInfo, result: object) -> None:
        """It returned; `result` is often a `ChangeSet`."""
        ...

    def failed(self, job: JobInfo, failure: Failure) -> None:
        """It raised."""
        ...

    def cancelled(self, job: JobInfo) -> None:
        """It was stopped. Nothing is shown but the end of it."""
        ...


class NoObserver:
    """For runs that nobody watches."""

    def started(self, job: JobInfo) -> None:
        """Ignored."""

    def progressed(self, job: JobInfo, done: int, total: int, what: str) -> None:
        """Ignored."""

    def finished(self, job: JobInfo, result: object) -> None:
        """Ignored."""

    def failed(self, job: JobInfo, failure: Failure) -> None:
        """Ignored."""

    def cancelled(self, job: JobInfo) -> None:
        """Ignored."""
