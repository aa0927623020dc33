"""Progress for a terminal: one line that is rewritten, or nothing when nobody watches."""

import time

from app.cli.output import Output
from app.jobs.context import JobContext


def terminal_context(output: Output) -> JobContext:
    """A job context whose progress goes to stderr when that is a terminal."""
    return JobContext(on_progress=_Line(output) if output.err.isatty() else None)
