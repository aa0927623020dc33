"""The store: encrypted, append-only, all or nothing."""

import json
import sqlite3
import subprocess
import sys
from datetime import timedelta
from pathlib import Path

import pytest
from fake_clock import FakeClock
from made_up import author, garbled, received
from sqlalchemy.exc import DBAPIError

from app.services.ingest import IngestService
from core.domain.evidence import EntryKind
from core.domain.ids import PlatformName
from core.domain.inbox import InboxFilter, Queue, Review
from core.errors import DataDamaged, DiskFull, NewerData, NotFound
from core.evidence.verify import verify_log
from core.storage import Store
from core.storage.engine import StorageBug, connect, open_engine
from core.storage.log import content_hash
from core.system.clock import SystemClock

KEY = bytes(range(32))


@pytest.fixture
def store(tmp_path: Path):
    opened = Store(tmp_path / "breakwater.db", KEY, FakeClock())
    yield opened
    opened.close()


@pytest.fixture
def ingest(store: Store) -> IngestService:
    return IngestService(store, FakeClock())


def verify(store: Store):
    with store.read() as unit:
        return verify_log(
            unit.log.entries(),
            checkpoints=unit.log.checkpoints(),
            public_key=unit.log.public_key(),
            content=unit.log.content,
            anchors=(),
        )


def test_nothing_readable_on_disk(store: Store, ingest: IngestService, tmp_path: Path) -> None:
    canary = "canary-text-that-must-not-be-readable"
    ingest.take([received(1, canary)], None)
    store.close()
    for file in tmp_path.iterdir():
        assert canary.encode() not in file.read_bytes()
    with pytest.raises(sqlite3.DatabaseError):
        sqlite3.connect(tmp_path / "breakwater.db").execute("SELECT * FROM mention")


def test_a_wrong_key_is_damage_and_changes_nothing(store: Store, tmp_path: Path) -> None:
    path = tmp_path / "breakwater.db"
    store.close()
    before = path.read_bytes()
    with pytest.raises(DataDamaged):
        Store(path, bytes(32), FakeClock())
    assert path.read_bytes() == before


def test_opening_again_continues_the_log(store: Store, ingest: IngestService, tmp_path: Path) -> None:
    ingest.take([received(1)], None)
    store.close()
    again = Store(tmp_path / "breakwater.db", KEY, FakeClock())
    IngestService(again, FakeClock()).take([received(2)], None)
    report = verify(again)
    again.close()
    assert report.ok
    assert report.entries == 2


def test_taking_twice_changes_nothing(store: Store, ingest: IngestService) -> None:
    first = ingest.take([received(1), received(2), garbled()], None)
    second = ingest.take([received(1), received(2), garbled()], None)
    assert (len(first.new), first.duplicates, first.rejected) == (2, 0, 1)
    assert (len(second.new), second.duplicates) == (0, 2)
    with store.read() as unit:
        assert unit.log.size() == 3
        assert unit.mentions.count() == 2


def test_what_could_not_be_read_is_sealed_with_its_reason(store: Store, ingest: IngestService) -> None:
    ingest.take([garbled(b"\xff\xfe garbage")], None)
    with store.read() as unit:
        assert unit.log.content(content_hash(b"\xff\xfe garbage")) == b"\xff\xfe garbage"
        assert next(iter(unit.log.entries())).envelope.count(b"rejected") == 1


def test_a_failing_unit_leaves_no_trace(store: Store, ingest: IngestService) -> None:
    ingest.take([received(1)], None)
    with pytest.raises(ZeroDivisionError), store.write() as unit:
        unit.log.append(EntryKind.NOTE, facts={"act": "never"})
        unit.log.flush()
        raise ZeroDivisionError
    ingest.take([received(2)], None)
    report = verify(store)
    assert report.ok
    assert report.entries == 2


@pytest.mark.parametrize("table", ["entry", "checkpoint"])
@pytest.mark.parametrize(
    "statement",
    [
        "DELETE FROM {table}",
        "UPDATE {table} SET rowid = rowid",
        "INSERT OR REPLACE INTO {table} SELECT * FROM {table}",
    ],
)
def test_log_tables_refuse_change(
    store: Store, ingest: IngestService, tmp_path: Path, table: str, statement: str
) -> None:
    ingest.take([received(1)], None)
    raw = connect(tmp_path / "breakwater.db", KEY, read_only=False)
    with pytest.raises(Exception, match="append-only"):
        raw.execute(statement.format(table=table))
    raw.close()


def test_readers_cannot_write(store: Store, tmp_path: Path) -> None:
    engine = open_engine(tmp_path / "breakwater.db", KEY, read_only=True)
    with pytest.raises(DBAPIError), engine.begin() as connection:
        connection.exec_driver_sql("DELETE FROM mention")
    engine.dispose()


def test_a_newer_file_is_refused_politely(store: Store, tmp_path: Path) -> None:
    path = tmp_path / "breakwater.db"
    store.close()
    raw = connect(path, KEY, read_only=False)
    raw.execute("UPDATE alembic_version SET version_num = '9999'")
    raw.close()
    with pytest.raises(NewerData) as failure:
        Store(path, KEY, FakeClock())
    assert failure.value.params["found"] == "9999"


def test_errors_never_carry_values(store: Store) -> None:
    with pytest.raises(StorageBug) as failure, store.write() as unit:
        unit.accounts._connection.exec_driver_sql("INSERT INTO meta (name) VALUES ('canary-value')")
    chain = f"{failure.value!r} {failure.value.__cause__!r} {failure.value.__cause__}"
    assert "canary-value" not in str(failure.value)
    assert "parameters" not in chain or "hidden" in chain


def test_erasing_content_keeps_the_log_whole(store: Store, ingest: IngestService) -> None:
    one = received(1, "please erase me")
    ingest.take([one, received(2)], None)
    with store.write() as unit:
        unit.log.erase(content_hash(one.raw), "asked for")
    with store.read() as unit:
        assert unit.log.content(content_hash(one.raw)) is None
    report = verify(store)
    assert report.ok, report.faults


def test_people_they_follow_are_never_in_the_abuse_queue(store: Store, ingest: IngestService) -> None:
    friend = author("friend", followed=True)
    ids = ingest.take([received(1, "x", friend), received(2, "x")], None).new
    with store.write() as unit:
        unit.mentions.review(ids, Review.ABUSE)
    with store.read() as unit:
        rows = unit.inbox.rows(InboxFilter(queue=Queue.ABUSE))
        kind = unit.inbox.rows(InboxFilter(queue=Queue.KIND_FIRST))
    assert [row.handle for row in rows] == ["ada"]
    assert [row.handle for row in kind] == ["friend"]
    assert not kind[0].hidden


def test_unscored_is_never_safe(store: Store, ingest: IngestService) -> None:
    ingest.take([received(1)], None)
    with store.read() as unit:
        counts = unit.inbox.counts()
        row = unit.inbox.rows(InboxFilter())[0]
    assert counts.by_queue[Queue.UNSCORED] == 1
    assert counts.by_queue[Queue.KIND_FIRST] == 0
    assert row.hidden


def test_search_takes_wildcards_literally(store: Store, ingest: IngestService) -> None:
    ingest.take([received(1, "100% sure"), received(2, "1000 sure"), received(3, "叛徒 名单")], None)
    with store.read() as unit:
        assert [row.text for row in unit.inbox.rows(InboxFilter(search="0% s"))] == ["100% sure"]
        assert [row.text for row in unit.inbox.rows(InboxFilter(search="叛徒"))] == ["叛徒 名单"]


def test_names_a_sender_has_used_are_kept(store: Store, ingest: IngestService) -> None:
    from dataclasses import replace

    ingest.take([received(1, by=author("ada"))], None)
    ingest.take([received(2, by=replace(author("ada"), handle="ada_new", display_name="New"))], None)
    with store.read() as unit:
        row = unit.inbox.rows(InboxFilter())[0]
        card = unit.inbox.sender(row.sender_id)
        with pytest.raises(NotFound):
            unit.inbox.sender(999)
    assert card.handle == "ada_new"
    assert [name.handle for name in card.names_seen] == ["ada", "ada_new"]
    assert card.mention_count == 2


_WRITER = """
import sys
from pathlib import Path
sys.path[:0] = [{root!r}, {support!r}]
from app.services.ingest import IngestService
from core.storage import Store
from core.system.clock import SystemClock
from made_up import received
store = Store(Path({path!r}), bytes(range(32)), SystemClock())
ingest = IngestService(store, SystemClock())
number = {start}
while True:
    ingest.take([received(number), received(number + 1)], None)
    number += 2
    print(number, flush=True)
"""


@pytest.mark.slow
def test_kill_nine_loses_nothing_acknowledged(tmp_path: Path) -> None:
    """Twelve kills at odd moments; `make torture` does hundreds."""
    path = tmp_path / "breakwater.db"
    root = Path(__file__).parents[3]
    acknowledged = 0
    for round_number in range(12):
        script = _WRITER.format(
            root=str(root), support=str(root / "tests/support"), path=str(path), start=acknowledged
        )
        writer = subprocess.Popen([sys.executable, "-c", script], stdout=subprocess.PIPE, text=True)
        assert writer.stdout is not None
        for _ in range(3 + round_number):
            acknowledged = int(writer.stdout.readline())
        writer.kill()
        rest = writer.stdout.read().split()
        acknowledged = int(rest[-1]) if rest else acknowledged
        writer.wait()
        writer.stdout.close()
    store = Store(path, KEY, SystemClock())
    report = verify(store)
    with store.read() as unit:
        known = unit.mentions.known([(PlatformName("testland"), f"post-{n}") for n in range(acknowledged)])
    store.close()
    assert report.ok, report.faults
    assert len(known) == acknowledged


def kinds_and_facts(store: Store) -> list[tuple[str, dict]]:
    with store.read() as unit:
        said = [json.loads(entry.envelope) for entry in unit.log.entries()]
    assert [one["seq"] for one in said] == list(range(len(said)))
    return [(one["kind"], one["facts"]) for one in said]


def test_a_clock_that_was_set_is_an_entry_before_what_follows(tmp_path: Path) -> None:
    clock = FakeClock()
    store = Store(tmp_path / "breakwater.db", KEY, clock)
    for seconds, setting in ((30, 0), (30, 7200), (30, 0), (30, -9000), (30, 0)):
        clock.advance(seconds)
        clock.set(clock.now() + timedelta(seconds=setting))
        with store.write() as unit:
            unit.log.append(EntryKind.NOTE, facts={"set": setting})
    assert [kind for kind, _ in kinds_and_facts(store)] == [
        *("note", "clock-jump", "note", "note", "clock-jump", "note", "note")
    ]
    assert [facts["drift_s"] for kind, facts in kinds_and_facts(store) if kind == "clock-jump"] == [
        7200,
        -9000,
    ]
    assert verify(store).ok
    store.close()


def test_a_restart_between_two_openings_is_an_entry(tmp_path: Path) -> None:
    clock, found = FakeClock(), []
    for happened in ("nothing", "restart", "restart and set back"):
        if happened != "nothing":
            clock.advance(300)
            clock.reboot()
        if happened == "restart and set back":
            clock.set(clock.now() - timedelta(days=1))
        store = Store(tmp_path / "breakwater.db", KEY, clock)
        with store.write() as unit:
            unit.log.append(EntryKind.START)
        found = kinds_and_facts(store)
        assert verify(store).ok
        store.close()
    assert found == [
        ("start", {}),
        ("clock-jump", {"why": "restarted", "wall_s": 300}),
        ("start", {}),
        ("clock-jump", {"why": "backwards", "wall_s": 300 - 86_400}),
        ("start", {}),
    ]


def test_a_rolled_back_unit_does_not_hide_a_jump(store: Store, ingest: IngestService) -> None:
    clock = store._clock
    ingest.take([received(1)], None)
    clock.set(clock.now() + timedelta(hours=5))
    with pytest.raises(ZeroDivisionError), store.write() as unit:
        unit.log.append(EntryKind.NOTE)
        raise ZeroDivisionError
    ingest.take([received(2)], None)
    assert [kind for kind, _ in kinds_and_facts(store)] == ["received", "clock-jump", "received"]


@pytest.fixture
def small_disk(tmp_path: Path):
    """A file system of 3 MB; mounting one takes root, which CI is."""
    folder = tmp_path / "small"
    folder.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=3m", "tmpfs", str(folder)], capture_output=True, check=False
    )
    if mounted.returncode != 0:
        pytest.skip("cannot mount a small file system here")
    yield folder
    subprocess.run(["umount", "-l", str(folder)], check=True)


@pytest.mark.testbed
def test_a_full_disk_loses_nothing_acknowledged(small_disk: Path) -> None:
    filler = small_disk / "filler"
    store = Store(small_disk / "breakwater.db", KEY, FakeClock())
    ingest = IngestService(store, FakeClock())
    filler.write_bytes(bytes(1_000_000))
    acknowledged = 0
    with pytest.raises(DiskFull):
        for number in range(10_000):
            ingest.take([received(number, "x" * 2_000)], None)
            acknowledged = number + 1
    # While the disk is full everything can still be read.
    with store.read() as unit:
        assert unit.mentions.count() == acknowledged
    store.close()
    again = Store(small_disk / "breakwater.db", KEY, FakeClock())
    assert verify(again).ok
    # Room is made, and work goes on where it stopped.
    filler.unlink()
    IngestService(again, FakeClock()).take([received(acknowledged, "x" * 2_000)], None)
    report = verify(again)
    with again.read() as unit:
        assert unit.mentions.count() == acknowledged + 1
    again.close()
    assert report.ok, report.faults


def test_a_damaged_page_is_named_and_nothing_is_deleted(
    store: Store, ingest: IngestService, tmp_path: Path
) -> None:
    path = tmp_path / "breakwater.db"
    ingest.take([received(number, "text") for number in range(200)], None)
    store.close()
    damaged = bytearray(path.read_bytes())
    for offset in range(5 * 4096, len(damaged), 4096):
        damaged[offset + 100] ^= 1
    path.write_bytes(bytes(damaged))
    with pytest.raises(DataDamaged):
        opened = Store(path, KEY, FakeClock())
        try:
            verify(opened)
        finally:
            opened.close()
    assert path.read_bytes() == bytes(damaged)


def test_a_damaged_page_that_nobody_reads_is_counted(
    store: Store, ingest: IngestService, tmp_path: Path
) -> None:
    ingest.take([received(number, "text") for number in range(50)], None)
    with store.read() as unit:
        assert unit.log.damaged_pages() == 0
        (root,) = unit.log._driver.execute(
            "SELECT rootpage FROM sqlite_master WHERE name = 'action_batch'"
        ).fetchone()
    store.close()
    path = tmp_path / "breakwater.db"
    data = bytearray(path.read_bytes())
    data[(root - 1) * 4096 + 2000] ^= 4
    path.write_bytes(data)
    again = Store(path, KEY, FakeClock())
    with again.read() as unit:
        assert unit.log.damaged_pages() == 1
    again.close()
