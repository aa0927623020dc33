"""A packet of ten thousand items out of an encrypted store: seconds, memory, and what both verifiers take.

python benchmarks/packet.py [ITEMS]
"""

import os
import resource
import subprocess
import sys
import tempfile
import time
import zipfile
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
sys.path.insert(0, str(Path(__file__).parents[1]))
sys.path.insert(0, str(Path(__file__).parents[1] / "tests" / "support"))

from made_up import received

from app.jobs.context import JobContext
from app.services.export import ExportRequest, ExportService
from app.services.ingest import IngestService
from core.domain.inbox import InboxFilter, Queue
from core.export.verify import verify_packet
from core.storage import Store
from core.system.clock import SystemClock
from ui.report.pdf import ensure_gui, render_pdf

PAGE = 100


def filled(folder: Path, items: int) -> Store:
    """A store with that many sealed mentions."""
    store = Store(folder / "data.db", bytes(32), SystemClock())
    ingest = IngestService(store, SystemClock())
    for start in range(0, items, PAGE):
        texts = [f"text number {n}, 你好, نص {n}" for n in range(start, start + PAGE)]
        ingest.take([received(n, text) for n, text in enumerate(texts, start)], None)
    return store


def floor(packet: Path, target: Path) -> float:
    """Seconds of one core to zip the same files by the library alone: what cannot be avoided."""
    with zipfile.ZipFile(packet) as source:
        files = [(name, source.read(name)) for name in source.namelist()]
    began = time.process_time()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as archive:
        for name, data in files:
            archive.writestr(name, data)
    return time.process_time() - began


def megabytes() -> float:
    """The most memory this process has held."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def main(items: int) -> None:
    """Write, then check."""
    ensure_gui()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        store = filled(folder, items)
        export = ExportService(store, SystemClock(), render_pdf)
        request = ExportRequest(InboxFilter(queue=Queue.ALL), as_zip=True)
        before, began, work = megabytes(), time.perf_counter(), time.process_time()
        made = export.write(folder / "out", request, JobContext())
        wrote = time.perf_counter() - began
        work = time.process_time() - work
        size = made.packet.stat().st_size / 1e6
        print(f"{made.items:,} items with report: {wrote:.1f} s ({work:.1f} s of one core), {size:.1f} MB")
        print(f"memory grew by {megabytes() - before:.0f} MB to {megabytes():.0f} MB")
        began = time.perf_counter()
        if not verify_packet(made.packet).ok:
            raise SystemExit("the packet does not verify")
        print(f"checked by the application: {time.perf_counter() - began:.1f} s")
        verifier = Path(__file__).parents[1] / "resources" / "packet" / "verify.py"
        began = time.perf_counter()
        subprocess.run(
            [sys.executable, str(verifier), str(made.packet)], check=True, stdout=subprocess.DEVNULL
        )
        print(f"checked by verify.py: {time.perf_counter() - began:.1f} s")
        bare = floor(made.packet, folder / "floor.zip")
        print(f"zipping the same files alone: {bare:.1f} s of one core; packet: {work / bare:.0f} times that")
        store.close()


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 10_000)
