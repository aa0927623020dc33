"""Counts and the few items to read first."""

from dataclasses import replace
from datetime import UTC, date, datetime

from made_packet import START, made_contents

from core.domain.classification import Category
from core.export.summary import posted_at, summarise


def test_counts() -> None:
    summary = summarise(made_contents(20).items)
    assert (summary.items, summary.senders) == (20, 7)
    assert dict(summary.by_category) == {Category.THREAT: 4, Category.TRAITOR: 4, Category.INSULT: 10}
    assert [kind for kind, _ in summary.by_category] == [Category.THREAT, Category.TRAITOR, Category.INSULT]
    assert summary.unscored == 6
    assert sum(number for _, number in summary.by_day) == 20
    assert summary.by_platform == (("bluesky", 20),)
    assert [one.items for one in summary.most_active] == [3] * 6 + [2]


def test_the_minimum_set() -> None:
    contents = made_contents(30)
    summary = summarise(tuple(reversed(contents.items)))
    seqs = [item.entry.seq for item in contents.items]
    assert summary.first is not None
    assert summary.first.entry.seq == seqs[0]
    assert [one.entry.seq for one in summary.latest] == [seqs[-1], seqs[-2], seqs[-3]]
    assert all(
        one.classification.top_category is Category.THREAT for one in summary.worst if one.classification
    )
    assert len(summary.worst) == 3
    assert (summary.first_at, summary.last_at) == (START, posted_at(contents.items[-1]))  # type: ignore[index]


def test_unknown_post_times_count_by_receipt_and_days_are_utc() -> None:
    (item,) = made_contents(1).items
    late = datetime.fromisoformat("2026-05-01T23:30:00-05:00")
    item = replace(item, mention=replace(item.mention, created_at=None), received_at=late)
    summary = summarise((item,))
    assert summary.by_day == ((date(2026, 5, 2), 1),)
    assert summary.first_at == datetime(2026, 5, 2, 4, 30, tzinfo=UTC)


def test_nothing() -> None:
    summary = summarise(())
    assert summary.first is None
    assert (summary.items, summary.worst, summary.latest, summary.by_day) == (0, (), (), ())
