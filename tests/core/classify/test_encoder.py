"""The ONNX encoder: the same score alone and among others; files that are not models are refused."""

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest
from tiny_encoder import tiny_encoder

from core.classify import encoder as encoder_module
from core.classify.encoder import Encoder, EncoderFiles
from core.domain.classification import LABELS
from core.errors import ModelUnusable

TEXTS = ["good morning", "you zig", "zig zag zog", "zag", "", "good zig good zag good", "unknown letters"]


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> EncoderFiles:
    return tiny_encoder(tmp_path_factory.mktemp("encoder"), {"zig": 4.0, "zag": 2.0, "good": -3.0})


def test_logits_follow_the_words_and_the_order(files: EncoderFiles) -> None:
    found = Encoder(files).logits(TEXTS)
    assert found.shape == (len(TEXTS), len(LABELS))
    assert found[1, 0] > found[3, 0] > found[0, 0]


@pytest.mark.parametrize("threads", [1, 3])
def test_a_text_scores_the_same_alone_and_among_others(
    files: EncoderFiles, monkeypatch: pytest.MonkeyPatch, threads: int
) -> None:
    monkeypatch.setattr(encoder_module, "usable_threads", lambda: threads)
    encoder = Encoder(files)
    together = encoder.logits(TEXTS)
    alone = np.concatenate([encoder.logits([text]) for text in TEXTS])
    assert np.array_equal(together, alone)
    assert np.array_equal(encoder.logits(TEXTS[::-1]), together[::-1])


def test_no_text_needs_no_model() -> None:
    nowhere = EncoderFiles("none", Path("missing.onnx"), Path("missing.json"), 8)
    assert Encoder(nowhere).logits([]).shape == (0, len(LABELS))


def test_long_texts_are_cut_at_the_length(files: EncoderFiles) -> None:
    encoder = Encoder(files)
    long = "zig " * 500
    assert np.array_equal(encoder.logits([long]), encoder.logits(["zig " * 40]))


def test_broken_halves_of_characters_are_scored(files: EncoderFiles) -> None:
    assert np.isfinite(Encoder(files).logits(["zig \ud800 zag"])).all()


@pytest.mark.parametrize("broken", ["weights", "tokenizer"])
def test_a_file_that_is_no_model_is_refused(files: EncoderFiles, tmp_path: Path, broken: str) -> None:
    junk = tmp_path / "junk"
    junk.write_bytes(b"not a model")
    parts: Sequence[Path] = (junk, files.tokenizer) if broken == "weights" else (files.weights, junk)
    with pytest.raises(ModelUnusable) as caught:
        Encoder(EncoderFiles("junk", *parts, 8)).logits(["hello"])
    assert caught.value.params["why"] == "malformed"
