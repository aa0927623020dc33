"""The anchor table."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from fake_clock import START, FakeClock

from core.domain.evidence import Anchor, AnchorKind, AnchorState, EntryKind
from core.domain.ids import EntrySeq
from core.storage import Store
from core.storage.anchors import Uncovered
from core.storage.engine import StorageBug


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    opened = Store(tmp_path / "breakwater.db", bytes(32), FakeClock())
    yield opened
    opened.close()


def _anchor(size: int, kind: AnchorKind, state: AnchorState) -> Anchor:
    stamped = kind is AnchorKind.RFC3161 and state is AnchorState.CONFIRMED
    return Anchor(
        id=0,
        size=size,
        root=bytes([size]) * 32,
        kind=kind,
        receiver="my lawyer",
        state=state,
        token=b"token" if stamped else None,
        made_at=START,
        attested_at=datetime(2026, 3, 14, 9, 27, 0, 123456, tzinfo=UTC) if stamped else None,
        error_code=None if stamped else "stamp-offline",
    )


def test_anchors_come_back_as_they_were_stored_in_order(store: Store) -> None:
    made = [
        _anchor(3, AnchorKind.RFC3161, AnchorState.CONFIRMED),
        _anchor(2, AnchorKind.HANDED_OVER, AnchorState.CONFIRMED),
        _anchor(5, AnchorKind.RFC3161, AnchorState.FAILED),
    ]
    with store.write() as unit:
        entry = unit.log.append(EntryKind.ANCHORED)
        unit.log.flush()
        stored = [unit.anchors.add(made[0], entry.seq), *(unit.anchors.add(one) for one in made[1:])]
    assert [one.id for one in stored] == [1, 2, 3]
    with store.read() as unit:
        assert unit.anchors.all() == stored
        assert unit.anchors.newest(AnchorKind.RFC3161) == stored[2]
        assert unit.anchors.newest(AnchorKind.RFC3161, AnchorState.CONFIRMED) == stored[0]


def test_an_anchor_points_at_an_entry_that_is_there_or_all_is_undone(store: Store) -> None:
    with pytest.raises(StorageBug), store.write() as unit:
        unit.anchors.add(_anchor(1, AnchorKind.HANDED_OVER, AnchorState.CONFIRMED), EntrySeq(99))
    with store.read() as unit:
        assert unit.anchors.all() == []


def test_what_is_uncovered_is_counted_by_kind(store: Store) -> None:
    kinds = [
        EntryKind.START,
        EntryKind.RECEIVED,
        EntryKind.REJECTED,
        EntryKind.NOTE,
        EntryKind.ANCHORED,
        EntryKind.STOP,
    ]
    with store.write() as unit:
        for kind in kinds:
            # A fact that looks like the field must not be taken for it.
            unit.log.append(kind, facts={"kind": "received"})
    with store.read() as unit:
        assert unit.anchors.uncovered(0) == Uncovered(entries=6, messages=2, substantial=3)
        assert unit.anchors.uncovered(2) == Uncovered(entries=4, messages=1, substantial=2)
        assert unit.anchors.uncovered(4) == Uncovered(entries=2, messages=0, substantial=0)
        assert unit.anchors.uncovered(6) == Uncovered(entries=0, messages=0, substantial=0)


def test_the_plan_is_replaced(store: Store) -> None:
    with store.read() as unit:
        assert unit.anchors.plan() is None
    for plan in (b"one", b"two"):
        with store.write() as unit:
            unit.anchors.set_plan(plan)
    with store.read() as unit:
        assert unit.anchors.plan() == b"two"
