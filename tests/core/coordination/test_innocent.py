"""People who are organised, alike or quick and must never be accused; and what sets campaigns apart."""

from datetime import timedelta
from typing import Any

import polars as pl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from core.coordination.grouping import group_posts
from core.domain.coordination import Family, Grouping, Strength

MINUTE = timedelta(minutes=1)
DAY = timedelta(days=1)
HEADLINES = (
    "Harbour board rejects the tidal mill plan after a hearing of nine hours",
    "Two injured as crane topples into dry dock during storm",
    "School meals cost more from March, council confirms",
    "Retired pilot finds lost bell on sandbank near lighthouse",
    "Tram line seven reopens, commuters complain of squeaking",
    "Librarians count forty thousand overdue books in one branch",
    "Ferry crew wins pay dispute and calls off weekend strike",
    "Mayor admits that flood maps were drawn with old figures",
    "Brewery moves bottling hall inland, ninety jobs to go",
    "Oyster harvest best in a decade, say growers in the bay",
    "Night buses to keep running through summer after protests",
    "Court clears photographer who climbed customs tower",
)


def members(result: Grouping) -> list[set[str]]:
    return [set(group.members) for group in result.groups]


HALVES = (
    ("The tutor showed us a map", "We measured the tide", "Our group built a crane of paper"),
    ("and I liked the drawing best", "but mine fell over", "so we asked the boat club"),
    ("what do you think of it", "my sister wants one too", "tomorrow we go to the pier"),
)


def families(result: Grouping) -> set[Family]:
    return {reason.family for group in result.groups for reason in group.reasons}


def soon(town: Any, seconds: float) -> timedelta:
    return timedelta(seconds=float(town.rng.exponential(seconds)))


def fan_club(town: Any, name: str, nights: tuple[int, ...], chants: tuple[str, ...]) -> None:
    midnight = town.noon.replace(hour=0)
    for n in range(20):
        who = f"{name}{n}"
        for star in range(12):
            if town.rng.random() < 0.6:
                quick = soon(town, 120) if town.rng.random() < 0.3 else soon(town, 14_000)
                post = f"{name}-star-{star}"
                town.post(who, town.noon + star * 2 * DAY + quick, f"RT @star: song {star}", repost_of=post)
        for night, chant in zip(nights, chants, strict=True):
            town.post(who, midnight + night * DAY + soon(town, 60), f"@ava {chant}")


@pytest.mark.parametrize("columns", [[], ["author_created_at", "author_handle"], ["created_at"]])
def test_fan_clubs_that_greet_at_midnight_and_repost_their_star(columns: list[str], town: Any) -> None:
    shared = "shine on ava we are all here tonight at the harbour"
    for club, nights in (("lumi", (3, 9)), ("mira", (14, 20)), ("sora", (22, 27))):
        fan_club(town, club, nights, (f"ava day for the {club} and the whole of the old town", shared))
    assert group_posts(town.frame().drop(columns)).groups == ()


@pytest.mark.parametrize("link", [True, False])
def test_readers_who_paste_headlines_all_month(link: bool, town: Any) -> None:
    for story, headline in enumerate(HEADLINES):
        for n in town.rng.choice(25, 12, replace=False).tolist():
            when = town.noon + story * 1.7 * DAY + soon(town, 20_000)
            urls = [f"https://paper.example/{story}"] if link else []
            town.post(f"reader{n}", when, f"{headline} @ava", urls=urls)
    assert group_posts(town.frame()).groups == ()


def test_an_evening_with_a_list_of_texts(town: Any) -> None:
    for n in range(30):
        for text in town.rng.permutation(town.script)[:4].tolist():
            town.post(
                f"act{n}", town.noon + timedelta(hours=float(town.rng.uniform(0, 3))), f"@ava {text} #mill"
            )
    assert group_posts(town.frame()).groups == ()
    assert group_posts(town.frame().drop("created_at")).groups == ()


def lines(town: Any, count: int) -> list[str]:
    """Lines nobody else would write."""
    letters = list("abcdefghiklmnoprstuvw")
    return [" ".join("".join(town.rng.choice(letters, 6)) for _ in range(9)) for _ in range(count)]


@pytest.mark.parametrize("columns", [[], ["author_created_at", "author_handle"], ["created_at"]])
def test_two_concerts_whose_songs_are_quoted_as_they_are_sung(columns: list[str], town: Any) -> None:
    songs = lines(town, 40)
    liked = 1 / town.rng.permutation(range(1, 41))
    for person in range(70):
        for night in (5, 12):
            for song in town.rng.choice(40, 3, replace=False, p=liked / liked.sum()).tolist():
                when = town.noon + night * DAY + song * 4 * MINUTE + soon(town, 200)
                town.post(f"guest{person}", when, f"@ava {songs[song]}")
    assert group_posts(town.frame().drop(columns)).groups == ()


@pytest.mark.parametrize("columns", [[], ["author_created_at", "author_handle"]])
def test_two_evenings_with_one_list_of_texts(columns: list[str], town: Any) -> None:
    texts = lines(town, 12)
    for person in range(40):
        for night in (5, 12):
            count = min(12, int(town.rng.geometric(0.4)))
            for text in town.rng.choice(texts, count, replace=False).tolist():
                town.post(f"act{person}", town.noon + night * DAY + soon(town, 4_000), f"@ava {text}")
    assert group_posts(town.frame().drop(columns)).groups == ()


def test_a_closed_circle_that_repeats_itself_on_two_days_is_found(bare: Any) -> None:
    town = bare
    town.ordinary(people=600)
    who = {f"t{n}" for n in range(14)}
    for day in (4, 13):
        for person in sorted(who):
            for text in town.rng.permutation(town.script)[:4].tolist():
                town.post(person, town.noon + day * DAY + soon(town, 4_000), f"@ava {text}")
    assert members(group_posts(town.frame().drop("author_created_at"))) == [who]
    # One guest in five who comes once, and it may have been two public evenings.
    for guest in range(4):
        town.post(f"guest{guest}", town.noon + 4 * DAY + soon(town, 4_000), f"@ava {town.script[guest]}")
    assert group_posts(town.frame().drop("author_created_at")).groups == ()


def test_a_long_list_handed_out_on_two_days_is_possible(bare: Any) -> None:
    town = bare
    town.ordinary(people=300)
    texts, who = lines(town, 48), [f"r{n}" for n in range(24)]
    for day in (4, 13):
        order = town.rng.permutation(texts).tolist()
        for place in range(6 * len(who)):
            when = town.noon + day * DAY + soon(town, 5_000)
            town.post(who[place // 6], when, f"@ava {order[place % len(texts)]}")
    (group,) = group_posts(town.frame()).groups
    assert set(group.members) <= set(who)
    assert len(group.members) >= 20
    assert group.strength is Strength.POSSIBLE
    assert {reason.family for reason in group.reasons} >= {Family.CO_SHARING, Family.SCRIPT}
    assert any("again, by others, on a later one" in reason.sentence for reason in group.reasons)


def test_a_pile_on_under_one_post(town: Any) -> None:
    for n in range(120):
        text = (
            "apologise to the night ferry crew at once"
            if n % 3 == 0
            else f"how could you say this {n * 7919}"
        )
        town.post(f"pile{n}", town.noon + soon(town, 900), f"@ava {text}", reply_to="own-1")
    assert group_posts(town.frame()).groups == ()


def test_a_class_that_joined_together_and_writes_in_every_lesson(town: Any) -> None:
    for n in range(24):
        town.made[f"class7_{n}"] = town.noon - timedelta(seconds=90 * n)
        for week in range(3):
            parts = [str(town.rng.choice(half)) for half in HALVES]
            own = f"@ava {' '.join(town.rng.permutation(parts))} {town.rng.integers(10**6)}"
            town.post(f"class7_{n}", town.noon + week * 7 * DAY + soon(town, 600), own)
    assert group_posts(town.frame()).groups == ()


@pytest.mark.parametrize("waves", [3, 4])
def test_a_brigade_that_answers_together_again_and_again(waves: int, town: Any) -> None:
    for wave in range(waves):
        for n in range(14):
            when = town.noon + (3 + 5 * wave) * DAY + soon(town, 240)
            text = f"@ava {town.script[int(town.rng.integers(4))]}"
            town.post(f"b{n}", when, text, reply_to=f"own-{wave}")
    for n in range(60):
        town.post(f"someone{n}", town.moment(), "@ava thank you", reply_to=f"own-{n % 9}")
    result = group_posts(town.frame().drop("author_created_at"))
    assert members(result) == [{f"b{n}" for n in range(14)}]
    assert Family.REPLY_BURST in families(result)


def test_a_script_followed_drip_by_drip_is_possible_never_strong(town: Any) -> None:
    who = {f"d{n}" for n in range(9)}
    for person in sorted(who):
        for text in town.rng.permutation(town.script)[:5].tolist():
            town.post(person, town.moment(), f"@ava {text}")
    result = group_posts(town.frame())
    assert members(result) == [who]
    assert result.groups[0].strength is Strength.POSSIBLE
    assert Family.SCRIPT in families(result)


def test_pictures_under_ever_other_words(town: Any) -> None:
    shown = [int(value) for value in town.rng.integers(0, 2**63, 5)]
    who = town.campaign([""], size=16)
    for n, row in enumerate(row for row in town.rows if row["author_id"] in who):
        row["text"] = f"@ava {town.rng.integers(10**9)} words of one's own {town.rng.integers(10**9)}"
        row["media"] = [f"{shown[n % 5] ^ (1 << int(town.rng.integers(60))):016x}"]
    assert members(group_posts(town.frame())) == [set(who)]


@settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.integers(0, 10**6), st.integers(2, 6), st.integers(5, 40), st.floats(0.01, 11.0))
def test_one_occasion_never_makes_a_group(
    empty_town: Any, seed: int, texts: int, size: int, hours: float
) -> None:
    town = empty_town(seed)
    town.ordinary(people=60)
    for n in range(size):
        for text in town.rng.choice(town.script, texts).tolist():
            when = town.noon + timedelta(hours=float(town.rng.uniform(0, hours)))
            town.post(f"x{n}", when, f"@ava {text}", reply_to="own", hashtags=["mill"])
    assert group_posts(town.frame()).groups == ()


@pytest.mark.parametrize("seed", range(3))
def test_other_names_for_senders_and_posts_change_nothing(seed: int, town: Any) -> None:
    town.campaign(town.script)
    fan_club(town, "lumi", (3, 9), ("ava day for the whole of the old town", "shine on ava at the harbour"))
    frame = town.frame()
    renamed = frame.with_columns(
        pl.concat_str(pl.col("author_id").hash(seed).cast(pl.String)).alias("author_id"),
        pl.concat_str(pl.col("post_id").hash(seed).cast(pl.String)).alias("post_id"),
    )
    names = dict(zip(frame["author_id"].to_list(), renamed["author_id"].to_list(), strict=True))
    (before,), (after,) = group_posts(frame).groups, group_posts(renamed).groups
    assert {names[one] for one in before.members} == set(after.members)
    assert before.reasons == after.reasons
    assert (before.strength, before.caveats, len(before.posts)) == (
        after.strength,
        after.caveats,
        len(after.posts),
    )
