"""What a profile says against what the account did, as plain facts about one sender.

The two halves of a fact stand side by side and nothing is concluded. A claim is only looked for in the
profile's own words; most profiles claim nothing, and then nothing is said. A person may live elsewhere
than the profile says, write in a second language or work at night: every fact has such a reading, which
is why it never makes a group.
"""

import re
from collections.abc import Collection
from datetime import datetime, timedelta
from typing import Any, Final

import polars as pl

from core.coordination.columns import normalise
from core.coordination.places import Claimed, claimed_place
from core.domain.coordination import Claim, ProfileFact

MIN_POSTS: Final = 20  # below this, hours and languages are chance
MIN_SHARE: Final = 0.6
NIGHT: Final = (0, 6)  # hours of the clock at the claimed place
YEARS: Final = 2  # how many years an account must be younger than it says
_SINCE: Final = re.compile(
    r"(?:\b(?:since|est\.?|joined(?: in)?|here from)\s+|自)((?:19|20)\d\d)\b"
    r"|((?:19|20)\d\d)年(?:至今|开始|加入)",
    re.I,
)

_NO_LANGUAGE: Final = frozenset(("", "und", "zxx", "mul", "qme", "qst", "art"))
# Names of languages for the sentence; a code stands for itself otherwise.
_NAMED: Final = """
ar:Arabic de:German es:Spanish fa:Persian fr:French he:Hebrew hi:Hindi id:Indonesian it:Italian ja:Japanese
ko:Korean nl:Dutch pl:Polish pt:Portuguese ru:Russian sv:Swedish th:Thai tr:Turkish uk:Ukrainian ur:Urdu
vi:Vietnamese zh:Chinese
"""
_LANGUAGES: Final = dict(pair.split(":") for pair in _NAMED.split())


def profile_facts(posts: pl.DataFrame, members: Collection[str]) -> tuple[ProfileFact, ...]:
    """Facts about those of `members` whose profile claims something that their posts do not fit.

    Reads author_name, author_bio and author_location of the sender's latest post that has them,
    author_created_at, created_at and lang. In order of sender and claim. Raises `BadInput` as
    `columns.normalise` does.
    """
    own = normalise(posts).filter(pl.col("author_id").is_in(list(members)))
    if not own.height:
        return ()
    order = own.sort("created_at", "post_id", nulls_last=False)
    people = order.group_by("author_id").agg(
        *(pl.col(name).drop_nulls().last() for name in ("author_name", "author_bio", "author_location")),
        pl.col("author_created_at").min().alias("made"),
        pl.col("lang").drop_nulls().alias("languages"),
        pl.col("created_at").drop_nulls().alias("times"),
    )
    facts = [fact for person in people.sort("author_id").to_dicts() for fact in _facts(person)]
    return tuple(facts)


def _facts(person: dict[str, Any]) -> list[ProfileFact]:
    sender = person["author_id"]
    said = [person[name] or "" for name in ("author_location", "author_bio", "author_name")]
    place = next((found for words in said if (found := claimed_place(words))), None)
    facts = [_age(sender, said, person["made"])]
    if place:
        facts.append(_language(sender, place, person["languages"]))
        facts.append(_hours(sender, place, person["times"]))
    return [fact for fact in facts if fact]


def _age(sender: str, said: list[str], made: datetime | None) -> ProfileFact | None:
    match = next((found for words in said if (found := _SINCE.search(words))), None)
    if match is None or made is None:
        return None
    year = int(match.group(1) or match.group(2))
    years = made.year - year
    if years < YEARS:
        return None
    words = match.group().strip()
    sentence = f"The profile says \u201c{words}\u201d; the account was made in {made:%B %Y}."
    return ProfileFact(sender, Claim.AGE, words, sentence, made.year, year)


def _language(sender: str, place: Claimed, languages: list[str]) -> ProfileFact | None:
    known = [code.lower().split("-")[0] for code in languages if code.lower() not in _NO_LANGUAGE]
    if len(known) < MIN_POSTS or not known:
        return None
    usual = max(sorted(set(known)), key=known.count)
    count = known.count(usual)
    # English is written everywhere and says nothing about a place.
    if usual in place.languages or usual == "en" or count < MIN_SHARE * len(known):
        return None
    sentence = (
        f"The profile says \u201c{place.words}\u201d; {count} of {len(known)} posts are in "
        f"{_LANGUAGES.get(usual, usual)}."
    )
    return ProfileFact(sender, Claim.LANGUAGE, place.words, sentence, count, len(known))


def _hours(sender: str, place: Claimed, times: list[datetime]) -> ProfileFact | None:
    first, last = NIGHT
    local = [(time + timedelta(hours=place.offset)).hour for time in times]
    count = sum(first <= hour < last for hour in local)
    if len(local) < MIN_POSTS or count < MIN_SHARE * len(local):
        return None
    sentence = (
        f"The profile says \u201c{place.words}\u201d; {count} of {len(local)} posts were written between "
        f"{first:02d}:00 and {last:02d}:00 standard time there."
    )
    return ProfileFact(sender, Claim.HOURS, place.words, sentence, count, len(local))
