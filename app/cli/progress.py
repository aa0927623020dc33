"""Progress for a terminal: one line that is rewritten, or nothing when nobody watches."""

from app.cli.output import Output
from app.jobs.context import JobContext


def terminal_context(output: Output) -> JobContext:
    """A job context whose progress goes to stderr when that is a terminal."""
    if not output.err.isatty():
        return JobContext()

    def show(done: int, total: int, what: str) -> None:
        share = f"{done} of {total}" if total else str(done)
        # \r and "erase to the end of the line": the next progress or message takes this line's place.
        output.err.write(f"\r  {share} {what}\x1b[K" + ("\n" if done == total else ""))
        output.err.flush()

    return JobContext(on_progress=show)
