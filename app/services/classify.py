"""Scoring what has not been scored, on this machine."""

from collections.abc import Callable
from dataclasses import dataclass

from app.jobs.context import JobContext
from core.ports import Classifier, Clock
from core.storage import Store

# Mentions per model call and transaction: cancel answers within one batch.
_BATCH = 512


@dataclass(frozen=True, slots=True)
class ClassifyReport:
    """How many mentions were scored and by which weights."""

    scored: int
    abusive: int
    model: str


class ClassifyService:
    """Runs the chosen classifier over unscored mentions. The model is loaded on first use."""

    def __init__(self, store: Store, load: Callable[[], Classifier], clock: Clock) -> None:
        self._store = store
        self._load = load
        self._clock = clock
        self._loaded: Classifier | None = None
        self._judge_again = False

    def classifier(self) -> Classifier:
        """The classifier, loaded once. Raises `ModelUnusable`."""
        if self._loaded is None:
            self._loaded = self._load()
        return self._loaded

    def reload(self) -> None:
        """After a change of model or level: load afresh, and at the next run judge everything again.

        Until a mention's turn comes it keeps its verdict, so nothing hidden shows meanwhile.
        """
        self._loaded = None
        self._judge_again = True

    def run(self, context: JobContext) -> ClassifyReport:
        """Score every mention that the current weights have not scored."""
        classifier = self.classifier()
        model = classifier.model
        identity = (model.name, model.version, model.weights_sha256)
        if self._judge_again:
            with self._store.write() as unit:
                unit.verdicts.expire()
            self._judge_again = False
        scored = abusive = 0
        with self._store.read() as unit:
            total = unit.mentions.count_without_verdict(identity)
        while True:
            context.checkpoint()
            with self._store.read() as unit:
                batch = unit.mentions.texts_without_verdict(identity, _BATCH)
            if not batch:
                return ClassifyReport(scored, abusive, model.label)
            verdicts = classifier.classify([text for _, text in batch])
            ids = [mention_id for mention_id, _ in batch]
            with self._store.write() as unit:
                unit.verdicts.put(list(zip(ids, verdicts, strict=True)), self._clock.now())
            scored += len(batch)
            abusive += sum(one.abusive for one in verdicts)
            context.progress(scored, max(total, scored))
