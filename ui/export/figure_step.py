"""Figures about groups for collectors: which groups, the whole file to look at, and an explicit yes."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QPlainTextEdit, QWidget

from core.domain.campaign import CampaignCard
from ui.pictures.picture import campaign_name
from ui.widgets.layouts import column, frame
from ui.widgets.untrusted_text import PlainLabel
from ui.wording import counted, number, translate

if TYPE_CHECKING:
    from app.services.figures import FigureFile

_CONTEXT = "Export"
_TALL = 220


class FigureStep(QWidget):
    """Nothing is agreed to beforehand, and agreement ends when the file changes."""

    # Other groups are ticked: the file has to be made anew.
    changed = Signal()
    # Whether the person may go on.
    agreed = Signal()

    def __init__(self, campaigns: tuple[CampaignCard, ...], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.file: FigureFile | None = None
        self._ticks = {one.key: _tick(one) for one in campaigns}
        for tick in self._ticks.values():
            tick.toggled.connect(lambda _: self.changed.emit())
        self.preview = QPlainTextEdit()
        self.preview.setReadOnly(True)
        self.preview.setTabChangesFocus(True)
        self.preview.setProperty("role", "mono")
        self.preview.setFixedHeight(_TALL)
        self.preview.setAccessibleName(translate(_CONTEXT, "The whole file"))
        self.about = PlainLabel(role="caption").wrapped()
        self.consent = QCheckBox(translate(_CONTEXT, "I have looked at it and want this file"))
        self.consent.setEnabled(False)
        self.consent.toggled.connect(lambda _: self.agreed.emit())
        chosen = frame("inset", column(*self._ticks.values(), gap=2, margins=(4, 3, 4, 3)))
        self.setLayout(
            column(
                PlainLabel(_what(), role="soft").wrapped(),
                PlainLabel(translate(_CONTEXT, "About which groups"), role="section"),
                chosen,
                PlainLabel(translate(_CONTEXT, "The whole file"), role="section"),
                self.preview,
                self.about,
                self.consent,
                PlainLabel(_after(), role="caption").wrapped(),
                None,
                gap=2,
            )
        )

    @property
    def ready(self) -> bool:
        """Whether the person agreed to the file that is shown."""
        return self.file is not None and self.consent.isChecked()

    def keys(self) -> tuple[str, ...]:
        """The groups to count."""
        return tuple(key for key, tick in self._ticks.items() if tick.isChecked())

    def wait(self) -> None:
        """The file is being made, or no group is ticked."""
        self._say("", translate(_CONTEXT, "Counting…") if self.keys() else translate(_CONTEXT, "No group."))

    def show_file(self, made: "FigureFile") -> None:
        """This is what would be written, every character of it."""
        self._say(
            made.text,
            counted(
                len(made.text.encode()) // 1024 + 1,
                translate(_CONTEXT, "One kilobyte. There is nothing else in it."),
                translate(_CONTEXT, "{n} kilobytes. There is nothing else in it."),
            ),
        )
        self.file = made
        self.consent.setEnabled(True)

    def show_problem(self, title: str, explanation: str) -> None:
        """It could not be made."""
        self._say("", f"{title}. {explanation}")

    def _say(self, text: str, about: str) -> None:
        self.file = None
        self.consent.setChecked(False)
        self.consent.setEnabled(False)
        self.preview.setPlainText(text)
        self.about.setText(about)


def _tick(one: CampaignCard) -> QCheckBox:
    senders = counted(one.senders, translate(_CONTEXT, "one sender"), translate(_CONTEXT, "{n} senders"))
    posts = counted(one.posts, translate(_CONTEXT, "one message"), translate(_CONTEXT, "{n} messages"))
    # A text of ours and the person's own name for it; an ampersand would become a shortcut.
    tick = QCheckBox(f"{campaign_name(one)}: {senders}, {posts}".replace("&", "&&"))
    tick.setChecked(True)
    return tick


def _what() -> str:
    return translate(
        _CONTEXT,
        "For people who collect such figures: researchers, platforms, organisations (STIX 2.1, DISARM "
        "numbers). In it: how many accounts and messages, on which platforms, first and last day, what kind "
        "of abuse, and fingerprints of texts that at least {n} accounts sent. Not in it: messages, links, "
        "names and ids of anyone, you, your notes, a country, who is behind it.",
    ).format(n=number(3))


def _after() -> str:
    return translate(
        _CONTEXT,
        "Whoever has one of these texts can tell by its fingerprint that it was sent to somebody. Breakwater "
        "sends nothing: you pass the file on yourself.",
    )
