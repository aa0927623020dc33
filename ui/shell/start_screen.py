"""The first thing a new person sees: three ways to begin."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QMouseEvent, QShowEvent
from PySide6.QtWidgets import QFrame, QLabel, QSizePolicy, QWidget

from ui.naming import name_in_use
from ui.theme.icons import icon_pixmap
from ui.theme.theme import Theme
from ui.widgets.buttons import TextButton
from ui.widgets.drawing import Drawing
from ui.widgets.layouts import column, row
from ui.widgets.untrusted_text import PlainLabel
from ui.wording import translate

_CONTEXT = "Start"


class Choice(QFrame):
    """A card with one way to begin; the whole card can be pressed."""

    chosen = Signal()

    def __init__(self, theme: Theme, drawing: str, title: str, note: str, act: str, *, first: bool) -> None:
        super().__init__()
        self.setProperty("role", "choice")
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.button = TextButton(theme, act, "", "primary" if first else "")
        self.button.clicked.connect(self.chosen)
        words = PlainLabel(note, role="soft").wrapped()
        words.setMinimumHeight(words.fontMetrics().lineSpacing() * 4)
        words.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.setFixedWidth(272)
        self.setLayout(
            column(
                Drawing(theme, drawing, 32),
                1,
                PlainLabel(title, role="lead").wrapped(),
                words,
                None,
                self.button,
                gap=2,
                margins=(5, 5, 5, 5),
            )
        )

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """The card is as good as its button."""
        if self.rect().contains(event.position().toPoint()):
            self.chosen.emit()


class StartScreen(QWidget):
    """Connect, import, or look around."""

    connect_wanted = Signal()
    import_wanted = Signal()
    sample_wanted = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("page")
        self._theme = theme
        self._logo = QLabel()
        self._logo.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        title = PlainLabel(translate(_CONTEXT, "You do not have to read it all"), role="display")
        title.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self.note = note = PlainLabel(_about(), role="soft").wrapped()
        note.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        note.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Preferred)
        note.setFixedWidth(640)
        self.connect_account = Choice(
            theme, "accounts", translate(_CONTEXT, "Connect an account"),
            translate(_CONTEXT, "Sign in with an app password. Replies, mentions and quotes are "
                "fetched and sorted."),
            translate(_CONTEXT, "Connect…"), first=True,
        )  # fmt: skip
        self.import_file = Choice(
            theme, "import", translate(_CONTEXT, "Import a file"),
            translate(_CONTEXT, "Messages saved as JSONL, CSV or Parquet, from you or from someone "
                "who helps you."),
            translate(_CONTEXT, "Choose a file…"), first=False,
        )  # fmt: skip
        self.sample = Choice(
            theme, "sample", translate(_CONTEXT, "Look around with sample data"),
            translate(_CONTEXT, "About two thousand made-up messages. Nothing is kept, nothing is "
                "sent. It contains insults."),
            translate(_CONTEXT, "Look around"), first=False,
        )  # fmt: skip
        self.connect_account.chosen.connect(self.connect_wanted)
        self.import_file.chosen.connect(self.import_wanted)
        self.sample.chosen.connect(self.sample_wanted)
        cards = row(None, self.connect_account, self.import_file, self.sample, None, gap=4)
        self.setLayout(
            column(
                None,
                self._logo,
                2,
                title,
                row(None, note, None),
                6,
                cards,
                None,
                None,
                gap=2,
                margins=(6, 6, 6, 6),
            )
        )
        self._tint()

    def showEvent(self, event: QShowEvent) -> None:
        """The name may have been changed since."""
        self.note.setText(_about())
        super().showEvent(event)

    def _tint(self) -> None:
        self._logo.setPixmap(icon_pixmap("breakwater", "#000", 72, self.devicePixelRatioF()))


def _about() -> str:
    return translate(
        _CONTEXT,
        "{name} gathers what people send you, hides what is hostile, keeps it as evidence, "
        "and lets you act on it without reading it. Everything stays on this computer.",
    ).format(name=name_in_use())
