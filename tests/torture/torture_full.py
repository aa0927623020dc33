"""A writer on a disk that fills up: reads while it is full, and goes on once there is room.

Run as a program under `disk_trace.so`: FOLDER. Prints what was acknowledged before, how many further tries
failed while full, and what is acknowledged at the end.
"""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

from torture_writer import KEY, opened, received

from app.services.ingest import IngestService
from core.errors import AppError, DiskFull
from core.storage import Store
from core.system.clock import SystemClock


def main(folder: Path) -> None:
    data = opened(folder / "data").folder.database
    number = refused = 0
    store = None
    try:
        store = Store(data, KEY, SystemClock())
        ingest = IngestService(store, SystemClock())
        while True:
            ingest.take([received(number, "x" * 2_000)], None)
            number += 1
    except DiskFull:
        before = number
    if store is not None:
        for _ in range(3):
            refused += _refused(store, number)
        with store.read() as unit:
            if unit.mentions.count() != before:
                raise SystemExit("not everything can be read while the disk is full")
        store.close()
    try:
        again = Store(data, KEY, SystemClock())
        with again.read() as unit:
            if unit.mentions.count() != before:
                raise SystemExit("not everything is there when opened on a full disk")
        again.close()
    except DiskFull:
        if before:
            raise
    (folder / "freed").touch()
    last = Store(data, KEY, SystemClock())
    ingest = IngestService(last, SystemClock())
    for _ in range(5):
        ingest.take([received(number)], None)
        number += 1
    last.close()
    print(before, refused, number)


def _refused(store: Store, number: int) -> bool:
    try:
        IngestService(store, SystemClock()).take([received(number)], None)
    except DiskFull:
        return True
    except AppError as failure:
        raise SystemExit(f"told as {failure.code}, not as a full disk") from failure
    raise SystemExit("a write went through on a full disk")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
