"""Words are found through disguises, shown exactly, and judged by what stands around them."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.classify.fold import fold
from core.classify.level import Level
from core.classify.lexicon import OWN_PACK, PACKS, Lexicon, Severity, load_packs, read_pack, spans
from core.classify.own_words import terms
from core.domain.classification import Category
from core.domain.learning import OwnWord, WordSeverity

PACK = {
    "name": "trial",
    "language": "en",
    "author": "a test",
    "licence": "Apache-2.0",
    "terms": [
        {
            "term": "gronk",
            "severity": "severe",
            "category": "slur",
            "meaning": "made up",
            "forms": ["gronks"],
        },
        {
            "term": "blimp",
            "severity": "strong",
            "category": "insult",
            "meaning": "made up",
            "reclaimed": "by some",
        },
        {"term": "twerp", "severity": "mild", "category": "insult", "meaning": "made up"},
        {
            "term": "坏词",
            "severity": "strong",
            "category": "insult",
            "meaning": "made up",
            "not_in": ["坏词典"],
        },
    ],
}


@pytest.fixture(scope="module")
def shipped() -> Lexicon:
    return load_packs()


@pytest.fixture(scope="module")
def trial() -> Lexicon:
    return Lexicon(read_pack(PACK))


def names(lexicon: Lexicon, text: str, level: Level = Level.BALANCED) -> set[str]:
    return {hit.term.term for hit in lexicon.counted(fold(text).text, level)}


@pytest.mark.parametrize(
    "text",
    [
        "gronk",
        "GRONKS!",
        "g r o n k",
        "gr\u200bonk",
        "grоnk",
        "gr0nk",
        "ｇｒｏｎｋ",
        "g*onk",
        "you gronk you",
        "𝓰𝓻𝓸𝓷𝓴",
    ],
)
def test_a_severe_word_is_found_through_disguise(trial: Lexicon, text: str) -> None:
    assert names(trial, text) == {"gronk"}


@pytest.mark.parametrize("text", ["gronkle", "agronk", "g****", "坏词典真好"])
def test_longer_words_and_bare_masks_are_not_it(trial: Lexicon, text: str) -> None:
    assert trial.find(fold(text).text) == []


@pytest.mark.parametrize(
    "text",
    [
        "he called me a gronk",
        'she wrote "gronk" under my post',
        "the word gronk is a slur",
        "stop calling people gronk",
    ],
)
def test_reported_and_quoted_words_do_not_count(trial: Lexicon, text: str) -> None:
    assert trial.find(fold(text).text)
    assert names(trial, text) == set()


def test_negation_and_self_description_excuse_what_is_not_severe(trial: Lexicon) -> None:
    assert names(trial, "you are not a blimp") == set()
    assert names(trial, "as a proud blimp I agree") == set()
    assert names(trial, "what a blimp") == {"blimp"}
    assert names(trial, "you are not a gronk") == {"gronk"}


def test_levels_decide_what_mild_and_strong_words_need(trial: Lexicon) -> None:
    assert names(trial, "you twerp") == {"twerp"}
    assert names(trial, "a story with one twerp in chapter two of the book") == set()
    assert names(trial, "you twerp", Level.GENTLE) == set()
    assert names(trial, "a story about one blimp in chapter two of the book", Level.GENTLE) == set()
    assert names(trial, "you blimp", Level.GENTLE) == {"blimp"}


@pytest.mark.parametrize(
    "text", ["你这个汉奸", "你這個漢奸", "汉 奸 滚出去", "賣國賊!", "洋人的走狗", "你是hanjian"]
)
def test_traitor_talk_in_both_scripts(shipped: Lexicon, text: str) -> None:
    hits = shipped.counted(fold(text).text, Level.BALANCED)
    assert Category.TRAITOR in {hit.term.category for hit in hits}


@pytest.mark.parametrize(
    "text",
    [
        "他们骂我汉奸",
        "你不是汉奸",
        "这精美的包装",
        "垃圾分类很重要",
        "路上车轮滚动",
        "帮助智障儿童",
        "周末去遛走狗",
        "抗日打日本鬼子",
    ],
)
def test_harmless_chinese(shipped: Lexicon, text: str) -> None:
    assert names(shipped, text) == set()


def test_own_words_count_everywhere_in_any_script(trial: Lexicon) -> None:
    words = [OwnWord(term, Category.INSULT, WordSeverity.SEVERE) for term in ("Wibble", "小红帽", "don't")]
    own = trial.with_own(terms(words))
    assert names(own, "such a WIBBLE story he told me") == {"Wibble"}
    assert names(own, "那个小紅帽来了") == {"小红帽"}
    assert {t.pack for t in own.terms if t.severity is Severity.SEVERE and not t.meaning} == {OWN_PACK}


def test_an_own_word_counts_as_its_severity_says(trial: Lexicon) -> None:
    mild = trial.with_own(terms([OwnWord("wibble", Category.INSULT, WordSeverity.MILD)]))
    assert names(mild, "the wibble is a lovely thing") == set()
    assert names(mild, "you wibble") == {"wibble"}


def test_every_shipped_pack_explains_itself(shipped: Lexicon) -> None:
    assert {term.pack for term in shipped.terms} == set(PACKS)
    for term in shipped.terms:
        assert term.meaning
        assert term.forms
        assert all(fold(form).text == form for form in term.forms)


@pytest.mark.parametrize("missing", ["author", "licence", "terms", "name"])
def test_a_pack_without_its_facts_is_refused(missing: str) -> None:
    with pytest.raises((KeyError, ValueError)):
        read_pack(
            {key: value for key, value in PACK.items() if key != missing}
            | ({missing: ""} if missing == "author" else {})
        )


@settings(max_examples=200, deadline=None)
@given(
    st.text(max_size=20),
    st.sampled_from(["gronk", "G-R-O-N-K", "gr\u200bo\u2060nk", "坏詞"]),
    st.text(max_size=20),
)
def test_the_span_in_the_original_folds_to_the_word(before: str, word: str, after: str) -> None:
    lexicon = Lexicon(read_pack(PACK))
    text = f"{before} , {word} , {after}"
    folded = fold(text)
    for hit, (start, end) in zip(
        lexicon.find(folded.text), spans(lexicon.find(folded.text), folded), strict=True
    ):
        assert 0 <= start < end <= len(text)
        assert fold(text[start:end]).text.replace(" ", "") == folded.text[hit.start : hit.end].replace(
            " ", ""
        )
