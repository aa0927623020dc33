"""Two stages: the linear model reads every text, a transformer those that are not plainly harmless.

A text whose toxicity the linear model puts below the band of its language is settled there: next to no
such text would be flagged by both together. Its scores are scaled to where joint scores stand. All others
go to the encoder trained for their language, and the logits of both are joined per label, with weights
fitted on held-out rows (`packaging/model/ship_cascade.py`). Languages without an encoder keep the linear
scores and thresholds.

Any number of encoders stand on one linear model. Each has a folder with a `model.json` of this kind, which
adds to the common fields: base (name and sha256 of the linear model), tokenizer, tokenizer_sha256, length
and, per language, band (a number), settled_scale (one per label) and blend ([linear, transformer, bias] per
label). These three and the thresholds name the same languages, and no language has two encoders.
"""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
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
# Fields a score depends on, beside the weights of the linear model.
_SCORING: Final = ("sha256", "tokenizer_sha256", "length", "band", "settled_scale", "blend")

_Floats = npt.NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Joint:
    """How the two stages work together in one language."""

    band: float
    settled_scale: _Floats  # (labels,)
    blend: _Floats  # (labels, 3): weight of the linear logit, of the transformer's, bias


@dataclass(frozen=True, slots=True)
class SecondStage:
    """One encoder with the languages it was trained for, and the (name, sha256) of what it stands on."""

    model: ModelFile
    encoder: Encoder
    joints: dict[str, Joint]
    base: tuple[str, str]


class CascadeScorer:
    """A `Scorer`. Safe to share between threads."""

    def __init__(self, base: LinearScorer, stages: Sequence[SecondStage]) -> None:
        self._base = base
        self._stages = tuple(stages)
        self._by_language = {language: stage for stage in stages for language in stage.joints}
        if sum(len(stage.joints) for stage in stages) != len(self._by_language):
            raise ModelUnusable(name=stages[-1].model.info.name, why="malformed")
        self._info = _joint_info(base.info, [stage.model for stage in stages])

    @property
    def info(self) -> ModelInfo:
        """All parts: their names and versions, and one hash over everything a score depends on."""
        return self._info

    def holds(self, language: str) -> bool:
        """Valid where one of the parts is."""
        return language in self._by_language or self._base.holds(language)

    def prepare(self, folded: Folded) -> str:
        """As for the linear model."""
        return self._base.prepare(folded)

    def score(self, texts: Sequence[str], languages: Sequence[str]) -> Scores:
        """Probabilities, shape (len(texts), 7)."""
        logits = self._base.logits(texts)
        scores = self._base.probabilities(logits, languages)
        of = np.array(languages, dtype=str)
        for stage in self._stages:
            rows: list[int] = []
            blends: list[_Floats] = []
            for language, joint in stage.joints.items():
                here = np.flatnonzero(of == language)
                settled = scores[here, TOXICITY] < joint.band
                scores[here[settled]] *= joint.settled_scale
                rows += here[~settled].tolist()
                blends += [joint.blend] * int((~settled).sum())
            if rows:
                second = stage.encoder.logits([texts[row] for row in rows])
                scores[rows] = _joined(logits[rows], second, np.stack(blends))
        return scores

    def quick(self, texts: Sequence[str], languages: Sequence[str]) -> Scores:
        """The first stage alone: to rank words by, before the whole model is asked."""
        return self._base.score(texts, languages)

    def thresholds(self, language: str, level: Level) -> tuple[float, ...]:
        """Per label; the linear model's own where no encoder takes part."""
        stage = self._by_language.get(language)
        if stage is None:
            return self._base.thresholds(language, level)
        return stage.model.thresholds[level][language]


def _joined(first: _Floats, second: _Floats, blend: _Floats) -> Scores:
    z = first * blend[:, :, 0] + second * blend[:, :, 1] + blend[:, :, 2]
    return (1.0 / (1.0 + np.exp(-z))).astype(np.float32, copy=False)


def _joint_info(base: ModelInfo, models: Sequence[ModelFile]) -> ModelInfo:
    parts = [base, *(model.info for model in models)]
    scoring = [base.weights_sha256, *({name: model.fields[name] for name in _SCORING} for model in models)]
    digest = hashlib.sha256(json.dumps(scoring, sort_keys=True).encode()).hexdigest()
    return ModelInfo("+".join(p.name for p in parts), "+".join(p.version for p in parts), digest)


def load_cascade(*folders: Path) -> CascadeScorer:
    """Open encoder folders; the linear model they stand on lies beside them. Raises `ModelUnusable`.

    One damaged or missing file makes all of it unusable: a part that silently fell away would leave whole
    languages to a worse model than the one whose figures the person was shown.
    """
    stages = [_open(folder) for folder in folders]
    base = load_linear(folders[0].parent / stages[0].base[0])
    for stage in stages:
        if stage.base != (base.info.name, base.info.weights_sha256):
            raise ModelUnusable(name=stage.model.info.name, why="hash")
    return CascadeScorer(base, stages)


def _open(folder: Path) -> SecondStage:
    model = read_model(folder)
    name, fields = model.info.name, model.fields
    if model.kind != KIND:
        raise ModelUnusable(name=name, why="kind")
    try:
        files = EncoderFiles(name, model.weights, folder / str(fields["tokenizer"]), int(fields["length"]))
        found = file_sha256(files.tokenizer)
        base = str(fields["base"]["name"]), str(fields["base"]["sha256"])
        joints = _read_joints(model)
    except OSError as error:
        raise ModelUnusable(name=name, why="missing") from error
    except (KeyError, TypeError, ValueError) as error:
        raise ModelUnusable(name=name, why="malformed") from error
    if found != fields.get("tokenizer_sha256"):
        raise ModelUnusable(name=name, why="hash")
    return SecondStage(model, Encoder(files), joints, base)


def _read_joints(model: ModelFile) -> dict[str, Joint]:
    band, scale, blend = (dict(model.fields[name]) for name in ("band", "settled_scale", "blend"))
    named = [band.keys(), scale.keys(), *(found.keys() for found in model.thresholds.values())]
    if not blend or any(languages != blend.keys() for languages in named):
        raise ValueError("languages")
    return {
        language: Joint(
            float(band[language]), _floats(scale[language], (len(LABELS),)), _floats(rows, (len(LABELS), 3))
        )
        for language, rows in blend.items()
    }


def _floats(values: Any, shape: tuple[int, ...]) -> _Floats:
    found = np.array(values, dtype=np.float32)
    if found.shape != shape or not np.isfinite(found).all():
        raise ValueError("shape")
    return found
