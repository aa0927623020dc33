"""Hashed n-grams: the same for one text alone and in a batch, whatever the text."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.classify.features import CHAR_BITS, COLUMNS, features, model_text, weigh

TEXTS = st.lists(st.text(max_size=40).map(model_text), min_size=1, max_size=6)


@settings(max_examples=150, deadline=None)
@given(TEXTS)
def test_a_text_gets_the_same_features_alone_and_among_others(texts: list[str]) -> None:
    together = features(texts)
    assert together.shape == (len(texts), COLUMNS)
    for i, text in enumerate(texts):
        alone = features([text])
        assert (alone.indices == together[i].indices).all()
        assert np.allclose(alone.data, together[i].data)


def test_words_and_characters_have_separate_columns() -> None:
    columns = features(["hello there"]).indices
    assert (columns < 1 << CHAR_BITS).any()
    assert (columns >= 1 << CHAR_BITS).any()


def test_chinese_is_read_by_single_characters_too() -> None:
    one, other = features(["汉"]), features(["奸"])
    assert one.nnz > 0
    assert set(one.indices.tolist()).isdisjoint(other.indices.tolist())


def test_addresses_handles_and_digits_are_reduced() -> None:
    assert model_text("see https://a.example/b?c=1 @some.one 2024") == "see \x01 @ 0000"


def test_weighing_scales_each_block_to_length_one() -> None:
    counts = weigh(features(["you are kind", "生日快乐"]), np.ones(COLUMNS, np.float32))
    for i in range(2):
        row = counts[i]
        for block in (row.indices < 1 << CHAR_BITS, row.indices >= 1 << CHAR_BITS):
            length = float((row.data[block] ** 2).sum())
            assert length == pytest.approx(1, abs=1e-4) or not block.any()


def test_no_texts_are_refused_by_nobody() -> None:
    assert features([""]).nnz == 0
    assert features(["", "a word", ""]).shape[0] == 3
