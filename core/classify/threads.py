"""How many threads scoring spreads over."""

import os
from typing import Final

_MOST: Final = 8


def usable_threads() -> int:
    """Processors this process may use; a few suffice."""
    affinity = getattr(os, "sched_getaffinity", None)
    usable = len(affinity(0)) if affinity else os.cpu_count() or 1
    return max(1, min(usable, _MOST))
