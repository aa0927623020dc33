"""Scoring what has not been scored, on this machine."""

from collections.abc import Callable
from dataclasses import dataclass

from app.jobs.context import JobContext
from core.classify.level import Level
from core.ports import Classifier, Clock
from core.storage import Store

# Mentions per model call and transaction: cancel answers within one batch.
_BATCH = 128


@dataclass(frozen=True, slots=True)
class ClassifyReport:
    """How many mentions were scored and by which weights."""

    scored: int
    abusive: int
    model: str


class ClassifyService:
    """Runs the chosen classifier over unscored mentions. The model is loaded on first use.

    The person's own words and what was learnt from their corrections are put around the model here.
    """

    def __init__(self, store: Store, load: Callable[[], Classifier], clock: Clock) -> None:
        self._store = store
        self._load = load
        self._clock = clock
        self._bare: Classifier | None = None
        self._loaded: Classifier | None = None

    def classifier(self) -> Classifier:
        """The classifier, loaded once. Raises `ModelUnusable`."""
        if self._loaded is None:
            self._loaded = self._personal(self.bare())
        return self._loaded

    def bare(self) -> Classifier:
        """The model without anything the person taught it. Raises `ModelUnusable`."""
        if self._bare is None:
            self._bare = self._load()
        return self._bare

    def reload(self) -> None:
        """After a change of model or level: load afresh. `run` then judges again what that concerns.

        Until a mention's turn comes it keeps its verdict, so nothing hidden shows meanwhile.
        """
        self._bare = self._loaded = None

    def relearn(self) -> None:
        """After a change of words or shifts: the loaded weights stay."""
        self._loaded = None

    def run(self, context: JobContext) -> ClassifyReport:
        """Score every mention that the current weights have not scored."""
        classifier = self.classifier()
        model = classifier.model
        identity = (model.name, model.version, model.weights_sha256)
        level: Level | None = getattr(classifier, "level", None)
        if level is not None:
            with self._store.write() as unit:
                unit.verdicts.judge_at(level.value)
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

    def _personal(self, bare: Classifier) -> Classifier:
        # Loaded with the model: opening the window must not wait for any of it.
        from core.classify.calibration import CalibratedScorer
        from core.classify.engine import EmbeddedClassifier
        from core.classify.own_words import terms

        if not isinstance(bare, EmbeddedClassifier):
            return bare
        with self._store.read() as unit:
            words = unit.own_words.all()
            shifts = unit.calibrations.shifts(bare.model.weights_sha256)
        if not words and not shifts:
            return bare
        scorer = CalibratedScorer(bare.scorer, shifts) if shifts else bare.scorer
        return bare.personal(scorer, terms(words))
