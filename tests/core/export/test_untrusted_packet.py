"""Hostile packets: refused with a reason by both verifiers; nothing written, followed or waited for."""

import os
import socket
import struct
import warnings
import zipfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from packet_forger import ask_both, put, read_all, reseal, write

from core.errors import NotFound, UnusableFolder
from core.export import layout, untrusted_packet
from core.export.verify import verify_packet


@pytest.fixture(scope="module")
def genuine(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    return read_all(write(tmp_path_factory.mktemp("genuine")))


def zip_of(target: Path, contents: dict[str, bytes], top: str = "") -> Path:
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in contents.items():
            archive.writestr(top + name, data)
    return target


def refused(packet: Path) -> str:
    """Both verifiers refuse; our reason."""
    around = sorted(packet.parent.rglob("*"))
    report, code, said = ask_both(packet)
    assert not report.ok
    assert code == 1
    assert said.startswith("VERDICT: does not verify")
    assert sorted(packet.parent.rglob("*")) == around, "nothing may be written"
    return report.faults[0].what


@pytest.mark.parametrize("top", ["", "packet/", "a name with spaces/"])
def test_a_zip_at_the_top_or_below_one_folder(tmp_path: Path, genuine: dict[str, bytes], top: str) -> None:
    report, code, _ = ask_both(zip_of(tmp_path / "p.zip", genuine, top))
    assert report.ok, report.faults
    assert code == 0


def test_folder_entries_of_other_zip_programs_are_harmless(tmp_path: Path, genuine: dict[str, bytes]) -> None:
    packet = zip_of(tmp_path / "p.zip", genuine, "p/")
    with zipfile.ZipFile(packet, "a") as archive:
        for name in ("p/", "p/data/", "p/data/raw/"):
            archive.mkdir(name)
    report, code, _ = ask_both(packet)
    assert report.ok, report.faults
    assert code == 0


@pytest.mark.parametrize(
    "name",
    [
        "../evil",
        "data/../../evil",
        "/etc/passwd",
        "C:\\evil",
        "C:/evil",
        "data\\raw\\evil",
        "data/raw/../evil",
        "./bagit.txt",
        "data//entries.jsonl",
        "BAGIT.TXT",
        "bagit.txt/",
        "data/raw/" + "A" * 64,
        "data/raw/" + "a" * 63,
        "data/proofs/01.tlog-proof",
        "data/proofs/-1.tlog-proof",
        "data/proofs/\u0661.tlog-proof",
        "data/evil\u202etxt.exe",
        "evil\x00bagit.txt",
        "evil/",
        "x" * 5000,
        "data/inner.zip",
    ],
)
def test_names_that_are_no_part_of_a_packet(tmp_path: Path, genuine: dict[str, bytes], name: str) -> None:
    contents = genuine | {name: b""}
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        packet = zip_of(tmp_path / "p.zip", contents)
    assert refused(packet)


def test_the_same_name_twice(tmp_path: Path, genuine: dict[str, bytes]) -> None:
    packet = zip_of(tmp_path / "p.zip", genuine)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        with zipfile.ZipFile(packet, "a") as archive:
            archive.writestr("bagit.txt", genuine["bagit.txt"])
    assert refused(packet) == "holds the same name twice"


def test_links_in_a_zip(tmp_path: Path, genuine: dict[str, bytes]) -> None:
    packet = zip_of(tmp_path / "p.zip", {k: v for k, v in genuine.items() if k != layout.CASE})
    link = zipfile.ZipInfo(layout.CASE)
    link.create_system = 3
    link.external_attr = 0o120777 << 16
    with zipfile.ZipFile(packet, "a") as archive:
        archive.writestr(link, "/etc/passwd")
    assert refused(packet) == "holds a link or special file"


def test_an_encrypted_member(tmp_path: Path, genuine: dict[str, bytes]) -> None:
    packet = zip_of(tmp_path / "p.zip", genuine)
    data = bytearray(packet.read_bytes())
    at = data.rindex(b"PK\x01\x02")
    data[at + 8] |= 1
    packet.write_bytes(data)
    assert refused(packet) == "encrypted inside the zip"


def test_a_bomb_is_stopped_early(tmp_path: Path, genuine: dict[str, bytes]) -> None:
    raw = next(name for name in genuine if layout.RAW.fullmatch(name))
    for name, size in ((layout.README, 50 << 20), (layout.TABLE, 300 << 20), (raw, 100 << 20)):
        packet = zip_of(tmp_path / "p.zip", genuine | {name: b"\0" * size})
        assert packet.stat().st_size < 1 << 20
        assert refused(packet) in ("larger than a packet's file may be", "unpacks to far more than it should")


def test_sizes_that_lie(tmp_path: Path, genuine: dict[str, bytes]) -> None:
    packet = zip_of(tmp_path / "p.zip", genuine)
    data = bytearray(packet.read_bytes())
    at = data.index(b"PK\x01\x02")
    data[at + 24 : at + 28] = struct.pack("<I", 7)
    packet.write_bytes(data)
    assert refused(packet)


@pytest.mark.parametrize("data", [b"", b"PK", b"PK\x05\x06" + bytes(18), b"not a zip", bytes(4096)])
def test_what_is_no_zip(tmp_path: Path, data: bytes) -> None:
    packet = tmp_path / "p.zip"
    packet.write_bytes(data)
    assert refused(packet)


def test_more_files_than_a_packet_holds(
    tmp_path: Path, genuine: dict[str, bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(layout, "MOST_FILES", 10)
    for packet in (zip_of(tmp_path / "p.zip", genuine), put(tmp_path / "folder", genuine)):
        assert verify_packet(packet).faults[0].what == "more files than a packet may hold"


def test_more_bytes_than_a_packet_holds(
    tmp_path: Path, genuine: dict[str, bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(layout, "MOST_BYTES", 5_000)
    assert "larger" in verify_packet(put(tmp_path / "folder", genuine)).faults[0].what


def test_an_endless_line(tmp_path: Path, genuine: dict[str, bytes], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(layout, "MOST_LINE_BYTES", 1 << 19)
    packet = put(tmp_path / "folder", reseal(genuine | {layout.ENTRIES: b"x" * (2 << 20) + b"\n"}))
    assert "longer than any item" in verify_packet(packet).faults[-1].what


# Folders


def test_a_link_instead_of_a_file(tmp_path: Path, genuine: dict[str, bytes]) -> None:
    packet = put(tmp_path / "folder", genuine)
    (packet / layout.CASE).unlink()
    (tmp_path / "outside").write_bytes(genuine[layout.CASE])
    (packet / layout.CASE).symlink_to(tmp_path / "outside")
    assert refused(packet) == "holds a link"


def test_a_link_instead_of_a_folder(tmp_path: Path, genuine: dict[str, bytes]) -> None:
    packet = put(tmp_path / "folder", genuine)
    (packet / "data/raw").rename(tmp_path / "raw")
    (packet / "data/raw").symlink_to(tmp_path / "raw")
    assert refused(packet) == "holds a link"


def test_a_loop_of_folders(tmp_path: Path, genuine: dict[str, bytes]) -> None:
    packet = put(tmp_path / "folder", genuine)
    (packet / "data/a/b/c/d/e").mkdir(parents=True)
    assert refused(packet) == "folders nested deeper than a packet's"


def test_a_pipe_is_not_waited_for(tmp_path: Path, genuine: dict[str, bytes]) -> None:
    packet = put(tmp_path / "folder", genuine)
    (packet / layout.CASE).unlink()
    os.mkfifo(packet / layout.CASE)
    assert refused(packet) == "holds a special file"


def test_a_socket(tmp_path: Path, genuine: dict[str, bytes], monkeypatch: pytest.MonkeyPatch) -> None:
    packet = put(tmp_path / "folder", {k: v for k, v in genuine.items() if k != layout.REPORT})
    monkeypatch.chdir(packet / "data")
    with socket.socket(socket.AF_UNIX) as listener:
        listener.bind("report.pdf")
        assert refused(packet) == "holds a special file"


def test_a_file_swapped_for_a_link_while_we_read(tmp_path: Path, genuine: dict[str, bytes]) -> None:
    packet = untrusted_packet.open_packet(put(tmp_path / "folder", genuine))
    (tmp_path / "folder" / layout.CASE).unlink()
    (tmp_path / "folder" / layout.CASE).symlink_to("/etc/passwd")
    with pytest.raises(untrusted_packet.Refused, match="cannot be read"):
        list(packet.chunks(layout.CASE))


def test_nothing_there(tmp_path: Path) -> None:
    with pytest.raises(NotFound):
        verify_packet(tmp_path / "nothing")
    (tmp_path / "empty").mkdir()
    assert refused(tmp_path / "empty") == "no bagit.txt: not a packet"


def test_a_folder_we_may_not_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*arguments: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(untrusted_packet.os, "scandir", fail)
    with pytest.raises(UnusableFolder):
        verify_packet(tmp_path)


@settings(max_examples=200, deadline=None)
@given(st.data())
def test_a_damaged_zip_never_crashes(
    tmp_path_factory: pytest.TempPathFactory, genuine: dict[str, bytes], data: st.DataObject
) -> None:
    folder = tmp_path_factory.mktemp("damaged")
    whole = bytearray(zip_of(folder / "whole.zip", genuine).read_bytes())
    # The directory at the end is where zip readers are fooled; most changes go there.
    directory = whole.index(b"PK\x01\x02")
    for _ in range(data.draw(st.integers(1, 4))):
        start = data.draw(st.sampled_from([0, directory]))
        at = data.draw(st.integers(start, len(whole) - 1))
        whole[at] = data.draw(st.integers(0, 255))
    packet = folder / "p.zip"
    packet.write_bytes(whole)
    report, code, _ = ask_both(packet)
    assert report.ok == (code == 0)


@settings(max_examples=300, deadline=None)
@given(st.binary(max_size=400))
def test_any_bytes_are_refused(tmp_path_factory: pytest.TempPathFactory, data: bytes) -> None:
    packet = tmp_path_factory.mktemp("bytes") / "p"
    packet.write_bytes(data)
    assert not verify_packet(packet).ok
