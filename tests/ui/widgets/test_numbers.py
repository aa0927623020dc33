"""Figures for people."""

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from core.domain.coordination import Family, GroupReason
from ui.groups.figures import ReasonFigure
from ui.theme.theme import Theme
from ui.widgets.numbers import figure


@pytest.mark.parametrize(
    ("value", "said"),
    [(0, "less than 0.1"), (0.04, "less than 0.1"), (3.74, "3.7"), (45, "45"), (104.6, "105")],
)
def test_figures(value: float, said: str) -> None:
    assert figure(value) == said


@pytest.mark.parametrize(
    ("seen", "expected", "said"), [(0, 105, ("0", "105")), (60, 0, ("60", "less than 0.1"))]
)
def test_nothing_seen_is_nothing_but_chance_is_never_said_to_be(
    qtbot: QtBot, theme: Theme, seen: float, expected: float, said: tuple[str, str]
) -> None:
    card = ReasonFigure(theme, GroupReason(Family.SYNCHRONY, "A sentence.", seen, expected))
    qtbot.addWidget(card)
    spoken = [one.accessibleName() for one in card.findChildren(QWidget) if one.accessibleName()]
    assert spoken == [f"Seen {said[0]}, expected by chance {said[1]}"]
