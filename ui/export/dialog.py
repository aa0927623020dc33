"""Making a packet: which messages, for whom, where to; then it is written with progress."""

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QButtonGroup,
    QCheckBox,
    QComboBox,
    QDialog,
    QFileDialog,
    QLayout,
    QLineEdit,
    QRadioButton,
    QWidget,
)

from core.domain.inbox import GroupCard, InboxFilter, Order, Queue
from ui.export.case_form import CaseForm
from ui.theme.theme import Theme
from ui.widgets.buttons import TextButton
from ui.widgets.layouts import column, frame, row, rule, scrolled
from ui.widgets.untrusted_text import PlainLabel
from ui.wording import counted, number, translate

if TYPE_CHECKING:
    from app.services.export import ExportRequest
    from core.export.templates import Template

_CONTEXT = "Export"


@dataclass(frozen=True, slots=True)
class PacketWish:
    """What the person chose."""

    folder: Path
    request: "ExportRequest"


@dataclass(frozen=True, slots=True)
class PacketChoices:
    """What there is to choose from: how many hidden messages, which groups, which templates."""

    hidden: int
    groups: tuple[GroupCard, ...]
    templates: "tuple[Template, ...]"
    folder: Path


def template_name(template: "Template") -> str:
    """For whom a template is; one this module does not know keeps its own title."""
    names = {
        "police": translate(_CONTEXT, "Local police"),
        "platform": translate(_CONTEXT, "The platform's trust and safety team"),
        "ic3": translate(_CONTEXT, "FBI IC3 (transnational repression)"),
        "dsa": translate(_CONTEXT, "The platform, under the EU Digital Services Act, Article 16"),
        "esafety": translate(_CONTEXT, "eSafety Commissioner, Australia"),
        "employer": translate(_CONTEXT, "Employer or school"),
        "lawyer": translate(_CONTEXT, "Lawyer"),
    }
    return names.get(template.name, template.title)


class PacketDialog(QDialog):
    """One page with three questions and a default answer to each."""

    wanted = Signal(object)

    def __init__(self, theme: Theme, choices: PacketChoices, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme, self._choices = theme, choices
        self.setWindowTitle(translate(_CONTEXT, "Make a packet"))
        self.setModal(True)
        self.resize(600, 790)
        title = PlainLabel(translate(_CONTEXT, "Make a packet"), role="title")
        self.go = TextButton(theme, translate(_CONTEXT, "Make the packet"), "export", "primary").on_click(
            self._confirm
        )
        cancel = TextButton(theme, translate(_CONTEXT, "Cancel")).on_click(self.reject)
        self.go.setDefault(True)
        reveals = PlainLabel(
            translate(
                _CONTEXT,
                "The packet holds the full text of these messages and your own handle. "
                "Breakwater sends nothing: you decide who gets it.",
            ),
            role="soft",
        ).wrapped()
        disclosure = frame("inset", column(reveals, margins=(3, 2, 3, 2)))
        body = QWidget()
        questions = (self._which(), self._for_whom(), self._where(), disclosure)
        body.setLayout(column(*questions, None, gap=4, margins=(6, 1, 6, 1)))
        buttons = row(None, cancel, self.go, gap=2, margins=(6, 3, 6, 4))
        head = column(title, margins=(6, 6, 6, 2))
        self.setLayout(column(head, scrolled(body), rule(), buttons, gap=0))

    def _which(self) -> QWidget:
        self.hidden = QRadioButton(
            translate(_CONTEXT, "Everything hidden ({n})").format(n=number(self._choices.hidden))
        )
        self.one_group = QRadioButton(translate(_CONTEXT, "One group"))
        self._which_group = QButtonGroup(self)
        self._which_group.addButton(self.hidden)
        self._which_group.addButton(self.one_group)
        self.hidden.setChecked(True)
        self.group = QComboBox()
        self.group.setAccessibleName(translate(_CONTEXT, "Which group"))
        for card in self._choices.groups:
            people = counted(
                card.members, translate(_CONTEXT, "one sender"), translate(_CONTEXT, "{n} senders")
            )
            posts = counted(
                card.posts, translate(_CONTEXT, "one message"), translate(_CONTEXT, "{n} messages")
            )
            self.group.addItem(f"{people}, {posts}", card.key)
        self.one_group.setEnabled(bool(self._choices.groups))
        self.group.setEnabled(False)
        self.one_group.toggled.connect(self.group.setEnabled)
        line = row(self.one_group, self.group, gap=3)
        line.setStretch(1, 1)
        return _question(translate(_CONTEXT, "Which messages"), self.hidden, _holder(line))

    def _for_whom(self) -> QWidget:
        self.template = QComboBox()
        self.template.setAccessibleName(translate(_CONTEXT, "For whom"))
        for template in self._choices.templates:
            self.template.addItem(template_name(template))
        self.case = CaseForm()
        self.reminder = PlainLabel(role="caption").wrapped()
        self.template.currentIndexChanged.connect(self._template_chosen)
        self._template_chosen(0)
        return _question(translate(_CONTEXT, "For whom"), self.template, self.case, self.reminder)

    def _template_chosen(self, index: int) -> None:
        template = self._choices.templates[index]
        self.case.show_template(template)
        self.reminder.setText(" ".join(template.remember))

    def _where(self) -> QWidget:
        self.folder = QLineEdit(str(self._choices.folder))
        self.folder.setAccessibleName(translate(_CONTEXT, "Folder"))
        browse = TextButton(self._theme, translate(_CONTEXT, "Choose…"), "folder").on_click(self._browse)
        self.as_zip = QCheckBox(translate(_CONTEXT, "As one file (zip)"))
        self.as_zip.setChecked(True)
        line = row(self.folder, browse, gap=2)
        line.setStretch(0, 1)
        return _question(translate(_CONTEXT, "Where to"), _holder(line), self.as_zip)

    def _browse(self) -> None:
        picked = QFileDialog.getExistingDirectory(self, translate(_CONTEXT, "Folder"), self.folder.text())
        if picked:
            self.folder.setText(picked)

    def wish(self) -> PacketWish:
        """What is chosen now."""
        from app.services.export import ExportRequest

        if self.one_group.isChecked():
            chosen = InboxFilter(queue=Queue.ALL, group_key=self.group.currentData(), order=Order.OLDEST)
        else:
            chosen = InboxFilter(queue=Queue.ABUSE, order=Order.OLDEST)
        answers = self.case.answers()
        request = ExportRequest(
            chosen,
            self._choices.templates[self.template.currentIndex()].name,
            self.as_zip.isChecked(),
            answers.pop("narrative", ""),
            answers,
        )
        return PacketWish(Path(self.folder.text()).expanduser(), request)

    def _confirm(self) -> None:
        if self.folder.text().strip():
            self.accept()
            self.wanted.emit(self.wish())


def _question(title: str, *parts: QWidget) -> QWidget:
    holder = QWidget()
    holder.setLayout(column(PlainLabel(title, role="section"), *parts, gap=1))
    return holder


def _holder(line: QLayout) -> QWidget:
    holder = QWidget()
    holder.setLayout(line)
    return holder
