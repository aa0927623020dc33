"""Tiny random models in the official Detoxify checkpoint format, with the word pieces of their base."""

import hashlib
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

from core.classify.downloads import RemoteFile
from core.classify.official import Official

WORDS = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", "you", "are", "an", "idiot", "kind", "hello", "!"]
SEVEN = [
    "toxicity",
    "severe_toxicity",
    "obscene",
    "identity_attack",
    "insult",
    "threat",
    "sexual_explicit",
]
SIX = ["toxic", "severe_toxic", "obscene", "threat", "insult", "identity_hate"]
_SENTENCES = ["you are an idiot", "hello kind world", "thank you for the article", "are you kind"] * 40
_CLASSES = {
    "bert": ("BertForSequenceClassification", "BertTokenizer"),
    "roberta": ("RobertaForSequenceClassification", "RobertaTokenizer"),
    "xlm-roberta": ("XLMRobertaForSequenceClassification", "XLMRobertaTokenizer"),
    "albert": ("AlbertForSequenceClassification", "AlbertTokenizer"),
}


def publish(
    folder: Path,
    base: str,
    url: Callable[[str], str],
    *,
    classes: int = 16,
    change: Callable[[dict[str, Any]], None] = lambda content: None,
) -> Official:
    """Write a model's files as its project would publish them, and describe it; `url` says where they are."""
    import torch

    folder.mkdir(parents=True, exist_ok=True)
    pieces, vocabulary = _vocabulary(folder, base)
    torch.manual_seed(5)
    model = _model(base, vocabulary, classes)
    names = SEVEN if classes >= 7 else SIX
    content: dict[str, Any] = {
        "config": {
            "arch": {
                "args": {
                    "num_classes": classes,
                    "model_type": f"{base}-base",
                    "model_name": _CLASSES[base][0],
                    "tokenizer_name": _CLASSES[base][1],
                }
            },
            "dataset": {"args": {"classes": names}},
        },
        "state_dict": model.state_dict(),
    }
    change(content)
    torch.save(content, folder / f"tiny-{base}.ckpt")
    files = [_remote(folder / name, url) for name in pieces]
    whole = _remote(folder / f"tiny-{base}.ckpt", url)
    checkpoint = RemoteFile(whole.name, whole.url, whole.sha256[:8], whole.size, whole.limit)
    return Official(f"tiny-{base}", "1", checkpoint, tuple(files), base, ("en",), "Apache-2.0", 90.0)


def _remote(path: Path, url: Callable[[str], str]) -> RemoteFile:
    data = path.read_bytes()
    return RemoteFile(path.name, url(path.name), hashlib.sha256(data).hexdigest(), len(data), 2 * len(data))


def _vocabulary(folder: Path, base: str) -> tuple[list[str], int]:
    if base == "bert":
        (folder / "vocab.txt").write_text("\n".join(WORDS), "utf-8")
        return ["vocab.txt"], len(WORDS)
    if base == "roberta":
        letters = [chr(code) for code in range(33, 127)] + ["Ġ"]
        names = ["<s>", "<pad>", "</s>", "<unk>", *letters, "yo", "you", "Ġyou", "<mask>"]
        (folder / "vocab.json").write_text(json.dumps({name: place for place, name in enumerate(names)}))
        (folder / "merges.txt").write_text("#version: 0.2\ny o\nyo u\nĠ you\n", "utf-8")
        return ["vocab.json", "merges.txt"], len(names)
    return _sentence_pieces(folder, base)


def _sentence_pieces(folder: Path, base: str) -> tuple[list[str], int]:
    import sentencepiece

    text = folder / "sentences.txt"
    text.write_text("\n".join(_SENTENCES), "utf-8")
    more: dict[str, Any] = {}
    if base == "albert":
        more = {"control_symbols": "[CLS],[SEP],[MASK]", "pad_id": 0, "unk_id": 1, "bos_id": -1, "eos_id": -1}
    sentencepiece.SentencePieceTrainer.train(
        input=str(text), model_prefix=str(folder / "trained"), vocab_size=60, hard_vocab_limit=False,
        minloglevel=2, **more,
    )  # fmt: skip
    name = "spiece.model" if base == "albert" else "sentencepiece.bpe.model"
    (folder / "trained.model").rename(folder / name)
    size = sentencepiece.SentencePieceProcessor(model_file=str(folder / name)).get_piece_size()
    return [name], size + 4


def _model(base: str, vocabulary: int, classes: int) -> Any:
    import transformers

    sizes: dict[str, Any] = {
        "vocab_size": vocabulary,
        "hidden_size": 64,
        "num_hidden_layers": 12 if base == "albert" else 2,
        "num_attention_heads": 1,
        "intermediate_size": 32,
        "max_position_embeddings": 514 if "roberta" in base else 512,
        "num_labels": classes,
    }
    if base == "albert":
        sizes |= {"embedding_size": 16, "hidden_act": "gelu_new"}
    if "roberta" in base:
        sizes |= {"type_vocab_size": 1, "layer_norm_eps": 1e-5}
    name = _CLASSES[base][0]
    config = getattr(transformers, name.replace("ForSequenceClassification", "Config"))(**sizes)
    return getattr(transformers, name)(config)
