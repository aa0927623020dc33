"""What one campaign found, in one line."""

import json
import os
import shutil
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from pathlib import Path

from core.domain.evidence import LogReport
from core.domain.ids import PlatformName, RemoteId
from core.evidence.verify import verify_log
from core.storage import Store

KEY = bytes(range(32))
_SHOWN = 20


@dataclass(slots=True)
class Figures:
    """`tried` cases, how often each thing happened, and every breach (the first twenty in words)."""

    name: str
    tried: int = 0
    counts: dict[str, int | float] = field(default_factory=dict)
    breaches: int = 0
    first: list[str] = field(default_factory=list)
    seconds: float = 0.0

    def count(self, what: str, by: float = 1) -> None:
        self.counts[what] = self.counts.get(what, 0) + by

    def most(self, what: str, value: float) -> None:
        self.counts[what] = max(self.counts.get(what, 0), value)

    def breach(self, what: str) -> None:
        self.breaches += 1
        if len(self.first) < _SHOWN:
            self.first.append(what)

    def add(self, other: "Figures") -> None:
        """Take in another part of the same campaign."""
        self.tried += other.tried
        for what, value in other.counts.items():
            (self.most if what.startswith("most ") else self.count)(what, value)
        self.breaches += other.breaches
        self.first = (self.first + other.first)[:_SHOWN]

    @property
    def ok(self) -> bool:
        return self.breaches == 0 and self.tried > 0

    def line(self) -> str:
        counts = ", ".join(f"{what} {value:,.6g}" for what, value in sorted(self.counts.items()))
        verdict = "ok  " if self.ok else "FAIL"
        head = f"{verdict} {self.name}: {self.tried:,} tried, {self.breaches} breaches"
        return f"{head}; {counts}; {self.seconds:.0f} s"

    def to_json(self) -> str:
        return json.dumps(asdict(self))

    @classmethod
    def from_json(cls, text: str) -> "Figures":
        return cls(**json.loads(text))


@contextmanager
def timed(figures: Figures) -> Iterator[Figures]:
    began = time.perf_counter()
    yield figures
    figures.seconds += time.perf_counter() - began


@contextmanager
def fast_folder() -> Iterator[Path]:
    """A folder in memory where there is one: what is tested there is logic, not the disk."""
    memory = "/dev/shm" if os.access("/dev/shm", os.W_OK) else None  # noqa: S108 - a private folder in it
    folder = Path(tempfile.mkdtemp(prefix="breakwater-torture-", dir=memory))
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def verify_store(store: Store) -> LogReport:
    with store.read() as unit:
        return verify_log(
            unit.log.entries(),
            checkpoints=unit.log.checkpoints(),
            public_key=unit.log.public_key(),
            content=unit.log.contents_in_order(),
        )


def wrong_with(store: Store, acknowledged: set[int]) -> list[str]:
    """What is lost or does not belong together: acknowledged posts, the log, mention and entry."""
    found: list[str] = []
    report = verify_store(store)
    found += [f"log: {fault.what}" for fault in report.faults[:3]]
    with store.read() as unit:
        kinds: dict[str, set[int]] = {"received": set(), "rejected": set()}
        for entry in unit.log.entries():
            kind = json.loads(entry.envelope)["kind"]
            if kind in kinds:
                kinds[kind].add(entry.seq)
        keys = [(PlatformName("testland"), RemoteId(f"post-{number}")) for number in acknowledged]
        lost = len(acknowledged) - len(unit.mentions.known(keys))
        rows = unit.log._driver.execute("SELECT entry_seq FROM mention").fetchall()
        problems = unit.log._driver.execute("SELECT entry_seq FROM problem").fetchall()
    if lost:
        found.append(f"{lost} acknowledged lost")
    if sorted(row[0] for row in rows) != sorted(kinds["received"]):
        found.append("mentions and entries apart")
    if sorted(row[0] for row in problems) != sorted(kinds["rejected"]):
        found.append("problems and entries apart")
    return found
