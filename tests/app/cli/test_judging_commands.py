"""`breakwater model`, `words` and `level`, as scripts use them."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from app.cli.main import run

Breakwater = Callable[..., tuple[int, Any, str]]
POSTS = ["Lovely piece, thank you!", "you are a stupid worthless idiot", "that zonkwob again", "fuck, we won"]


@pytest.fixture
def breakwater(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Breakwater:
    secret = tmp_path / "passphrase"
    secret.write_text("a long passphrase for tests\n")
    monkeypatch.setenv("BREAKWATER_PASSPHRASE_FILE", str(secret))

    def call(*arguments: str) -> tuple[int, Any, str]:
        code = run(["--data-dir", str(tmp_path / "data"), "--json", *arguments])
        captured = capsys.readouterr()
        return code, json.loads(captured.out.splitlines()[-1]) if captured.out else None, captured.err

    path = tmp_path / "posts.jsonl"
    rows = [
        {"post_id": str(n), "author_id": f"a{n}", "author_handle": f"a{n}", "text": text}
        for n, text in enumerate(POSTS)
    ]
    path.write_text("\n".join(json.dumps(row) for row in rows))
    assert call("import", str(path))[0] == 0
    return call


def test_words_are_tried_added_listed_handed_on_and_removed(breakwater: Breakwater, tmp_path: Path) -> None:
    _, tried, words = breakwater("words", "add", "zonkwob", "--dry-run")
    assert tried["matches"] == 1
    assert tried["effect"] == {"hidden": 1, "shown": 0, "followed": 0}
    assert "1 messages hold them" in words
    assert breakwater("words", "list")[1] == []
    assert breakwater("words", "add", "zonkwob")[0] == 1  # nobody there to ask
    code, judged, _ = breakwater("words", "add", "zonkwob", "--category", "traitor", "--note", "me", "--yes")
    assert (code, judged["scored"], judged["abusive"]) == (0, 1, 1)
    assert breakwater("words", "list")[1] == [
        {"term": "zonkwob", "category": "traitor", "severity": "severe", "note": "me"}
    ]
    path = tmp_path / "words.json"
    assert breakwater("words", "export", str(path))[1]["words"] == 1
    assert breakwater("words", "remove", "zonkwob")[1]["scored"] == 1
    assert breakwater("words", "import", str(path), "--yes")[1]["abusive"] == 1
    assert breakwater("words", "add", "!")[0] == 1


def test_a_level_is_previewed_then_set(breakwater: Breakwater) -> None:
    _, seen, _ = breakwater("level")
    assert seen["level"] == "balanced"
    promised = breakwater("level", "strict", "--preview")[1]["strict"]
    assert promised == seen["strict"]
    assert promised["hidden"] >= 1
    assert breakwater("level")[1]["level"] == "balanced"
    assert breakwater("level", "strict")[0] == 1
    code, judged, _ = breakwater("level", "strict", "--yes")
    assert (code, judged["scored"]) == (0, len(POSTS))
    assert breakwater("level")[1]["level"] == "strict"
    assert breakwater("level", "balanced", "--preview")[1]["balanced"]["shown"] == promised["hidden"]


def test_models_are_listed_and_one_that_is_not_here_leaves_the_built_in_one(breakwater: Breakwater) -> None:
    _, found, words = breakwater("model", "list")
    assert {one["name"] for one in found} == {
        "original", "unbiased", "multilingual", "original-small", "unbiased-small",
    }  # fmt: skip
    assert not any(one["ready"] or "zh" in one["languages"] for one in found)
    assert "Chinese" in words
    assert breakwater("model", "status")[1]["problem"] is None
    code, judged, words = breakwater("model", "use", "unbiased")
    assert (code, judged["problem"]) == (1, "model-unusable")
    assert "built-in model judges" in words
    code, status, _ = breakwater("model", "status")
    assert (code, status["chosen"], status["why"]) == (1, "unbiased", "not-fetched")
    assert breakwater("model", "use", "embedded")[0] == 0


def test_nothing_is_fetched_without_consent(breakwater: Breakwater, tmp_path: Path) -> None:
    code, _, words = breakwater("model", "get", "original-small")
    assert code == 1
    assert "github.com and huggingface.co" in words
    assert not (tmp_path / "data" / "models").exists()
    assert breakwater("model", "get", "original-small", "--from", str(tmp_path))[0] == 1
    assert breakwater("model", "remove", "original-small")[0] == 0
