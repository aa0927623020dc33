"""Folding undoes disguises and always knows the way back."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.classify.fold import fold

# Plain letters, look-alikes, invisible characters, CJK, emoji, broken pairs: what evasion is made of.
NASTY = st.text(
    alphabet=st.one_of(
        st.sampled_from("abkilyosu YOU 0134@$!*.-_ \n\t"),
        st.sampled_from(
            "аеорсухіѕ汉奸漢賣國贼走狗去死ｆｕｃｋ𝓲𝓭\u200b\u200d\u2060\ufe0f\u0301\u0327\u00adßİﷺ①🅸🇰🇺🔥❤👨"
        ),
        st.characters(),
    ),
    max_size=60,
)


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("You IDIOT", "you idiot"),
        ("k1ll y0urself", "kill yourself"),
        ("b!tch", "bitch"),
        ("i d i o t", "idiot"),
        ("k.y.s now", "kys now"),
        ("k y s a loser", "kys a loser"),
        ("yоu аre trаsh", "you are trash"),  # Cyrillic о and а
        ("k\u200bi\u200bl\u200bl", "kill"),
        ("ｆｕｌｌ　ｗｉｄｔｈ", "full width"),
        ("𝓲𝓭𝓲𝓸𝓽 🅸🅳🅸🅾🆃", "idiot idiot"),
        ("🇰 🇾 🇸", "kys"),
        ("z̷̢a̴l̶g̵o̶", "zalgo"),
        ("漢奸", "汉奸"),
        ("你這個賣國賊", "你这个卖国贼"),
        ("汉 奸", "汉奸"),
        ("汉*奸", "汉奸"),
        ("去🔥死", "去死"),
        ("looooooser", "looser"),
        ("f🔥uck", "fuck"),
        ("  a \n\n b ", "a b"),
    ],
)
def test_disguises_are_undone(text: str, folded: str) -> None:
    assert fold(text).text == folded


@pytest.mark.parametrize(
    "text",
    [
        "covid19 at 3pm costs 100k, b4 h2o",
        "mail x@y.com or @user_1 https://t.co/a1b2c3",
        "привет как дела",
        "c++ and a+ and wow!nice",
        "हिन्दी में लिखो",
        "நீ ஒரு நண்பன்",
        "🇺🇸 flag",
        "so❤cute",
        "我爱北京 天安门上太阳升",
    ],
)
def test_ordinary_text_is_left_alone(text: str) -> None:
    folded = fold(text)
    assert folded.text == text
    assert not folded.disguised


def test_clean_text_keeps_every_place() -> None:
    folded = fold("Nothing to undo here")
    assert folded.starts is None
    assert folded.span(0, 7) == (0, 7)


def test_a_disguised_word_points_at_all_of_its_disguise() -> None:
    text = "well, i\u200bd\u200bi\u200bo\u200bt indeed"
    folded = fold(text)
    at = folded.text.index("idiot")
    start, end = folded.span(at, at + 5)
    assert text[start:end] == "i\u200bd\u200bi\u200bo\u200bt"


def test_one_letter_made_of_two_points_at_the_whole_letter() -> None:
    text = "x ß y"
    folded = fold(text)
    at = folded.text.index("ss")
    assert folded.span(at, at + 1) == folded.span(at, at + 2) == (2, 3)


def test_stretched_letters_can_be_reduced_to_one() -> None:
    text = "You looooooser!"
    single = fold(text).singled()
    assert single is not None
    at = single.text.index("loser")
    start, end = single.span(at, at + 5)
    assert text[start:end] == "looooooser"
    assert fold("moon").singled() is None


@settings(max_examples=400, deadline=None)
@given(NASTY)
def test_every_folded_character_has_its_place_in_order(text: str) -> None:
    folded = fold(text)
    starts = range(len(folded.text)) if folded.starts is None else folded.starts
    ends = range(1, len(folded.text) + 1) if folded.ends is None else folded.ends
    assert len(starts) == len(ends) == len(folded.text)
    assert all(0 <= a < b <= len(text) for a, b in zip(starts, ends, strict=True))
    assert list(starts) == sorted(starts)
    for i in range(len(folded.text)):
        assert folded.span(0, i + 1)[1] <= len(text)


@settings(max_examples=300, deadline=None)
@given(NASTY)
def test_folding_is_stable_and_shows_no_blank_edges(text: str) -> None:
    folded = fold(text)
    assert folded == fold(text)
    assert folded.text == folded.text.strip()
    single = folded.singled()
    if single is not None:
        assert single.starts is not None
        assert len(single.starts) == len(single.text) < len(folded.text)


@settings(max_examples=200, deadline=None)
@given(st.text(alphabet="abcdef ", max_size=30), st.sampled_from(["\u200b", "\u2060", "\ufeff", "\u00ad"]))
def test_invisible_characters_anywhere_change_nothing(text: str, mark: str) -> None:
    assert fold(mark.join(text)).text == fold(text).text
