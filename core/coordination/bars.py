"""What a finding must reach to count, and which findings together make a group.

Significance is not enough: in a big data set tiny differences are significant, and they accuse ordinary
people. Two families of evidence make a group, and they must not be two faces of one occasion.
"""

from collections.abc import Callable, Iterable
from typing import Final

from core.coordination.finding import Finding
from core.domain.coordination import Family

ALPHA: Final = 0.02  # chance of one false finding of a family in a run; a group needs two families
SPECIFIC: Final = 36.0  # `fold.weight` from which a text is not a stock phrase
MIN_SHARE: Final = 0.3  # share of the senders that must show what the family says
MIN_SCRIPT: Final = 5  # senders who follow a script
RETURNING: Final = 20  # texts of a list that comes back: what volunteers are given to choose from is shorter
CLOSED: Final = 0.5  # share of all who use its texts that follow it: texts in public hands have casual users
# Followers of one source repost it within minutes of each other, but trickle in for hours as well. At this
# lift a third of the pairs of posts that came within three hours of each other came within five minutes;
# simulated followers, a third of them notified at once, reach 5 to 8.
AT_ONCE: Final = 12.0
# Evidence of what was done. Accounts made together or hard names alone are no act.
_ACTS: Final = frozenset((Family.CO_SHARING, Family.REPETITION, Family.SYNCHRONY, Family.REPLY_BURST))
_TIMED: Final = frozenset((Family.SYNCHRONY, Family.REPLY_BURST))


def passes(finding: Finding, tests: int) -> bool:
    """Whether a finding is surprising after `tests` tests, and large."""
    return finding.chance * tests <= ALPHA and _LARGE[finding.family](finding)


def stand(passed: Iterable[Finding], own_words: bool) -> bool:
    """Whether these findings make a group. `own_words`: they rest on texts that are nobody's stock phrases,
    sent on more than two public occasions."""
    # Names are never one of the two, and what happens at one moment is one thing under two names.
    kinds = {Family.SYNCHRONY if f.family in _TIMED else f.family for f in passed} - {Family.NAMES}
    if len(kinds) < 2 or not kinds & _ACTS:
        return False
    if Family.SCRIPT in kinds and len(kinds) == 2:
        return Family.CO_SHARING in kinds
    # Regulars repeat their stock phrases, and a crowd repeats a song at the next concert: sharing and
    # repeating alone need more.
    return kinds != {Family.CO_SHARING, Family.REPETITION} or own_words


def best(passed: Iterable[Finding]) -> tuple[Finding, ...]:
    """The most surprising finding of each family, in the families' order."""
    held: dict[Family, Finding] = {}
    for finding in passed:
        before = held.get(finding.family)
        if before is None or finding.chance < before.chance:
            held[finding.family] = finding
    return tuple(held[family] for family in Family if family in held)


def _share_large(finding: Finding) -> bool:
    return finding.observed >= max(3, MIN_SHARE * finding.of) and finding.lift >= 4


def _timing_large(finding: Finding) -> bool:
    if finding.detail.startswith("hours"):
        return finding.of >= 50
    if finding.detail == "hour":
        return finding.observed >= max(3, 0.5 * finding.of) and finding.lift >= 4
    if finding.detail == "prompted" and finding.lift < AT_ONCE:
        return False
    return finding.observed >= max(5, 0.05 * finding.of) and finding.lift >= 4


def _names_large(finding: Finding) -> bool:
    if finding.detail == "number":
        return finding.observed >= 0.6 * finding.of and finding.lift >= 1.8
    return finding.observed >= max(3, 0.5 * finding.of) and finding.lift >= 4


def _script_large(finding: Finding) -> bool:
    if finding.detail == "replay":
        return finding.observed >= max(RETURNING, MIN_SHARE * finding.of) and finding.lift >= 4
    return finding.observed >= max(MIN_SCRIPT, CLOSED * finding.of) and finding.lift >= 4


_LARGE: Final[dict[Family, Callable[[Finding], bool]]] = {
    Family.CO_SHARING: _share_large,
    Family.REPETITION: lambda f: f.observed >= max(3, 0.2 * f.of) and f.lift >= 4,
    Family.CREATION: _share_large,
    Family.NAMES: _names_large,
    Family.SYNCHRONY: _timing_large,
    Family.OBFUSCATION: lambda f: f.observed >= max(3, 0.1 * f.of) and f.lift >= 5,
    Family.REPLY_BURST: _share_large,
    Family.SCRIPT: _script_large,
}
