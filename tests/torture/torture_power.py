"""Power loss: what reached the disk is what was synced, and any part of what was not.

`disk_trace.c` records what a writer does to its files, and its acknowledgements, in order. A state is made
by stopping at a random record: each file keeps what was written before its last sync; each later write or
truncation is kept, lost, or (writes) torn into 512-byte sectors of which some are kept. Then the folder is
opened. Taken as durable at once: names of files (creation, unlink, rename). Assumed: the drive honours a
flush; some do not.
"""

import os
import shutil
import struct
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from random import Random

from torture_figures import KEY, Figures, fast_folder, timed, wrong_with

from core.errors import AppError
from core.storage import Store
from core.system.clock import SystemClock

SECTOR = 512
_STATES_A_TRACE = 100
_HEAD = struct.Struct("<cIQQ")
_HERE = Path(__file__).parent


@dataclass(frozen=True, slots=True)
class Step:
    """One record: what was done to which file."""

    kind: str
    path: str
    offset: int
    data: bytes


@dataclass(slots=True)
class _File:
    """What is surely on the disk, and what was done since the last sync."""

    safe: bytearray = field(default_factory=bytearray)
    since: list[Step] = field(default_factory=list)

    def sync(self) -> None:
        for step in self.since:
            _apply(self.safe, step, lambda sector: True)
        self.since = []

    def after_loss(self, random: Random) -> bytes:
        content = bytearray(self.safe)
        for step in self.since:
            fate = random.choice(("kept", "lost", "torn")) if step.kind == "W" else random.choice("kl")
            if fate[0] == "k":
                _apply(content, step, lambda sector: True)
            elif fate == "torn":
                _apply(content, step, lambda sector: random.random() < 0.5)
        return bytes(content)


def _apply(content: bytearray, step: Step, keeps: Callable[[int], bool]) -> None:
    if step.kind == "T":
        del content[step.offset :]
        content.extend(bytes(step.offset - len(content)))
        return
    start, end = step.offset, step.offset + len(step.data)
    while start < end:
        stop = min(end, (start // SECTOR + 1) * SECTOR)
        if keeps(start // SECTOR):
            if len(content) < stop:
                content.extend(bytes(stop - len(content)))
            content[start:stop] = step.data[start - step.offset : stop - step.offset]
        start = stop


class Disk:
    """The files of a folder as a trace builds them."""

    def __init__(self) -> None:
        self.files: dict[str, _File] = {}
        self.acknowledged = 0

    def take(self, step: Step) -> None:
        if step.path.endswith("/acks"):
            if step.kind == "W":
                self.acknowledged = int(step.data.split()[-1])
        elif step.kind == "U":
            self.files.pop(step.path, None)
        elif step.kind == "R":
            self.files[os.fsdecode(step.data)] = self.files.pop(step.path, _File())
        elif step.kind == "S":
            # Folders are synced, too: their names count as durable from the start.
            if step.path in self.files:
                self.files[step.path].sync()
        elif step.kind == "C":
            self.files.setdefault(step.path, _File())
        else:
            self.files.setdefault(step.path, _File()).since.append(step)

    def put(self, folder: Path, base: Path, random: Random) -> None:
        """A folder as it might be found when the power is back."""
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        for name, file in self.files.items():
            path = folder / Path(name).relative_to(base)
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(file.after_loss(random))


def read_trace(path: Path) -> Iterator[Step]:
    with path.open("rb") as file:
        while head := file.read(_HEAD.size):
            kind, length, offset, size = _HEAD.unpack(head)
            name = os.fsdecode(file.read(length))
            yield Step(kind.decode(), name, offset, file.read(size) if kind in b"WR" else b"")


def build_shim(folder: Path) -> Path:
    """The compiled recorder. Raises `FileNotFoundError` where there is no compiler."""
    compiler = shutil.which("cc") or shutil.which("gcc")
    if compiler is None or not sys.platform.startswith("linux"):
        raise FileNotFoundError("no C compiler, or not Linux")
    shim = folder / "disk_trace.so"
    source = str(_HERE / "disk_trace.c")
    subprocess.run(
        [compiler, "-shared", "-fPIC", "-O1", "-o", str(shim), source, "-ldl", "-lpthread"], check=True
    )
    return shim


def traced_environment(shim: Path, base: Path, out: Path) -> dict[str, str]:
    return {**os.environ, "LD_PRELOAD": str(shim), "TRACE_ROOT": str(base), "TRACE_OUT": str(out)}


def record(shim: Path, folder: Path, seed: int, *, size: int, synchronous: str) -> list[Step]:
    """One writer from a new folder to its third closing, as a list of steps."""
    base, out = folder / "base", folder / "trace"
    shutil.rmtree(folder, ignore_errors=True)
    base.mkdir(parents=True)
    script = [sys.executable, str(_HERE / "torture_writer.py")]
    arguments = [str(base / "data"), str(base / "acks"), str(seed), "3", "12", str(size)]
    extra = [synchronous] if synchronous != "FULL" else []
    subprocess.run(
        script + arguments + extra, env=traced_environment(shim, base, out), check=True, capture_output=True
    )
    return list(read_trace(out))


def campaign(states: int, seed: int, folder: Path, synchronous: str = "FULL") -> Figures:
    """`states` states of as many traces as are needed."""
    shim = build_shim(folder)
    with timed(Figures(f"power loss, synchronous={synchronous}")) as figures, fast_folder() as fast:
        number = 0
        while figures.tried < states:
            # Large posts make the write-ahead file fold in the middle of things.
            size = 3_000 if number % 4 else 300_000
            steps = record(shim, folder / "traced", seed + number, size=size, synchronous=synchronous)
            base = (folder / "traced" / "base").resolve()
            figures.count("traces")
            figures.count("steps", len(steps))
            figures.count("syncs", sum(step.kind == "S" for step in steps))
            count = min(_STATES_A_TRACE, states - figures.tried)
            luck = Random(seed * 1000 + number)
            _states_of(steps, base, count, fast / "state", random=luck, figures=figures)
            number += 1
    return figures


def _states_of(
    steps: list[Step], base: Path, count: int, folder: Path, *, random: Random, figures: Figures
) -> None:
    cuts = sorted(random.randrange(len(steps) + 1) for _ in range(count))
    disk, done = Disk(), 0
    for cut in cuts:
        for step in steps[done:cut]:
            disk.take(step)
        done = cut
        disk.put(folder, base, random)
        figures.tried += 1
        figures.most("most acknowledged in a state", disk.acknowledged)
        _examine(folder / "data", disk.acknowledged, f"cut at {cut}", figures)


def _examine(data: Path, acknowledged: int, where: str, figures: Figures) -> None:
    if not data.exists():
        return
    try:
        store = Store(data / "breakwater.db", KEY, SystemClock())
    except AppError as failure:
        figures.count("would not open")
        figures.breach(f"{where}: would not open: {failure.code}")
        return
    try:
        found = wrong_with(store, set(range(acknowledged)))
        figures.count("lost acknowledged", any("lost" in one for one in found))
        for one in found:
            figures.breach(f"{where}: {one}")
    except AppError as failure:
        figures.breach(f"{where}: would not be read: {failure.code}")
    finally:
        store.close()
