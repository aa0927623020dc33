"""Words for whether a post is still there."""

from core.domain.capture import MediaState, PostState
from ui.wording import translate

_CONTEXT = "Standing"


def state_sentence(state: PostState) -> str:
    """What the platform says of a post, as a sentence."""
    return {
        PostState.UP: translate(_CONTEXT, "It is still on the platform."),
        PostState.DELETED: translate(
            _CONTEXT, "It is gone and the account is not: most likely the sender deleted it."
        ),
        PostState.REMOVED: translate(_CONTEXT, "The platform's moderators took it down."),
        PostState.ACCOUNT_GONE: translate(_CONTEXT, "The sender's account no longer exists."),
        PostState.DEACTIVATED: translate(_CONTEXT, "The sender closed the account and can open it again."),
        PostState.SUSPENDED: translate(_CONTEXT, "The platform suspended the sender's account."),
        PostState.HIDDEN: translate(_CONTEXT, "It is still there, but hidden from you by a block."),
        PostState.UNKNOWN: translate(_CONTEXT, "The platform gave no clear answer yet."),
    }[state]


def state_name(state: PostState) -> str:
    """The same in a few words, for a table."""
    return {
        PostState.UP: translate(_CONTEXT, "Still up"),
        PostState.DELETED: translate(_CONTEXT, "Deleted by the sender"),
        PostState.REMOVED: translate(_CONTEXT, "Taken down by moderators"),
        PostState.ACCOUNT_GONE: translate(_CONTEXT, "Account gone"),
        PostState.DEACTIVATED: translate(_CONTEXT, "Account closed"),
        PostState.SUSPENDED: translate(_CONTEXT, "Account suspended"),
        PostState.HIDDEN: translate(_CONTEXT, "Up, not shown to you"),
        PostState.UNKNOWN: translate(_CONTEXT, "No clear answer"),
    }[state]


def picture_sentence(state: MediaState, reason: str | None) -> str:
    """Why a picture cannot be shown, or that it can."""
    if state is MediaState.REFUSED:
        reasons = {
            "not-wanted": translate(_CONTEXT, "You did not want it."),
            "erased-before": translate(_CONTEXT, "Not kept: it looks like a picture you erased."),
            "not-a-picture": translate(_CONTEXT, "Not kept: the file is no picture."),
            "damaged": translate(_CONTEXT, "Not kept: the file is damaged."),
            "too-large": translate(_CONTEXT, "Not kept: it is too large to look at safely."),
            "too-slow": translate(_CONTEXT, "Not kept: it could not be looked at in time."),
        }
        return reasons.get(reason or "", translate(_CONTEXT, "The picture server did not hand it out."))
    return {
        MediaState.OFFERED: translate(_CONTEXT, "Not fetched."),
        MediaState.CAPTURED: translate(_CONTEXT, "Sealed."),
        MediaState.GONE: translate(_CONTEXT, "It is no longer on the picture server."),
        MediaState.ERASED: translate(_CONTEXT, "Erased. The log says that it was, and keeps no copy."),
    }.get(state, "")
