"""Two stages: the linear model reads every text, the transformer those that are not plainly harmless.

A text whose toxicity the linear model puts below the band is settled there: next to no such text would
be flagged by both together. Its scores are scaled to where joint scores stand. For all others the
logits of both are joined per label, with weights fitted on held-out rows
(`packaging/model/ship_cascade.py`). Languages the transformer was not trained on keep the linear
scores and thresholds. `model.json` of this kind adds to the common fields: base (name and sha256 of
the linear model), tokenizer, tokenizer_sha256, length, band, settled_scale (per label) and
blend[language] with one [linear, transformer, bias] per label.
"""

import hashlib
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from core.classify.encoder import Encoder, EncoderFiles
from core.classify.fold import Folded
from core.classify.level import Level
from core.classify.linear import LinearScorer, load_linear
from core.classify.model_file import ModelFile, file_sha256, read_model
from core.classify.scorer import TOXICITY, Scores
from core.domain.classification import LABELS, ModelInfo
from core.errors import ModelUnusable

KIND: Final = "cascade"

_Blend = npt.NDArray[np.float32]  # (labels, 3): weight of the linear logit, of the transformer's, bias


class CascadeScorer:
    """A `Scorer`. Safe to share between threads."""

    def __init__(self, model: ModelFile, base: LinearScorer, encoder: Encoder) -> None:
        self._model = model
        self._base = base
        self._encoder = encoder
        try:
            self._blend = _read_blend(model.fields["blend"])
            self._band = float(model.fields["band"])
            self._settled = np.array(model.fields["settled_scale"], dtype=np.float32)
            if self._settled.shape != (len(LABELS),):
                raise ValueError("settled_scale")
        except (KeyError, TypeError, ValueError) as error:
            raise ModelUnusable(name=model.info.name, why="malformed") from error
        self._info = _joint_info(base.info, model.info)

    @property
    def info(self) -> ModelInfo:
        """Both parts: their names and versions, and one hash over the hashes of their files."""
        return self._info

    def holds(self, language: str) -> bool:
        """Valid where one of the parts is."""
        return language in self._blend or self._base.holds(language)

    def prepare(self, folded: Folded) -> str:
        """As for the linear model."""
        return self._base.prepare(folded)

    def score(self, texts: Sequence[str], languages: Sequence[str]) -> Scores:
        """Probabilities, shape (len(texts), 7)."""
        logits = self._base.logits(texts)
        scores = self._base.probabilities(logits, languages)
        ours = np.array([language in self._blend for language in languages], dtype=bool)
        settled = ours & (scores[:, TOXICITY] < self._band)
        scores[settled] *= self._settled
        rows = np.flatnonzero(ours & ~settled).tolist()
        if not rows:
            return scores
        second = self._encoder.logits([texts[row] for row in rows])
        blend = np.stack([self._blend[languages[row]] for row in rows])
        joined = logits[rows] * blend[:, :, 0] + second * blend[:, :, 1] + blend[:, :, 2]
        scores[rows] = 1.0 / (1.0 + np.exp(-joined))
        return scores

    def quick(self, texts: Sequence[str], languages: Sequence[str]) -> Scores:
        """The first stage alone: to rank words by, before the whole model is asked."""
        return self._base.score(texts, languages)

    def thresholds(self, language: str, level: Level) -> tuple[float, ...]:
        """Per label; the linear model's own where the transformer takes no part."""
        found = self._model.thresholds[level].get(language)
        return found if found is not None else self._base.thresholds(language, level)


def _read_blend(fields: dict[str, Any]) -> dict[str, _Blend]:
    blend = {language: np.array(rows, dtype=np.float32) for language, rows in fields.items()}
    if not blend or any(rows.shape != (len(LABELS), 3) for rows in blend.values()):
        raise ValueError("blend")
    return blend


def _joint_info(first: ModelInfo, second: ModelInfo) -> ModelInfo:
    digest = hashlib.sha256(f"{first.weights_sha256}\n{second.weights_sha256}\n".encode()).hexdigest()
    return ModelInfo(f"{first.name}+{second.name}", f"{first.version}+{second.version}", digest)


def load_cascade(folder: Path) -> CascadeScorer:
    """Open a model folder of this kind; its linear part lies beside it. Raises `ModelUnusable`."""
    model = read_model(folder)
    name = model.info.name
    if model.kind != KIND:
        raise ModelUnusable(name=name, why="kind")
    try:
        base_name, base_sha256 = str(model.fields["base"]["name"]), str(model.fields["base"]["sha256"])
        tokenizer = folder / str(model.fields["tokenizer"])
        expected, length = str(model.fields["tokenizer_sha256"]), int(model.fields["length"])
        found = file_sha256(tokenizer)
    except OSError as error:
        raise ModelUnusable(name=name, why="missing") from error
    except (KeyError, TypeError, ValueError) as error:
        raise ModelUnusable(name=name, why="malformed") from error
    base = load_linear(folder.parent / base_name)
    if found != expected or base.info.weights_sha256 != base_sha256:
        raise ModelUnusable(name=name, why="hash")
    return CascadeScorer(model, base, Encoder(EncoderFiles(name, model.weights, tokenizer, length)))
