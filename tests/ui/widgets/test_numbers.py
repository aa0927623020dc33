"""Figures for people."""

import pytest

from ui.widgets.numbers import figure


@pytest.mark.parametrize(
    ("value", "said"), [(0, "0"), (0.04, "less than 0.1"), (3.74, "3.7"), (45, "45"), (104.6, "105")]
)
def test_figures(value: float, said: str) -> None:
    assert figure(value) == said
