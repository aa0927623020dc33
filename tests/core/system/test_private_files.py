"""Whole or not at all, and for nobody else."""

import errno
import os
import stat
from pathlib import Path

import pytest

from core.errors import DataDamaged, DiskFull, UnusableFolder
from core.system import private_files
from core.system.private_files import read_private, write_private


def test_round_trip_is_private(tmp_path: Path) -> None:
    path = tmp_path / "file"
    assert read_private(path, limit=10) is None
    write_private(path, b"first")
    write_private(path, b"second")
    assert read_private(path, limit=10) == b"second"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert [one.name for one in tmp_path.iterdir()] == ["file"]


def test_too_long_is_damage(tmp_path: Path) -> None:
    write_private(tmp_path / "file", b"12345")
    assert read_private(tmp_path / "file", limit=5) == b"12345"
    with pytest.raises(DataDamaged):
        read_private(tmp_path / "file", limit=4)


@pytest.mark.parametrize(("number", "error"), [(errno.ENOSPC, DiskFull), (errno.EIO, UnusableFolder)])
def test_a_failed_write_leaves_the_old_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int, error: type[Exception]
) -> None:
    write_private(tmp_path / "file", b"old")

    def fail(descriptor: int) -> None:
        raise OSError(number, "as told")

    monkeypatch.setattr(private_files.os, "fsync", fail)
    with pytest.raises(error):
        write_private(tmp_path / "file", b"new")
    assert (tmp_path / "file").read_bytes() == b"old"
    assert [one.name for one in tmp_path.iterdir()] == ["file"]


def test_links_are_neither_read_nor_replaced(tmp_path: Path) -> None:
    (tmp_path / "target").write_bytes(b"theirs")
    (tmp_path / "link").symlink_to(tmp_path / "target")
    with pytest.raises(UnusableFolder, match="symlink"):
        read_private(tmp_path / "link", limit=10)
    with pytest.raises(UnusableFolder, match="symlink"):
        write_private(tmp_path / "link", b"ours")
    assert (tmp_path / "target").read_bytes() == b"theirs"


def test_a_folder_or_missing_folder_is_refused(tmp_path: Path) -> None:
    (tmp_path / "folder").mkdir()
    with pytest.raises(UnusableFolder):
        read_private(tmp_path / "folder", limit=10)
    with pytest.raises(UnusableFolder, match="enoent"):
        write_private(tmp_path / "missing" / "file", b"x")


def test_a_pipe_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(UnusableFolder, match="not-a-file"):
        read_private(tmp_path / "pipe", limit=10)


def test_a_file_system_without_modes_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "file").write_bytes(b"")
    (tmp_path / "file").chmod(0o644)
    found = (tmp_path / "file").lstat()
    monkeypatch.setattr(Path, "chmod", lambda self, mode: None)
    with pytest.raises(UnusableFolder, match="open-to-others"):
        private_files.tighten(tmp_path / "file", found, 0o600)

    def refuse(self: Path, mode: int) -> None:
        raise PermissionError(errno.EPERM, "as told")

    monkeypatch.setattr(Path, "chmod", refuse)
    with pytest.raises(UnusableFolder, match="eperm"):
        private_files.tighten(tmp_path / "file", found, 0o600)


def test_a_read_that_fails_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write_private(tmp_path / "file", b"x")

    def broken(*_: object, **__: object) -> object:
        raise OSError(errno.EIO, "as told")

    monkeypatch.setattr(private_files.os, "fdopen", broken)
    with pytest.raises(UnusableFolder, match="eio"):
        read_private(tmp_path / "file", limit=10)
