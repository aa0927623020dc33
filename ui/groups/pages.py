"""The pages of one group that take a worker to fill: over time, and who is in it."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from PySide6.QtWidgets import QCheckBox, QWidget

from core.domain.campaign import CampaignStory, Member
from core.domain.ids import SenderId
from ui.background import Background
from ui.groups.senders import Senders
from ui.groups.story import Story
from ui.pictures.births import Births
from ui.pictures.graph import Graph
from ui.pictures.hours import Hours
from ui.pictures.panel import PicturePanel, Post
from ui.pictures.river import River
from ui.pictures.timeline import Timeline
from ui.pictures.zone import Zone
from ui.theme.theme import Theme
from ui.widgets.layouts import column, empty
from ui.widgets.untrusted_text import PlainLabel
from ui.wording import translate

if TYPE_CHECKING:
    from collections.abc import Callable

    from app.services.bundle import Services

_CONTEXT: Final = "Groups"


class OverTime(QWidget):
    """When it came, at what hours, what it pushed."""

    def __init__(self, theme: Theme, services: "Services", background: Background, post: Post) -> None:
        super().__init__()
        self._theme, self._services, self._background = theme, services, background
        self._story: CampaignStory | None = None
        self._key = ""
        self.timeline = PicturePanel(theme, background, post, translate(_CONTEXT, "Messages over time"))
        self.hours = PicturePanel(theme, background, post, translate(_CONTEXT, "Hours of the week"))
        self.river = PicturePanel(theme, background, post, translate(_CONTEXT, "What it pushes, over time"))
        self.words = QCheckBox(translate(_CONTEXT, "Show words"))
        self.words.toggled.connect(self._show_story)
        self.river.add(self.words)
        self._told = column(gap=3)
        self.setLayout(column(self.timeline, self.hours, self.river, self._told, gap=3))

    def read(self, key: str) -> None:
        """Fill the page for this group; words are hidden again."""
        self._key = key
        self.words.setChecked(False)
        empty(self._told)
        pictures, campaigns, zone = self._services.pictures, self._services.campaigns, Zone()

        def drawn() -> tuple[Timeline, Hours]:
            figures = pictures.figures().only(key)
            return Timeline(figures, zone), Hours(figures, zone)

        def then(made: tuple[Timeline, Hours]) -> None:
            self.timeline.show_picture(made[0])
            self.hours.show_picture(made[1])

        def told(story: CampaignStory) -> None:
            self._story = story
            self._show_story()

        self._background.read("group-over-time", drawn, then)
        self._background.read("group-story", lambda: campaigns.story(key), told)

    def _show_story(self) -> None:
        if self._story is None:
            return
        shown = self.words.isChecked()
        self.river.show_picture(River(self._story.themes, words=shown))
        empty(self._told)
        self._told.addWidget(Story(self._theme, self._story, words=shown))


class Who(QWidget):
    """Who shares what, when the accounts were made, and the senders in a table."""

    def __init__(
        self,
        theme: Theme,
        services: "Services",
        background: Background,
        post: Post,
        take_out: "Callable[[Sequence[SenderId]], None]",
    ) -> None:
        super().__init__()
        self._services, self._background = services, background
        self._graph: Graph | None = None
        self.graph = PicturePanel(theme, background, post, translate(_CONTEXT, "Who shares what"))
        self.births = PicturePanel(
            theme, background, post, translate(_CONTEXT, "When the accounts were made")
        )
        self.numbers = QCheckBox(translate(_CONTEXT, "Numbers"))
        self.handles = QCheckBox(translate(_CONTEXT, "Handles"))
        self.words = QCheckBox(translate(_CONTEXT, "Words in the table"))
        for box in (self.numbers, self.handles, self.words):
            box.toggled.connect(self._label)
            self.graph.add(box)
        self.senders = Senders(theme, take_out)
        hint = translate(
            _CONTEXT,
            "Look closer with Ctrl and the wheel or the + key, move it by dragging, 0 shows the whole.",
        )
        self.hint = PlainLabel(hint, role="caption").wrapped()
        self.setLayout(column(self.graph, self.hint, self.births, self.senders, gap=3))

    def read(self, key: str) -> None:
        """Fill the page for this group; labels are off again."""
        for box in (self.numbers, self.handles, self.words):
            box.setChecked(False)
        pictures, campaigns, zone = self._services.pictures, self._services.campaigns, Zone()

        def members(found: tuple[Member, ...]) -> None:
            self.senders.put(found)

        def got(made: Graph) -> None:
            self._graph = made
            self._label()

        self._background.read("group-members", lambda: campaigns.members(key), members)
        self._background.read(
            "group-births", lambda: Births(pictures.figures().only(key), zone), self.births.show_picture
        )
        self._background.read("group-graph", lambda: Graph(pictures.graph(key)), got)

    def _label(self) -> None:
        if self._graph is not None:
            made = self._graph.labelled(
                numbers=self.numbers.isChecked(),
                handles=self.handles.isChecked(),
                words=self.words.isChecked(),
            )
            self.graph.show_picture(made)


class Overview(QWidget):
    """All groups together: over time, who shares what, when the accounts were made."""

    def __init__(self, theme: Theme, services: "Services", background: Background, post: Post) -> None:
        super().__init__()
        self._services, self._background = services, background
        self.timeline = PicturePanel(theme, background, post, translate(_CONTEXT, "Messages over time"))
        self.graph = PicturePanel(theme, background, post, translate(_CONTEXT, "Who shares what"))
        self.births = PicturePanel(
            theme, background, post, translate(_CONTEXT, "When the accounts were made")
        )
        title = PlainLabel(translate(_CONTEXT, "All groups together"), role="title")
        said = translate(
            _CONTEXT,
            "Groups are senders whose behaviour is consistent with acting together. Choose one on the left "
            "to see why, and what else could explain it.",
        )
        note = PlainLabel(said, role="soft").wrapped()
        self.setLayout(column(title, note, 1, self.timeline, self.graph, self.births, None, gap=3))

    def read(self) -> None:
        """Draw again."""
        pictures, zone = self._services.pictures, Zone()

        def drawn() -> tuple[Timeline, Births]:
            figures = pictures.figures()
            return Timeline(figures, zone), Births(figures, zone)

        def then(made: tuple[Timeline, Births]) -> None:
            self.timeline.show_picture(made[0])
            self.births.show_picture(made[1])

        self._background.read("groups-over-time", drawn, then)
        self._background.read("groups-graph", lambda: Graph(pictures.graph()), self.graph.show_picture)
