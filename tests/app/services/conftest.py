"""Services over a real store and a fake platform on a real socket."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from fake_clock import FakeClock
from fake_platform import FakeBluesky
from memory_secrets import MemorySecrets
from service_desk import Desk, QuietContext

from app.services.accounts import AccountService
from app.services.capture import CaptureService
from app.services.inbox import InboxService
from app.services.ingest import IngestService
from app.services.respond import RespondService
from app.services.sync import SyncService
from core.connectors.bluesky.connector import BlueskyPlatform
from core.connectors.bluesky.pictures import PictureServers
from core.domain.ids import PlatformName
from core.storage import Store


@pytest.fixture
def fake() -> Iterator[FakeBluesky]:
    running = FakeBluesky()
    yield running
    running.close()


@pytest.fixture
def desk(fake: FakeBluesky, tmp_path: Path) -> Iterator[Desk]:
    clock = FakeClock()
    store = Store(tmp_path / "breakwater.db", bytes(32), clock)
    servers = PictureServers(pictures=f"{fake.url}/img", films=f"{fake.url}/watch")
    platform = BlueskyPlatform(page_size=3, sleep=lambda _: None, now=clock.now, picture_servers=servers)
    accounts = AccountService(store, MemorySecrets(), [platform], clock)
    ingest = IngestService(store, clock)
    sync = SyncService(store, accounts, ingest, clock)
    account = accounts.add(PlatformName("bluesky"), fake.handle, fake.password, fake.url)
    yield Desk(
        store=store,
        clock=clock,
        fake=fake,
        accounts=accounts,
        sync=sync,
        respond=RespondService(store, accounts, sync, clock),
        ingest=ingest,
        captures=CaptureService(store, accounts, clock),
        inbox=InboxService(store),
        account=account,
        context=QuietContext(),
    )
    store.close()
