"""Background work of a window under test: a real relay with a real runner, and waiting for it."""

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.jobs.runner import JobRunner
from ui.shell.job_relay import JobRelay

# Bulk actions keep the platform's pace, so a batch of eight on a real network takes half a minute.
PATIENCE_MS = 90_000


@pytest.fixture
def relay(qapp: QApplication) -> Iterator[JobRelay]:
    """A relay with a real runner, closed at the end."""
    relay = JobRelay()
    runner = JobRunner(relay)
    relay.use(runner)
    yield relay
    relay.forget_all()
    assert runner.close()


@pytest.fixture
def settle(qtbot: QtBot, relay: JobRelay) -> Callable[[], None]:
    """Waits until every answer has arrived."""
    return lambda: qtbot.waitUntil(lambda: relay.idle, timeout=PATIENCE_MS)
