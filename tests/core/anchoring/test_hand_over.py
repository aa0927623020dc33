"""The line a person hands over, as text and as a code to scan."""

import os
from datetime import UTC, datetime
from itertools import pairwise

from core.anchoring.hand_over import hand_over_line, hand_over_text, qr_rows
from core.anchoring.roots import roots_at
from core.evidence.merkle import Frontier


def test_the_line_is_what_the_verifier_takes() -> None:
    from app.services.verify import parse_anchor

    root = os.urandom(32)
    line = hand_over_line(1204, root)
    assert len(line) == len("1204:") + 44
    assert parse_anchor(line) == (1204, root)
    assert parse_anchor(f"1204:{root.hex()}") == (1204, root)


def test_the_page_says_what_it_is_for_and_holds_the_line() -> None:
    root = os.urandom(32)
    page = hand_over_text(1204, root, datetime(2026, 11, 23, 9, 5, tzinfo=UTC), to="my lawyer")
    assert hand_over_line(1204, root) in page.splitlines()
    assert "2026-11-23 09:05:00 UTC" in page
    assert "#1203" in page
    assert "my lawyer" in page
    assert "For:" not in hand_over_text(1204, root, datetime(2026, 11, 23, tzinfo=UTC))
    assert max(map(len, page.splitlines())) <= 100


def test_the_code_is_square_with_its_three_corners() -> None:
    rows = qr_rows(hand_over_line(1204, bytes(32)))
    side = len(rows)
    assert all(len(line) == side for line in rows)
    eye = tuple(rows[0][:7])
    assert eye == (True,) * 7
    assert tuple(rows[0][-7:]) == eye
    assert tuple(rows[-1][:7]) == eye


def test_earlier_roots() -> None:
    leaves = [os.urandom(32) for _ in range(20)]
    found = roots_at(leaves, [0, 1, 7, 7, 20, 21, -3])
    assert sorted(found) == [1, 7, 20]
    for size, root in found.items():
        assert root == Frontier.empty().extend(leaves[:size]).root()
    assert all(found[small] != found[large] for small, large in pairwise(sorted(found)))
