"""Time stamps: how often, whom to ask in which order, and authorities of one's own."""

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QComboBox, QDialog, QFileDialog, QLineEdit, QVBoxLayout, QWidget

from core.anchoring.plan import AnchorPlan, Listed, When
from ui.evidence.fitting import fit
from ui.evidence.words import when_words
from ui.theme.theme import Theme
from ui.widgets.buttons import TextButton
from ui.widgets.layouts import column, empty, frame, row, rule
from ui.widgets.untrusted_text import PlainLabel, flat, one_line
from ui.wording import translate

if TYPE_CHECKING:
    from collections.abc import Callable

    from app.services.anchor import AnchorService

_CONTEXT = "Stamps"
_WIDTH: Final = 600
_LARGEST_CERTIFICATE: Final = 64 * 1024


class StampsDialog(QDialog):
    """Each choice is a `change` to run on the service; the answer comes back through `show_plan` or `say`."""

    change: "Signal" = Signal(object)

    def __init__(self, theme: Theme, plan: AnchorPlan, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._certificate: Path | None = None
        self.setWindowTitle(translate(_CONTEXT, "Time stamps"))
        self.setModal(True)
        self.when = QComboBox()
        self.when.setAccessibleName(translate(_CONTEXT, "Ask for a time stamp"))
        for one in When:
            self.when.addItem(when_words(one))
        self.when.activated.connect(self._choose_when)
        self._authorities: QVBoxLayout = column(gap=2)
        self.said = PlainLabel(role="urgent").wrapped()
        self.said.hide()
        self.setLayout(
            column(
                PlainLabel(translate(_CONTEXT, "Time stamps"), role="title"),
                PlainLabel(_what_they_learn(), role="soft").wrapped(),
                column(
                    PlainLabel(translate(_CONTEXT, "Ask for one"), role="section"),
                    row(self.when, None),
                    gap=1,
                ),
                column(
                    PlainLabel(
                        translate(_CONTEXT, "Whom to ask, in this order, until one answers"), role="section"
                    ),
                    frame("inset", column(self._authorities, margins=(4, 3, 3, 3))),
                    gap=1,
                ),
                self._adding(),
                self.said,
                row(
                    None, TextButton(theme, translate(_CONTEXT, "Done"), "", "primary").on_click(self.accept)
                ),
                gap=4,
                margins=(6, 6, 6, 5),
            )
        )
        self.show_plan(plan)

    def show_plan(self, plan: AnchorPlan) -> None:
        """What is chosen now."""
        self.said.hide()
        self.when.setCurrentIndex(list(When).index(plan.when))
        empty(self._authorities)
        for place, one in enumerate(plan.listed):
            self._authorities.addWidget(self._authority(place, one))
        self._show_form(False)

    def say(self, text: str) -> None:
        """What was wrong."""
        self.said.setText(text)
        self.said.show()
        fit(self, _WIDTH)

    def _authority(self, place: int, one: Listed) -> QWidget:
        url = one.authority.url
        use = QCheckBox(flat(one.authority.name).replace("&", "&&"))
        use.setChecked(one.used)
        use.toggled.connect(lambda on: self._ask(lambda service: service.use_authority(url, used=on)))
        host = PlainLabel(role="caption")
        host.setText(one_line(one.authority.host))
        first = TextButton(self._theme, translate(_CONTEXT, "Ask first"), "", "quiet")
        first.on_click(partial(self._ask, lambda service: service.ask_first(url)))
        first.setVisible(place > 0)
        line = QWidget()
        layout = row(use, host, None, first, gap=3)
        line.setLayout(layout)
        line.setMinimumHeight(34)
        return line

    def _adding(self) -> QWidget:
        self.add = TextButton(self._theme, translate(_CONTEXT, "Add an authority…"), "plus", "quiet")
        self.add.on_click(partial(self._show_form, True))
        self.name, self.url = QLineEdit(), QLineEdit()
        self.name.setPlaceholderText(translate(_CONTEXT, "Name"))
        self.url.setPlaceholderText("https://")
        self.name.setAccessibleName(translate(_CONTEXT, "Name"))
        self.url.setAccessibleName(translate(_CONTEXT, "Address"))
        self.certificate = TextButton(self._theme, translate(_CONTEXT, "Root certificate…"), "document")
        self.certificate.on_click(self._choose_certificate)
        self.added = TextButton(self._theme, translate(_CONTEXT, "Add"), "plus").on_click(self._add)
        note = translate(
            _CONTEXT,
            "Only an authority whose root certificate you hold by another way, such as from its operator in "
            "person. Its time stamps are trusted under that certificate alone.",
        )
        fields = column(
            rule(),
            row(self.name, self.url, gap=2),
            row(self.certificate, None, self.added, gap=2),
            PlainLabel(note, role="caption").wrapped(),
            gap=2,
        )
        self._form = QWidget()
        self._form.setLayout(fields)
        holder = QWidget()
        holder.setLayout(column(row(self.add, None), self._form, gap=2))
        return holder

    def _show_form(self, shown: bool) -> None:
        self.add.setVisible(not shown)
        self._form.setVisible(shown)
        if shown:
            self.name.setFocus()
        fit(self, _WIDTH)

    def _choose_when(self, index: int) -> None:
        when = list(When)[index]
        self._ask(lambda service: service.set_when(when))

    def _choose_certificate(self) -> None:
        kinds = translate(_CONTEXT, "Certificates (*.pem *.crt *.cer *.der);;All files (*)")
        name, _ = QFileDialog.getOpenFileName(self, translate(_CONTEXT, "Root certificate"), "", kinds)
        if name:
            self.use_certificate(Path(name))

    def use_certificate(self, path: Path) -> None:
        """The file that holds the root certificate."""
        self._certificate = path
        self.certificate.setText(one_line(path.name, 40).replace("&", "&&"))

    def _add(self) -> None:
        try:
            root = b""
            if self._certificate is not None:
                with self._certificate.open("rb") as file:
                    root = file.read(_LARGEST_CERTIFICATE + 1)
        except OSError:
            self.say(translate(_CONTEXT, "The certificate's file cannot be read."))
            return
        if not root:
            self.say(translate(_CONTEXT, "Choose the file with its root certificate."))
            return
        name, url = self.name.text(), self.url.text()

        def change(service: "AnchorService") -> AnchorPlan:
            service.add_authority(name, url, root)
            return service.plan()

        self._ask(change)

    def _ask(self, change: "Callable[[AnchorService], AnchorPlan]") -> None:
        self.change.emit(change)


def _what_they_learn() -> str:
    return translate(
        _CONTEXT,
        "An authority signs the fingerprint of your log with the date. It gets 32 bytes that say nothing "
        "about you, and learns that somebody at your internet address asked, and when. With a VPN or proxy "
        "it learns that address instead. Nobody is asked until you say so.",
    )
