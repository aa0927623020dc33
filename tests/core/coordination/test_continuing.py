from collections.abc import Sequence
from datetime import timedelta
from typing import Any

import polars as pl
import pytest

from core.coordination.continuing import continue_campaigns, remember
from core.coordination.grouping import group_posts


def test_a_new_wave_joins_and_a_quoting_reader_does_not(town: Any) -> None:
    campaign = town.campaign(town.script)
    frame = town.frame()
    known = remember(frame, group_posts(frame))
    assert [one.members for one in known] == [frozenset(campaign)]
    later = town.noon + timedelta(days=40)
    town.rows.clear()
    town.post(campaign[0], later, f"@ava {town.script[1]}!!")
    for n in range(5):
        town.made[f"new{n}"] = later - timedelta(hours=9, minutes=n)
        town.post(f"new{n}", later + timedelta(minutes=n), f"@ava {town.script[n]} 🔥")
    for day in (0, 2):
        town.post("patient", later + timedelta(days=day), f"@ava {town.script[day]}")
    town.post("reader", later, f"look what they write: {town.script[0]}")
    town.ordinary(people=30)
    (found,) = continue_campaigns(known, town.frame())
    assert found.key == known[0].key
    assert found.members == (campaign[0],)
    assert found.joined == ("new0", "new1", "new2", "new3", "new4", "patient")
    assert found.watched == ("reader",)
    assert found.re_emerged
    assert len(found.posts) == 8


def test_one_post_before_and_one_now_are_two(town: Any) -> None:
    town.campaign(town.script)
    frame = town.frame()
    known = remember(frame, group_posts(frame))
    later = town.noon + timedelta(days=40)

    def frame_of(*days: int) -> Any:
        town.rows.clear()
        for day in days:
            town.post("patient", later + timedelta(days=day), f"@ava {town.script[day]}")
            town.post("reader", later + timedelta(days=day), f"the bakery opens on day {day + 17} again")
        town.post("reader", later, f"look what they write: {town.script[0]}")
        return town.frame().with_columns(pl.format("{}-{}", pl.lit(days[0]), "post_id").alias("post_id"))

    before, now = frame_of(0, 1), frame_of(3)
    asked: list[list[str]] = []

    def earlier(senders: Sequence[str]) -> Any:
        asked.append(list(senders))
        return before.filter(pl.col("author_id").is_in(list(senders)))

    (alone,) = continue_campaigns(known, now)
    (found,) = continue_campaigns(known, now, earlier)
    assert (alone.joined, alone.watched) == ((), ("patient", "reader"))
    assert asked == [["patient", "reader"]]
    # The reader quoted the same post twice within hours: still one occasion.
    assert (found.joined, found.watched) == (("patient",), ("reader",))
    assert len(found.posts) == 3
    asked.clear()
    continue_campaigns(known, before.filter(pl.col("author_id") == "patient"), earlier)
    assert asked == []


def test_links_and_tags_carry_a_campaign_on(town: Any) -> None:
    who = town.campaign([""], size=20)
    for n, row in enumerate(row for row in town.rows if row["author_id"] in who):
        row["text"] = f"@ava {town.rng.integers(10**9)} own words {town.rng.integers(10**9)}"
        row["urls"] = [f"https://mirror.example/file-{n % 5}99?ref={n}"]
    frame = town.frame()
    known = remember(frame, group_posts(frame))
    town.rows.clear()
    for day in (0, 3):
        town.post(
            "late",
            town.noon + timedelta(days=50 + day),
            f"more words {day}",
            urls=["http://mirror.example/file-399"],
        )
    (found,) = continue_campaigns(known, town.frame())
    assert found.joined == ("late",)
    assert not found.re_emerged


@pytest.mark.parametrize("missing", [[], ["created_at"], ["author_created_at"]])
def test_ordinary_posts_touch_nothing(missing: list[str], town: Any) -> None:
    town.campaign(town.script)
    frame = town.frame()
    known = remember(frame, group_posts(frame))
    town.rows.clear()
    town.ordinary(people=50)
    assert continue_campaigns(known, town.frame().drop(missing)) == ()
    assert continue_campaigns(known, town.frame().clear()) == ()
    assert continue_campaigns((), town.frame()) == ()


def test_new_members_beside_the_old_ones_are_no_takeover(town: Any) -> None:
    campaign = town.campaign(town.script)
    frame = town.frame()
    known = remember(frame, group_posts(frame))
    town.rows.clear()
    for person in [*campaign[:8], "late0", "late1", "late2"]:
        for day in (40, 43):
            town.post(person, town.noon + timedelta(days=day), f"@ava {town.script[day % 5]}")
    (found,) = continue_campaigns(known, town.frame())
    assert found.joined == ("late0", "late1", "late2")
    assert not found.re_emerged


def test_after_a_takedown_the_next_accounts_are_a_takeover(town: Any) -> None:
    town.campaign(town.script)
    frame = town.frame()
    known = remember(frame, group_posts(frame))
    town.rows.clear()
    later = town.campaign(town.script, size=9, batch=False, name="next")
    (found,) = continue_campaigns(known, town.frame())
    assert set(found.joined) <= set(later)
    assert len(found.joined) >= 8
    assert found.members == ()
    assert found.re_emerged


def test_what_others_use_as_well_is_not_remembered(town: Any) -> None:
    campaign = town.campaign(town.script)
    phrase = "good morning from the old lighthouse to everybody"
    for person in campaign[:5]:
        town.post(person, town.moment(), f"@ava {phrase}", hashtags=["harbour"])
    for n in range(30):
        town.post(f"someone{n}", town.moment(), f"@ava {phrase}", hashtags=["harbour"])
    frame = town.frame()
    (known,) = remember(frame, group_posts(frame))
    assert len(known.texts) == len(town.script)
    assert known.things == frozenset()
