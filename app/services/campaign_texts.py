"""What a campaign sent: near copies side by side, two halves by content, themes and facts."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, Final

import numpy as np
import polars as pl

from app.services.posts_frame import posts_frame
from core.coordination import fold
from core.coordination.hijack import hijacks
from core.coordination.platforms import platform_links
from core.coordination.profiles import profile_facts
from core.coordination.templates import leaders
from core.coordination.themes import themes
from core.domain.campaign import LEAST_MEMBERS, CampaignStory, SplitHalf, SplitOffer, Text, TextFamily
from core.domain.ids import SenderId
from core.domain.mention import StoredMention
from core.storage.campaign_rows import CampaignPost

if TYPE_CHECKING:
    import numpy.typing as npt

_FAMILIES: Final = 12
_VARIANTS: Final = 6
_HALF_TEXTS: Final = 3


def families(texts: Sequence[Text]) -> tuple[TextFamily, ...]:
    """Near copies together, the one by most senders first; families by their number of senders."""
    if not texts:
        return ()
    found: dict[str, list[Text]] = defaultdict(list)
    for text, leader in zip(texts, _leaders([one.text for one in texts]), strict=True):
        found[leader].append(text)
    ordered = sorted(found.values(), key=lambda family: -sum(one.senders for one in family))
    return tuple(
        TextFamily(tuple(family[:_VARIANTS]), sum(one.posts for one in family), len(family))
        for family in ordered[:_FAMILIES]
    )


def _leaders(texts: Sequence[str]) -> list[str]:
    """For each text, the folded text that it is a near copy of."""
    frame = pl.DataFrame({"text": list(texts)}).select(fold.folded(pl.col("text")).alias("fold"))
    folds = frame.unique("fold", keep="first", maintain_order=True)
    lead = leaders(folds["fold"], folds.select(fold.is_wide(pl.col("fold"))).to_series())
    named = folds.with_columns(folds["fold"].gather(lead).alias("leader"))
    return frame.join(named, on="fold", how="left", maintain_order="left")["leader"].to_list()


def halves(key: str, posts: Sequence[StoredMention]) -> SplitOffer | None:
    """Senders in two by what they share: the best cut through the graph of senders and contents.

    The second singular vector of the normalised incidence matrix (Dhillon 2001); no randomness.
    """
    if not posts:
        return None
    content = _leaders([post.mention.text for post in posts])
    sender = np.array([post.sender_id for post in posts])
    people, who = np.unique(sender, return_inverse=True)
    things, what = np.unique(np.array(content), return_inverse=True)
    pairs = np.unique(np.stack((who, what)), axis=1)
    shared = np.bincount(pairs[1], minlength=len(things)) >= 2
    pairs = pairs[:, shared[pairs[1]]]
    side = _cut(pairs, len(people), len(things))
    if side is None:
        return None
    sides = [_half(people, posts, side, which) for which in (False, True)]
    staying, moving = sorted(sides, key=lambda half: (-len(half.senders), half.senders))
    if len(moving.senders) < LEAST_MEMBERS:
        return None
    return SplitOffer(key, staying, moving)


def _cut(pairs: "npt.NDArray[np.int64]", people: int, things: int) -> "npt.NDArray[np.bool_] | None":
    from scipy.sparse import csr_array, diags_array
    from scipy.sparse.linalg import svds

    if len(np.unique(pairs[1])) < 2 or people < 2 * LEAST_MEMBERS:
        return None
    apart = _largest_apart(pairs, people, things)
    if apart is not None:
        return apart
    grid = csr_array((np.ones(pairs.shape[1]), (pairs[0], pairs[1])), shape=(people, things))
    rows, columns = np.bincount(pairs[0], minlength=people), np.bincount(pairs[1], minlength=things)
    scaled = diags_array(_root(rows)) @ grid @ diags_array(_root(columns))
    if min(scaled.shape) <= 3:
        left = np.linalg.svd(scaled.toarray(), full_matrices=False)[0]
    else:
        left = svds(scaled, k=2, v0=np.ones(min(scaled.shape)), return_singular_vectors="u")[0][:, ::-1]
    if left.shape[1] < 2:
        return None
    place = left[:, 1] * _root(rows)
    side: npt.NDArray[np.bool_] = place > 0
    return side


def _largest_apart(
    pairs: "npt.NDArray[np.int64]", people: int, things: int
) -> "npt.NDArray[np.bool_] | None":
    """Where nothing at all joins two sides, that is the cut: the largest piece against all the rest."""
    from scipy.sparse import coo_array
    from scipy.sparse.csgraph import connected_components

    size = people + things
    links = coo_array((np.ones(pairs.shape[1]), (pairs[0], people + pairs[1])), shape=(size, size))
    label = connected_components(links, directed=False)[1][:people]
    sizes = np.bincount(label)
    if np.sort(sizes)[:-1].sum() < LEAST_MEMBERS:
        return None
    side: npt.NDArray[np.bool_] = label != int(sizes.argmax())
    return side


def _root(sums: "npt.NDArray[np.int64]") -> "npt.NDArray[np.float64]":
    return np.asarray(1 / np.sqrt(np.maximum(sums, 1)), dtype=np.float64)


def _half(
    people: "npt.NDArray[np.int64]",
    posts: Sequence[StoredMention],
    side: "npt.NDArray[np.bool_]",
    which: bool,
) -> SplitHalf:
    senders = {SenderId(int(one)) for one in people[side == which]}
    own = [post for post in posts if post.sender_id in senders]
    counts: dict[str, int] = defaultdict(int)
    for post in own:
        counts[post.mention.text] += 1
    most = sorted(counts, key=lambda text: (-counts[text], text))[:_HALF_TEXTS]
    return SplitHalf(tuple(sorted(senders)), len(own), tuple(most))


def story(
    key: str, columns: Mapping[str, list[Any]], campaigns: Mapping[str, Sequence[CampaignPost]]
) -> CampaignStory:
    """Themes and facts of one campaign, compared with everything outside the campaigns."""
    frame = posts_frame(columns)
    posts = {name: [str(row.mention_id) for row in rows] for name, rows in campaigns.items() if rows}
    if key not in posts:
        return CampaignStory(None, (), (), (), {}, {})
    # Other campaigns' posts are no ordinary ones to compare with.
    others = [post for name, ids in posts.items() if name != key for post in ids]
    own = frame.filter(~pl.col("post_id").is_in(others))
    told = themes(own, {key: posts[key]})
    members = sorted({str(row.sender_id) for row in campaigns[key]})
    facts = profile_facts(own, members)
    several = frame["platform"].n_unique() > 1
    links = tuple(link for link in platform_links(frame, posts) if key in link.keys) if several else ()
    wanted = {post for one in told for post in one.examples}
    wanted |= {post for one in told for period in one.periods for post in period.examples}
    texts = frame.filter(pl.col("post_id").is_in(list(wanted)))
    named = frame.filter(pl.col("author_id").is_in([fact.sender for fact in facts]))
    return CampaignStory(
        themes=told[0] if told else None,
        hijacks=tuple(one for one in hijacks(frame, posts) if one.key == key),
        facts=facts,
        links=links,
        examples=dict(zip(texts["post_id"].to_list(), texts["text"].to_list(), strict=True)),
        handles=dict(zip(named["author_id"].to_list(), named["author_handle"].to_list(), strict=True)),
    )
