"""Tags and threads that ordinary senders used and a campaign came to fill.

A tag that a campaign made up is not hijacked, and neither is one that ordinary senders kept filling. What
it takes: enough ordinary senders before, a clear change in the campaign's share at one moment, and a
campaign majority from then on.
"""

from collections.abc import Collection, Mapping
from datetime import UTC, datetime
from typing import Final

import numpy as np
import numpy.typing as npt
import polars as pl
from scipy.stats import hypergeom

from core.coordination import fold
from core.coordination.columns import normalise
from core.domain.coordination import Hijack, Place

Int64 = npt.NDArray[np.int64]

MIN_ORDINARY: Final = 5  # ordinary senders, and posts of theirs, before the change
MIN_SENDERS: Final = 3  # of the campaign
MIN_POSTS: Final = 5  # of the campaign after the change
MAX_BEFORE: Final = 0.25  # the campaign's share before the change
MIN_AFTER: Final = 0.5  # and from then on
ALPHA: Final = 0.01


def hijacks(posts: pl.DataFrame, campaigns: Mapping[str, Collection[str]]) -> tuple[Hijack, ...]:
    """Tags and threads taken over by one of `campaigns` (key to its member ids), most posts first.

    Needs times; posts without one are left out. A thread is named by the id of the post answered, a tag
    in lower case without its sign. Raises `BadInput` as `columns.normalise` does.
    """
    rows = _uses(normalise(posts))
    found = []
    for key, members in campaigns.items():
        mine = pl.col("author_id").is_in(list(members))
        wanted = (
            rows.group_by("place", "name")
            .agg(pl.col("author_id").filter(mine).n_unique().alias("k"), mine.sum().alias("n"))
            .filter((pl.col("k") >= MIN_SENDERS) & (pl.col("n") >= MIN_POSTS))
        )
        marked = rows.with_columns(mine.alias("mine")).join(wanted, on=("place", "name"))
        tests = max(1, wanted.height)
        for (place, name), part in marked.partition_by("place", "name", as_dict=True).items():
            hit = _taken(key, Place(place), str(name), part.sort("created_at", "post_id"), tests)
            if hit:
                found.append(hit)
    return tuple(sorted(found, key=lambda h: (-h.after[0], h.place.value, h.name, h.key)))


def _uses(frame: pl.DataFrame) -> pl.DataFrame:
    """Rows (post_id, author_id, created_at, place, name)."""
    keep = ("post_id", "author_id", "created_at")
    timed = frame.drop_nulls("created_at")
    tags = pl.coalesce("hashtags", pl.col("text").str.extract_all(fold.HASHTAG))
    clean = tags.list.eval(pl.element().str.to_lowercase().str.strip_chars("#＃ ")).list.unique()
    by_tag = timed.select(*keep, pl.lit(Place.TAG.value).alias("place"), clean.alias("name")).explode("name")
    by_thread = timed.select(
        *keep, pl.lit(Place.THREAD.value).alias("place"), pl.col("reply_to").alias("name")
    )
    return pl.concat((by_tag, by_thread)).filter(pl.col("name").str.len_chars() > 0)


def _taken(key: str, place: Place, name: str, part: pl.DataFrame, tests: int) -> Hijack | None:
    mine = part["mine"].to_numpy()
    at = _change(mine)
    authors = part["author_id"]
    ordinary = authors.head(at).filter(~part["mine"].head(at)).n_unique()
    before, after = (int(mine[:at].sum()), at), (int(mine[at:].sum()), len(mine) - at)
    campaign = authors.slice(at).filter(part["mine"].slice(at)).n_unique()
    enough = min(ordinary, at - before[0]) >= MIN_ORDINARY and campaign >= MIN_SENDERS
    if not enough or after[0] < MIN_POSTS:
        return None
    if before[0] > MAX_BEFORE * before[1] or after[0] < MIN_AFTER * after[1]:
        return None
    # The moment was chosen to look best: every post might have been it.
    chance = hypergeom.sf(after[0] - 1, len(mine), before[0] + after[0], after[1]) * len(mine) * tests
    if chance > ALPHA:
        return None
    first = int(np.argmax(mine))
    return Hijack(
        key=key,
        place=place,
        name=name,
        before=before,
        after=after,
        ordinary_senders=ordinary,
        campaign_senders=campaign,
        first_post=part["post_id"][first],
        first_at=_when(part, first),
        taken_by=part["post_id"][at],
        taken_at=_when(part, at),
    )


def _change(mine: npt.NDArray[np.bool_]) -> int:
    """The campaign post at which the share changes most: of two constant shares, the likeliest split."""
    total, at = len(mine), np.flatnonzero(mine)
    before = np.concatenate(([0], np.cumsum(mine)))[at].astype(float)
    likelihood = _log_likelihood(before, at.astype(float))
    likelihood = likelihood + _log_likelihood(mine.sum() - before, total - at.astype(float))
    rises = before * (total - at) <= (mine.sum() - before) * np.maximum(at, 1)
    return int(at[int(np.argmax(np.where(rises, likelihood, -np.inf)))])


def _log_likelihood(hits: npt.NDArray[np.float64], of: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    share = np.clip(hits / np.maximum(of, 1), 1e-12, 1 - 1e-12)
    value: npt.NDArray[np.float64] = hits * np.log(share) + (of - hits) * np.log1p(-share)
    return value


def _when(part: pl.DataFrame, row: int) -> datetime:
    value: datetime = part["created_at"][row]
    return value.astimezone(UTC)
