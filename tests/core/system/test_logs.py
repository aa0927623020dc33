"""What must never reach the log does not, whoever logs it."""

import logging
import stat
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from core.errors import Offline, SignInRefused, UnusableFolder
from core.system import logs
from core.system.logs import FILE_NAME, configure, describe, harden_process, redact

JWT = "eyJhbGciOiJFUzI1NksifQ.eyJzdWIiOiJjYW5hcnkifQ.c2lnbmF0dXJlLWNhbmFyeQ"
log = logging.getLogger("breakwater.test")


@pytest.fixture
def written(tmp_path: Path) -> Iterator[Path]:
    with configure(tmp_path):
        yield tmp_path / FILE_NAME


@pytest.mark.parametrize(
    ("line", "canary"),
    [
        ("sent Authorization: Bearer canary.token~1/x=", "canary"),
        ("DPoP canarycanary", "canary"),
        (f"session {JWT} refreshed", "eyJ"),
        (f"cut off {JWT[:30]}", "eyJ"),
        ("signed in with canx-aryc-anar-y123", "canx"),
        ("code K7QDM-09XQ4-K7QDM-09XQ4-K7QDM-09XQ4-K7QDM-09XQ4 used", "09XQ4"),
        ('{"accessToken": "canary", "password":"canary"}', "canary"),
        ("passphrase=canary secret: canary cookie = canary", "canary"),
        ("GET https://example.org/x?token=canary&cursor=canary 200", "canary"),
        ("author did:plc:canary2canary2canary2abc failed", "canary"),
        ("at://did:web:canary.example/app.bsky.feed.post/3k", "canary"),
        ("from @canary.example.org today", "canary"),
        ("key " + "ab" * 32, "abab"),
        ("blob " + "Q2FuYXJ5" * 8, "Q2Fu"),
        ("could not parse 'canary words that somebody wrote to somebody else'", "canary"),
        ('could not parse "canary words that somebody wrote to somebody else"', "canary"),
        ("text 你应该消失，真的 end", "消失"),
        ("texto crécelo ممنوع", "ممنوع"),
    ],
)
def test_redacted(line: str, canary: str) -> None:
    assert canary not in redact(line)


@pytest.mark.parametrize(
    "line",
    [
        "job sync:3 failed, reference 0a1b2c3d: KeyError at sync.py:81 fetch",
        "a stored secret is incomplete",
        "the key file is damaged; its copy was used",
        "page 12 of 40, 300 mentions, 2 duplicates",
        "model first-light@1.2.0 loaded in 0.4 s",
    ],
)
def test_what_we_log_ourselves_stays_readable(line: str) -> None:
    assert redact(line) == line


def test_exceptions_are_written_without_their_messages(written: Path) -> None:
    try:
        try:
            raise ValueError("canary post text")
        except ValueError as error:
            raise SignInRefused(platform="bluesky", handle="canary.example") from error
    except SignInRefused:
        log.exception("could not sign in to account %d", 7)
    text = written.read_text()
    assert "canary" not in text
    assert "could not sign in to account 7" in text
    assert "SignInRefused[sign-in-refused]" in text
    assert "caused by ValueError at test_logs.py" in text
    assert text.count("\n") == 1


def ours() -> logging.Handler:
    """Our handler alone: pytest's own would choke on what these tests log."""
    (handler,) = [one for one in logging.getLogger().handlers if isinstance(one, logs._PrivateFile)]
    return handler


def test_messages_that_cannot_be_formatted_are_dropped(
    written: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    ours().handle(logging.LogRecord("x", logging.WARNING, "", 1, "two %s %s", ("canary",), None))
    assert "canary" not in written.read_text() + capsys.readouterr().err
    assert "could not be formatted" in written.read_text()


def test_a_log_that_cannot_be_written_prints_nothing(
    written: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(record: logging.LogRecord) -> str:
        raise OSError(28, "canary")

    monkeypatch.setattr(ours(), "format", full)
    ours().handle(logging.LogRecord("x", logging.WARNING, "", 1, "canary", (), None))
    captured = capsys.readouterr()
    assert "canary" not in captured.err + captured.out


def test_libraries_say_no_addresses(written: Path) -> None:
    logging.getLogger("httpx").info("HTTP Request: GET https://example.org/canary")
    logging.getLogger("httpcore.http11").debug("canary")
    log.info("ours")
    assert "canary" not in written.read_text()
    assert "ours" in written.read_text()


def test_line_breaks_cannot_forge_an_entry(written: Path) -> None:
    log.warning("one\n2026-01-01T00:00:00Z ERROR forged\rmore")
    assert len(written.read_text().splitlines()) == 1


def test_files_are_private_and_the_log_stays_small(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(logs, "_SIZE", 2000)
    with configure(tmp_path):
        for number in range(300):
            log.info("entry %d of many", number)
    files = sorted(tmp_path.iterdir())
    assert len(files) == 4
    assert sum(file.stat().st_size for file in files) <= 8000
    assert {stat.S_IMODE(file.stat().st_mode) for file in files} == {0o600}
    assert "entry 299" in (tmp_path / FILE_NAME).read_text()


def test_closing_leaves_logging_as_it_was(tmp_path: Path) -> None:
    root = logging.getLogger()
    before = (list(root.handlers), root.level)
    with configure(tmp_path):
        assert len(root.handlers) == len(before[0]) + 1
    assert (list(root.handlers), root.level) == before


def test_a_linked_or_unusable_place_is_refused(tmp_path: Path) -> None:
    (tmp_path / FILE_NAME).symlink_to(tmp_path / "elsewhere")
    with pytest.raises(UnusableFolder):
        configure(tmp_path)
    with pytest.raises(UnusableFolder):
        configure(tmp_path / "missing")


def test_describing_bounds_a_long_chain() -> None:
    error: Exception = Offline(host="canary")
    for _ in range(50):
        outer = RuntimeError("canary")
        outer.__cause__ = error
        error = outer
    assert describe(error).count("caused by") == 7
    assert "canary" not in describe(error)


HARDEN = """
import os, resource, sys
from core.system.logs import harden_process
print(sorted(harden_process()), resource.getrlimit(resource.RLIMIT_CORE), flush=True)
os.abort()
"""


@pytest.mark.skipif(sys.platform != "linux", reason="Linux only; elsewhere it does nothing")
def test_no_core_dump_is_left(tmp_path: Path) -> None:
    root = Path(__file__).parents[3]
    done = subprocess.run(
        [sys.executable, "-c", HARDEN],
        cwd=tmp_path,
        env={"PYTHONPATH": str(root)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.stdout.strip() == "['no-core', 'not-dumpable'] (0, 0)"
    assert done.returncode == -6
    assert list(tmp_path.iterdir()) == []


def test_elsewhere_hardening_says_that_it_did_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(logs.sys, "platform", "darwin")
    assert harden_process() == frozenset()
