"""Questions about a group: a name for it, and whether to split it."""

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QEvent, QSize, Signal
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLineEdit, QWidget

from app.services.campaigns import LONGEST_TITLE
from core.domain.campaign import CampaignCard, SplitHalf, SplitOffer
from ui.pictures.picture import campaign_name
from ui.theme.theme import Theme
from ui.widgets.ask import open_dialog
from ui.widgets.buttons import TextButton
from ui.widgets.layouts import column, frame, row, scrolled
from ui.widgets.reading_text import ReadingText
from ui.widgets.untrusted_text import PlainLabel
from ui.wording import counted, translate

_CONTEXT: Final = "Groups"
_SPLIT_WIDE: Final = 640
# What stands around the two halves, with some air to the edges of the screen.
_AROUND: Final = 260


class NameDialog(QDialog):
    """The person's own name for a group."""

    def __init__(
        self, theme: Theme, card: CampaignCard, parent: QWidget, agreed: Callable[[str], None]
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(translate(_CONTEXT, "Name this group"))
        self.setModal(True)
        self.setFixedWidth(440)
        self.field = QLineEdit(card.title)
        self.field.setMaxLength(LONGEST_TITLE)
        self.field.setAccessibleName(translate(_CONTEXT, "Name"))
        note = translate(_CONTEXT, "Only you see it. Leave it empty to use the number again.")
        cancel = TextButton(theme, translate(_CONTEXT, "Cancel")).on_click(self.reject)
        self.go = TextButton(theme, translate(_CONTEXT, "Save the name"), "", "primary").on_click(self.accept)
        self.go.setDefault(True)
        self.setLayout(
            column(
                PlainLabel(campaign_name(card), role="title").wrapped(),
                PlainLabel(note, role="soft").wrapped(),
                self.field,
                row(None, cancel, self.go, gap=2),
                gap=4,
                margins=(6, 6, 6, 5),
            )
        )
        self.accepted.connect(lambda: agreed(self.field.text()))
        self.field.setFocus()


class SplitDialog(QDialog):
    """Two halves by what was sent; texts stay hidden until asked for."""

    def __init__(self, theme: Theme, offer: SplitOffer, parent: QWidget, agreed: Callable[[], None]) -> None:
        super().__init__(parent)
        self.setWindowTitle(translate(_CONTEXT, "Split this group"))
        self.setModal(True)
        self.setFixedWidth(_SPLIT_WIDE)
        self._theme = theme
        self._texts: list[QWidget] = []
        title = PlainLabel(translate(_CONTEXT, "Split by what they sent?"), role="title")
        said = translate(
            _CONTEXT,
            "These senders fall into two by what they share. The two stay apart from then on, also when they "
            "grow. You can undo it.",
        )
        first = self._half(translate(_CONTEXT, "Stays this group"), offer.staying)
        second = self._half(translate(_CONTEXT, "Becomes a group of its own"), offer.moving)
        self._halves = _Halves(row(first, second, gap=3))
        self._halves.grew.connect(self._fit)
        self._area = scrolled(self._halves)
        self.look = TextButton(theme, translate(_CONTEXT, "Show some of their texts"), "eye").on_click(
            self._show
        )
        cancel = TextButton(theme, translate(_CONTEXT, "Cancel")).on_click(self.reject)
        self.go = TextButton(theme, translate(_CONTEXT, "Split"), "", "primary").on_click(self.accept)
        self.setLayout(
            column(
                title,
                PlainLabel(said, role="soft").wrapped(),
                self._area,
                row(self.look, None),
                row(None, cancel, self.go, gap=2),
                gap=4,
                margins=(6, 6, 6, 5),
            )
        )
        self.accepted.connect(agreed)
        cancel.setFocus()

    def _half(self, name: str, half: SplitHalf) -> QWidget:
        people = counted(
            len(half.senders), translate(_CONTEXT, "one sender"), translate(_CONTEXT, "{n} senders")
        )
        posts = counted(half.posts, translate(_CONTEXT, "one message"), translate(_CONTEXT, "{n} messages"))
        texts = QWidget()
        boxes = []
        for text in half.texts:
            reading = ReadingText(self._theme)
            reading.show_untrusted(text[:400])
            boxes.append(frame("inset", column(reading, margins=(2, 1, 2, 1))))
        texts.setLayout(column(*boxes, gap=2))
        texts.hide()
        self._texts.append(texts)
        words = PlainLabel(f"{people} · {posts}", role="soft").wrapped()
        return frame(
            "card",
            column(PlainLabel(name, role="strong").wrapped(), words, texts, None, margins=(3, 3, 3, 3)),
        )

    def _fit(self) -> None:
        """As tall as what is shown, as far as the screen goes; the rest scrolls."""
        layout = self.layout()
        assert layout is not None  # noqa: S101 - set in __init__
        tall = self._halves.tall(self._area.viewport().width())
        self._area.setFixedHeight(min(tall, max(self.screen().availableGeometry().height() - _AROUND, 200)))
        layout.activate()
        self.resize(QSize(_SPLIT_WIDE, layout.totalHeightForWidth(_SPLIT_WIDE)))

    def _show(self) -> None:
        for texts in self._texts:
            texts.show()
        self.look.hide()


class _Halves(QWidget):
    """The two halves side by side. Texts find their height only when they have their width."""

    grew = Signal()

    def __init__(self, halves: QHBoxLayout) -> None:
        super().__init__()
        self._row = halves
        self.setLayout(halves)

    def tall(self, width: int) -> int:
        """How much height they want."""
        return self._row.totalHeightForWidth(width)

    def event(self, event: QEvent) -> bool:
        """Something in it has another size."""
        done = super().event(event)
        if event.type() == QEvent.Type.LayoutRequest:
            self.grew.emit()
        return done


def ask_name(theme: Theme, card: CampaignCard, parent: QWidget, agreed: Callable[[str], None]) -> NameDialog:
    """Ask for a name."""
    dialog = NameDialog(theme, card, parent, agreed)
    open_dialog(dialog)
    return dialog


def ask_split(theme: Theme, offer: SplitOffer, parent: QWidget, agreed: Callable[[], None]) -> SplitDialog:
    """Show both halves and ask."""
    dialog = SplitDialog(theme, offer, parent, agreed)
    open_dialog(dialog)
    return dialog
