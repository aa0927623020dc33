"""`breakwater doctor`: what works here, what does not, and what to do about it."""

import platform
import sys
from collections.abc import Callable

from app.cli.output import Json, Output, explain
from app.entrance import unlock_service
from core.classify.engine import load_default
from core.errors import AppError
from core.storage.engine import check_sqlite
from core.system.paths import DataFolder
from core.system.secrets import KeyringSecrets


def doctor(folder: DataFolder, output: Output) -> int:
    """Run every check; 0 when the product can do its job here."""
    checks: list[tuple[str, bool, Callable[[], str]]] = [
        ("python", True, lambda: f"{platform.python_version()} on {sys.platform}"),
        ("database", True, _database),
        ("classifier", True, lambda: load_default().model.label),
        ("window", True, _window),
        # A passphrase is a full alternative, so a missing keyring is not a fault.
        ("keyring", False, lambda: KeyringSecrets().check()),
        ("data folder", True, lambda: _folder(folder)),
    ]
    healthy = True
    found: dict[str, Json] = {}
    for name, needed, check in checks:
        try:
            answer, fine = check(), True
        except AppError as failure:
            answer, fine = explain(failure), False
        healthy = healthy and (fine or not needed)
        found[name] = {"ok": fine, "needed": needed, "detail": answer}
        output.say(f"{'ok  ' if fine else 'FAIL' if needed else 'note'} {name}: {answer}")
    output.data({"ok": healthy, "checks": found})
    return 0 if healthy else 1


def _database() -> str:
    check_sqlite()
    return "encrypted SQLite is safe to use"


def _window() -> str:
    from PySide6 import __version__

    return f"Qt for Python {__version__}"


def _folder(folder: DataFolder) -> str:
    if not folder.in_use:
        return f"{folder.root} (nothing there yet)"
    folder.prepare()
    return f"{folder.root}, opens by {unlock_service(folder).access().value}"
