"""Levels and corrections: what a change would do, before it is made; learning from what the person marked."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from app.services.classify import ClassifyService
from core.classify.level import Level
from core.domain.evidence import EntryKind
from core.domain.learning import Effect, Shift
from core.ports import Clock
from core.storage import Store

_NOTHING = Effect(0, 0, 0)
_Thresholds = Callable[[str, Level], tuple[float, ...]]


@dataclass(frozen=True, slots=True)
class Lesson:
    """What the corrections so far would teach: `now` is in force, `then` would be, `effect` the difference.

    `fine` and `abuse` count the corrections that could be learnt from.
    """

    fine: int
    abuse: int
    now: tuple[Shift, ...]
    then: tuple[Shift, ...]
    effect: Effect

    @property
    def new(self) -> bool:
        """Whether applying it would change anything."""
        moved = ({(one.language, one.label, one.amount) for one in some} for some in (self.now, self.then))
        return next(moved) != next(moved)


class LearningService:
    """Previews and applies. Every method reads or writes the store: call them in a worker."""

    def __init__(self, store: Store, classify: ClassifyService, clock: Clock) -> None:
        self._store, self._classify, self._clock = store, classify, clock

    def preview_level(self, level: Level) -> Effect:
        """What another level would do. Raises `ModelUnusable`."""
        from app.services.what_if import effect, judged
        from core.classify.engine import EmbeddedClassifier

        classifier = self._classify.classifier()
        if not isinstance(classifier, EmbeddedClassifier):
            return _NOTHING
        with self._store.read() as unit:
            table = unit.scores.table()
        scorer = classifier.scorer
        before = judged(table, partial(_at, scorer.thresholds, classifier.level), classifier.level)
        after = judged(table, partial(_at, scorer.thresholds, level), level)
        return effect(table, before, after)

    def lesson(self) -> Lesson:
        """What would be learnt now, and what it would do. Raises `ModelUnusable`."""
        from app.services.what_if import effect, judged
        from core.classify.calibration import CalibratedScorer, Correction, learn, raw
        from core.classify.engine import EmbeddedClassifier
        from core.classify.fold import fold

        classifier = self._classify.classifier()
        if not isinstance(classifier, EmbeddedClassifier):
            return Lesson(0, 0, (), (), _NOTHING)
        base = raw(classifier.scorer)
        with self._store.read() as unit:
            now = unit.calibrations.shifts(base.info.weights_sha256)
            reviewed = unit.calibrations.reviewed(base.info.weights_sha256)
            table = unit.scores.table()
        level = classifier.level
        corrections = [
            Correction(fold(one.text).text, one.language, one.scores, one.abuse) for one in reviewed
        ]
        then = learn(corrections, partial(_at, base.thresholds, level))
        before = judged(table, partial(_at, CalibratedScorer(base, now).thresholds, level), level)
        after = judged(table, partial(_at, CalibratedScorer(base, then).thresholds, level), level)
        abuse = sum(one.abuse for one in reviewed)
        return Lesson(len(reviewed) - abuse, abuse, now, then, effect(table, before, after))

    def apply(self, shifts: tuple[Shift, ...]) -> None:
        """Put these shifts, and no others, in force; recorded in the log so that decisions can be repeated.

        Messages are judged anew by the next run.
        """
        from core.classify.calibration import identity

        classifier = self._classify.bare()
        with self._store.write() as unit:
            unit.calibrations.replace(shifts, classifier.model.weights_sha256, self._clock.now())
            unit.log.append(
                EntryKind.NOTE,
                facts={
                    "act": "calibrate" if shifts else "calibration-reset",
                    "model": classifier.model.label,
                    "name": identity(shifts),
                    "weights": classifier.model.weights_sha256,
                    # language/label:millionths of log-odds
                    "shifts": ",".join(
                        f"{one.language}/{one.label}:{round(one.amount * 1_000_000)}" for one in shifts
                    ),
                },
            )
        self._classify.relearn()

    def reset(self) -> None:
        """Forget what was learnt; corrections and the model stay as they are."""
        self.apply(())


def _at(thresholds: _Thresholds, level: Level, language: str) -> tuple[float, ...]:
    return thresholds(language, level)
