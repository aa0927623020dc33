"""The embedded linear model: int8 weights read through a memory map, numpy only.

The weights file is one array (COLUMNS, 8) of int8: seven label weights and, last, the inverse
document frequency as an unsigned byte. Only the rows of n-grams that occur are ever touched.
"""

from collections.abc import Sequence
from pathlib import Path
from typing import Final

import numpy as np
import numpy.typing as npt
import scipy.sparse as sp

from core.classify.features import CHAR_BITS, COLUMNS, FEATURES_VERSION, features, model_text
from core.classify.fold import Folded
from core.classify.level import Level
from core.classify.model_file import ModelFile, read_model
from core.classify.scorer import Scores
from core.domain.classification import LABELS, ModelInfo
from core.errors import ModelUnusable

KIND: Final = "hashed-linear"
_BATCH: Final = 128  # texts; their feature arrays stay in the processor's cache


class LinearScorer:
    """A `Scorer` over hashed n-grams. Safe to share between threads: nothing is written after loading."""

    def __init__(self, model: ModelFile) -> None:
        self._model = model
        self._table = _open_table(model)
        try:
            self._scale = np.array(model.fields["scale"], dtype=np.float32)
            self._idf_scale = float(model.fields["idf_scale"])
            self._bias = {k: np.array(v, dtype=np.float32) for k, v in model.fields["bias"].items()}
            self._slope = {k: np.array(v, dtype=np.float32) for k, v in model.fields["slope"].items()}
            first = next(iter(self._bias))  # the language with most training text; scales all unknown ones
            self._other = self._slope[first], self._bias[first]
            if self._scale.shape != (len(LABELS),) or self._bias.keys() != self._slope.keys():
                raise ValueError("scale")
        except (KeyError, TypeError, ValueError, StopIteration) as error:
            raise ModelUnusable(name=model.info.name, why="malformed") from error

    @property
    def info(self) -> ModelInfo:
        """The weights in use."""
        return self._model.info

    def holds(self, language: str) -> bool:
        """Valid for the languages it was trained and given thresholds for."""
        return language in self._model.languages

    def prepare(self, folded: Folded) -> str:
        """Addresses, handles and digits are reduced to their kind."""
        return model_text(folded.text)

    def score(self, texts: Sequence[str], languages: Sequence[str]) -> Scores:
        """Probabilities, shape (len(texts), 7)."""
        return self.probabilities(self.logits(texts), languages)

    def quick(self, texts: Sequence[str], languages: Sequence[str]) -> Scores:
        """The same: this model is its own first stage."""
        return self.score(texts, languages)

    def logits(self, texts: Sequence[str]) -> npt.NDArray[np.float32]:
        """Before any scaling by language, shape (len(texts), 7)."""
        if not texts:
            return np.zeros((0, len(LABELS)), dtype=np.float32)
        return np.concatenate([self._logits(texts[i : i + _BATCH]) for i in range(0, len(texts), _BATCH)])

    def probabilities(self, logits: npt.NDArray[np.float32], languages: Sequence[str]) -> Scores:
        """Of `logits`, one language per row."""
        if not len(logits):
            return np.zeros((0, len(LABELS)), dtype=np.float32)
        slope = _rows(self._slope, languages, self._other[0])
        bias = _rows(self._bias, languages, self._other[1])
        scores: Scores = 1.0 / (1.0 + np.exp(-(logits * slope + bias)))
        return scores

    def thresholds(self, language: str, level: Level) -> tuple[float, ...]:
        """Per label; above 1 for a language the model does not hold for."""
        return self._model.thresholds[level].get(language, (2.0,) * len(LABELS))

    def _logits(self, texts: Sequence[str]) -> npt.NDArray[np.float32]:
        counts = features(texts)
        rows = np.repeat(np.arange(len(texts)), np.diff(counts.indptr))
        entries = self._table.take(counts.indices, axis=0)
        idf = entries[:, -1].view(np.uint8).astype(np.float32) * self._idf_scale
        values = counts.data * idf
        slot = rows * 2 + (counts.indices >= (1 << CHAR_BITS))
        squares = np.bincount(slot, weights=values.astype(np.float64) ** 2, minlength=2 * len(texts))
        values = (values / np.sqrt(np.maximum(squares, 1e-12))[slot]).astype(np.float32)
        # In double precision, so that a sum does not depend on the machine's order of adding.
        every = np.arange(len(values), dtype=np.int32)
        weighted = sp.csr_matrix((values.astype(np.float64), every, counts.indptr), (len(texts), len(values)))
        sums = weighted @ entries[:, : len(LABELS)].astype(np.float64)
        return (sums * self._scale).astype(np.float32)


def _rows(
    table: dict[str, npt.NDArray[np.float32]], languages: Sequence[str], other: npt.NDArray[np.float32]
) -> npt.NDArray[np.float32]:
    return np.stack([table.get(language, other) for language in languages])


def load_linear(folder: Path) -> LinearScorer:
    """Open a model folder of this kind. Raises `ModelUnusable`."""
    model = read_model(folder)
    if model.kind != KIND or model.fields.get("features_version") != FEATURES_VERSION:
        raise ModelUnusable(name=model.info.name, why="kind")
    return LinearScorer(model)


def _open_table(model: ModelFile) -> npt.NDArray[np.int8]:
    try:
        table = np.load(model.weights, mmap_mode="r", allow_pickle=False)
    except (OSError, ValueError) as error:
        raise ModelUnusable(name=model.info.name, why="malformed") from error
    if table.shape != (COLUMNS, len(LABELS) + 1) or table.dtype != np.int8:
        raise ModelUnusable(name=model.info.name, why="malformed")
    return np.asarray(table)  # still the map, without its slower way of indexing
