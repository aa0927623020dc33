"""The platforms built into this program.

An explicit tuple: it works in a frozen build, and a reviewer sees at once whom the program can talk to.
"""

from typing import Final

from core.connectors.bluesky.connector import BlueskyPlatform
from core.ports import Platform

_PLATFORMS: Final[tuple[Platform, ...]] = (BlueskyPlatform(),)


def platforms() -> tuple[Platform, ...]:
    """Every platform, in the order shown to people."""
    return _PLATFORMS
