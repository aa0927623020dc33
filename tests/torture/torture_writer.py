"""A process that takes in posts through the real services and says after each commit what is now safe.

Run as a program: FOLDER ACKNOWLEDGEMENTS SEED OPENINGS COMMITS SIZE [SYNCHRONOUS].
The last is for controls that must fail.
"""

import os
import sys
from pathlib import Path
from random import Random

ROOT = Path(__file__).parents[2]
sys.path[:0] = [str(ROOT), str(ROOT / "tests" / "support"), str(ROOT / "tests" / "torture")]

from made_up import garbled, received  # noqa: E402
from memory_secrets import MemorySecrets  # noqa: E402

from app.bootstrap import open_services  # noqa: E402
from app.services.unlock import Opened  # noqa: E402
from core.storage import engine  # noqa: E402
from core.system.paths import DataFolder  # noqa: E402

KEY = bytes(range(32))


def opened(folder: Path) -> Opened:
    data = DataFolder(folder)
    data.prepare()
    return Opened(data, KEY, MemorySecrets())


def weaken(synchronous: str) -> None:
    """Open every connection with less than we promise: the control that must lose entries."""
    engine._PRAGMAS = tuple(  # type: ignore[misc]
        f"PRAGMA synchronous={synchronous}" if "synchronous=" in pragma else pragma
        for pragma in engine._PRAGMAS
    )


def write(folder: Path, acknowledge: int, random: Random, *, openings: int, commits: int, size: int) -> None:
    """Open, take in pages and close, again and again; `acknowledge` is a file descriptor."""
    number = 0
    for _ in range(openings):
        with open_services(opened(folder)) as services:
            for _ in range(random.randint(1, commits)):
                page = [
                    received(n, "x" * random.randint(0, size))
                    for n in range(number, number + random.randint(1, 4))
                ]
                number += len(page)
                if random.random() < 0.2:
                    page.append(garbled(b"%d" % number))
                services.ingest.take(page, None)
                os.write(acknowledge, b"%d\n" % number)


def main(arguments: list[str]) -> None:
    folder, acknowledgements, seed, openings, commits, size = arguments[:6]
    if len(arguments) > 6:
        weaken(arguments[6])
    file = os.open(acknowledgements, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    write(Path(folder), file, Random(int(seed)), openings=int(openings), commits=int(commits), size=int(size))
    os.close(file)


if __name__ == "__main__":
    main(sys.argv[1:])
