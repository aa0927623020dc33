"""The model card inside the program: what the model is, its figures, and what it must not be used for."""

import re
from collections.abc import Iterator
from importlib.resources import files
from typing import Final

from PySide6.QtWidgets import QDialog, QFrame, QGridLayout, QWidget

from ui.theme.theme import Theme
from ui.theme.tokens import GRID
from ui.widgets.buttons import TextButton
from ui.widgets.layouts import Part, column, frame, row, scrolled
from ui.widgets.untrusted_text import PlainLabel
from ui.wording import translate

_CONTEXT = "About"
_MARKS: Final = re.compile(r"[*`]+")
_RULE: Final = re.compile(r"^\|[\s|:-]+\|$")


class AboutModelDialog(QDialog):
    """Shows the card; nothing in it can be clicked."""

    def __init__(self, theme: Theme, model: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(translate(_CONTEXT, "About the model"))
        self.setModal(True)
        self.resize(920, 720)
        used = translate(_CONTEXT, "Messages are judged by: {model}").format(model=model)
        body = QWidget()
        body.setLayout(column(*blocks(card_text()), None, gap=2, margins=(0, 0, 3, 0)))
        close = TextButton(theme, translate(_CONTEXT, "Close")).on_click(self.accept)
        self.setLayout(
            column(
                PlainLabel(translate(_CONTEXT, "About the model"), role="title"),
                PlainLabel(used, role="soft").wrapped(),
                scrolled(body),
                row(None, close),
                gap=3,
                margins=(6, 6, 6, 5),
            )
        )


def card_text() -> str:
    """The card, as it ships beside the model."""
    return (files("resources") / "model-card.md").read_text("utf-8")


def blocks(markdown: str) -> list[Part]:
    """Headings, paragraphs, lists and tables of our own plain markdown as widgets."""
    parts: list[Part] = []
    for kind, lines in _grouped(markdown):
        if kind == "table":
            parts.append(_table(lines))
        elif kind == "heading":
            level = len(lines[0]) - len(lines[0].lstrip("#"))
            if level > 1:
                parts += [2, PlainLabel(_bare(lines[0].lstrip("# ")), role="lead").wrapped()]
        else:
            parts.append(PlainLabel(_bare(" ".join(line.strip() for line in lines))).wrapped())
    return parts


def _grouped(markdown: str) -> Iterator[tuple[str, list[str]]]:
    """Lines that belong together, with what they are: heading, table, item or text."""
    kind, held = "", list[str]()
    for line in [*markdown.splitlines(), ""]:
        now = _kind(line)
        continues = (kind == now and now in ("table", "text")) or (kind == "item" and now == "text")
        if held and not continues:
            yield kind, held
            kind, held = "", []
        if now:
            kind = kind if continues else now
            held.append(line)


def _kind(line: str) -> str:
    if not line.strip():
        return ""
    if line.startswith("#"):
        return "heading"
    if line.startswith("|"):
        return "table"
    return "item" if line.startswith("- ") else "text"


def _table(lines: list[str]) -> QFrame:
    grid = QGridLayout()
    grid.setHorizontalSpacing(4 * GRID)
    grid.setVerticalSpacing(GRID)
    grid.setContentsMargins(3 * GRID, 2 * GRID, 3 * GRID, 2 * GRID)
    rows = [line for line in lines if not _RULE.match(line)]
    cells = [[_bare(cell.strip()) for cell in line.strip("|").split("|")] for line in rows]
    for place, found in enumerate(cells):
        for number, text in enumerate(found):
            label = PlainLabel(text, role="section" if place == 0 else "")
            label.setWordWrap(True)
            grid.addWidget(label, place, number)
    weights = [max((len(found[n]) if n < len(found) else 0) for found in cells) for n in range(len(cells[0]))]
    for number, weight in enumerate(weights):
        grid.setColumnStretch(number, max(1, min(weight, 60)))
    return frame("inset", grid)


def _bare(text: str) -> str:
    text = f"• {text[2:]}" if text.startswith("- ") else text
    return _MARKS.sub("", text)
