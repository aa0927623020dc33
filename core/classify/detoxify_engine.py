"""Official Detoxify checkpoints, loaded offline from a file whose hash is known.

Differences from `Detoxify(...)` itself, each because of a measured hazard: the file's SHA-256 must
match before anything is read; it is read with `weights_only=True`, so that no pickle runs; every
expected weight must be present, since a missing head would be filled with random numbers; the model
folder named inside the file is replaced in memory by the local one. torch, transformers and detoxify
are imported on construction, not with this module.
"""

import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import numpy as np

from core.classify.engine import EmbeddedClassifier
from core.classify.fold import Folded
from core.classify.level import Level
from core.classify.lexicon import load_packs
from core.classify.model_file import file_sha256
from core.classify.scorer import Scores
from core.domain.classification import LABELS, ModelInfo
from core.errors import ModelUnusable

MAX_BYTES: Final = 2_000_000_000  # the largest official checkpoint is about 1.1 GB
_BATCH: Final = 32  # texts of similar length scored together
_ARCH_KEYS: Final = frozenset({"num_classes", "model_type", "model_name", "tokenizer_name"})
# transformers classes a checkpoint may name: those of the official checkpoints.
_MODEL_CLASSES: Final = frozenset(
    {
        "BertForSequenceClassification",
        "RobertaForSequenceClassification",
        "AlbertForSequenceClassification",
        "XLMRobertaForSequenceClassification",
    }
)
_TOKENIZERS: Final = frozenset(
    {
        "BertTokenizer",
        "BertTokenizerFast",
        "RobertaTokenizer",
        "RobertaTokenizerFast",
        "AlbertTokenizer",
        "AlbertTokenizerFast",
        "XLMRobertaTokenizer",
        "XLMRobertaTokenizerFast",
        "AutoTokenizer",
        "PreTrainedTokenizerFast",
    }
)
# Not weights but counters that older versions saved; absent in newer classes, harmless.
_MAY_BE_EXTRA: Final = ("position_ids",)
# Names of the official checkpoints' classes that differ from the seven labels.
_RENAMED: Final = {
    "toxic": "toxicity",
    "severe_toxic": "severe_toxicity",
    "identity_hate": "identity_attack",
}
# Detoxify publishes no thresholds; .5 is what its documentation uses. Levels move it.
_THRESHOLDS: Final = {Level.GENTLE: 0.8, Level.BALANCED: 0.5, Level.STRICT: 0.3}


@dataclass(frozen=True, slots=True)
class DetoxifyFiles:
    """A checkpoint on disk. `folder` holds config.json and the tokenizer files of its architecture.

    `languages` are those its authors name; texts in others are out of scope.
    """

    name: str
    version: str
    checkpoint: Path
    sha256: str
    folder: Path
    languages: frozenset[str]


class DetoxifyScorer:
    """A `Scorer` through the real `detoxify` package. Raises `ModelUnusable` on construction."""

    def __init__(self, files: DetoxifyFiles, device: str = "cpu") -> None:
        self._files = files
        self._info = ModelInfo(files.name, files.version, files.sha256)
        _check_file(files)
        self._detoxify = _build(files, _read(files), device)

    @property
    def info(self) -> ModelInfo:
        """The checkpoint in use."""
        return self._info

    def holds(self, language: str) -> bool:
        """Valid for the languages the checkpoint's authors name."""
        return language in self._files.languages

    def prepare(self, folded: Folded) -> str:
        """The text as it came, which the checkpoint was trained on; the folded one when disguised."""
        return folded.text if folded.disguised else folded.source

    def score(self, texts: Sequence[str], languages: Sequence[str]) -> Scores:
        """Scores, shape (len(texts), 7); labels the checkpoint lacks stay 0."""
        out = np.zeros((len(texts), len(LABELS)), dtype=np.float32)
        order = sorted(range(len(texts)), key=lambda i: len(texts[i]))  # little padding per batch
        for start in range(0, len(order), _BATCH):
            rows = order[start : start + _BATCH]
            found = self._predict([texts[i] for i in rows])
            for name, values in found.items():
                label = _RENAMED.get(name, name)
                if label in LABELS:
                    out[rows, LABELS.index(label)] = values
        return out

    def quick(self, texts: Sequence[str], languages: Sequence[str]) -> Scores:
        """There is no cheaper way."""
        return self.score(texts, languages)

    def thresholds(self, language: str, level: Level) -> tuple[float, ...]:
        """The same for every label and language in scope."""
        value = _THRESHOLDS[level] if self.holds(language) else 2.0
        return (value,) * len(LABELS)

    def _predict(self, texts: list[str]) -> Mapping[str, Sequence[float]]:
        try:
            found: Mapping[str, Sequence[float]] = self._detoxify.predict(
                [text.encode("utf-8", "replace").decode() for text in texts]
            )
        except (RuntimeError, ValueError, IndexError) as error:
            raise ModelUnusable(name=self._files.name, why="predict") from error
        return found


class DetoxifyClassifier(EmbeddedClassifier):
    """A `core.ports.Classifier` over an official checkpoint, with the same words and rules as ours."""

    def __init__(self, files: DetoxifyFiles, level: Level = Level.BALANCED, device: str = "cpu") -> None:
        super().__init__(DetoxifyScorer(files, device), load_packs(), level)


def _check_file(files: DetoxifyFiles) -> None:
    try:
        size = files.checkpoint.stat().st_size
        if size > MAX_BYTES:
            raise ModelUnusable(name=files.name, why="too-large")
        if file_sha256(files.checkpoint) != files.sha256.lower():
            raise ModelUnusable(name=files.name, why="hash")
    except OSError as error:
        raise ModelUnusable(name=files.name, why="missing") from error


def _read(files: DetoxifyFiles) -> dict[str, Any]:
    """The checkpoint's content, without running anything in it."""
    import pickle

    try:
        import torch
    except ImportError as error:
        raise ModelUnusable(name=files.name, why="torch") from error
    try:
        loaded = torch.load(files.checkpoint, map_location="cpu", weights_only=True)
    except (pickle.UnpicklingError, RuntimeError, ValueError, EOFError, KeyError, OSError) as error:
        raise ModelUnusable(name=files.name, why="unsafe-or-damaged") from error
    if not isinstance(loaded, dict):
        raise ModelUnusable(name=files.name, why="format")
    return loaded


def _arguments(files: DetoxifyFiles, loaded: dict[str, Any]) -> tuple[dict[str, Any], list[str]]:
    """The architecture's arguments and the class names, checked against what we know."""
    try:
        config = loaded["config"]
        args = dict(config["arch"]["args"])
        classes = list(config["dataset"]["args"]["classes"])
        state = loaded["state_dict"]
    except (KeyError, TypeError) as error:
        raise ModelUnusable(name=files.name, why="format") from error
    known = args.get("model_name") in _MODEL_CLASSES and args.get("tokenizer_name") in _TOKENIZERS
    if not known or set(args) != _ARCH_KEYS or not isinstance(state, dict):
        raise ModelUnusable(name=files.name, why="format")
    named = {_RENAMED.get(name, name) for name in classes}
    if "toxicity" not in named or len(classes) > int(args["num_classes"]):
        raise ModelUnusable(name=files.name, why="labels")
    return args, classes


def _build(files: DetoxifyFiles, loaded: dict[str, Any], device: str) -> Any:
    args, classes = _arguments(files, loaded)
    args["model_type"] = str(files.folder)
    os.environ.setdefault("HF_HUB_OFFLINE", "1")  # before transformers is imported: never ask a server
    try:
        from detoxify import Detoxify
        from detoxify.detoxify import get_model_and_tokenizer

        model, tokenizer = get_model_and_tokenizer(
            **args, state_dict=loaded["state_dict"], huggingface_config_path=str(files.folder)
        )
    except ImportError as error:
        raise ModelUnusable(name=files.name, why="detoxify") from error
    except (OSError, RuntimeError, ValueError, TypeError, KeyError, AttributeError) as error:
        raise ModelUnusable(name=files.name, why="format") from error
    _check_weights(files, model, loaded["state_dict"])
    detoxify = Detoxify.__new__(Detoxify)
    detoxify.model, detoxify.tokenizer, detoxify.class_names = model, tokenizer, classes
    detoxify.device = device
    try:
        detoxify.model.to(device).eval()
    except (RuntimeError, AssertionError) as error:
        raise ModelUnusable(name=files.name, why="device") from error
    return detoxify


def _check_weights(files: DetoxifyFiles, model: Any, state: Mapping[str, Any]) -> None:
    """Every weight of the model comes from the file, with its shape, and nothing else is in the file."""
    expected = {name: tuple(value.shape) for name, value in model.state_dict().items()}
    given = {name: tuple(value.shape) for name, value in state.items()}
    extra = [n for n in given.keys() - expected.keys() if not n.endswith(_MAY_BE_EXTRA)]
    missing = [n for n in expected.keys() - given.keys() if not n.endswith(_MAY_BE_EXTRA)]
    if missing or extra or any(given.get(n, s) != s for n, s in expected.items()):
        raise ModelUnusable(name=files.name, why="weights")
