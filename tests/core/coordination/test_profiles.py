from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from core.coordination.places import claimed_place
from core.coordination.profiles import profile_facts
from core.domain.coordination import Claim


@pytest.mark.parametrize(
    ("words", "place"),
    [
        ("Chicago", "Chicago"),
        ("mother | based in Lisbon | tea", "Lisbon"),
        ("住在香港", "香港"),
        ("📍 Nairobi", "Nairobi"),
        ("NYC mom", None),
        ("I love London in spring", None),
        ("香港加油", None),
        ("🇬🇧 patriot", None),
        ("London | Tokyo", None),
        ("", None),
    ],
)
def test_a_place_counts_as_ones_own_or_not_at_all(words: str, place: str | None) -> None:
    found = claimed_place(words)
    assert (found.words if found else None) == place


def posts(town: Any, hour: int, **more: object) -> None:
    for n in range(25):
        town.post("one", datetime(2026, 3, 1, hour, 5, tzinfo=UTC) + timedelta(days=n), f"post {n}", **more)


def test_hours_against_the_claimed_zone(bare: Any) -> None:
    posts(bare, 8, author_location="Chicago", lang="en")
    (fact,) = profile_facts(bare.frame(), ["one"])
    assert fact.claim is Claim.HOURS
    assert (fact.observed, fact.of) == (25, 25)
    assert fact.sentence == (
        "The profile says “Chicago”; 25 of 25 posts were written between 00:00 and 06:00 standard time there."
    )


def test_language_against_the_claimed_place(bare: Any) -> None:
    posts(bare, 18, author_bio="tea, cats | living in Dublin", lang="zh-CN")
    (fact,) = profile_facts(bare.frame(), ["one"])
    assert (fact.claim, fact.claimed) == (Claim.LANGUAGE, "Dublin")
    assert fact.sentence == "The profile says “Dublin”; 25 of 25 posts are in Chinese."


def test_age_against_the_account(bare: Any) -> None:
    bare.made["one"] = datetime(2025, 8, 3, tzinfo=UTC)
    bare.post("one", bare.noon, "hello", author_bio="here since 2009")
    (fact,) = profile_facts(bare.frame(), ["one"])
    assert fact.sentence == "The profile says “since 2009”; the account was made in August 2025."


@pytest.mark.parametrize(
    "more",
    [
        {},
        {"author_location": "Chicago", "lang": "es"},
        {"author_location": "the moon", "lang": "zh"},
        {"author_location": "Berlin", "lang": "en"},
        {"author_location": "Berlin", "lang": "und"},
    ],
)
def test_what_fits_or_says_nothing_is_no_fact(more: dict[str, object], bare: Any) -> None:
    posts(bare, 18, **more)
    assert profile_facts(bare.frame(), ["one"]) == ()


def test_only_members_and_only_with_enough_posts(bare: Any) -> None:
    posts(bare, 8, author_location="Chicago")
    assert profile_facts(bare.frame(), ["two"]) == ()
    assert profile_facts(bare.frame().head(9), ["one"]) == ()
