from dataclasses import replace

import pytest
from made_rows import made_row

from core.domain.classification import Category
from ui.inbox.reveal import Reveal, deciding_spans, masked, next_level
from ui.inbox.row_words import hidden_words, snippet, spoken_row
from ui.widgets.category_words import reason_sentence


def test_the_deciding_word_is_masked_and_its_length_with_it() -> None:
    assert masked(made_row()) == "you ••••••• of a person"
    assert masked(made_row(text="you " + "x" * 40 + " end", spans=((4, 44),))) == "you •••••••• end"


def test_overlapping_spans_mask_once() -> None:
    assert masked(made_row(spans=((4, 8), (6, 11), (4, 11)))).count(" ") == 4
    assert "grobble" not in masked(made_row(spans=((4, 8), (6, 11))))


def test_without_spans_every_word_is_masked() -> None:
    assert not any(char.isalnum() for char in masked(made_row(text="叛徒 shut up", spans=())))


def test_private_details_are_masked_whole() -> None:
    row = replace(made_row(text="at 14 Example Street, flat 3"), categories=(Category.DOXXING,))
    assert not any(char.isalnum() for char in masked(row))


def test_steps_go_one_way_and_end() -> None:
    assert [next_level(level) for level in Reveal] == [
        Reveal.CATEGORY,
        Reveal.MASKED,
        Reveal.FULL,
        Reveal.FULL,
    ]


def test_spans_are_sorted_and_single() -> None:
    assert deciding_spans(made_row(spans=((9, 11), (4, 8), (4, 8)))) == [(4, 8), (9, 11)]


@pytest.mark.parametrize("level", [Reveal.COUNT, Reveal.CATEGORY, Reveal.MASKED])
def test_hidden_text_is_neither_shown_nor_spoken(level: Reveal) -> None:
    row = made_row()
    assert "grobble" not in snippet(row, level)
    assert "grobble" not in spoken_row(row, level)
    assert "grobble" not in reason_sentence(row.reasons[0])


def test_at_count_level_not_even_the_sender_is_spoken() -> None:
    assert spoken_row(made_row(), Reveal.COUNT) == "One hidden message"


def test_what_stands_in_for_a_hidden_text() -> None:
    assert hidden_words(made_row()) == "Text hidden"
    assert "language" in hidden_words(made_row(abusive=False, in_scope=False))
    assert "Waiting" in hidden_words(made_row(abusive=None))


def test_people_one_follows_are_never_hidden() -> None:
    assert not made_row(followed=True).hidden
