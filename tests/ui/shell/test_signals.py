"""A log-out or shutdown closes the data instead of cutting the program off."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[3]


STARTED = """
import os, signal, sys
from pathlib import Path
from app.cli import window
from app.cli.output import standard_output
from core.system.paths import DataFolder
from ui.shell.window import MainWindow

def show(self, event):
    shown(self, event)
    print("shown", flush=True)
    if sys.argv[2] == "before the loop turns":
        os.kill(os.getpid(), signal.SIGTERM)

window.has_display = lambda: True
shown, MainWindow.showEvent = MainWindow.showEvent, show
sys.exit(window.start(DataFolder(Path(sys.argv[1])), standard_output(as_json=False)))
"""


@pytest.mark.skipif(sys.platform == "win32", reason="signals of this kind are POSIX")
@pytest.mark.parametrize("when", ["once shown", "before the loop turns"])
def test_sigterm_ends_it_in_order(tmp_path: Path, when: str) -> None:
    """The real program: started, told to end, gone with exit code 0 and nothing left locked."""
    env = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    with subprocess.Popen(
        [sys.executable, "-c", STARTED, str(tmp_path / "data"), when],
        cwd=ROOT, env=env, stdout=subprocess.PIPE,
    ) as program:  # fmt: skip
        try:
            assert program.stdout is not None
            assert program.stdout.readline().strip() == b"shown"
            if when == "once shown":
                program.send_signal(signal.SIGTERM)
            assert program.wait(120) == 0
        finally:
            program.kill()
