"""The linear model settles what is plainly harmless; the rest is decided by both stages together."""

import json
import shutil
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest
from tiny_encoder import LENGTH, tiny_encoder

from core.classify.cascade import KIND, CascadeScorer, load_cascade
from core.classify.encoder import Encoder, Logits
from core.classify.engine import EmbeddedClassifier, load_scorer, shipped_model
from core.classify.features import model_text
from core.classify.fold import fold
from core.classify.level import Level
from core.classify.lexicon import load_packs
from core.classify.linear import load_linear
from core.classify.model_file import file_sha256
from core.domain.classification import LABELS, Decider
from core.errors import ModelUnusable

ABUSE = "you are a stupid worthless idiot"
CALM = "the library opens at nine on saturday"
LIMITS = {"gentle": 0.9, "balanced": 0.6, "strict": 0.4}


def folder_with(place: Path, **changes: object) -> Path:
    """A cascade folder around the shipped linear model and a hand-made encoder."""
    shutil.copytree(shipped_model("linear"), place / "linear")
    folder = place / "tiny"
    folder.mkdir()
    files = tiny_encoder(folder, {"zig": 9.0, "stupid": -9.0, "kind": -2.0})
    fields: dict[str, object] = {
        "name": "tiny",
        "version": "0.0.1",
        "kind": KIND,
        "weights": files.weights.name,
        "sha256": file_sha256(files.weights),
        "tokenizer": files.tokenizer.name,
        "tokenizer_sha256": file_sha256(files.tokenizer),
        "length": LENGTH,
        "base": {"name": "linear", "sha256": file_sha256(place / "linear" / "weights.npy")},
        "labels": list(LABELS),
        "band": 0.3,
        "settled_scale": [0.5] * len(LABELS),
        "blend": {"en": [[0.5, 1.0, 0.0]] * len(LABELS)},
        "thresholds": {level: {"en": dict.fromkeys(LABELS, value)} for level, value in LIMITS.items()},
    }
    (folder / "model.json").write_text(json.dumps(fields | changes), "utf-8")
    return folder


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return folder_with(tmp_path_factory.mktemp("cascade"))


@pytest.fixture(scope="module")
def scorer(folder: Path) -> CascadeScorer:
    return load_cascade(folder)


def prepared(*texts: str) -> list[str]:
    return [model_text(fold(text).text) for text in texts]


class Counting(Encoder):
    """Notes what it is asked."""

    def __init__(self, inner: Encoder) -> None:
        self.inner = inner
        self.asked: list[str] = []

    def logits(self, texts: Sequence[str]) -> Logits:
        self.asked += texts
        return self.inner.logits(texts)


def test_plainly_harmless_texts_never_reach_the_second_stage(scorer: CascadeScorer) -> None:
    counting = Counting(scorer._encoder)
    watched = CascadeScorer(scorer._model, scorer._base, counting)
    texts = prepared(CALM, ABUSE, "thank you for the article")
    found = watched.score(texts, ["en"] * 3)
    assert counting.asked == [texts[1]]
    linear = scorer._base.score(texts, ["en"] * 3)
    assert np.array_equal(found[[0, 2]], linear[[0, 2]] * np.float32(0.5))
    assert found[[0, 2]].max() < 0.3


def test_both_logits_are_joined_by_the_stored_weights(scorer: CascadeScorer) -> None:
    texts = prepared(ABUSE)
    z = 0.5 * scorer._base.logits(texts) + scorer._encoder.logits(texts)
    assert scorer.score(texts, ["en"]) == pytest.approx(1 / (1 + np.exp(-z)), abs=1e-6)
    assert scorer.score(texts, ["en"])[0, 0] < scorer._base.score(texts, ["en"])[0, 0]


def test_other_languages_keep_the_linear_model(scorer: CascadeScorer) -> None:
    texts = prepared("你这个汉奸走狗", ABUSE)
    assert np.array_equal(scorer.score(texts, ["zh", "xx"]), scorer._base.score(texts, ["zh", "xx"]))
    assert scorer.thresholds("zh", Level.STRICT) == scorer._base.thresholds("zh", Level.STRICT)
    assert scorer.thresholds("en", Level.STRICT) == (0.4,) * len(LABELS)
    assert min(scorer.thresholds("xx", Level.BALANCED)) > 1
    assert scorer.holds("en")
    assert scorer.holds("zh")
    assert not scorer.holds("xx")


def test_every_score_names_both_parts(scorer: CascadeScorer) -> None:
    linear = load_linear(shipped_model("linear")).info
    assert scorer.info.name == "linear+tiny"
    assert scorer.info.version == f"{linear.version}+0.0.1"
    assert len(scorer.info.weights_sha256) == 64
    assert scorer.info.weights_sha256 not in {linear.weights_sha256, scorer._model.info.weights_sha256}


def test_a_text_scores_the_same_in_any_company(scorer: CascadeScorer) -> None:
    texts = prepared(ABUSE, CALM, "zig you idiot", "kind idiot", "you stupid zig")
    together = scorer.score(texts, ["en"] * 5)
    alone = np.concatenate([scorer.score([text], ["en"]) for text in texts])
    assert np.array_equal(together, alone)
    assert scorer.score([], []).shape == (0, len(LABELS))


def test_reasons_hold_for_both_stages_together(scorer: CascadeScorer) -> None:
    classifier = EmbeddedClassifier(scorer, load_packs())
    text = "Go away zig, you idiot, nobody wants you"
    found = classifier.classify([text])[0]
    reasons = [r for r in found.reasons if r.decider is Decider.MODEL]
    toxic = next(r for r in reasons if r.name == "toxicity")
    assert any("zig" in text[a:b] for a, b in toxic.spans)
    assert sum(b - a for a, b in toxic.spans) < len(text)
    for reason in reasons:
        assert reason.spans
        rest = text
        for start, end in sorted(reason.spans, reverse=True):
            rest = rest[:start] + " " + rest[end:]
        after = classifier.classify([rest])[0]
        assert after.scores[reason.name] < (reason.threshold or 0)


def test_the_kind_of_a_folder_decides_what_opens_it(folder: Path) -> None:
    assert isinstance(load_scorer(folder), CascadeScorer)
    assert load_scorer(shipped_model("linear")).info.name == "linear"
    with pytest.raises(ModelUnusable):
        load_cascade(shipped_model("linear"))


@pytest.mark.parametrize(
    ("changes", "why"),
    [
        ({"tokenizer_sha256": "0" * 64}, "hash"),
        ({"base": {"name": "linear", "sha256": "0" * 64}}, "hash"),
        ({"sha256": "0" * 64}, "hash"),
        ({"base": {"name": "absent", "sha256": "0" * 64}}, "missing"),
        ({"tokenizer": "absent.json"}, "missing"),
        ({"blend": {"en": [[1.0, 1.0]]}}, "malformed"),
        ({"blend": {}}, "malformed"),
        ({"band": "wide"}, "malformed"),
        ({"settled_scale": [1.0]}, "malformed"),
        ({"base": None}, "malformed"),
    ],
)
def test_damaged_folders_are_refused(tmp_path: Path, changes: dict[str, object], why: str) -> None:
    folder = folder_with(tmp_path, **changes)
    with pytest.raises(ModelUnusable) as caught:
        load_cascade(folder)
    assert caught.value.params["why"] == why
