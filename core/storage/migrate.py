"""Schema migrations, run in-process on the already decrypted connection.

Alembic loads only when there is something to migrate: most starts find the newest revision.
"""

from pathlib import Path
from typing import TYPE_CHECKING, Final

from sqlalchemy import Connection, inspect, text

from core.errors import NewerData

if TYPE_CHECKING:
    from alembic.config import Config

# The newest revision in `migrations/versions`; a test holds the two together.
HEAD: Final = "0002"
_SCRIPTS: Final = Path(__file__).parent / "migrations"


def is_current(connection: Connection) -> bool:
    """Whether the data need no migration. Raises `NewerData` for a revision we do not know."""
    found = _found(connection)
    if found not in (None, HEAD) and found not in known():
        raise NewerData(found=found, known=HEAD)
    return found == HEAD


def known() -> set[str]:
    """Every revision this program can read."""
    from alembic.script import ScriptDirectory

    return {script.revision for script in ScriptDirectory.from_config(_config()).walk_revisions()}


def migrate(connection: Connection, revision: str = "head") -> None:
    """Bring the schema up to `revision` inside the caller's transaction."""
    from alembic import command

    command.upgrade(_config(connection), revision)


def _found(connection: Connection) -> str | None:
    if not inspect(connection).has_table("alembic_version"):
        return None
    found: str | None = connection.execute(
        text("SELECT version_num FROM alembic_version")
    ).scalar_one_or_none()
    return found


def _config(connection: Connection | None = None) -> "Config":
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(_SCRIPTS))
    config.attributes["connection"] = connection
    return config
