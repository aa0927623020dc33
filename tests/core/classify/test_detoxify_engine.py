"""Official-format Detoxify checkpoints: built here, loaded through the real package, refused when wrong."""

import hashlib
import json
import pickle
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from core.classify.detoxify_engine import DetoxifyClassifier, DetoxifyFiles
from core.domain.classification import LABELS, Category
from core.errors import ModelUnusable

torch = pytest.importorskip("torch")
pytestmark = [
    pytest.mark.slow,
    # Raised inside transformers and torch, not by us.
    pytest.mark.filterwarnings("ignore::DeprecationWarning"),
    pytest.mark.filterwarnings("ignore::FutureWarning"),
    pytest.mark.filterwarnings("ignore::UserWarning"),
]
WORDS = [
    "[PAD]",
    "[UNK]",
    "[CLS]",
    "[SEP]",
    "[MASK]",
    "you",
    "are",
    "an",
    "idiot",
    "kind",
    "i",
    "will",
    "kill",
    "hello",
    "!",
]


def official(folder: Path, change: Callable[[dict[str, Any]], None] = lambda _: None) -> DetoxifyFiles:
    """A tiny random BERT in the official checkpoint format, with its config and tokenizer folder."""
    from transformers import BertConfig, BertForSequenceClassification

    arch = folder / "arch"
    arch.mkdir()
    (arch / "vocab.txt").write_text("\n".join(WORDS), "utf-8")
    torch.manual_seed(3)
    config = BertConfig(
        vocab_size=len(WORDS),
        hidden_size=16,
        num_hidden_layers=1,
        num_attention_heads=2,
        intermediate_size=16,
        num_labels=len(LABELS),
    )
    config.save_pretrained(arch)
    (arch / "tokenizer_config.json").write_text(json.dumps({"tokenizer_class": "BertTokenizer"}), "utf-8")
    model = BertForSequenceClassification(config)
    content: dict[str, Any] = {
        "config": {
            "arch": {
                "args": {
                    "num_classes": len(LABELS),
                    "model_type": "bert-base-uncased",
                    "model_name": "BertForSequenceClassification",
                    "tokenizer_name": "BertTokenizer",
                }
            },
            "dataset": {"args": {"classes": list(LABELS)}},
        },
        "state_dict": model.state_dict(),
    }
    change(content)
    checkpoint = folder / "tiny.ckpt"
    torch.save(content, checkpoint)
    return DetoxifyFiles("tiny", "1", checkpoint, _sha(checkpoint), arch, frozenset({"en"}))


def _sha(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def _why(files: DetoxifyFiles) -> object:
    with pytest.raises(ModelUnusable) as caught:
        DetoxifyClassifier(files)
    return caught.value.params["why"]


def test_scores_are_those_of_the_detoxify_package(tmp_path: Path) -> None:
    files = official(tmp_path)
    texts = ["you are an idiot!", "hello kind", "i will kill you", "you are an idiot!"]
    found = DetoxifyClassifier(files).classify(texts)
    from transformers import BertForSequenceClassification, BertTokenizer

    state = torch.load(files.checkpoint, weights_only=True)["state_dict"]
    model = BertForSequenceClassification.from_pretrained(
        None, config=str(files.folder), state_dict=state
    ).eval()
    inputs = BertTokenizer.from_pretrained(files.folder)(texts, return_tensors="pt", padding=True)
    with torch.no_grad():
        expected = torch.sigmoid(model(**inputs)[0])
    for row, classification in zip(expected, found, strict=True):
        assert list(classification.scores) == list(LABELS)
        assert list(classification.scores.values()) == pytest.approx(row.tolist(), abs=1e-5)
        assert classification.model.weights_sha256 == files.sha256
    assert found[0] == found[3]
    assert Category.THREAT in found[2].categories  # the rules speak whatever the model scores


def test_languages_the_checkpoint_does_not_cover_are_not_scored(tmp_path: Path) -> None:
    found = DetoxifyClassifier(official(tmp_path)).classify(["今天天气真好", ""])
    assert [c.in_scope for c in found] == [False, False]
    assert not any(c.abusive for c in found)


def test_older_names_of_labels_are_understood(tmp_path: Path) -> None:
    def six(content: dict[str, Any]) -> None:
        content["config"]["dataset"]["args"]["classes"] = [
            "toxic",
            "severe_toxic",
            "obscene",
            "threat",
            "insult",
            "identity_hate",
        ]

    scores = DetoxifyClassifier(official(tmp_path, six)).classify(["hello"])[0].scores
    assert scores["toxicity"] > 0
    assert scores["identity_attack"] > 0
    assert scores["sexual_explicit"] == 0


def test_a_missing_head_is_refused_not_invented(tmp_path: Path) -> None:
    def behead(content: dict[str, Any]) -> None:
        state = content["state_dict"]
        content["state_dict"] = {k: v for k, v in state.items() if not k.startswith("classifier")}

    assert _why(official(tmp_path, behead)) == "weights"


def test_an_unknown_weight_is_refused(tmp_path: Path) -> None:
    assert _why(official(tmp_path, lambda c: c["state_dict"].update(extra=torch.zeros(1)))) == "weights"


def test_a_counter_of_older_versions_is_harmless(tmp_path: Path) -> None:
    def add(content: dict[str, Any]) -> None:
        content["state_dict"]["bert.embeddings.position_ids"] = torch.arange(512).unsqueeze(0)

    assert DetoxifyClassifier(official(tmp_path, add)).classify(["hello"])[0].in_scope


def test_another_shape_is_refused(tmp_path: Path) -> None:
    def shrink(content: dict[str, Any]) -> None:
        content["state_dict"]["classifier.weight"] = torch.zeros(2, 16)

    assert _why(official(tmp_path, shrink)) in {"format", "weights"}


@pytest.mark.parametrize(
    ("key", "value"), [("model_name", "AutoModel"), ("tokenizer_name", "Evil"), ("surprise", 1)]
)
def test_unknown_architectures_are_refused(tmp_path: Path, key: str, value: object) -> None:
    files = official(tmp_path, lambda c: c["config"]["arch"]["args"].update({key: value}))
    assert _why(files) == "format"


def test_a_file_that_carries_code_is_refused_and_the_code_not_run(tmp_path: Path) -> None:
    files = official(tmp_path)
    trace = tmp_path / "ran"

    class Payload:
        def __reduce__(self) -> tuple[Any, ...]:
            return (Path.touch, (trace,))

    files.checkpoint.write_bytes(pickle.dumps({"config": Payload(), "state_dict": {}}))
    assert _why(replace(files, sha256=_sha(files.checkpoint))) == "unsafe-or-damaged"
    torch.save({"config": Payload(), "state_dict": {}}, files.checkpoint)
    assert _why(replace(files, sha256=_sha(files.checkpoint))) == "unsafe-or-damaged"
    assert not trace.exists()


def test_wrong_hash_missing_and_oversized_files_are_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    files = official(tmp_path)
    assert _why(replace(files, sha256="0" * 64)) == "hash"
    assert _why(replace(files, checkpoint=tmp_path / "none.ckpt")) == "missing"
    monkeypatch.setattr("core.classify.detoxify_engine.MAX_BYTES", 10)
    assert _why(files) == "too-large"


def test_a_folder_without_its_architecture_is_refused(tmp_path: Path) -> None:
    files = official(tmp_path)
    assert _why(replace(files, folder=tmp_path / "nowhere")) == "format"


def test_importing_the_module_imports_no_torch() -> None:
    code = (
        "import sys, core.classify.detoxify_engine;"
        "print({'torch', 'transformers', 'detoxify'} & set(sys.modules))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "set()"
