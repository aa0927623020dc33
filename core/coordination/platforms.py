"""The same things on several platforms: which campaigns belong together, with the evidence listed.

A campaign that repeats itself elsewhere uses the same texts, links and pictures there. What ordinary
senders use as well says nothing, so that a thing counts only where most of its senders are in campaigns.
"""

from collections.abc import Collection, Mapping
from typing import Final

import numpy as np
import polars as pl
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components

from core.coordination.artifacts import KINDS, uses
from core.coordination.columns import normalise
from core.domain.coordination import PlatformLink, SharedThing, ThingKind

MIN_THINGS: Final = 2  # distinct things before two campaigns are said to belong together
MIN_WEIGHT: Final = 36.0  # `fold.weight` of a text that is nobody's stock phrase
LISTED: Final = 12  # things listed as evidence, those on most platforms and by most senders first


def platform_links(posts: pl.DataFrame, campaigns: Mapping[str, Collection[str]]) -> tuple[PlatformLink, ...]:
    """Campaigns (key to post ids) seen on several platforms, alone or joined with others.

    Campaigns are joined when they share at least `MIN_THINGS` things across platforms; one campaign that
    is itself on several platforms is reported when at least one thing is. Needs the column `platform`.
    Most senders first. Raises `BadInput` as `columns.normalise` does.
    """
    label = pl.DataFrame(
        [(key, post) for key, ids in campaigns.items() for post in ids],
        schema={"key": pl.String, "post_id": pl.String},
        orient="row",
    ).unique("post_id", keep="first", maintain_order=True)
    frame = normalise(posts)
    things = _telling(uses(frame).join(frame.select("post_id", "platform"), on="post_id"), label)
    if not things.height:
        return ()
    keys = sorted(campaigns)
    groups = _components(things, keys)
    links = [_link(sorted(group), things) for group in groups]
    found = [link for link in links if link is not None]
    return tuple(
        sorted(found, key=lambda link: (-sum(n for t in link.evidence for _, n in t.where), link.keys))
    )


def _telling(rows: pl.DataFrame, label: pl.DataFrame) -> pl.DataFrame:
    """Rows of campaign posts whose thing is specific, on several platforms, and mostly the campaigns'."""
    rows = rows.filter((pl.col("weight") >= MIN_WEIGHT) & (pl.col("kind") != KINDS.index(ThingKind.TAGS)))
    rows = rows.drop_nulls("platform").join(label.rename({"key": "campaign"}), on="post_id", how="left")
    mine = pl.col("campaign").is_not_null()
    kept = (
        rows.group_by("kind", "key")
        .agg(
            pl.col("author_id").filter(mine).n_unique().alias("inside"),
            pl.col("author_id").n_unique().alias("all"),
            pl.col("platform").filter(mine).n_unique().alias("platforms"),
        )
        .filter((2 * pl.col("inside") >= pl.col("all")) & (pl.col("platforms") >= 2))
    )
    return rows.drop_nulls("campaign").join(kept.select("kind", "key"), on=("kind", "key"))


def _components(things: pl.DataFrame, keys: list[str]) -> list[list[str]]:
    """Campaigns linked by enough things."""
    code = {key: number for number, key in enumerate(keys)}
    held = things.select("kind", "key", "campaign").unique()
    pairs = held.join(held, on=("kind", "key")).filter(pl.col("campaign") < pl.col("campaign_right"))
    linked = pairs.group_by("campaign", "campaign_right").len().filter(pl.col("len") >= MIN_THINGS)
    left = [code[key] for key in linked["campaign"].to_list()]
    right = [code[key] for key in linked["campaign_right"].to_list()]
    graph = coo_array((np.ones(len(left)), (left, right)), shape=(len(keys), len(keys)))
    names = connected_components(graph, directed=False)[1]
    groups: dict[int, list[str]] = {}
    for key, name in zip(keys, names.tolist(), strict=True):
        groups.setdefault(name, []).append(key)
    return list(groups.values())


def _link(keys: list[str], things: pl.DataFrame) -> PlatformLink | None:
    mine = things.filter(pl.col("campaign").is_in(keys)).sort("post_id")
    by_place = mine.group_by("kind", "key", "platform").agg(
        pl.col("author_id").n_unique().alias("senders"), pl.col("post_id").first()
    )
    several = by_place.sort("platform").group_by("kind", "key").agg("platform", "senders", "post_id")
    several = several.filter(pl.col("platform").list.len() >= 2).sort(
        pl.col("platform").list.len(),
        pl.col("senders").list.sum(),
        "kind",
        "key",
        descending=[True, True, False, False],
    )
    if not several.height:
        return None
    evidence = tuple(
        SharedThing(KINDS[kind], key, tuple(zip(platforms, senders, strict=True)), tuple(examples))
        for kind, key, platforms, senders, examples in several.head(LISTED).rows()
    )
    seen = sorted(set(several["platform"].explode().to_list()))
    return PlatformLink(tuple(keys), tuple(seen), evidence)
