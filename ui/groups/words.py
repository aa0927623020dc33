"""Sentences of the groups screen that take more than one figure."""

from typing import Final

from core.domain.campaign import CampaignCard, Decision, DecisionKind, ReEmergence, TakenDown
from core.domain.coordination import Hijack, Place
from ui.widgets.untrusted_text import one_line
from ui.wording import counted, day_time, number, translate

_CONTEXT: Final = "Groups"


def period(card: CampaignCard) -> str:
    """How many messages, from when to when."""
    posts = counted(card.posts, translate(_CONTEXT, "One message"), translate(_CONTEXT, "{n} messages"))
    if card.first_at is None or card.last_at is None:
        return posts
    return translate(_CONTEXT, "{posts}, from {first} to {last}").format(
        posts=posts, first=day_time(card.first_at), last=day_time(card.last_at)
    )


def returned(again: ReEmergence) -> str:
    """New senders went on: how many, since when, after what."""
    said = counted(
        again.new_senders,
        translate(_CONTEXT, "One new account continues it since {day}"),
        translate(_CONTEXT, "{n} new accounts continue it since {day}"),
    ).replace("{day}", day_time(again.since).split(",")[0])
    before = []
    if again.gone:
        before.append(
            counted(
                again.gone,
                translate(_CONTEXT, "one account was taken down"),
                translate(_CONTEXT, "{n} accounts were taken down"),
            )
        )
    if again.quiet_days:
        before.append(translate(_CONTEXT, "{n} quiet days").format(n=number(again.quiet_days)))
    after = translate(_CONTEXT, "{what}, after {before}.")
    return after.format(what=said, before=translate(_CONTEXT, " and ").join(before))


def taken_down(found: TakenDown) -> str:
    """What became of the posts, as far as anybody looked."""
    if not found.checked or found.last_checked is None:
        return translate(_CONTEXT, "Nobody has looked yet whether these messages are still up.")
    gone = found.deleted + found.account_gone + found.suspended
    if not gone and not found.hidden:
        said = translate(_CONTEXT, "All {n} messages looked at are still up")
    else:
        said = translate(_CONTEXT, "Of {n} messages looked at, {parts}")
    parts = [
        words.replace("{n}", number(count))
        for count, words in (
            (found.deleted, translate(_CONTEXT, "{n} are deleted")),
            (found.account_gone, translate(_CONTEXT, "{n} went with their account")),
            (found.suspended, translate(_CONTEXT, "{n} belong to suspended accounts")),
            (found.hidden, translate(_CONTEXT, "{n} are hidden by the platform")),
        )
        if count
    ]
    text = said.format(n=number(found.checked), parts=", ".join(parts))
    if found.senders_gone:
        text += counted(
            found.senders_gone,
            translate(_CONTEXT, "; one sender is gone"),
            translate(_CONTEXT, "; {n} senders are gone"),
        )
    looked = translate(_CONTEXT, "{what} (last looked {time}).")
    return looked.format(what=text, time=day_time(found.last_checked))


def hijacked(found: Hijack) -> str:
    """A tag or thread that others used before; shares before and after."""
    share_before = found.before[0] / max(found.before[1], 1)
    share_after = found.after[0] / max(found.after[1], 1)
    what = (
        translate(_CONTEXT, "The tag {name}").format(name=one_line("#" + found.name, 80))
        if found.place is Place.TAG
        else translate(_CONTEXT, "One conversation")
    )
    said = translate(
        _CONTEXT,
        "{what} was used by {n} other senders before. Until {day} this group wrote {before} of what was "
        "in it; since then {after}.",
    )
    return said.format(
        what=what,
        n=number(found.ordinary_senders),
        day=day_time(found.taken_at),
        before=f"{share_before:.0%}",
        after=f"{share_after:.0%}",
    )


def decided(decision: Decision) -> str:
    """What the person did, and when."""
    what = {
        DecisionKind.DISMISS: translate(_CONTEXT, "You dismissed this group"),
        DecisionKind.REMOVE: counted(
            decision.senders,
            translate(_CONTEXT, "You took one sender out"),
            translate(_CONTEXT, "You took {n} senders out"),
        ),
        DecisionKind.SPLIT: counted(
            decision.senders,
            translate(_CONTEXT, "You split one sender off"),
            translate(_CONTEXT, "You split {n} senders off"),
        ),
        DecisionKind.RENAME: translate(_CONTEXT, "You named it {title}").format(
            title=f"“{one_line(decision.title, 80)}”"
            if decision.title
            else translate(_CONTEXT, "by its number")
        ),
    }[decision.kind]
    said = translate(_CONTEXT, "{what}, {time}.").format(what=what, time=day_time(decision.at))
    if decision.undone_at is not None:
        said += " " + translate(_CONTEXT, "Taken back, {time}.").format(time=day_time(decision.undone_at))
    return said
