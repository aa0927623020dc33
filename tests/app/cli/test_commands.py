"""The command line as scripts use it: exit codes, JSON on stdout, words on stderr."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from app.cli.main import run

POSTS = [
    {"post_id": "1", "author_id": "a", "author_handle": "ada", "text": "Lovely piece, thank you!"},
    {
        "post_id": "2",
        "author_id": "b",
        "author_handle": "bob",
        "text": "I will kill you, I know where you live.",
    },
    {"post_id": "3", "author_id": "c", "author_handle": "cem", "text": "她是汉奸，卖国贼！"},
]


@dataclass(frozen=True)
class Result:
    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)


Breakwater = Callable[..., Result]


@pytest.fixture
def breakwater(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Breakwater:
    secret = tmp_path / "passphrase"
    secret.write_text("a long passphrase for tests\n")
    monkeypatch.setenv("BREAKWATER_PASSPHRASE_FILE", str(secret))

    def call(*arguments: str) -> Result:
        try:
            code = run(["--data-dir", str(tmp_path / "data"), *arguments])
        except SystemExit as stop:
            code = int(stop.code or 0)
        captured = capsys.readouterr()
        return Result(code, captured.out, captured.err)

    return call


@pytest.fixture
def posts(tmp_path: Path) -> str:
    path = tmp_path / "posts.jsonl"
    path.write_text("\n".join(json.dumps(post) for post in POSTS), encoding="utf-8")
    return str(path)


@pytest.mark.parametrize(
    "arguments",
    [
        (),
        ("accounts",),
        ("accounts", "add"),
        ("sync",),
        ("import",),
        ("inbox",),
        ("classify",),
        ("group",),
        ("act",),
        ("undo",),
        ("export",),
        ("verify",),
        ("log", "verify"),
        ("anchor",),
        ("anchor", "stamp"),
        ("doctor",),
        ("tour",),
    ],
)
def test_every_command_says_what_it_does(breakwater: Breakwater, arguments: tuple[str, ...]) -> None:
    result = breakwater(*arguments, "--help")
    assert result.code == 0
    for option in ("--data-dir", "--json", "--yes"):
        assert option in result.out


@pytest.mark.parametrize(
    "arguments", [("nonsense",), ("act", "poke"), ("inbox", "--limit", "0"), ("undo", "x")]
)
def test_wrong_usage_is_two(breakwater: Breakwater, arguments: tuple[str, ...]) -> None:
    result = breakwater(*arguments)
    assert result.code == 2
    assert result.out == ""


def test_import_then_inbox(breakwater: Breakwater, posts: str) -> None:
    taken = breakwater("import", posts, "--json")
    assert taken.code == 0
    assert taken.json["files"][0]["new"] == 3
    again = breakwater("import", posts, "--json")
    assert again.json["files"][0] == {**taken.json["files"][0], "new": 0, "duplicates": 3}
    inbox = breakwater("inbox", "--json").json
    assert inbox["counts"]["total"] == 3
    assert inbox["mentions"][0]["handle"] == "bob"
    assert inbox["mentions"][0]["categories"][0] == "threat"
    traitor = breakwater("inbox", "--json", "--category", "traitor").json
    assert [one["handle"] for one in traitor["mentions"]] == ["cem"]


def test_people_see_hidden_text_only_on_request(breakwater: Breakwater, posts: str) -> None:
    breakwater("import", posts)
    shown = breakwater("inbox").err
    assert "Lovely piece" in shown
    assert "kill" not in shown


def test_bad_rows_are_reported_and_the_rest_goes_in(breakwater: Breakwater, tmp_path: Path) -> None:
    path = tmp_path / "mixed.jsonl"
    path.write_text('{"post_id":"1","author_id":"a","text":"fine"}\nnot json\n{"post_id":"2"}\n')
    result = breakwater("import", str(path), "--json")
    assert result.code == 0
    report = result.json["files"][0]
    assert (report["new"], report["rejected"]) == (1, 2)
    assert [problem["line"] for problem in report["problems"]] == [2, 3]


def test_a_file_of_nothing_but_bad_rows_is_not_a_job_done(breakwater: Breakwater, tmp_path: Path) -> None:
    path = tmp_path / "bad.jsonl"
    path.write_bytes(b"\xff\x00\n{}\n")
    result = breakwater("import", str(path), "--json")
    assert result.code == 1
    assert result.json["files"][0]["rejected"] == 2
    grouped = breakwater("group", str(path))
    assert grouped.code == 1
    assert "left out" in grouped.err


@pytest.mark.parametrize("arguments", [("--sender", "99"), ("--mention", "99"), ("--group", "none")])
def test_acting_on_nobody_we_know_is_not_found(
    breakwater: Breakwater, posts: str, arguments: tuple[str, str]
) -> None:
    breakwater("import", posts)
    result = breakwater("act", "mute", *arguments, "--dry-run", "--json")
    assert (result.code, result.json["error"]) == (1, "not-found")


def test_an_unreadable_file_does_not_stop_the_others(
    breakwater: Breakwater, posts: str, tmp_path: Path
) -> None:
    result = breakwater("import", str(tmp_path / "missing.jsonl"), posts, "--json")
    assert result.code == 1
    assert result.json["failed"] == 1
    assert result.json["files"][0]["new"] == 3


def test_classify_keeps_order_and_form(breakwater: Breakwater, tmp_path: Path) -> None:
    path = tmp_path / "texts.jsonl"
    path.write_text("\n".join(json.dumps({"id": post["post_id"], "text": post["text"]}) for post in POSTS))
    result = breakwater("classify", str(path))
    lines = [json.loads(line) for line in result.out.splitlines()]
    assert result.code == 0
    assert [line["id"] for line in lines] == ["1", "2", "3"]
    assert [line["abusive"] for line in lines] == [False, True, True]
    wanted = {"id", "scores", "abusive", "categories", "reasons", "language", "in_scope", "model"}
    assert all(set(line) == wanted for line in lines)
    assert len(lines[0]["scores"]) == 7
    assert not (tmp_path / "data").exists()


def test_classify_names_a_bad_line_and_goes_on(breakwater: Breakwater, tmp_path: Path) -> None:
    path = tmp_path / "texts.jsonl"
    path.write_text('{"id":1,"text":"hello"}\n{"id":2}\n{"id":3,"text":"\\ud800 odd"}\n')
    result = breakwater("classify", str(path))
    assert result.code == 1
    assert [json.loads(line)["id"] for line in result.out.splitlines()] == [1, 3]
    assert "Line 2" in result.err


def test_group_needs_no_data_folder(breakwater: Breakwater, posts: str, tmp_path: Path) -> None:
    result = breakwater("group", posts)
    assert result.code == 0
    assert result.json["groups"] == []
    assert (result.json["posts"], result.json["authors"]) == (3, 3)
    assert not (tmp_path / "data").exists()


def test_group_says_what_a_file_without_times_cannot_show(breakwater: Breakwater, tmp_path: Path) -> None:
    path = tmp_path / "posts.jsonl"
    for time, said in (({"created_at": None}, True), ({"created_at": "2026-03-01T10:00:00Z"}, False)):
        path.write_text("\n".join(json.dumps(post | time) for post in POSTS))
        assert ("created_at" in breakwater("group", str(path)).err) == said


def test_export_verify_and_a_tampered_copy(breakwater: Breakwater, posts: str, tmp_path: Path) -> None:
    breakwater("import", posts)
    made = breakwater("export", str(tmp_path / "out"), "--json")
    packet = Path(made.json["packet"])
    assert made.code == 0
    assert {"bagit.txt", "verify.py"} <= {path.name for path in packet.iterdir()}
    good = breakwater("verify", str(packet), "--json")
    assert good.code == 0
    assert good.json["ok"]
    entries = packet / "data/entries.jsonl"
    entries.write_text(entries.read_text().replace("kill", "kiss"))
    bad = breakwater("verify", str(packet), "--json")
    assert bad.code == 1
    assert not bad.json["ok"]
    assert bad.json["faults"]


def test_log_verify(breakwater: Breakwater, posts: str) -> None:
    breakwater("import", posts)
    result = breakwater("log", "verify", "--json")
    assert result.code == 0
    assert result.json["ok"]
    assert len(result.json["root"]) == 44


def test_acting_without_an_account_leaves_everyone_out(breakwater: Breakwater, posts: str) -> None:
    breakwater("import", posts)
    sender = breakwater("inbox", "--json").json["mentions"][0]["sender"]
    plan = breakwater("act", "mute", "--sender", str(sender), "--dry-run", "--json")
    assert plan.code == 0
    assert plan.json["targets"] == []
    assert plan.json["skipped"][0]["why"] == "not-connected"


def test_sync_without_accounts_says_what_to_do(breakwater: Breakwater) -> None:
    result = breakwater("sync", "--json")
    assert result.code == 1
    assert result.json["error"] == "not-found"


def test_a_wrong_passphrase_is_refused_and_harms_nothing(
    breakwater: Breakwater, posts: str, tmp_path: Path
) -> None:
    breakwater("import", posts)
    (tmp_path / "passphrase").write_text("something else")
    wrong = breakwater("inbox", "--json")
    assert wrong.code == 1
    assert wrong.json["error"] == "passphrase-wrong"
    (tmp_path / "passphrase").write_text("a long passphrase for tests")
    assert breakwater("inbox", "--json").json["counts"]["total"] == 3


def test_doctor(breakwater: Breakwater) -> None:
    result = breakwater("doctor", "--json")
    assert result.json["checks"]["database"]["ok"]
    assert result.json["checks"]["classifier"]["ok"]
