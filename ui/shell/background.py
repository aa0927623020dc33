"""How screens ask for work: in a worker, with the answer delivered on the GUI thread."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Protocol, TypeVar

if TYPE_CHECKING:
    from app.jobs.context import JobContext

T = TypeVar("T")
Failed = Callable[[Exception], None]


class Background(Protocol):
    """The one way from a screen to work that may take time."""

    def read(
        self, key: str, work: Callable[[], T], then: Callable[[T], None], failed: Failed | None = None
    ) -> None:
        """A quick look into the store. A newer request with the same key makes an older answer void."""
        ...

    def start(
        self,
        key: str,
        title: str,
        work: "Callable[[JobContext], T]",
        then: Callable[[T], None] | None = None,
        failed: Failed | None = None,
        *,
        lane: str = "compute",
    ) -> bool:
        """A job with progress and cancel; an empty title keeps it out of the job bar. False when one with this key is already running.

        Without `failed`, a failure goes to the message center. Cancelling calls neither.
        """
        ...
