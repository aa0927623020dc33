"""Rules of which group is which campaign; what the person decided holds whatever grouping finds."""

import random
from collections.abc import Collection
from itertools import pairwise, permutations

from hypothesis import example, given, settings
from hypothesis import strategies as st

from core.coordination.matching import Found, Known, Part, Uses, assign, overlap

PEOPLE = [f"p{n}" for n in range(24)]
WORDS = [f"t:{n}" for n in range(8)]
Scene = tuple[list[Found], list[Known]]


def some(rng: random.Random, of: list[str], least: int, most: int) -> frozenset[str]:
    return frozenset(rng.sample(of, rng.randint(least, most)))


def made_scene(seed: int) -> Scene:
    """Groups found (no sender in two of them) and campaigns known, out of one number: fast, repeatable."""
    rng = random.Random(seed)
    known = []
    for number in range(rng.randint(0, 4)):
        removed = some(rng, PEOPLE, 0, 3)
        known.append(
            Known(
                key=f"c{number}",
                members=some(rng, PEOPLE, 3, 14) | removed,
                removed=removed,
                content=some(rng, WORDS, 0, 4),
                dismissed=rng.random() < 0.4,
                named=rng.random() < 0.4,
                family=f"c{rng.randint(0, number)}",
            )
        )
    people = rng.sample(PEOPLE, len(PEOPLE))
    cuts = sorted(rng.sample(range(3, 24), rng.randint(1, 3)))
    sides = [people[a:b] for a, b in pairwise([0, *cuts])]
    keys = rng.sample(["c0", "new", "c3"], 3)
    groups = [
        Found(key, frozenset(side), some(rng, WORDS, 0, 4))
        for key, side in zip(keys, sides, strict=False)
        if len(side) >= 3
    ]
    return groups, known


scenes = st.integers(0, 2**32 - 1).map(made_scene)
often = settings(max_examples=400, deadline=None)


def nothing_fits(number: int, keys: Collection[str]) -> Uses:
    return {}


def shown(parts: list[Part], known: list[Known]) -> list[Part]:
    hidden = {one.key for one in known if one.dismissed}
    return [part for part in parts if part.key not in hidden]


def touching(scene: Scene, who: str) -> list[Known]:
    """Campaigns recognisable in the group that grouping found this sender in."""
    groups, known = scene
    (group,) = (one for one in groups if who in one.members)
    return [one for one in known if overlap(group, one)]


@often
@given(scenes)
@example(made_scene(793462))  # two groups, neither of them like what was dismissed, joined by a split half
def test_what_was_dismissed_never_comes_back(scene: Scene) -> None:
    groups, known = scene
    for part in shown(assign(groups, known, nothing_fits), known):
        for who in part.members:
            assert not any(one.dismissed and who in one.members for one in touching(scene, who))
        for one in known:
            assert not one.dismissed or len(part.members & one.members) < max(2, len(one.members) / 3)


@often
@given(scenes)
def test_whoever_was_taken_out_stays_out(scene: Scene) -> None:
    groups, known = scene
    removed = {one.key: one.removed for one in known}
    for part in shown(assign(groups, known, nothing_fits), known):
        assert not part.members & removed.get(part.key, frozenset())
        for who in part.members:
            assert not any(who in one.removed for one in touching(scene, who))


@often
@given(scenes)
def test_every_sender_has_one_place_and_every_campaign_one_part(scene: Scene) -> None:
    groups, known = scene
    parts = assign(groups, known, nothing_fits)
    assert len({part.key for part in parts}) == len(parts)
    everyone = [who for part in parts for who in part.members]
    assert len(everyone) == len(set(everyone))
    assert set(everyone) <= {who for group in groups for who in group.members}
    assert all(part.fresh == (part.key not in {one.key for one in known}) for part in parts)


@often
@given(scenes)
def test_what_the_person_split_stays_apart(scene: Scene) -> None:
    groups, known = scene
    parts = {part.key: part.members for part in shown(assign(groups, known, nothing_fits), known)}
    for one, other in permutations(known, 2):
        if one.family == other.family and one.key in parts and other.key in parts:
            own, theirs = one.members - other.members, other.members - one.members
            assert not (parts[one.key] & theirs and parts[other.key] & own)


def known_one(key: str, members: str, **more: object) -> Known:
    fields: dict[str, object] = {
        "removed": frozenset(), "content": frozenset({"t:0"}),
        "dismissed": False, "named": False, "family": key,
    }  # fmt: skip
    return Known(key=key, members=frozenset(members), **(fields | more))  # type: ignore[arg-type]


def test_a_group_keeps_its_campaign_when_it_grows_and_its_first_text_changes() -> None:
    (part,) = assign(
        [Found("other", frozenset("abcdefghi"), frozenset({"t:7"}))], [known_one("k", "abc")], nothing_fits
    )
    assert (part.key, part.fresh, part.left_out) == ("k", False, 0)


def test_new_senders_go_where_their_posts_fit() -> None:
    known = [known_one("k", "abc"), known_one("k-2", "def", family="k")]
    group = Found("k", frozenset("abcdefxy"), frozenset({"t:0"}))
    parts = assign([group], known, lambda number, keys: {"x": {"k-2": 3}, "y": {"k": 1}})
    assert {part.key: part.members for part in parts} == {"k": frozenset("abcy"), "k-2": frozenset("defx")}
    assert [part.left_out for part in parts] == [4, 4]


def test_two_groups_of_one_campaign_become_two() -> None:
    groups = [
        Found("a", frozenset("abcd"), frozenset({"t:0"})),
        Found("b", frozenset("efg"), frozenset({"t:1"})),
    ]
    parts = assign(groups, [known_one("k", "abcdefg")], nothing_fits)
    assert {part.key: part.members for part in parts} == {"k": frozenset("abcd"), "b": frozenset("efg")}


def test_two_groups_of_a_dismissed_one_stay_dismissed() -> None:
    groups = [
        Found("a", frozenset("abcd"), frozenset({"t:0"})),
        Found("b", frozenset("efg"), frozenset({"t:1"})),
    ]
    parts = assign(groups, [known_one("k", "abcdefg", dismissed=True)], nothing_fits)
    assert [(part.key, part.members) for part in parts] == [("k", frozenset("abcdefg"))]
