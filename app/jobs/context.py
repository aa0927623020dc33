"""What a running job is given: a way to say how far it is, and to learn that it should stop."""

import threading
import time
from collections.abc import Callable
from typing import Final

from core.errors import Cancelled

# 20 events a second; measured to keep a window responsive (conventions, section 4).
SPACING_S: Final = 0.05
OnProgress = Callable[[int, int, str], None]


class JobContext:
    """Progress and cancelling for one job, used from the job's own thread.

    Without arguments it is the quiet context of the command line and of tests: progress goes
    nowhere and nothing cancels. `cancelled` may be set from any thread.
    """

    def __init__(
        self,
        on_progress: OnProgress | None = None,
        cancelled: threading.Event | None = None,
        seconds: Callable[[], float] = time.monotonic,
    ) -> None:
        self._on_progress = on_progress
        self._cancelled = cancelled or threading.Event()
        self._seconds = seconds
        self._sent_at = float("-inf")
        self._held: tuple[int, int, str] | None = None
        self._was_complete = False

    def progress(self, done: int, total: int, what: str = "") -> None:
        """Say how far it is; `total` 0 means unknown. Cheap: call it for every item.

        At most 20 events a second are passed on, plus the one that reaches the total.
        """
        if self._on_progress is None:
            return
        now = self._seconds()
        complete = 0 < total <= done
        completes = complete and not self._was_complete
        self._was_complete = complete
        self._held = (done, total, what)
        if completes or now - self._sent_at >= SPACING_S:
            self._sent_at = now
            self.flush()

    def flush(self) -> None:
        """Pass on the last event if it was held back; the runner does so when the job ends."""
        if self._held is not None and self._on_progress is not None:
            held, self._held = self._held, None
            self._on_progress(*held)

    def checkpoint(self) -> None:
        """Raise `Cancelled` if the person stopped this job. At every page, batch and file."""
        if self._cancelled.is_set():
            raise Cancelled

    def sleep(self, seconds: float) -> None:
        """Wait; a cancel ends the wait at once with `Cancelled`."""
        self.checkpoint()
        if seconds > 0 and self._cancelled.wait(seconds):
            raise Cancelled
