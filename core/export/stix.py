"""STIX 2.1: figures about campaigns, for people who collect them. Only when the person asks for it.

In it: how many accounts and posts, on which platforms, first and last day, DISARM technique numbers, and
hashes of texts that several accounts sent. Never in it: who received them, texts, links, handles, ids,
countries, who is behind it. DISARM's names presume intent; the note in the bundle says they are used for
what was seen. Techniques that assert automation or false identities are not used: neither can be seen here.
"""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256
from typing import Any, Final
from uuid import UUID, uuid5

from core.domain.classification import Category
from core.domain.coordination import Family, Strength

_NAMESPACE: Final = UUID("6e7f0f3c-3f52-5d0e-9a55-7c1f0c1f9a10")
_LEAST_SENDERS: Final = 3
_MOST_TEXTS: Final = 100
_NAMED: Final = re.compile(r"(?:https?://|www\.)\S+|@[\w.:-]+")

# DISARM Red Framework: number and name as published.
_HARASS: Final = ("T0048", "Harass")
_OF_FAMILY: Final = {
    Family.REPETITION: ("T0084.001", "Use Copypasta"),
    Family.CO_SHARING: ("T0049", "Flooding the Information Space"),
    Family.SYNCHRONY: ("T0049.005", "Conduct Swarming"),
    Family.REPLY_BURST: ("T0049.005", "Conduct Swarming"),
}
_OF_CATEGORY: Final = {
    Category.DOXXING: ("T0048.004", "Dox"),
    Category.IDENTITY_ATTACK: ("T0048.002", "Harass People Based on Identities"),
    Category.SLUR: ("T0048.002", "Harass People Based on Identities"),
}


@dataclass(frozen=True, slots=True)
class SharedText:
    """A text several accounts sent. Only its hash leaves this module."""

    text: str
    posts: int
    senders: int


@dataclass(frozen=True, slots=True)
class Aggregate:
    """One campaign as figures. `key` gives stable ids and is itself not shown. `abusive` counts posts
    assessed as abuse."""

    key: str
    senders: int
    posts: int
    abusive: int
    platforms: tuple[tuple[str, int], ...]
    first_at: datetime | None
    last_at: datetime | None
    strength: Strength
    families: tuple[Family, ...]
    categories: tuple[tuple[Category, int], ...] = ()
    texts: tuple[SharedText, ...] = ()


def stix_bundle(aggregates: Sequence[Aggregate], created_at: datetime) -> str:
    """A bundle as text, checked by the stix2 library. Same figures, same bytes."""
    import stix2

    made: dict[str, Any] = {}
    for number, one in enumerate(aggregates, start=1):
        for thing in _of_campaign(stix2.v21, one, number, created_at):
            made.setdefault(thing.id, thing)
    marking = stix2.v21.TLP_AMBER
    objects = [marking, *(made[key] for key in sorted(made))]
    told = "".join(sorted(made)) + created_at.isoformat()
    bundle = stix2.v21.Bundle(objects=objects, id=f"bundle--{uuid5(_NAMESPACE, told)}", allow_custom=False)
    text: str = bundle.serialize(pretty=True)
    stix2.parse(text, allow_custom=False)
    return text + "\n"


def hash_of_text(text: str) -> str:
    """SHA-256 of a text as compared between collections: without names and addresses, folded (NFKC, case,
    spaces)."""
    bare = _NAMED.sub(" ", unicodedata.normalize("NFKC", text)).casefold()
    return sha256(" ".join(bare.split()).encode("utf-8", "backslashreplace")).hexdigest()


def techniques(one: Aggregate) -> tuple[tuple[str, str], ...]:
    """DISARM techniques for what was seen, by number."""
    found = {_OF_FAMILY[family] for family in one.families if family in _OF_FAMILY}
    found |= {_OF_CATEGORY[category] for category, _ in one.categories if category in _OF_CATEGORY}
    if one.abusive:
        found.add(_HARASS)
    return tuple(sorted(found))


def _of_campaign(v21: Any, one: Aggregate, number: int, created_at: datetime) -> list[Any]:
    at = _second(created_at)
    common = {"created": at, "modified": at, "object_marking_refs": [v21.TLP_AMBER.id]}
    seen: dict[str, Any] = {}
    if one.first_at is not None and one.last_at is not None:
        seen = {"first_seen": _day(one.first_at), "last_seen": _day(one.last_at)}
    campaign = v21.Campaign(
        id=_id("campaign", one.key), name=f"Campaign {number}", description=_figures(one), **seen, **common
    )
    made = [campaign, _note(v21, one, campaign.id, common)]
    for tag, name in techniques(one):
        pattern = v21.AttackPattern(
            id=_id("attack-pattern", tag),
            name=name,
            external_references=[{"source_name": "DISARM", "external_id": tag}],
            **common,
        )
        link = v21.Relationship(
            id=_id("relationship", f"{one.key} {tag}"),
            source_ref=campaign.id,
            target_ref=pattern.id,
            relationship_type="uses",
            **common,
        )
        made += [pattern, link]
    if one.first_at is not None and one.last_at is not None:
        made += _artifacts(v21, one, campaign.id, common)
    return made


def _artifacts(v21: Any, one: Aggregate, campaign: str, common: dict[str, Any]) -> list[Any]:
    made: list[Any] = []
    texts = sorted((text for text in one.texts if text.senders >= _LEAST_SENDERS), key=lambda t: -t.posts)
    for text in texts[:_MOST_TEXTS]:
        digest = hash_of_text(text.text)
        file = v21.File(hashes={"SHA-256": digest})
        observed = v21.ObservedData(
            id=_id("observed-data", f"{one.key} {digest}"),
            first_observed=_day(one.first_at),
            last_observed=_day(one.last_at),
            number_observed=max(1, text.posts),
            object_refs=[file.id],
            **common,
        )
        link = v21.Relationship(
            id=_id("relationship", f"{one.key} {digest}"),
            source_ref=observed.id,
            target_ref=campaign,
            relationship_type="related-to",
            **common,
        )
        made += [file, observed, link]
    return made


def _note(v21: Any, one: Aggregate, campaign: str, common: dict[str, Any]) -> Any:
    words = (
        "Found by comparing posts that reached one person. It says that accounts did the same things, not "
        "who runs them or why; people who agree with each other can look the same. DISARM numbers are used "
        "for what was seen, not for intent. A file hash is the SHA-256 of a text sent by at least "
        f"{_LEAST_SENDERS} accounts, after NFKC, without names and addresses, lower case, single spaces. "
        "Days are UTC."
    )
    return v21.Note(
        id=_id("note", one.key), abstract="How to read this", content=words, object_refs=[campaign], **common
    )


def _figures(one: Aggregate) -> str:
    where = ", ".join(f"{name}: {count}" for name, count in one.platforms)
    kinds = ", ".join(f"{category.value}: {count}" for category, count in one.categories)
    words = (
        f"{one.senders} accounts, {one.posts} posts ({where}). Strength of the finding: {one.strength.value}."
    )
    return words + (f" Assessed by software as abuse: {one.abusive} posts ({kinds})." if kinds else "")


def _id(kind: str, told: str) -> str:
    return f"{kind}--{uuid5(_NAMESPACE, f'{kind} {told}')}"


def _second(at: datetime) -> datetime:
    return at.astimezone(UTC).replace(microsecond=0)


def _day(at: datetime | None) -> datetime | None:
    return at.astimezone(UTC).replace(hour=0, minute=0, second=0, microsecond=0) if at else None
