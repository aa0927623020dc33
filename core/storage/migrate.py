"""Schema migrations, run in-process on the already decrypted connection."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection

from core.errors import NewerData

_SCRIPTS = Path(__file__).parent / "migrations"


def _config(connection: Connection | None = None) -> Config:
    config = Config()
    config.set_main_option("script_location", str(_SCRIPTS))
    config.attributes["connection"] = connection
    return config


def head() -> str:
    """The newest revision this program knows."""
    revision = ScriptDirectory.from_config(_config()).get_current_head()
    if revision is None:
        raise RuntimeError("the program ships without migrations")
    return revision


def _found(connection: Connection) -> str | None:
    return MigrationContext.configure(connection).get_current_revision()


def is_current(connection: Connection) -> bool:
    """Whether the data need no migration. Raises `NewerData` for a revision we do not know."""
    found = _found(connection)
    if found is not None and found not in known():
        raise NewerData(found=found, known=head())
    return found == head()


def known() -> set[str]:
    """Every revision this program can read."""
    return {script.revision for script in ScriptDirectory.from_config(_config()).walk_revisions()}


def migrate(connection: Connection, revision: str = "head") -> None:
    """Bring the schema up to `revision` inside the caller's transaction."""
    command.upgrade(_config(connection), revision)
