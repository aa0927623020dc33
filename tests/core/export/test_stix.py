"""STIX: valid for the stix2 library, figures only, the same bytes twice."""

import json
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from core.domain.classification import Category
from core.domain.coordination import Family, Strength
from core.export.stix import Aggregate, SharedText, hash_of_text, stix_bundle, techniques

stix2 = pytest.importorskip("stix2")
NOW = datetime(2026, 4, 2, 10, 0, 0, 123, tzinfo=UTC)
ONE = Aggregate(
    key="g-secret-key",
    senders=12,
    posts=40,
    abusive=31,
    platforms=(("bluesky", 38), ("mastodon", 2)),
    first_at=datetime(2026, 3, 1, 23, 59, tzinfo=UTC),
    last_at=datetime(2026, 3, 4, 4, 5, tzinfo=UTC),
    strength=Strength.POSSIBLE,
    families=(Family.REPETITION, Family.SYNCHRONY, Family.NAMES),
    categories=((Category.DOXXING, 2), (Category.INSULT, 29)),
    texts=(
        SharedText("@target.example Go away, traitor! https://evil.example/x", 20, 9),
        SharedText("rare words by two", 2, 2),
    ),
)


def objects(text: str) -> dict[str, list[dict]]:
    found: dict[str, list[dict]] = {}
    for one in json.loads(text)["objects"]:
        found.setdefault(one["type"], []).append(one)
    return found


def test_the_library_parses_it_strictly() -> None:
    bundle = stix2.parse(stix_bundle([ONE, replace(ONE, key="other")], NOW), allow_custom=False)
    assert bundle.type == "bundle"
    campaigns = [one for one in bundle.objects if one.type == "campaign"]
    assert {one.name for one in campaigns} == {"Campaign 1", "Campaign 2"}


def test_figures_tags_and_days() -> None:
    found = objects(stix_bundle([ONE], NOW))
    campaign = found["campaign"][0]
    assert (campaign["first_seen"], campaign["last_seen"]) == ("2026-03-01T00:00:00Z", "2026-03-04T00:00:00Z")
    assert campaign["description"].startswith("12 accounts, 40 posts (bluesky: 38, mastodon: 2).")
    tags = {one["external_references"][0]["external_id"]: one["name"] for one in found["attack-pattern"]}
    assert tags == {
        "T0048": "Harass",
        "T0048.004": "Dox",
        "T0049.005": "Conduct Swarming",
        "T0084.001": "Use Copypasta",
    }
    assert len([one for one in found["relationship"] if one["relationship_type"] == "uses"]) == 4
    assert [one["number_observed"] for one in found["observed-data"]] == [20]
    assert found["file"][0]["hashes"] == {"SHA-256": hash_of_text("go AWAY,  traitor!")}


def test_nothing_about_the_person_and_no_names() -> None:
    text = stix_bundle([ONE], NOW)
    for secret in ("target.", "traitor", "evil.example", "g-secret-key", "rare", "@"):
        assert secret not in text, secret
    lowered = text.casefold()
    assert not any(f'"type": "{kind}"' in lowered for kind in ("identity", "location", "threat-actor"))
    assert " bot" not in lowered


def test_the_same_figures_give_the_same_bytes() -> None:
    assert stix_bundle([ONE], NOW) == stix_bundle([ONE], NOW)
    assert stix_bundle([ONE], NOW) != stix_bundle([replace(ONE, posts=41)], NOW)


def test_without_times_or_abuse_there_is_still_a_campaign() -> None:
    bare = Aggregate("k", 3, 3, 0, (("sample", 3),), None, None, Strength.POSSIBLE, ())
    found = objects(stix_bundle([bare], NOW))
    assert found.keys() == {"campaign", "note", "marking-definition"}
    assert techniques(bare) == ()


def test_an_empty_selection_is_an_empty_bundle() -> None:
    assert objects(stix_bundle([], NOW)).keys() == {"marking-definition"}
