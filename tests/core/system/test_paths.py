"""The data folder is private, or it is refused."""

import os
import stat
import sys
from pathlib import Path

import platformdirs
import pytest

from core.errors import UnusableFolder
from core.system.paths import DataFolder, default_data_folder, restrict_new_files

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="Windows has access lists, not mode bits")


def mode(path: Path) -> int:
    return stat.S_IMODE(path.lstat().st_mode)


@pytest.fixture(autouse=True)
def lax_umask():
    before = os.umask(0o000)
    yield
    os.umask(before)


def test_creates_private_folders_whatever_the_umask(tmp_path: Path) -> None:
    folder = DataFolder(tmp_path / "deep" / "data")
    folder.prepare()
    assert [mode(path) for path in (folder.root, folder.logs, folder.exports)] == [0o700] * 3


def test_preparing_twice_changes_nothing(tmp_path: Path) -> None:
    folder = DataFolder(tmp_path / "data")
    folder.prepare()
    folder.database.write_bytes(b"kept")
    folder.prepare()
    assert folder.database.read_bytes() == b"kept"
    assert folder.in_use


def test_closes_an_empty_open_folder(tmp_path: Path) -> None:
    tmp_path.joinpath("data").mkdir(mode=0o755)
    DataFolder(tmp_path / "data").prepare()
    assert mode(tmp_path / "data") == 0o700


def test_closes_our_own_folder_and_files_when_they_were_opened(tmp_path: Path) -> None:
    folder = DataFolder(tmp_path / "data")
    folder.prepare()
    side = folder.root / "breakwater.db-wal"
    for path in (folder.keyslots, folder.database, side):
        path.write_bytes(b"x")
        path.chmod(0o644)
    folder.root.chmod(0o755)
    folder.prepare()
    assert mode(folder.root) == 0o700
    assert [mode(path) for path in (folder.keyslots, folder.database, side)] == [0o600] * 3


def test_refuses_an_open_folder_with_other_things_in_it(tmp_path: Path) -> None:
    other = tmp_path / "documents"
    other.mkdir(mode=0o755)
    (other / "thesis.txt").write_text("mine")
    with pytest.raises(UnusableFolder) as refusal:
        DataFolder(other).prepare()
    assert refusal.value.params["why"] == "open-to-others"
    assert mode(other) == 0o755
    assert sorted(path.name for path in other.iterdir()) == ["thesis.txt"]


def test_refuses_a_shared_folder_such_as_tmp(tmp_path: Path) -> None:
    shared = tmp_path / "shared"
    shared.mkdir()
    shared.chmod(0o1777)
    with pytest.raises(UnusableFolder, match="open-to-others"):
        DataFolder(shared).prepare()
    assert mode(shared) == 0o1777


def test_accepts_a_private_folder_with_other_things_in_it(tmp_path: Path) -> None:
    own = tmp_path / "own"
    own.mkdir(mode=0o700)
    (own / "passphrase").write_text("x")
    DataFolder(own).prepare()
    assert (own / "logs").is_dir()


@pytest.mark.parametrize("name", ["", "logs", "exports"])
def test_refuses_a_linked_folder(tmp_path: Path, name: str) -> None:
    target = tmp_path / "elsewhere"
    target.mkdir(mode=0o700)
    folder = DataFolder(tmp_path / "data")
    if name:
        folder.prepare()
        (folder.root / name).rmdir()
    (folder.root / name).symlink_to(target)
    with pytest.raises(UnusableFolder) as refusal:
        folder.prepare()
    assert refusal.value.params["why"] == "symlink"
    assert list(target.iterdir()) == []


@pytest.mark.parametrize("name", ["breakwater.db", "breakwater.db-wal", "keyslots.json", "secrets.sealed"])
def test_refuses_linked_files(tmp_path: Path, name: str) -> None:
    folder = DataFolder(tmp_path / "data")
    folder.prepare()
    (folder.root / name).symlink_to(tmp_path / "elsewhere")
    with pytest.raises(UnusableFolder, match="symlink"):
        folder.prepare()


def test_refuses_a_file_in_place_of_the_folder_and_the_reverse(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(UnusableFolder, match="not-a-folder"):
        DataFolder(tmp_path / "file").prepare()
    folder = DataFolder(tmp_path / "data")
    folder.prepare()
    folder.database.mkdir()
    with pytest.raises(UnusableFolder, match="not-a-file"):
        folder.prepare()


@pytest.mark.skipif(sys.platform == "win32" or os.geteuid() != 0, reason="only root can give a folder away")
def test_refuses_what_belongs_to_someone_else(tmp_path: Path) -> None:
    theirs = tmp_path / "theirs"
    theirs.mkdir(mode=0o700)
    os.chown(theirs, 65534, 65534)
    with pytest.raises(UnusableFolder, match="not-yours"):
        DataFolder(theirs).prepare()


def test_says_so_when_the_place_cannot_be_used(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(UnusableFolder) as refusal:
        DataFolder(tmp_path / "file" / "data").prepare()
    assert refusal.value.params["why"] in {"enotdir", "eexist"}
    assert refusal.value.__cause__ is not None


def test_the_default_is_the_systems_place_for_data() -> None:
    root = default_data_folder().root
    assert root.name.lower() == "breakwater"
    assert root.parent == platformdirs.user_data_path()


def test_new_files_of_libraries_become_private(tmp_path: Path) -> None:
    restrict_new_files()
    (tmp_path / "made-by-a-library").write_text("")
    assert mode(tmp_path / "made-by-a-library") == 0o600
