"""`breakwater anchor` as scripts use it, against a local authority."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from timestamp_testbed import LocalAuthority, authority

from app.cli.main import run

__all__ = ["authority"]

Anchor = Callable[..., tuple[int, Any, str]]


@pytest.fixture
def breakwater(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Anchor:
    secret = tmp_path / "passphrase"
    secret.write_text("a long passphrase for tests\n")
    monkeypatch.setenv("BREAKWATER_PASSPHRASE_FILE", str(secret))

    def call(*arguments: str) -> tuple[int, Any, str]:
        try:
            code = run(["--data-dir", str(tmp_path / "data"), "--json", *arguments])
        except SystemExit as stop:
            code = int(stop.code or 0)
        captured = capsys.readouterr()
        return code, json.loads(captured.out) if captured.out else None, captured.err

    return call


@pytest.fixture
def root_file(authority: LocalAuthority, tmp_path: Path) -> str:
    path = tmp_path / "root.pem"
    path.write_bytes(authority.root.pem)
    return str(path)


def test_nothing_is_sent_without_a_yes(breakwater: Anchor, authority: LocalAuthority, root_file: str) -> None:
    assert breakwater("anchor", "add-authority", "Club", authority.url(), root_file)[0] == 0
    asked = len(authority.questions)
    code, _, words = breakwater("anchor", "stamp")
    assert code == 1
    assert "What they learn" in words
    assert "Club, DigiCert" in words
    assert breakwater("anchor", "when", "daily")[0] == 1
    assert len(authority.questions) == asked
    _, listed, _ = breakwater("anchor", "list")
    assert listed["when"] == "off"
    assert listed["protection"]["covered"] == 0


def test_stamp_list_verify(breakwater: Anchor, authority: LocalAuthority, root_file: str) -> None:
    breakwater("anchor", "add-authority", "Club", authority.url(), root_file)
    code, made, words = breakwater("--yes", "anchor", "stamp")
    assert code == 0
    (attempt,) = made["attempts"]
    assert attempt["state"] == "confirmed"
    assert "Protected up to entry #" in words
    # Agreed once: not asked again.
    assert breakwater("anchor", "stamp")[0] == 0
    _, listed, words = breakwater("anchor", "list")
    assert [one["standing"] for one in listed["anchors"]] == ["stamped", "stamped"]
    assert [one["name"] for one in listed["authorities"]] == ["Club", "DigiCert", "Sectigo", "GlobalSign"]
    assert "by Club" in words
    _, verified, words = breakwater("log", "verify")
    assert verified["ok"]
    assert verified["anchored"] == listed["protection"]["covered"]
    assert "matches a time stamp" in words


def test_the_line_goes_out_and_comes_back(breakwater: Anchor, tmp_path: Path) -> None:
    page = tmp_path / "page.txt"
    code, given, words = breakwater("anchor", "hand-over", "--page", str(page))
    assert (code, given["recorded"]) == (0, None)
    assert given["line"] in page.read_text(encoding="utf-8")
    assert "--to" in words
    assert breakwater("anchor", "hand-over", "--page", str(page))[0] == 1
    _, given, _ = breakwater("anchor", "hand-over", "--to", "my lawyer")
    assert given["recorded"]["receiver"] == "my lawyer"
    _, verified, words = breakwater("log", "verify")
    assert (verified["ok"], verified["anchored"]) == (True, 0)
    assert "Internally consistent" in words
    size = int(given["line"].partition(":")[0])
    assert breakwater("log", "verify", "--root", given["line"])[1]["anchored"] == size
    code, verified, _ = breakwater("log", "verify", "--root", f"{size}:{'00' * 32}")
    assert (code, verified["ok"]) == (1, False)


def test_by_itself_is_switched_on_and_off(breakwater: Anchor) -> None:
    assert breakwater("--yes", "anchor", "when", "weekly")[1] == {"when": "weekly"}
    assert breakwater("anchor", "when", "daily")[1] == {"when": "daily"}
    assert breakwater("anchor", "when", "off")[1] == {"when": "off"}
    assert breakwater("anchor", "when", "hourly")[0] == 2


def test_a_certificate_that_is_none_is_refused(breakwater: Anchor, tmp_path: Path) -> None:
    bad = tmp_path / "bad.pem"
    bad.write_text("not a certificate")
    code, failure, words = breakwater("anchor", "add-authority", "Club", "https://tsa.example.org", str(bad))
    assert (code, failure["error"]) == (1, "bad-input")
    assert "root certificate" in words
    missing = str(tmp_path / "missing.pem")
    assert breakwater("anchor", "add-authority", "Club", "https://tsa.example.org", missing)[0] == 1
