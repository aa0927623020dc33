"""The roots a log had at earlier sizes."""

from collections.abc import Iterable, Sequence

from core.evidence.merkle import Frontier


def roots_at(leaves: Sequence[bytes], sizes: Iterable[int]) -> dict[int, bytes]:
    """The root over the first `size` leaves, for every size that the log has reached. One pass."""
    found: dict[int, bytes] = {}
    tree = Frontier.empty()
    for size in sorted({one for one in sizes if 0 < one <= len(leaves)}):
        tree = tree.extend(leaves[tree.size : size])
        found[size] = tree.root()
    return found
