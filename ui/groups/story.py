"""How a campaign goes on: its themes period by period, taken tags and threads, other platforms, profiles."""

from datetime import datetime, timedelta
from typing import Final

from PySide6.QtCore import QDate, QLocale
from PySide6.QtWidgets import QWidget

from core.domain.campaign import CampaignStory
from core.domain.coordination import PlatformLink, ProfileFact, ThemePeriod
from ui.groups.words import hijacked
from ui.theme.theme import Theme
from ui.widgets.layouts import column, frame, row
from ui.widgets.reading_text import ReadingText
from ui.widgets.untrusted_text import PlainLabel, one_line, plain
from ui.wording import counted, translate

_CONTEXT: Final = "Groups"
_PERIODS: Final = 12
_FACTS: Final = 20
_LONGEST: Final = 600
_MOMENT: Final = timedelta(microseconds=1)


class Story(QWidget):
    """Words of strangers stay hidden until `words` says otherwise."""

    def __init__(self, theme: Theme, story: CampaignStory, *, words: bool) -> None:
        super().__init__()
        parts: list[QWidget] = []
        if story.themes is not None and story.themes.periods:
            parts.append(_section(translate(_CONTEXT, "Period by period")))
            parts += [_period(theme, one, story, words=words) for one in story.themes.periods[-_PERIODS:]]
        if story.hijacks:
            parts.append(_section(translate(_CONTEXT, "Tags and conversations it came to fill")))
            parts += [PlainLabel(hijacked(one), role="soft").wrapped() for one in story.hijacks]
        if story.links:
            parts.append(_section(translate(_CONTEXT, "The same on other platforms")))
            parts += [PlainLabel(_platforms(one), role="soft").wrapped() for one in story.links]
        if story.facts:
            parts.append(_section(translate(_CONTEXT, "What profiles say, and what their messages show")))
            parts.append(PlainLabel(_facts_note(), role="caption").wrapped())
            parts += [PlainLabel(_fact(one, story), role="soft").wrapped() for one in story.facts[:_FACTS]]
        self.setLayout(column(*parts, gap=3))


def _period(theme: Theme, period: ThemePeriod, story: CampaignStory, *, words: bool) -> QWidget:
    """Days, how many by how many, and what came and went; words and one message only when asked for."""
    last = period.end - _MOMENT
    days = f"{_day(period.start)} – {_day(last)}" if _day(period.start) != _day(last) else _day(period.start)
    posts = counted(period.posts, translate(_CONTEXT, "one message"), translate(_CONTEXT, "{n} messages"))
    people = counted(period.senders, translate(_CONTEXT, "one sender"), translate(_CONTEXT, "{n} senders"))
    head = row(
        PlainLabel(days, role="strong"), PlainLabel(f"{posts} · {people}", role="caption"), None, gap=3
    )
    body = column(head, gap=1, margins=(3, 2, 3, 2))
    if period.arrived or period.left:
        body.addWidget(PlainLabel(_shift(period, words=words), role="soft").wrapped())
    if words:
        terms = " · ".join(one_line(term.text, 40) for term in period.terms)
        body.addWidget(PlainLabel(terms or translate(_CONTEXT, "No word stands out."), role="soft").wrapped())
        example = next((story.examples[post] for post in period.examples if post in story.examples), None)
        if example is not None:
            reading = ReadingText(theme)
            reading.show_untrusted(example[:_LONGEST])
            body.addWidget(frame("inset", column(reading, margins=(2, 1, 2, 1))))
    elif not (period.arrived or period.left):
        said = counted(
            len(period.terms),
            translate(_CONTEXT, "One word stands out."),
            translate(_CONTEXT, "{n} words stand out."),
        )
        none = translate(_CONTEXT, "No word stands out.")
        body.addWidget(PlainLabel(said if period.terms else none, role="soft"))
    return frame("card", body)


def _shift(period: ThemePeriod, *, words: bool) -> str:
    """How far it moved from the period before."""
    said = translate(_CONTEXT, "{share} of its words are not those of the time before.").format(
        share=f"{period.shift:.0%}"
    )
    if not words:
        return said
    arrived = ", ".join(one_line(one, 40) for one in period.arrived)
    left = ", ".join(one_line(one, 40) for one in period.left)
    if arrived:
        said += " " + translate(_CONTEXT, "New: {words}.").format(words=arrived)
    if left:
        said += " " + translate(_CONTEXT, "Gone: {words}.").format(words=left)
    return said


def _platforms(link: PlatformLink) -> str:
    said = counted(
        len(link.evidence),
        translate(_CONTEXT, "One text, link or picture of it was also seen on {names}."),
        translate(_CONTEXT, "{n} texts, links or pictures of it were seen on {names}."),
    )
    return said.replace("{names}", ", ".join(one_line(name, 40) for name in link.platforms))


def _facts_note() -> str:
    return translate(
        _CONTEXT,
        "Plain facts, no conclusions: people move, learn languages and work at night.",
    )


def _fact(fact: ProfileFact, story: CampaignStory) -> str:
    handle = one_line("@" + story.handles.get(fact.sender, fact.sender), 60)
    return f"{handle}: {plain(fact.sentence, 400)}"


def _day(at: datetime) -> str:
    """Periods are days of UTC, and are named as such."""
    return QLocale().toString(QDate(at.year, at.month, at.day), "d MMM yyyy")


def _section(words: str) -> PlainLabel:
    return PlainLabel(words, role="section")
