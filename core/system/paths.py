"""Where the data live on this machine, and that nobody else can read them."""

import contextlib
import os
import stat
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import platformdirs

from core.errors import UnusableFolder
from core.system.private_files import FILE_MODE, FOLDER_MODE, check_private, storage_error, tighten

_DATABASE: Final = "breakwater.db"
# SQLite's side files hold the same data as the database.
_DATABASE_SIDES: Final = ("-wal", "-shm", "-journal")


@dataclass(frozen=True, slots=True)
class DataFolder:
    """The one folder that holds everything. Making the value touches nothing: see `prepare`."""

    root: Path

    @property
    def database(self) -> Path:
        """The encrypted database."""
        return self.root / _DATABASE

    @property
    def keyslots(self) -> Path:
        """The wrapped database key."""
        return self.root / "keyslots.json"

    @property
    def secrets(self) -> Path:
        """Sign-ins, encrypted, for people who do not use a keyring."""
        return self.root / "secrets.sealed"

    @property
    def settings(self) -> Path:
        """Preferences; nothing private."""
        return self.root / "settings.json"

    @property
    def lock(self) -> Path:
        """Held by the process that uses the folder."""
        return self.root / "breakwater.lock"

    @property
    def logs(self) -> Path:
        """Folder of the technical log."""
        return self.root / "logs"

    @property
    def exports(self) -> Path:
        """Folder offered first when a packet is exported."""
        return self.root / "exports"

    @property
    def in_use(self) -> bool:
        """True when Breakwater has kept data here before."""
        return any(path.exists() for path in (self.keyslots, self.database, self.lock))

    def prepare(self) -> None:
        """Create the folder, or check it; afterwards only this user can read it.

        A folder that is open to others is closed when it is empty or already ours. One that holds
        other things is refused: closing it could lock people out of files we know nothing of.
        Raises `UnusableFolder` (why: symlink, not-a-folder, not-a-file, not-yours,
        open-to-others, or an errno name such as eacces) or `DiskFull`.
        """
        try:
            self.root.parent.mkdir(parents=True, exist_ok=True)
            _private_folder(self.root, ours=self.in_use)
            for folder in (self.logs, self.exports):
                _private_folder(folder, ours=True)
            for file in self._files():
                _private_file(file)
        except OSError as error:
            raise storage_error(error, self.root) from error

    def _files(self) -> tuple[Path, ...]:
        sides = tuple(self.root / f"{_DATABASE}{side}" for side in _DATABASE_SIDES)
        return (self.database, *sides, self.keyslots, self.secrets, self.settings, self.lock)


def default_data_folder() -> DataFolder:
    """The usual place on this system; on Windows not the roaming profile, which leaves the machine."""
    name = "Breakwater" if sys.platform in {"win32", "darwin"} else "breakwater"
    return DataFolder(platformdirs.user_data_path(name, appauthor=False, roaming=False))


def restrict_new_files() -> None:
    """Make every file this process creates private, those of libraries (SQLite) included."""
    os.umask(0o077)


def _private_folder(path: Path, *, ours: bool) -> None:
    with contextlib.suppress(FileExistsError):
        path.mkdir(mode=FOLDER_MODE)
    found = path.lstat()
    check_private(path, found, folder=True)
    if not found.st_mode & 0o077 or sys.platform == "win32":
        return
    shared = found.st_mode & stat.S_ISVTX or (not ours and any(path.iterdir()))
    if shared:
        raise UnusableFolder(path=str(path), why="open-to-others")
    tighten(path, found, FOLDER_MODE)


def _private_file(path: Path) -> None:
    try:
        found = path.lstat()
    except FileNotFoundError:
        return
    check_private(path, found, folder=False)
    tighten(path, found, FILE_MODE)
