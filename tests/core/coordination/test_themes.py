from datetime import timedelta
from typing import Any

import polars as pl

from core.coordination.themes import themes
from core.domain.coordination import CampaignThemes

FIRST = ("Who paid for the mill trip, ava?", "The mill trip was a bribe and ava knows it")
SECOND = ("Ava hides the ferry ledger from us", "Open the ferry ledger, ava")
CHINESE = ("她收了黑钱，出卖乡亲", "黑钱买来的报道，出卖乡亲的人")


def campaign(town: Any, gap: int) -> CampaignThemes:
    posts = []
    for part, texts in enumerate((FIRST, SECOND, CHINESE)):
        for n in range(24):
            posts.append(f"p{len(town.rows)}")
            when = town.noon + timedelta(days=part * gap, minutes=n)
            town.post(f"c{n % 8}", when, f"@ava {texts[n % 2]}")
    (found,) = themes(town.frame(), {"k": posts})
    return found


def test_what_is_pushed_and_how_it_shifts(town: Any) -> None:
    found = campaign(town, 3)
    assert [period.posts for period in found.periods] == [24, 24, 24]
    assert all(period.end - period.start == timedelta(days=1) for period in found.periods)
    words = [[term.text for term in period.terms] for period in found.periods]
    assert "mill trip" in words[0]
    assert "ferry ledger" in words[1]
    assert {"黑钱", "出卖乡亲"} <= set(words[2])
    assert "ferry ledger" in found.periods[1].arrived
    assert "mill trip" in found.periods[1].left
    assert found.periods[1].shift > 0.5
    assert found.periods[0].arrived == ()


def test_counts_are_of_posts_and_against_the_others(town: Any) -> None:
    found = campaign(town, 3)
    (trip,) = [term for term in found.terms if term.text == "mill trip"]
    assert (trip.posts, trip.of, trip.outside) == (24, 72, 0)
    assert trip.score > 2
    at = found.terms.index(trip)
    assert found.series[at] == (24, 0, 0)
    assert not any("harbour fee" in term.text for term in found.terms)


def test_a_long_campaign_is_told_by_week(town: Any) -> None:
    found = campaign(town, 20)
    assert all(period.end - period.start == timedelta(days=7) for period in found.periods)
    assert all(period.start.weekday() == 0 for period in found.periods)


def test_examples_are_first_uses_of_different_templates(town: Any) -> None:
    found = campaign(town, 3)
    texts = dict(town.frame().select("post_id", "text").rows())
    for period, script in zip(found.periods, (FIRST, SECOND, CHINESE), strict=True):
        assert sorted(texts[post] for post in period.examples) == sorted(f"@ava {text}" for text in script)


def test_the_order_of_rows_changes_nothing(town: Any) -> None:
    found = campaign(town, 3)
    posts = [row["post_id"] for row in town.rows if str(row["author_id"]).startswith("c")]
    shuffled = town.frame().sample(fraction=1, shuffle=True, seed=2)
    assert themes(shuffled, {"k": posts[::-1]}) == (found,)


def test_without_times_or_others(town: Any, bare: Any) -> None:
    for n in range(6):
        bare.post(f"c{n}", bare.noon, f"@ava {FIRST[n % 2]}")
    (found,) = themes(bare.frame().drop("created_at"), {"k": [f"p{n}" for n in range(6)], "none": []})
    assert found.periods == ()
    assert found.terms
    assert (
        themes(pl.DataFrame(schema={"post_id": pl.String, "author_id": pl.String, "text": pl.String}), {})
        == ()
    )
