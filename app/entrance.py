"""What happens before any data are opened. Light on purpose: the window's first frame waits for it."""

from collections.abc import Iterator
from contextlib import contextmanager

from app.services.unlock import UnlockService
from core.system.instance import hold
from core.system.logs import configure, harden_process
from core.system.paths import DataFolder, restrict_new_files
from core.system.secrets import KeyringSecrets


@contextmanager
def occupied(folder: DataFolder) -> Iterator[None]:
    """This process alone uses the folder: private files, a local log, no core dumps, one lock."""
    restrict_new_files()
    harden_process()
    folder.prepare()
    with hold(folder.lock), configure(folder.logs):
        yield


def unlock_service(folder: DataFolder) -> UnlockService:
    """What opens a data folder."""
    return UnlockService(folder, KeyringSecrets())
