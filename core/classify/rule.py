"""What one rule is."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from core.domain.classification import Category

_AROUND: Final = 40  # characters of context a guard may read on each side


@dataclass(frozen=True, slots=True)
class Rule:
    """A pattern over folded text.

    `unless`: searched in the match and 40 characters around it; cancels. `check`: an exact test of
    the match, such as a checksum. `reportable`: quoted or reported speech cancels.
    """

    name: str
    category: Category
    pattern: re.Pattern[str]
    unless: re.Pattern[str] | None = None
    check: Callable[[re.Match[str]], bool] | None = None
    reportable: bool = True

    def cancelled(self, match: re.Match[str]) -> bool:
        """Whether context or the exact test speaks against this match."""
        if self.check is not None and not self.check(match):
            return True
        if self.unless is None:
            return False
        around = match.string[max(0, match.start() - _AROUND) : match.end() + _AROUND]
        return bool(self.unless.search(around))


def rule(
    name: str,
    category: Category,
    pattern: str,
    *,
    unless: str | None = None,
    check: Callable[[re.Match[str]], bool] | None = None,
    reportable: bool = True,
) -> Rule:
    """A `Rule` from plain strings."""
    guard = re.compile(unless) if unless else None
    return Rule(name, category, re.compile(pattern), guard, check, reportable)
