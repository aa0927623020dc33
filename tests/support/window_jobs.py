"""Background work of a window under test: a real relay with a real runner, and waiting for it."""

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.jobs.runner import JobRunner
from ui.shell.job_relay import JobRelay

# Bulk actions keep the platform's pace, so a batch of eight on a real network takes half a minute.
PATIENCE_MS = 90_000


class PatientBot(QtBot):
    """Waits as long as a busy machine may need; a test that never gets there fails all the same."""

    def waitUntil(self, callback: Callable[[], bool | None], *, timeout: int = PATIENCE_MS) -> None:
        super().waitUntil(callback, timeout=timeout)


@pytest.fixture
def qtbot(qapp: QApplication, request: pytest.FixtureRequest) -> QtBot:
    """pytest-qt's, with patience."""
    del qapp
    return PatientBot(request)


@pytest.fixture
def relay(qapp: QApplication) -> Iterator[JobRelay]:
    """A relay with a real runner, closed at the end."""
    relay = JobRelay()
    runner = JobRunner(relay)
    relay.use(runner)
    yield relay
    relay.forget_all()
    assert runner.close(PATIENCE_MS / 1000)


@pytest.fixture
def settle(qtbot: QtBot, relay: JobRelay) -> Callable[[], None]:
    """Waits until every answer has arrived."""
    return lambda: qtbot.waitUntil(lambda: relay.idle)
