"""A running Bluesky network for tests: starts tests/testbeds/bluesky, drives it, stops it.

Use the session fixture `bluesky` (list this module in `pytest_plugins` of tests/conftest.py, or import
the fixture in a conftest): the network starts once per test session, in some 15 seconds. It is
shared, so a test that changes things makes people of its own (`fresh_name`, `create_account`).
"""

import contextlib
import itertools
import json
import os
import select
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import httpx
import pytest

FOLDER: Final = Path(__file__).resolve().parents[1] / "testbeds" / "bluesky"
START_SECONDS: Final = 280
COMMAND_SECONDS: Final = 60


@dataclass(frozen=True, slots=True)
class Person:
    """An account on the testbed; `name` is what commands call it, `handle` what the network does."""

    name: str
    did: str
    handle: str
    password: str
    token: str


@dataclass(frozen=True, slots=True)
class Post:
    """A post on the testbed."""

    uri: str
    cid: str
    text: str

    @property
    def ref(self) -> dict[str, str]:
        return {"uri": self.uri, "cid": self.cid}


class BlueskyTestbed:
    """One running network. Every call that writes returns once the AppView has indexed it."""

    def __init__(self, process: subprocess.Popen[bytes], log: Path) -> None:
        self._process = process
        self._log = log
        self._buffer = b""
        self._numbers = itertools.count(1)
        self.ready = self._line(START_SECONDS)
        self.pds: str = self.ready["pds"]
        self.ozone: str = self.ready["ozone"]
        # The seeded people (target, friend, heckler, stalker, sockone, socktwo) and posts (original, ...).
        self.people = {name: self._person(name, made) for name, made in self.ready["accounts"].items()}
        self.posts = {key: self._post(made) for key, made in self.ready["posts"].items()}
        self._http = httpx.Client(timeout=20, trust_env=False)

    # -- people

    def fresh_name(self, stem: str = "person") -> str:
        """A name no account has yet."""
        return f"{stem}{next(self._numbers)}"

    def create_account(self, name: str | None = None, display_name: str | None = None) -> Person:
        """A new account whose handle is `<name>.test`."""
        name = name or self.fresh_name()
        return self._person(name, self.command("account", name=name, displayName=display_name))

    def app_password(self, person: Person, label: str | None = None) -> str:
        """A fresh app password, as the person would make one in their settings."""
        made = self.command("appPassword", name=person.name, label=label or self.fresh_name("app"))
        return str(made["password"])

    def follow(self, by: Person, whom: Person) -> None:
        self.record(by, "app.bsky.graph.follow", {"subject": whom.did})

    def rename(self, person: Person, handle: str) -> None:
        """A new handle; the DID stays."""
        answer = self._http.post(
            f"{self.pds}/xrpc/com.atproto.identity.updateHandle",
            json={"handle": handle},
            headers={"authorization": f"Bearer {person.token}"},
        )
        answer.raise_for_status()
        self.settle()

    def deactivate(self, person: Person) -> None:
        self.command("deactivate", name=person.name)

    def activate(self, person: Person) -> None:
        self.command("activate", name=person.name)

    def delete_account(self, person: Person) -> None:
        self.command("deleteAccount", name=person.name)

    def suspend(self, person: Person) -> None:
        """Taken down by the moderators, through Ozone."""
        self.command("takeDown", did=person.did)

    def unsuspend(self, person: Person) -> None:
        self.command("undoTakeDown", did=person.did)

    def block(self, by: Person, whom: Person) -> None:
        self.record(by, "app.bsky.graph.block", {"subject": whom.did})

    # -- posts

    def take_down(self, post: Post) -> None:
        """A post taken down by the moderators, through Ozone."""
        self.command("takeDown", post=post.ref)

    def undo_take_down(self, post: Post) -> None:
        self.command("undoTakeDown", post=post.ref)

    def post(self, by: Person, text: str, **more: Any) -> Post:
        """A post. `more`: link={uri,title,description}, langs=[...], images=[{data,mimeType,alt}].

        The data of a picture are in Base64.
        """
        return self._post(self.command("post", by=by.name, text=text, **more))

    def reply(self, by: Person, parent: Post, text: str, root: Post | None = None, **more: Any) -> Post:
        return self.post(by, text, parent=parent.ref, root=(root or parent).ref, **more)

    def mention(self, by: Person, whom: Person, text: str, **more: Any) -> Post:
        """A post that mentions `whom`; the handle is put in front when the text lacks it."""
        at = f"@{whom.handle}"
        return self.post(by, text if at in text else f"{at} {text}", mention=whom.name, **more)

    def quote(self, by: Person, quoted: Post, text: str, **more: Any) -> Post:
        return self.post(by, text, quote=quoted.ref, **more)

    def record(self, by: Person, collection: str, record: dict[str, Any]) -> dict[str, str]:
        """Any record, as given; answers its uri and cid."""
        made: dict[str, str] = self.command("record", by=by.name, collection=collection, record=record)
        return made

    def delete(self, by: Person, post: Post) -> None:
        self.command("remove", by=by.name, uri=post.uri)

    def campaign(
        self, parent: Post, senders: int = 8, name: str | None = None
    ) -> tuple[list[Person], list[Post]]:
        """New accounts made in one go, each replying once to `parent` with nearly the same abuse."""
        made = self.command(
            "campaign", name=name or self.fresh_name("truth"), parent=parent.ref, senders=senders
        )
        people = [self._person(account["name"], account) for account in made["accounts"]]
        return people, [self._post(post) for post in made["posts"]]

    def settle(self) -> None:
        """Wait until the AppView has indexed everything written so far."""
        self.command("settle")

    # -- what the servers know

    def get(self, person: Person, nsid: str, **params: Any) -> dict[str, Any]:
        """An XRPC query as `person`."""
        answer = self._http.get(
            f"{self.pds}/xrpc/{nsid}", params=params, headers={"authorization": f"Bearer {person.token}"}
        )
        answer.raise_for_status()
        read: dict[str, Any] = answer.json()
        return read

    def viewer(self, person: Person, whom: Person) -> dict[str, Any]:
        """How `person` stands to `whom`: muted, blocking, following ..."""
        state: dict[str, Any] = self.get(person, "app.bsky.actor.getProfile", actor=whom.did).get(
            "viewer", {}
        )
        return state

    def wait_for_viewer(self, person: Person, whom: Person, key: str, present: bool) -> dict[str, Any]:
        """The viewer state once `key` is there (or gone); a moment passes after a write not made here."""
        end = time.monotonic() + 10
        while True:
            state = self.viewer(person, whom)
            if bool(state.get(key)) == present:
                return state
            if time.monotonic() > end:
                raise AssertionError(f"viewer.{key} did not become {present}")
            time.sleep(0.05)

    def reports(self) -> list[dict[str, Any]]:
        """Report events in Ozone, newest first: id, event (reportType, comment), subject (uri or did)."""
        answer = self._http.get(
            f"{self.ozone}/xrpc/tools.ozone.moderation.queryEvents",
            params={"types": "tools.ozone.moderation.defs#modEventReport", "limit": 100},
            auth=("admin", self.ready["adminPassword"]),
        )
        answer.raise_for_status()
        events: list[dict[str, Any]] = answer.json()["events"]
        return events

    # -- the process

    def command(self, do: str, /, **args: Any) -> Any:
        """One command of control.mjs; raises RuntimeError with what the testbed said."""
        pipe = self._process.stdin
        assert pipe is not None
        given = {key: value for key, value in args.items() if value is not None}
        pipe.write(json.dumps({"do": do, **given}).encode() + b"\n")
        pipe.flush()
        answer = self._line(COMMAND_SECONDS)
        if not answer["ok"]:
            raise RuntimeError(answer["error"])
        return answer["result"]

    def stop(self) -> None:
        """End the network; the database and every file it wrote go with it."""
        self._http.close()
        end_process(self._process)

    def _line(self, seconds: float) -> dict[str, Any]:
        pipe = self._process.stdout
        assert pipe is not None
        end = time.monotonic() + seconds
        while b"\n" not in self._buffer:
            left = end - time.monotonic()
            if left <= 0 or not select.select([pipe], [], [], left)[0]:
                raise TimeoutError(f"no answer from the testbed in {seconds} s; see {self._log}")
            chunk = os.read(pipe.fileno(), 65536)
            if not chunk:
                raise RuntimeError(f"the testbed ended: {self._log.read_text(errors='replace')[-2000:]}")
            self._buffer += chunk
        line, self._buffer = self._buffer.split(b"\n", 1)
        answer: dict[str, Any] = json.loads(line)
        return answer

    @staticmethod
    def _person(name: str, made: dict[str, str]) -> Person:
        return Person(name, made["did"], made["handle"], made["password"], made["token"])

    @staticmethod
    def _post(made: dict[str, str]) -> Post:
        return Post(made["uri"], made["cid"], made["text"])


def end_process(process: subprocess.Popen[bytes]) -> None:
    """Ask a testbed to stop, wait, insist; close its pipes."""
    if process.poll() is None:
        process.send_signal(signal.SIGTERM)
    try:
        process.wait(30)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait(10)
    for pipe in (process.stdin, process.stdout):
        if pipe is not None:
            with contextlib.suppress(BrokenPipeError):
                pipe.close()


def why_absent() -> str | None:
    """Why the network cannot run here, or None when it can."""
    if shutil.which("node") is None:
        return "node is not installed"
    if not any(Path("/usr/lib/postgresql").glob("*/bin/initdb")):
        return "PostgreSQL is not installed (Debian package: postgresql)"
    if not (FOLDER / "node_modules" / "@atproto" / "dev-env").is_dir():
        return f"no node_modules: run `npm ci` in {FOLDER}"
    return None


def absent(what: str, why: str) -> None:
    """Skip the test with a visible reason; under BREAKWATER_CI=1 that is a failure."""
    if os.environ.get("BREAKWATER_CI") == "1":
        pytest.fail(f"{what}: {why}", pytrace=False)
    pytest.skip(f"{what}: {why}")


@contextlib.contextmanager
def running_bluesky() -> Iterator[BlueskyTestbed]:
    """A network of one's own, stopped on exit."""
    folder = Path(tempfile.mkdtemp(prefix="bluesky-testbed-"))
    log = folder / "stderr.log"
    try:
        with log.open("wb") as stderr:
            process = subprocess.Popen(
                ["node", "start.mjs", "--control"],
                cwd=FOLDER,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=stderr,
            )
        try:
            testbed = BlueskyTestbed(process, log)
        except BaseException:
            end_process(process)
            raise
        try:
            yield testbed
        finally:
            testbed.stop()
    finally:
        shutil.rmtree(folder, ignore_errors=True)


_RUNNING: Final = pytest.StashKey[BlueskyTestbed]()


def _claim(config: pytest.Config, folder: Path) -> None:
    """One worker has the network: a second asks when a file is missing from NETWORK in tests/conftest.py."""
    worker = getattr(config, "workerinput", {}).get("workerid")
    if worker is None:
        return
    claim = folder.parent / "bluesky-network"
    with contextlib.suppress(FileExistsError), claim.open("x") as file:
        file.write(worker)
    if claim.read_text() != worker:
        pytest.fail("a second worker asks for a Bluesky network", pytrace=False)


@pytest.fixture(scope="session")
def bluesky(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> BlueskyTestbed:
    """The session's network. Kept in the config, so several conftests may import this fixture."""
    running = request.config.stash.get(_RUNNING, None)
    if running is None:
        why = why_absent()
        if why is not None:
            absent("Bluesky testbed", why)
        _claim(request.config, tmp_path_factory.getbasetemp())
        entered = contextlib.ExitStack()
        running = entered.enter_context(running_bluesky())
        request.config.stash[_RUNNING] = running
        request.config.add_cleanup(entered.close)
    return running
