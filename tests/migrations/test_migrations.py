"""The schema that migrations build is the schema the code uses."""

from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext

from core.storage import tables
from core.storage.engine import open_engine
from core.storage.migrate import HEAD, is_current, known, migrate

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
