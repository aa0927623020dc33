"""Looking for posts and the takedown ledger by the command line."""

import csv
import io
import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from fake_platform import FakeBluesky, Fault

from app.cli.main import run

Call = Callable[..., tuple[int, Any]]


@pytest.fixture
def fake() -> Iterator[FakeBluesky]:
    running = FakeBluesky()
    yield running
    running.close()


@pytest.fixture
def breakwater(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Call:
    passphrase = tmp_path / "passphrase"
    passphrase.write_text("a long passphrase for tests")
    monkeypatch.setenv("BREAKWATER_PASSPHRASE_FILE", str(passphrase))

    def call(*arguments: str, typed: str = "") -> tuple[int, Any]:
        monkeypatch.setattr("sys.stdin", io.StringIO(typed))
        code = run(["--data-dir", str(tmp_path / "data"), "--json", *arguments])
        printed = capsys.readouterr().out
        return code, json.loads(printed) if printed else None

    return call


def test_recheck_and_takedowns(breakwater: Call, fake: FakeBluesky, tmp_path: Path) -> None:
    gone = fake.add_post("you will be sorry", sender="mallory")
    fake.add_post("hello", sender="alice")
    add = ("accounts", "add", "bluesky", "--handle", fake.handle, "--service", fake.url)
    assert breakwater(*add, typed=fake.password + "\n")[0] == 0
    assert breakwater("sync")[1]["looked_for"] == 0
    assert breakwater("recheck")[1]["checked"] == 0  # nothing is due within the first hour
    fake.delete_post(gone)
    code, found = breakwater("recheck", "--all")
    assert (code, found["checked"], len(found["changed"])) == (0, 2, 1)
    code, found = breakwater("recheck", "--mention", str(found["changed"][0]))
    assert (code, found["checked"], found["changed"]) == (0, 1, [])
    table = tmp_path / "takedowns.csv"
    code, (line,) = breakwater("takedowns", "--csv", str(table))
    assert code == 0
    assert (line["kept"], line["checked"], line["up"], line["deleted"]) == (2, 2, 1, 1)
    assert table.stat().st_mode & 0o077 == 0
    ((heads, row),) = [list(csv.reader(io.StringIO(table.read_text("utf-8-sig"))))]
    assert dict(zip(heads, row, strict=True))["deleted_by_sender"] == "1"


def test_a_failure_is_told(breakwater: Call, fake: FakeBluesky) -> None:
    fake.add_post("hello")
    add = ("accounts", "add", "bluesky", "--handle", fake.handle, "--service", fake.url)
    breakwater(*add, typed=fake.password + "\n")
    breakwater("sync")
    fake.fail_next(Fault.RATE_LIMIT, 3_600, on="getPosts")
    code, found = breakwater("recheck", "--all")
    assert (code, found["checked"], found["error"]) == (1, 0, "wait-needed")


def test_nothing_kept(breakwater: Call) -> None:
    assert breakwater("takedowns") == (0, [])
