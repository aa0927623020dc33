"""Campaign rows: members, posts, takedowns, decisions, and the groups that follow from them."""

import random
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from fake_clock import FakeClock
from made_up import author, mention, received

from app.services.ingest import IngestService
from core.domain.campaign import CampaignState, DecisionKind, ReEmergence
from core.domain.capture import PostState
from core.domain.coordination import Family, GroupReason, SenderGroup, Strength
from core.domain.ids import MentionId, SenderId
from core.errors import NotFound
from core.storage import Store

KEY, OTHER = "first", "second"
REASON = GroupReason(Family.CO_SHARING, "They did the same.", 4.0, 0.2)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """Eight posts by four senders, two each, and a campaign of them all."""
    clock = FakeClock()
    opened = Store(tmp_path / "breakwater.db", bytes(32), clock)
    posts = [received(n, f"text {n % 3}", author(f"s{n % 4}", created_at=clock.now())) for n in range(8)]
    IngestService(opened, clock).take(posts, None)
    with opened.write() as unit:
        unit.campaigns.put(KEY, b"{}", clock.now())
        unit.groups.put(KEY, SenderGroup(KEY, (), (), Strength.STRONG, (REASON,), ("But.",)), clock.now())
        unit.campaigns.set_posts(KEY, [MentionId(n) for n in range(1, 9)])
        unit.campaigns.show(KEY)
    yield opened
    opened.close()


def test_a_group_follows_from_its_campaign(store: Store) -> None:
    with store.read() as unit:
        (group,) = unit.groups.cards()
        (card,) = unit.campaigns.cards((group,))
        members = unit.campaigns.members(KEY)
        posts = unit.campaigns.posts(KEY)
        assert unit.campaigns.found() == {KEY}
        assert unit.groups.keys_of([MentionId(1), MentionId(99)]) == {MentionId(1): (KEY,)}
    assert (group.key, group.members, group.posts, group.caveats) == (KEY, 4, 8, ("But.",))
    assert group.sample_texts == ("text 0", "text 1", "text 2")
    assert (card.number, card.senders, card.posts, card.group) == (1, 4, 8, group)
    assert [one.joined_at for one in members] == [mention(n).created_at for n in range(4)]
    assert {one.posts for one in members} == {2}
    assert (card.first_at, card.last_at) == (posts[0].at, posts[-1].at)


@pytest.mark.parametrize("seed", range(16))
def test_growing_leaves_what_adding_and_showing_anew_would(store: Store, seed: int) -> None:
    chance, now = random.Random(seed), FakeClock().now()
    first, *later = [[MentionId(n) for n in range(1, 9) if chance.random() < 0.3] for _ in range(4)]
    without = [chance.randint(1, 4)] if chance.random() < 0.5 else []
    dismissed = chance.random() < 0.25
    with store.write() as unit:
        for key in ("grown", "anew"):
            unit.campaigns.put(key, b"{}", now)
            unit.groups.put(key, SenderGroup(key, (), (), Strength.STRONG, (REASON,), ()), now)
            unit.campaigns.set_posts(key, first)
            unit.decisions.decide(key, DecisionKind.REMOVE, {"senders": without}, now)
            if dismissed:
                unit.decisions.decide(key, DecisionKind.DISMISS, {}, now)
        for part in later:
            unit.campaigns.grow("grown", part)
            unit.campaigns.add_posts("anew", part)
            unit.campaigns.show("anew")
    with store.read() as unit:
        posts = [unit.groups.keys_of([MentionId(n)]) for n in range(1, 9)]
        assert all(("grown" in keys) == ("anew" in keys) for one in posts for keys in one.values())
        shown = {group.key: group for group in unit.groups.cards()}
        assert ("grown" in shown) == ("anew" in shown)
        if shown.get("grown"):
            assert unit.groups.members("grown") == unit.groups.members("anew")
        cards = {card.key: card for card in unit.campaigns.cards(())}
        grown, anew = (replace(cards[key], key="", number=0) for key in ("grown", "anew"))
        assert grown == anew
        assert unit.campaigns.members("grown") == unit.campaigns.members("anew")


def test_senders_asked_for_are_told_apart_from_the_rest(store: Store) -> None:
    with store.write() as unit:
        unit.decisions.decide(KEY, DecisionKind.REMOVE, {"senders": [1]}, FakeClock().now())
        everyone, nobody = unit.campaigns.known(), unit.campaigns.known(among=())
        some = unit.campaigns.known(among=[SenderId(1), SenderId(2), SenderId(99)])
    assert everyone[0].members == {"1", "2", "3", "4"}
    assert (nobody[0].members, nobody[0].removed) == (frozenset(), frozenset())
    assert (some[0].members, some[0].removed) == ({"1", "2"}, {"1"})


def test_joining_times_only_move_back(store: Store) -> None:
    with store.write() as unit:
        unit.campaigns.set_posts(KEY, [MentionId(5), MentionId(6)])
        kept = {one.sender_id: one.joined_at for one in unit.campaigns.members(KEY)}
    assert kept == {SenderId(1): mention(0).created_at, SenderId(2): mention(1).created_at}


def test_takedowns_are_counted_by_post_and_by_sender(store: Store) -> None:
    clock = FakeClock()
    states = [
        PostState.DELETED, PostState.UP, PostState.SUSPENDED, PostState.UNKNOWN,
        PostState.ACCOUNT_GONE, PostState.DELETED, PostState.UNKNOWN,
    ]  # fmt: skip
    with store.write() as unit:
        for number, state in enumerate(states, start=1):
            clock.advance(60)
            later = clock.now() + timedelta(days=1)
            unit.standings.put(MentionId(number), state, now=clock.now(), due_at=later)
        found = unit.campaigns.taken_down(KEY)
        gone = unit.campaigns.gone(KEY)
    assert (found.posts, found.checked, found.up, found.deleted) == (8, 7, 1, 2)
    assert (found.suspended, found.account_gone, found.hidden, found.senders_gone) == (1, 1, 0, 2)
    assert found.last_checked == clock.now()
    # Sender 2 still has a post up; nobody could tell about the one post of sender 4 that was looked at.
    assert set(gone) == {SenderId(1), SenderId(3)}
    assert gone[SenderId(1)] > gone[SenderId(3)]


def test_a_return_is_new_once(store: Store) -> None:
    again = ReEmergence(FakeClock().now(), 5, 3, 0)
    with store.write() as unit:
        assert unit.campaigns.set_re_emerged(KEY, again)
        assert not unit.campaigns.set_re_emerged(KEY, again)
        assert unit.campaigns.cards(())[0].re_emerged == again


def test_decisions_apply_and_are_taken_back_in_any_order(store: Store) -> None:
    now = FakeClock().now()
    with store.write() as unit:
        first = unit.decisions.decide(KEY, DecisionKind.RENAME, {"title": "One"}, now)
        out = unit.decisions.decide(KEY, DecisionKind.REMOVE, {"senders": [1]}, now)
        both = unit.decisions.decide(KEY, DecisionKind.REMOVE, {"senders": [1, 2]}, now)
        assert unit.groups.cards() == ()
        unit.decisions.undo(both.id, now)
        assert unit.groups.members(KEY) == (2, 3, 4)
        hidden = unit.decisions.decide(KEY, DecisionKind.DISMISS, {}, now)
        with pytest.raises(NotFound):
            unit.groups.members(KEY)
        assert unit.campaigns.state(KEY) is CampaignState.DISMISSED
        unit.decisions.undo(out.id, now)
        unit.decisions.undo(first.id, now)
        assert unit.groups.cards() == ()
        unit.decisions.undo(hidden.id, now)
        assert unit.groups.members(KEY) == (1, 2, 3, 4)
        assert unit.campaigns.cards(())[0].title == ""
        assert all(one.undone_at == now for one in unit.decisions.all(KEY))
        assert unit.decisions.undo(hidden.id, now + timedelta(days=1)).undone_at == now
        with pytest.raises(NotFound):
            unit.decisions.decide("nothing", DecisionKind.DISMISS, {}, now)
        with pytest.raises(NotFound):
            unit.decisions.get(99)


def test_whoever_was_taken_out_before_joining_stays_out(store: Store) -> None:
    now = FakeClock().now()
    with store.write() as unit:
        unit.campaigns.set_posts(KEY, [MentionId(n) for n in (1, 2, 3, 5, 6, 7)])
        unit.decisions.decide(KEY, DecisionKind.REMOVE, {"senders": [4]}, now)
        unit.campaigns.add_posts(KEY, [MentionId(4), MentionId(8)])
        unit.campaigns.show(KEY)
        assert unit.groups.members(KEY) == (1, 2, 3)
        assert len(unit.campaigns.posts(KEY, everyone=True)) == 8


def test_moving_takes_senders_posts_and_decisions_along(store: Store) -> None:
    now = FakeClock().now()
    with store.write() as unit:
        unit.campaigns.put(OTHER, b"{}", now, split_from=KEY)
        unit.campaigns.move(KEY, OTHER, [SenderId(1)])
        assert [one.sender_id for one in unit.campaigns.posts(OTHER)] == [1, 1]
        assert {one.sender_id for one in unit.campaigns.posts(KEY)} == {2, 3, 4}
        unit.decisions.decide(OTHER, DecisionKind.REMOVE, {"senders": [1]}, now)
        unit.campaigns.move(OTHER, KEY)
        unit.decisions.hand_over(OTHER, KEY, DecisionKind.REMOVE, now)
        unit.campaigns.drop(OTHER)
        assert unit.groups.members(KEY) == (2, 3, 4)
        known = {one.key: one for one in unit.campaigns.known()}
        assert set(known) == {KEY}
        assert known[KEY].removed == {"1"}
        with pytest.raises(NotFound):
            unit.campaigns.state(OTHER)


def test_groups_no_longer_found_go_and_their_campaign_stays(store: Store) -> None:
    with store.write() as unit:
        unit.groups.keep_only([])
        unit.campaigns.show(KEY)
        assert unit.groups.cards() == ()
        assert unit.campaigns.cards(())[0].posts == 8


def test_how_far_grouping_came_is_remembered(store: Store) -> None:
    with store.write() as unit:
        assert unit.campaigns.marks() == (0, 0)
        unit.campaigns.mark(followed=MentionId(5))
        unit.campaigns.mark(judged=MentionId(3), followed=MentionId(6))
        assert unit.campaigns.marks() == (3, 6)
        assert unit.mentions.newest() == 8


def test_bare_figures(store: Store) -> None:
    with store.read() as unit:
        times = unit.figures.group_times()
        assert [who for who, _ in times[KEY]] == [1, 2, 3, 4, 1, 2, 3, 4]
        assert len(unit.figures.all_times()) == 8
        assert {who for who, _ in unit.figures.births()} == {1, 2, 3, 4}
        created = mention(0).created_at
        assert created is not None
        assert times[KEY][0][1] == round(created.timestamp() * 1_000_000)


def test_mentions_by_arrival_by_sender_and_by_name(store: Store) -> None:
    with store.read() as unit:
        assert unit.mentions.for_grouping(after=MentionId(6))["post_id"] == [7, 8]
        assert unit.mentions.for_grouping(senders=[SenderId(4)])["post_id"] == [4, 8]
        assert unit.mentions.for_grouping(only=[MentionId(2), MentionId(3)])["post_id"] == [2, 3]
        assert unit.mentions.for_grouping(only=[])["post_id"] == []
