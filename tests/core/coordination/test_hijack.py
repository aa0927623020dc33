from datetime import timedelta
from typing import Any

import pytest

from core.coordination.hijack import hijacks
from core.domain.coordination import Place


def tagged(town: Any, ordinary_after: int = 4) -> dict[str, list[str]]:
    """Thirty people use a tag, then a campaign fills it; another tag is the campaign's own."""
    for n in range(30):
        town.post(f"o{n}", town.noon + timedelta(hours=n), f"see you at the mill {n}", hashtags=["MillFest"])
    later = town.noon + timedelta(days=3)
    for n in range(40):
        more = {"hashtags": ["millfest", "ownmade"], "reply_to": "own-post"}
        town.post(f"c{n % 8}", later + timedelta(minutes=n), f"ava lies {n}", **more)
    for n in range(ordinary_after):
        town.post(
            f"late{n}", later + timedelta(minutes=7 * n + 1), "where is the stage", hashtags=["millfest"]
        )
    return {"k": [f"c{n}" for n in range(8)]}


def test_a_tag_that_was_everybodys(bare: Any) -> None:
    members = tagged(bare)
    (found,) = hijacks(bare.frame(), members)
    assert (found.key, found.place, found.name) == ("k", Place.TAG, "millfest")
    assert found.before == (0, 30)
    assert found.after == (40, 44)
    assert (found.ordinary_senders, found.campaign_senders) == (30, 8)
    assert found.first_post == found.taken_by == "p30"
    assert found.taken_at == bare.noon + timedelta(days=3)


def test_one_early_post_does_not_hide_it(bare: Any) -> None:
    members = tagged(bare)
    bare.post("c0", bare.noon + timedelta(hours=2, minutes=1), "nice mill", hashtags=["millfest"])
    (found,) = hijacks(bare.frame(), members)
    assert found.before == (1, 31)
    assert found.first_at < found.taken_at


def test_a_thread(bare: Any) -> None:
    for n in range(12):
        bare.post(f"o{n}", bare.noon + timedelta(minutes=n), f"good question {n}", reply_to="thread")
    for n in range(30):
        bare.post(f"c{n % 5}", bare.noon + timedelta(hours=9, minutes=n), f"liar {n}", reply_to="thread")
    (found,) = hijacks(bare.frame(), {"k": [f"c{n}" for n in range(5)]})
    assert (found.place, found.name, found.before, found.after) == (Place.THREAD, "thread", (0, 12), (30, 30))


@pytest.mark.parametrize("others", [60, 200])
def test_a_tag_that_people_keep_filling_is_not_taken(others: int, bare: Any) -> None:
    members = tagged(bare, ordinary_after=others)
    assert hijacks(bare.frame(), members) == ()


def test_a_tag_of_the_campaigns_own_and_no_times(bare: Any) -> None:
    members = tagged(bare)
    assert all(found.name != "ownmade" for found in hijacks(bare.frame(), members))
    assert hijacks(bare.frame().drop("created_at"), members) == ()
    assert hijacks(bare.frame(), {}) == ()
