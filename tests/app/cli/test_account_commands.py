"""An account by the command line alone: connect, pull, act, undo, forget."""

import io
import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from fake_platform import FakeBluesky, Fault

from app.cli.main import run


@pytest.fixture
def fake() -> Iterator[FakeBluesky]:
    running = FakeBluesky()
    running.add_post("you pathetic liar, nobody believes you", sender="mallory")
    running.following.add(running.sender_id("friend"))
    running.add_post("proud of you", sender="friend")
    yield running
    running.close()


@pytest.fixture
def breakwater(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Callable[..., tuple[int, Any]]:
    passphrase = tmp_path / "passphrase"
    passphrase.write_text("a long passphrase for tests")
    monkeypatch.setenv("BREAKWATER_PASSPHRASE_FILE", str(passphrase))

    def call(*arguments: str, typed: str = "") -> tuple[int, Any]:
        monkeypatch.setattr("sys.stdin", io.StringIO(typed))
        code = run(["--data-dir", str(tmp_path / "data"), "--json", *arguments])
        printed = capsys.readouterr().out
        return code, json.loads(printed) if printed else None

    return call


def connect(breakwater: Callable[..., tuple[int, Any]], fake: FakeBluesky) -> None:
    arguments = ["accounts", "add", "bluesky", "--handle", fake.handle, "--service", fake.url]
    code, account = breakwater(*arguments, typed=fake.password + "\n")
    assert code == 0
    assert account["handle"] == fake.handle


def test_from_connecting_to_forgetting(
    breakwater: Callable[..., tuple[int, Any]], fake: FakeBluesky, tmp_path: Path
) -> None:
    connect(breakwater, fake)
    code, synced = breakwater("sync")
    assert (code, synced["accounts"][0]["new"], synced["scored"]) == (0, 2, 2)
    _, inbox = breakwater("inbox")
    sender = {row["handle"]: row["sender"] for row in inbox["mentions"]}
    everyone = [f"--sender={number}" for number in sender.values()]
    code, plan = breakwater("act", "block", *everyone, "--dry-run")
    assert code == 0
    assert [target["handle"] for target in plan["targets"]] == ["mallory.test"]
    assert plan["skipped"][0]["why"] == "followed"
    assert plan["public"]
    assert not fake.is_blocked("mallory")
    # Without --yes and without a person at the terminal nothing is sent.
    assert breakwater("act", "block", *everyone)[0] == 1
    assert not fake.is_blocked("mallory")
    code, done = breakwater("act", "block", *everyone, "--yes")
    assert (code, done["states"]) == (0, {"done": 1})
    assert fake.is_blocked("mallory")
    code, undone = breakwater("undo", str(done["batch"]))
    assert (code, undone["states"]) == (0, {"undone": 1})
    assert not fake.is_blocked("mallory")
    assert breakwater("accounts", "remove", fake.handle, "--yes")[0] == 0
    assert breakwater("accounts", "list")[1] == []
    for file in (tmp_path / "data").rglob("*"):
        if file.is_file():
            assert fake.password.encode() not in file.read_bytes()


def test_a_refused_sign_in_stores_nothing(
    breakwater: Callable[..., tuple[int, Any]], fake: FakeBluesky
) -> None:
    code, answer = breakwater(
        "accounts", "add", "bluesky", "--handle", fake.handle, "--service", fake.url, typed="wrong\n"
    )
    assert (code, answer["error"]) == (1, "sign-in-refused")
    assert breakwater("accounts", "list")[1] == []


def test_an_unknown_platform_is_named(breakwater: Callable[..., tuple[int, Any]]) -> None:
    code, answer = breakwater("accounts", "add", "friendster", "--handle", "x", typed="y\n")
    assert (code, answer["error"], answer["params"]["name"]) == (1, "not-found", "friendster")


def test_a_rate_limit_is_told_and_the_next_sync_goes_on(
    breakwater: Callable[..., tuple[int, Any]], fake: FakeBluesky
) -> None:
    connect(breakwater, fake)
    fake.fail_next(Fault.RATE_LIMIT, 3_600, on="listNotifications")
    code, stopped = breakwater("sync")
    assert (code, stopped["accounts"][0]["error"]) == (1, "wait-needed")
    code, resumed = breakwater("sync")
    assert (code, resumed["accounts"][0]["new"]) == (0, 2)
