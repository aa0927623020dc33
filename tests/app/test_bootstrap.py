"""Opening and closing are entries of the log, whatever happens in between."""

import json
from pathlib import Path

import pytest
from memory_secrets import MemorySecrets

from app.bootstrap import open_services
from app.services.unlock import Opened
from core.domain.evidence import EvidenceEntry
from core.errors import DiskFull
from core.storage import Store
from core.system.clock import SystemClock
from core.system.paths import DataFolder

KEY = bytes(range(32))


@pytest.fixture
def opened(tmp_path: Path) -> Opened:
    folder = DataFolder(tmp_path / "data")
    folder.prepare()
    return Opened(folder, KEY, MemorySecrets())


def said(opened: Opened) -> list[tuple[str, dict]]:
    store = Store(opened.folder.database, KEY, SystemClock())
    with store.read() as unit:
        entries: list[EvidenceEntry] = list(unit.log.entries())
    store.close()
    return [(one["kind"], one["facts"]) for one in (json.loads(entry.envelope) for entry in entries)]


def test_start_and_stop_are_entries(opened: Opened) -> None:
    with open_services(opened):
        pass
    assert said(opened) == [("start", {}), ("stop", {})]


def test_an_error_in_between_is_told_apart(opened: Opened) -> None:
    with pytest.raises(ZeroDivisionError), open_services(opened):
        raise ZeroDivisionError
    assert said(opened) == [("start", {}), ("stop", {"by_error": True})]


def test_a_log_that_cannot_be_written_does_not_hide_what_went_wrong(
    opened: Opened, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(store: Store) -> None:
        raise DiskFull(path="somewhere")

    with pytest.raises(ZeroDivisionError), open_services(opened), monkeypatch.context():
        monkeypatch.setattr(Store, "write", full)
        raise ZeroDivisionError
    monkeypatch.undo()
    assert said(opened) == [("start", {})]
