"""The whole classifier on the shipped model: order, honesty about languages, true reasons, damage."""

import json
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.classify import engine
from core.classify.engine import EmbeddedClassifier, load_default, shipped_model
from core.classify.fold import Folded, fold
from core.classify.level import Level
from core.classify.lexicon import load_packs
from core.classify.linear import LinearScorer, load_linear
from core.classify.own_words import terms
from core.classify.scorer import Scores
from core.domain.classification import LABELS, Category, Classification, Decider
from core.domain.learning import OwnWord, WordSeverity
from core.errors import ModelUnusable

ABUSE = [
    "You are a disgusting piece of trash, you idiot",
    "Shut up you stupid pathetic loser",
    "I will kill you and your family",
    "You traitor, how much did they pay you?",
    "你这个汉奸走狗,滚出中国",
    "你是個賣國賊,不要臉",
    "去死吧,你这个垃圾",
    "傻逼,闭嘴吧",
    "We know where you live, watch your back",
    "Go kill yourself, nobody likes you",
    "k1ll y0urself l0ser",
    "All immigrants are vermin and should be shot",
]
KIND = [
    "Thank you so much for this article, it helped me a lot",
    "Happy birthday! Hope you have a lovely day",
    "I disagree with your last column, the numbers look wrong to me",
    "My neighbour is a Muslim and makes the best bread in town",
    "See you at the station tomorrow at nine",
    "生日快乐,祝你一切顺利",
    "謝謝您的報導,辛苦了",
    "我不同意你的看法,但谢谢分享",
    "今天天气真好,下午去公园散步",
    "Danke für den Artikel, sehr hilfreich",
    "Obrigado pelo artigo, gostei muito",
]


@pytest.fixture(scope="module")
def classifier() -> EmbeddedClassifier:
    return load_default()


class CountingScorer:
    """The shipped scorer, noting what it was asked."""

    def __init__(self) -> None:
        self.inner = load_linear(shipped_model("linear"))
        self.asked: list[str] = []

    @property
    def info(self):  # type: ignore[no-untyped-def]
        return self.inner.info

    def holds(self, language: str) -> bool:
        return self.inner.holds(language)

    def prepare(self, folded: Folded) -> str:
        return self.inner.prepare(folded)

    def thresholds(self, language: str, level: Level) -> tuple[float, ...]:
        return self.inner.thresholds(language, level)

    def quick(self, texts: Sequence[str], languages: Sequence[str]) -> Scores:
        return self.inner.quick(texts, languages)

    def score(self, texts: Sequence[str], languages: Sequence[str]) -> Scores:
        self.asked += texts
        return self.inner.score(texts, languages)


@pytest.mark.parametrize("text", ABUSE)
def test_abuse_is_seen(classifier: EmbeddedClassifier, text: str) -> None:
    found = classifier.classify([text])[0]
    assert found.abusive
    assert found.reasons
    assert set(found.categories) == {reason.category for reason in found.reasons}


@pytest.mark.parametrize("text", KIND)
def test_kindness_and_criticism_are_left_alone(classifier: EmbeddedClassifier, text: str) -> None:
    found = classifier.classify([text])[0]
    assert not found.abusive
    assert found.in_scope


def test_threats_and_doxxing_come_first(classifier: EmbeddedClassifier) -> None:
    found = classifier.classify(["you idiot, I will kill you, we know where you live"])[0]
    assert found.categories[:2] == (Category.THREAT, Category.DOXXING)
    assert found.top_category is Category.THREAT
    ranks = [reason.category.rank for reason in found.reasons]
    assert ranks == sorted(ranks)


def test_results_follow_the_order_of_the_texts(classifier: EmbeddedClassifier) -> None:
    texts = [*ABUSE, *KIND] * 3
    mixed = texts[::-1]
    assert classifier.classify(mixed) == classifier.classify(texts)[::-1]
    assert classifier.classify([]) == []


def test_many_texts_are_judged_like_each_alone(classifier: EmbeddedClassifier) -> None:
    texts = [f"{text} {word}" for word in ("tea", "rain") for text in ABUSE + KIND]
    assert len(texts) > 2 * engine._SHARE
    alone = [classifier.at_level(Level.BALANCED).classify([text])[0] for text in texts]
    assert classifier.at_level(Level.BALANCED).classify(texts) == alone


@pytest.mark.parametrize("text", ["", " ", "😂😂", "12345 67", "https://example.org"])
def test_unreadable_texts_are_out_of_scope_never_safe(classifier: EmbeddedClassifier, text: str) -> None:
    found = classifier.classify([text])[0]
    assert not found.in_scope
    assert not found.abusive
    assert list(found.scores) == list(LABELS)


def test_a_rule_speaks_even_where_the_model_is_not_valid(classifier: EmbeddedClassifier) -> None:
    found = classifier.classify(["Te voy a matar, sé dónde vives, eres una traidora"])[0]
    assert found.language == "es"
    assert not found.in_scope
    assert found.abusive
    assert all(reason.decider is not Decider.MODEL for reason in found.reasons)


def test_a_campaign_is_scored_once() -> None:
    scorer = CountingScorer()
    classifier = EmbeddedClassifier(scorer, load_packs())
    copies = [
        "Nice weather in the old harbour today",
        "nice  weather in the old harbour today",
        "NICE WEATHER in the old harbour today",
    ]
    results = classifier.classify(copies * 200)
    assert len(scorer.asked) == 1
    classifier.classify(copies)
    assert len(scorer.asked) == 1
    assert len({r.scores["toxicity"] for r in results}) == 1


def test_copies_sent_to_different_people_are_scored_once() -> None:
    scorer = CountingScorer()
    classifier = EmbeddedClassifier(scorer, load_packs())
    texts = [f"@reader{i} nice weather in the old harbour, see https://example.org/{i}" for i in range(50)]
    results = classifier.classify(texts)
    assert len(scorer.asked) == 1
    assert results == [classifier.classify([text])[0] for text in texts]


def test_a_long_text_is_asked_about_window_by_window() -> None:
    scorer = CountingScorer()
    classifier = EmbeddedClassifier(scorer, load_packs())
    classifier.classify(["The weather was mild and the trains were on time. " * 100])
    assert all(len(text) <= engine._WINDOW for text in scorer.asked)
    assert len(scorer.asked) == len(set(scorer.asked))


def test_memory_of_verdicts_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engine, "_REMEMBERED", 10)
    classifier = load_default()
    classifier.classify(
        [
            f"a quiet sentence about the letter {chr(97 + i)}{chr(97 + j)}"
            for i in range(10)
            for j in range(10)
        ]
    )
    assert len(classifier._memory) == 10


def test_spans_lie_in_the_text_as_received(classifier: EmbeddedClassifier) -> None:
    text = "Hey you, i\u200bd\u200bi\u200bo\u200bt, go away"
    reason = next(r for r in classifier.classify([text])[0].reasons if r.decider is Decider.LEXICON)
    start, end = reason.spans[0]
    assert text[start:end] == "i\u200bd\u200bi\u200bo\u200bt"


def _without(text: str, spans: Sequence[tuple[int, int]]) -> str:
    for start, end in sorted(spans, reverse=True):
        text = text[:start] + " " + text[end:]
    return text


def _holds_without(classifier: EmbeddedClassifier, before: Classification, text: str) -> list[bool]:
    """Per model reason: does its label stay above its threshold once the shown spans are gone?"""
    left = []
    for reason in before.reasons:
        if reason.decider is Decider.MODEL:
            assert reason.threshold is not None
            after = classifier.classify([_without(text, reason.spans)])[0]
            left.append(after.in_scope and after.scores[reason.name] >= reason.threshold)
    return left


def test_removing_what_is_shown_undoes_the_decision(classifier: EmbeddedClassifier) -> None:
    left: list[bool] = []
    for text in ABUSE:
        before = classifier.classify([text])[0]
        left += _holds_without(classifier, before, text)
        for reason in before.reasons:
            if reason.decider is not Decider.MODEL:
                after = classifier.classify([_without(text, reason.spans)])[0]
                assert (reason.decider, reason.name) not in {(r.decider, r.name) for r in after.reasons}
    assert len(left) >= 8
    assert sum(left) <= 0.1 * len(left)


def test_every_model_reason_carries_score_and_threshold(classifier: EmbeddedClassifier) -> None:
    for found in classifier.classify(ABUSE):
        for reason in found.reasons:
            if reason.decider is Decider.MODEL:
                assert reason.score is not None
                assert reason.threshold is not None
                assert reason.score >= reason.threshold
                assert reason.score == pytest.approx(found.scores[reason.name])
            else:
                assert reason.score is reason.threshold is None
                assert reason.spans


def test_levels_only_ever_add(classifier: EmbeddedClassifier) -> None:
    texts = [*ABUSE, *KIND, "what a stupid film", "this is fucking great", "you twat"]
    hidden = [
        {i for i, c in enumerate(classifier.at_level(level).classify(texts)) if c.abusive}
        for level in (Level.GENTLE, Level.BALANCED, Level.STRICT)
    ]
    assert hidden[0] <= hidden[1] <= hidden[2]
    assert len(hidden[0]) < len(hidden[2])


def test_bad_language_alone_is_no_abuse(classifier: EmbeddedClassifier) -> None:
    assert not classifier.classify(["fuck yeah, we won!"])[0].abusive


def test_own_words_hide(classifier: EmbeddedClassifier) -> None:
    text = "such a lovely zonkwobble in the garden"
    assert not classifier.classify([text])[0].abusive
    found = classifier.personal(
        classifier.scorer, terms([OwnWord("zonkwobble", Category.TRAITOR, WordSeverity.SEVERE)])
    ).classify([text])[0]
    assert found.abusive
    assert found.reasons[0].name == "own:zonkwobble"
    assert found.categories == (Category.TRAITOR,)
    assert found.word_rank == 0


def test_a_long_text_is_read_to_its_end(classifier: EmbeddedClassifier) -> None:
    quiet = "The weather was mild and the trains were on time. " * 60
    found = classifier.classify([quiet + "You are a stupid worthless idiot and everybody hates you."])[0]
    assert found.abusive
    assert classifier.classify(["x" * 1_000_000])[0].language


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.one_of(st.text(max_size=80), st.sampled_from(["\ud800", "a\ud83dz", "\x00", "\u202e"])), max_size=5
    )
)
def test_any_text_gets_a_verdict(classifier: EmbeddedClassifier, texts: list[str]) -> None:
    results = classifier.classify(texts)
    assert len(results) == len(texts)
    for text, found in zip(texts, results, strict=True):
        assert all(0 <= score <= 1 for score in found.scores.values())
        for reason in found.reasons:
            assert all(0 <= start < end <= len(text) for start, end in reason.spans)


def copy_of_model(tmp_path: Path) -> Path:
    folder = tmp_path / "copy"
    shutil.copytree(shipped_model("linear"), folder)
    return folder


def test_a_flipped_byte_is_refused(tmp_path: Path) -> None:
    folder = copy_of_model(tmp_path)
    data = bytearray((folder / "weights.npy").read_bytes())
    data[-1] ^= 1
    (folder / "weights.npy").write_bytes(data)
    with pytest.raises(ModelUnusable) as caught:
        load_linear(folder)
    assert caught.value.params["why"] == "hash"


@pytest.mark.parametrize(
    ("change", "why"),
    [
        ({"labels": ["toxicity"]}, "labels"),
        ({"features_version": 0}, "kind"),
        ({"kind": "other"}, "kind"),
        ({"scale": [1.0]}, "malformed"),
        ({"thresholds": {}}, "malformed"),
        ({"weights": "none.npy"}, "missing"),
    ],
)
def test_a_changed_description_is_refused(tmp_path: Path, change: dict[str, object], why: str) -> None:
    folder = copy_of_model(tmp_path)
    fields = json.loads((folder / "model.json").read_text("utf-8"))
    (folder / "model.json").write_text(json.dumps(fields | change), "utf-8")
    with pytest.raises(ModelUnusable) as caught:
        load_linear(folder)
    assert caught.value.params["why"] == why


def test_a_missing_model_is_refused() -> None:
    with pytest.raises(ModelUnusable):
        load_default(names=["no-such-model"])


def test_scoring_alone_and_together_agree() -> None:
    scorer: LinearScorer = load_linear(shipped_model("linear"))
    prepared = [scorer.prepare(fold(text)) for text in ABUSE]
    together = scorer.score(prepared, ["en"] * len(prepared))
    alone = np.concatenate([scorer.score([text], ["en"]) for text in prepared])
    assert np.array_equal(together, alone)


def test_the_embedded_engine_imports_nothing_heavy() -> None:
    code = (
        "import sys; from core.classify.engine import load_default;"
        "heavy = {'torch', 'transformers', 'detoxify', 'sklearn'};"
        "classifier = load_default(); print({*heavy, 'onnxruntime', 'tokenizers'} & set(sys.modules));"
        "classifier.classify(['you idiot', '你好']); print(heavy & set(sys.modules))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["set()", "set()"]
