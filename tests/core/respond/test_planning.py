"""Whom an action hits. The first rule has no exception: never someone the person follows."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.domain.ids import AccountId, MentionId, SenderId
from core.domain.response import ActionKind, ActionTarget, Skipped
from core.respond.planning import Candidate, plan_actions

candidates = st.lists(
    st.builds(
        Candidate,
        sender_id=st.integers(1, 6).map(SenderId),
        account_id=st.none() | st.integers(1, 2).map(AccountId),
        handle=st.sampled_from(["ada", "bo", "cy"]),
        followed=st.booleans(),
        mention_id=st.none() | st.integers(1, 9).map(MentionId),
        supported=st.booleans(),
    ),
    max_size=20,
)


def one(sender: int, account: int | None = 1, **changes: object) -> Candidate:
    fields = {"handle": f"s{sender}", "followed": False, "mention_id": None, "supported": True, **changes}
    return Candidate(SenderId(sender), None if account is None else AccountId(account), **fields)  # type: ignore[arg-type] # test shorthand


@given(st.sampled_from(ActionKind), candidates, st.booleans())
def test_followed_people_are_never_hit(kind: ActionKind, picked: list[Candidate], public: bool) -> None:
    plan = plan_actions(kind, "", picked, public=public)
    followed = {candidate.sender_id for candidate in picked if candidate.followed}
    assert not followed & {target.sender_id for target in plan.targets}
    assert {skip.sender_id for skip in plan.skipped if skip.why == "followed"} == followed


@given(st.sampled_from(ActionKind), candidates, st.booleans())
def test_everyone_is_hit_or_explained_once(kind: ActionKind, picked: list[Candidate], public: bool) -> None:
    plan = plan_actions(kind, "because", picked, public=public)
    hit = [(target.sender_id, target.account_id) for target in plan.targets]
    skipped = [skip.sender_id for skip in plan.skipped]
    assert len(set(hit)) == len(hit)
    assert len(set(skipped)) == len(skipped)
    assert not set(skipped) & {sender for sender, _ in hit}
    assert set(skipped) | {sender for sender, _ in hit} == {candidate.sender_id for candidate in picked}
    able = {(c.sender_id, c.account_id) for c in picked if c.supported and c.account_id is not None}
    assert set(hit) <= able
    assert (plan.kind, plan.reason) == (kind, "because")
    assert not (plan.public and not plan.targets)


@given(candidates)
def test_planning_its_own_targets_again_changes_nothing(picked: list[Candidate]) -> None:
    plan = plan_actions(ActionKind.BLOCK, "", picked, public=True)
    again = [
        Candidate(
            t.sender_id, t.account_id, t.handle, followed=False, mention_id=t.mention_id, supported=True
        )
        for t in plan.targets
    ]
    assert plan_actions(ActionKind.BLOCK, "", again, public=True).targets == plan.targets


def test_order_and_reasons() -> None:
    plan = plan_actions(
        ActionKind.MUTE,
        "pile-on",
        [one(3), one(1, followed=True), one(2, account=None), one(4, supported=False), one(5)],
        public=False,
    )
    assert [target.sender_id for target in plan.targets] == [3, 5]
    assert plan.skipped == (
        Skipped(SenderId(1), "s1", "followed"),
        Skipped(SenderId(2), "s2", "not-connected"),
        Skipped(SenderId(4), "s4", "unsupported"),
    )


def test_the_first_mention_named_is_the_one_reported() -> None:
    plan = plan_actions(
        ActionKind.REPORT,
        "",
        [one(1), one(1, mention_id=MentionId(7)), one(1, mention_id=MentionId(8))],
        public=False,
    )
    assert plan.targets == (ActionTarget(SenderId(1), AccountId(1), "s1", MentionId(7)),)


def test_each_own_account_is_protected() -> None:
    plan = plan_actions(ActionKind.BLOCK, "", [one(1, 1), one(1, 2), one(1, 1), one(1, None)], public=True)
    assert [target.account_id for target in plan.targets] == [1, 2]
    assert plan.skipped == ()


@pytest.mark.parametrize(
    ("picked", "public"), [([], False), ([one(1, followed=True)], False), ([one(1)], True)]
)
def test_a_plan_that_hits_nobody_is_not_public(picked: list[Candidate], public: bool) -> None:
    assert plan_actions(ActionKind.BLOCK, "", picked, public=True).public is public
