"""`breakwater` without a command: the window, or the tour where there is no display."""

import os
import sys
from pathlib import Path

from app.cli.output import Output
from core.system.paths import DataFolder


def has_display() -> bool:
    """Whether a window can be seen. Linux says so in the environment; elsewhere there always is one."""
    if os.environ.get("QT_QPA_PLATFORM") in {"offscreen", "minimal"}:
        return False
    if sys.platform != "linux":
        return True
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def start(folder: DataFolder, output: Output) -> int:
    """Open the window on the person's data."""
    if not has_display():
        from app.cli.tour import tour

        output.say("No display here: showing the whole job on made-up sample data instead.")
        return tour(Path("run-output"), output)
    from app.bootstrap import run_window

    return run_window(folder)
