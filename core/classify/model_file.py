"""Reading a shipped model: `model.json` and its weights, checked before use.

`model.json` holds: name, version, kind, features_version, weights (file name), sha256, labels,
scale (one step of an int8 weight, per label), idf_scale, bias (per language and label),
thresholds (per level, language and label) and training (facts for people).
"""

import hashlib
import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from core.classify.level import Level
from core.domain.classification import LABELS, ModelInfo
from core.errors import ModelUnusable

_BLOCK = 1 << 20


@dataclass(frozen=True, slots=True)
class ModelFile:
    """A checked model folder. `thresholds[level][language]` follows LABELS."""

    info: ModelInfo
    kind: str
    weights: Path
    fields: dict[str, Any]
    thresholds: dict[Level, dict[str, tuple[float, ...]]]

    @property
    def languages(self) -> frozenset[str]:
        """Where the model is valid."""
        return frozenset(self.thresholds[Level.BALANCED])


def read_model(folder: Path) -> ModelFile:
    """Read and check a model folder. Raises `ModelUnusable` with why: missing, malformed, labels or hash."""
    name = folder.name
    try:
        fields = json.loads((folder / "model.json").read_text("utf-8"))
        weights = folder / str(fields["weights"])
        found = file_sha256(weights)
    except OSError as error:
        raise ModelUnusable(name=name, why="missing") from error
    except (ValueError, KeyError, TypeError) as error:
        raise ModelUnusable(name=name, why="malformed") from error
    if fields.get("labels") != list(LABELS):
        raise ModelUnusable(name=name, why="labels")
    if found != fields.get("sha256"):
        raise ModelUnusable(name=name, why="hash")
    try:
        info = ModelInfo(str(fields["name"]), str(fields["version"]), found)
        return ModelFile(info, str(fields["kind"]), weights, fields, _thresholds(fields))
    except (KeyError, TypeError, ValueError) as error:
        raise ModelUnusable(name=name, why="malformed") from error


def file_sha256(path: Path) -> str:
    """Hex SHA-256 of a file, read in blocks."""
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while block := file.read(_BLOCK):
            digest.update(block)
    return digest.hexdigest()


def _thresholds(fields: dict[str, Any]) -> dict[Level, dict[str, tuple[float, ...]]]:
    return {
        level: {
            language: tuple(float(by_label[label]) for label in LABELS)
            for language, by_label in fields["thresholds"][level.value].items()
        }
        for level in Level
    }
