"""Fetching a large file: continued, checked, never half used."""

import errno
import hashlib
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from file_server import FileServer, Served
from hypothesis import given
from hypothesis import strategies as st

from core.classify.downloads import Downloads, RemoteFile, matches
from core.errors import Cancelled, DiskFull, ModelUnusable, Offline, UnusableFolder

DATA = bytes(range(256)) * 4_000  # about a megabyte, so that it comes in several blocks
SHA = hashlib.sha256(DATA).hexdigest()


@pytest.fixture
def server() -> Iterator[FileServer]:
    running = FileServer()
    running.files["big.bin"] = Served(DATA)
    yield running
    running.close()


@pytest.fixture
def file(server: FileServer) -> RemoteFile:
    return RemoteFile("big.bin", server.url("big.bin"), SHA[:8], len(DATA), 2 * len(DATA))


@pytest.fixture
def downloads(tmp_path: Path) -> Downloads:
    return Downloads(tmp_path, {"127.0.0.1"}, plain_http=True)


def quiet(done: int, total: int) -> None:
    pass


def stop_after(limit: int):
    def on_bytes(done: int, total: int) -> None:
        if done >= limit:
            raise Cancelled

    return on_bytes


def why(downloads: Downloads, file: RemoteFile, known: str = "") -> object:
    with pytest.raises(ModelUnusable) as caught:
        downloads.fetch(file, quiet, known)
    return caught.value.params["why"]


def test_a_file_arrives_whole_private_and_named(
    downloads: Downloads, file: RemoteFile, tmp_path: Path
) -> None:
    seen: list[tuple[int, int]] = []
    whole = downloads.fetch(file, lambda done, total: seen.append((done, total)))
    assert whole.path.read_bytes() == DATA
    assert (whole.sha256, whole.size) == (SHA, len(DATA))
    assert seen[-1] == (len(DATA), len(DATA))
    assert [one.name for one in tmp_path.iterdir()] == ["big.bin"]
    assert not whole.path.stat().st_mode & 0o077


def test_what_is_here_is_checked_and_not_fetched_again(
    downloads: Downloads, file: RemoteFile, server: FileServer
) -> None:
    downloads.fetch(file, quiet)
    downloads.fetch(file, quiet)
    assert len(server.asked) == 1


def test_a_pause_keeps_the_part_and_the_next_fetch_continues(
    downloads: Downloads, file: RemoteFile, server: FileServer, tmp_path: Path
) -> None:
    with pytest.raises(Cancelled):
        downloads.fetch(file, stop_after(300_000))
    part = downloads.present(file)
    assert 300_000 <= part < len(DATA)
    assert not (tmp_path / "big.bin").exists()
    assert downloads.fetch(file, quiet).sha256 == SHA
    assert server.asked[-1] == ("big.bin", f"bytes={part}-")


def test_a_killed_process_leaves_a_part_that_is_continued(
    downloads: Downloads, file: RemoteFile, tmp_path: Path
) -> None:
    code = (
        "import os, sys; from pathlib import Path\n"
        "from core.classify.downloads import Downloads, RemoteFile\n"
        "def on_bytes(done, total):\n    if done >= 300_000: os._exit(9)\n"
        "file = RemoteFile(sys.argv[2], sys.argv[3], sys.argv[4], 1, 9_000_000)\n"
        "Downloads(Path(sys.argv[1]), {'127.0.0.1'}, plain_http=True).fetch(file, on_bytes)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, str(tmp_path), file.name, file.url, file.sha256], check=False
    )
    assert done.returncode == 9
    assert not (tmp_path / "big.bin").exists()
    assert 0 < downloads.present(file) < len(DATA)
    assert downloads.fetch(file, quiet).sha256 == SHA


def test_a_connection_cut_off_midway_is_continued(
    downloads: Downloads, file: RemoteFile, server: FileServer
) -> None:
    server.files["big.bin"].cut_after = 500_000
    with pytest.raises(Offline):
        downloads.fetch(file, quiet)
    part = downloads.present(file)
    assert 0 < part <= 500_000
    server.files["big.bin"].cut_after = None
    assert downloads.fetch(file, quiet).sha256 == SHA
    assert server.asked[-1][1] == f"bytes={part}-"


@pytest.mark.parametrize(
    "change",
    [
        {"etag": '"two"'},  # another version: If-Range makes the server begin again
        {"ranges": False},
        {"wrong_start": True},
        {"etag": 'W/"one"'},  # a weak version promises nothing
    ],
)
def test_a_part_that_cannot_be_continued_is_begun_again(
    downloads: Downloads, file: RemoteFile, server: FileServer, change: dict[str, object]
) -> None:
    with pytest.raises(Cancelled):
        downloads.fetch(file, stop_after(300_000))
    server.files["big.bin"] = replace(server.files["big.bin"], **change)
    assert downloads.fetch(file, quiet).sha256 == SHA


def test_a_file_changed_between_the_halves_is_never_joined(
    downloads: Downloads, file: RemoteFile, server: FileServer, tmp_path: Path
) -> None:
    """The server keeps its version mark but serves other bytes: the hash catches it and nothing is left."""
    with pytest.raises(Cancelled):
        downloads.fetch(file, stop_after(300_000))
    server.files["big.bin"].data = bytes(len(DATA))
    assert why(downloads, file) == "hash"
    assert list(tmp_path.iterdir()) == []


def test_without_a_strong_version_a_fetch_begins_again(
    downloads: Downloads, file: RemoteFile, server: FileServer
) -> None:
    server.files["big.bin"].etag = ""
    with pytest.raises(Cancelled):
        downloads.fetch(file, stop_after(300_000))
    downloads.fetch(file, quiet)
    assert server.asked[-1][1] == ""


def test_another_file_is_refused_and_deleted(
    downloads: Downloads, file: RemoteFile, server: FileServer, tmp_path: Path
) -> None:
    server.files["big.bin"].data = DATA[:-1] + b"x"
    assert why(downloads, file) == "hash"
    assert list(tmp_path.iterdir()) == []


def test_a_truncated_file_does_not_pass_for_the_whole(
    downloads: Downloads, file: RemoteFile, server: FileServer
) -> None:
    server.files["big.bin"].data = DATA[:-1]
    assert why(downloads, file) == "hash"


def test_a_server_that_promises_more_than_it_sends(
    downloads: Downloads, file: RemoteFile, server: FileServer, tmp_path: Path
) -> None:
    server.files["big.bin"].claimed = len(DATA) + 10
    with pytest.raises(Offline):
        downloads.fetch(file, quiet)
    assert not (tmp_path / "big.bin").exists()


def test_a_server_that_promises_less_than_the_file(
    downloads: Downloads, file: RemoteFile, server: FileServer
) -> None:
    server.files["big.bin"].claimed = 1_000
    assert why(downloads, file) == "hash"


def test_nothing_beyond_the_limit_is_written(downloads: Downloads, file: RemoteFile) -> None:
    assert why(downloads, replace(file, limit=1_000)) == "too-large"
    assert downloads.present(file) == 0


def test_the_hash_of_an_earlier_time_must_come_again(downloads: Downloads, file: RemoteFile) -> None:
    """Where only the beginning of a hash is published, the whole one is remembered from the first time."""
    assert why(downloads, file, known=SHA[:8] + "0" * 56) == "changed"
    assert downloads.fetch(file, quiet, known=SHA).sha256 == SHA


def test_a_file_damaged_later_is_noticed(downloads: Downloads, file: RemoteFile) -> None:
    downloads.fetch(file, quiet).path.write_bytes(b"damaged")
    assert why(downloads, file) == "hash"


def test_other_hosts_are_not_spoken_to(
    downloads: Downloads, file: RemoteFile, server: FileServer, tmp_path: Path
) -> None:
    server.files["moved"] = Served(b"", redirect="http://elsewhere.invalid/big.bin")
    assert why(downloads, replace(file, url=server.url("moved"))) == "host"
    assert why(Downloads(tmp_path, {"127.0.0.1"}), file) == "host"  # plain http, as in the product
    assert why(downloads, replace(file, url="http://user@127.0.0.1/x")) == "host"


def test_redirects_between_listed_hosts_are_followed_and_end(
    downloads: Downloads, file: RemoteFile, server: FileServer
) -> None:
    server.files["moved"] = Served(b"", redirect=server.url("big.bin"))
    assert downloads.fetch(replace(file, url=server.url("moved")), quiet).sha256 == SHA
    server.files["round"] = Served(b"", redirect=server.url("round"))
    assert why(downloads, replace(file, name="other.bin", url=server.url("round"))) == "status"


@pytest.mark.parametrize("status", [404, 403, 500])
def test_a_refusal_is_said(downloads: Downloads, file: RemoteFile, server: FileServer, status: int) -> None:
    server.files["big.bin"].status = status
    assert why(downloads, file) == "status"


def test_nobody_there_is_offline(tmp_path: Path) -> None:
    gone = RemoteFile("x", "http://127.0.0.1:9/x", SHA, 1, 1)
    with pytest.raises(Offline):
        Downloads(tmp_path, {"127.0.0.1"}, plain_http=True).fetch(gone, quiet)


def test_a_full_disk_is_said_before_anything_is_fetched(
    downloads: Downloads, file: RemoteFile, monkeypatch: pytest.MonkeyPatch
) -> None:
    usage = shutil.disk_usage("/")._replace(free=1_000)
    monkeypatch.setattr(shutil, "disk_usage", lambda path: usage)
    with pytest.raises(DiskFull):
        downloads.fetch(file, quiet)
    assert downloads.present(file) == 0


def test_a_disk_that_fills_up_midway_leaves_no_file(
    downloads: Downloads, file: RemoteFile, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    def full(handle: int) -> None:
        raise OSError(errno.ENOSPC, "no space")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(DiskFull):
        downloads.fetch(file, quiet)
    assert not (tmp_path / "big.bin").exists()


def test_a_folder_that_cannot_be_written_is_said(file: RemoteFile, tmp_path: Path) -> None:
    (tmp_path / "taken").write_text("a file, not a folder")
    with pytest.raises(UnusableFolder):
        Downloads(tmp_path / "taken", {"127.0.0.1"}, plain_http=True).fetch(file, quiet)


def test_a_note_nobody_can_read_means_beginning_again(
    downloads: Downloads, file: RemoteFile, tmp_path: Path
) -> None:
    with pytest.raises(Cancelled):
        downloads.fetch(file, stop_after(300_000))
    (tmp_path / "big.bin.part.json").write_text('{"url": 3')
    assert downloads.fetch(file, quiet).sha256 == SHA


def test_a_copy_on_a_stick_is_taken_if_it_is_the_file(
    downloads: Downloads, file: RemoteFile, tmp_path: Path, server: FileServer
) -> None:
    stick = tmp_path / "stick"
    stick.mkdir()
    (stick / "big.bin").write_bytes(DATA)
    assert downloads.adopt(file, stick / "big.bin").sha256 == SHA
    downloads.forget(file)
    (stick / "big.bin").write_bytes(DATA[1:])
    with pytest.raises(ModelUnusable):
        downloads.adopt(file, stick / "big.bin")
    with pytest.raises(UnusableFolder):
        downloads.adopt(file, stick / "missing.bin")
    assert downloads.present(file) == 0
    assert server.asked == []


@given(st.integers(8, 64), st.integers(0, 63))
def test_a_beginning_of_a_hash_matches_only_its_own(length: int, place: int) -> None:
    pinned = SHA[:length]
    assert matches(pinned, SHA)
    other = SHA[:place] + ("0" if SHA[place] != "0" else "1") + SHA[place + 1 :]
    assert matches(pinned, other) == (place >= length)


@pytest.mark.parametrize(("name", "sha256"), [("../x", SHA), (".x", SHA), ("x", "abc"), ("x", "Z" * 8)])
def test_a_file_needs_a_plain_name_and_a_hash(name: str, sha256: str) -> None:
    with pytest.raises(ValueError, match="plain name"):
        RemoteFile(name, "https://example.invalid/x", sha256, 1, 1)
