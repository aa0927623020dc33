"""Why a group is shown: each sign with figures, what speaks against it, what could not be looked at."""

from collections.abc import Callable
from typing import Final

from PySide6.QtWidgets import QWidget

from core.domain.campaign import CampaignCard, CampaignDetail, CampaignState, Decision
from ui.groups.figures import ReasonFigure
from ui.groups.texts import SentTexts
from ui.groups.words import decided, taken_down
from ui.theme.theme import Theme
from ui.widgets.buttons import TextButton
from ui.widgets.layouts import column, row
from ui.widgets.untrusted_text import PlainLabel, plain
from ui.wording import translate

_CONTEXT: Final = "Groups"
Undo = Callable[[Decision], None]


class Why(QWidget):
    """One page, made anew for each group."""

    def __init__(self, theme: Theme, detail: CampaignDetail, undo: Undo) -> None:
        super().__init__()
        parts: list[QWidget] = []
        if detail.card.group is not None:
            parts += _signs(theme, detail.card)
        elif detail.card.state is CampaignState.ACTIVE:
            words = translate(
                _CONTEXT,
                "The last full look at everything no longer finds two independent signs for this group. "
                "Therefore it is not shown. What you named or decided is kept, in case it comes back.",
            )
            parts.append(PlainLabel(words, role="soft").wrapped())
        self.texts = SentTexts(theme, detail.texts)
        parts += [_section(translate(_CONTEXT, "What they sent")), self.texts]
        parts.append(_section(translate(_CONTEXT, "Is it still up?")))
        parts.append(PlainLabel(taken_down(detail.taken_down), role="soft").wrapped())
        if detail.decisions:
            parts.append(_section(translate(_CONTEXT, "What you decided")))
            parts += [_decision(theme, one, undo) for one in detail.decisions]
        self.setLayout(column(*parts, gap=3))


def _signs(theme: Theme, card: CampaignCard) -> list[QWidget]:
    group = card.group
    assert group is not None  # noqa: S101 - asked by the caller
    parts: list[QWidget] = [_section(translate(_CONTEXT, "Signs"))]
    parts += [ReasonFigure(theme, reason) for reason in group.reasons]
    against, missing = _sorted(group.caveats)
    parts.append(_section(translate(_CONTEXT, "What else could explain it")))
    also = translate(
        _CONTEXT,
        "These signs are consistent with senders acting together. They do not show who is behind it, and "
        "people who share a cause can look alike.",
    )
    parts += [_line(words) for words in (also, *against)]
    if missing:
        parts.append(_section(translate(_CONTEXT, "What could not be looked at")))
        parts += [_line(words) for words in missing]
    return parts


# How the sentences of `core.coordination.explain` begin that say what data were missing.
_MISSING: Final = ("It is not known", "Handles were not", "Only ", "The posts carry no times", "The figures")


def _sorted(caveats: tuple[str, ...]) -> tuple[list[str], list[str]]:
    missing = [one for one in caveats if one.startswith(_MISSING)]
    return [one for one in caveats if one not in missing], missing


def _line(words: str) -> PlainLabel:
    return PlainLabel(plain(words, 400), role="soft").wrapped()


def _section(words: str) -> PlainLabel:
    return PlainLabel(words, role="section")


def _decision(theme: Theme, decision: Decision, undo: Undo) -> QWidget:
    holder = QWidget()
    words = PlainLabel(decided(decision), role="soft").wrapped()
    line = row(words, gap=2)
    line.setStretch(0, 1)
    if decision.undone_at is None:
        button = TextButton(theme, translate(_CONTEXT, "Undo"), "undo", "quiet")
        line.addWidget(button.on_click(lambda: undo(decision)))
    holder.setLayout(line)
    return holder
