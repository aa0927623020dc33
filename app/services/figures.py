"""Figures about campaigns for collectors (STIX 2.1): shown first, written only when the person says so."""

import os
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from core.domain.campaign import CampaignCard
from core.domain.classification import Category
from core.domain.coordination import Strength
from core.domain.evidence import EntryKind
from core.errors import BadInput
from core.export.stix import Aggregate, SharedText, stix_bundle
from core.ports import Clock
from core.storage import ReadUnit, Store
from core.system.private_files import open_private, storage_error

_CHUNK = 500
_TEXTS = 400


@dataclass(frozen=True, slots=True)
class FigureFile:
    """What would be written: this very text, under this name, about so many campaigns."""

    name: str
    text: str
    campaigns: int


class FigureService:
    """Counts what campaigns did; names nobody."""

    def __init__(self, store: Store, clock: Clock) -> None:
        self._store = store
        self._clock = clock

    def offer(self, keys: Sequence[str]) -> FigureFile:
        """Exactly what would be written for these campaigns. Raises `BadInput` when none of them is known."""
        wanted = frozenset(keys)
        with self._store.read() as unit:
            cards = [one for one in unit.campaigns.cards(unit.groups.cards()) if one.key in wanted]
            if not cards:
                raise BadInput(what="groups", why="none of them is known")
            aggregates = [_aggregate(unit, card) for card in cards]
        now = self._clock.now()
        name = f"figures-{now:%Y%m%d-%H%M%SZ}.stix.json"
        return FigureFile(name, stix_bundle(aggregates, now), len(cards))

    def write(self, folder: Path, figures: FigureFile) -> Path:
        """Write what was shown and agreed to; an entry of the log says so. Never over another file, and a
        failure leaves nothing behind.

        Raises `UnusableFolder`, `DiskFull`.
        """
        path = folder / figures.name
        try:
            folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise storage_error(error, folder) from error
        descriptor = open_private(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL)
        try:
            with os.fdopen(descriptor, "wb") as file:
                file.write(figures.text.encode())
            with self._store.write() as unit:
                unit.log.append(EntryKind.EXPORT, facts={"act": "figures", "groups": figures.campaigns})
        except OSError as error:
            path.unlink(missing_ok=True)
            raise storage_error(error, path) from error
        except BaseException:
            path.unlink(missing_ok=True)
            raise
        return path


def _aggregate(unit: ReadUnit, card: CampaignCard) -> Aggregate:
    ids = [post.mention_id for post in unit.campaigns.posts(card.key)]
    platforms: Counter[str] = Counter()
    categories: Counter[Category] = Counter()
    abusive = 0
    for start in range(0, len(ids), _CHUNK):
        chunk = ids[start : start + _CHUNK]
        platforms.update(str(one.mention.platform) for one in unit.mentions.many(chunk))
        for verdict in unit.verdicts.many(chunk).values():
            abusive += verdict.abusive
            categories.update(verdict.categories)
    texts = unit.campaigns.texts(card.key, _TEXTS)
    return Aggregate(
        key=card.key,
        senders=card.senders,
        posts=card.posts,
        abusive=abusive,
        platforms=tuple(sorted(platforms.items())),
        first_at=card.first_at,
        last_at=card.last_at,
        strength=card.group.strength if card.group is not None else Strength.POSSIBLE,
        families=tuple(dict.fromkeys(one.family for one in card.group.reasons)) if card.group else (),
        categories=tuple(sorted(categories.items(), key=lambda one: one[0].rank)),
        texts=tuple(SharedText(one.text, one.posts, one.senders) for one in texts),
    )
