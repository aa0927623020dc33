"""Exact tests for rules: is a match said in earnest, or denied, told of or quoted?

`context` knows the commonest reporting words of every language here and looks at all rules; those of
European languages bring more words of their own and make a test from them. All work on folded text.
"""

import re
from collections.abc import Callable
from typing import Final

_NEAR: Final = 60  # characters each side in which a word of telling makes the sentence someone else's

_JUST_BEFORE: Final = re.compile(r"[^.!?,;:\n]{0,16}\Z")  # of the same clause
_QUOTED_BEFORE: Final = re.compile(r"[\"„“”«»‚‘][^\"„“”«»‚‘]{0,40}\Z")
_QUOTED_AFTER: Final = re.compile(r"\A[^\"„“”«»‚‘]{0,40}[\"“”«»‘’]")


def meant(negation: str, *told: str) -> Callable[[re.Match[str]], bool]:
    """A test that a match is neither denied in its clause nor excused by the words around it."""
    denied, telling = re.compile(negation), re.compile("|".join(told))

    def holds(match: re.Match[str]) -> bool:
        before = match.string[max(0, match.start() - _NEAR) : match.start()]
        after = match.string[match.end() : match.end() + _NEAR]
        if _QUOTED_BEFORE.search(before) and _QUOTED_AFTER.search(after):
            return False
        clause = _JUST_BEFORE.search(before)
        if denied.search(match[0]) or (clause and denied.search(clause[0])):
            return False
        return not (telling.search(before) or telling.search(after))

    return holds
