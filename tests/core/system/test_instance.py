"""One process per data folder."""

import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from core.errors import AlreadyRunning, UnusableFolder
from core.system.instance import hold

HOLDER = """
import sys
from pathlib import Path
from core.system.instance import hold
with hold(Path(sys.argv[1])):
    print("held", flush=True)
    sys.stdin.read()
"""


@pytest.fixture
def holder(tmp_path: Path):
    """Another process that holds the lock until it is told to end."""
    process = subprocess.Popen(
        [sys.executable, "-c", HOLDER, str(tmp_path / "lock")],
        env={**os.environ, "PYTHONPATH": str(Path(__file__).parents[3])},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    with process:
        assert process.stdout is not None
        assert process.stdout.readline() == "held\n"
        yield process


def test_a_second_process_is_refused_at_once(holder: subprocess.Popen[str], tmp_path: Path) -> None:
    with pytest.raises(AlreadyRunning) as refusal, hold(tmp_path / "lock"):
        pass
    assert refusal.value.params == {"path": str(tmp_path)}
    assert (tmp_path / "lock").read_text() == f"{holder.pid}\n"


@pytest.mark.parametrize("how", ["politely", "killed"])
def test_the_lock_ends_with_its_process(holder: subprocess.Popen[str], tmp_path: Path, how: str) -> None:
    if how == "killed":
        holder.kill()
    holder.communicate()
    with hold(tmp_path / "lock"):
        assert (tmp_path / "lock").read_text() == f"{os.getpid()}\n"


def test_released_on_the_way_out_even_of_an_error(tmp_path: Path) -> None:
    with pytest.raises(RuntimeError), hold(tmp_path / "lock"):
        raise RuntimeError
    with hold(tmp_path / "lock"), pytest.raises(AlreadyRunning), hold(tmp_path / "lock"):
        pass
    assert stat.S_IMODE((tmp_path / "lock").stat().st_mode) == 0o600


def test_a_child_process_does_not_inherit_it(tmp_path: Path) -> None:
    with hold(tmp_path / "lock"):
        child = subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE)
    with child, hold(tmp_path / "lock"):
        child.communicate(b"\n")


def test_places_that_cannot_be_locked(tmp_path: Path) -> None:
    (tmp_path / "link").symlink_to(tmp_path / "elsewhere")
    for path in (tmp_path / "link", tmp_path / "missing" / "lock"):
        with pytest.raises(UnusableFolder), hold(path):
            pass
