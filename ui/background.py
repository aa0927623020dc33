"""How screens ask for work: in a worker, with the answer delivered on the GUI thread."""

from collections.abc import Callable, Collection
from typing import TYPE_CHECKING, Protocol, TypeVar

from app.jobs.changes import ChangeKind
from app.jobs.observer import Lane

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
        lane: Lane = Lane.COMPUTE,
        changes: Collection[ChangeKind] = (),
        again: bool = False,
    ) -> bool:
        """A job with progress and cancel; an empty title keeps it out of the job bar.

        False when one with this key is already waiting or running; with `again` it is then run once
        more afterwards, since there may be new data. Without `failed`, a failure goes to the
        message center. Cancelling calls neither. However it ends, screens hear of `changes`: a
        stopped job keeps what it committed.
        """
        ...
