"""Canaries in everything that must stay inside, then every error path we can reach.

Each scene is a process of its own, with its own temporary folder, home and current folder. Afterwards its
output and every file it left are searched, plain and in the ways text is commonly written otherwise. Run as a
program: SCENE FOLDER.
"""

import base64
import io
import json
import os
import signal
import subprocess
import sys
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path
from urllib.parse import quote

_HERE = Path(__file__).parent
sys.path[:0] = [str(_HERE.parents[1]), str(_HERE.parent / "support"), str(_HERE)]

import torture_power  # noqa: E402
from torture_figures import Figures, timed  # noqa: E402

TEXT = "canarytext grobble zanfrel"
SENDER = "canarysender7f3a"
OWN_PASSWORD = "canary-pass-word-zzzz"
TOKEN = "canarytoken9d41"
PASSPHRASE = "canary passphrase quolbix"
WRONG = "canary wrong passphrase vimtuk"
_WRITTEN_ON_PURPOSE = ("input", "input-key", "passphrase", "wrong-passphrase")


# The scenes, inside the child


def _run(*arguments: str, typed: str = "") -> int:
    from app.cli.main import run

    sys.stdin = io.StringIO(typed)
    return run(["--data-dir", str(Path.cwd() / "data"), *arguments])


class _Scene:
    """A connected account on a fake platform that hands out canaries."""

    def __init__(self) -> None:
        from fake_platform import FakeBluesky

        class Canary(FakeBluesky):
            def _session(self):  # type: ignore[no-untyped-def]
                made = super()._session()
                body = json.loads(made.body)
                for kind, known in (("accessJwt", self._access), ("refreshJwt", self._refresh)):
                    known.discard(body[kind])
                    body[kind] = f"{TOKEN}-{body[kind]}"
                    known.add(body[kind])
                made.body = json.dumps(body).encode()
                return made

        self.fake = Canary()
        self.fake.password = OWN_PASSWORD
        self.fake.add_post(TEXT, sender=SENDER)

    def connect(self) -> None:
        self.add(OWN_PASSWORD)
        _run("sync")

    def add(self, password: str) -> int:
        given = ["--handle", self.fake.handle, "--service", self.fake.url]
        code = _run("accounts", "add", "bluesky", *given, typed=password + "\n")
        _note_key()
        return code


def _note_key() -> None:
    """Tell the searcher, outside the data folder, which key it must not find."""
    from app.entrance import unlock_service
    from core.system.paths import DataFolder

    if "BREAKWATER_PASSPHRASE_FILE" in os.environ:
        opened = unlock_service(DataFolder(Path.cwd() / "data")).open_with_passphrase(PASSPHRASE)
        (Path.cwd() / "input-key").write_bytes(opened.key)


def _refused(scene: _Scene) -> None:
    scene.add(f"{OWN_PASSWORD}-wrong")


def _expired(scene: _Scene) -> None:
    scene.connect()
    scene.fake.expire_sign_in()
    _run("--json", "sync")


def _faults(scene: _Scene) -> None:
    from fake_platform import Fault

    scene.connect()
    for fault in Fault:
        scene.fake.fail_next(fault, None if fault is not Fault.RATE_LIMIT else 3_600, on="listNotifications")
        # Some faults need a value to be played; then the platform itself breaks, which is a fault, too.
        with suppress(Exception):
            _run("sync")


def _garbage(scene: _Scene) -> None:
    scene.connect()
    for raw in (
        json.dumps({"text": TEXT, "author": {"did": SENDER}}).encode(),
        json.dumps([TEXT, TOKEN]).encode(),
        json.dumps({"uri": f"at://did:plc:{SENDER}/x", "record": {"text": TEXT}}).encode(),
    ):
        scene.fake.add_broken(raw)
    _run("--json", "sync")


def _imports(scene: _Scene) -> None:
    folder = Path("input")
    folder.mkdir()
    row = {"post_id": "1", "author_id": SENDER, "text": TEXT}
    for name, data in {
        "cut.jsonl": json.dumps(row)[:-3],
        "kinds.jsonl": json.dumps(row | {"text": {TEXT: SENDER}}),
        "twice.jsonl": f'{{"text":"{TEXT}","text":"{TEXT}"}}',
        "dates.jsonl": json.dumps(row | {"created_at": TEXT}),
        "columns.csv": f"{SENDER},{TEXT}\n1,2\n",
        "open.csv": f'post_id,author_id,text\n1,{SENDER},"{TEXT}\n',
        "cells.csv": f"post_id,author_id,text\n1,{SENDER},{TEXT},{TEXT}\n",
        "wrong.xlsx": TEXT,
        "wrong.parquet": TEXT * 50,
        "wrong.jsonl.gz": TEXT,
    }.items():
        (folder / name).write_text(data)
        _run("import", str(folder / name))
    for name in ("columns.csv", "twice.jsonl"):
        _run("--json", "group", str(folder / name))
    _run("import", str(folder / "missing.jsonl"))


def _classifier(scene: _Scene) -> None:
    from app.services.classify import ClassifyService

    def fail(*_: object) -> None:
        raise ValueError(f"cannot read {TEXT!r} by {SENDER} with {TOKEN}")

    scene.add(OWN_PASSWORD)
    ClassifyService.run = fail  # type: ignore[method-assign,assignment]
    _run("sync")


def _export(scene: _Scene) -> None:
    scene.connect()
    Path("file").write_text("x")
    _run("export", "file")
    _run("export", "packets")
    import app.bootstrap

    def fail(*_: object) -> None:
        raise ValueError(f"cannot draw {TEXT!r}")

    app.bootstrap._render_pdf = fail  # type: ignore[assignment]
    _run("export", "packets")


def _keyring(scene: _Scene) -> None:
    del os.environ["BREAKWATER_PASSPHRASE_FILE"]
    scene.connect()
    _run("--json", "log", "verify")
    _run("doctor")


def _wrong_passphrase(scene: _Scene) -> None:
    scene.connect()
    os.environ["BREAKWATER_PASSPHRASE_FILE"] = str(Path("wrong-passphrase").resolve())
    _run("--json", "inbox")


def _crash(scene: _Scene) -> None:
    from app.cli import data

    def fail(*_: object) -> int:
        inner = KeyError(TEXT)
        raise RuntimeError(f"{TEXT} by {SENDER}: {TOKEN} {PASSPHRASE}") from inner

    scene.connect()
    data.inbox = fail  # type: ignore[assignment]
    _run("inbox")


def _thread(scene: _Scene) -> None:
    import threading

    def fail() -> None:
        raise RuntimeError(f"{TEXT} by {SENDER}: {TOKEN}")

    scene.connect()
    one = threading.Thread(target=fail)
    one.start()
    one.join()


def _logging(scene: _Scene) -> None:
    import logging

    from app.entrance import occupied
    from core.system.paths import DataFolder

    scene.connect()
    with occupied(DataFolder(Path.cwd() / "data")):
        for name in ("httpx", "httpcore", "sqlalchemy.engine", "somebody"):
            logging.getLogger(name).debug("text %s", TEXT)
            logging.getLogger(name).info("GET https://x.example/?token=%s", TOKEN)
        try:
            raise ValueError(TEXT)
        except ValueError:
            logging.getLogger("somebody").exception("failed")


def _killed(scene: _Scene) -> None:
    scene.connect()
    _open_and(lambda: os.kill(os.getpid(), signal.SIGKILL))


def _aborted(scene: _Scene) -> None:
    import resource

    limit = resource.getrlimit(resource.RLIMIT_CORE)[1]
    resource.setrlimit(resource.RLIMIT_CORE, (limit, limit))
    scene.connect()
    _open_and(os.abort)


def _open_and(end: Callable[[], None]) -> None:
    from made_up import received

    from app.bootstrap import open_unattended
    from core.system.paths import DataFolder

    with open_unattended(DataFolder(Path.cwd() / "data"), PASSPHRASE) as services:
        services.ingest.take([received(900 + n, TEXT) for n in range(50)], None)
        end()


def _full(scene: _Scene) -> None:
    scene.add(OWN_PASSWORD)
    for _ in range(400):
        scene.fake.add_post(TEXT * 40, sender=SENDER)
    _run("sync")
    _run("--json", "inbox")


SCENES: dict[str, Callable[[_Scene], None]] = {
    "sign-in refused": _refused,
    "sign-in expired": _expired,
    "every fault of the platform": _faults,
    "garbage in the answer": _garbage,
    "files that cannot be read": _imports,
    "classifier fails": _classifier,
    "export fails": _export,
    "keyring locked": _keyring,
    "wrong passphrase": _wrong_passphrase,
    "crash": _crash,
    "crash in a thread": _thread,
    "libraries that log": _logging,
    "killed": _killed,
    "aborted": _aborted,
    "disk full": _full,
}
# Scenes that print the person's own inbox on purpose.
_SHOWS_TEXT = {"disk full"}


def _child(name: str) -> None:
    from core.system.logs import tell_faults_safely

    tell_faults_safely()
    scene = _Scene()
    try:
        SCENES[name](scene)
    finally:
        scene.fake.close()


# Outside


def forms(secret: str | bytes) -> list[bytes]:
    """How a secret may be found in a file."""
    raw = secret.encode() if isinstance(secret, str) else secret
    found = [raw, raw.hex().encode(), base64.b64encode(raw)[: len(raw)], raw[::-1]]
    if isinstance(secret, str):
        found += [secret.encode("utf-16-le"), quote(secret).encode(), secret.upper().encode()]
        found += [secret.replace(" ", "_").encode()]
    return found


def campaign(folder: Path, scenes: Sequence[str] = tuple(SCENES)) -> Figures:
    """These scenes; all when not told."""
    with timed(Figures("canaries")) as figures:
        for number, name in enumerate(scenes):
            _play(name, folder / f"scene-{number}", figures)
    return figures


def _play(name: str, folder: Path, figures: Figures) -> None:
    for part in ("", "tmp", "home"):
        (folder / part).mkdir()
    (folder / "passphrase").write_text(PASSPHRASE)
    (folder / "wrong-passphrase").write_text(WRONG)
    environment = os.environ | {
        "TMPDIR": str(folder / "tmp"),
        "HOME": str(folder / "home"),
        "XDG_CONFIG_HOME": str(folder / "home"),
        "BREAKWATER_PASSPHRASE_FILE": str(folder / "passphrase"),
        "PYTHON_KEYRING_BACKEND": "keyring.backends.fail.Keyring",
        "QT_QPA_PLATFORM": "offscreen",
    }
    if name == "disk full":
        environment |= torture_power.traced_environment(
            torture_power.build_shim(folder / "home"), folder / "data", folder.with_name("full.trace")
        )
        (folder / "data").mkdir(mode=0o700)
        environment["TRACE_ROOM"] = "700000"
    command = [sys.executable, __file__, name]
    done = subprocess.run(command, cwd=folder, env=environment, capture_output=True, check=False)
    figures.tried += 1
    if done.returncode not in (0, 1, -signal.SIGKILL, -signal.SIGABRT):
        figures.breach(f"{name}: the scene ended with {done.returncode}")
    if name == "disk full" and b"disk" not in done.stderr.lower():
        figures.breach(f"{name}: the disk was not full")
    noted = folder / "input-key"
    key = noted.read_bytes() if noted.exists() else None
    figures.count("keys searched for", key is not None)
    shown = done.stderr if name in _SHOWS_TEXT else done.stdout + done.stderr
    figures.count("bytes of output searched", len(done.stdout) + len(done.stderr))
    _search(f"{name}: output", shown, key, figures=figures)
    for path in folder.rglob("*"):
        parts = path.relative_to(folder).parts
        if parts[0] in _WRITTEN_ON_PURPOSE or not path.is_file():
            continue
        if path.name.startswith("core"):
            figures.breach(f"{name}: a core dump")
        data = path.read_bytes()
        figures.count("files searched")
        figures.count("bytes of files searched", len(data))
        _search(f"{name}: {'/'.join(parts)}", data, key, figures=figures, everything=parts[0] != "packets")


def _search(where: str, data: bytes, key: bytes | None, *, figures: Figures, everything: bool = True) -> None:
    """A packet holds texts and senders on purpose; nothing else may, and secrets may be nowhere."""
    secrets: dict[str, str | bytes] = {
        "password": OWN_PASSWORD,
        "token": TOKEN,
        "passphrase": PASSPHRASE,
        "wrong passphrase": WRONG,
    }
    if key is not None:
        secrets["key"] = key
    written = {"text": TEXT, "sender": SENDER} if everything else {}
    for what, secret in (secrets | written).items():
        if any(form in data for form in forms(secret)):
            figures.breach(f"{where} holds the {what}")


if __name__ == "__main__":
    _child(sys.argv[1])
