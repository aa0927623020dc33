"""The schema that migrations build is the schema the code uses."""

import hashlib
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext

from core.domain.evidence import EntryKind
from core.evidence.chain import Chain
from core.evidence.checkpoint import sign_checkpoint
from core.evidence.verify import verify_log
from core.storage import Store, tables
from core.storage.engine import open_engine
from core.storage.migrate import HEAD, is_current, known, migrate
from core.system.clock import SystemClock

KEY = bytes(32)


@pytest.fixture
def connection(tmp_path: Path):
    engine = open_engine(tmp_path / "test.db", KEY, read_only=False)
    with engine.begin() as opened:
        yield opened
    engine.dispose()


def test_final_schema_equals_the_tables(connection) -> None:
    migrate(connection)
    assert is_current(connection)
    context = MigrationContext.configure(connection, opts={"compare_type": False})
    assert compare_metadata(context, tables.metadata) == []


def test_every_append_only_table_has_its_triggers(connection) -> None:
    migrate(connection)
    found = (
        connection.exec_driver_sql("SELECT name FROM sqlite_master WHERE type = 'trigger'").scalars().all()
    )
    wanted = {f"{table}_no_{verb}" for table in ("entry", "checkpoint") for verb in ("update", "delete")}
    assert set(found) == wanted


def test_migrations_import_nothing_of_ours() -> None:
    folder = Path(__file__).parents[2] / "core/storage/migrations"
    for script in folder.glob("versions/*.py"):
        text = script.read_text()
        assert "import core" not in text
        assert "from core" not in text
        assert "from app" not in text


def test_the_head_we_name_is_the_newest_script(connection) -> None:
    migrate(connection)
    assert is_current(connection)
    assert HEAD in known()


def test_data_of_the_first_schema_survive_an_update(tmp_path: Path) -> None:
    path = tmp_path / "breakwater.db"
    _first_version(path)
    store = Store(path, KEY, SystemClock())
    with store.read() as unit:
        assert unit.accounts.all()[0].handle == "mira.example"
        assert unit.log.size() == 2
        assert verify_log(
            unit.log.entries(),
            checkpoints=unit.log.checkpoints(),
            public_key=unit.log.public_key(),
            content=unit.log.content,
            anchors=(),
        ).ok
    with store.write() as unit:
        unit.log.append(EntryKind.NOTE, facts={"act": "after the update"})
    store.close()
    assert path.with_suffix(".before-update").exists()


def _first_version(path: Path) -> None:
    """A database as the first version left it: its schema, two sealed entries and an account."""
    seed, origin = bytes(range(32)), "breakwater.invalid/log/test"
    chain = Chain.resume([])
    clock = SystemClock()
    sealed = []
    for content in (b'{"text":"first"}', b'{"text":"second"}'):
        one, chain = chain.seal(EntryKind.RECEIVED, clock.moment(), content=content, facts={})
        sealed.append((one, content))
    engine = open_engine(path, KEY, read_only=False)
    with engine.begin() as connection:
        migrate(connection, "0001")
        add = connection.exec_driver_sql
        for name, value in (("log-signing-key", seed), ("log-origin", origin.encode())):
            add("INSERT INTO meta VALUES (?, ?)", (name, value))
        for one, content in sealed:
            add("INSERT INTO blob VALUES (?, ?)", (hashlib.sha256(content).digest(), content))
            add("INSERT INTO entry VALUES (?, ?, ?, ?)", (one.seq, one.prev, one.leaf, one.envelope))
        note = sign_checkpoint(origin, chain.size, chain.root(), seed)
        add("INSERT INTO checkpoint VALUES (?, ?, ?)", (chain.size, note, 1))
        add(
            "INSERT INTO account (platform, remote_id, handle, service_url, state, added_at) "
            "VALUES (?, ?, ?, ?, ?, ?)",
            ("bluesky", "did:plc:m", "mira.example", "https://example.invalid", "active", 1),
        )
    engine.dispose()
