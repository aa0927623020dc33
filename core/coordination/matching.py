"""Which campaign a group found is: pure rules, so that what the person decided holds through every run.

A group found belongs to a campaign known when they share a third of the smaller one's senders, or half of
what was sent. What was dismissed takes its senders out of everything it touches; whoever was taken out of
one stays out of whatever it becomes; what the person split or named stays apart.
"""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Final

LEAST_SHARED: Final = 2
SENDERS_SHARED: Final = 1 / 3  # of the smaller one's senders
CONTENT_SHARED: Final = 0.5  # of the smaller one's texts, links, tags and reposts

# For each sender, how many of the posts in a group fit each campaign known.
Uses = Mapping[str, Mapping[str, int]]


@dataclass(frozen=True, slots=True)
class Known:
    """A campaign as remembered. `family` is the key of the campaign it was split from, or its own."""

    key: str
    members: frozenset[str]
    removed: frozenset[str]
    content: frozenset[str]
    dismissed: bool
    named: bool
    family: str


@dataclass(frozen=True, slots=True)
class Found:
    """A group as a grouping run gives it."""

    key: str
    members: frozenset[str]
    content: frozenset[str]


@dataclass(frozen=True, slots=True)
class Part:
    """What of the groups with these numbers goes to which campaign, a `fresh` one or one known.

    `left_out` counts senders of the groups found who go elsewhere: 0 when their figures hold as they are.
    """

    groups: tuple[int, ...]
    key: str
    members: frozenset[str]
    fresh: bool
    left_out: int


@dataclass(slots=True)
class _Claims:
    """Which campaign was already given to which group, and which keys are taken."""

    homes: dict[str, int] = field(default_factory=dict)
    keys: set[str] = field(default_factory=set)


def overlap(group: Found, known: Known) -> float:
    """How much alike, 0 (nothing to do with each other) or above; comparable within one group only."""
    senders = len(group.members & known.members)
    content = len(group.content & known.content)
    fewer = min(len(group.members), len(known.members))
    smaller = min(len(group.content), len(known.content))
    same_people = senders >= LEAST_SHARED and senders >= SENDERS_SHARED * fewer
    same_words = content >= 1 and content >= CONTENT_SHARED * smaller
    same_key = group.key == known.key
    if not (same_people or same_words or same_key):
        return 0.0
    return same_key + senders / max(fewer, 1) + content / max(smaller, 1)


def assign(
    groups: Sequence[Found], known: Sequence[Known], uses: Callable[[int, Collection[str]], Uses]
) -> list[Part]:
    """Every group's senders, given to campaigns. Parts may be empty of people who were taken out.

    `uses(group, keys)` is asked only when a group has to be divided among campaigns.
    """
    scores = [[(overlap(group, one), one) for one in known] for group in groups]
    matched = [[one for score, one in row if score] for row in scores]
    claims = _Claims(keys={one.key for one in known})
    _give_homes(scores, claims)
    parts: list[Part] = []
    for number, group in enumerate(groups):
        parts += _divide(number, group, matched[number], claims, uses)
    return _without_dismissed(_kept_apart(_joined(parts), known), known)


def _give_homes(scores: Sequence[Sequence[tuple[float, Known]]], claims: _Claims) -> None:
    """A campaign that is shown goes to one group, the most alike; ties go to the older campaign."""
    offers = [
        (score, -place, -number, one.key)
        for number, row in enumerate(scores)
        for place, (score, one) in enumerate(row)
        if score and not one.dismissed
    ]
    for _, _, negative, key in sorted(offers, reverse=True):
        claims.homes.setdefault(key, -negative)


def _divide(
    number: int,
    group: Found,
    matched: Sequence[Known],
    claims: _Claims,
    uses: Callable[[int, Collection[str]], Uses],
) -> list[Part]:
    removed = frozenset[str]().union(*(one.removed for one in matched))
    people = group.members - removed
    dismissed = [one for one in matched if one.dismissed]
    homes = _homes(number, group, [one for one in matched if not one.dismissed], claims)
    gone = len(group.members) - len(people)
    if not dismissed and len(homes) <= 1:
        key = homes[0].key if homes else _fresh_key(group.key, claims)
        return [Part((number,), key, people, not homes, gone)]
    if not homes and len(dismissed) == 1:
        return [Part((number,), dismissed[0].key, people, False, gone)]
    # New senders go where their posts fit; in doubt with what is dismissed, never against somebody.
    order = [*dismissed, *homes]
    fits = uses(number, [one.key for one in order])
    sides: dict[str, set[str]] = {one.key: set() for one in order}
    for who in sorted(people):
        sides[_side(who, order, fits.get(who, {}))].add(who)
    return [
        Part((number,), key, frozenset(side), False, len(group.members) - len(side))
        for key, side in sides.items()
        if side
    ]


def _side(who: str, order: Sequence[Known], fits: Mapping[str, int]) -> str:
    for one in order:
        if who in one.members:
            return one.key
    return max(order, key=lambda one: (fits.get(one.key, 0), -order.index(one))).key


def _homes(number: int, group: Found, live: Sequence[Known], claims: _Claims) -> list[Known]:
    """The campaigns among which the group is kept apart; the first of them is what it mainly is."""
    mine = [one for one in live if claims.homes[one.key] == number]
    if not mine:
        return []
    main = max(mine, key=lambda one: (one.named, overlap(group, one), -live.index(one)))
    others = [
        one for one in mine if one is not main and (one.family == main.family or (one.named and main.named))
    ]
    return [main, *others]


def _fresh_key(key: str, claims: _Claims) -> str:
    made, count = key, 2
    while made in claims.keys:
        made, count = f"{key}-{count}", count + 1
    claims.keys.add(made)
    return made


def _joined(parts: Sequence[Part]) -> list[Part]:
    """Several groups that belong to one dismissed campaign become one part of it."""
    by_key: dict[str, Part] = {}
    for part in parts:
        held = by_key.get(part.key)
        if held is None:
            by_key[part.key] = part
        else:
            numbers, members = held.groups + part.groups, held.members | part.members
            by_key[part.key] = Part(numbers, held.key, members, False, held.left_out + part.left_out)
    return list(by_key.values())


def _kept_apart(parts: Sequence[Part], known: Sequence[Known]) -> list[Part]:
    """Senders of one half of a split whom grouping now finds with the other half go back to their own."""
    by_key = {part.key: part for part in parts}
    live = [one for one in known if not one.dismissed and one.key in by_key]
    for here in live:
        for there in live:
            if here.key == there.key or here.family != there.family:
                continue
            strays = by_key[here.key].members & (there.members - here.members - there.removed)
            if strays:
                by_key[here.key], by_key[there.key] = _moved(by_key[here.key], by_key[there.key], strays)
    return list(by_key.values())


def _without_dismissed(parts: Sequence[Part], known: Sequence[Known]) -> list[Part]:
    """Parts put together anew may show what was dismissed again, though no group did: its senders leave."""
    hidden = {one.key: one for one in known if one.dismissed}
    return [part if part.key in hidden else _cleared(part, list(hidden.values())) for part in parts]


def _cleared(part: Part, hidden: Sequence[Known]) -> Part:
    """Each time somebody leaves, the rest may resemble something smaller."""
    for one in hidden:
        shared = part.members & one.members
        fewer = min(len(part.members), len(one.members))
        if len(part.groups) > 1 and len(shared) >= max(LEAST_SHARED, SENDERS_SHARED * fewer):
            rest = replace(part, members=part.members - shared, left_out=part.left_out + len(shared))
            return _cleared(rest, hidden)
    return part


def _moved(start: Part, end: Part, strays: frozenset[str]) -> tuple[Part, Part]:
    groups = tuple(dict.fromkeys(end.groups + start.groups))
    left = replace(start, members=start.members - strays, left_out=start.left_out + len(strays))
    return left, replace(
        end, groups=groups, members=end.members | strays, left_out=end.left_out + len(strays)
    )
