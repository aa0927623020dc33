"""What an organisation that helps many people may compare between them, without anybody's words.

Each person's posts stay in their own file and are folded there. Out of it goes a table of keyed hashes
of what several senders had in common, with counts and days: no text, no sender, no exact time. The
organisation joins the tables in DuckDB (as far as one server goes) or, with the same two functions, on a
cluster that exists already (docs/organisation.md shows Dask).

The hashes are HMAC-SHA256 under the organisation's key: whoever has a table but not the key cannot try
out texts. Whoever has the key can, so the key stays with the organisation.
"""

import hmac
from collections.abc import Sequence
from pathlib import Path
from typing import Final

import polars as pl

from core.coordination import fold
from core.coordination.artifacts import MIN_ACCOUNTS
from core.coordination.columns import normalise
from core.coordination.templates import leaders
from core.errors import BadInput, UnsupportedHere

KEY_BYTES: Final = 32
_HASH_CHARS: Final = 32  # 128 bits: a billion artifacts collide with a chance of about 1e-21
# Variants of one template that go out. Two people's variants meet if any one of them is the same.
_VARIANTS: Final = 32
# A short text is a stock phrase everywhere; see `fold.weight` (a Chinese character weighs three).
_LEAST_WEIGHT: Final = 24

SHARED_SCHEMA: Final[dict[str, pl.DataType]] = {
    "client": pl.String(),  # the name the organisation gave, never the person's
    "artifact": pl.String(),
    "kind": pl.String(),  # text, link, tags or picture
    "template": pl.UInt32(),  # rows of one client with the same number are variants of one text
    "senders": pl.UInt32(),
    "posts": pl.UInt32(),
    "first_day": pl.Date(),
    "last_day": pl.Date(),
}
MEETING_SCHEMA: Final[dict[str, pl.DataType]] = {
    "artifact": pl.String(),
    "kind": pl.String(),
    "clients": pl.UInt32(),
    "senders": pl.UInt64(),
    "first_day": pl.Date(),
    "last_day": pl.Date(),
}

# One row for each thing that several people received. A client's own variants of a text count once.
JOIN_SQL: Final = """
    SELECT artifact, kind, count(DISTINCT client)::UINTEGER AS clients, sum(senders)::UBIGINT AS senders,
           min(first_day) AS first_day, max(last_day) AS last_day
    FROM shared
    GROUP BY artifact, kind
    HAVING count(DISTINCT client) >= ?
    ORDER BY clients DESC, senders DESC, artifact, kind
"""


def shared_table(posts: pl.DataFrame, *, client: str, key: bytes) -> pl.DataFrame:
    """What at least three senders of `posts` had in common, as keyed hashes (`SHARED_SCHEMA`).

    Columns of `posts`: see `columns.SCHEMA`. Only text, link, tags and picture hashes are read; reposts
    say who was reposted and stay at home. Raises `BadInput`: key not of 32 bytes, columns missing.
    """
    if len(key) != KEY_BYTES:
        raise BadInput(what="key", why=f"must be {KEY_BYTES} bytes")
    frame = normalise(posts).filter(
        pl.col("repost_of").is_null() & ~fold.says_repost(pl.col("text")).fill_null(value=False)
    )
    base = frame.select(
        "author_id",
        pl.col("created_at").dt.date().alias("day"),
        fold.folded(pl.col("text")).alias("fold"),
        pl.coalesce("urls", pl.col("text").str.extract_all(fold.URL)).alias("urls"),
        fold.tag_set(pl.coalesce("hashtags", pl.col("text").str.extract_all(fold.HASHTAG))).alias("tags"),
        pl.col("media"),
    )
    links = base.explode("urls").with_columns(thing=fold.canonical_url(pl.col("urls")))
    shared = pl.concat(
        [
            _texts(base),
            _single(links, "link"),
            _single(base.with_columns(thing=pl.col("tags")), "tags"),
            _single(base.explode("media").with_columns(thing=pl.col("media")), "picture"),
        ]
    ).sort("kind", "thing", "variant")
    pairs = shared.select("kind", "variant").iter_rows()
    artifacts = pl.Series("artifact", [_keyed(key, kind, variant) for kind, variant in pairs], pl.String)
    numbers = pl.struct("kind", "thing").rank("dense").cast(pl.UInt32) - 1
    table = shared.with_columns(artifacts, template=numbers, client=pl.lit(client))
    columns = (pl.col(name).cast(kind) for name, kind in SHARED_SCHEMA.items())
    return table.select(columns).sort("kind", "artifact")


def meetings(tables: Sequence[Path], *, least: int = 2) -> pl.DataFrame:
    """What at least `least` people received, most widespread first (`MEETING_SCHEMA`).

    `tables` are Parquet files of `shared_table` rows. Runs in DuckDB, which spills to disk when memory
    ends. Raises `UnsupportedHere` without DuckDB, `BadInput` for a file that is no such table.
    """
    try:
        import duckdb
    except ImportError as error:
        raise UnsupportedHere(what="exchange", where="an installation without duckdb") from error
    for path in tables:
        _check(path)
    if not tables:
        return pl.DataFrame(schema=MEETING_SCHEMA)
    with duckdb.connect() as connection:
        connection.read_parquet([str(path) for path in tables]).create_view("shared")
        rows = connection.execute(JOIN_SQL, [least]).fetchall()
    return pl.DataFrame(rows, schema=MEETING_SCHEMA, orient="row")


def received_elsewhere(own: pl.DataFrame, met: pl.DataFrame) -> pl.DataFrame:
    """Of one person's table, the templates that others received too.

    `own` is a `shared_table`, `met` a result of `meetings`. One row per template: kind, template,
    senders, posts, and `others`, the number of other people.
    """
    joined = own.join(met.select("artifact", "kind", "clients"), on=("artifact", "kind"))
    by_template = joined.group_by("kind", "template").agg(
        pl.col("senders").max(), pl.col("posts").max(), (pl.col("clients").max() - 1).alias("others")
    )
    return by_template.sort(["others", "senders", "kind", "template"], descending=[True, True, False, False])


def _texts(base: pl.DataFrame) -> pl.DataFrame:
    """One row per variant of a template; the counts are the template's."""
    rows = base.filter(fold.weight(pl.col("fold")) >= _LEAST_WEIGHT)
    distinct = rows.group_by("fold").agg(pl.len().alias("n")).sort("n", "fold", descending=[True, False])
    distinct = distinct.with_columns(fold.is_wide(pl.col("fold")).alias("wide"))
    lead = leaders(distinct["fold"], distinct["wide"])
    variants = distinct.select("fold", distinct["fold"].gather(lead).alias("thing"))
    counted = _counted(rows.join(variants, on="fold"))
    # In order of use, so the first ones of each template are the most used.
    kept = variants.group_by("thing", maintain_order=True).head(_VARIANTS).rename({"fold": "variant"})
    return kept.join(counted, on="thing").select(pl.lit("text").alias("kind"), "variant", *counted.columns)


def _single(rows: pl.DataFrame, kind: str) -> pl.DataFrame:
    """Things that are the same or not: no variants."""
    counted = _counted(rows.filter(pl.col("thing") != ""))
    return counted.select(pl.lit(kind).alias("kind"), pl.col("thing").alias("variant"), *counted.columns)


def _counted(rows: pl.DataFrame) -> pl.DataFrame:
    """Per thing of at least `MIN_ACCOUNTS` senders: how many, how often, from when to when."""
    counted = rows.group_by("thing").agg(
        pl.col("author_id").n_unique().alias("senders"),
        pl.len().alias("posts"),
        pl.col("day").min().alias("first_day"),
        pl.col("day").max().alias("last_day"),
    )
    return counted.filter(pl.col("senders") >= MIN_ACCOUNTS)


def _keyed(key: bytes, kind: str, value: str) -> str:
    return hmac.digest(key, f"{kind}\0{value}".encode(), "sha256").hex()[:_HASH_CHARS]


def _check(path: Path) -> None:
    """Refuse a file that is no shared table before DuckDB reads it."""
    try:
        found = dict(pl.read_parquet_schema(path))
    except (pl.exceptions.PolarsError, OSError) as error:
        raise BadInput(what=path.name, why="is not a shared table") from error
    if found != SHARED_SCHEMA:
        raise BadInput(what=path.name, why="has other columns than a shared table")
