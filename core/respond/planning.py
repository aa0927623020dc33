"""Whom an action hits and whom it leaves out: pure rules, decided before anything is sent."""

from collections.abc import Sequence
from dataclasses import dataclass

from core.domain.ids import AccountId, MentionId, SenderId
from core.domain.response import ActionKind, ActionPlan, ActionTarget, Skipped

FOLLOWED = "followed"
NOT_CONNECTED = "not-connected"
UNSUPPORTED = "unsupported"


@dataclass(frozen=True, slots=True)
class Candidate:
    """A sender the person picked.

    `account_id` is the own account that would act, None when none is connected on that platform.
    `supported` says whether the platform offers the action. `mention_id` is the post a report names.
    """

    sender_id: SenderId
    account_id: AccountId | None
    handle: str
    followed: bool
    mention_id: MentionId | None
    supported: bool


def plan_actions(
    kind: ActionKind, reason: str, candidates: Sequence[Candidate], *, public: bool
) -> ActionPlan:
    """The plan, in the order picked.

    Someone the person follows is always left out, even if only one of several entries for them says so.
    A sender picked twice is hit once per own account; the first mention named is the one reported.
    Each sender left out is listed once, with the first reason that applies: followed,
    not-connected, unsupported. `public`: others can see this action on the platform.
    """
    followed = {one.sender_id for one in candidates if one.followed}
    targets: dict[tuple[SenderId, AccountId], ActionTarget] = {}
    skipped: dict[SenderId, Skipped] = {}
    for one in candidates:
        why = FOLLOWED if one.sender_id in followed else _obstacle(one)
        if why is not None or one.account_id is None:
            skipped.setdefault(one.sender_id, Skipped(one.sender_id, one.handle, why or NOT_CONNECTED))
            continue
        place = (one.sender_id, one.account_id)
        known = targets.get(place)
        if known is None or known.mention_id is None:
            handle = known.handle if known else one.handle
            targets[place] = ActionTarget(one.sender_id, one.account_id, handle, one.mention_id)
    hit = {sender for sender, _ in targets}
    return ActionPlan(
        kind=kind,
        reason=reason,
        targets=tuple(targets.values()),
        skipped=tuple(skip for sender, skip in skipped.items() if sender not in hit),
        public=public and bool(targets),
    )


def _obstacle(one: Candidate) -> str | None:
    if one.account_id is None:
        return NOT_CONNECTED
    return None if one.supported else UNSUPPORTED
