"""kill -9 at random moments: opening, migrating, committing, folding the log, closing.

A nursery process loads the program once and forks a writer for each kill. Run as a program:
KILLS SEED FOLDER; prints the figures as JSON.
"""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from random import Random
from typing import BinaryIO

sys.path.insert(0, str(Path(__file__).parent))

import torture_writer
from torture_figures import KEY, Figures, timed, wrong_with

from core.storage import Store
from core.system.clock import SystemClock

_KILLS_A_FOLDER = 25
# The writer's own start numbers, so that no two writers name the same post.
_ROOM = 1_000_000


def campaign(kills: int, seed: int, folder: Path) -> Figures:
    """In a process of its own, because this one may hold threads that must not be forked."""
    command = [sys.executable, __file__, str(kills), str(seed), str(folder)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode != 0:
        raise RuntimeError(done.stderr[-2000:])
    return Figures.from_json(done.stdout)


def _nursery(kills: int, seed: int, folder: Path) -> Figures:
    random = Random(seed)
    with timed(Figures("kill -9")) as figures:
        for number in range(kills):
            data = folder / f"data-{number // _KILLS_A_FOLDER}"
            _one(number, data, random, figures)
    return figures


def _one(number: int, data: Path, random: Random, figures: Figures) -> None:
    acknowledged = _acknowledged(data)
    reader, writer = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(reader)
        _write_until_killed(data, writer, number)
    os.close(writer)
    with os.fdopen(reader, "rb") as pipe:
        said = _wait_a_while(pipe, random)
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        said += pipe.read().split(b"\n")[:-1]
    figures.tried += 1
    figures.count("acknowledgements", len(said))
    figures.count("killed before any", not said)
    acknowledged |= {number * _ROOM + n for n in range(int(said[-1]) if said else 0)}
    (data.parent / f"{data.name}.safe").write_text(" ".join(map(str, acknowledged)))
    figures.count("left a write-ahead file", (data / "breakwater.db-wal").exists())
    store = Store(torture_writer.opened(data).folder.database, KEY, SystemClock())
    try:
        for wrong in wrong_with(store, acknowledged):
            figures.breach(f"kill {number}: {wrong}")
    finally:
        store.close()


def _wait_a_while(pipe: BinaryIO, random: Random) -> list[bytes]:
    """Until some commits were acknowledged and into the next, at this machine's pace; or into the start."""
    commits = random.choice((0, 0, 1, 2, 3, 5, 8, 13))
    began = time.perf_counter()
    said = [pipe.readline().rstrip(b"\n") for _ in range(commits)]
    pace = (time.perf_counter() - began) / commits if commits else 0.4
    time.sleep(pace * random.random())
    return said


def _acknowledged(data: Path) -> set[int]:
    known = data.parent / f"{data.name}.safe"
    return {int(one) for one in known.read_text().split()} if known.exists() else set()


def _write_until_killed(data: Path, writer: int, number: int) -> None:
    made = torture_writer.received
    torture_writer.received = lambda n, text: made(number * _ROOM + n, text)
    try:
        torture_writer.write(data, writer, Random(number), openings=10_000, commits=12, size=3_000)
    finally:
        os._exit(1)


if __name__ == "__main__":
    print(_nursery(int(sys.argv[1]), int(sys.argv[2]), Path(sys.argv[3])).to_json())
