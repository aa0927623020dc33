"""The store and the log: what encryption, sealing and durable commits cost, and how fast a log verifies."""

import json
import sqlite3
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))
sys.path.insert(0, str(Path(__file__).parents[1] / "tests" / "support"))

from made_up import received

from app.services.ingest import IngestService
from core.domain.evidence import EntryKind
from core.evidence.chain import Chain
from core.evidence.verify import verify_log
from core.storage import Store
from core.system.clock import SystemClock

ROWS = 20_000
PAGE = 100


def plain(folder: Path) -> float:
    """The same rows in plain SQLite, one durable transaction a page: the floor."""
    connection = sqlite3.connect(folder / "plain.db", isolation_level=None)
    connection.execute("PRAGMA journal_mode=WAL")
    connection.execute("PRAGMA synchronous=FULL")
    connection.execute(
        "CREATE TABLE mention (id INTEGER PRIMARY KEY, remote_id TEXT UNIQUE, text TEXT, raw BLOB)"
    )
    pages = [[received(n, f"text number {n}") for n in range(s, s + PAGE)] for s in range(0, ROWS, PAGE)]
    began = time.perf_counter()
    for page in pages:
        connection.execute("BEGIN IMMEDIATE")
        connection.executemany(
            "INSERT INTO mention (remote_id, text, raw) VALUES (?, ?, ?)",
            [(one.mention.remote_id, one.mention.text, one.raw) for one in page if one.mention],
        )
        connection.execute("COMMIT")
    connection.close()
    return time.perf_counter() - began


def ours(folder: Path) -> tuple[float, float, float]:
    """Seconds to take in all rows sealed and encrypted, to verify the log, and for one page at p95."""
    store = Store(folder / "ours.db", bytes(32), SystemClock())
    ingest = IngestService(store, SystemClock())
    pages = [[received(n, f"text number {n}") for n in range(s, s + PAGE)] for s in range(0, ROWS, PAGE)]
    times = []
    for page in pages:
        began = time.perf_counter()
        ingest.take(page, None)
        times.append(time.perf_counter() - began)
    began = time.perf_counter()
    with store.read() as unit:
        report = verify_log(
            unit.log.entries(),
            checkpoints=unit.log.checkpoints(),
            public_key=unit.log.public_key(),
            content=unit.log.content,
        )
    verified = time.perf_counter() - began
    store.close()
    if not report.ok or report.entries != ROWS:
        raise SystemExit("the log does not verify")
    return sum(times), verified, sorted(times)[int(len(times) * 0.95)]


def chain() -> float:
    """Seconds of CPU to seal one entry of 600 bytes."""
    link, clock, raw = Chain.empty(), SystemClock(), json.dumps({"text": "x" * 580}).encode()
    began = time.process_time()
    for _ in range(ROWS):
        _, link = link.seal(EntryKind.RECEIVED, clock.moment(), content=raw, facts={"src": "bench"})
    return (time.process_time() - began) / ROWS


def main() -> None:
    """Print the figures."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        floor = plain(folder)
        total, verified, p95 = ours(folder)
    print(f"plain SQLite, {ROWS} rows, {PAGE} a commit       {floor:7.2f} s   1.0x")
    print(f"ours: sealed, encrypted, indexed           {total:7.2f} s   {total / floor:.1f}x the time")
    print(f"one page of {PAGE} taken in, p95               {p95 * 1000:7.1f} ms")
    print(f"sealing one entry, CPU                     {chain() * 1e6:7.1f} us")
    print(
        f"verifying {ROWS} entries                    {verified:7.2f} s   "
        f"{verified / ROWS * 1e5:.2f} s per 100,000"
    )


if __name__ == "__main__":
    main()
