from datetime import timedelta
from typing import Any

import polars as pl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from core.coordination.grouping import group_posts
from core.domain.coordination import Family, Grouping, Strength
from core.errors import BadInput

WISH = ("happy birthday ava!", "Happy Birthday Ava", "happy birthday ava, have a great day")
SLOGAN = (
    "hands off our tidal mill, it belongs to all of us",
    "Hands off our tidal mill! It belongs to all of us",
)


def members(result: Grouping) -> list[set[str]]:
    return [set(group.members) for group in result.groups]


def families(result: Grouping) -> set[Family]:
    return {reason.family for group in result.groups for reason in group.reasons}


def test_a_campaign_is_found_whole_and_nobody_else(town: Any) -> None:
    campaign = town.campaign(town.script)
    town.crowd(WISH)
    town.crowd(SLOGAN, name="slogan")
    result = group_posts(town.frame())
    assert members(result) == [set(campaign)]
    group = result.groups[0]
    assert group.strength is Strength.STRONG
    assert len({reason.family for reason in group.reasons}) >= 2
    assert all(reason.observed != reason.expected for reason in group.reasons)


@pytest.mark.parametrize(
    ("missing", "gone"),
    [
        (["author_created_at"], Family.CREATION),
        (["author_handle"], Family.NAMES),
        (["author_created_at", "author_handle"], Family.CREATION),
    ],
)
def test_a_campaign_is_found_without(missing: list[str], gone: Family, town: Any) -> None:
    campaign = set(town.campaign(town.script))
    result = group_posts(town.frame().drop(missing))
    assert members(result) == [campaign]
    assert gone not in families(result)


def test_what_was_missing_is_said(town: Any) -> None:
    town.campaign(town.script)
    result = group_posts(town.frame().drop("author_created_at", "author_handle"))
    assert any("not known when these accounts were made" in line for line in result.groups[0].caveats)
    assert any("Handles" in line for line in result.groups[0].caveats)


def test_without_times_what_was_repeated_is_no_group(bare: Any) -> None:
    """Two concerts look the same when nobody knows when they were."""
    town = bare
    town.ordinary(people=800)
    campaign = set(town.campaign(town.script, posts=6, batch=False))
    timed, timeless = (group_posts(town.frame().drop(gone)) for gone in ([], ["created_at"]))
    assert members(timed) == [campaign]
    assert timed.groups[0].strength is Strength.STRONG
    assert members(timeless) == []


def test_aged_accounts_are_found_by_what_they_do(town: Any) -> None:
    campaign = set(town.campaign(town.script, batch=False))
    result = group_posts(town.frame())
    assert members(result) == [campaign]
    assert Family.CREATION not in families(result)


def test_disguised_texts_are_one_and_the_marks_are_evidence(town: Any) -> None:
    campaign = set(town.campaign([text.replace("a", "а").replace("e", "\u200be") for text in town.script]))
    result = group_posts(town.frame())
    assert members(result) == [campaign]
    assert Family.OBFUSCATION in families(result)


def test_links_with_words_of_their_own(town: Any) -> None:
    links = [f"https://mirror.example/file-{n}99?ref=" for n in range(5)]
    who = town.campaign([""], size=20)
    for n, row in enumerate(row for row in town.rows if row["author_id"] in who):
        row["text"] = (
            f"@ava {town.rng.integers(10**9)} words of one's own {town.rng.integers(10**9)} number {n}"
        )
        row["urls"] = [links[int(town.rng.integers(5))] + str(n)]
    assert members(group_posts(town.frame())) == [set(who)]


@pytest.mark.parametrize("columns", [[], ["author_created_at", "author_handle"], ["created_at"]])
def test_crowds_are_never_accused(columns: list[str], town: Any) -> None:
    """One occasion each: a wish, a slogan, a petition, a pile-on, a cascade of reposts."""
    town.crowd(WISH, size=80)
    town.crowd(SLOGAN, size=80, name="slogan")
    petition = town.crowd(["I signed to keep the night ferry, sign too"], size=50, hours=40, name="petition")
    for row in town.rows:
        if row["author_id"] in petition:
            row["urls"] = ["https://petition.example/night-ferry-12"]
    for text in ("who asked you", "delete this and apologise to the whole harbour", "this aged badly"):
        town.crowd([text], size=40, hours=3, name="pile")
    cascade = town.crowd(["RT @mill: four pictures of the flood at the mill"], size=70, name="repost")
    for row in town.rows:
        if row["author_id"] in cascade:
            row["repost_of"] = "flood"
    assert group_posts(town.frame().drop(columns)).groups == ()


def test_daily_fans_are_not_accused(town: Any) -> None:
    phrases = ("good morning ava", "love this", "you made my day", "proud of you", "sending a hug", "first!")
    for fan in range(15):
        for _ in range(20):
            town.post(f"fan{fan}", town.moment(), f"@ava {town.rng.choice(phrases)}")
    assert group_posts(town.frame()).groups == ()


def test_newcomers_with_words_of_their_own_are_not_accused(town: Any) -> None:
    for n in range(60):
        who = f"user{48213377 + 7 * n}"
        town.made[who] = town.noon - timedelta(minutes=10 * n)
        town.post(
            who,
            town.noon + timedelta(minutes=9 * n),
            f"@ava hello, new here, number {n} {'abcdefgh'[n % 8] * 9}",
        )
    assert group_posts(town.frame()).groups == ()


def test_ordinary_people_alone_make_no_group(town: Any) -> None:
    assert group_posts(town.frame()).groups == ()


def few(town: Any, texts: list[str], fresh: bool, name: str) -> set[str]:
    who = set()
    for n, text in enumerate(texts):
        person = f"{name}{n}"
        who.add(person)
        if fresh:
            town.made[person] = town.noon - timedelta(hours=3, minutes=n)
        town.post(person, town.noon + timedelta(seconds=50 * n), f"@ava {text}")
    return who


def test_eight_fresh_accounts_with_one_abusive_text_among_a_handful(bare: Any) -> None:
    abuse = "You sold our harbour and you know it, pack your bags before we come"
    town = bare
    few(
        town,
        ["Loved the talk", "I disagree about taxes", "Any source for that?", "When is the next one?"],
        False,
        "o",
    )
    campaign = few(
        town, [abuse + end for end in ("", "!", " traitor", " now", " x7", "!!", " 🙂", ".")], True, "c"
    )
    result = group_posts(town.frame())
    assert members(result) == [campaign]
    assert result.groups[0].strength is Strength.POSSIBLE
    assert any("general reference rates" in line for line in result.groups[0].caveats)


@pytest.mark.parametrize("fresh", [True, False])
def test_eight_fans_with_one_wish_among_a_handful(fresh: bool, bare: Any) -> None:
    few(bare, ["Loved the talk", "I disagree about taxes", "Any source for that?"], fresh, "o")
    few(bare, ["Happy birthday Ava, have the best day ever!"] * 8, fresh, "f")
    assert group_posts(bare.frame()).groups == ()


def test_no_words_that_accuse_anybody(town: Any) -> None:
    town.campaign(town.script)
    group = group_posts(town.frame()).groups[0]
    said = " ".join([*(reason.sentence for reason in group.reasons), *group.caveats]).lower()
    assert "expected" in said
    assert not any(
        word in said.split() for word in ("bot", "bots", "troll", "trolls", "china", "russia", "fake")
    )


def test_the_order_of_rows_changes_nothing(town: Any) -> None:
    town.campaign(town.script)
    town.crowd(SLOGAN)
    frame = town.frame()
    first = group_posts(frame)
    for seed in range(3):
        assert group_posts(frame.sample(fraction=1, shuffle=True, seed=seed)).groups == first.groups


def test_the_key_stays_when_the_campaign_goes_on(town: Any) -> None:
    campaign = town.campaign(town.script)
    before = group_posts(town.frame()).groups[0].key
    for person in campaign[:9]:
        town.post(person, town.noon + timedelta(days=31), f"@ava {town.script[0]}")
    town.ordinary(people=40)
    assert group_posts(town.frame()).groups[0].key == before


def test_two_campaigns_stay_apart(town: Any) -> None:
    one = set(town.campaign(town.script[:4], name="c"))
    two = set(
        town.campaign(
            [f"Number {n} of the reasons why the quay wall will fall on {n} heads" * 2 for n in range(4)],
            name="d",
        )
    )
    assert sorted(map(sorted, members(group_posts(town.frame())))) == sorted((sorted(one), sorted(two)))


def test_empty_and_tiny_frames() -> None:
    columns = {"post_id": pl.String, "author_id": pl.String, "text": pl.String}
    assert group_posts(pl.DataFrame(schema=columns)).groups == ()
    result = group_posts(pl.DataFrame({"post_id": ["1"], "author_id": ["a"], "text": [None]}))
    assert (result.groups, result.posts, result.authors) == ((), 1, 1)


def test_a_missing_column_is_bad_input() -> None:
    with pytest.raises(BadInput):
        group_posts(pl.DataFrame({"post_id": ["1"], "text": ["x"]}))


def test_a_checkpoint_can_cancel(town: Any) -> None:
    class Stop(Exception):
        pass

    def stop() -> None:
        raise Stop

    with pytest.raises(Stop):
        group_posts(town.frame(), checkpoint=stop)


odd = st.one_of(
    st.none(), st.text(max_size=30), st.sampled_from(["@a是", "\u200b", "#", "www.", "RT @", "\ufffd", "١٢٣"])
)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    st.lists(
        st.fixed_dictionaries(
            {
                "author_id": st.sampled_from("abcdef"),
                "text": odd,
                "author_handle": odd,
                "repost_of": odd,
                "created_at": st.one_of(st.none(), st.datetimes()),
                "author_created_at": st.one_of(st.none(), st.datetimes()),
                "urls": st.one_of(st.none(), st.lists(st.text(max_size=20), max_size=3)),
                "hashtags": st.one_of(st.none(), st.lists(st.text(max_size=9), max_size=3)),
            }
        ),
        max_size=25,
    )
)
def test_nothing_makes_it_fall_over(rows: list[dict[str, Any]]) -> None:
    schema = {
        "author_id": pl.String,
        "text": pl.String,
        "author_handle": pl.String,
        "repost_of": pl.String,
        "created_at": pl.Datetime("us"),
        "author_created_at": pl.Datetime("us"),
        "urls": pl.List(pl.String),
        "hashtags": pl.List(pl.String),
    }
    frame = pl.DataFrame(rows, schema=schema).with_row_index("post_id")
    result = group_posts(frame)
    assert result.posts == len(rows)
    assert all(len(group.members) >= 3 for group in result.groups)
