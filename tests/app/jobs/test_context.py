"""Progress that does not flood, and stopping that does not wait."""

import threading

import pytest

from app.jobs.context import SPACING_S, JobContext
from core.errors import Cancelled


class Watch:
    """A stop watch moved by hand."""

    def __init__(self) -> None:
        self.seconds = 0.0

    def __call__(self) -> float:
        return self.seconds


@pytest.fixture
def watch() -> Watch:
    return Watch()


@pytest.fixture
def events() -> list[tuple[int, int, str]]:
    return []


@pytest.fixture
def context(watch: Watch, events: list[tuple[int, int, str]]) -> JobContext:
    return JobContext(lambda *event: events.append(event), seconds=watch)


def test_at_most_twenty_events_a_second(
    context: JobContext, watch: Watch, events: list[tuple[int, int, str]]
) -> None:
    for number in range(10_000):
        watch.seconds = number / 5000
        context.progress(number, 0)
    assert 38 <= len(events) <= 40


def test_the_first_and_the_completing_event_always_pass(
    context: JobContext, events: list[tuple[int, int, str]]
) -> None:
    for done in range(1, 101):
        context.progress(done, 100, f"item {done}")
    assert events == [(1, 100, "item 1"), (100, 100, "item 100")]


def test_an_event_held_back_at_the_end_is_flushed_once(
    context: JobContext, events: list[tuple[int, int, str]]
) -> None:
    context.progress(1, 0)
    context.progress(2, 0)
    context.flush()
    context.flush()
    assert events == [(1, 0, ""), (2, 0, "")]


def test_a_total_that_grows_along_does_not_flood(
    context: JobContext, watch: Watch, events: list[tuple[int, int, str]]
) -> None:
    for number in range(1, 1001):
        context.progress(number, number)
    assert len(events) == 1
    watch.seconds = SPACING_S
    context.progress(1001, 1001)
    assert len(events) == 2


def test_the_quiet_context_does_nothing() -> None:
    context = JobContext()
    context.progress(1, 2)
    context.flush()
    context.checkpoint()
    context.sleep(0)
    context.sleep(-1)


def test_a_cancel_ends_everything() -> None:
    cancelled = threading.Event()
    context = JobContext(cancelled=cancelled)
    cancelled.set()
    for call in (context.checkpoint, lambda: context.sleep(0), lambda: context.sleep(3600)):
        with pytest.raises(Cancelled):
            call()


def test_a_cancel_from_elsewhere_ends_a_long_sleep() -> None:
    cancelled, sleeping, ended = threading.Event(), threading.Event(), threading.Event()

    def work() -> None:
        context = JobContext(cancelled=cancelled)
        sleeping.set()
        try:
            context.sleep(3600)
        except Cancelled:
            ended.set()

    thread = threading.Thread(target=work)
    thread.start()
    assert sleeping.wait(60)
    cancelled.set()
    assert ended.wait(60)
    thread.join()


def test_a_sleep_nobody_cancels_ends_by_itself() -> None:
    JobContext().sleep(0.001)
