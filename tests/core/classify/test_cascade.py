"""The linear model settles what is plainly harmless; the rest is decided by both stages together."""

import json
import shutil
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from tiny_encoder import LENGTH, tiny_encoder, tiny_unigram_encoder

from core.classify.cascade import KIND, CascadeScorer, SecondStage, load_cascade
from core.classify.encoder import Encoder, EncoderFiles, Logits
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
OTHER_LIMITS = {"gentle": 0.95, "balanced": 0.7, "strict": 0.5}


def encoder_folder(place: Path, files: EncoderFiles, language: str, **changes: object) -> Path:
    """`model.json` beside a hand-made encoder; the shipped linear model lies next to its folder."""
    folder = files.weights.parent
    fields: dict[str, object] = {
        "name": folder.name,
        "version": "0.0.1",
        "kind": KIND,
        "weights": files.weights.name,
        "sha256": file_sha256(files.weights),
        "tokenizer": files.tokenizer.name,
        "tokenizer_sha256": file_sha256(files.tokenizer),
        "length": LENGTH,
        "base": {"name": "linear", "sha256": file_sha256(place / "linear" / "weights.npy")},
        "labels": list(LABELS),
        "band": {language: 0.3},
        "settled_scale": {language: [0.5] * len(LABELS)},
        "blend": {language: [[0.5, 1.0, 0.0]] * len(LABELS)},
        "thresholds": {level: {language: dict.fromkeys(LABELS, value)} for level, value in LIMITS.items()},
    }
    (folder / "model.json").write_text(json.dumps(fields | changes), "utf-8")
    return folder


def made(place: Path, name: str) -> Path:
    """An empty folder beside a copy of the shipped linear model."""
    if not (place / "linear").exists():
        shutil.copytree(shipped_model("linear"), place / "linear")
    folder = place / name
    folder.mkdir()
    return folder


def folder_with(place: Path, **changes: object) -> Path:
    """A cascade folder around the shipped linear model and a hand-made encoder like BERT."""
    files = tiny_encoder(made(place, "tiny"), {"zig": 9.0, "stupid": -9.0, "kind": -2.0})
    return encoder_folder(place, files, "en", **changes)


def second_folder(place: Path, **changes: object) -> Path:
    """One for Chinese beside it, like XLM-R: it knows a word the linear model does not."""
    files = tiny_unigram_encoder(made(place, "other"), {"狗熊": 9.0, "朋友": -9.0, "你": 0.0})
    limits = {level: {"zh": dict.fromkeys(LABELS, value)} for level, value in OTHER_LIMITS.items()}
    wide = {"band": {"zh": 0.001}, "settled_scale": {"zh": [0.25] * len(LABELS)}, "thresholds": limits}
    return encoder_folder(place, files, "zh", **(wide | changes))


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


def watched(scorer: CascadeScorer) -> tuple[CascadeScorer, list[Counting]]:
    """The same scorer, and what each of its encoders is asked."""
    counting = [Counting(stage.encoder) for stage in scorer._stages]
    stages = [replace(stage, encoder=one) for stage, one in zip(scorer._stages, counting, strict=True)]
    return CascadeScorer(scorer._base, stages), counting


def test_plainly_harmless_texts_never_reach_the_second_stage(scorer: CascadeScorer) -> None:
    watching, (counting,) = watched(scorer)
    texts = prepared(CALM, ABUSE, "thank you for the article")
    found = watching.score(texts, ["en"] * 3)
    assert counting.asked == [texts[1]]
    linear = scorer._base.score(texts, ["en"] * 3)
    assert np.array_equal(found[[0, 2]], linear[[0, 2]] * np.float32(0.5))
    assert found[[0, 2]].max() < 0.3


def test_both_logits_are_joined_by_the_stored_weights(scorer: CascadeScorer) -> None:
    texts = prepared(ABUSE)
    z = 0.5 * scorer._base.logits(texts) + scorer._stages[0].encoder.logits(texts)
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
    assert scorer.info.weights_sha256 not in {
        linear.weights_sha256,
        scorer._stages[0].model.info.weights_sha256,
    }


def test_a_text_scores_the_same_in_any_company(scorer: CascadeScorer) -> None:
    texts = prepared(ABUSE, CALM, "zig you idiot", "kind idiot", "you stupid zig")
    together = scorer.score(texts, ["en"] * 5)
    alone = np.concatenate([scorer.score([text], ["en"]) for text in texts])
    assert np.array_equal(together, alone)
    assert scorer.score([], []).shape == (0, len(LABELS))


def test_reasons_hold_for_both_stages_together(tmp_path: Path) -> None:
    scorer = load_cascade(folder_with(tmp_path, band={"en": 0.0}))  # nothing is settled by the first alone
    classifier = EmbeddedClassifier(scorer, load_packs())
    text = "the library opens at nine on saturday, zig"
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
        ({"blend": {"en": [[float("nan")] * 3] * len(LABELS)}}, "malformed"),
        ({"blend": {}}, "malformed"),
        ({"band": {"en": "wide"}}, "malformed"),
        ({"band": 0.3}, "malformed"),
        ({"band": {"de": 0.3}}, "malformed"),
        ({"settled_scale": {"en": [1.0]}}, "malformed"),
        ({"settled_scale": {"en": [1.0] * len(LABELS), "de": [1.0] * len(LABELS)}}, "malformed"),
        ({"base": None}, "malformed"),
        ({"thresholds": {level: {"de": dict.fromkeys(LABELS, 0.5)} for level in LIMITS}}, "malformed"),
    ],
)
def test_damaged_folders_are_refused(tmp_path: Path, changes: dict[str, object], why: str) -> None:
    folder = folder_with(tmp_path, **changes)
    with pytest.raises(ModelUnusable) as caught:
        load_cascade(folder)
    assert caught.value.params["why"] == why


@pytest.fixture(scope="module")
def both(tmp_path_factory: pytest.TempPathFactory) -> CascadeScorer:
    place = tmp_path_factory.mktemp("both")
    return load_cascade(folder_with(place), second_folder(place))


def test_each_language_goes_to_its_own_encoder(both: CascadeScorer) -> None:
    watching, (english, chinese) = watched(both)
    texts = prepared(ABUSE, "你这个狗熊", CALM, "Du bist ein Idiot", "今天天气真好")
    found = watching.score(texts, ["en", "zh", "en", "de", "zh"])
    assert english.asked == [texts[0]]
    assert chinese.asked[0] == texts[1]
    assert not set(texts[2:4]) & {*english.asked, *chinese.asked}
    linear = both._base.score(texts, ["en", "zh", "en", "de", "zh"])
    assert np.array_equal(found[3], linear[3])
    z = 0.5 * both._base.logits(texts[1:2]) + chinese.inner.logits(texts[1:2])
    assert found[1:2] == pytest.approx(1 / (1 + np.exp(-z)), abs=1e-6)
    assert np.array_equal(watching.quick(texts, ["zh"] * 5), both._base.score(texts, ["zh"] * 5))


def test_each_language_has_its_own_limits(both: CascadeScorer) -> None:
    for level in Level:
        assert both.thresholds("en", level) == (LIMITS[level.value],) * len(LABELS)
        assert both.thresholds("zh", level) == (OTHER_LIMITS[level.value],) * len(LABELS)
        assert both.thresholds("de", level) == both._base.thresholds("de", level)
    assert both.holds("en")
    assert both.holds("zh")
    assert both.holds("de")
    assert not both.holds("xx")


def test_the_band_and_scale_are_those_of_the_language(both: CascadeScorer) -> None:
    text = prepared("谢谢分享")
    quiet = both._base.score(text, ["zh"])
    band = float(quiet[0, 0])
    assert 0.001 < band < 0.3
    stages = [
        SecondStage(
            s.model, s.encoder, {k: replace(j, band=band * 1.01) for k, j in s.joints.items()}, s.base
        )
        for s in both._stages
    ]
    assert np.array_equal(CascadeScorer(both._base, stages).score(text, ["zh"]), quiet * np.float32(0.25))


def test_mixed_languages_score_as_they_do_alone(both: CascadeScorer) -> None:
    texts = prepared(ABUSE, "你这个狗熊", CALM, "你这个汉奸走狗", "kind zig", "朋友你好", "Du Idiot")
    languages = ["en", "zh", "en", "zh", "en", "zh", "de"]
    together = both.score(texts, languages)
    for row, (text, language) in enumerate(zip(texts, languages, strict=True)):
        assert np.array_equal(together[row], both.score([text], [language])[0])
    assert both.score([], []).shape == (0, len(LABELS))


def test_reasons_hold_for_the_encoder_of_the_language(both: CascadeScorer) -> None:
    classifier = EmbeddedClassifier(both, load_packs())
    text = "大家快来看,你真是一头狗熊,昨天还在这里说话"
    found = classifier.classify([text])[0]
    assert found.language == "zh"
    toxic = next(r for r in found.reasons if r.decider is Decider.MODEL and r.name == "toxicity")
    assert any({"狗", "熊"} & set(text[a:b]) for a, b in toxic.spans)
    rest = text
    for start, end in sorted(toxic.spans, reverse=True):
        rest = rest[:start] + " " + rest[end:]
    after = classifier.classify([rest])[0]
    assert toxic.threshold == pytest.approx(0.7)
    assert after.scores["toxicity"] < 0.7
    assert found.model.name == "linear+tiny+other"
    assert found.model == both.info


def test_the_hash_covers_every_part(tmp_path: Path, both: CascadeScorer) -> None:
    hashes = {both.info.weights_sha256}
    scale = [0.75] * len(LABELS)
    for name, changes in enumerate(
        [{}, {"length": LENGTH - 1}, {"settled_scale": {"zh": scale}}, {"band": {"zh": 0.002}}]
    ):
        place = tmp_path / str(name)
        place.mkdir()
        info = load_cascade(folder_with(place), second_folder(place, **changes)).info
        hashes.add(info.weights_sha256)
        assert info.name == "linear+tiny+other"
    assert len(hashes) == 4  # the unchanged one counts once
    alone = load_cascade(tmp_path / "0" / "tiny").info
    assert alone.name == "linear+tiny"
    assert alone.weights_sha256 not in hashes


def test_one_damaged_part_makes_all_unusable(tmp_path: Path) -> None:
    first, second = folder_with(tmp_path), second_folder(tmp_path)
    (second / "tokenizer.json").write_bytes((second / "tokenizer.json").read_bytes() + b" ")
    with pytest.raises(ModelUnusable) as caught:
        load_cascade(first, second)
    assert caught.value.params == {"name": "other", "why": "hash"}
    (second / "tokenizer.json").unlink()
    with pytest.raises(ModelUnusable) as caught:
        load_cascade(first, second)
    assert caught.value.params == {"name": "other", "why": "missing"}
    assert load_cascade(first).info.name == "linear+tiny"


def test_no_language_has_two_encoders(tmp_path: Path) -> None:
    files = tiny_unigram_encoder(made(tmp_path, "same"), {"狗熊": 9.0})
    with pytest.raises(ModelUnusable) as caught:
        load_cascade(folder_with(tmp_path), encoder_folder(tmp_path, files, "en"))
    assert caught.value.params == {"name": "same", "why": "malformed"}


def test_encoders_stand_on_the_same_linear_model(tmp_path: Path) -> None:
    other = second_folder(tmp_path, base={"name": "linear", "sha256": "0" * 64})
    with pytest.raises(ModelUnusable) as caught:
        load_cascade(folder_with(tmp_path), other)
    assert caught.value.params == {"name": "other", "why": "hash"}


def test_an_encoder_is_opened_only_for_its_languages(both: CascadeScorer, tmp_path: Path) -> None:
    fresh = load_cascade(folder_with(tmp_path), second_folder(tmp_path))
    fresh.score(prepared(ABUSE), ["en"])
    assert [stage.encoder._loaded is not None for stage in fresh._stages] == [True, False]
