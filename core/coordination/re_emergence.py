"""When did new senders take a campaign up again? A pure rule over who posted when, and who is gone."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from typing import Final

from core.domain.campaign import ReEmergence
from core.domain.ids import SenderId

NEW_SENDERS: Final = 3
_DAY: Final = 86_400_000_000
QUIET: Final = 14 * _DAY  # without a post, after which going on is a return
GONE_SHARE: Final = 1 / 3  # of the senders so far, from which a takedown counts as one
NEW_SHARE: Final = 0.5  # of those active afterwards; otherwise the old ones simply went on


def re_emergence(posts: Sequence[tuple[SenderId, int]], gone: Mapping[SenderId, int]) -> ReEmergence | None:
    """The latest return, if there was one. `posts` in order of time; `gone` says since when senders are.

    Times are microseconds since the epoch.
    """
    first: dict[SenderId, int] = {}
    for who, at in posts:
        first.setdefault(who, at)
    turns = _after_quiet(posts) + _after_takedown(first, gone)
    found = [
        one for turn in sorted(set(turns), reverse=True) if (one := _return_at(turn, posts, first, gone))
    ]
    return found[0] if found else None


def microseconds(at: datetime) -> int:
    """Since the epoch, exactly."""
    return (at - datetime.fromtimestamp(0, UTC)) // timedelta(microseconds=1)


def _after_quiet(posts: Sequence[tuple[SenderId, int]]) -> list[int]:
    times = [at for _, at in posts]
    return [later for sooner, later in pairwise(times) if later - sooner >= QUIET]


def _after_takedown(first: Mapping[SenderId, int], gone: Mapping[SenderId, int]) -> list[int]:
    """The first new sender after enough of the old ones were gone; each further takedown looks again."""
    turns = []
    for number, since in enumerate(sorted(gone.values()), start=1):
        so_far = sum(at <= since for at in first.values())
        later = [at for at in first.values() if at > since]
        if later and number >= max(NEW_SENDERS, GONE_SHARE * so_far):
            turns.append(min(later))
    return turns


def _return_at(
    turn: int,
    posts: Sequence[tuple[SenderId, int]],
    first: Mapping[SenderId, int],
    gone: Mapping[SenderId, int],
) -> ReEmergence | None:
    old = [who for who, at in first.items() if at < turn]
    new = [who for who, at in first.items() if at >= turn]
    active = {who for who, at in posts if at >= turn}
    if len(new) < NEW_SENDERS or len(old) < NEW_SENDERS or len(new) < NEW_SHARE * len(active):
        return None
    lost = sum(who in gone and gone[who] <= turn for who in old)
    before = max(at for _, at in posts if at < turn)
    quiet = (turn - before) // _DAY if turn - before >= QUIET else 0
    enough = lost >= max(NEW_SENDERS, GONE_SHARE * len(old))
    if not enough and not quiet:
        return None
    since = datetime.fromtimestamp(0, UTC) + timedelta(microseconds=turn)
    return ReEmergence(since, len(new), lost if enough else 0, quiet)
