"""Hostile inputs through every door: files, platform answers, packets.

Each input must be recorded or refused with a reason: no other exception, no more than two seconds of work, no
more than 500 MB of memory, nothing written but our own data, and the log still verifies at the end.
"""

import hashlib
import os
import resource
import shutil
import signal
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import islice
from pathlib import Path

import hostile_corpus as corpus
from hypothesis import HealthCheck, Phase, Verbosity, given, seed, settings
from hypothesis import strategies as st
from packet_forger import ask_both, put, read_all, write
from torture_figures import KEY, Figures, fast_folder, timed, verify_store

from app.services.ingest import IngestService
from core.connectors.bluesky.mapping import map_notification
from core.connectors.untrusted_json import Unreadable, parse_page
from core.domain.ids import PlatformName, RemoteId
from core.domain.mention import Received
from core.errors import BadInput, UnusableFolder
from core.imports.reader import read_mentions
from core.storage import Store
from core.system.clock import SystemClock

MOST_SECONDS = 2.0
MOST_BYTES = 500 << 20
_PLATFORM = PlatformName("testland")


class Doors:
    """A real store and the ways in."""

    def __init__(self, folder: Path, figures: Figures) -> None:
        self.folder = folder
        self.figures = figures
        self.store = Store(folder / "breakwater.db", KEY, SystemClock())
        self._ingest = IngestService(self.store, SystemClock())
        self._inbox = folder / "in"
        self._inbox.mkdir()
        self._waiting: list[Received] = []

    def file(self, name: str, data: bytes) -> None:
        """An import file."""
        path = self._inbox / name
        path.write_bytes(data)
        try:
            rows = list(islice(read_mentions(path, platform=_PLATFORM), 30_000))
        except (BadInput, UnusableFolder):
            self.figures.count("refused with a reason")
            return
        finally:
            path.unlink()
        self._take(rows)

    def answer(self, body: bytes) -> None:
        """A platform's answer, cut into items and mapped as the connector does."""
        try:
            items, _ = parse_page(body, "notifications")
        except Unreadable:
            self.figures.count("refused with a reason")
            return
        rows = []
        for item in items:
            try:
                mention, problem = map_notification(item.value, RemoteId("did:plc:me")), None
            except Unreadable as error:
                mention, problem = None, str(error)
            rows.append(Received(item.raw, "answer", "api", mention, problem))
        self._take(rows)

    def packet(self, data: bytes) -> None:
        """A packet as one zip."""
        path = self._inbox / "packet.zip"
        path.write_bytes(data)
        self._check_packet(path)
        path.unlink()

    def packet_folder(self, contents: dict[str, bytes]) -> None:
        """A packet as a folder."""
        folder = put(self._inbox / "packet", contents)
        before = tree(folder)
        self._check_packet(folder)
        if tree(folder) != before:
            raise AssertionError("checking a packet changed it")
        shutil.rmtree(folder)

    def _check_packet(self, path: Path) -> None:
        report, code, _ = ask_both(path)
        if report.ok != (code == 0):
            raise AssertionError(f"the verifiers disagree: {report.faults[:1]} {code}")
        self.figures.count("accepted" if report.ok else "refused with a reason")

    def _take(self, rows: list[Received]) -> None:
        for row in rows:
            if row.mention is None and not row.problem:
                raise AssertionError("a row without a reason")
        self._waiting += rows
        # Fewer and larger transactions: it is the inputs that are tried here, not the disk.
        if len(self._waiting) >= 100:
            self.store_waiting()
        self.figures.count("rows recorded", len(rows))
        self.figures.count("rows with a reason", sum(row.mention is None for row in rows))

    def store_waiting(self) -> None:
        """Take in the rows read so far. Every one must be new, known, edited or rejected."""
        rows, self._waiting = self._waiting, []
        for start in range(0, len(rows), 500):
            page = rows[start : start + 500]
            taken = self._ingest.take(page, None)
            if len(taken.new) + len(taken.edited) + taken.duplicates + taken.rejected != len(page):
                raise AssertionError("rows got lost")


@contextmanager
def watched(what: str, figures: Figures) -> Iterator[None]:
    """One input: a crash, a hang and what it cost are written down."""

    def hang(*_: object) -> None:
        raise TimeoutError("still running after 30 s")

    before = signal.signal(signal.SIGALRM, hang)
    signal.alarm(30)
    began, memory = time.process_time(), _peak(anew=True)
    try:
        yield
    except Exception as error:  # noqa: BLE001 - any exception is the breach that we look for
        figures.breach(f"{what}: {type(error).__name__} {str(error)[:200]!r}")
    finally:
        signal.alarm(0)
        signal.signal(signal.SIGALRM, before)
    took = time.process_time() - began
    figures.tried += 1
    figures.most("most ms of CPU for one input", round(took * 1000))
    if took > MOST_SECONDS:
        figures.breach(f"{what}: {took:.1f} s of CPU")
    grown = _peak() - memory
    figures.most("most MB for one input", grown >> 20)
    if grown > MOST_BYTES:
        figures.breach(f"{what}: {grown >> 20} MB of memory")


def _peak(*, anew: bool = False) -> int:
    """Most memory this process has held, bytes: since the last call with `anew`, where Linux can say so."""
    try:
        if anew:
            Path("/proc/self/clear_refs").write_text("5")
        status = Path("/proc/self/status").read_text()
    except OSError:
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss << 10
    return int(status.split("VmHWM:")[1].split()[0]) << 10


def tree(folder: Path) -> dict[str, str]:
    """Every file with its hash; links are not followed."""
    found = {}
    for path in folder.rglob("*"):
        name = path.relative_to(folder).as_posix()
        if path.is_symlink():
            found[name] = f"-> {os.readlink(path)}"
        elif path.is_file():
            found[name] = hashlib.sha256(path.read_bytes()).hexdigest()
        else:
            found[name] = "folder or special"
    return found


def run(count: int, seed_number: int, folder: Path) -> Figures:
    """The fixed corpus (with the first seed), then `count` inputs made by hypothesis."""
    with timed(Figures("hostile inputs")) as figures, fast_folder() as fast:
        guarded = fast / "guarded"
        guarded.mkdir()
        (guarded / "mine.txt").write_text("mine")
        doors = Doors(guarded, figures)
        genuine = read_all(write(fast / "genuine", items=3))
        try:
            if seed_number == 1:
                fixed(doors, genuine, figures)
            made(doors, genuine, count, seed_number)
            with watched("what was left to store", figures):
                doors.store_waiting()
            if not (report := verify_store(doors.store)).ok:
                figures.breach(f"the log does not verify: {report.faults[:1]}")
            figures.most("entries in the log", report.entries)
        finally:
            doors.store.close()
        left = set(tree(fast)) - {f"genuine/{name}" for name in tree(fast / "genuine")}
        if left != {"genuine", "guarded", *(f"guarded/{one}" for one in ("mine.txt", "in", "breakwater.db"))}:
            figures.breach(f"files appeared: {sorted(left)}")
    return figures


def fixed(doors: Doors, genuine: dict[str, bytes], figures: Figures) -> None:
    """Every case of the fixed corpus."""
    for what, name, data in (*corpus.json_files(), *corpus.csv_files()):
        with watched(what, figures):
            doors.file(name, data)
        figures.count("fixed cases")
    for what, body in corpus.answers():
        with watched(what, figures):
            doors.answer(body)
        figures.count("fixed cases")
    for what, data in corpus.zips(genuine):
        with watched(what, figures):
            doors.packet(data)
        figures.count("fixed cases")
    for what, put_in_place in _FOLDERS.items():
        with watched(what, figures):
            _odd_folder(doors, genuine, put_in_place)
        figures.count("fixed cases")


def _odd_folder(doors: Doors, genuine: dict[str, bytes], change: Callable[[Path], None]) -> None:
    folder = put(doors.folder / "in" / "odd", genuine)
    change(folder)
    before = tree(folder)
    report, code, _ = ask_both(folder)
    if report.ok or code == 0:
        raise AssertionError("accepted")
    if tree(folder) != before:
        raise AssertionError("the folder was changed")
    shutil.rmtree(folder)
    doors.figures.count("refused with a reason")


def _link(name: str, target: str) -> Callable[[Path], None]:
    def change(folder: Path) -> None:
        (folder / name).unlink()
        (folder / name).symlink_to(target)

    return change


def _pipe(folder: Path) -> None:
    (folder / "data/case.json").unlink()
    os.mkfifo(folder / "data/case.json")


def _loop(folder: Path) -> None:
    (folder / "data/raw/loop").symlink_to(folder)


_FOLDERS: dict[str, Callable[[Path], None]] = {
    "a link to a file outside": _link("data/case.json", "/etc/hostname"),
    "a link to a device": _link("README.txt", "/dev/zero"),
    "a link to nothing": _link("README.txt", "nothing"),
    "a link to itself": _link("signer.pub", "signer.pub"),
    "a link up": _link("data/entries.csv", "../bagit.txt"),
    "a pipe": _pipe,
    "a loop of folders": _loop,
    "folders without end": lambda folder: (folder / "data/a/b/c/d/e/f").mkdir(parents=True),
    "an unlisted file": lambda folder: (folder / "evil.html").write_text("x") and None,  # type: ignore[func-returns-value]
    "a name that is not UTF-8": lambda folder: (folder / os.fsdecode(b"\xff\xfe")).write_text("x") and None,  # type: ignore[func-returns-value]
}


# Made by hypothesis

_KEYS = st.sampled_from(
    ["post_id", "author_id", "text", "author_handle", "created_at", "urls", "hashtags", "lang", "x"]
)
_TEXT = st.text(st.characters(), max_size=40) | st.sampled_from(list(corpus.TEXTS.values()))
_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | _TEXT,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(_TEXT, inner, max_size=4),
    max_leaves=8,
)
_ENDINGS = st.sampled_from(["x.jsonl", "x.csv", "x.jsonl.gz", "x.csv.gz"])
_ENCODINGS = st.sampled_from(["utf-8", "utf-16", "utf-16-le", "utf-32", "latin-1", "gb18030"])


_MARKS = st.sampled_from([b'"', b"{", b"[", b"\\u", b"\x00"])


@st.composite
def _file(draw: st.DrawFn) -> tuple[str, bytes]:
    import gzip
    import json

    how = draw(st.sampled_from(["rows", "rows", "csv", "bytes", "spliced"]))
    if how == "rows":
        base = {"post_id": draw(_TEXT), "author_id": draw(_TEXT), "text": draw(_TEXT)}
        rows = [
            base | draw(st.dictionaries(_KEYS, _JSON, max_size=4)) for _ in range(draw(st.integers(0, 3)))
        ]
        data = "\n".join(json.dumps(row) for row in rows).encode()
        name = "x.jsonl"
    elif how == "csv":
        cells = draw(st.lists(st.lists(_TEXT, max_size=6), max_size=4))
        body = "\n".join(",".join(row) for row in cells)
        text = "post_id,author_id,text,author_handle\n" + body
        data = text.encode(draw(_ENCODINGS), "backslashreplace")
        name = "x.csv"
    elif how == "bytes":
        name, data = draw(_ENDINGS), draw(st.binary(max_size=300))
    else:
        line = (
            b'{"post_id":"1","author_id":"a","text":"hi","urls":["https://x.example"],"created_at":"2026"}\n'
        )
        data = _spliced(draw, line * 3)
        name = "x.jsonl"
    if draw(st.integers(0, 9)) == 0 and not name.endswith(".gz"):
        name, data = name + ".gz", gzip.compress(data)
    return name, data


def _spliced(draw: st.DrawFn, data: bytes) -> bytes:
    changed = bytearray(data)
    for _ in range(draw(st.integers(1, 6))):
        start = draw(st.integers(0, len(changed)))
        end = min(len(changed), start + draw(st.integers(0, 6)))
        changed[start:end] = draw(
            st.binary(max_size=8) | st.sampled_from([b'"', b"{", b"[", b"\\u", b"\x00"])
        )
    return bytes(changed)


@st.composite
def _splices(draw: st.DrawFn, data: bytes) -> bytes:
    return _spliced(draw, data)


@st.composite
def _body(draw: st.DrawFn) -> bytes:
    import json

    if draw(st.booleans()):
        note = {"uri": draw(_TEXT), "cid": draw(_JSON), "reason": draw(st.sampled_from(["reply", "x", ""]))}
        note |= {"author": draw(st.dictionaries(st.sampled_from(["did", "handle", "viewer"]), _JSON))}
        note |= {
            "record": draw(st.dictionaries(st.sampled_from(["text", "createdAt", "facets", "embed"]), _JSON))
        }
        return json.dumps({"notifications": [note, draw(_JSON)], "cursor": draw(_JSON)}).encode()
    body = b'{"notifications":[{"uri":"at://did:plc:m/app.bsky.feed.post/3k","author":{"did":"did:plc:m"}}]}'
    return _spliced(draw, body)


def made(doors: Doors, genuine: dict[str, bytes], count: int, number: int) -> None:
    """Half files, the rest answers, and one packet in sixteen."""
    figures = doors.figures
    names = sorted(genuine)
    whole = corpus._zip(genuine)
    quiet = settings(
        deadline=None,
        database=None,
        phases=[Phase.generate],
        verbosity=Verbosity.quiet,
        suppress_health_check=list(HealthCheck),
    )

    @seed(number)
    @settings(quiet, max_examples=count // 2)
    @given(_file())
    def files(one: tuple[str, bytes]) -> None:
        with watched(f"made {one[0]} {one[1][:80]!r}", figures):
            doors.file(*one)

    @seed(number)
    @settings(quiet, max_examples=count // 2 - 2 * (count // 32))
    @given(_body())
    def bodies(one: bytes) -> None:
        with watched(f"made answer {one[:80]!r}", figures):
            doors.answer(one)

    @seed(number)
    @settings(quiet, max_examples=max(1, count // 32))
    @given(st.data())
    def zips(data: st.DataObject) -> None:
        with watched("made zip", figures):
            doors.packet(data.draw(_splices(whole)))

    @seed(number)
    @settings(quiet, max_examples=max(1, count // 32))
    @given(st.data())
    def folders(data: st.DataObject) -> None:
        name = data.draw(st.sampled_from(names))
        with watched(f"made packet file {name}", figures):
            changed = data.draw(_splices(genuine[name]))
            doors.packet_folder(genuine | {name: changed})

    for one in (files, bodies, zips, folders):
        one()
