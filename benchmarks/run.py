"""`make bench`: every speed claim as a ratio measured side by side in one run.

python benchmarks/run.py [classifier] [coordination] [store] [evidence] [packet]
"""

import subprocess
import sys
from pathlib import Path

FOLDER = Path(__file__).parent
ALL = ("classifier", "coordination", "store", "evidence", "packet")


def main(wanted: list[str]) -> int:
    """Run each benchmark in a process of its own, so that none profits from another's warm caches."""
    failed = 0
    for name in wanted or ALL:
        print(f"== {name}", flush=True)
        failed |= subprocess.run([sys.executable, str(FOLDER / f"{name}.py")], check=False).returncode
    return failed


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
