"""From posts to events: who used which artifact when.

An artifact is something two posts can have in common that ordinary people rarely share by chance: a
near-duplicate text, a link, a set of tags, a reposted post, a picture.
"""

from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt
import polars as pl

from core.coordination import fold
from core.coordination.naming import Names, read_names
from core.coordination.pictures import picture_leaders
from core.coordination.templates import leaders
from core.domain.coordination import ThingKind

Int64 = npt.NDArray[np.int64]
Float64 = npt.NDArray[np.float64]
Bools = npt.NDArray[np.bool_]

MIN_ACCOUNTS: Final = 3  # fewer senders than this are never called a group
LINKED: Final = 0.25  # share of its posts with a link from which a text is a headline or a petition's words
MIN_SPREAD: Final = 2  # senders of an artifact worth keeping


KINDS: Final = tuple(ThingKind)  # a kind is coded as its place here


@dataclass(frozen=True, slots=True)
class Accounts:
    """Senders by code 0..n-1. Times are seconds since the epoch, NaN when not known."""

    ids: pl.Series
    created: Float64
    posts: Int64
    names: Names


@dataclass(frozen=True, slots=True)
class Events:
    """One row per post and artifact of at least `MIN_SPREAD` senders, sorted by account, time, post."""

    account: Int64
    artifact: Int64
    post: Int64
    time: Float64


@dataclass(frozen=True, slots=True)
class Material:
    """Everything the tests read. Per post, in order of post id: `post_ids`, `author`, `time`, `evasive`, and
    `answered`, a code of the post it replies to, -1 when none."""

    accounts: Accounts
    events: Events
    post_ids: pl.Series
    author: Int64
    time: Float64
    evasive: Bools
    answered: Int64
    # Per artifact: kind (index into KINDS), key text, how much it says (see `fold.weight`), senders, and
    # whether its posts carry a link: such a text is somebody's headline.
    kind: Int64
    keys: pl.Series
    weight: Float64
    spread: Int64
    linked: Bools

    def timed(self, posts: Int64) -> bool:
        """Whether the time of any of these posts is known."""
        return bool(np.isfinite(self.time[posts]).any())


def prepare(posts: pl.DataFrame) -> Material:
    """Fold, cluster and number a normalised frame (`columns.normalise`)."""
    base = _per_post(posts)
    accounts, author = _accounts(base)
    shared = _memberships(base, author)
    spread = shared.group_by("kind", "key").agg(pl.col("account").n_unique().alias("spread"))
    spread = spread.filter(pl.col("spread") >= MIN_SPREAD).sort("kind", "key")
    numbered = spread.with_row_index("artifact")
    rows = shared.join(numbered.select("kind", "key", "artifact"), on=("kind", "key"))
    rows = rows.sort("account", "time", "post", "artifact")
    events = Events(
        account=rows["account"].to_numpy().astype(np.int64),
        artifact=rows["artifact"].to_numpy().astype(np.int64),
        post=rows["post"].to_numpy().astype(np.int64),
        time=rows["time"].to_numpy().astype(np.float64),
    )
    weighed = numbered.select(_says()).to_series()
    posts_with = np.bincount(events.artifact, minlength=numbered.height)
    linked_with = np.bincount(
        events.artifact, weights=base["linked"].to_numpy()[events.post], minlength=numbered.height
    )
    return Material(
        accounts=accounts,
        events=events,
        post_ids=base["post_id"],
        author=author,
        time=base["time"].to_numpy().astype(np.float64),
        evasive=base["evasive"].to_numpy(),
        answered=(base["reply_to"].rank("dense").cast(pl.Int64) - 1)
        .fill_null(-1)
        .to_numpy()
        .astype(np.int64),
        kind=numbered["kind"].to_numpy().astype(np.int64),
        keys=numbered["key"],
        weight=weighed.to_numpy(),
        spread=numbered["spread"].to_numpy().astype(np.int64),
        linked=linked_with >= LINKED * posts_with,
    )


def uses(posts: pl.DataFrame) -> pl.DataFrame:
    """What each post of a normalised frame uses, without counting: rows (post_id, author_id, kind, key,
    weight), in order. `kind` is an index into `KINDS`."""
    base = _per_post(posts)
    author = np.zeros(base.height, dtype=np.int64)
    rows = _memberships(base, author).with_columns(_says().alias("weight")).sort("post", "kind", "key")
    named = base.select("post_id", "author_id").with_row_index("post")
    return rows.join(named, on="post", maintain_order="left").select(
        "post_id", "author_id", "kind", "key", "weight"
    )


def _says() -> pl.Expr:
    """How much an artifact says; what is not a text says enough."""
    return pl.when(pl.col("kind") == 0).then(fold.weight(pl.col("key"))).otherwise(99).cast(pl.Float64)


def _seconds(column: str) -> pl.Expr:
    return pl.col(column).dt.epoch("us").cast(pl.Float64).fill_null(float("nan")) / 1e6


def _per_post(posts: pl.DataFrame) -> pl.DataFrame:
    text = pl.col("text")
    urls = pl.coalesce("urls", text.str.extract_all(fold.URL))
    tags = pl.coalesce("hashtags", text.str.extract_all(fold.HASHTAG))
    base = posts.sort("post_id").select(
        "post_id",
        "author_id",
        "author_handle",
        _seconds("author_created_at").alias("born"),
        _seconds("created_at").alias("time"),
        fold.folded(text).alias("fold"),
        fold.evasive(text).alias("evasive"),
        urls.alias("urls"),
        fold.tag_set(tags).alias("tags"),
        "media",
        "reply_to",
        (urls.list.len() > 0).fill_null(False).alias("linked"),
        pl.coalesce("repost_of", pl.when(fold.says_repost(text)).then(pl.lit(""))).alias("repost"),
    )
    return base.with_columns(
        pl.when(pl.col("repost") == "").then("rt:" + pl.col("fold")).otherwise("repost").alias("repost")
    )


def _accounts(base: pl.DataFrame) -> tuple[Accounts, Int64]:
    people = (
        base.group_by("author_id")
        .agg(
            pl.col("born").drop_nans().min(),
            pl.col("author_handle").drop_nulls().last(),
            pl.len().alias("n"),
        )
        .sort("author_id")
        .with_row_index("account")
    )
    accounts = Accounts(
        ids=people["author_id"],
        created=people["born"].fill_null(float("nan")).to_numpy(),
        posts=people["n"].to_numpy().astype(np.int64),
        names=read_names(people["author_handle"]),
    )
    codes = base.select("author_id").join(
        people.select("author_id", "account"), on="author_id", how="left", maintain_order="left"
    )
    return accounts, codes["account"].to_numpy().astype(np.int64)


def _memberships(base: pl.DataFrame, author: Int64) -> pl.DataFrame:
    rows = base.with_row_index("post").with_columns(pl.Series("account", author))
    keep = ("post", "account", "time")
    own = pl.col("repost").is_null()
    texts = _templates(rows.filter(own & (pl.col("fold") != "")).select(*keep, "fold"))
    links = rows.filter(own).select(*keep, "urls").explode("urls").drop_nulls("urls")
    links = links.select(*keep, fold.canonical_url(pl.col("urls")).alias("key")).filter(pl.col("key") != "")
    tags = rows.filter(own).select(*keep, pl.col("tags").alias("key")).drop_nulls("key")
    reposts = rows.select(*keep, pl.col("repost").alias("key")).drop_nulls("key")
    media = _pictures(rows.filter(own).select(*keep, "media").explode("media").drop_nulls("media"))
    kinds = {
        ThingKind.TEXT: texts,
        ThingKind.LINK: links,
        ThingKind.TAGS: tags,
        ThingKind.REPOST: reposts,
        ThingKind.IMAGE: media,
    }
    parts = [part.with_columns(kind=pl.lit(KINDS.index(kind))) for kind, part in kinds.items()]
    return pl.concat(parts).unique(("post", "kind", "key"))


def _pictures(rows: pl.DataFrame) -> pl.DataFrame:
    distinct = rows.group_by("media").agg(pl.len().alias("n")).sort("n", "media", descending=[True, False])
    named = distinct.select("media", picture_leaders(distinct["media"]).alias("key")).drop_nulls("key")
    return rows.join(named, on="media").select("post", "account", "time", "key")


def _templates(rows: pl.DataFrame) -> pl.DataFrame:
    distinct = (
        rows.group_by("fold")
        .agg(pl.len().alias("n"))
        .sort("n", "fold", descending=[True, False])
        .with_columns(fold.is_wide(pl.col("fold")).alias("wide"))
    )
    lead = leaders(distinct["fold"], distinct["wide"])
    named = distinct.select("fold", distinct["fold"].gather(lead).alias("key"))
    return rows.join(named, on="fold").select("post", "account", "time", "key")
