"""Campaigns over a real store: what is found, what the person decides, and what stays so."""

import json
import random
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from fake_clock import FakeClock
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from made_campaign import OTHER_SCRIPT, SCRIPT, MadeTown
from made_up import BEGAN

from app.jobs.context import JobContext
from app.services.campaign_keeping import settle
from app.services.campaigns import CampaignService
from app.services.group import GroupService
from app.services.ingest import IngestService
from app.services.posts_frame import posts_frame
from core.coordination.continuing import remember
from core.domain.campaign import CampaignCard, CampaignState, DecisionKind
from core.domain.coordination import Family, Grouping, GroupReason, SenderGroup, Strength
from core.domain.evidence import EntryKind
from core.domain.ids import AccountId, SenderId
from core.domain.mention import Received
from core.domain.response import ActionKind
from core.errors import BadInput, NotFound
from core.evidence.verify import verify_log
from core.respond.planning import Candidate, plan_actions
from core.storage import Store

CONTEXT = JobContext()


class Room:
    """One store with its services."""

    def __init__(self, folder: Path) -> None:
        self.clock = FakeClock()
        self.store = Store(folder / "breakwater.db", bytes(32), self.clock)
        self.ingest = IngestService(self.store, self.clock)
        self.group = GroupService(self.store, self.clock)
        self.campaigns = CampaignService(self.store, self.clock)

    def take(self, posts: list[Received]) -> None:
        self.ingest.take(posts, None)

    def cards(self) -> list[CampaignCard]:
        return [card for card in self.campaigns.cards() if card.group is not None]

    def ids(self, *names: str) -> list[SenderId]:
        with self.store.read() as unit:
            return [one.sender_id for stored in unit.mentions.all() for one in [stored]
                    if stored.mention.author.handle.removesuffix(".example") in names]  # fmt: skip

    def handles(self, key: str) -> set[str]:
        inside = set(self.group.members(key))
        found = {one.handle for one in self.campaigns.members(key) if one.sender_id in inside}
        return {handle.removesuffix(".example") for handle in found}

    def acts(self) -> list[str]:
        with self.store.read() as unit:
            envelopes = [json.loads(entry.envelope) for entry in unit.log.entries()]
        return [one["facts"]["act"] for one in envelopes if one["kind"] == EntryKind.NOTE.value]


@pytest.fixture
def room(tmp_path: Path) -> Iterator[Room]:
    made = Room(tmp_path)
    yield made
    made.store.close()


@pytest.fixture
def town() -> MadeTown:
    return MadeTown()


@pytest.fixture
def found(room: Room, town: MadeTown) -> str:
    """The key of a campaign of sixteen, found among ordinary people."""
    room.take(town.ordinary() + town.campaign(followed=("step3",)))
    room.group.run(CONTEXT)
    (card,) = room.cards()
    assert room.handles(card.key) == {f"step{n}" for n in range(16)}
    return card.key


def test_a_campaign_keeps_its_key_title_and_joining_times(room: Room, town: MadeTown, found: str) -> None:
    room.campaigns.rename(found, "  The   ferry\npeople ")
    before = {one.sender_id: one.joined_at for one in room.campaigns.members(found)}
    room.take(town.campaign(name="late", size=8, start=BEGAN + timedelta(days=20), days=6))
    room.group.run(CONTEXT)
    (card,) = room.cards()
    assert (card.key, card.number, card.title) == (found, 1, "The ferry people")
    assert card.senders == 24
    after = {one.sender_id: one.joined_at for one in room.campaigns.members(found)}
    assert before.items() <= after.items()
    assert card.first_at is not None
    assert card.last_at is not None
    assert card.first_at < card.last_at


def test_new_posts_join_at_once_and_a_reader_who_quotes_does_not(
    room: Room, town: MadeTown, found: str
) -> None:
    later = BEGAN + timedelta(days=29)
    posts = [
        town.post(f"new{n}", later + timedelta(minutes=n), f"@ava {SCRIPT[n]}", born=later) for n in range(4)
    ]
    room.take([*posts, town.post("reader", later, f"look what they write: {SCRIPT[0]}")])
    grown = room.group.follow(CONTEXT)
    assert (grown.joined, grown.posts, grown.campaigns) == (4, 4, 1)
    assert room.handles(found) >= {f"new{n}" for n in range(4)}
    assert "reader" not in room.handles(found)
    # One post now and another after the next sync are two posts as well.
    room.take([town.post("slow", later, f"@ava {SCRIPT[1]}")])
    assert room.group.follow(CONTEXT).joined == 0
    room.take([town.post("slow", later + timedelta(days=2), f"@ava {SCRIPT[2]}")])
    assert room.group.follow(CONTEXT).joined == 1
    assert room.group.follow(CONTEXT).posts == 0


def test_a_return_after_silence_is_recorded_with_its_date(room: Room, town: MadeTown, found: str) -> None:
    assert room.cards()[0].re_emerged is None
    back = BEGAN + timedelta(days=60)
    room.take(town.campaign(name="again", size=6, start=back, days=4))
    room.group.follow(CONTEXT)
    again = room.cards()[0].re_emerged
    assert again is not None
    assert (again.new_senders, again.gone) == (6, 0)
    assert again.quiet_days >= 28
    assert again.since.date() >= (back - timedelta(days=1)).date()
    assert room.acts().count("campaign-re-emerged") == 1
    room.group.run(CONTEXT)
    assert room.acts().count("campaign-re-emerged") == 1


def test_dismissed_stays_dismissed_while_it_grows_until_taken_back(
    room: Room, town: MadeTown, found: str
) -> None:
    decision = room.campaigns.dismiss(found)
    assert room.cards() == []
    with pytest.raises(NotFound):
        room.group.members(found)
    room.take(town.campaign(name="more", size=12, start=BEGAN + timedelta(days=20), days=5))
    room.group.follow(CONTEXT)
    assert room.cards() == []
    regroup(room, "step", "more")
    assert room.cards() == []
    (card,) = room.campaigns.cards()
    assert card.state is CampaignState.DISMISSED
    assert card.senders == 28
    with room.store.read() as unit:
        assert unit.groups.cards() == ()
        assert unit.groups.keys_of([one.mention_id for one in unit.campaigns.posts(found)]) == {}
    undone = room.campaigns.undo(decision.id)
    assert undone.undone_at is not None
    assert room.cards()[0].senders == card.senders
    assert room.acts() == ["campaign-dismiss", "campaign-dismiss-undo"]


def test_whoever_was_taken_out_stays_out_and_can_come_back(room: Room, town: MadeTown, found: str) -> None:
    out = room.ids("step0", "step1")
    decision = room.campaigns.remove(found, out)
    assert decision.senders == 2
    assert room.handles(found) == {f"step{n}" for n in range(2, 16)}
    later = BEGAN + timedelta(days=40)
    room.take([town.post("step0", later + timedelta(days=n), f"@ava {SCRIPT[n]}") for n in (0, 2)])
    room.group.follow(CONTEXT)
    room.group.run(CONTEXT)
    assert room.handles(found) == {f"step{n}" for n in range(2, 16)}
    (card,) = room.cards()
    assert card.group is not None
    assert any("2 senders more" in caveat for caveat in card.group.caveats)
    room.campaigns.undo(decision.id)
    assert room.handles(found) == {f"step{n}" for n in range(16)}
    room.group.run(CONTEXT)
    assert room.handles(found) == {f"step{n}" for n in range(16)}


def test_fewer_than_three_are_no_group(room: Room, found: str) -> None:
    room.campaigns.remove(found, room.ids(*(f"step{n}" for n in range(14))))
    assert room.cards() == []
    with pytest.raises(BadInput):
        room.campaigns.remove(found, room.ids("someone3"))


def regroup(room: Room, *names: str) -> None:
    """A grouping run that found everybody with such a name in one group."""
    with room.store.read() as unit:
        posts = posts_frame(unit.mentions.for_grouping())
    own = posts.filter(posts["author_handle"].str.contains(f"^({'|'.join(names)})[0-9]"))
    reason = GroupReason(Family.CO_SHARING, "They did the same.", 3.0, 0.1)
    people = tuple(sorted(set(own["author_id"].to_list())))
    group = SenderGroup("one", people, tuple(own["post_id"].to_list()), Strength.STRONG, (reason,))
    found = Grouping((group,), posts.height, len(people), 0.0)
    with room.store.write() as unit:
        settle(unit, posts, found, remember(posts, found), room.clock.now())


@pytest.fixture
def two_in_one(room: Room, town: MadeTown) -> str:
    """The key of a campaign that is really two: sixteen with one script, nine with another."""
    room.take(town.campaign(SCRIPT, name="a") + town.campaign(OTHER_SCRIPT, name="b", size=9))
    regroup(room, "a", "b")
    return room.cards()[0].key


def test_split_in_two_stays_split_and_can_be_joined_again(
    room: Room, town: MadeTown, two_in_one: str
) -> None:
    offer = room.campaigns.offer_split(two_in_one)
    assert offer is not None
    assert (len(offer.staying.senders), len(offer.moving.senders)) == (16, 9)
    decision = room.campaigns.split(offer)
    assert decision.part is not None
    ours, theirs = {f"a{n}" for n in range(16)}, {f"b{n}" for n in range(9)}
    assert (room.handles(two_in_one), room.handles(decision.part)) == (ours, theirs)
    # New senders with the second script; grouping still finds everybody in one group.
    room.take(town.campaign(OTHER_SCRIPT, name="c", size=5, start=BEGAN + timedelta(days=20), days=5))
    regroup(room, "a", "b", "c")
    theirs |= {f"c{n}" for n in range(5)}
    assert (room.handles(two_in_one), room.handles(decision.part)) == (ours, theirs)
    assert [card.group.caveats[-1] for card in room.cards() if card.group] != []
    out = room.campaigns.remove(decision.part, room.ids("b0"))
    room.campaigns.undo(decision.id)
    assert [one.key for one in room.cards()] == [two_in_one]
    assert room.handles(two_in_one) == (ours | theirs) - {"b0"}
    room.campaigns.undo(out.id)
    assert room.handles(two_in_one) == ours | theirs


def test_a_dismissed_half_has_to_be_shown_before_the_split_is_undone(room: Room, two_in_one: str) -> None:
    offer = room.campaigns.offer_split(two_in_one)
    assert offer is not None
    decision = room.campaigns.split(offer)
    assert decision.part is not None
    hidden = room.campaigns.dismiss(decision.part)
    with pytest.raises(BadInput):
        room.campaigns.undo(decision.id)
    regroup(room, "a", "b")
    assert [one.key for one in room.cards()] == [two_in_one]
    assert room.handles(two_in_one) == {f"a{n}" for n in range(16)}
    room.campaigns.undo(hidden.id)
    room.campaigns.undo(decision.id)
    assert len(room.campaigns.cards()) == 1


def test_what_is_one_thing_cannot_be_split(room: Room, town: MadeTown) -> None:
    room.take(town.campaign(SCRIPT[:1], name="a"))
    regroup(room, "a")
    assert room.campaigns.offer_split(room.cards()[0].key) is None


def test_names_are_the_persons_and_older_ones_return(room: Room, found: str) -> None:
    first = room.campaigns.rename(found, "First")
    second = room.campaigns.rename(found, "Second")
    assert room.cards()[0].title == "Second"
    room.campaigns.undo(second.id)
    assert room.cards()[0].title == "First"
    room.campaigns.undo(first.id)
    room.campaigns.undo(first.id)
    assert room.cards()[0].title == ""
    assert [one.kind for one in room.campaigns.decisions()] == [DecisionKind.RENAME] * 2
    with pytest.raises(BadInput):
        room.campaigns.rename(found, "x" * 81)
    with pytest.raises(NotFound):
        room.campaigns.rename("nothing", "x")
    with pytest.raises(NotFound):
        room.campaigns.undo(99)


def test_detail_and_story_tell_what_was_sent(room: Room, found: str) -> None:
    detail = room.campaigns.detail(found)
    assert detail.card.key == found
    assert len(detail.texts) == len(SCRIPT)
    assert all(family.texts[0].senders >= 3 for family in detail.texts)
    assert sum(family.posts for family in detail.texts) == detail.card.posts
    assert detail.taken_down.checked == 0
    story = room.campaigns.story(found)
    assert story.themes is not None
    assert sum(period.posts for period in story.themes.periods) == detail.card.posts
    assert story.themes.examples
    assert set(story.themes.examples) <= story.examples.keys()


def test_no_handle_or_title_in_the_facts_of_the_log(room: Room, found: str) -> None:
    room.campaigns.rename(found, "Zebra title")
    room.campaigns.remove(found, room.ids("step5"))
    with room.store.read() as unit:
        entries = list(unit.log.entries())
        report = verify_log(
            iter(entries), checkpoints=unit.log.checkpoints(), public_key=unit.log.public_key(),
            content=unit.log.content, anchors=(),
        )  # fmt: skip
    assert report.ok
    notes = b"".join(entry.envelope for entry in entries if b'"note"' in entry.envelope)
    assert b"Zebra" not in notes
    assert b"step5" not in notes


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.integers(0, 2**32 - 1))
def test_whatever_comes_decisions_hold(tmp_path_factory: pytest.TempPathFactory, seed: int) -> None:
    """Any order of new posts, regroupings that find any groups, and decisions."""
    rng, town = random.Random(seed), MadeTown(seed % 1000)
    room = Room(tmp_path_factory.mktemp("room"))
    followed = {f"step{n}" for n in rng.sample(range(16), 3)}
    room.take(
        town.ordinary(people=8)
        + town.campaign(followed=tuple(followed))
        + town.campaign(OTHER_SCRIPT, name="b")
    )
    dismissed: dict[str, frozenset[SenderId]] = {}
    removed: dict[int, tuple[str, SenderId]] = {}
    try:
        for step in range(8):
            _any_grouping(room, rng)
            _check(room, dismissed, removed, followed)
            cards = room.cards()
            if cards:
                card = rng.choice(cards)
                if rng.random() < 0.4:
                    decision = room.campaigns.dismiss(card.key)
                    members = frozenset(one.sender_id for one in room.campaigns.members(card.key))
                    dismissed[card.key] = members
                    if rng.random() < 0.3:
                        room.campaigns.undo(decision.id)
                        del dismissed[card.key]
                else:
                    who = rng.choice(room.group.members(card.key))
                    decision = room.campaigns.remove(card.key, [who])
                    removed[decision.id] = (card.key, who)
                    if rng.random() < 0.3:
                        room.campaigns.undo(removed.popitem()[0])
            later, late = BEGAN + timedelta(days=30 + step), []
            for _ in range(6):
                who = f"step{rng.randrange(20)}"
                text = f"@ava {rng.choice(SCRIPT)}"
                late.append(town.post(who, later, text, born=later, followed=who in followed))
            room.take(late)
            room.group.follow(CONTEXT)
            _check(room, dismissed, removed, followed)
    finally:
        room.store.close()


def _any_grouping(room: Room, rng: random.Random) -> None:
    """A grouping run that found some of the senders in step, in groups of its own making."""
    with room.store.read() as unit:
        posts = posts_frame(unit.mentions.for_grouping())
    frame = posts.filter(posts["author_handle"].str.contains("step|b"))
    people = sorted(set(frame["author_id"].to_list()))
    chosen = rng.sample(people, rng.randint(6, len(people)))
    cut = rng.choice([0, len(chosen) // 2])
    groups = []
    for members in (chosen[:cut], chosen[cut:]):
        own = frame.filter(frame["author_id"].is_in(members))["post_id"].to_list()
        if len(members) >= 3:
            reason = GroupReason(Family.CO_SHARING, "They did the same.", 3.0, 0.1)
            key = f"key{rng.randrange(5)}-{len(groups)}"
            groups.append(SenderGroup(key, tuple(sorted(members)), tuple(own), Strength.STRONG, (reason,)))
    found = Grouping(tuple(groups), posts.height, len(people), 0.0)
    with room.store.write() as unit:
        settle(unit, posts, found, remember(posts, found), room.clock.now())
        newest = unit.mentions.newest()
        unit.campaigns.mark(judged=newest, followed=newest)


def _check(
    room: Room,
    dismissed: dict[str, frozenset[SenderId]],
    removed: dict[int, tuple[str, SenderId]],
    followed: set[str],
) -> None:
    for card in room.cards():
        members = set(room.group.members(card.key))
        assert card.key not in dismissed
        for known in dismissed.values():
            assert len(members & known) < max(2, len(known) / 3)
        assert not any(key == card.key and who in members for key, who in removed.values())
        with room.store.read() as unit:
            contacts = unit.actions.contacts(sorted(members))
        candidates = [
            Candidate(one.sender_id, AccountId(1), one.handle, one.followed, None, True) for one in contacts
        ]
        plan = plan_actions(ActionKind.MUTE, "", candidates, public=False)
        friends = {one.sender_id for one in contacts if one.handle.removesuffix(".example") in followed}
        assert {target.sender_id for target in plan.targets} == members - friends
        assert friends <= {one.sender_id for one in plan.skipped if one.why == "followed"}
