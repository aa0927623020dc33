"""Words for mute, block and report: plans, outcomes and skipped people."""

from core.domain.response import ActionBatch, ActionKind, ItemState
from ui.wording import counted, number, translate

_CONTEXT = "Respond"


def action_on(kind: ActionKind, people: int) -> str:
    """The verb with how many people: a button's label or a dialog's title."""
    if kind is ActionKind.MUTE:
        one, many = translate(_CONTEXT, "Mute one person"), translate(_CONTEXT, "Mute {n} people")
    elif kind is ActionKind.BLOCK:
        one, many = translate(_CONTEXT, "Block one person"), translate(_CONTEXT, "Block {n} people")
    else:
        one, many = translate(_CONTEXT, "Report one person"), translate(_CONTEXT, "Report {n} people")
    return counted(people, one, many)


def action_running(kind: ActionKind, people: int) -> str:
    """The job bar's title."""
    if kind is ActionKind.MUTE:
        return counted(
            people, translate(_CONTEXT, "Muting one person"), translate(_CONTEXT, "Muting {n} people")
        )
    if kind is ActionKind.BLOCK:
        return counted(
            people, translate(_CONTEXT, "Blocking one person"), translate(_CONTEXT, "Blocking {n} people")
        )
    return counted(
        people, translate(_CONTEXT, "Sending one report"), translate(_CONTEXT, "Sending {n} reports")
    )


def action_explained(kind: ActionKind, *, public: bool) -> str:
    """What the action does, who can see it, and whether it can be taken back."""
    if kind is ActionKind.MUTE:
        return translate(
            _CONTEXT,
            "You will no longer see them. They are not told, and nobody can see it. You can undo it.",
        )
    if kind is ActionKind.REPORT:
        return translate(_CONTEXT, "The platform's moderators are told. A report cannot be taken back.")
    if public:
        return translate(
            _CONTEXT,
            "They can no longer reach you. On this platform anyone can see whom you block, "
            "so a block tells them they were noticed. Muting is private. You can undo it.",
        )
    return translate(_CONTEXT, "They can no longer reach you. You can undo it.")


def skipped_because(why: str) -> str:
    """Why somebody is left out of a plan."""
    reasons = {
        "followed": translate(_CONTEXT, "you follow them"),
        "unsupported": translate(_CONTEXT, "the platform offers no way to do this"),
        "not-connected": translate(_CONTEXT, "no account is connected there"),
        "already": translate(_CONTEXT, "it is so already"),
        "no-version": translate(_CONTEXT, "the post cannot be named exactly enough for a report"),
    }
    return reasons.get(why, translate(_CONTEXT, "it cannot be done here"))


def state_name(state: ItemState) -> str:
    """How far one item came."""
    names = {
        ItemState.PLANNED: translate(_CONTEXT, "waiting"),
        ItemState.SENDING: translate(_CONTEXT, "being sent"),
        ItemState.DONE: translate(_CONTEXT, "done"),
        ItemState.ALREADY: translate(_CONTEXT, "was so already"),
        ItemState.FAILED: translate(_CONTEXT, "refused"),
        ItemState.UNKNOWN: translate(_CONTEXT, "unknown: no answer came"),
        ItemState.UNDONE: translate(_CONTEXT, "undone"),
    }
    return names[state]


def batch_title(batch: ActionBatch) -> str:
    """A batch in the activity list."""
    return action_on(batch.kind, len(batch.items))


def batch_outcome(batch: ActionBatch) -> str:
    """How many items stand where, in a few words."""
    parts = []
    for state in ItemState:
        count = sum(item.state is state for item in batch.items)
        if count:
            parts.append(f"{number(count)} {state_name(state)}")
    return " · ".join(parts)


def batch_done_title(batch: ActionBatch) -> str:
    """The notice after a batch was sent."""
    done = sum(item.state in (ItemState.DONE, ItemState.ALREADY) for item in batch.items)
    if batch.kind is ActionKind.MUTE:
        return counted(done, translate(_CONTEXT, "One person muted"), translate(_CONTEXT, "{n} people muted"))
    if batch.kind is ActionKind.BLOCK:
        return counted(
            done, translate(_CONTEXT, "One person blocked"), translate(_CONTEXT, "{n} people blocked")
        )
    return counted(done, translate(_CONTEXT, "One report sent"), translate(_CONTEXT, "{n} reports sent"))
