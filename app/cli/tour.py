"""The whole job on the fictional sample data, for machines without a display and for a first look."""

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from importlib.resources import as_file, files
from pathlib import Path

from app.bootstrap import open_sample
from app.cli.output import Json, Output
from app.cli.progress import terminal_context
from app.services.bundle import Services
from app.services.export import ExportRequest
from app.services.verify import verify_file
from core.domain.ids import PlatformName
from core.domain.inbox import InboxFilter, Queue
from ui.shell.capture import capture_screens
from ui.shell.start import application


@dataclass(slots=True)
class _Steps:
    """Says what is being done and how long it took."""

    output: Output
    figures: dict[str, Json]

    @contextmanager
    def step(self, title: str) -> Iterator[None]:
        began = time.monotonic()
        self.output.say(f"· {title} ...")
        yield
        seconds = time.monotonic() - began
        self.figures[f"{title.lower()}_seconds"] = round(seconds, 2)
        self.output.say(f"  done in {seconds:.1f} s")


def tour(folder: Path, output: Output) -> int:
    """Import, classify, group, log, export, verify, and pictures of the real windows."""
    folder = folder.resolve()
    folder.mkdir(parents=True, exist_ok=True)
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    output.say(f"Working through the sample data (all of it made up). Results go to {folder}")
    steps = _Steps(output, {})
    # The pictures need a full Qt application; made first, or the report would make a lesser one.
    application()
    with open_sample() as services:
        _take_in(services, steps)
        _summary(services, output)
        packet = _packet(services, folder, steps)
        ok = _verify(packet, services, steps)
        with steps.step("Screenshots"):
            shots = _screenshots(services, folder / "screenshots")
    output.say(f"Packet: {packet}")
    output.say(f"Screenshots: {shots[0].parent} ({len(shots)})")
    output.data({**steps.figures, "packet": str(packet), "screenshots": [str(shot) for shot in shots]})
    return 0 if ok else 1


def _take_in(services: Services, steps: _Steps) -> None:
    context = terminal_context(steps.output)
    sample = files("resources") / "sample" / "mentions.jsonl"
    with steps.step("Import"), as_file(sample) as path:
        report = services.ingest.import_file(path, PlatformName("sample"), context)
    steps.output.say(f"  {report.new} mentions sealed and stored, {report.rejected} could not be read")
    with steps.step("Classify"):
        scored = services.classify.run(context)
    steps.output.say(f"  {scored.abusive} of {scored.scored} abusive, by {scored.model}")
    with steps.step("Group"):
        found = services.group.run(context)
    steps.output.say(f"  {len(found.groups)} groups acted in step, among {found.authors} senders")
    steps.figures |= {
        "mentions": report.new,
        "abusive": scored.abusive,
        "groups": len(found.groups),
        "model": scored.model,
    }


def _summary(services: Services, output: Output) -> None:
    counts = services.inbox.counts()
    output.say("Inbox")
    for queue in Queue:
        output.say(f"  {queue.value:<12} {counts.by_queue[queue]:>6}")
    for category, count in counts.by_category.items():
        if count:
            output.say(f"    {category.value:<18} {count:>6}")
    for card in services.inbox.groups():
        output.say(f"Group of {card.members} senders, {card.posts} posts ({card.strength.value})")
        for reason in card.reasons:
            output.say(f"    {reason.sentence}")


def _packet(services: Services, folder: Path, steps: _Steps) -> Path:
    request = ExportRequest(InboxFilter(queue=Queue.ABUSE))
    with steps.step("Export"):
        made = services.export.write(folder, request, terminal_context(steps.output))
    steps.output.say(f"  {made.items} items; still to fill in: {', '.join(str(one) for one in made.missing)}")
    return made.packet


def _verify(packet: Path, services: Services, steps: _Steps) -> bool:
    """By our own verifier, and by the packet's own script in a separate bare interpreter."""
    key = bytes.fromhex(services.evidence.state().public_key)
    with steps.step("Verify"):
        log = services.evidence.verify()
        ours = verify_file(packet, key=key, anchors=())
        command = [sys.executable, "-I", str(packet / "verify.py"), str(packet), "--key", key.hex()]
        theirs = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603 - our own file
    steps.output.say(f"  evidence log: {log.entries} entries, {'holds' if log.ok else 'BROKEN'}")
    steps.output.say(f"  packet, by Breakwater: {ours.verdict.value}")
    verdict = (theirs.stdout or theirs.stderr).strip().partition("\n")[0]
    steps.output.say(f"  packet, by its own verify.py: {verdict}")
    return log.ok and ours.ok and theirs.returncode == 0


def _screenshots(services: Services, folder: Path) -> list[Path]:
    return capture_screens(services, folder)
