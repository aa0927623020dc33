"""The preview before mute, block and report: who is hit, who is left out, who can see it."""

from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QDialog, QListWidget, QListWidgetItem, QSizePolicy, QWidget

from core.domain.response import ActionKind, ActionPlan
from ui.respond.words import action_explained, action_on, skipped_because
from ui.theme.theme import Theme
from ui.widgets.buttons import TextButton
from ui.widgets.drawing import Drawing
from ui.widgets.layouts import column, frame, row
from ui.widgets.untrusted_text import PlainLabel, one_line
from ui.wording import counted, translate

_CONTEXT = "Preview"
# Names listed; the count above the list says how many there are in all.
_LISTED: Final = 500
_ROWS: Final = 8


class PreviewDialog(QDialog):
    """Nothing is sent until the person says so here."""

    confirmed = Signal(object)

    def __init__(self, theme: Theme, plan: ActionPlan, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme, self._plan = theme, plan
        self.setWindowTitle(translate(_CONTEXT, "Before anything is sent"))
        self.setModal(True)
        self.resize(520, 520)
        people = len({target.sender_id for target in plan.targets})
        title = PlainLabel(
            action_on(plan.kind, people) + "?" if people else translate(_CONTEXT, "Nobody to act on"),
            role="title",
        ).wrapped()
        explained = PlainLabel(action_explained(plan.kind, public=plan.public), role="soft").wrapped()
        self.go = TextButton(theme, action_on(plan.kind, people), plan.kind.value, "primary")
        self.go.on_click(self._confirm)
        self.go.setEnabled(people > 0)
        self.cancel = TextButton(theme, translate(_CONTEXT, "Cancel")).on_click(self.reject)
        parts: list[QWidget] = [title, self._notice(explained)]
        self.who = self._listing(counted(
            people, translate(_CONTEXT, "This person"), translate(_CONTEXT, "These {n} people")
        ), [f"@{one_line(target.handle, 200)}" for target in plan.targets])  # fmt: skip
        self.left_out = self._listing(
            counted(
                len(plan.skipped), translate(_CONTEXT, "Left out: one"), translate(_CONTEXT, "Left out: {n}")
            ),
            [f"@{one_line(s.handle, 200)} — {skipped_because(s.why)}" for s in plan.skipped],
        )
        self.who.setVisible(people > 0)
        self.left_out.setVisible(bool(plan.skipped))
        parts += [self.who, self.left_out]
        if plan.kind is ActionKind.REPORT:
            parts.append(self._reason_field())
        buttons = row(None, self.cancel, self.go, gap=2)
        self.setLayout(column(*parts, None, buttons, gap=4, margins=(6, 6, 6, 5)))
        (self.go if people else self.cancel).setDefault(True)
        self.cancel.setFocus()

    def _notice(self, explained: PlainLabel) -> QWidget:
        drawing = Drawing(self._theme, "info", 20, "note" if self._plan.public else "text-soft")
        drawing.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Preferred)
        line = row(drawing, explained, gap=3, margins=(3, 3, 3, 3))
        line.setStretch(1, 1)
        return frame("notice" if self._plan.public else "inset", line)

    def _listing(self, title: str, lines: list[str]) -> QWidget:
        listing = QListWidget()
        listing.setAccessibleName(title)
        listing.setUniformItemSizes(True)
        listing.setSelectionMode(QListWidget.SelectionMode.NoSelection)
        for line in lines[:_LISTED]:
            listing.addItem(QListWidgetItem(line))
        if len(lines) > _LISTED:
            listing.addItem(
                counted(
                    len(lines) - _LISTED,
                    translate(_CONTEXT, "and one more"),
                    translate(_CONTEXT, "and {n} more"),
                )
            )
        listing.ensurePolished()
        listing.setFixedHeight(min(max(len(lines), 1), _ROWS) * max(listing.sizeHintForRow(0), 20) + 6)
        holder = QWidget()
        boxed = frame("card", column(listing, margins=(2, 1, 2, 1)))
        holder.setLayout(column(PlainLabel(title, role="section"), boxed, gap=1))
        return holder

    def _reason_field(self) -> QWidget:
        self.reason = QComboBox()
        self.reason.setEditable(True)
        self.reason.addItems(
            [
                translate(_CONTEXT, "Targeted harassment"),
                translate(_CONTEXT, "Threat of violence"),
                translate(_CONTEXT, "Publishing private details"),
                translate(_CONTEXT, "Hate because of who I am"),
                translate(_CONTEXT, "Part of a coordinated group"),
            ]
        )
        if self._plan.reason:
            self.reason.setEditText(self._plan.reason)
        self.reason.setAccessibleName(translate(_CONTEXT, "What moderators are told"))
        holder = QWidget()
        title = PlainLabel(translate(_CONTEXT, "What moderators are told"), role="section")
        holder.setLayout(column(title, self.reason, gap=1))
        return holder

    def _confirm(self) -> None:
        reason = (
            self.reason.currentText().strip() if self._plan.kind is ActionKind.REPORT else self._plan.reason
        )
        self.accept()
        self.confirmed.emit(reason)
