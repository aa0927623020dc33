"""Writing packets: whole or not at all, deterministic, complete, and readable by other people's tools."""

import csv
import errno
import json
import os
import subprocess
import tracemalloc
from pathlib import Path
from time import process_time

import bagit
import pytest
from made_packet import KEY, SEED, MadeLog, made_contents
from packet_forger import read_all, write

from core.domain.evidence import EntryKind
from core.errors import BadInput, DataDamaged, DiskFull, UnusableFolder
from core.export import archive, layout
from core.export.contents import PacketContents
from core.export.packet import write_packet
from core.export.proof import proof_text, read_proof
from core.export.spreadsheet import uncell
from core.export.verify import Verdict, verify_packet


def test_layout_is_the_one_documented(tmp_path: Path) -> None:
    packet = write(tmp_path)
    names = set(read_all(packet))
    assert names >= layout.REQUIRED
    assert all(layout.known(name) for name in names)
    assert packet.name == "packet-20260402-100000Z-police"
    assert [one.name for one in tmp_path.iterdir()] == [packet.name]


def test_bagit_accepts_it(tmp_path: Path) -> None:
    bag = bagit.Bag(str(write(tmp_path)))
    bag.validate()
    assert bag.info["Breakwater-Complete"] == "yes"


def test_ssh_keygen_accepts_the_signature_and_refuses_a_changed_list(tmp_path: Path) -> None:
    packet = write(tmp_path)
    command = ["ssh-keygen", "-Y", "verify", "-f", "signer.pub", "-I", "breakwater"]
    command += ["-n", "breakwater-packet", "-s", "tagmanifest-sha256.txt.sig"]
    listed = (packet / "tagmanifest-sha256.txt").read_bytes()
    good = subprocess.run(command, cwd=packet, input=listed, capture_output=True, check=False)
    assert good.returncode == 0, good.stderr
    assert b'Good "breakwater-packet" signature' in good.stdout
    bad = subprocess.run(command, cwd=packet, input=listed + b" ", capture_output=True, check=False)
    assert bad.returncode != 0


def test_the_by_hand_commands_work(tmp_path: Path) -> None:
    packet = write(tmp_path)
    for listed in ("tagmanifest-sha256.txt", "manifest-sha256.txt"):
        subprocess.run(["sha256sum", "--strict", "-c", listed], cwd=packet, check=True, capture_output=True)
    key = "sed 's/.* //' signer.pub | base64 -d | tail -c 32 | od -An -tx1 | tr -d ' \\n'"
    shown = subprocess.run(["sh", "-c", key], cwd=packet, check=True, capture_output=True).stdout
    assert shown.decode() == KEY.hex()
    record = json.loads((packet / layout.ENTRIES).read_text("utf-8").splitlines()[0])
    leaf = subprocess.run(
        ["sh", "-c", "printf '\\0%s' \"$0\" | sha256sum", record["sealed"]["envelope"]],
        check=True,
        capture_output=True,
    ).stdout.split()[0]
    line = (packet / layout.LEAVES).read_text().splitlines()[record["seq"]]
    assert leaf.decode() == line == record["sealed"]["leaf"]


def test_every_item_is_there_in_full(tmp_path: Path) -> None:
    contents = made_contents(erase=(3,))
    packet = _write(contents, tmp_path)
    records = [json.loads(line) for line in (packet / layout.ENTRIES).read_bytes().splitlines()]
    for item, record in zip(contents.items, records, strict=True):
        assert record["post"]["text"] == item.mention.text
        assert record["sender"]["id"] == item.mention.author.remote_id
        assert record["sealed"]["envelope"].encode() == item.entry.envelope
        raw = item.raw()
        if raw is None:
            assert record["sealed"]["raw"] is None
            assert record["sealed"]["erased"] is True
        else:
            assert (packet / "data" / record["sealed"]["raw"]).read_bytes() == raw
    with (packet / layout.TABLE).open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert [uncell(row["text"]) for row in rows] == [item.mention.text for item in contents.items]
    report = verify_packet(packet)
    assert report.erased == 1
    assert report.missing == ("sealed-bytes (1 items)",)


def test_two_posts_with_the_same_bytes_share_one_file(tmp_path: Path) -> None:
    contents = made_contents(2)
    log = MadeLog()
    first, second = contents.items
    items = []
    for item in (first, second):
        entry = log.seal(EntryKind.RECEIVED, b"same bytes")
        items.append(_with(item, entry=entry, raw=lambda: b"same bytes"))
    log.sign()
    packet = _write(_with(contents, items=tuple(items), log=log.proof()), tmp_path)
    assert len(list((packet / "data/raw").iterdir())) == 1
    assert verify_packet(packet).ok


def test_same_contents_same_bytes(tmp_path: Path) -> None:
    contents = made_contents()
    one, two = (_write(contents, tmp_path / name, as_zip=True) for name in "ab")
    assert one.read_bytes() == two.read_bytes()
    folders = [read_all(_write(contents, tmp_path / name)) for name in "ab"]
    assert folders[0] == folders[1]


def test_a_second_packet_gets_another_name(tmp_path: Path) -> None:
    names = [write(tmp_path, as_zip=True).name for _ in range(2)]
    assert names == ["packet-20260402-100000Z-police.zip", "packet-20260402-100000Z-police-2.zip"]
    assert all(verify_packet(tmp_path / name).ok for name in names)


def test_files_are_private(tmp_path: Path) -> None:
    packet = write(tmp_path)
    assert {path.stat().st_mode & 0o077 for path in [packet, *packet.rglob("*")]} == {0}
    assert write(tmp_path, as_zip=True).stat().st_mode & 0o077 == 0


class Stop(Exception):
    """Stands for a cancel."""


@pytest.mark.parametrize("as_zip", [False, True])
@pytest.mark.parametrize("at", [0, 1, 5, 10, 11])
def test_a_cancel_leaves_nothing_behind(tmp_path: Path, as_zip: bool, at: int) -> None:
    def progress(done: int, total: int) -> None:
        assert 0 <= done <= total == 12
        if done >= at:
            raise Stop

    with pytest.raises(Stop):
        _write(made_contents(), tmp_path, as_zip=as_zip, progress=progress)
    assert list(tmp_path.iterdir()) == []


def test_a_failing_report_leaves_nothing_behind(tmp_path: Path) -> None:
    def render(contents: PacketContents, path: Path) -> None:
        path.write_bytes(b"half")
        raise Stop

    with pytest.raises(Stop):
        _write(made_contents(), tmp_path, render_pdf=render)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(("number", "error"), [(errno.ENOSPC, DiskFull), (errno.EACCES, UnusableFolder)])
def test_disk_errors_are_ours_and_leave_nothing(
    tmp_path: Path, number: int, error: type[Exception], monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*arguments: object) -> None:
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr(archive.os, "fsync", fail)
    with pytest.raises(error):
        _write(made_contents(), tmp_path, as_zip=True)
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_is_a_file(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    with pytest.raises(UnusableFolder):
        _write(made_contents(), tmp_path / "file")


def test_what_would_not_verify_is_never_written(tmp_path: Path) -> None:
    contents = made_contents()
    item = contents.items.__iter__().__next__()
    broken = [
        (_with(contents, items=(_with(item, raw=lambda: b"other"),)), "sealed-bytes"),
        (_with(contents, items=(_with(item, entry=_with(item.entry, envelope=b"{}")),)), "entry"),
        (_with(contents, items=(_with(item, entry=_with(item.entry, seq=2)),)), "entry"),
        (_with(contents, log=_with(contents.log, checkpoints=())), "checkpoint"),
        (_with(contents, log=_with(contents.log, checkpoints=contents.log.checkpoints[:1])), "log"),
        (_with(contents, log=_with(contents.log, leaves=contents.log.leaves[:-1])), "log"),
    ]
    for wrong, what in broken:
        with pytest.raises(DataDamaged) as caught:
            _write(wrong, tmp_path)
        assert caught.value.params == {"what": what}
    with pytest.raises(DataDamaged):
        write_packet(
            contents, tmp_path, as_zip=False, seed=bytes(32), render_pdf=None, progress=lambda a, b: None
        )
    with pytest.raises(BadInput):
        _write(_with(contents, template="../x"), tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_a_hostile_text_reaches_the_table_as_text(tmp_path: Path) -> None:
    packet = write(tmp_path)
    table = (packet / layout.TABLE).read_text("utf-8-sig")
    assert '"\'=HYPERLINK(""https' in table
    assert '"=' not in table


def test_many_checkpoints_are_thinned(tmp_path: Path) -> None:
    log = MadeLog()
    for _ in range(100):
        log.seal(EntryKind.NOTE)
        log.sign()
    contents = _with(made_contents(0), log=log.proof())
    packet = _write(contents, tmp_path)
    notes = {int(path.stem) for path in (packet / "data/checkpoints").iterdir()}
    assert len(notes) == layout.MOST_CHECKPOINTS
    assert {1, 100} <= notes
    assert verify_packet(packet).checkpoints == layout.MOST_CHECKPOINTS


def test_the_proof_format_is_strict() -> None:
    text = proof_text(3, [bytes(32), bytes(range(32))], "note\n")
    assert read_proof(text).index == 3
    assert text.startswith("c2sp.org/tlog-proof@v1\nindex 3\n")
    for wrong in (
        text[1:],
        text.replace("index 3", "index 03"),
        text.replace("\n\n", "\n"),
        "",
        text * 2 + "=",
    ):
        if wrong.startswith(text):
            continue  # a longer note: for the checkpoint reader to refuse
        with pytest.raises(ValueError, match=r"."):
            read_proof(wrong)


@pytest.mark.slow
def test_ten_thousand_items(tmp_path: Path) -> None:
    contents = made_contents(10_000)
    began = process_time()
    packet = _write(contents, tmp_path, as_zip=True)
    wrote = process_time() - began
    began = process_time()
    report = verify_packet(packet)
    checked = process_time() - began
    assert report.verdict is Verdict.CONSISTENT
    assert report.items == 10_000
    print(f"10,000 items: written in {wrote:.1f} s, checked in {checked:.1f} s of CPU")
    assert wrote < 60
    assert checked < 60


def test_memory_does_not_grow_with_what_items_hold(tmp_path: Path) -> None:
    log, items = MadeLog(), []
    for number, item in enumerate(made_contents(40).items):
        # A megabyte each, made only when asked for.
        entry = log.seal(EntryKind.RECEIVED, bytes([number]) * 1_000_000)
        items.append(_with(item, entry=entry, raw=lambda number=number: bytes([number]) * 1_000_000))
    log.sign()
    contents = _with(made_contents(1), items=tuple(items), log=log.proof())
    tracemalloc.start()
    packet = _write(contents, tmp_path, as_zip=True)
    verified = verify_packet(packet)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert verified.items == 40
    assert peak < 15_000_000, peak


def _write(contents: PacketContents, folder: Path, **options: object) -> Path:
    settings: dict[str, object] = {"as_zip": False, "render_pdf": None, "progress": lambda done, total: None}
    return write_packet(contents, folder, seed=SEED, **{**settings, **options})  # type: ignore[arg-type]


def _with(value: object, **changes: object):  # type: ignore[no-untyped-def]
    from dataclasses import replace

    return replace(value, **changes)  # type: ignore[type-var]
