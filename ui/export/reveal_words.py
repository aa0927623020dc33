"""What a packet reveals, in sentences."""

from typing import TYPE_CHECKING

from ui.widgets.untrusted_text import one_line
from ui.wording import counted, number, translate

if TYPE_CHECKING:
    from core.export.reveals import Reveals

_CONTEXT = "Export"


def about_you(what: "Reveals") -> list[str]:
    """What the reader learns about the person."""
    lines = [translate(_CONTEXT, "Your account: {names}").format(names=one_line(what.account, 300))]
    said = (
        (what.name, translate(_CONTEXT, "Your name")),
        (what.contact, translate(_CONTEXT, "How to reach you")),
        (what.narrative, translate(_CONTEXT, "Your own account of what happened")),
        (
            what.own_words,
            counted(
                what.own_words,
                translate(_CONTEXT, "One post of your own, as context"),
                translate(_CONTEXT, "{n} posts of your own, as context"),
            ),
        ),
        (
            what.notes,
            counted(
                what.notes,
                translate(_CONTEXT, "Your note on one message"),
                translate(_CONTEXT, "Your notes on {n} messages"),
            ),
        ),
        (
            what.zones,
            translate(_CONTEXT, "The time zone of your computer (UTC {zones})").format(
                zones=", ".join(what.zones)
            ),
        ),
        (
            True,
            translate(_CONTEXT, "That your log holds {n} entries, without what the others say").format(
                n=number(what.log_entries)
            ),
        ),
        (
            what.anchors,
            counted(
                what.anchors,
                translate(_CONTEXT, "One time stamp or hand-over of the log, and to whom"),
                translate(_CONTEXT, "{n} time stamps and hand-overs of the log, and to whom"),
            ),
        ),
    )
    return lines + [words for there, words in said if there]


def about_others(what: "Reveals") -> list[str]:
    """What the reader learns about senders and third people."""
    posts = counted(
        what.items,
        translate(_CONTEXT, "One message in full"),
        translate(_CONTEXT, "{n} messages in full"),
    )
    senders = counted(
        what.senders,
        translate(_CONTEXT, "one sender, with handle and id"),
        translate(_CONTEXT, "{n} senders, with handles and ids"),
    )
    lines = [f"{posts}; {senders}"]
    if what.others:
        names = ", ".join(one_line(name, 40) for name in what.other_names)
        words = counted(
            what.others,
            translate(_CONTEXT, "The name of one other person: {names}"),
            translate(_CONTEXT, "The names of {n} other people, such as {names}"),
        )
        lines.append(words.replace("{names}", names))
    said = (
        (what.posted_times, translate(_CONTEXT, "When each message was posted and received")),
        (
            what.originals,
            counted(
                what.originals,
                translate(_CONTEXT, "One message byte by byte as received, which can say more than its text"),
                translate(
                    _CONTEXT, "{n} messages byte by byte as received, which can say more than their texts"
                ),
            ),
        ),
        (
            what.pictures,
            counted(
                what.pictures,
                translate(_CONTEXT, "One picture that was sent to you"),
                translate(_CONTEXT, "{n} pictures that were sent to you"),
            ),
        ),
        (
            what.groups,
            counted(
                what.groups,
                translate(_CONTEXT, "One group of senders who acted in step"),
                translate(_CONTEXT, "{n} groups of senders who acted in step"),
            ),
        ),
    )
    return lines + [words for there, words in said if there]


def withheld(what: "Reveals") -> list[str]:
    """What is left out although it was chosen."""
    said = (
        (
            what.hidden,
            counted(
                what.hidden,
                translate(_CONTEXT, "Parts of one message are blanked; its original stays here"),
                translate(_CONTEXT, "Parts of {n} messages are blanked; their originals stay here"),
            ),
        ),
        (
            what.erased,
            counted(
                what.erased,
                translate(_CONTEXT, "The bytes of one message, which you erased"),
                translate(_CONTEXT, "The bytes of {n} messages, which you erased"),
            ),
        ),
    )
    return [words for there, words in said if there]
