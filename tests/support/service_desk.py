"""Services over a real store and a fake platform on a real socket."""

from dataclasses import dataclass

from fake_clock import FakeClock
from fake_platform import FakeBluesky

from app.jobs.context import JobContext
from app.services.accounts import AccountService
from app.services.capture import CaptureService
from app.services.inbox import InboxService
from app.services.ingest import IngestService
from app.services.respond import RespondService
from app.services.sync import SyncService
from core.domain.account import Account
from core.storage import Store


class QuietContext(JobContext):
    """Waits are noted, not waited for."""

    def __init__(self) -> None:
        super().__init__()
        self.waits: list[float] = []

    def sleep(self, seconds: float) -> None:
        self.checkpoint()
        self.waits.append(seconds)


@dataclass(frozen=True)
class Desk:
    """Everything a test of the services needs."""

    store: Store
    clock: FakeClock
    fake: FakeBluesky
    accounts: AccountService
    sync: SyncService
    respond: RespondService
    ingest: IngestService
    captures: CaptureService
    inbox: InboxService
    account: Account
    context: QuietContext
