"""The runner: lanes, keys, stopping and failures; by events, without sleeping."""

import threading
from collections.abc import Callable, Iterator

import pytest

from app.jobs.changes import ChangeKind, ChangeSet
from app.jobs.context import JobContext
from app.jobs.observer import Failure, JobInfo, Lane, NoObserver
from app.jobs.runner import JobRunner, JobState
from core.errors import Cancelled, Offline

WAIT = 60.0


class Recorder:
    """Remembers what it is told."""

    def __init__(self) -> None:
        self.events: list[tuple[str, str, object]] = []

    def started(self, job: JobInfo) -> None:
        self.events.append(("started", job.key, job.title))

    def progressed(self, job: JobInfo, done: int, total: int, what: str) -> None:
        self.events.append(("progressed", job.key, (done, total, what)))

    def finished(self, job: JobInfo, result: object) -> None:
        self.events.append(("finished", job.key, result))

    def failed(self, job: JobInfo, failure: Failure) -> None:
        self.events.append(("failed", job.key, failure))

    def cancelled(self, job: JobInfo) -> None:
        self.events.append(("cancelled", job.key, None))

    def names(self, key: str) -> list[str]:
        return [name for name, of, _ in self.events if of == key]


class HandTimer:
    """Fires when the test says so."""

    made: list["HandTimer"]

    def __init__(self, seconds: float, then: Callable[[], None]) -> None:
        self.seconds, self.then = seconds, then
        self.running = False
        HandTimer.made.append(self)

    def start(self) -> None:
        self.running = True

    def cancel(self) -> None:
        self.running = False

    def join(self) -> None:
        assert not self.running

    def fire(self) -> None:
        assert self.running
        self.running = False
        self.then()


class Gate:
    """Work that says when it began and ends when let go, or when it is stopped."""

    def __init__(self) -> None:
        self.begun = threading.Event()
        self.go = threading.Event()
        self.runs = 0

    def __call__(self, context: JobContext) -> int:
        self.runs += 1
        self.begun.set()
        while not self.go.wait(0.001):
            context.checkpoint()
        return self.runs


@pytest.fixture
def seen() -> Recorder:
    return Recorder()


@pytest.fixture
def runner(seen: Recorder) -> Iterator[JobRunner]:
    HandTimer.made = []
    made = JobRunner(seen, timer=HandTimer)
    yield made
    assert made.close(WAIT)


def test_a_job_reports_and_hands_over_its_result(runner: JobRunner, seen: Recorder) -> None:
    got: list[ChangeSet] = []
    changes = ChangeSet.of(ChangeKind.MENTIONS)

    def work(context: JobContext) -> ChangeSet:
        context.progress(1, 4, "one")
        context.progress(2, 4, "two")
        return changes

    job = runner.submit(Lane.NETWORK, "sync:1", "Getting mentions", work, got.append)
    assert job.wait(WAIT)
    assert job.state is JobState.FINISHED
    assert got == [changes]
    assert seen.events == [
        ("started", "sync:1", "Getting mentions"),
        ("progressed", "sync:1", (1, 4, "one")),
        ("progressed", "sync:1", (2, 4, "two")),
        ("finished", "sync:1", changes),
    ]


def test_the_same_key_is_dropped_while_it_waits_or_runs(runner: JobRunner) -> None:
    running, waiting = Gate(), Gate()
    first = runner.submit(Lane.MODEL, "a", "", running)
    second = runner.submit(Lane.MODEL, "b", "", waiting)
    assert running.begun.wait(WAIT)
    assert runner.submit(Lane.MODEL, "a", "", Gate()).info is first.info
    assert runner.submit(Lane.NETWORK, "b", "", Gate()).info is second.info
    assert [info.key for info in runner.active()] == ["a", "b"]
    running.go.set()
    waiting.go.set()
    assert runner.wait_idle(WAIT)
    assert (running.runs, waiting.runs) == (1, 1)
    again = runner.submit(Lane.MODEL, "a", "", running)
    assert again.wait(WAIT)
    assert again.info.number != first.info.number
    assert running.runs == 2


def test_a_busy_lane_does_not_hold_up_another(runner: JobRunner) -> None:
    slow = Gate()
    runner.submit(Lane.MODEL, "slow", "", slow)
    assert slow.begun.wait(WAIT)
    for lane in (Lane.NETWORK, Lane.COMPUTE):
        assert runner.submit(lane, lane.value, "", lambda _: 1).wait(WAIT)
    assert not slow.go.is_set()
    slow.go.set()


def test_the_model_lane_runs_one_at_a_time(runner: JobRunner) -> None:
    first, second = Gate(), Gate()
    runner.submit(Lane.MODEL, "first", "", first)
    handle = runner.submit(Lane.MODEL, "second", "", second)
    assert first.begun.wait(WAIT)
    assert handle.state is JobState.PENDING
    assert not second.begun.is_set()
    first.go.set()
    assert second.begun.wait(WAIT)
    second.go.set()


def test_stopping_a_running_job(runner: JobRunner, seen: Recorder) -> None:
    gate = Gate()
    job = runner.submit(Lane.COMPUTE, "a", "", gate, on_done=lambda _: pytest.fail("was stopped"))
    assert gate.begun.wait(WAIT)
    job.cancel()
    assert job.wait(WAIT)
    assert job.state is JobState.CANCELLED
    assert seen.names("a") == ["started", "cancelled"]


def test_stopping_a_waiting_job_ends_it_at_once_and_unseen(runner: JobRunner, seen: Recorder) -> None:
    busy, never = Gate(), Gate()
    runner.submit(Lane.MODEL, "busy", "", busy)
    waiting = runner.submit(Lane.MODEL, "never", "", never)
    runner.cancel("never")
    runner.cancel("no such key")
    assert waiting.wait(0)
    assert waiting.state is JobState.CANCELLED
    busy.go.set()
    assert runner.wait_idle(WAIT)
    assert never.runs == 0
    assert seen.names("never") == []


def test_a_request_after_stopping_runs_once_the_stopped_one_ended(runner: JobRunner) -> None:
    stubborn_go, stubborn_begun = threading.Event(), threading.Event()

    def stubborn(context: JobContext) -> None:
        stubborn_begun.set()
        stubborn_go.wait(WAIT)
        context.checkpoint()

    old = runner.submit(Lane.NETWORK, "sync", "", stubborn)
    assert stubborn_begun.wait(WAIT)
    old.cancel()
    new = runner.submit(Lane.NETWORK, "sync", "", lambda _: None)
    assert new.info.number != old.info.number
    assert runner.submit(Lane.NETWORK, "sync", "", lambda _: None).info is new.info
    assert new.state is JobState.PENDING
    stubborn_go.set()
    assert new.wait(WAIT)
    assert (old.state, new.state) == (JobState.CANCELLED, JobState.FINISHED)


def test_an_expected_failure_reaches_the_observer(runner: JobRunner, seen: Recorder) -> None:
    error = Offline(host="example.org")

    def work(context: JobContext) -> None:
        raise error

    job = runner.submit(Lane.NETWORK, "a", "", work)
    assert job.wait(WAIT)
    assert job.failure == Failure(error=error)
    assert seen.events[-1] == ("failed", "a", Failure(error=error))


def test_a_bug_gets_a_reference_and_is_logged_without_content(
    runner: JobRunner, seen: Recorder, caplog: pytest.LogCaptureFixture
) -> None:
    def work(context: JobContext) -> None:
        raise KeyError("canary post text")

    job = runner.submit(Lane.NETWORK, "sync:7", "canary.handle", work)
    assert job.wait(WAIT)
    assert job.state is JobState.FAILED
    assert job.failure is not None
    assert job.failure.error is None
    assert job.failure.reference
    assert seen.names("sync:7") == ["started", "failed"]
    assert job.failure.reference in caplog.text
    assert "sync:7" in caplog.text
    assert "KeyError at test_runner.py" in caplog.text
    assert "canary" not in caplog.text


def test_a_mistake_in_on_done_is_a_failure_of_the_job(runner: JobRunner, seen: Recorder) -> None:
    job = runner.submit(Lane.COMPUTE, "a", "", lambda _: 0, on_done=lambda n: 1 // n)
    assert job.wait(WAIT)
    assert job.state is JobState.FAILED
    assert seen.names("a") == ["started", "failed"]


def test_on_done_may_queue_a_follow_up_before_the_runner_is_idle(runner: JobRunner) -> None:
    done: list[str] = []

    def follow(_: int) -> None:
        runner.submit(Lane.COMPUTE, "group", "", lambda _: "grouped", done.append)

    runner.submit(Lane.NETWORK, "sync", "", lambda _: 1, follow)
    assert runner.wait_idle(WAIT)
    assert done == ["grouped"]


def test_a_job_that_says_cancelled_by_itself_shows_nothing(runner: JobRunner, seen: Recorder) -> None:
    def work(context: JobContext) -> None:
        raise Cancelled

    assert runner.submit(Lane.COMPUTE, "a", "", work).wait(WAIT)
    assert seen.names("a") == ["started", "cancelled"]


def test_a_broken_observer_breaks_nothing(caplog: pytest.LogCaptureFixture) -> None:
    class Broken(NoObserver):
        def started(self, job: JobInfo) -> None:
            raise RuntimeError("canary")

        def progressed(self, job: JobInfo, done: int, total: int, what: str) -> None:
            raise RuntimeError("canary")

        def finished(self, job: JobInfo, result: object) -> None:
            raise RuntimeError("canary")

    runner = JobRunner(Broken())
    job = runner.submit(Lane.COMPUTE, "a", "", lambda context: context.progress(1, 2))
    assert job.wait(WAIT)
    assert runner.close(WAIT)
    assert job.state is JobState.FINISHED
    assert caplog.text.count("a job observer failed") == 3
    assert "canary" not in caplog.text


def test_debounced_requests_join_into_one_run(runner: JobRunner) -> None:
    gate = Gate()
    gate.go.set()
    handles = [runner.submit(Lane.COMPUTE, "group", "", gate, debounce=2.0) for _ in range(5)]
    (timer,) = HandTimer.made
    assert timer.seconds == 2.0
    assert not gate.begun.is_set()
    timer.fire()
    assert runner.wait_idle(WAIT)
    assert gate.runs == 1
    assert len({handle.info.number for handle in handles}) == 1


def test_a_debounced_request_during_the_run_runs_once_more(runner: JobRunner) -> None:
    gate = Gate()
    runner.submit(Lane.COMPUTE, "group", "", gate, debounce=2.0)
    HandTimer.made[0].fire()
    assert gate.begun.wait(WAIT)
    later = [runner.submit(Lane.COMPUTE, "group", "", gate, debounce=2.0) for _ in range(3)]
    assert len(HandTimer.made) == 1
    gate.go.set()
    # The second wait begins when the first run ends.
    assert wait_for(lambda: len(HandTimer.made) == 2)
    HandTimer.made[1].fire()
    assert runner.wait_idle(WAIT)
    assert gate.runs == 2
    assert all(handle.state is JobState.FINISHED for handle in later)


def test_stopping_a_debounced_job_stops_its_timer_and_follow_up(runner: JobRunner) -> None:
    gate = Gate()
    waiting = runner.submit(Lane.COMPUTE, "group", "", gate, debounce=2.0)
    waiting.cancel()
    assert not HandTimer.made[0].running
    HandTimer.made[0].then()
    runner.submit(Lane.COMPUTE, "group", "", gate, debounce=2.0)
    HandTimer.made[1].fire()
    assert gate.begun.wait(WAIT)
    follow_up = runner.submit(Lane.COMPUTE, "group", "", gate, debounce=2.0)
    runner.cancel("group")
    assert runner.wait_idle(WAIT)
    assert (gate.runs, follow_up.state) == (1, JobState.CANCELLED)


def test_a_real_timer_fires() -> None:
    runner = JobRunner()
    job = runner.submit(Lane.COMPUTE, "a", "", lambda _: None, debounce=0.001)
    assert job.wait(WAIT)
    assert runner.close(WAIT)


def test_closing_stops_everything_and_leaves_no_thread(seen: Recorder) -> None:
    before = threading.active_count()
    runner = JobRunner(seen)
    running, waiting = Gate(), Gate()
    jobs = [
        runner.submit(Lane.MODEL, "running", "", running),
        runner.submit(Lane.MODEL, "waiting", "", waiting),
        runner.submit(Lane.COMPUTE, "debounced", "", waiting, debounce=3600),
    ]
    assert running.begun.wait(WAIT)
    assert runner.close(WAIT)
    assert {job.state for job in jobs} == {JobState.CANCELLED}
    assert waiting.runs == 0
    assert threading.active_count() == before
    late = runner.submit(Lane.NETWORK, "late", "", waiting)
    assert late.state is JobState.CANCELLED
    assert late.wait(0)
    assert runner.active() == ()
    assert runner.close(WAIT)


def test_closing_does_not_wait_for_a_job_that_never_looks(seen: Recorder) -> None:
    runner = JobRunner(seen)
    go, begun = threading.Event(), threading.Event()

    def deaf(context: JobContext) -> None:
        begun.set()
        go.wait(WAIT)

    job = runner.submit(Lane.NETWORK, "deaf", "", deaf)
    assert begun.wait(WAIT)
    assert not runner.close(0.01)
    assert [info.key for info in runner.active()] == ["deaf"]
    go.set()
    assert job.wait(WAIT)
    assert runner.close(WAIT)


def test_submitting_from_many_threads_runs_each_key_once_at_a_time(caplog: pytest.LogCaptureFixture) -> None:
    runner = JobRunner(timer=None)
    inside: dict[str, int] = dict.fromkeys("abc", 0)
    overlaps: list[str] = []

    def work(key: str) -> Callable[[JobContext], None]:
        def run(context: JobContext) -> None:
            inside[key] += 1
            if inside[key] > 1:
                overlaps.append(key)
            inside[key] -= 1

        return run

    def hammer() -> None:
        for number in range(300):
            key = "abc"[number % 3]
            runner.submit(Lane.NETWORK, key, "", work(key), debounce=0.0001 * (number % 2))

    threads = [threading.Thread(target=hammer) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert runner.wait_idle(WAIT)
    assert runner.close(WAIT)
    assert overlaps == []
    assert not caplog.records


def wait_for(condition: Callable[[], bool]) -> bool:
    """Let other threads run until it holds."""
    tick = threading.Event()
    return any(condition() or tick.wait(0.001) for _ in range(int(WAIT * 1000))) or condition()
