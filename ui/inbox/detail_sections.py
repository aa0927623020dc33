"""The sections of the detail pane: lines of words for why, who else, when, who, and evidence."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from core.domain.inbox import GroupCard, Review
from ui.inbox.detail import Detail
from ui.inbox.honesty import honesty, moved_by_person
from ui.theme.theme import Theme
from ui.widgets.buttons import TextButton
from ui.widgets.category_words import family_name, reason_sentence, strength_name
from ui.widgets.layouts import column, frame, row
from ui.widgets.untrusted_text import PlainLabel, one_line, plain
from ui.wording import counted, day_time, local_time, number, translate, utc_beside, utc_time

_CONTEXT = "Detail"
_REASONS_SHOWN = 6
_NAMES_SHOWN = 8


def reason_lines(detail: Detail) -> list[QWidget]:
    """What decided, in plain words, with the figures and the model."""
    mention = detail.row
    lines: list[QWidget] = [_review_line(mention.review)] if mention.review else []
    if mention.review in (Review.FINE, Review.ABUSE):
        lines.append(
            _caption(
                translate(
                    _CONTEXT,
                    "What you mark can also move the line for messages like it: see “Learning from you” in "
                    "the settings.",
                )
            )
        )
    for reason in mention.reasons[:_REASONS_SHOWN]:
        words = PlainLabel(reason_sentence(reason)).wrapped()
        lines.append(frame("reason", column(words, margins=(2, 1, 0, 1))))
    if not mention.reasons:
        lines.append(_soft(_no_reason(detail)))
    trust = honesty(mention.language, mention.model_label, in_scope=mention.in_scope)
    if trust:
        lines.append(_soft(trust))
    if moved_by_person(mention.model_label):
        lines.append(_caption(translate(_CONTEXT, "The line was moved by what you marked (see Settings).")))
    if mention.model_label:
        lines.append(
            _caption(
                translate(_CONTEXT, "Judged on this computer by {model}").format(
                    model=one_line(mention.model_label)
                )
            )
        )
    return lines


def group_lines(
    detail: Detail, theme: Theme, show: Callable[[str], None], mute: Callable[[str], None]
) -> list[QWidget]:
    """With how many others the sender acted, the signs, and other explanations."""
    key = detail.row.group_key
    if key is None:
        return []
    others = max(detail.row.group_size - 1, 0)
    words = counted(
        others,
        translate(_CONTEXT, "Acted in step with {n} other sender."),
        translate(_CONTEXT, "Acted in step with {n} others."),
    )
    head = PlainLabel(words, role="strong").wrapped()
    lines: list[QWidget] = [head]
    if detail.group is not None:
        lines += group_reason_lines(detail.group)
    buttons = QWidget()
    see = TextButton(theme, translate(_CONTEXT, "See the group"), "groups", "quiet").on_click(
        lambda: show(key)
    )
    bulk = TextButton(theme, translate(_CONTEXT, "Mute everyone in it…"), "mute", "quiet")
    bulk.on_click(lambda: mute(key))
    buttons.setLayout(row(see, bulk, None, gap=1))
    buttons.setVisible(True)
    if not detail.actions:
        bulk.hide()
    return [*lines, buttons]


def group_reason_lines(group: GroupCard) -> list[QWidget]:
    """The signs of one group and what else could explain them."""
    lines: list[QWidget] = [_caption(strength_name(group.strength))]
    for reason in group.reasons:
        title = PlainLabel(family_name(reason.family), role="strong")
        # Sentences are ours, but quote links and names of strangers.
        words = PlainLabel(plain(reason.sentence, 600), role="soft").wrapped()
        lines.append(frame("reason", column(title, words, gap=0, margins=(2, 1, 0, 1))))
    lines += [_caption(plain(caveat, 400)) for caveat in group.caveats]
    return lines


def when_lines(detail: Detail) -> list[QWidget]:
    """Sent and received, in the person's zone, and sent also in UTC where that is another time."""
    mention = detail.row
    if mention.created_at is None:
        sent: list[QWidget] = [_soft(translate(_CONTEXT, "The platform gave no time for this message."))]
    else:
        sent = [_pair(translate(_CONTEXT, "Sent"), local_time(mention.created_at))]
        beside = utc_beside(mention.created_at)
        sent += [_pair("", beside)] if beside else []
    return [*sent, _pair(translate(_CONTEXT, "Received"), local_time(mention.received_at))]


def sender_lines(detail: Detail) -> list[QWidget]:
    """What the sender has sent to the person, and under which names."""
    card = detail.sender
    if card is None:
        return []
    sent = counted(
        card.mention_count,
        translate(_CONTEXT, "{n} message to you"),
        translate(_CONTEXT, "{n} messages to you"),
    )
    hostile = translate(_CONTEXT, "{n} judged hostile").format(n=number(card.abusive_count))
    lines: list[QWidget] = [_soft(f"{sent}, {hostile}.")]
    if card.created_at is not None:
        lines.append(_pair(translate(_CONTEXT, "Account made"), day_time(card.created_at)))
    lines.append(_pair(translate(_CONTEXT, "First seen"), day_time(card.first_seen)))
    for name in card.names_seen[:_NAMES_SHOWN] if len(card.names_seen) > 1 else ():
        shown = f"{one_line(name.display_name, 80)} @{one_line(name.handle, 120)}"
        lines.append(_pair(translate(_CONTEXT, "Name used"), f"{shown}\n{day_time(name.seen_at)}"))
    return lines


def evidence_lines(detail: Detail) -> list[QWidget]:
    """Where the sealed original is."""
    mention = detail.row
    sealed = translate(_CONTEXT, "Sealed as entry #{n} on {time}").format(
        n=number(mention.entry_seq), time=utc_time(mention.received_at)
    )
    lines: list[QWidget] = [_soft(sealed)]
    post = PlainLabel(
        translate(_CONTEXT, "Post id: {id}").format(id=one_line(mention.remote_id, 300)), role="caption"
    ).wrapped()
    post.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    lines.append(post)
    return lines


def _no_reason(detail: Detail) -> str:
    if detail.row.abusive is None:
        return translate(_CONTEXT, "It has not been judged yet.")
    return translate(_CONTEXT, "No rule, word list or model label found anything hostile in it.")


def _review_line(review: Review) -> QWidget:
    words = {
        Review.FINE: translate(_CONTEXT, "You said this is fine. That outranks the model."),
        Review.ABUSE: translate(_CONTEXT, "You marked this as hostile. That outranks the model."),
        Review.ASIDE: translate(_CONTEXT, "You set this aside."),
    }
    return PlainLabel(words[review], role="good").wrapped()


def _soft(text: str) -> PlainLabel:
    return PlainLabel(text, role="soft").wrapped()


def _caption(text: str) -> PlainLabel:
    return PlainLabel(text, role="caption").wrapped()


def _pair(name: str, value: str) -> QWidget:
    """A name and a value, the values of a section in one column."""
    left = PlainLabel(name, role="caption")
    left.setFixedWidth(96)
    left.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
    right = PlainLabel(value, role="soft").wrapped()
    right.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    line = row(left, right, gap=2)
    line.setStretch(1, 1)
    holder = QWidget()
    holder.setLayout(line)
    return holder
