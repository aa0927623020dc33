"""What one row of the inbox says in words, for eyes and for screen readers."""

from core.domain.inbox import InboxRow, Review
from core.domain.mention import MentionKind
from ui.inbox.reveal import Reveal, masked
from ui.widgets.category_words import category_name
from ui.widgets.untrusted_text import flat
from ui.wording import counted, translate

_CONTEXT = "Inbox"


def kind_name(kind: MentionKind) -> str:
    """How the message reached the person."""
    names = {
        MentionKind.REPLY: translate(_CONTEXT, "reply"),
        MentionKind.MENTION: translate(_CONTEXT, "mention"),
        MentionKind.QUOTE: translate(_CONTEXT, "quote"),
        MentionKind.REPOST: translate(_CONTEXT, "repost"),
        MentionKind.IMPORTED: translate(_CONTEXT, "imported"),
    }
    return names[kind]


def snippet(row: InboxRow, level: Reveal) -> str:
    """The text as far as it may be seen at this level; empty when none of it may."""
    if level is Reveal.FULL:
        return flat(row.text, 400)
    return flat(masked(row), 400) if level is Reveal.MASKED else ""


def hidden_words(row: InboxRow) -> str:
    """What stands in place of a hidden text."""
    if not row.abusive and row.in_scope is False:
        return translate(_CONTEXT, "Not scored: the model does not read this language")
    if row.abusive is None:
        return translate(_CONTEXT, "Waiting to be scored")
    return translate(_CONTEXT, "Text hidden")


def step_words(row: InboxRow) -> str:
    """How many others the sender acted in step with."""
    others = max(row.group_size - 1, 0)
    return counted(
        others,
        translate(_CONTEXT, "in step with {n} other"),
        translate(_CONTEXT, "in step with {n} others"),
    )


def spoken_row(row: InboxRow, level: Reveal) -> str:
    """One line for a screen reader; hidden text stays unspoken."""
    if level is Reveal.COUNT:
        return translate(_CONTEXT, "One hidden message")
    parts = [flat(row.display_name or row.handle, 60), f"@{flat(row.handle, 80)}", kind_name(row.kind)]
    parts += [category_name(category) for category in row.categories]
    if row.group_key:
        parts.append(step_words(row))
    parts.append(snippet(row, level) or hidden_words(row))
    return ", ".join(parts)


def review_done(review: Review, messages: int) -> str:
    """What a decision did, for the notice that offers to undo it."""
    if review is Review.FINE:
        return counted(
            messages,
            translate(_CONTEXT, "One message marked as fine"),
            translate(_CONTEXT, "{n} messages marked as fine"),
        )
    if review is Review.ABUSE:
        return counted(
            messages,
            translate(_CONTEXT, "One message marked as hostile"),
            translate(_CONTEXT, "{n} messages marked as hostile"),
        )
    return counted(
        messages, translate(_CONTEXT, "One message set aside"), translate(_CONTEXT, "{n} messages set aside")
    )
