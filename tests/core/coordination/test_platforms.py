from datetime import timedelta
from typing import Any

import polars as pl

from core.coordination.grouping import group_posts
from core.coordination.platforms import platform_links
from core.domain.coordination import ThingKind


def two_places(town: Any) -> pl.DataFrame:
    """One script on two platforms by different accounts, among ordinary people on both."""
    town.campaign(town.script, name="c")
    town.campaign(town.script, name="d")
    name = pl.when(pl.col("author_id").str.contains(r"^d\d|[13579]$")).then(pl.lit("there"))
    name = pl.when(pl.col("author_id").str.contains(r"^c\d")).then(pl.lit("here")).otherwise(name)
    return town.frame().with_columns(name.fill_null("here").alias("platform"))


def test_the_same_script_joins_campaigns_found_apart(town: Any) -> None:
    frame = two_places(town)
    campaigns = {}
    for place in ("here", "there"):
        for group in group_posts(frame.filter(pl.col("platform") == place)).groups:
            campaigns[f"{place}-{group.key}"] = group.posts
    (link,) = platform_links(frame, campaigns)
    assert link.keys == tuple(sorted(campaigns))
    assert link.platforms == ("here", "there")
    assert len(link.evidence) == len(town.script)
    for thing in link.evidence:
        assert thing.kind is ThingKind.TEXT
        assert [place for place, _ in thing.where] == ["here", "there"]
        assert all(count > 1 for _, count in thing.where)
        rows = frame.filter(pl.col("post_id").is_in(list(thing.posts)))
        assert sorted(rows["platform"].to_list()) == ["here", "there"]


def test_one_group_on_two_platforms_is_told(town: Any) -> None:
    frame = two_places(town)
    (group,) = group_posts(frame).groups
    (link,) = platform_links(frame, {group.key: group.posts})
    assert link.keys == (group.key,)


def test_what_ordinary_people_pass_on_joins_nothing(town: Any) -> None:
    for n in range(40):
        for place in ("here", "there"):
            town.post(
                f"{place}{n}",
                town.noon + timedelta(hours=n),
                "The council has voted to close the old quay wall at the mill for good",
                platform=place,
            )
    frame = town.frame()
    own = {
        place: frame.filter(pl.col("author_id") == f"{place}0")["post_id"].to_list()
        for place in ("here", "there")
    }
    assert platform_links(frame, own) == ()
    assert platform_links(frame.drop("platform"), own) == ()
    assert platform_links(frame, {}) == ()
