"""Words for anchors: what they protect, why a time stamp failed, how often. Shared with the command line."""

from typing import Final

from core.anchoring.plan import AnchorPlan, When
from core.anchoring.standing import Protection, Standing
from core.domain.evidence import Anchor
from ui.wording import QT_TRANSLATE_NOOP, counted, number, translate

_CONTEXT = "Anchors"

_WHY: Final = {
    "stamp-offline": QT_TRANSLATE_NOOP("Anchors", "no answer came"),
    "stamp-proxy": QT_TRANSLATE_NOOP("Anchors", "the proxy setting of this computer cannot be used"),
    "stamp-redirected": QT_TRANSLATE_NOOP("Anchors", "it pointed to another address, which was not followed"),
    "stamp-status": QT_TRANSLATE_NOOP("Anchors", "it answered with an error"),
    "stamp-too-large": QT_TRANSLATE_NOOP("Anchors", "the answer was far too long"),
    "stamp-encoded": QT_TRANSLATE_NOOP("Anchors", "the answer was packed in a way nobody asked for"),
    "stamp-unreadable": QT_TRANSLATE_NOOP("Anchors", "the answer was no time stamp"),
    "stamp-declined": QT_TRANSLATE_NOOP("Anchors", "it declined"),
    "stamp-other-nonce": QT_TRANSLATE_NOOP("Anchors", "the answer was to another question"),
    "stamp-other-digest": QT_TRANSLATE_NOOP("Anchors", "the answer stamped something else"),
    "stamp-untrusted": QT_TRANSLATE_NOOP(
        "Anchors", "its signature does not lead to the certificate we trust"
    ),
}
_WHEN: Final = {
    When.OFF: QT_TRANSLATE_NOOP("Anchors", "Only when I ask for it"),
    When.DAILY: QT_TRANSLATE_NOOP("Anchors", "Once a day, after new messages"),
    When.WEEKLY: QT_TRANSLATE_NOOP("Anchors", "Once a week, after new messages"),
}
_STANDING: Final = {
    Standing.STAMPED: QT_TRANSLATE_NOOP("Anchors", "Time stamp, checked just now"),
    Standing.HANDED_OVER: QT_TRANSLATE_NOOP("Anchors", "Handed over"),
    Standing.CONTRADICTED: QT_TRANSLATE_NOOP("Anchors", "The log no longer matches this"),
    Standing.UNVERIFIABLE: QT_TRANSLATE_NOOP("Anchors", "This time stamp no longer checks out"),
    Standing.FAILED: QT_TRANSLATE_NOOP("Anchors", "Did not work: protects nothing"),
}


def why_words(code: str | None) -> str:
    """Why a time stamp failed, as the end of a sentence."""
    return translate(_CONTEXT, _WHY.get(code or "", QT_TRANSLATE_NOOP("Anchors", "the reason is not known")))


def when_words(when: When) -> str:
    """How often, as the person chooses it."""
    return translate(_CONTEXT, _WHEN[when])


def standing_words(standing: Standing) -> str:
    """What an anchor is worth now."""
    return translate(_CONTEXT, _STANDING[standing])


def receiver_name(anchor: Anchor, plan: AnchorPlan) -> str:
    """Who has it: the authority's name, or the person's own words."""
    for one in plan.listed:
        if one.authority.url == anchor.receiver:
            return one.authority.name
    return anchor.receiver


def newer_words(found: Protection) -> str:
    """What no anchor covers yet; empty when nothing."""
    if not found.newer:
        return ""
    if found.covered and not found.newer_messages:
        return counted(
            found.newer,
            translate(_CONTEXT, "Every message is covered; 1 newer entry is not yet."),
            translate(_CONTEXT, "Every message is covered; {n} newer entries are not yet."),
        )
    if found.covered:
        one = translate(_CONTEXT, "1 newer entry is not protected yet")
        many = translate(_CONTEXT, "{n} newer entries are not protected yet")
    else:
        one = translate(_CONTEXT, "1 entry is not protected")
        many = translate(_CONTEXT, "{n} entries are not protected")
    entries = counted(found.newer, one, many)
    if not found.newer_messages:
        return f"{entries}."
    messages = counted(
        found.newer_messages,
        translate(_CONTEXT, "1 message"),
        translate(_CONTEXT, "{n} messages"),
    )
    return translate(_CONTEXT, "{entries}, {messages} among them.").format(entries=entries, messages=messages)


def up_to(anchor: Anchor) -> str:
    """The number of the last entry that an anchor covers."""
    return f"#{number(anchor.size - 1)}"


def consent_words(names: list[str]) -> str:
    """What a time stamp is and what an authority learns, before the first is asked for."""
    listed = ", ".join(names)
    return translate(
        _CONTEXT,
        "A time-stamp authority signs the present fingerprint of your log with the date. From then on anyone "
        "can check that these entries existed that day and were not made up later.\n\n"
        "What goes out: 32 bytes that say nothing about you or your messages.\n"
        "What they learn: an internet address and a time, that is, that somebody there asked for a time "
        "stamp. With a VPN or proxy they learn its address instead.\n\n"
        "Asked in this order, until one answers: {names}.",
    ).format(names=listed)
