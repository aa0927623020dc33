"""New posts against known campaigns: who goes on, and who takes over when senders disappear.

Grouping everything again is the judge; this is the quick look in between. A thousand new posts are
compared with what the known campaigns shared, not with a million old posts. Nobody joins for one shared
text alone: it takes two separate posts, or one and an account made together with others of the campaign.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt
import polars as pl
from rapidfuzz.distance import Indel
from rapidfuzz.process import cdist

from core.coordination import fold
from core.coordination.candidates import OWN_SHARE
from core.coordination.columns import normalise
from core.coordination.families import BATCH_HOURS
from core.coordination.pools import APART
from core.coordination.templates import MIN_LETTERS, MIN_SIMILARITY, MIN_WIDE, leaders
from core.domain.coordination import Grouping, SenderGroup

SPECIFIC: Final = 24.0  # `fold.weight` from which a text can carry a campaign on
OTHERS: Final = 50_000  # posts of others looked at, spread evenly over all of them
OWN_USE: Final = 3  # senders of the group per other sender who uses the thing, too
FEW: Final = 8  # members from which two senders of a text may have met by chance
TAKEOVER: Final = 3  # new senders from which a campaign counts as re-emerged
_BATCH: Final = 3600.0 * max(BATCH_HOURS)


@dataclass(frozen=True, slots=True)
class Campaign:
    """What is remembered of a group: folded texts, links, tag sets, reposted ids, when accounts were made.

    `born` and `last` are seconds since the epoch; `last` is NaN when no post had a time.
    """

    key: str
    members: frozenset[str]
    texts: tuple[str, ...]
    things: frozenset[str]
    born: tuple[float, ...]
    last: float


@dataclass(frozen=True, slots=True)
class Continuation:
    """What new posts add to one campaign.

    `members` were known and went on; `joined` are new senders whom the evidence ties to it; `watched`
    used its content once, as anybody quoting it would, and are not accused. `re_emerged` when at least
    three new senders joined, more than known ones go on: others have taken over.
    """

    key: str
    posts: tuple[str, ...]
    members: tuple[str, ...]
    joined: tuple[str, ...]
    watched: tuple[str, ...]
    re_emerged: bool


def remember(posts: pl.DataFrame, grouping: Grouping) -> tuple[Campaign, ...]:
    """The campaigns of a finished grouping. `posts` hold the groups' posts, and best all others as well:
    what other senders use, too, is not remembered as the campaign's."""
    frame = posts.with_columns(pl.col("post_id").cast(pl.String))
    wanted = {post for group in grouping.groups for post in group.posts}
    inside = pl.col("post_id").is_in(list(wanted))
    own = _features(normalise(frame.filter(inside)))
    rest = frame.filter(~inside).sort("post_id")
    stride = max(1, -(-rest.height // OTHERS))
    others = _features(normalise(rest.gather_every(stride)))
    found = []
    for group in grouping.groups:
        strangers = others.filter(~pl.col("author_id").is_in(list(group.members)))
        found.append(_campaign(own, group, _used(strangers, stride)))
    return tuple(found)


def _used(others: pl.DataFrame, stride: int) -> pl.DataFrame:
    """Texts (`t:`), links, tags and reposts of others, and about how many senders use each."""
    things = pl.concat_list(pl.concat_list("t:" + pl.col("fold")), "things")
    rows = others.select("author_id", things.alias("thing")).explode("thing").drop_nulls()
    return rows.group_by("thing").agg((pl.col("author_id").n_unique() * stride).alias("outside"))


def continue_campaigns(
    known: Sequence[Campaign],
    posts: pl.DataFrame,
    earlier: Callable[[Sequence[str]], pl.DataFrame] | None = None,
) -> tuple[Continuation, ...]:
    """What `posts` add to each campaign that they touch, in the order given.

    `earlier` is asked once for everything sent before by those who used a campaign's content only once
    now: one post then and one now are two as well. Cost: new posts times texts known. Raises `BadInput`
    as `columns.normalise` does.
    """
    frame = _features(normalise(posts))
    found = {campaign.key: _continuation(campaign, frame) for campaign in known}
    watched = sorted({who for one in found.values() if one is not None for who in one.watched})
    if earlier is not None and watched:
        more = pl.concat((frame, _features(normalise(earlier(watched))))).unique(
            "post_id", maintain_order=True
        )
        for campaign in known:
            before = found[campaign.key]
            if before is not None and before.watched:
                people = [*before.members, *before.joined, *before.watched]
                found[campaign.key] = _continuation(campaign, more.filter(pl.col("author_id").is_in(people)))
    return tuple(one for one in found.values() if one is not None)


def _features(posts: pl.DataFrame) -> pl.DataFrame:
    text = pl.col("text")
    links = pl.coalesce("urls", text.str.extract_all(fold.URL))
    tags = fold.tag_set(pl.coalesce("hashtags", text.str.extract_all(fold.HASHTAG)))
    frame = posts.with_columns(
        fold.folded(text).alias("fold"),
        links.list.eval(fold.canonical_url(pl.element())).alias("links"),
        tags.alias("tags"),
        pl.col("created_at").dt.epoch("us").cast(pl.Float64).fill_null(float("nan")).alias("time") / 1e6,
        pl.col("author_created_at").dt.epoch("us").cast(pl.Float64).fill_null(float("nan")).alias("born")
        / 1e6,
    )
    things = pl.concat_list(
        pl.col("links").fill_null([]).list.eval("u:" + pl.element()),
        pl.concat_list("h:" + pl.col("tags")),
        pl.concat_list("r:" + pl.col("repost_of")),
    ).list.drop_nulls()
    return frame.with_columns(
        things.alias("things"),
        fold.weight(pl.col("fold")).alias("weight"),
        fold.is_wide(pl.col("fold")).alias("wide"),
    )


def _campaign(frame: pl.DataFrame, group: SenderGroup, used: pl.DataFrame) -> Campaign:
    own = frame.filter(pl.col("post_id").is_in(list(group.posts)))
    words = own.filter((pl.col("weight") >= SPECIFIC) & pl.col("repost_of").is_null())
    texts = (
        words.group_by("fold", "wide").agg(pl.len().alias("n")).sort("n", "fold", descending=[True, False])
    )
    lead = leaders(texts["fold"], texts["wide"])
    named = texts.select("fold", texts["fold"].gather(lead).alias("leader"))
    spread = named.select(pl.col("leader"), ("t:" + pl.col("fold")).alias("thing")).join(used, on="thing")
    known = spread.group_by("leader").agg(pl.col("outside").sum())
    shared = words.join(named, on="fold").group_by("leader").agg(pl.col("author_id").n_unique().alias("k"))
    shared = shared.join(known, on="leader", how="left").with_columns(pl.col("outside").fill_null(0))
    things = own.select("author_id", thing="things").explode("thing").drop_nulls()
    things = things.group_by("thing").agg(pl.col("author_id").n_unique().alias("k"))
    things = things.join(used, on="thing", how="left").with_columns(pl.col("outside").fill_null(0))
    least = max(2 if len(group.members) < FEW else 3, round(OWN_SHARE * len(group.members)))
    kept = (pl.col("k") >= least) & (pl.col("k") >= OWN_USE * pl.col("outside"))
    born = own.group_by("author_id").agg(pl.col("born").first())["born"]
    return Campaign(
        key=group.key,
        members=frozenset(group.members),
        texts=tuple(shared.filter(kept)["leader"].sort().to_list()),
        things=frozenset(things.filter(kept)["thing"].to_list()),
        born=tuple(born.drop_nans().sort().to_list()),
        last=float(own["time"].drop_nans().max() or float("nan")),  # type: ignore[arg-type]
    )


def _continuation(campaign: Campaign, frame: pl.DataFrame) -> Continuation | None:
    mine = frame.filter(pl.Series(_alike(campaign, frame), dtype=pl.Boolean) | _uses(campaign))
    if not mine.height:
        return None
    people = mine.group_by("author_id").agg(
        pl.len().alias("posts"),
        (pl.col("time").max() - pl.col("time").min()).alias("span"),
        pl.col("born").first(),
    )
    people = people.sort("author_id")
    new = people.filter(~pl.col("author_id").is_in(list(campaign.members)))
    apart = (new["posts"] >= 2).to_numpy() & ~(new["span"].to_numpy() < APART)
    ties = apart | _made_with(campaign, new["born"].to_numpy())
    ids = new["author_id"].to_numpy()
    joined = tuple(ids[ties].tolist())
    going_on = tuple(one for one in people["author_id"].to_list() if one in campaign.members)
    counted = mine.filter(pl.col("author_id").is_in([*joined, *campaign.members]))
    return Continuation(
        key=campaign.key,
        posts=tuple(counted["post_id"].sort().to_list()),
        members=going_on,
        joined=joined,
        watched=tuple(ids[~ties].tolist()),
        re_emerged=len(joined) >= max(TAKEOVER, len(going_on) + 1),
    )


def _uses(campaign: Campaign) -> pl.Expr:
    return pl.col("things").list.set_intersection(sorted(campaign.things)).list.len() > 0


def _alike(campaign: Campaign, frame: pl.DataFrame) -> npt.NDArray[np.bool_]:
    """Posts whose text is one of the campaign's, or nearly."""
    shortest = pl.when("wide").then(MIN_WIDE).otherwise(MIN_LETTERS)
    fit = (pl.col("weight") >= SPECIFIC) & (pl.col("fold").str.len_chars() >= shortest)
    rows = np.flatnonzero(frame.select(fit).to_series().to_numpy())
    alike = np.zeros(frame.height, dtype=bool)
    if len(rows) and campaign.texts:
        score = cdist(
            frame["fold"].gather(rows).to_list(),
            campaign.texts,
            scorer=Indel.normalized_similarity,
            score_cutoff=MIN_SIMILARITY,
            dtype=np.float32,
        )
        alike[rows] = score.max(axis=1) > 0
    return alike


def _made_with(campaign: Campaign, born: npt.NDArray[np.float64]) -> npt.NDArray[np.bool_]:
    """Accounts made within hours of two others of the campaign, old or new."""
    everyone = np.sort(np.concatenate((np.array(campaign.born), born[np.isfinite(born)])))
    near = np.searchsorted(everyone, born + _BATCH, side="right") - np.searchsorted(everyone, born - _BATCH)
    together: npt.NDArray[np.bool_] = np.isfinite(born) & (near >= 3)
    return together
