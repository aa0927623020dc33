"""Whether anyone can see a window here."""

import os
import sys


def has_display() -> bool:
    """Linux says so in the environment; elsewhere there always is one, unless Qt is told otherwise."""
    if os.environ.get("QT_QPA_PLATFORM") in {"offscreen", "minimal"}:
        return False
    if sys.platform != "linux":
        return True
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))
