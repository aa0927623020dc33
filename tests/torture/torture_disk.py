"""A full disk, and bits that change by themselves."""

import hashlib
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from random import Random

import torture_power
from torture_figures import KEY, Figures, fast_folder, timed, verify_store, wrong_with

from core.errors import AppError, DataDamaged
from core.storage import Store, engine
from core.system.clock import SystemClock

_HERE = Path(__file__).parent
_DATABASE = "breakwater.db"


# Full disk


def full_disk(runs: int, seed: int, folder: Path) -> Figures:
    """Writes fail with ENOSPC after a random number of bytes, until room is made."""
    shim = torture_power.build_shim(folder)
    random = Random(seed)
    with timed(Figures("full disk")) as figures:
        for number in range(runs):
            base = folder / f"full-{number}"
            base.mkdir()
            _fill(shim, base, random.choice((20_000, 300_000, 900_000)) + random.randrange(400_000), figures)
            shutil.rmtree(base)
    return figures


def _fill(shim: Path, base: Path, room: int, figures: Figures) -> None:
    environment = torture_power.traced_environment(shim, base, base / "trace")
    environment |= {"TRACE_ROOM": str(room), "TRACE_FREED": str(base / "freed")}
    script = [sys.executable, str(_HERE / "torture_full.py"), str(base)]
    done = subprocess.run(script, env=environment, capture_output=True, text=True, check=False)
    figures.tried += 1
    if done.returncode != 0:
        figures.breach(f"room {room}: {done.stderr.strip()[-300:]}")
        return
    said = done.stdout.split()
    figures.count("acknowledged before", int(said[0]))
    figures.count("full while opening", said[0] == "0")
    figures.count("full again while still full", int(said[1]))
    store = Store(base / "data" / _DATABASE, KEY, SystemClock())
    for wrong in wrong_with(store, set(range(int(said[2])))):
        figures.breach(f"room {room}: {wrong}")
    store.close()


# Bit flips


def dump(store: Store) -> str:
    """A hash over every row of every table."""
    digest = hashlib.sha256()
    with store.read() as unit:
        driver = unit.log._driver
        tables = driver.execute("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY 1").fetchall()
        for (table,) in tables:
            for row in driver.execute(f"SELECT * FROM {table} ORDER BY rowid"):  # noqa: S608 - our names
                digest.update(repr(row).encode())
        for (name,) in driver.execute("SELECT sql FROM sqlite_master WHERE sql IS NOT NULL ORDER BY 1"):
            digest.update(name.encode())
    return digest.hexdigest()


def made_folder(folder: Path, *, closed: bool) -> Path:
    """A database after a clean closing, or as a kill leaves it: most of it in the write-ahead file."""
    from fake_clock import FakeClock
    from made_up import received

    from app.services.ingest import IngestService

    folder.mkdir(parents=True)
    store = Store(folder / _DATABASE, KEY, FakeClock())
    if not closed:
        store.close()
        store = Store(folder / _DATABASE, KEY, FakeClock())
    ingest = IngestService(store, FakeClock())
    for number in range(6):
        ingest.take([received(2 * number + n, "text " * (100 * n + 1)) for n in range(2)], None)
    if closed:
        store.close()
        return folder
    left = folder.with_name(f"{folder.name}-left")
    left.mkdir()
    for name in (_DATABASE, f"{_DATABASE}-wal"):
        shutil.copy2(folder / name, left / name)
    store.close()
    return left


def bit_flips(flips: int, seed: int, folder: Path) -> Figures:
    """One bit of the database, or of the write-ahead file a kill left, is another one."""
    random = Random(seed)
    with timed(Figures("bit flips")) as figures, fast_folder() as fast:
        made = [made_folder(fast / "closed", closed=True), made_folder(fast / "killed", closed=False)]
        truths = [_truth(one, fast / "truth") for one in made]
        for number in range(flips):
            which = number % 2
            name = _DATABASE if which == 0 else f"{_DATABASE}-wal"
            _flip(made[which], name, truths[which], fast / "work", random=random, figures=figures)
    return figures


def _truth(folder: Path, work: Path) -> str:
    shutil.rmtree(work, ignore_errors=True)
    shutil.copytree(folder, work)
    store = Store(work / _DATABASE, KEY, SystemClock())
    try:
        if not verify_store(store).ok:
            raise RuntimeError("the folder to be damaged is not whole")
        return dump(store)
    finally:
        store.close()


def _flip(made: Path, name: str, truth: str, work: Path, *, random: Random, figures: Figures) -> None:
    shutil.rmtree(work, ignore_errors=True)
    shutil.copytree(made, work)
    path = work / name
    data = bytearray(path.read_bytes())
    at, bit = random.randrange(len(data)), random.randrange(8)
    data[at] ^= 1 << bit
    path.write_bytes(data)
    figures.tried += 1
    outcome = _open_damaged(work, truth)
    last = name.endswith("-wal") and at >= _last_transaction(data)
    if outcome == "silently wrong" and last:
        # Looks exactly like a write cut by power loss: that transaction did not happen. What is left
        # must still be a whole log.
        outcome = "the unfinished last transaction dropped"
    figures.count(outcome)
    if outcome == "silently wrong" or outcome.startswith("!"):
        figures.breach(f"{name} byte {at} bit {bit}: {outcome}")
    for one in made.iterdir():
        left = work / one.name
        if outcome == "detected" and not left.exists():
            figures.breach(f"{name} byte {at}: {one.name} was removed")


def _open_damaged(work: Path, truth: str) -> str:
    try:
        store = Store(work / _DATABASE, KEY, SystemClock())
    except DataDamaged:
        return "detected"
    except AppError as failure:
        return f"! {failure.code}"
    try:
        whole = verify_store(store).ok
        if dump(store) == truth:
            return "no effect" if whole else "detected"
        return "silently wrong" if whole else "detected"
    except DataDamaged:
        return "detected"
    except (AppError, engine.StorageBug) as failure:
        return f"! {failure!r}"
    finally:
        store.close()


def _last_transaction(wal: bytes) -> int:
    """Where the frames of the last transaction begin."""
    page = int.from_bytes(wal[8:12], "big")
    commits = [at for at in _frames(wal, page) if wal[at + 4 : at + 8] != bytes(4)]
    return commits[-2] + 24 + page if len(commits) > 1 else 32


def _frames(wal: bytes, page: int) -> Iterator[int]:
    yield from range(32, len(wal) - page - 23, page + 24)
