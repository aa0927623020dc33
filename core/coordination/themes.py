"""What a campaign pushes, and how that shifts: key terms and typical posts, period by period.

A term counts once a post. Its score is the log-odds ratio against the posts of everybody outside the
campaigns, with a Dirichlet prior fitted on both sides (Monroe, Colaresi and Quinn 2008), in standard
deviations. Nothing is drawn at random: the same posts give the same themes in any order.
"""

import math
from collections.abc import Callable, Collection, Mapping
from dataclasses import replace
from datetime import timedelta
from typing import Final

import polars as pl

from core.coordination import fold
from core.coordination.columns import normalise
from core.coordination.templates import leaders
from core.coordination.words import terms as terms_of
from core.domain.coordination import CampaignThemes, Term, ThemePeriod

KEY_TERMS: Final = 12  # of a campaign
PERIOD_TERMS: Final = 6
EXAMPLES: Final = 3
MIN_SCORE: Final = 4.0  # thousands of words are compared
MIN_SENDERS: Final = 2  # one sender's favourite word is not the campaign's
DAYS: Final = 21  # a campaign of at most so many days is shown day by day, a longer one week by week
OTHERS: Final = 20_000  # posts of other people compared, spread evenly over all of them
PRIOR: Final = 200.0  # posts that the prior is worth


def themes(
    posts: pl.DataFrame,
    campaigns: Mapping[str, Collection[str]],
    *,
    checkpoint: Callable[[], None] | None = None,
) -> tuple[CampaignThemes, ...]:
    """Themes of each campaign (key to its post ids), in the order given; those without posts are left out.

    `posts` also hold ordinary posts to compare with. Posts without a time count for the whole campaign
    and for no period. Weeks begin on Monday, all in UTC. `checkpoint` is called between campaigns.
    Raises `BadInput` as `columns.normalise` does.
    """
    frame = normalise(posts).sort("post_id").select("post_id", "author_id", "created_at", "text")
    taken = {post for ids in campaigns.values() for post in ids}
    rest = frame.filter(~pl.col("post_id").is_in(list(taken)))
    rest = rest.gather_every(max(1, -(-rest.height // OTHERS)))
    outside = _counts(rest)
    found = []
    for key, ids in campaigns.items():
        if checkpoint:
            checkpoint()
        own = frame.filter(pl.col("post_id").is_in(list(ids)))
        if own.height:
            found.append(_themes(key, own, outside, rest.height))
    return tuple(found)


def _counts(posts: pl.DataFrame) -> pl.DataFrame:
    """Posts of others with each term."""
    texts = posts.group_by("text").len()
    rows = terms_of(texts["text"]).join(texts.with_row_index("text_at"), left_on="text", right_on="text_at")
    return rows.group_by("term").agg(pl.col("len").sum().cast(pl.Int64).alias("outside"))


def _themes(key: str, own: pl.DataFrame, outside: pl.DataFrame, others: int) -> CampaignThemes:
    held, texts = _held(own)
    overall = _key_terms(_scored(held, own, outside, others), own.height, others, KEY_TERMS)
    timed = _starts(own)
    periods: list[ThemePeriod] = []
    series: list[list[int]] = [[] for _ in overall]
    before: dict[str, int] = {}
    for (start,), part in timed.partition_by("start", as_dict=True, maintain_order=True).items():
        inside = held.join(part.select("post_id"), on="post_id", how="semi")
        now = dict(inside.group_by("term").len().rows())
        mine = _key_terms(_scored(inside, part, outside, others), part.height, others, PERIOD_TERMS)
        step = timedelta(days=1 if _daily(timed) else 7)
        period = ThemePeriod(
            start=start,
            end=start + step,
            posts=part.height,
            senders=part["author_id"].n_unique(),
            terms=mine,
            examples=_examples(part, texts),
        )
        periods.append(_against(periods[-1], period, before, now) if periods else period)
        for counts, term in zip(series, overall, strict=True):
            counts.append(now.get(term.text, 0))
        before = now
    return CampaignThemes(key, overall, tuple(periods), tuple(map(tuple, series)), _examples(own, texts))


def _held(own: pl.DataFrame) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Rows (post_id, author_id, term); and of each distinct text its folded form and its template."""
    texts = own.group_by("text").len().sort("len", "text", descending=[True, False])
    texts = texts.with_row_index("at").with_columns(
        pl.col("at").cast(pl.Int64), fold.folded(pl.col("text")).alias("fold")
    )
    folds = texts.group_by("fold").agg(pl.col("len").sum()).sort("len", "fold", descending=[True, False])
    lead = leaders(folds["fold"], folds.select(fold.is_wide(pl.col("fold"))).to_series())
    templates = folds.select("fold", folds["fold"].gather(lead).alias("template"))
    texts = texts.join(templates, on="fold", how="left", maintain_order="left")
    words = terms_of(texts["text"]).with_columns(pl.col("text").cast(pl.Int64).alias("at"))
    rows = own.select("post_id", "author_id", "text").join(texts.select("text", "at"), on="text")
    return rows.join(words.select("at", "term"), on="at").select("post_id", "author_id", "term"), texts


def _scored(held: pl.DataFrame, posts: pl.DataFrame, outside: pl.DataFrame, others: int) -> pl.DataFrame:
    """Terms of these posts by several senders with their score, best first."""
    counts = held.group_by("term").agg(
        pl.len().cast(pl.Int64).alias("posts"), pl.col("author_id").n_unique().alias("senders")
    )
    least = min(MIN_SENDERS, posts["author_id"].n_unique())
    counts = counts.filter(pl.col("senders") >= least).join(outside, on="term", how="left")
    counts = counts.with_columns(pl.col("outside").fill_null(0))
    here, there = pl.col("posts"), pl.col("outside")
    prior = PRIOR * (here + there + 0.5) / (posts.height + others + 1)
    mine = ((here + prior) / (posts.height + PRIOR - here - prior + 1)).log()
    theirs = ((there + prior) / (others + PRIOR - there - prior + 1)).log()
    spread = (1 / (here + prior) + 1 / (there + prior)).sqrt()
    # Best are the terms that set most posts apart, at the cautious end of the ratio. With nobody to
    # compare with, what is said most often is all that can be told.
    apart = here * (mine - theirs - 2 * spread) if others else here.cast(pl.Float64)
    score = (mine - theirs) / spread if others else here.cast(pl.Float64).sqrt()
    return counts.with_columns(score.alias("score"), apart.alias("apart")).sort(
        "apart", pl.col("term").str.len_chars(), "term", descending=[True, True, False]
    )


def _key_terms(scored: pl.DataFrame, posts: int, others: int, most: int) -> tuple[Term, ...]:
    """The best terms; none that merely lies within, or wraps, a better one and comes as often."""
    bar = MIN_SCORE if others else 0.0
    chosen: list[Term] = []
    for term, count, outside, score in (
        scored.filter(pl.col("score") >= bar)
        .head(20 * most)
        .select("term", "posts", "outside", "score")
        .rows()
    ):
        if len(chosen) == most:
            break
        if any(_same(term, count, held) for held in chosen):
            continue
        chosen.append(Term(term, count, posts, outside, others, round(score, 2)))
    return tuple(chosen)


def _same(term: str, count: int, held: Term) -> bool:
    within = term in held.text or held.text in term
    return within and min(count, held.posts) >= 0.7 * max(count, held.posts)


def _daily(posts: pl.DataFrame) -> bool:
    return posts.height == 0 or (posts["created_at"].max() - posts["created_at"].min()).days < DAYS  # type: ignore[operator,union-attr]


def _starts(own: pl.DataFrame) -> pl.DataFrame:
    """The posts with a time, and the day or Monday on which their period starts."""
    timed = own.drop_nulls("created_at")
    every = "1d" if _daily(timed) else "1w"
    return timed.with_columns(pl.col("created_at").dt.truncate(every).alias("start")).sort("start", "post_id")


def _examples(posts: pl.DataFrame, texts: pl.DataFrame) -> tuple[str, ...]:
    """The first post of each of the templates used most; long ones before short ones used as often."""
    rows = posts.join(texts.select("text", "template"), on="text")
    ranked = (
        rows.sort("created_at", "post_id", nulls_last=True)
        .group_by("template", maintain_order=True)
        .agg(pl.len().alias("n"), pl.col("post_id").first(), pl.col("author_id").n_unique().alias("senders"))
        .with_columns(pl.col("template").str.len_chars().alias("length"))
        .sort("senders", "n", "length", "template", descending=[True, True, True, False])
    )
    return tuple(ranked.head(EXAMPLES)["post_id"].to_list())


def _against(
    before: ThemePeriod, now: ThemePeriod, counts_before: Mapping[str, int], counts: Mapping[str, int]
) -> ThemePeriod:
    then, here = ({term.text for term in period.terms} for period in (before, now))
    return replace(
        now,
        arrived=tuple(term.text for term in now.terms if term.text not in then),
        left=tuple(term.text for term in before.terms if term.text not in here),
        shift=round(1.0 - _cosine(counts_before, counts), 3),
    )


def _cosine(one: Mapping[str, int], two: Mapping[str, int]) -> float:
    product = sum(count * two.get(term, 0) for term, count in one.items())
    lengths = math.sqrt(sum(c * c for c in one.values()) * sum(c * c for c in two.values()))
    return product / lengths if lengths else 1.0
