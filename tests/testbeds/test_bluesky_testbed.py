"""The testbed itself does what tests of the product rely on."""

import pytest
from bluesky_testbed import BlueskyTestbed, bluesky, why_absent

__all__ = ["bluesky"]

pytestmark = [pytest.mark.testbed, pytest.mark.slow]


def _notes(testbed: BlueskyTestbed, name: str) -> list[tuple[str, str]]:
    person = testbed.people[name]
    page = testbed.get(person, "app.bsky.notification.listNotifications", limit=50)
    return [(note["reason"], note["author"]["handle"]) for note in page["notifications"]]


def test_seeded_scene_reaches_the_target(bluesky: BlueskyTestbed) -> None:
    notes = _notes(bluesky, "target")
    assert ("reply", "devon.test") in notes
    assert ("mention", "watcher99.test") in notes
    assert ("quote", "sockone.test") in notes


def test_campaign_on_demand(bluesky: BlueskyTestbed) -> None:
    victim = bluesky.create_account(display_name="A writer")
    root = bluesky.post(victim, "New chapter is out.")
    people, posts = bluesky.campaign(root, senders=8)
    assert len({person.did for person in people}) == 8
    notes = bluesky.get(victim, "app.bsky.notification.listNotifications", limit=50)["notifications"]
    assert {note["uri"] for note in notes} == {post.uri for post in posts}


def test_deleted_posts_leave(bluesky: BlueskyTestbed) -> None:
    victim, sender = bluesky.create_account(), bluesky.create_account()
    post = bluesky.mention(sender, victim, "you will be sorry")
    bluesky.delete(sender, post)
    assert bluesky.get(victim, "app.bsky.notification.listNotifications", limit=50)["notifications"] == []


def test_error_of_the_testbed_is_told(bluesky: BlueskyTestbed) -> None:
    with pytest.raises(RuntimeError, match="no account nobody"):
        bluesky.command("token", name="nobody")


def test_absence_is_explained(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "/nowhere")
    assert why_absent() == "node is not installed"
