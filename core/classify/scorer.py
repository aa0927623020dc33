"""What the engine asks of a model, whichever kind it is."""

from collections.abc import Sequence
from typing import Protocol

import numpy as np
import numpy.typing as npt

from core.classify.fold import Folded
from core.classify.level import Level
from core.domain.classification import LABELS, ModelInfo

Scores = npt.NDArray[np.float32]  # (texts, len(LABELS)), each in 0..1


class Scorer(Protocol):
    """Scores texts and knows where its scores may be believed."""

    @property
    def info(self) -> ModelInfo:
        """The weights in use."""
        ...

    def holds(self, language: str) -> bool:
        """Whether the model is valid for this language."""
        ...

    def prepare(self, folded: Folded) -> str:
        """The text the model wants to see; equal results are scored once."""
        ...

    def score(self, texts: Sequence[str], languages: Sequence[str]) -> Scores:
        """Scores of prepared texts. Raises `ModelUnusable`."""
        ...

    def quick(self, texts: Sequence[str], languages: Sequence[str]) -> Scores:
        """Like `score`, and cheaper where the model can: good enough to rank words by."""
        ...

    def thresholds(self, language: str, level: Level) -> tuple[float, ...]:
        """Per label, in the order of LABELS: at or above it the label counts. Above 1 never counts."""
        ...


TOXICITY = LABELS.index("toxicity")
