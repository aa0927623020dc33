"""Figures about campaigns: from the store to a file that the stix2 library reads, naming nobody."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from fake_clock import FakeClock
from made_campaign import MadeTown

from app.jobs.context import JobContext
from app.services.figures import FigureService
from app.services.group import GroupService
from app.services.ingest import IngestService
from core.errors import BadInput, UnusableFolder
from core.storage import Store


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
    text = service.text(keys)
    campaign = next(one for one in json.loads(text)["objects"] if one["type"] == "campaign")
    assert campaign["description"].startswith("16 accounts, ")
    assert "testland: " in campaign["description"]
    for secret in ("step1", "ferry", "ava", ".example", *keys):
        assert secret not in text
    path = tmp_path / "figures.stix.json"
    service.write(path, text, len(keys))
    assert path.read_text("utf-8") == text
    assert path.stat().st_mode & 0o077 == 0
    with store.read() as unit:
        facts = [json.loads(one.envelope)["facts"] for one in unit.log.entries()][-1]
    assert facts == {"act": "figures", "groups": len(keys)}
    with pytest.raises(UnusableFolder):
        service.write(path, text, len(keys))


def test_nothing_known_gives_nothing(store: Store) -> None:
    with pytest.raises(BadInput):
        FigureService(store, FakeClock()).text(["g-unknown"])
