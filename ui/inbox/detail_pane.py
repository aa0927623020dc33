"""The right of the inbox: one mention, its sender, why it was hidden, and what can be done."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QStackedLayout, QVBoxLayout, QWidget

from core.domain.inbox import Review
from core.domain.response import ActionKind
from ui.inbox.capture_sections import (
    Opened,
    Wishes,
    conversation_lines,
    picture_lines,
    picture_pixels,
    standing_lines,
    version_lines,
)
from ui.inbox.detail import Detail
from ui.inbox.detail_sections import evidence_lines, group_lines, reason_lines, sender_lines, when_lines
from ui.inbox.reveal import Reveal
from ui.inbox.text_box import TextBox
from ui.theme.theme import Theme
from ui.widgets.avatar import Avatar
from ui.widgets.buttons import TextButton
from ui.widgets.empty_state import EmptyState
from ui.widgets.layouts import column, empty, row, rule, scrolled
from ui.widgets.untrusted_text import PlainLabel, one_line
from ui.wording import counted, translate

_CONTEXT = "Detail"


class DetailPane(QFrame):
    """Emits what the person wants; decides nothing."""

    level_wanted = Signal(Reveal)
    action_wanted = Signal(ActionKind)
    review_wanted = Signal(object)
    group_wanted = Signal(str)
    group_mute_wanted = Signal(str)
    check_wanted = Signal()
    pictures_wanted = Signal()
    pictures_refused = Signal()
    picture_wanted = Signal(int)
    erase_wanted = Signal(int)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("detailPane")
        self._theme = theme
        self._detail: Detail | None = None
        self._opened = Opened()
        self._wishes = Wishes(
            redraw=self._show_sections,
            check=self.check_wanted.emit,
            fetch=self.pictures_wanted.emit,
            refuse=self.pictures_refused.emit,
            show=self.picture_wanted.emit,
            erase=self.erase_wanted.emit,
        )
        self.text_box = TextBox(theme)
        self.text_box.level_wanted.connect(self.level_wanted)
        self._stack = QStackedLayout()
        self.nothing = EmptyState(theme, "inbox")
        self._stack.addWidget(self.nothing)
        self._stack.addWidget(self._build())
        self.setLayout(self._stack)
        self.show_nothing()

    def show_nothing(self) -> None:
        """No mention chosen."""
        self._detail = None
        self.nothing.say(
            translate(_CONTEXT, "Nothing chosen"),
            translate(_CONTEXT, "Choose a message to see who sent it and why it was sorted as it was."),
        )
        self._stack.setCurrentIndex(0)

    def show_many(self, messages: int, people: int | None) -> None:
        """Several mentions chosen; `people` is None while that is not known."""
        self._detail = None
        from_people = ""
        if people is not None:
            one, many = translate(_CONTEXT, "From one person. "), translate(_CONTEXT, "From {n} people. ")
            from_people = counted(people, one, many)
        self.nothing.say(
            counted(
                messages,
                translate(_CONTEXT, "{n} message chosen"),
                translate(_CONTEXT, "{n} messages chosen"),
            ),
            from_people + translate(_CONTEXT, "Use the bar above the list to act on all of them."),
        )
        self._stack.setCurrentIndex(0)

    def show_detail(self, detail: Detail, level: Reveal) -> None:
        """One mention; called again when more about it has arrived."""
        if self._detail is None or self._detail.row.mention_id != detail.row.mention_id:
            self._opened = Opened()
        self._detail = detail
        self._show_head(detail)
        self.text_box.show_row(detail.row, level)
        self._show_sections()
        self._show_footer(detail)
        self._stack.setCurrentIndex(1)

    @property
    def picture_hosts(self) -> tuple[str, ...]:
        """Who would be asked for the pictures of the mention shown."""
        around = self._detail.around if self._detail is not None else None
        return around.picture_hosts if around is not None else ()

    def show_picture(self, media_id: int, preview: bytes) -> None:
        """A picture the person asked to see, if its message is still the one shown."""
        around = self._detail.around if self._detail is not None else None
        if around is not None and any(one.id == media_id for one in around.media):
            self._opened.pictures[media_id] = picture_pixels(preview, self.devicePixelRatioF())
            self._show_sections()

    def _show_sections(self) -> None:
        detail = self._detail
        if detail is None:
            return
        empty(self._sections)
        for title, lines in self._blocks(detail):
            if lines:
                self._sections.addSpacing(6)
                self._sections.addWidget(PlainLabel(title, role="section"))
                for line in lines:
                    self._sections.addWidget(line)
        self._sections.addStretch(1)

    def show_level(self, level: Reveal) -> None:
        """The same mention, shown further or hidden again."""
        if self._detail is not None:
            self.text_box.show_row(self._detail.row, level)
        if level <= Reveal.CATEGORY and self._opened != Opened():
            # Hidden again, also what stands around it.
            self._opened = Opened()
            self._show_sections()

    def _blocks(self, detail: Detail) -> list[tuple[str, list[QWidget]]]:
        hidden = detail.row.hidden
        why = translate(_CONTEXT, "Why it is hidden") if hidden else translate(_CONTEXT, "How it was judged")
        kept = (self._theme, self._opened, self._wishes)
        in_step = group_lines(detail, self._theme, self.group_wanted.emit, self.group_mute_wanted.emit)
        return [
            (translate(_CONTEXT, "Changed since first seen"), version_lines(detail, *kept)),
            (translate(_CONTEXT, "Pictures"), picture_lines(detail, *kept)),
            (translate(_CONTEXT, "What this answered"), conversation_lines(detail, *kept)),
            (why, reason_lines(detail)),
            (translate(_CONTEXT, "Acted in step"), in_step),
            (translate(_CONTEXT, "When"), when_lines(detail)),
            (translate(_CONTEXT, "This sender and you"), sender_lines(detail)),
            (
                translate(_CONTEXT, "Still on the platform?"),
                standing_lines(detail, self._theme, self._wishes),
            ),
            (translate(_CONTEXT, "Evidence"), evidence_lines(detail)),
        ]

    def _build(self) -> QWidget:
        self._avatar = Avatar(48)
        self.name = PlainLabel(role="title").wrapped()
        self.handle = PlainLabel(role="soft").wrapped()
        self.remote_id = PlainLabel(role="caption").wrapped()
        # Beside the picture in every script: names written right to left do not jump to the far side.
        side = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignAbsolute | Qt.AlignmentFlag.AlignVCenter
        for label in (self.name, self.handle, self.remote_id):
            label.setAlignment(side)
            label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.marks = PlainLabel(role="good").wrapped()
        words = column(self.name, self.handle, self.remote_id, self.marks, gap=0)
        head = row(self._avatar, words, gap=3)
        head.setAlignment(self._avatar, Qt.AlignmentFlag.AlignTop)
        head.setStretch(1, 1)
        self._sections: QVBoxLayout = column(gap=1)
        body = QWidget()
        body.setObjectName("detailBody")
        body.setMaximumWidth(760)
        body.setLayout(column(head, self.text_box, self._sections, gap=4, margins=(5, 5, 5, 4)))
        whole = QWidget()
        whole.setLayout(column(scrolled(body), rule(), self._build_footer(), gap=0))
        return whole

    def _build_footer(self) -> QWidget:
        theme = self._theme
        self.mute = TextButton(theme, translate(_CONTEXT, "Mute"), "mute", "primary")
        self.block = TextButton(theme, translate(_CONTEXT, "Block"), "block")
        self.report = TextButton(theme, translate(_CONTEXT, "Report"), "report")
        self.fine = TextButton(theme, translate(_CONTEXT, "This is fine"), "check", "quiet")
        self.hostile = TextButton(theme, translate(_CONTEXT, "This is hostile"), "eye-off", "quiet")
        self.aside = TextButton(theme, translate(_CONTEXT, "Set aside"), "set-aside", "quiet")
        self.mute.on_click(lambda: self.action_wanted.emit(ActionKind.MUTE))
        self.block.on_click(lambda: self.action_wanted.emit(ActionKind.BLOCK))
        self.report.on_click(lambda: self.action_wanted.emit(ActionKind.REPORT))
        self.fine.on_click(lambda: self._toggle(Review.FINE))
        self.hostile.on_click(lambda: self._toggle(Review.ABUSE))
        self.aside.on_click(lambda: self._toggle(Review.ASIDE))
        self.manual = PlainLabel(role="caption").wrapped()
        footer = QWidget()
        acts = row(self.mute, self.block, self.report, None, gap=2)
        decide = row(self.fine, self.hostile, self.aside, None, gap=1)
        footer.setLayout(column(self.manual, acts, decide, gap=1, margins=(5, 3, 5, 2)))
        return footer

    def _show_head(self, detail: Detail) -> None:
        mention = detail.row
        self._avatar.show_sender(mention.sender_id, mention.display_name, mention.handle)
        self.name.setText(one_line(mention.display_name or mention.handle, 200))
        self.handle.setText(f"@{one_line(mention.handle, 300)}")
        known = detail.sender.remote_id if detail.sender else ""
        self.remote_id.setText(
            translate(_CONTEXT, "Permanent id: {id}").format(id=one_line(known, 200)) if known else ""
        )
        marks = []
        if mention.followed:
            marks.append(translate(_CONTEXT, "You follow this person"))
        if mention.muted:
            marks.append(translate(_CONTEXT, "Muted"))
        if mention.blocked:
            marks.append(translate(_CONTEXT, "Blocked"))
        self.marks.setText(" · ".join(marks))
        self.marks.setVisible(bool(marks))

    def _show_footer(self, detail: Detail) -> None:
        mention = detail.row
        for kind, button in (
            (ActionKind.MUTE, self.mute),
            (ActionKind.BLOCK, self.block),
            (ActionKind.REPORT, self.report),
        ):
            button.setVisible(kind in detail.actions)
        self.mute.setEnabled(not mention.muted and not mention.followed)
        self.block.setEnabled(not mention.blocked and not mention.followed)
        self.manual.setText(_why_no_actions(detail))
        self.manual.setVisible(bool(self.manual.text()))
        review = mention.review
        fine, aside, hostile = (review is one for one in (Review.FINE, Review.ASIDE, Review.ABUSE))
        self.fine.setVisible(fine or (mention.hidden and not hostile))
        self.hostile.setVisible(hostile or not (mention.hidden or mention.followed or fine))
        self.hostile.setText(
            translate(_CONTEXT, "Undo “this is hostile”")
            if hostile
            else translate(_CONTEXT, "This is hostile")
        )
        self.fine.setText(
            translate(_CONTEXT, "Undo “this is fine”") if fine else translate(_CONTEXT, "This is fine")
        )
        self.aside.setText(
            translate(_CONTEXT, "Take back from set aside") if aside else translate(_CONTEXT, "Set aside")
        )

    def _toggle(self, review: Review) -> None:
        """A decision, or taking the same one back."""
        if self._detail is not None:
            self.review_wanted.emit(None if self._detail.row.review is review else review)


def _why_no_actions(detail: Detail) -> str:
    if detail.row.followed:
        return translate(
            _CONTEXT, "You follow this person, so mute and block are left to the platform itself."
        )
    if not detail.actions:
        return translate(
            _CONTEXT,
            "This came from a file. To mute or block the sender, connect the account or do it on the "
            "platform.",
        )
    return ""
