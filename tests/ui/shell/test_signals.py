"""A log-out or shutdown closes the data instead of cutting the program off."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[3]


@pytest.mark.skipif(sys.platform == "win32", reason="signals of this kind are POSIX")
def test_sigterm_ends_it_in_order(tmp_path: Path) -> None:
    """The real program: started, told to end, gone with exit code 0 and nothing left locked."""
    code = (
        "import sys; from pathlib import Path; from app.cli import window; from app.cli.output import "
        "standard_output; from core.system.paths import DataFolder; window.has_display = lambda: True; "
        "from ui.shell.window import MainWindow; shown = MainWindow.showEvent; "
        "MainWindow.showEvent = lambda self, e: (shown(self, e), print('shown', flush=True))[0]; "
        "sys.exit(window.start(DataFolder(Path(sys.argv[1])), standard_output(as_json=False)))"
    )
    env = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    program = subprocess.Popen(
        [sys.executable, "-c", code, str(tmp_path / "data")], cwd=ROOT, env=env, stdout=subprocess.PIPE
    )
    assert program.stdout is not None
    assert program.stdout.readline().strip() == b"shown"
    program.send_signal(signal.SIGTERM)
    assert program.wait(30) == 0
    program.stdout.close()
