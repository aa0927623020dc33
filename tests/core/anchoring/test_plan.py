"""What the person chose about time stamps, stored and read back."""

import json
from datetime import UTC, datetime, timedelta

import pytest
from timestamp_testbed import issue

from core.anchoring.authorities import Authority, added
from core.anchoring.plan import AnchorPlan, When, read_plan, written_plan
from core.errors import DataDamaged, NotFound


def _club() -> Authority:
    return added("Club", "https://tsa.example.org", issue("Root", None, ca=True).pem, datetime.now(UTC))


def test_off_and_not_agreed_before_anyone_chose() -> None:
    plan = read_plan(None)
    assert (plan.when, plan.agreed) == (When.OFF, False)
    assert [one.name for one in plan.asked] == ["DigiCert", "Sectigo", "GlobalSign"]
    assert [one.pause for one in When] == [None, timedelta(days=1), timedelta(days=7)]


def test_a_plan_survives_being_stored() -> None:
    club = _club()
    plan = read_plan(None).with_authority(club).with_use("https://timestamp.sectigo.com", used=False)
    plan = plan.with_first("http://timestamp.globalsign.com/tsa/r6advanced1")
    again = read_plan(written_plan(plan))
    assert again == plan
    assert [one.name for one in again.asked] == ["GlobalSign", "Club", "DigiCert"]
    assert b"BEGIN" not in written_plan(plan)


def test_the_same_address_again_replaces_and_older_tokens_keep_their_root() -> None:
    first, second = _club(), _club()
    plan = read_plan(None).with_authority(first).with_authority(second).with_use(second.url, used=False)
    assert plan.roots_for(second.url) == second.roots
    assert second not in plan.asked
    assert len(plan.roots_for("http://moved.example.org")) == 3
    for change in (
        lambda: plan.with_use("http://x.invalid", used=True),
        lambda: plan.with_first("http://x.invalid"),
    ):
        with pytest.raises(NotFound):
            change()


def test_ours_that_are_new_come_last_and_those_that_went_are_dropped() -> None:
    value = json.loads(written_plan(read_plan(None)))
    gone = {"name": "Gone", "url": "http://gone.invalid", "ours": True, "used": True, "roots": []}
    value["authorities"] = [*value["authorities"][2:], gone]
    again = read_plan(json.dumps(value).encode())
    assert [one.name for one in again.asked] == ["GlobalSign", "DigiCert", "Sectigo"]


@pytest.mark.parametrize("stored", [b"", b"[]", b"{}", b'{"when":"hourly","agreed":true,"authorities":[]}'])
def test_a_damaged_plan_is_said(stored: bytes) -> None:
    with pytest.raises(DataDamaged):
        read_plan(stored)


def test_an_empty_plan_asks_nobody() -> None:
    assert AnchorPlan().asked == ()
