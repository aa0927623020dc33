"""Waiting as long as a platform asks, within reason."""

from collections.abc import Callable
from typing import TypeVar

from app.jobs.context import JobContext
from core.errors import WaitNeeded

# A longer wait ends the job instead; whatever is left resumes next time.
LONGEST_WAIT_S = 60

T = TypeVar("T")


def patiently(call: Callable[[], T], context: JobContext) -> T:
    """Call; if the platform asks for a short wait, honour it once and call again."""
    try:
        return call()
    except WaitNeeded as failure:
        seconds = int(failure.params.get("seconds", LONGEST_WAIT_S + 1))
        if seconds > LONGEST_WAIT_S:
            raise
        context.sleep(seconds)
        return call()
