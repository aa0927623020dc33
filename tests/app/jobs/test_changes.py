"""Sums of change sets never know more than their parts."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.jobs.changes import ChangeKind, ChangeSet

change_sets = st.lists(
    st.tuples(st.sampled_from(ChangeKind), st.none() | st.frozensets(st.integers(1, 4), min_size=1)),
    max_size=4,
).map(
    lambda found: ChangeSet(
        frozenset(kind for kind, _ in found),
        frozenset((kind, one) for kind, ids in dict(found).items() for one in ids or ()),
    )
)


def test_ids_of_a_kind() -> None:
    some = ChangeSet.of(ChangeKind.MENTIONS, ids=frozenset({1, 2}))
    assert some.touched(ChangeKind.MENTIONS) == {1, 2}
    assert some.touched(ChangeKind.GROUPS) == frozenset()
    assert ChangeSet.of(ChangeKind.GROUPS, ChangeKind.SCORES).touched(ChangeKind.SCORES) is None


def test_nothing_is_false() -> None:
    assert not ChangeSet()
    assert ChangeSet.of(ChangeKind.SETTINGS)


def test_ids_belong_to_a_listed_kind() -> None:
    with pytest.raises(ValueError, match="not listed"):
        ChangeSet(frozenset(), frozenset({(ChangeKind.GROUPS, 1)}))
    with pytest.raises(ValueError, match="one kind"):
        ChangeSet.of(ChangeKind.GROUPS, ChangeKind.SCORES, ids=frozenset({1}))


@given(change_sets, change_sets)
def test_a_sum_covers_both(left: ChangeSet, right: ChangeSet) -> None:
    both = left | right
    assert both == right | left
    for kind in ChangeKind:
        parts, whole = (left.touched(kind), right.touched(kind)), both.touched(kind)
        if None in parts:
            assert whole is None
        else:
            assert whole == (parts[0] or frozenset()) | (parts[1] or frozenset())
