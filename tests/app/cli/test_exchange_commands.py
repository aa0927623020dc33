"""`breakwater exchange`: one table per person, joined by the organisation."""

import json
from pathlib import Path

import polars as pl
import pytest

from app.cli.main import run

TEXT = "Everyone in the valley knows that Mira Olan was paid to lie about the dam"


def received(path: Path, *texts: str) -> Path:
    lines = [
        {"post_id": f"{path.stem}{i}", "author_id": f"{path.stem}-{i}", "text": text}
        for i, text in enumerate(texts)
    ]
    path.write_text("\n".join(json.dumps(line) for line in lines), "utf-8")
    return path


@pytest.fixture
def key(tmp_path: Path) -> Path:
    path = tmp_path / "organisation.key"
    path.write_bytes(bytes(range(32)))
    return path


def make(source: Path, key: Path) -> tuple[int, Path]:
    table = source.with_suffix(".parquet")
    return run(
        ["exchange", "make", str(source), str(table), "--client", source.stem, "--key-file", str(key)]
    ), table


def test_two_people_learn_that_both_received_a_text(
    tmp_path: Path, key: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    tables = []
    for name in ("one", "two"):
        code, table = make(received(tmp_path / f"{name}.jsonl", TEXT, TEXT + "!", TEXT), key)
        assert code == 0
        tables.append(str(table))
    capsys.readouterr()
    out = tmp_path / "met.parquet"
    assert run(["exchange", "join", *tables, "--out", str(out)]) == 0
    lines = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [line["clients"] for line in lines] == [2]
    assert "Mira" not in json.dumps(lines)
    assert pl.read_parquet(out).height == 1


def test_a_wrong_key_leaves_an_earlier_table_as_it_was(tmp_path: Path, key: Path) -> None:
    source = received(tmp_path / "one.jsonl", TEXT, TEXT, TEXT)
    code, table = make(source, key)
    assert code == 0
    before = table.read_bytes()
    key.write_bytes(b"too short")
    assert make(source, key)[0] == 1
    assert table.read_bytes() == before
    assert sorted(one.name for one in tmp_path.iterdir()) == ["one.jsonl", "one.parquet", "organisation.key"]


def test_a_folder_that_is_not_there_is_an_error_in_words(
    tmp_path: Path, key: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    source = received(tmp_path / "one.jsonl", TEXT, TEXT, TEXT)
    missing = tmp_path / "nowhere" / "t.parquet"
    code = run(["exchange", "make", str(source), str(missing), "--client", "c", "--key-file", str(key)])
    assert code == 1
    assert "Traceback" not in capsys.readouterr().err
