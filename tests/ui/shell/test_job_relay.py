import threading
from collections.abc import Callable

import pytest
from PySide6.QtCore import QThread
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.jobs.changes import ChangeKind, ChangeSet
from app.jobs.context import JobContext
from app.jobs.observer import JobInfo, Lane
from core.errors import Offline
from ui.notices import Notice
from ui.shell.job_relay import BugError, JobRelay, words_of


def test_answers_arrive_on_the_gui_thread(
    qapp: QApplication, relay: JobRelay, settle: Callable[[], None]
) -> None:
    places: list[bool] = []
    workers: list[bool] = []

    def work() -> int:
        workers.append(QThread.currentThread() is qapp.thread())
        return 7

    relay.read(
        "x", work, lambda value: places.append(QThread.currentThread() is qapp.thread() and value == 7)
    )
    settle()
    assert workers == [False]
    assert places == [True]


def test_only_the_newest_answer_counts(relay: JobRelay, settle: Callable[[], None]) -> None:
    gate = threading.Event()
    got: list[str] = []

    def slow() -> str:
        gate.wait(60)
        return "old"

    relay.read("topic", slow, got.append)
    relay.read("topic", lambda: "new", got.append)
    gate.set()
    settle()
    assert got == ["new"]


def test_a_second_job_with_the_same_key_is_refused(relay: JobRelay, settle: Callable[[], None]) -> None:
    gate = threading.Event()
    assert relay.start("k", "Work", lambda _: gate.wait(60))
    assert not relay.start("k", "Work", lambda _: None)
    gate.set()
    settle()
    ran: list[int] = []
    assert relay.start("k", "Work", lambda _: 1, ran.append)
    settle()
    assert ran == [1]


def test_a_job_may_start_itself_again_from_its_answer(relay: JobRelay, settle: Callable[[], None]) -> None:
    runs: list[int] = []

    def again(number: int) -> None:
        runs.append(number)
        if number < 20:
            assert relay.start("k", "", lambda _: number + 1, again)

    relay.start("k", "", lambda _: 1, again)
    settle()
    assert runs == list(range(1, 21))


def test_progress_changes_and_end_are_told(qtbot: QtBot, relay: JobRelay, settle: Callable[[], None]) -> None:
    told: list[object] = []
    relay.job_began.connect(lambda number, title: told.append(title))
    relay.job_progressed.connect(lambda number, done, total, what: told.append((done, total)))
    relay.job_ended.connect(lambda number: told.append("end"))
    relay.changed.connect(told.append)
    relay.start("k", "Work", lambda context: context.progress(3, 3), changes=(ChangeKind.MENTIONS,))
    settle()
    assert told == ["Work", (3, 3), "end", ChangeSet.of(ChangeKind.MENTIONS)]


def test_a_failure_without_a_handler_becomes_a_notice(relay: JobRelay, settle: Callable[[], None]) -> None:
    notices: list[Notice] = []
    relay.notice.connect(notices.append)

    def work(context: JobContext) -> None:
        raise Offline(host="testland.example")

    relay.start("k", "Work", work)
    settle()
    assert "could not be reached" in notices[0].words.title


def test_a_failure_with_a_handler_goes_there(relay: JobRelay, settle: Callable[[], None]) -> None:
    errors: list[Exception] = []

    def work() -> None:
        raise Offline(host="x")

    relay.read("k", work, lambda _: None, errors.append)
    settle()
    assert isinstance(errors[0], Offline)


def test_a_bug_of_ours_carries_its_reference(
    relay: JobRelay, settle: Callable[[], None], caplog: pytest.LogCaptureFixture
) -> None:
    errors: list[Exception] = []

    def work() -> None:
        raise KeyError("secret text")

    relay.read("k", work, lambda _: None, errors.append)
    settle()
    assert isinstance(errors[0], BugError)
    assert errors[0].reference in words_of(errors[0]).explanation
    assert errors[0].reference in caplog.text


def test_stopping_tells_neither_success_nor_failure(
    qtbot: QtBot, relay: JobRelay, settle: Callable[[], None]
) -> None:
    told: list[object] = []
    numbers: list[int] = []
    relay.job_began.connect(lambda number, title: numbers.append(number))
    relay.start("k", "Work", lambda context: context.sleep(30), told.append, told.append)
    qtbot.waitUntil(lambda: bool(numbers))
    relay.cancel(numbers[0])
    settle()
    assert told == []


def test_five_thousand_signals_do_no_harm(qtbot: QtBot, relay: JobRelay) -> None:
    """PySide6 6.12.0 on Python 3.11 aborts between 500 and 600 emissions."""
    job = JobInfo(1, "k", "Work", Lane.COMPUTE)
    heard: list[int] = []
    relay.job_progressed.connect(lambda number, done, total, what: heard.append(done))
    worker = threading.Thread(target=lambda: [relay.progressed(job, n, 5_000, "") for n in range(5_000)])
    worker.start()
    qtbot.waitUntil(lambda: len(heard) == 5_000)
    worker.join()
    assert heard == list(range(5_000))


def test_nothing_reaches_screens_that_went_away(relay: JobRelay, qtbot: QtBot) -> None:
    gate, got = threading.Event(), []
    done = threading.Event()

    def work() -> int:
        gate.wait(60)
        done.set()
        return 1

    relay.read("k", work, got.append)
    relay.forget_all()
    gate.set()
    qtbot.waitUntil(done.is_set)
    assert got == []
