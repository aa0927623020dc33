"""Figures about campaigns for collectors (STIX 2.1): shown first, written only when the person says so."""

from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from core.domain.campaign import CampaignCard
from core.domain.classification import Category
from core.domain.coordination import Strength
from core.domain.evidence import EntryKind
from core.errors import BadInput, UnusableFolder
from core.export.stix import Aggregate, SharedText, stix_bundle
from core.ports import Clock
from core.storage import ReadUnit, Store

_CHUNK = 500
_TEXTS = 400


class FigureService:
    """Counts what campaigns did; names nobody."""

    def __init__(self, store: Store, clock: Clock) -> None:
        self._store = store
        self._clock = clock

    def text(self, keys: Sequence[str]) -> str:
        """Exactly what would be written for these campaigns. Raises `BadInput` when none of them is known."""
        wanted = frozenset(keys)
        with self._store.read() as unit:
            cards = [one for one in unit.campaigns.cards(unit.groups.cards()) if one.key in wanted]
            if not cards:
                raise BadInput(what="groups", why="none of them is known")
            aggregates = [_aggregate(unit, card) for card in cards]
        return stix_bundle(aggregates, self._clock.now())

    def write(self, path: Path, text: str, groups: int) -> None:
        """Write what was shown and agreed to; an entry of the log says so. Never over another file.

        Raises `UnusableFolder`.
        """
        try:
            with path.open("x", encoding="utf-8") as file:
                path.chmod(0o600)
                file.write(text)
        except OSError as error:
            raise UnusableFolder(path=str(path), why=error.strerror or "unknown") from error
        with self._store.write() as unit:
            unit.log.append(EntryKind.EXPORT, facts={"act": "figures", "groups": groups})


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
