"""Short ways to lay out widgets on the 4 px grid."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QBoxLayout, QFrame, QHBoxLayout, QLayout, QScrollArea, QVBoxLayout, QWidget

from ui.theme.tokens import GRID

Part = QWidget | QLayout | int | None


def column(*parts: Part, gap: int = 2, margins: tuple[int, int, int, int] = (0, 0, 0, 0)) -> QVBoxLayout:
    """Parts one below the other. A number is a gap in grid steps, None stretches."""
    layout = QVBoxLayout()
    _fill(layout, parts, gap, margins)
    return layout


def row(*parts: Part, gap: int = 2, margins: tuple[int, int, int, int] = (0, 0, 0, 0)) -> QHBoxLayout:
    """Parts side by side. A number is a gap in grid steps, None stretches."""
    layout = QHBoxLayout()
    _fill(layout, parts, gap, margins)
    return layout


def frame(role: str, layout: QLayout) -> QFrame:
    """A framed box in one of the style sheet's roles."""
    box = QFrame()
    box.setProperty("role", role)
    box.setLayout(layout)
    return box


def rule() -> QFrame:
    """A hairline."""
    line = QFrame()
    line.setObjectName("rule")
    line.setFixedHeight(1)
    return line


def scrolled(body: QWidget) -> QScrollArea:
    """A body that scrolls up and down only."""
    area = QScrollArea()
    body.setObjectName(body.objectName() or "scrollBody")
    area.setWidget(body)
    area.setWidgetResizable(True)
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    return area


def empty(layout: QLayout) -> None:
    """Remove and delete everything in a layout."""
    while (item := layout.takeAt(0)) is not None:
        widget, inner = item.widget(), item.layout()
        if widget is not None:
            widget.hide()
            widget.deleteLater()
        elif inner is not None:
            empty(inner)


def _fill(layout: QBoxLayout, parts: tuple[Part, ...], gap: int, margins: tuple[int, int, int, int]) -> None:
    layout.setSpacing(gap * GRID)
    layout.setContentsMargins(*(side * GRID for side in margins))
    for part in parts:
        if part is None:
            layout.addStretch(1)
        elif isinstance(part, int):
            layout.addSpacing(part * GRID)
        elif isinstance(part, QLayout):
            layout.addLayout(part)
        else:
            layout.addWidget(part)
