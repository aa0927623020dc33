"""Figures about campaigns: from the store to a file that the stix2 library reads, naming nobody."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from fake_clock import FakeClock
from made_campaign import MadeTown

from app.jobs.context import JobContext
from app.services.figures import FigureFile, FigureService
from app.services.group import GroupService
from app.services.ingest import IngestService
from core.errors import BadInput, DiskFull, UnusableFolder
from core.storage import Store
from core.storage.log import LogWriter


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """A campaign of sixteen accounts among ordinary people."""
    store = Store(tmp_path / "data.db", bytes(32), FakeClock())
    town = MadeTown()
    IngestService(store, FakeClock()).take([*town.ordinary(), *town.campaign()], None)
    yield store
    store.close()


def test_a_group_becomes_figures(store: Store, tmp_path: Path) -> None:
    GroupService(store, FakeClock()).run(JobContext())
    with store.read() as unit:
        keys = [card.key for card in unit.campaigns.cards(unit.groups.cards())]
    assert keys
    service = FigureService(store, FakeClock())
    offered = service.offer(keys)
    text = offered.text
    campaign = next(one for one in json.loads(text)["objects"] if one["type"] == "campaign")
    assert campaign["description"].startswith("16 accounts, ")
    assert "testland: " in campaign["description"]
    for secret in ("step1", "ferry", "ava", ".example", *keys):
        assert secret not in text
    folder = tmp_path / "new" / "folder"
    path = service.write(folder, offered)
    assert path.parent == folder
    assert path.name.endswith(".stix.json")
    assert path.read_text("utf-8") == text
    assert path.stat().st_mode & 0o077 == 0
    with store.read() as unit:
        facts = [json.loads(one.envelope)["facts"] for one in unit.log.entries()][-1]
    assert facts == {"act": "figures", "groups": len(keys)}
    with pytest.raises(UnusableFolder):
        service.write(folder, offered)
    assert list(folder.iterdir()) == [path]


def test_nothing_known_gives_nothing(store: Store) -> None:
    with pytest.raises(BadInput):
        FigureService(store, FakeClock()).offer(["g-unknown"])


def test_a_failure_leaves_no_file(store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file without its entry in the log must not be left lying about."""

    def full(self: LogWriter, *args: object, **kwargs: object) -> None:
        raise DiskFull(path="x")

    monkeypatch.setattr(LogWriter, "append", full)
    folder = tmp_path / "out"
    with pytest.raises(DiskFull):
        FigureService(store, FakeClock()).write(folder, FigureFile("figures.stix.json", "{}\n", 1))
    assert list(folder.iterdir()) == []
    (tmp_path / "a-file").write_bytes(b"")
    with pytest.raises(UnusableFolder):
        FigureService(store, FakeClock()).write(tmp_path / "a-file", FigureFile("x", "{}", 1))
