"""The official Detoxify checkpoints: what each is, where its project publishes it, and how it is made ready.

Addresses and names are those of the `detoxify` package (0.5.4, `MODEL_URLS`); the eight hex digits in a
checkpoint's name are the beginning of its SHA-256 (torch hub's convention). A checkpoint holds no word
pieces: those come from the base model its authors started from, at a fixed revision and with known
hashes. The architecture files are written here, so nothing else is ever fetched.
"""

import json
import os
import pickle
import re
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from core.classify.downloads import RemoteFile
from core.errors import ModelUnusable

if TYPE_CHECKING:
    from core.classify.detoxify_engine import DetoxifyFiles

_MB: Final = 1_000_000
_RELEASES: Final = "https://github.com/unitaryai/detoxify/releases/download/"
_HUB: Final = "https://huggingface.co/"
# The release addresses, the stores behind them, and where the base models' word pieces are published.
HOSTS: Final = frozenset(
    {
        "github.com",
        "objects.githubusercontent.com",
        "release-assets.githubusercontent.com",
        "huggingface.co",
        "cdn-lfs.hf.co",
        "cdn-lfs.huggingface.co",
        "cas-bridge.xethub.hf.co",
    }
)
_LONGEST: Final = 512  # tokens; the base models read no more
_MOST_CLASSES: Final = 64
_LAYER: Final = re.compile(r"encoder\.layer\.(\d+)\.")


@dataclass(frozen=True, slots=True)
class Official:
    """One official model. `languages` are those its authors name, `auc` their own score in percent."""

    key: str
    version: str
    checkpoint: RemoteFile
    vocabulary: tuple[RemoteFile, ...]
    base: str
    languages: tuple[str, ...]
    licence: str
    auc: float

    @property
    def files(self) -> tuple[RemoteFile, ...]:
        """Everything that is fetched, word pieces first: they are small and fail early."""
        return (*self.vocabulary, self.checkpoint)

    @property
    def size(self) -> int:
        """Bytes to fetch, about."""
        return sum(file.size for file in self.files)


def _checkpoint(path: str, sha256: str, megabytes: int) -> RemoteFile:
    size = megabytes * _MB
    return RemoteFile(path.rpartition("/")[2], _RELEASES + path, sha256, size, size + size // 4)


def _piece(repository: str, revision: str, name: str, sha256: str, size: int) -> RemoteFile:
    return RemoteFile(name, f"{_HUB}{repository}/resolve/{revision}/{name}", sha256, size, size)


# Revisions and hashes as other projects pin them, checked against each other; vocab.txt also against a copy.
_BERT: Final = (
    _piece(
        "google-bert/bert-base-uncased",
        "86b5e0934494bd15c9632b12f734a8a67f723594",
        "vocab.txt",
        "07eced375cec144d27c900241f3e339478dec958f92fddbc551f295c992038a3",
        231_508,
    ),
)
_ROBERTA: Final = tuple(
    _piece("FacebookAI/roberta-base", "e2da8e2f811d1448a5b465c236feacd80ffbac7b", *rest)
    for rest in (
        ("vocab.json", "9e7f63c2d15d666b52e21d250d2e513b87c9b713cfa6987a82ed89e5e6e50655", 898_823),
        ("merges.txt", "1ce1664773c50f3e0cc8842619a93edc4624525b728b188a9e0be33b7726adc5", 456_318),
    )
)
_XLM: Final = (
    _piece(
        "FacebookAI/xlm-roberta-base",
        "e73636d4f797dec63c3081bb6ed5c7b0bb3f2089",
        "sentencepiece.bpe.model",
        "cfc8146abe2a0488e9e2a0c56de7952f7c11ab059eca145a0a727afce0db2865",
        5_069_051,
    ),
)
_ALBERT: Final = (
    _piece(
        "albert/albert-base-v2",
        "8e2f239c5f8a2c0f253781ca60135db913e5c80c",
        "spiece.model",
        "fefb02b667a6c5c2fe27602d28e5fb3428f66ab89c7d6f388e7c8d44a02d0336",
        760_289,
    ),
)
_ENGLISH: Final = ("en",)
# The languages of the third Jigsaw challenge, as the project lists them.
_SEVEN: Final = ("en", "fr", "es", "it", "pt", "tr", "ru")
_LICENCE: Final = "Apache-2.0"

OFFICIAL: Final = (
    Official(
        "original",
        "0.1-alpha",
        _checkpoint(
            "v0.1-alpha/toxic_original-c1212f89.ckpt",
            # Whole: published by a third party that scored with it, and it begins as the name says.
            "c1212f89ac23307ab33932ce29dc446a6e030fb3f384a500890bbe662b7b544a",
            438,
        ),
        _BERT,
        "bert",
        _ENGLISH,
        _LICENCE,
        98.64,
    ),
    Official(
        "unbiased",
        "0.3-alpha",
        _checkpoint("v0.3-alpha/toxic_debiased-c7548aa0.ckpt", "c7548aa0", 499),
        _ROBERTA,
        "roberta",
        _ENGLISH,
        _LICENCE,
        93.74,
    ),
    Official(
        "multilingual",
        "0.4-alpha",
        _checkpoint("v0.4-alpha/multilingual_debiased-0b549669.ckpt", "0b549669", 1_113),
        _XLM,
        "xlm-roberta",
        _SEVEN,
        _LICENCE,
        92.11,
    ),
    Official(
        "original-small",
        "0.1.2",
        _checkpoint("v0.1.2/original-albert-0e1d6498.ckpt", "0e1d6498", 47),
        _ALBERT,
        "albert",
        _ENGLISH,
        _LICENCE,
        98.28,
    ),
    Official(
        "unbiased-small",
        "0.1.2",
        _checkpoint("v0.1.2/unbiased-albert-c8519128.ckpt", "c8519128", 47),
        _ALBERT,
        "albert",
        _ENGLISH,
        _LICENCE,
        93.36,
    ),
)

# What the base models' own configurations say that cannot be read off the weights' shapes.
_ARCHITECTURES: Final[dict[str, dict[str, Any]]] = {
    "bert": {"model_type": "bert"},
    "roberta": {"model_type": "roberta", "layer_norm_eps": 1e-5},
    "xlm-roberta": {"model_type": "xlm-roberta", "layer_norm_eps": 1e-5},
    "albert": {
        "model_type": "albert",
        "num_hidden_layers": 12,
        "hidden_act": "gelu_new",
        "hidden_dropout_prob": 0.0,
        "attention_probs_dropout_prob": 0.0,
        "classifier_dropout_prob": 0.1,
    },
}
_TOKENIZERS: Final = {
    "bert": "BertTokenizer",
    "roberta": "RobertaTokenizer",
    "xlm-roberta": "XLMRobertaTokenizer",
    "albert": "AlbertTokenizer",
}


@dataclass(frozen=True, slots=True)
class Content:
    """What a checkpoint says of itself: how many classes it scores, and the sizes of its layers."""

    classes: int
    sizes: dict[str, int]


def inspect(model: Official, checkpoint: Path) -> Content:
    """Look into a checkpoint; nothing in it is run.

    Raises `ModelUnusable` with why: torch, unsafe-or-damaged or format.
    """
    try:
        import torch
    except ImportError as error:
        raise ModelUnusable(name=model.key, why="torch") from error
    try:
        loaded = torch.load(checkpoint, map_location="cpu", weights_only=True, mmap=True)
    except (pickle.UnpicklingError, RuntimeError, ValueError, EOFError, KeyError, OSError) as error:
        raise ModelUnusable(name=model.key, why="unsafe-or-damaged") from error
    try:
        arguments = loaded["config"]["arch"]["args"]
        count, tokenizer = int(arguments["num_classes"]), str(arguments["tokenizer_name"])
        shapes = {str(name): tuple(value.shape) for name, value in loaded["state_dict"].items()}
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise ModelUnusable(name=model.key, why="format") from error
    if not 1 <= count <= _MOST_CLASSES or not tokenizer.startswith(_TOKENIZERS[model.base]):
        raise ModelUnusable(name=model.key, why="format")
    return Content(count, _sizes(model, shapes))


def _sizes(model: Official, shapes: dict[str, tuple[int, ...]]) -> dict[str, int]:
    """Layer sizes in the words of a configuration, read off the weights. Heads are 64 wide."""

    def rows(ending: str, column: int = 0) -> int:
        for name, shape in shapes.items():
            if name.endswith(ending) and len(shape) == 2:
                return shape[column]
        raise ModelUnusable(name=model.key, why="weights")

    found = {
        "vocab_size": rows("embeddings.word_embeddings.weight"),
        "max_position_embeddings": rows("embeddings.position_embeddings.weight"),
        "type_vocab_size": rows("embeddings.token_type_embeddings.weight"),
    }
    if model.base == "albert":
        found["embedding_size"] = rows("embeddings.word_embeddings.weight", 1)
        found["hidden_size"] = rows("encoder.embedding_hidden_mapping_in.weight")
        found["intermediate_size"] = rows(".ffn.weight")
    else:
        found["hidden_size"] = rows("embeddings.word_embeddings.weight", 1)
        found["intermediate_size"] = rows("intermediate.dense.weight")
        layers = {match[1] for name in shapes if (match := _LAYER.search(name))}
        found["num_hidden_layers"] = len(layers)
    found["num_attention_heads"] = max(1, found["hidden_size"] // 64)
    return found


def write_architecture(model: Official, folder: Path, content: Content) -> None:
    """config.json and tokenizer_config.json, which a checkpoint lacks."""
    labels = {str(number): f"LABEL_{number}" for number in range(content.classes)}
    config = {**_ARCHITECTURES[model.base], **content.sizes, "id2label": labels}
    config["label2id"] = {name: int(number) for number, name in labels.items()}
    tokenizer: dict[str, Any] = {"tokenizer_class": _TOKENIZERS[model.base], "model_max_length": _LONGEST}
    if model.base in ("bert", "albert"):
        tokenizer["do_lower_case"] = True
    for name, written in (("config.json", config), ("tokenizer_config.json", tokenizer)):
        part = folder / f"{name}.new"
        part.write_text(json.dumps(written, indent=1), "ascii")
        part.replace(folder / name)


def ready_files(model: Official, folder: Path, sha256: str) -> "DetoxifyFiles":
    """What the engine loads; `sha256` is the whole hash recorded when the checkpoint was first complete."""
    from core.classify.detoxify_engine import DetoxifyFiles

    return DetoxifyFiles(
        name=f"detoxify-{model.key}",
        version=model.version,
        checkpoint=folder / model.checkpoint.name,
        sha256=sha256,
        folder=folder,
        languages=frozenset(model.languages),
    )


def missing_packages() -> tuple[str, ...]:
    """Packages an official model needs that this installation lacks; none of them is imported."""
    from importlib.util import find_spec

    return tuple(name for name in ("torch", "transformers", "detoxify") if find_spec(name) is None)


def devices() -> tuple[str, ...]:
    """Where a model can run here: cpu, and cuda or mps when torch finds them. Imports torch: seconds."""
    try:
        import torch
    except ImportError:
        return ("cpu",)
    found = ["cpu"]
    if torch.cuda.is_available():
        found.append("cuda")
    if torch.backends.mps.is_available():
        found.append("mps")
    return tuple(found)


def stay_offline() -> None:
    """Before transformers is imported: it must never ask a server for anything."""
    os.environ.setdefault("HF_HUB_OFFLINE", "1")
    os.environ.setdefault("TRANSFORMERS_OFFLINE", "1")
