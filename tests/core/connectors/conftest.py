"""The testbed and the fake for every connector test."""

from collections.abc import Iterator

import pytest
from bluesky_testbed import bluesky
from fake_platform import FakeBluesky

__all__ = ["bluesky"]


@pytest.fixture
def fake() -> Iterator[FakeBluesky]:
    """A fake service of the test's own."""
    running = FakeBluesky()
    yield running
    running.close()
