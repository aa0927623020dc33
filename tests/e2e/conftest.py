"""The scene and the services over it, shared by the end-to-end tests."""

from collections.abc import Iterator
from dataclasses import replace

import pytest
from bluesky_testbed import BlueskyTestbed
from scene import Scene

from app.bootstrap import open_services
from app.entrance import unlock_service
from app.jobs.context import JobContext
from app.services.bundle import Services
from core.connectors.bluesky import connector
from core.domain.ids import PlatformName
from core.system.paths import DataFolder

BLUESKY = PlatformName("bluesky")


@pytest.fixture(scope="module")
def scene(bluesky: BlueskyTestbed) -> Scene:
    target = bluesky.create_account(bluesky.fresh_name("mara"))
    friend = bluesky.create_account(bluesky.fresh_name("friend"))
    stalker = bluesky.create_account(bluesky.fresh_name("watcher"))
    critic = bluesky.create_account(bluesky.fresh_name("reader"))
    bluesky.follow(target, friend)
    article = bluesky.post(target, "My report on the port authority is out today.")
    kind = bluesky.reply(friend, article, "Great work, congratulations! Proud of you.")
    bluesky.reply(critic, article, "I think the second chart is misleading, the axis starts at 40.")
    threat = bluesky.mention(stalker, target, "I know where you live and I will kill you on Friday.")
    campaign, _ = bluesky.campaign(article, senders=8)
    bluesky.settle()
    return Scene(target, friend, stalker, critic, campaign, threat, kind)


@pytest.fixture(scope="module")
def services(bluesky: BlueskyTestbed, scene: Scene, tmp_path_factory) -> Iterator[Services]:
    folder = DataFolder(tmp_path_factory.mktemp("first-light") / "data")
    opened = unlock_service(folder).create_with_passphrase("correct horse battery staple")
    with open_services(opened) as services:
        services.accounts.add(BLUESKY, scene.target.handle, bluesky.app_password(scene.target), bluesky.pds)
        context = JobContext()
        for report in services.sync.sync_all(context):
            assert report.stopped_by is None
        services.classify.run(context)
        services.group.run(context)
        yield services


@pytest.fixture
def brisk(monkeypatch: pytest.MonkeyPatch) -> None:
    """Ten actions a second, for batches: our own network has no limits to keep to.

    Single actions and the block of two keep the product's pace; tests/app/services/test_respond.py checks it.
    """
    monkeypatch.setattr(connector, "_INFO", replace(connector._INFO, actions_per_minute=600))
