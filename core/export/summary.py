"""Counts, timeline and the few items a tired reader should see first, from one walk over the items."""

import heapq
from collections import Counter
from dataclasses import dataclass, field
from datetime import UTC, date, datetime

from core.domain.classification import Category
from core.export.contents import Items, PacketItem

# The smallest useful set (OnlineSOS, "Proper documentation"): first post, three latest, three worst.
_LATEST = 3
_WORST = 3


@dataclass(frozen=True, slots=True)
class SenderCount:
    """How much one sender wrote, under the last handle seen."""

    platform: str
    remote_id: str
    handle: str
    items: int


@dataclass(frozen=True, slots=True)
class Summary:
    """Figures over all items of a packet. Days are UTC; items without a post time count by receipt."""

    items: int
    senders: int
    by_category: tuple[tuple[Category, int], ...]
    unscored: int
    by_day: tuple[tuple[date, int], ...]
    by_platform: tuple[tuple[str, int], ...]
    most_active: tuple[SenderCount, ...]
    first_at: datetime | None
    last_at: datetime | None
    first: PacketItem | None
    latest: tuple[PacketItem, ...]
    worst: tuple[PacketItem, ...]


def posted_at(item: PacketItem) -> datetime:
    """When the post says it was made; when we received it, if it does not say."""
    return (item.mention.created_at or item.received_at).astimezone(UTC)


def severity(item: PacketItem) -> tuple[int, float]:
    """How bad, for ordering: smaller is worse. Urgency of the category first, then the highest score."""
    verdict = item.classification
    if verdict is None or verdict.top_category is None:
        return len(Category), 0.0
    return verdict.top_category.rank, -max(verdict.scores.values(), default=0.0)


def highlights(summary: Summary) -> frozenset[int]:
    """Entry numbers of the first item, the latest and the worst."""
    chosen = [*summary.latest, *summary.worst, *([summary.first] if summary.first else [])]
    return frozenset(int(one.entry.seq) for one in chosen)


@dataclass(slots=True)
class _Count:
    """Running totals of one walk."""

    categories: Counter[Category] = field(default_factory=Counter)
    days: Counter[date] = field(default_factory=Counter)
    platforms: Counter[str] = field(default_factory=Counter)
    senders: Counter[tuple[str, str]] = field(default_factory=Counter)
    handles: dict[tuple[str, str], str] = field(default_factory=dict)
    unscored: int = 0

    def take(self, item: PacketItem) -> None:
        """Count one item."""
        mention, verdict = item.mention, item.classification
        sender = (str(mention.platform), str(mention.author.remote_id))
        self.senders[sender] += 1
        self.handles[sender] = mention.author.handle
        self.platforms[sender[0]] += 1
        self.days[posted_at(item).date()] += 1
        if verdict is None or not verdict.in_scope:
            self.unscored += 1
        if verdict is not None:
            self.categories.update(verdict.categories)


def summarise(items: Items) -> Summary:
    """Count and pick in one walk; holds at most seven items at a time."""
    count = _Count()
    first: PacketItem | None = None
    latest: list[tuple[datetime, int, PacketItem]] = []
    worst: list[tuple[tuple[int, float], int, PacketItem]] = []
    for item in items:
        count.take(item)
        at, seq = posted_at(item), int(item.entry.seq)
        if first is None or (at, seq) < (posted_at(first), int(first.entry.seq)):
            first = item
        latest = heapq.nlargest(_LATEST, [*latest, (at, seq, item)], key=lambda one: one[:2])
        bad = severity(item)
        if bad[0] < len(Category):
            worst = heapq.nsmallest(_WORST, [*worst, (bad, seq, item)], key=lambda one: one[:2])
    return Summary(
        items=len(items),
        senders=len(count.senders),
        by_category=tuple(sorted(count.categories.items(), key=lambda one: one[0].rank)),
        unscored=count.unscored,
        by_day=tuple(sorted(count.days.items())),
        by_platform=tuple(sorted(count.platforms.items())),
        most_active=_most_active(count),
        first_at=posted_at(first) if first else None,
        last_at=latest[0][0] if latest else None,
        first=first,
        latest=tuple(one[2] for one in latest),
        worst=tuple(one[2] for one in worst),
    )


def _most_active(count: _Count) -> tuple[SenderCount, ...]:
    ranked = sorted(count.senders.items(), key=lambda one: (-one[1], one[0]))[:10]
    return tuple(SenderCount(*sender, count.handles[sender], number) for sender, number in ranked)
