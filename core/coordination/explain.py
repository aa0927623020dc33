"""Findings in plain words: what was seen, what chance would give. Never a verdict about a person."""

from collections.abc import Callable
from typing import Final

import numpy as np

from core.coordination.artifacts import Accounts, Material
from core.coordination.candidates import Verdict
from core.coordination.finding import FEW_OTHERS, Finding
from core.domain.coordination import Family, GroupReason, Strength

_STRONG_CHANCE: Final = 1e-6
_HIRED: Final = frozenset((Family.CREATION, Family.REPETITION, Family.OBFUSCATION))


def reason(finding: Finding) -> GroupReason:
    """One family's evidence as a sentence with its figures."""
    return GroupReason(
        finding.family, _sentence(finding), float(finding.observed), round(finding.expected, 3)
    )


def _sentence(finding: Finding) -> str:
    expected = _figure(finding.expected)
    words = _WORDS[finding.family](finding, f"{round(finding.observed)} of {finding.of}")
    return f"{words}; expected {expected}."


def _sharing(finding: Finding, seen: str) -> str:
    if finding.detail.startswith("partners"):
        least = finding.detail.split()[1]
        return (
            f"{seen} senders sent {least} or more of the same rare texts, links or reposts as one and "
            "the same other sender, on separate occasions"
        )
    shared = f"two or more of the same {finding.detail} texts, links, tags or pictures"
    return f"{seen} senders used {shared} on separate occasions"


def _born(finding: Finding, seen: str) -> str:
    hours, least = finding.detail.split()
    near = "six hours" if hours == "6" else "one hour"
    several = "another account" if least == "1" else f"{least} or more other accounts"
    return f"{seen} accounts were made within {near} of {several} in the group"


def _timing(finding: Finding, seen: str) -> str:
    if finding.detail == "hour":
        return f"{seen} posts came within the same hour"
    if finding.detail in ("burst", "prompted"):
        return (
            "Leaving aside the most crowded moments of each sender, "
            f"{round(finding.observed)} pairs of posts with the same content came within five minutes "
            "of each other, where an even spread over the hours around would give fewer"
        )
    _, start, length = finding.detail.split()
    end = (int(start) + int(length)) % 24
    return (
        f"{seen} posts came between {int(start):02d}:00 and {end:02d}:00 UTC, hours in which "
        "the other senders do post"
    )


_PATTERNS: Final[dict[str, str]] = {
    "number": "end in a number",
    "long number": "end in a long number",
    "consonants": "hold five consonants in a row",
    "doubled": "hold a doubled word",
    "stem": "share a stem with two others before a number",
    "beginning": "begin like two others",
    "ending": "end like two others",
    "shape": "have the same pattern of letters and digits",
}
_WORDS: Final[dict[Family, Callable[[Finding, str], str]]] = {
    Family.CO_SHARING: _sharing,
    Family.REPETITION: lambda _, seen: f"{seen} senders sent the same thing again on a separate occasion",
    Family.CREATION: _born,
    Family.NAMES: lambda found, seen: f"{seen} handles {_PATTERNS[found.detail]} (weak evidence)",
    Family.SYNCHRONY: _timing,
    Family.OBFUSCATION: lambda _, seen: (
        f"{seen} posts carry look-alike letters, invisible characters or spelled-out words"
    ),
    Family.REPLY_BURST: lambda found, seen: (
        f"{seen} answers came within a quarter of an hour of two others to the same post, on several "
        f"occasions; {found.detail} of them were the first that was seen of the sender"
    ),
    Family.SCRIPT: lambda found, seen: (
        f"{seen} long texts shared here were sent on one occasion and again, by others, on a later one"
        if found.detail == "replay"
        else f"{seen} senders of these long texts sent three or more different ones, on different days"
    ),
}


def _figure(value: float) -> str:
    if value >= 10:
        return f"{value:.0f}"
    return f"{value:.1f}" if value >= 0.1 else "less than 0.1"


def strength(findings: tuple[Finding, ...], members: int, others: int, *, timed: bool) -> Strength:
    """Strong: three families, or two far beyond chance, in five senders and compared with enough others.

    One of them must be what volunteers who follow one call do not show: accounts made together, the same
    thing sent again, disguised letters, office hours. Where posts have no times, what was sent again may
    have been sent at the next concert.
    """
    weighty = [finding for finding in findings if finding.family not in (Family.NAMES, Family.SCRIPT)]
    solid = [finding for finding in weighty if finding.chance < _STRONG_CHANCE]
    enough = members >= 5 and others >= FEW_OTHERS
    strong = enough and _beyond_volunteers(findings, timed) and (len(weighty) >= 3 or len(solid) >= 2)
    return Strength.STRONG if strong else Strength.POSSIBLE


def _beyond_volunteers(findings: tuple[Finding, ...], timed: bool) -> bool:
    hired = _HIRED if timed else _HIRED - {Family.REPETITION}
    return any(f.family in hired or f.detail.startswith("hours") for f in findings)


def caveats(material: Material, verdict: Verdict) -> tuple[str, ...]:
    """What speaks against it, and what data were missing."""
    lines = [*_missing(material.accounts, verdict), *_counter(material, verdict)]
    return tuple(lines)


def _missing(accounts: Accounts, verdict: Verdict) -> list[str]:
    lines = []
    if not np.isfinite(accounts.created[verdict.members]).any():
        lines.append("It is not known when these accounts were made, so this could not be compared.")
    if not accounts.names.known[verdict.members].any():
        lines.append("Handles were not known.")
    others = len(accounts.ids) - len(verdict.members)
    if others < FEW_OTHERS:
        lines.append(f"Only {others} other senders could be compared, so general reference rates were used.")
    return lines


def _counter(material: Material, verdict: Verdict) -> list[str]:
    lines = []
    total = material.accounts.posts[verdict.members]
    posts = np.unique(material.events.post[verdict.rows])
    own = np.bincount(material.author[posts], minlength=len(material.accounts.ids))[verdict.members]
    others = int((total > own).sum())
    if others:
        lines.append(f"{others} of the senders also wrote posts that have nothing in common with the others.")
    if verdict.bystanders:
        lines.append(f"{verdict.bystanders} other senders used the same content and are not counted.")
    timed = material.timed(posts)
    if not timed:
        lines.append("The posts carry no times, so their timing could not be compared.")
    if not _beyond_volunteers(verdict.findings, timed):
        lines.append("Fans of one person and volunteers with one list of texts can show the same.")
    lines.append("People who know each other, or follow the same call, can also act in step.")
    return lines
