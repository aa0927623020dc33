"""Scoring what was not scored, and again when the rules of scoring change."""

import threading
from collections.abc import Sequence

import pytest
from made_up import received
from service_desk import Desk

from app.jobs.context import JobContext
from app.services import classify
from app.services.classify import ClassifyService
from app.services.ingest import IngestService
from core.classify.level import Level
from core.domain.classification import LABELS, Category, Classification, ModelInfo
from core.domain.inbox import InboxFilter, Queue
from core.errors import Cancelled


class Judge:
    """Implements `core.ports.Classifier`: long texts are abusive; counts what it was asked."""

    def __init__(self, longest: int) -> None:
        self.model = ModelInfo("judge", "1", "0" * 64)
        self.longest = longest
        self.level = Level.BALANCED if longest < 20 else Level.GENTLE
        self.asked = 0

    def classify(self, texts: Sequence[str]) -> list[Classification]:
        self.asked += len(texts)
        return [self._one(len(text) > self.longest) for text in texts]

    def _one(self, bad: bool) -> Classification:
        kinds = (Category.INSULT,) if bad else ()
        return Classification(dict.fromkeys(LABELS, 0.0), bad, kinds, (), "en", True, self.model, 0.5)


def abusive(desk: Desk) -> int:
    return desk.inbox.count(InboxFilter(queue=Queue.ABUSE))


def test_each_mention_is_scored_once(desk: Desk) -> None:
    judge = Judge(5)
    service = ClassifyService(desk.store, lambda: judge, desk.clock)
    IngestService(desk.store, desk.clock).take([received(1, "short"), received(2, "far too long")], None)
    assert service.run(JobContext()).scored == 2
    assert service.run(JobContext()).scored == 0
    assert judge.asked == 2
    assert abusive(desk) == 1


def test_another_level_judges_everything_again(desk: Desk) -> None:
    judges = [Judge(5), Judge(50)]
    service = ClassifyService(desk.store, lambda: judges.pop(0), desk.clock)
    IngestService(desk.store, desk.clock).take([received(1, "far too long")], None)
    service.run(JobContext())
    assert abusive(desk) == 1
    service.reload()
    assert abusive(desk) == 1
    assert service.run(JobContext()).scored == 1
    assert abusive(desk) == 0
    assert service.run(JobContext()).scored == 0


def test_other_weights_score_again(desk: Desk) -> None:
    first, second = Judge(5), Judge(50)
    second.model = ModelInfo("judge", "2", "1" * 64)
    IngestService(desk.store, desk.clock).take([received(1, "far too long")], None)
    ClassifyService(desk.store, lambda: first, desk.clock).run(JobContext())
    assert ClassifyService(desk.store, lambda: second, desk.clock).run(JobContext()).scored == 1
    assert abusive(desk) == 0


def test_stopping_keeps_the_batches_that_are_done(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(classify, "_BATCH", 2)
    stop = threading.Event()
    sizes: list[int] = []

    class Stopping(Judge):
        def classify(self, texts: Sequence[str]) -> list[Classification]:
            sizes.append(len(texts))
            if len(sizes) == 2:
                stop.set()
            return super().classify(texts)

    judge = Stopping(5)
    service = ClassifyService(desk.store, lambda: judge, desk.clock)
    received_now = [received(number, f"far too long {number}") for number in range(1, 8)]
    IngestService(desk.store, desk.clock).take(received_now, None)
    with pytest.raises(Cancelled):
        service.run(JobContext(cancelled=stop))
    assert sizes == [2, 2]
    assert abusive(desk) == 4
    assert service.run(JobContext()).scored == 3
    assert judge.asked == 7
