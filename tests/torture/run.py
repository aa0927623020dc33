"""`make torture`: every promise of the evidence half, broken on purpose, thousands of times.

python tests/torture/run.py [--only NAME ...] [--share 0.1] [--minutes 60] [--fresh]

One line per property; exit code 1 when any was breached. Two parts run at a time and are kept in
run-output/torture.json with the state of the code: a run that was stopped goes on where it was. No part
begins after `--minutes`; what was left out is said, and is no success.
"""

import argparse
import hashlib
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor, as_completed
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[2]
sys.path[:0] = [str(ROOT), str(ROOT / "tests" / "support"), str(Path(__file__).parent)]

from torture_figures import Figures  # noqa: E402

_KEPT = ROOT / "run-output" / "torture.json"
_CODE = ("core", "app", "resources/packet", "tests/torture", "tests/support")


@dataclass(frozen=True, slots=True)
class Property:
    """`count` cases in parts of `part`. A control must breach: it shows that the test has teeth."""

    name: str
    count: int
    part: int
    control: bool = False


# The counts are those of issue 4.
PROPERTIES = (
    Property("canaries", 15, 15),
    Property("hostile", 50_000, 5_000),
    Property("power-loss", 5_000, 500),
    Property("packet-edits", 11_000, 1_100),
    Property("bit-flips", 10_000, 1_000),
    Property("packet-bytes", 10_000, 1_000),
    Property("log-edits", 11_000, 2_200),
    Property("kills", 500, 50),
    Property("full-disk", 24, 6),
    Property("power-loss-normal", 200, 200, control=True),
    Property("power-loss-off", 200, 200, control=True),
)


def run_part(name: str, count: int, seed: int) -> str:
    """One part, in a process of its own; the figures as JSON."""
    import torture_disk
    import torture_hostile
    import torture_kills
    import torture_leaks
    import torture_power
    import torture_tamper

    os.nice(10)
    parts: dict[str, Callable[[Path], Figures]] = {
        "kills": lambda folder: torture_kills.campaign(count, seed, folder),
        "power-loss": lambda folder: torture_power.campaign(count, seed, folder),
        "power-loss-normal": lambda folder: torture_power.campaign(count, seed, folder, "NORMAL"),
        "power-loss-off": lambda folder: torture_power.campaign(count, seed, folder, "OFF"),
        "full-disk": lambda folder: torture_disk.full_disk(count, seed, folder),
        "bit-flips": lambda folder: torture_disk.bit_flips(count, seed, folder),
        "log-edits": lambda folder: torture_tamper.log_edits(max(1, count // 11), seed, folder),
        "packet-edits": lambda folder: torture_tamper.packet_edits(max(1, count // 11), seed, folder),
        "packet-bytes": lambda folder: torture_tamper.byte_changes(count, seed, folder),
        "hostile": lambda folder: torture_hostile.run(count, seed, folder),
        "canaries": torture_leaks.campaign,
    }
    folder = Path(tempfile.mkdtemp(prefix="breakwater-torture-"))
    try:
        return parts[name](folder).to_json()
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def main() -> int:
    """Run what is not done yet."""
    arguments = _arguments()
    began, code = time.monotonic(), _state_of_code()
    kept = {} if arguments.fresh else _kept(code)
    wanted = [one for one in PROPERTIES if not arguments.only or one.name in arguments.only]
    todo = [part for one in wanted for part in _parts(one, arguments.share) if _key(*part) not in kept]
    # The first part of every property before the second of any: a run that is stopped says a little on all.
    todo.sort(key=lambda part: part[2])
    done = sum(len(_parts(one, arguments.share)) for one in wanted) - len(todo)
    print(f"{len(todo)} parts to do, {done} done before", flush=True)
    with ProcessPoolExecutor(arguments.jobs, max_tasks_per_child=1) as pool:
        waiting = {pool.submit(_bounded, part, began + arguments.minutes * 60): part for part in todo}
        for future in as_completed(waiting):
            name, count, seed = part = waiting[future]
            found = future.result()
            if found is None:
                continue
            kept[_key(*part)] = json.loads(found)
            _keep(code, kept)
            minutes = (time.monotonic() - began) / 60
            print(f"  {minutes:5.1f} min  {name} part {seed}: {count:,}", flush=True)
    lines = [_verdict(one, arguments.share, kept) for one in wanted]
    for _, line in lines:
        print(line)
    print(f"{(time.monotonic() - began) / 60:.1f} minutes in this run")
    return 0 if all(fine for fine, _ in lines) else 1


def _bounded(part: tuple[str, int, int], until: float) -> str | None:
    if time.monotonic() > until:
        return None
    # A fresh process per part: limits, hooks and caches of one cannot touch another.
    name, count, seed = part
    command = [sys.executable, __file__, "--part", name, str(count), str(seed)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode != 0:
        broken = Figures(name, tried=0)
        broken.breach(f"the part itself failed: {done.stderr.strip()[-400:]}")
        return broken.to_json()
    return done.stdout.splitlines()[-1]


def _parts(one: Property, share: float) -> list[tuple[str, int, int]]:
    total = max(1, round(one.count * share)) if one.part < one.count or one.control else one.count
    full, rest = divmod(total, one.part)
    sizes = [one.part] * full + ([rest] if rest else [])
    return [(one.name, size, seed) for seed, size in enumerate(sizes, start=1)]


def _verdict(one: Property, share: float, kept: dict[str, dict]) -> tuple[bool, str]:
    whole = Figures(one.name)
    parts = _parts(one, share)
    found = [kept[_key(*part)] for part in parts if _key(*part) in kept]
    for made in found:
        part = Figures(**made)
        whole.name = f"{one.name} ({part.name})"
        whole.add(part)
        whole.seconds += part.seconds
    complete = len(found) == len(parts)
    fine = complete and whole.tried > 0 and (whole.breaches > 0) == one.control
    words = whole.line()[5:] + ("; control: it must be breached" if one.control else "")
    words += "" if complete else f"; {len(parts) - len(found)} of {len(parts)} parts not run"
    shown = [] if one.control else [f"\n       {breach}" for breach in whole.first]
    return fine, f"{'ok  ' if fine else 'FAIL'} {words}{''.join(shown)}"


def _key(name: str, count: int, seed: int) -> str:
    return f"{name} {count} {seed}"


def _state_of_code() -> str:
    digest = hashlib.sha256()
    for path in sorted(path for folder in _CODE for path in (ROOT / folder).rglob("*.*")):
        if path.suffix in (".py", ".c", ".txt"):
            digest.update(path.read_bytes())
    return digest.hexdigest()


def _kept(code: str) -> dict[str, dict]:
    try:
        found = json.loads(_KEPT.read_text())
    except (OSError, ValueError):
        return {}
    return found["parts"] if found["code"] == code else {}


def _keep(code: str, parts: dict[str, dict]) -> None:
    _KEPT.parent.mkdir(exist_ok=True)
    _KEPT.write_text(json.dumps({"code": code, "parts": parts}, indent=1))


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Torture the evidence half.")
    parser.add_argument("--only", nargs="+", choices=[one.name for one in PROPERTIES])
    parser.add_argument("--share", type=float, default=1.0, help="of the full counts")
    parser.add_argument("--minutes", type=float, default=60, help="begin no part after this")
    parser.add_argument("--jobs", type=int, default=min(2, os.cpu_count() or 1))
    parser.add_argument("--fresh", action="store_true", help="forget what an earlier run found")
    return parser.parse_args()


if __name__ == "__main__":
    if sys.argv[1:2] == ["--part"]:
        print(run_part(sys.argv[2], int(sys.argv[3]), int(sys.argv[4])))
        sys.exit(0)
    sys.exit(main())
