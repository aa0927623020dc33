"""The figures behind the pictures, as plain arrays: who posted when, whose account was made when, who
shares what. Times are microseconds since the epoch, UTC; unknown ones are left out and counted."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np
import numpy.typing as npt

from core.domain.campaign import CampaignCard
from core.domain.coordination import ThingKind
from core.domain.ids import SenderId
from core.errors import NotFound
from core.storage import Store

if TYPE_CHECKING:
    from core.storage.figures import Row
    from core.storage.store import ReadUnit

Int64 = npt.NDArray[np.int64]
# Tag sets tie too many strangers together to draw a line for.
_TIES: Final = (ThingKind.TEXT, ThingKind.LINK, ThingKind.REPOST, ThingKind.IMAGE)


@dataclass(frozen=True, slots=True)
class CampaignFigures:
    """One campaign: times of its posts in order, when its accounts were made, and how many are unknown.

    `place` is where it stands among those shown: every picture gives it the same colour.
    """

    card: CampaignCard
    place: int
    times: Int64
    untimed: int
    born: Int64
    unborn: int


@dataclass(frozen=True, slots=True)
class PictureFigures:
    """The campaigns shown, largest first, and everybody outside them to compare with."""

    campaigns: tuple[CampaignFigures, ...]
    other_times: Int64
    other_born: Int64

    def only(self, key: str) -> "PictureFigures":
        """The same with one campaign; the other campaigns are nobody to compare with."""
        kept = tuple(one for one in self.campaigns if one.card.key == key)
        return PictureFigures(kept, self.other_times, self.other_born)


@dataclass(frozen=True, slots=True)
class SharedGraph:
    """Senders and the things that at least two of them sent. Senders and things are numbered from 0.

    `campaign[i]` is the place of sender i's campaign in `cards`; `pairs` is two rows: sender, thing;
    `times[j]` how many posts of that sender hold that thing. `keys` are the things themselves: remote text.
    """

    cards: tuple[CampaignCard, ...]
    # Where each campaign stands among those shown.
    places: tuple[int, ...]
    senders: tuple[SenderId, ...]
    handles: tuple[str, ...]
    campaign: Int64
    kinds: tuple[ThingKind, ...]
    keys: tuple[str, ...]
    pairs: Int64
    times: Int64


def figures(store: Store) -> PictureFigures:
    """Times and births of all campaigns shown, and of everybody else."""
    with store.read() as unit:
        cards = _shown(unit)
        posts, times, born = unit.figures.group_times(), unit.figures.all_times(), unit.figures.births()
    births = _pairs(born)
    inside = [_of(card, place, _pairs(posts.get(card.key, ())), births) for place, card in enumerate(cards)]
    taken = np.unique(
        np.concatenate([_pairs(rows)[:, 0] for rows in posts.values()] or [np.zeros(0, np.int64)])
    )
    return PictureFigures(
        tuple(inside), _known(_without(_pairs(times), taken)), _known(_without(births, taken))
    )


def graph(store: Store, key: str | None) -> SharedGraph:
    """Who shares what, in one campaign or all shown. Raises `NotFound`."""
    with store.read() as unit:
        shown = _shown(unit)
        cards = tuple(card for card in shown if key in (None, card.key))
        places = tuple(place for place, card in enumerate(shown) if key in (None, card.key))
        if key is not None and not cards:
            raise NotFound(what="group", name=key)
        posts = {card.key: unit.campaigns.posts(card.key) for card in cards}
        wanted = sorted({row.mention_id for rows in posts.values() for row in rows})
        columns = unit.mentions.for_grouping(only=wanted)
    home = {str(row.sender_id): place for place, card in enumerate(cards) for row in posts[card.key]}
    return _graph(cards, places, columns, home)


def _graph(
    cards: tuple[CampaignCard, ...],
    places: tuple[int, ...],
    columns: "dict[str, list[object]]",
    home: dict[str, int],
) -> SharedGraph:
    """Near copies are one thing; a text has to say something to tie anybody."""
    import polars as pl

    from app.services.posts_frame import posts_frame
    from core.coordination.artifacts import KINDS, uses
    from core.coordination.columns import normalise
    from core.coordination.continuing import SPECIFIC

    frame = normalise(posts_frame(columns)) if columns["post_id"] else posts_frame(columns)
    ties = [place for place, kind in enumerate(KINDS) if kind in _TIES]
    rows = uses(frame).filter(pl.col("kind").is_in(ties) & (pl.col("weight") >= SPECIFIC))
    rows = rows.group_by("author_id", "kind", "key").agg(pl.len().alias("times"))
    things = rows.group_by("kind", "key").agg(pl.len().alias("senders")).filter(pl.col("senders") >= 2)
    things = things.sort("senders", "kind", "key", descending=[True, False, False]).with_row_index("thing")
    names = dict(zip(frame["author_id"].to_list(), frame["author_handle"].to_list(), strict=True))
    people = sorted(home, key=int)
    place = pl.DataFrame(
        {"author_id": people, "sender": range(len(people))}, schema_overrides={"author_id": pl.String}
    )
    joined = rows.join(things, on=["kind", "key"]).join(place, on="author_id").sort("sender", "thing")
    pairs = np.stack([joined["sender"].to_numpy(), joined["thing"].to_numpy()]).astype(np.int64)
    return SharedGraph(
        cards=cards,
        places=places,
        senders=tuple(SenderId(int(one)) for one in people),
        handles=tuple(names.get(one, "") for one in people),
        campaign=np.array([home[one] for one in people], dtype=np.int64),
        kinds=tuple(KINDS[kind] for kind in things["kind"].to_list()),
        keys=tuple(things["key"].to_list()),
        pairs=pairs,
        times=joined["times"].to_numpy().astype(np.int64),
    )


def _shown(unit: "ReadUnit") -> list[CampaignCard]:
    return [card for card in unit.campaigns.cards(unit.groups.cards()) if card.group is not None]


def _pairs(rows: "Sequence[Row]") -> Int64:
    """Two columns; the smallest number there is stands for unknown."""
    lowest = np.iinfo(np.int64).min
    made = [(who, lowest if at is None else at) for who, at in rows]
    return np.array(made, dtype=np.int64).reshape(-1, 2)


def _known(pairs: Int64) -> Int64:
    known: Int64 = np.sort(pairs[pairs[:, 1] != np.iinfo(np.int64).min, 1])
    return known


def _without(pairs: Int64, senders: Int64) -> Int64:
    rest: Int64 = pairs[~np.isin(pairs[:, 0], senders)]
    return rest


def _of(card: CampaignCard, place: int, posts: Int64, births: Int64) -> CampaignFigures:
    times = _known(posts)
    mine = births[np.isin(births[:, 0], posts[:, 0])]
    born = _known(mine)
    return CampaignFigures(card, place, times, len(posts) - len(times), born, len(mine) - len(born))
