"""The evidence half against its targets: appending, sealing, verifying, exporting.

Each time stands beside the CPU time it took and, where a disk decides, beside what one bare durable write
cost at that moment: the rest is the neighbours' and the disk's.
"""

import json
import os
import resource
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))
sys.path.insert(0, str(Path(__file__).parents[1] / "tests" / "support"))

from made_up import received

from app.jobs.context import JobContext
from app.services.export import ExportRequest, ExportService
from app.services.ingest import IngestService
from core.domain.evidence import EntryKind
from core.domain.inbox import InboxFilter
from core.evidence.chain import Chain
from core.evidence.checkpoint import Signer
from core.evidence.verify import verify_log
from core.export.verify import verify_packet
from core.storage import Store
from core.system.clock import SystemClock

APPENDS = 1_000
ENTRIES = 100_000
ITEMS = 10_000


def main() -> None:
    """Print the figures."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        _append(folder)
        _seal()
        _verify(folder)
        _export(folder)


def _append(folder: Path) -> None:
    """One post, one transaction, one signed checkpoint, on the disk: what a person waits for."""
    store = Store(folder / "append.db", bytes(32), SystemClock())
    ingest = IngestService(store, SystemClock())
    times, floor, cpu = [], [], time.process_time()
    bare = os.open(folder / "bare", os.O_WRONLY | os.O_CREAT)
    for number in range(APPENDS):
        began = time.perf_counter()
        ingest.take([received(number, "x" * 500)], None)
        times.append(time.perf_counter() - began)
        began = time.perf_counter()
        os.write(bare, bytes(4096))
        os.fdatasync(bare)
        floor.append(time.perf_counter() - began)
    cpu = time.process_time() - cpu
    os.close(bare)
    store.close()
    _line(
        "append one post, p50", _at(times, 0.5) * 1e3, "ms", f"p95 {_at(times, 0.95) * 1e3:.1f} ms, target 25"
    )
    _line(
        "  a bare 4 kB write and sync, p50",
        _at(floor, 0.5) * 1e3,
        "ms",
        f"p95 {_at(floor, 0.95) * 1e3:.1f} ms",
    )
    _line("  CPU an append", cpu / APPENDS * 1e3, "ms", "all of it: SQL, encryption, sealing")


def _seal() -> None:
    """CPU to seal an entry of 600 bytes, alone and with a signed checkpoint each."""
    signer, clock, raw = Signer("bench.invalid/log", bytes(32)), SystemClock(), b"x" * 600

    def run(signed: bool) -> float:
        chain, began = Chain.empty(), time.process_time()
        for _ in range(20_000):
            _, chain = chain.seal(EntryKind.RECEIVED, clock.moment(), content=raw, facts={"src": "bench"})
            if signed:
                signer.sign(chain.size, chain.root())
        return (time.process_time() - began) / 20_000 * 1e6

    _line(
        "seal one entry, CPU",
        run(signed=False),
        "us",
        f"with a checkpoint each {run(signed=True):.1f} us, target 60",
    )


def _verify(folder: Path) -> None:
    store = Store(folder / "verify.db", bytes(32), SystemClock())
    ingest = IngestService(store, SystemClock())
    for start in range(0, ENTRIES, 500):
        ingest.take([received(n, f"text number {n}") for n in range(start, start + 500)], None)

    def verify() -> None:
        with store.read() as unit:
            report = verify_log(
                unit.log.entries(),
                checkpoints=unit.log.checkpoints(),
                public_key=unit.log.public_key(),
                content=unit.log.contents_in_order(),
            )
        if not report.ok or report.entries != ENTRIES:
            raise SystemExit("the log does not verify")

    took, cpu = _timed(verify)
    _line(f"verify {ENTRIES:,} entries", took, "s", f"CPU {cpu:.2f} s, target 5")
    _reopen(store, folder / "verify.db")


def _reopen(store: Store, path: Path) -> None:
    store.close()
    took, cpu = _timed(lambda: Store(path, bytes(32), SystemClock()).close())
    _line(f"open a log of {ENTRIES:,}", took, "s", f"CPU {cpu:.2f} s")


def _export(folder: Path) -> None:
    """A packet of 10,000 items as one zip, without the PDF (which shows the first 500)."""
    store = Store(folder / "export.db", bytes(32), SystemClock())
    ingest = IngestService(store, SystemClock())
    for start in range(0, ITEMS, 500):
        ingest.take([received(n, f"text number {n}") for n in range(start, start + 500)], None)
    service = ExportService(store, SystemClock(), lambda contents, path: path.write_bytes(b"%PDF-1.4\n"))
    before, made = _peak(), []
    request = ExportRequest(InboxFilter(), as_zip=True)
    took, cpu = _timed(lambda: made.append(service.write(folder / "out", request, JobContext())))
    grown = _peak() - before
    size = made[0].packet.stat().st_size
    _line(f"export {ITEMS:,} items", took, "s", f"CPU {cpu:.1f} s, memory +{grown >> 20} MB, target 60 s")
    took, cpu = _timed(lambda: _check(made[0].packet))
    _line(f"  check them ({size >> 20} MB)", took, "s", f"CPU {cpu:.1f} s")
    store.close()


def _check(packet: Path) -> None:
    if not (report := verify_packet(packet)).ok:
        raise SystemExit(json.dumps([fault.what for fault in report.faults]))


def _timed(work: Callable[[], object]) -> tuple[float, float]:
    began, cpu = time.perf_counter(), time.process_time()
    work()
    return time.perf_counter() - began, time.process_time() - cpu


def _peak() -> int:
    """Most memory so far, bytes."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss << 10


def _at(times: list[float], share: float) -> float:
    return sorted(times)[int(len(times) * share)]


def _line(what: str, value: float, unit: str, more: str) -> None:
    print(f"{what:40} {value:8.2f} {unit:3} {more}", flush=True)


if __name__ == "__main__":
    main()
