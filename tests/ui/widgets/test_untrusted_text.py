import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pytestqt.qtbot import QtBot

from ui.widgets.untrusted_text import (
    SHOWN_LIMIT,
    PlainLabel,
    flat,
    neutralise,
    one_line,
    plain,
    reads_right_to_left,
    rich,
)


@pytest.mark.parametrize(
    ("untrusted", "shown"),
    [
        ("abc\u202edef", "abc⟨U+202E⟩def"),
        ("a\u200bb", "a⟨U+200B⟩b"),
        ("\u2066x\u2069", "⟨U+2066⟩x⟨U+2069⟩"),
        ("a\x00b\x1b[31m", "a⟨U+0000⟩b⟨U+001B⟩[31m"),
        ("soft\u00adhyphen", "soft⟨U+00AD⟩hyphen"),
        ("filler\u3164", "filler⟨U+3164⟩"),
        ("one\r\ntwo\u2028three", "one\ntwo\nthree"),
        ("\ud800", "⟨U+D800⟩"),
        ("tag \U000e0041", "tag ⟨U+E0041⟩"),
        ("a\u200db", "a⟨U+200D⟩b"),
        ("x\ufe0f", "x⟨U+FE0F⟩"),
    ],
)
def test_what_cannot_be_seen_is_shown_by_its_number(untrusted: str, shown: str) -> None:
    assert neutralise(untrusted).text == shown


@pytest.mark.parametrize(
    "text",
    [
        "👩‍👩‍👧 family",
        "👩🏽‍🚀 astronaut",
        "❤️ heart",
        "1️⃣ keycap",
        "🏴󠁧󠁢󠁷󠁬󠁳󠁿 flag",
        "می‌خواهم",  # Persian spelling needs the non-joiner
        "क्‍ष",  # a joiner after a virama
        "葛\U000e0100",  # a variant of a Han character
        "谢谢你",
        "شكرا",
    ],
)
def test_what_spelling_and_emoji_need_is_kept(text: str) -> None:
    assert neutralise(text).text == text


def test_a_flag_that_is_not_one_shows_its_tags() -> None:
    assert "⟨U+E0067⟩" in neutralise("\U0001f3f4\U000e0067 no end").text


def test_piles_of_marks_are_cut_down() -> None:
    shown = neutralise("a" + "\u0301" * 500 + "b").text
    assert len(shown) < 20
    assert shown.endswith("b")


def test_long_texts_are_cut() -> None:
    shown = neutralise("x" * (SHOWN_LIMIT + 1))
    assert shown.cut
    assert shown.text == "x" * SHOWN_LIMIT + " …"


def test_spans_follow_the_text_they_mark() -> None:
    source = "a\u202ebad word"
    shown = neutralise(source)
    start, end = shown.span(2, 5)
    assert shown.text[start:end] == "bad"
    assert shown.span(0, 999) == (0, len(shown.text))


def test_each_line_is_isolated() -> None:
    assert plain("a\nb") == "\u2068a\u2069\n\u2068b\u2069"
    assert one_line(" a \n b ") == "\u2068a b\u2069"


def test_markup_is_escaped_where_qt_reads_it() -> None:
    assert rich("<img src=x>") == "\u2068&lt;img src=x&gt;\u2069"


def test_direction_is_that_of_the_first_letter() -> None:
    assert reads_right_to_left("1. سلام world")
    assert not reads_right_to_left("hello سلام")
    assert not reads_right_to_left("123")


@given(st.text(max_size=200))
def test_nothing_invisible_gets_through(untrusted: str) -> None:
    allowed = {"\n", "\u200d", "\u200c"}
    for char in neutralise(untrusted).text:
        if char not in allowed and not 0xE0000 <= ord(char) <= 0xE007F:
            assert unicodedata.category(char) not in ("Cc", "Cf", "Cs")


@given(st.text(max_size=120), st.integers(0, 130), st.integers(0, 130))
def test_every_span_lies_inside_the_shown_text(untrusted: str, start: int, end: int) -> None:
    shown = neutralise(untrusted)
    first, last = shown.span(start, max(start, end))
    assert 0 <= first <= last <= len(shown.text)


@given(st.text(max_size=200))
def test_a_single_line_is_single(untrusted: str) -> None:
    assert "\n" not in flat(untrusted)


def test_a_label_never_reads_markup(qtbot: QtBot) -> None:
    plain_words, markup = PlainLabel("<b>x</b>"), PlainLabel()
    qtbot.addWidget(plain_words)
    qtbot.addWidget(markup)
    markup.show_untrusted("<b>x</b>")
    assert markup.text() == "\u2068<b>x</b>\u2069"
    bold = PlainLabel("x")
    qtbot.addWidget(bold)
    assert markup.sizeHint().width() > bold.sizeHint().width() * 3
