"""What only the person can say in a packet: one field for each that the receiver requires."""

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QCheckBox, QLineEdit, QPlainTextEdit, QVBoxLayout, QWidget

from ui.widgets.layouts import column, empty
from ui.widgets.untrusted_text import PlainLabel
from ui.wording import number, translate

if TYPE_CHECKING:
    from core.export.templates import CaseField, MissingField, Template

_CONTEXT = "Export"
_YES = "yes"


class CaseForm(QWidget):
    """Redrawn for each receiver; what was typed is kept while switching."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._typed: dict[str, str] = {}
        self._fields: dict[str, QWidget] = {}
        self._layout: QVBoxLayout = column(gap=1)
        self.setLayout(self._layout)

    def show_template(self, template: "Template") -> None:
        """Ask what this receiver requires, then what may stay empty."""
        self._keep()
        empty(self._layout)
        self._fields = {}
        for wanted in template.case:
            self._layout.addWidget(self._field(wanted))
        if template.offered:
            self._layout.addSpacing(8)
            self._layout.addWidget(PlainLabel(translate(_CONTEXT, "If you like"), role="section"))
        for wanted in template.offered:
            self._layout.addWidget(self._field(wanted))

    def answers(self) -> dict[str, str]:
        """What was typed, by the name of the field; empty ones are left out."""
        self._keep()
        return {name: self._typed[name] for name in self._fields if self._typed.get(name)}

    def _keep(self) -> None:
        for name, field in self._fields.items():
            if isinstance(field, QPlainTextEdit):
                self._typed[name] = field.toPlainText().strip()
            elif isinstance(field, QCheckBox):
                self._typed[name] = _YES if field.isChecked() else ""
            elif isinstance(field, QLineEdit):
                self._typed[name] = field.text().strip()

    def _field(self, wanted: "CaseField") -> QWidget:
        name, title = wanted.value, case_field_name(wanted)
        before = self._typed.get(name, "")
        holder = QWidget()
        if name == "good-faith":
            tick = QCheckBox(title)
            tick.setChecked(bool(before))
            self._fields[name] = tick
            holder.setLayout(column(tick, margins=(0, 1, 0, 0)))
            return holder
        field: QPlainTextEdit | QLineEdit
        if name == "narrative":
            field = QPlainTextEdit(before)
            field.setFixedHeight(84)
            field.setTabChangesFocus(True)
        else:
            field = QLineEdit(before)
        field.setAccessibleName(title)
        self._fields[name] = field
        holder.setLayout(column(PlainLabel(title, role="caption"), field, gap=0))
        return holder


def case_field_name(wanted: "CaseField") -> str:
    """What a field asks for."""
    names = {
        "narrative": translate(_CONTEXT, "What happened, in your own words"),
        "notifier-name": translate(_CONTEXT, "Your name"),
        "notifier-contact": translate(_CONTEXT, "How to reach you"),
        "notifier-email": translate(_CONTEXT, "Your email address"),
        "good-faith": translate(_CONTEXT, "I believe in good faith that this is accurate and complete"),
        "rule-broken": translate(_CONTEXT, "Which rule or law it breaks"),
        "subject-known": translate(_CONTEXT, "What you know of the senders (“unknown” is an answer)"),
        "earlier-reports": translate(_CONTEXT, "Earlier reports, with their numbers (“none” is an answer)"),
        "foreign-contact": translate(
            _CONTEXT, "Signs of contact from abroad or threats to family: facts and dates"
        ),
        "workplace-effect": translate(_CONTEXT, "How it affects your work"),
    }
    return names.get(wanted.value, wanted.value)


def missing_name(missing: "MissingField") -> str:
    """A required field that is empty, in words."""
    names = {
        "url": translate(_CONTEXT, "links to the posts"),
        "sender-id": translate(_CONTEXT, "permanent ids of senders"),
        "handle": translate(_CONTEXT, "handles"),
        "posted-at": translate(_CONTEXT, "times of posting"),
        "sealed-bytes": translate(_CONTEXT, "originals as received"),
        "narrative": translate(_CONTEXT, "what happened"),
        "notifier-name": translate(_CONTEXT, "your name"),
        "notifier-contact": translate(_CONTEXT, "how to reach you"),
        "notifier-email": translate(_CONTEXT, "your email address"),
        "handle-or-id": translate(_CONTEXT, "handles or ids of senders"),
        "items": translate(_CONTEXT, "messages"),
        "good-faith": translate(_CONTEXT, "the good-faith statement"),
        "rule-broken": translate(_CONTEXT, "the rule or law broken"),
        "subject-known": translate(_CONTEXT, "what is known of the senders"),
        "earlier-reports": translate(_CONTEXT, "earlier reports"),
        "foreign-contact": translate(_CONTEXT, "signs of contact from abroad"),
        "workplace-effect": translate(_CONTEXT, "the effect on work"),
    }
    name = names.get(missing.field, missing.field)
    if not missing.items:
        return name
    return translate(_CONTEXT, "{name} (in {n} messages)").format(name=name, n=number(missing.items))
