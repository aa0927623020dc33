"""About the model: three plain sentences first, then the model card with its figures and limits."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from importlib.resources import files
from typing import Final

from PySide6.QtCore import QLocale
from PySide6.QtWidgets import QDialog, QFrame, QGridLayout, QWidget

from core.domain.inbox import InboxRow
from ui.inbox.honesty import honesty, measured_languages, moved_by_person
from ui.theme.theme import Theme
from ui.theme.tokens import GRID
from ui.widgets.buttons import TextButton
from ui.widgets.layouts import Part, column, frame, row, scrolled
from ui.widgets.untrusted_text import PlainLabel, one_line
from ui.wording import translate

_CONTEXT = "About"
_MARKS: Final = re.compile(r"[*`]+")
_MOST_LANGUAGES: Final = 4
_RARE: Final = 0.03
# A language, and whether the model reads it.
Language = tuple[str, bool]
_RULE: Final = re.compile(r"^\|[\s|:-]+\|$")


class AboutModelDialog(QDialog):
    """What the model does and how often it is wrong, then its card; nothing in it can be clicked."""

    def __init__(
        self, theme: Theme, model: str, languages: Sequence[Language], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(translate(_CONTEXT, "About the model"))
        self.setModal(True)
        self.resize(920, 720)
        body = QWidget()
        self.plain = [PlainLabel(text).wrapped() for text in plain_words(model, languages)]
        name = translate(_CONTEXT, "Its name: {model}").format(model=one_line(model, 120))
        card = translate(_CONTEXT, "In detail: the model card")
        parts: list[Part] = [
            frame("inset", column(*self.plain, gap=2, margins=(4, 3, 4, 3))),
            3,
            PlainLabel(card, role="title"),
            PlainLabel(name, role="soft").wrapped(),
        ]
        body.setLayout(column(*parts, *blocks(card_text()), None, gap=2, margins=(0, 0, 3, 0)))
        close = TextButton(theme, translate(_CONTEXT, "Close")).on_click(self.accept)
        self.setLayout(
            column(
                PlainLabel(translate(_CONTEXT, "About the model"), role="title"),
                scrolled(body),
                row(None, close),
                gap=3,
                margins=(6, 6, 6, 5),
            )
        )


def languages_of(rows: Sequence[InboxRow]) -> tuple[Language, ...]:
    """The languages most of these messages are in; rare ones are often short posts taken for another."""
    found = Counter((row.language, row.in_scope) for row in rows if row.language and row.in_scope is not None)
    least = max(found.total() * _RARE, 1)
    return tuple(one for one, count in found.most_common(_MOST_LANGUAGES) if count >= least)


def plain_words(model: str, languages: Sequence[Language]) -> tuple[str, ...]:
    """What it does, where it runs, and how often it is wrong in the person's languages."""
    wrong = [
        honesty(language, model, in_scope=in_scope)
        for language, in_scope in languages or _own_language(model)
    ]
    if moved_by_person(model):
        wrong.append(
            translate(_CONTEXT, "You moved the line by what you marked: these figures are from before.")
        )
    return (
        translate(
            _CONTEXT,
            "It reads every message and says whether it looks hostile, and in what way, so that hostile "
            "ones can be hidden; it deletes nothing and decides nothing else.",
        ),
        translate(_CONTEXT, "It runs on this computer: no message is sent to anyone to be judged."),
        translate(_CONTEXT, "It is often wrong."),
        *(f"• {one}" for one in wrong if one),
    )


def _own_language(model: str) -> list[Language]:
    """Before there are messages: the language of the computer, or English, where that was measured."""
    measured = measured_languages(model)
    own = QLocale().name().partition("_")[0]
    return [(one, True) for one in (own, "en") if one in measured][:1]


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
