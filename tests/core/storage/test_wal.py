"""The write-ahead file: damage is told from a write that power loss cut short."""

import shutil
from pathlib import Path
from random import Random

import pytest
from fake_clock import FakeClock
from made_up import received

from app.services.ingest import IngestService
from core.errors import DataDamaged, UnusableFolder
from core.storage import Store
from core.storage.wal import check_wal

KEY = bytes(range(32))
FRAME = 4096 + 24


@pytest.fixture
def killed(tmp_path: Path) -> Path:
    """A database as a kill leaves it: six transactions in the write-ahead file."""
    path = tmp_path / "live" / "breakwater.db"
    path.parent.mkdir()
    Store(path, KEY, FakeClock()).close()
    store = Store(path, KEY, FakeClock())
    ingest = IngestService(store, FakeClock())
    for number in range(6):
        ingest.take([received(number, "text " * 400)], None)
    left = shutil.copytree(path.parent, tmp_path / "left")
    (left / "breakwater.db-shm").unlink()
    store.close()
    return left / "breakwater.db"


def wal(database: Path) -> Path:
    return database.with_name("breakwater.db-wal")


def ends(data: bytes) -> list[int]:
    """Where the frames begin that end a transaction."""
    return [at for at in range(32, len(data), FRAME) if data[at + 4 : at + 8] != bytes(4)]


def test_a_whole_file_and_no_file_pass(killed: Path, tmp_path: Path) -> None:
    assert len(ends(wal(killed).read_bytes())) == 6
    check_wal(killed)
    check_wal(tmp_path / "nothing.db")
    wal(killed).write_bytes(bytes(4096))
    check_wal(killed)


@pytest.mark.parametrize("part", ["header", "salt", "end mark", "checksum", "page"])
def test_one_bit_before_the_last_transaction_is_damage(killed: Path, part: str) -> None:
    whole, random = wal(killed).read_bytes(), Random(part)
    for _ in range(40):
        data = bytearray(whole)
        start = ends(whole)[random.randrange(5)] if part != "header" else -8
        low, high = {"header": (8, 40), "salt": (8, 16), "end mark": (4, 6), "checksum": (16, 24)}.get(
            part, (24, FRAME)
        )
        data[start + random.randrange(low, high)] ^= 1 << random.randrange(8)
        wal(killed).write_bytes(data)
        with pytest.raises(DataDamaged):
            Store(killed, KEY, FakeClock())
        assert wal(killed).read_bytes() == data, "nothing is changed or removed"


def test_a_cut_last_transaction_is_no_damage(killed: Path) -> None:
    whole, random = wal(killed).read_bytes(), Random(3)
    last = ends(whole)[-2] + FRAME
    sectors = list(range(last, len(whole), 512))
    for _ in range(60):
        data = bytearray(whole)
        for at in sectors:
            if random.random() < 0.5:
                data[at : at + 512] = bytes(len(data[at : at + 512]))
        wal(killed).write_bytes(data[: random.randrange(last, len(data) + 1)])
        check_wal(killed)


def test_after_damage_is_gone_everything_is_there(killed: Path) -> None:
    whole = wal(killed).read_bytes()
    wal(killed).write_bytes(whole[:5000] + bytes([whole[5000] ^ 1]) + whole[5001:])
    with pytest.raises(DataDamaged):
        Store(killed, KEY, FakeClock())
    wal(killed).write_bytes(whole)
    store = Store(killed, KEY, FakeClock())
    with store.read() as unit:
        assert unit.mentions.count() == 6
    store.close()


def test_a_wrong_key_loses_nothing_of_a_killed_session(killed: Path) -> None:
    with pytest.raises(DataDamaged):
        Store(killed, bytes(32), FakeClock())
    store = Store(killed, KEY, FakeClock())
    with store.read() as unit:
        assert unit.mentions.count() == 6
    store.close()


def test_a_file_that_cannot_be_read(killed: Path) -> None:
    wal(killed).unlink()
    wal(killed).mkdir()
    with pytest.raises(UnusableFolder):
        check_wal(killed)
