"""Tiny data and a tiny backbone for the scripts of packaging/model, which are run by path."""

import json
import sys
from pathlib import Path

import polars as pl
import pytest

from core.domain.classification import LABELS

SCRIPTS = Path(__file__).parents[2] / "packaging" / "model"
sys.path.insert(0, str(SCRIPTS))

ABUSE = ("you {x} idiot", "shut up {x} fool", "what a {x} clown you are", "i will hurt you {x}")
CALM = ("the {x} train is late", "thanks for the {x} book", "is the {x} shop open", "a {x} day in the park")
WORDS = (
    *("red", "blue", "green", "old", "new", "tall", "small", "long", "short", "warm"),
    *("cold", "quick", "slow", "wet", "dry", "soft", "hard", "bright", "dark", "round"),
)


def rows(source: str, abuse: tuple[str, ...], calm: tuple[str, ...]) -> list[dict[str, object]]:
    """Every frame with every word; labels as a real source would have them, some unknown."""
    found: list[dict[str, object]] = []
    for frames, value in ((abuse, 1.0), (calm, 0.0)):
        for frame in frames:
            for word in WORDS:
                labels = dict.fromkeys(LABELS, 0.0) | {"toxicity": value, "insult": value}
                labels["threat"] = value if "hurt" in frame else 0.0
                text = f"{frame.format(x=word)} {source[:4]}"
                unknown: dict[str, object] = {"sexual_explicit": None}
                found.append({"text": text, "lang": "en", "source": source} | labels | unknown)
    return found


@pytest.fixture(scope="session")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder of two sources."""
    folder = tmp_path_factory.mktemp("data")
    schema = {"text": pl.String, "lang": pl.String, "source": pl.String} | dict.fromkeys(LABELS, pl.Float32)
    for source in ("jigsaw_toxic_comments", "davidson_2017"):
        pl.DataFrame(rows(source, ABUSE, CALM), schema=schema).write_parquet(folder / f"{source}.parquet")
    return folder


@pytest.fixture(scope="session")
def backbone(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A random encoder of four tiny layers, in the files of all-MiniLM-L6-v2."""
    import torch
    from safetensors.torch import save_file
    from transformers import BertConfig, BertModel

    folder = tmp_path_factory.mktemp("backbone")
    letters = "abcdefghijklmnopqrstuvwxyz0@.!?,'\""
    words = {w for frame in ABUSE + CALM for w in frame.split() if "{" not in w} | set(WORDS)
    marks = ["[PAD]", "[UNK]", "[CLS]", "[SEP]"]
    pieces = [*marks, *letters, *(f"##{c}" for c in letters), *sorted(words - set(letters))]
    tokenizer = {
        "version": "1.0",
        "truncation": {"max_length": 4, "strategy": "LongestFirst", "stride": 0, "direction": "Right"},
        "padding": None,
        "added_tokens": [
            dict.fromkeys(("single_word", "lstrip", "rstrip", "normalized"), False)
            | {"id": i, "content": mark, "special": True}
            for i, mark in enumerate(marks)
        ],
        "normalizer": {"type": "BertNormalizer", "clean_text": True, "handle_chinese_chars": True,
                       "strip_accents": None, "lowercase": True},
        "pre_tokenizer": {"type": "BertPreTokenizer"},
        "post_processor": {
            "type": "TemplateProcessing",
            "single": [
                {"SpecialToken": {"id": "[CLS]", "type_id": 0}},
                {"Sequence": {"id": "A", "type_id": 0}},
                {"SpecialToken": {"id": "[SEP]", "type_id": 0}},
            ],
            "pair": [{"Sequence": {"id": "A", "type_id": 0}}, {"Sequence": {"id": "B", "type_id": 1}}],
            "special_tokens": {
                name: {"id": name, "ids": [marks.index(name)], "tokens": [name]}
                for name in ("[CLS]", "[SEP]")
            },
        },
        "decoder": None,
        "model": {"type": "WordPiece", "unk_token": "[UNK]", "continuing_subword_prefix": "##",
                  "max_input_chars_per_word": 100, "vocab": {piece: i for i, piece in enumerate(pieces)}},
    }  # fmt: skip
    (folder / "tokenizer.json").write_text(json.dumps(tokenizer), "utf-8")
    torch.manual_seed(3)
    config = BertConfig(
        vocab_size=len(pieces), hidden_size=32, num_hidden_layers=4, num_attention_heads=4,
        intermediate_size=64, max_position_embeddings=64, pad_token_id=0,
    )  # fmt: skip
    config.save_pretrained(folder)
    save_file(BertModel(config, add_pooling_layer=False).state_dict(), folder / "model.safetensors")
    return folder
