"""`breakwater groups` as scripts use it."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from made_campaign import MadeTown
from PySide6.QtWidgets import QApplication

from app.cli.main import run

Groups = Callable[..., Any]


@pytest.fixture
def town_file(tmp_path: Path) -> Path:
    """Posts of a town with one campaign of sixteen."""
    town = MadeTown()
    rows = [
        {
            "post_id": one.mention.remote_id,
            "author_id": one.mention.author.remote_id,
            "author_handle": one.mention.author.handle,
            "author_created_at": str(one.mention.author.created_at),
            "created_at": str(one.mention.created_at),
            "text": one.mention.text,
        }
        for one in town.ordinary() + town.campaign()
        if one.mention is not None
    ]
    path = tmp_path / "town.jsonl"
    path.write_text("\n".join(json.dumps(row) for row in rows))
    return path


@pytest.fixture
def groups(
    qapp: QApplication,
    town_file: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> Groups:
    """Runs `groups ... --json` over a folder with that town; None when it failed."""
    del qapp  # pictures need an application; the command makes one when there is none
    secret = tmp_path / "passphrase"
    secret.write_text("a long passphrase for tests\n")
    monkeypatch.setenv("BREAKWATER_PASSPHRASE_FILE", str(secret))
    folder = str(tmp_path / "data")

    def call(*arguments: str) -> Any:
        code = run(["--data-dir", folder, "--json", "groups", *arguments])
        out = capsys.readouterr().out
        return json.loads(out) if code == 0 else None

    assert run(["--data-dir", folder, "import", str(town_file)]) == 0
    capsys.readouterr()
    return call


def test_a_file_s_group_says_what_speaks_for_and_against_it(
    town_file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["group", str(town_file)]) == 0
    (group,) = json.loads(capsys.readouterr().out)["groups"]
    assert len(group["members"]) == 16
    assert all(reason["observed"] > reason["expected"] for reason in group["reasons"])
    assert any("can also act in step" in caveat for caveat in group["caveats"])


def test_a_group_from_list_to_undo(groups: Groups, tmp_path: Path) -> None:
    (card,) = groups("list")
    assert (card["senders"], card["state"], card["number"]) == (16, "active", 1)
    key = card["key"]
    shown = groups("show", key)
    assert len(shown["members"]) == 16
    assert "text" not in shown["members"][0]
    renamed = groups("rename", key, "Ferry people")
    assert groups("list")[0]["title"] == "Ferry people"
    out = groups("take-out", key, "--sender", str(shown["members"][0]["sender"]))
    assert out["senders"] == 1
    dismissed = groups("dismiss", key)
    assert groups("list")[0]["state"] == "dismissed"
    assert groups("list")[0]["strength"] is None
    assert [one["kind"] for one in groups("decisions")] == ["dismiss", "remove", "rename"]
    for decision in (dismissed, out, renamed):
        assert groups("undo", str(decision["decision"]))["undone_at"]
    assert groups("list")[0] == {**card, "title": ""}
    assert groups("show", "nothing") is None
    assert groups("undo", "77") is None
    made = groups("export", str(tmp_path / "pictures"), "--key", key)
    assert {"timeline.png", "hours.svg", "accounts-made.csv", "senders.graphml"} <= set(made["files"])
    folder = tmp_path / "pictures"
    assert "step3" not in "".join(one.read_text() for one in folder.glob("*.graphml"))
    assert all((folder / name).with_suffix(".method.txt").exists() for name in made["files"])
    named = groups("export", str(tmp_path / "named"), "--handles")
    assert "senders.png" in named["files"]
    assert "step3.example" in (tmp_path / "named" / "senders.graphml").read_text()
