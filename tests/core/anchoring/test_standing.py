"""What stored anchors are worth, without a network."""

from datetime import UTC, datetime

import pytest

from core.anchoring.plan import read_plan
from core.anchoring.standing import Checked, Standing, checked, last_failure, newest, token_check
from core.domain.evidence import Anchor, AnchorKind, AnchorState

NOW = datetime(2026, 3, 14, tzinfo=UTC)
ROOTS = {5: b"5" * 32, 9: b"9" * 32}


def _anchor(
    number: int,
    size: int = 5,
    kind: AnchorKind = AnchorKind.RFC3161,
    state: AnchorState = AnchorState.CONFIRMED,
    root: bytes | None = None,
) -> Anchor:
    return Anchor(number, size, root or ROOTS[size], kind, "x", state, b"t", NOW, NOW)


@pytest.mark.parametrize(
    ("anchor", "token_holds", "standing"),
    [
        (_anchor(1), True, Standing.STAMPED),
        (_anchor(1), False, Standing.UNVERIFIABLE),
        (_anchor(1, root=bytes(32)), True, Standing.CONTRADICTED),
        # A token that does not hold accuses nobody.
        (_anchor(1, root=bytes(32)), False, Standing.UNVERIFIABLE),
        (_anchor(1, state=AnchorState.FAILED), True, Standing.FAILED),
        (_anchor(1, kind=AnchorKind.HANDED_OVER), False, Standing.HANDED_OVER),
        (_anchor(1, kind=AnchorKind.HANDED_OVER, root=bytes(32)), True, Standing.CONTRADICTED),
    ],
)
def test_every_standing(anchor: Anchor, token_holds: bool, standing: Standing) -> None:
    (found,) = checked([anchor], ROOTS, lambda _: token_holds)
    assert found.standing is standing


def test_an_anchor_beyond_the_end_of_the_log_contradicts_it() -> None:
    (found,) = checked([_anchor(1, size=9)], {5: ROOTS[5]}, lambda _: True)
    assert found.standing is Standing.CONTRADICTED


def test_the_newest_is_the_one_that_covers_most() -> None:
    stamps = [Checked(_anchor(number, size), Standing.STAMPED) for number, size in ((1, 9), (2, 5), (3, 9))]
    best = newest(stamps, Standing.STAMPED)
    assert best is not None
    assert best.id == 3
    assert newest(stamps, Standing.HANDED_OVER) is None


def test_a_failure_counts_until_one_works() -> None:
    failed = Checked(_anchor(1, state=AnchorState.FAILED), Standing.FAILED)
    worked = Checked(_anchor(2), Standing.STAMPED)
    given = Checked(_anchor(3, kind=AnchorKind.HANDED_OVER), Standing.HANDED_OVER)
    assert last_failure([]) is None
    assert last_failure([failed, given]) == failed.anchor
    assert last_failure([failed, worked, given]) is None


def test_no_token_and_no_known_root_do_not_hold() -> None:
    holds = token_check(read_plan(None))
    assert not holds(Anchor(1, 5, ROOTS[5], AnchorKind.RFC3161, "x", AnchorState.CONFIRMED, None, NOW, NOW))
    assert not holds(_anchor(1))
