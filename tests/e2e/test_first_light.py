"""One mention travels the whole way, on a real AT Protocol network."""

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from bluesky_testbed import BlueskyTestbed, Person
from scene import Scene

from app.jobs.context import JobContext
from app.services.bundle import Services
from app.services.export import ExportRequest
from app.services.verify import verify_file
from core.domain.classification import Category
from core.domain.inbox import InboxFilter, Queue
from core.domain.response import ActionKind, ItemState

pytestmark = [pytest.mark.testbed, pytest.mark.slow, pytest.mark.timeout(600)]


def handles(services: Services, chosen: InboxFilter) -> set[str]:
    return {row.handle for row in services.inbox.rows(chosen)}


def sender_id(services: Services, person: Person) -> int:
    rows = services.inbox.rows(InboxFilter(search=person.handle))
    return next(row.sender_id for row in rows if row.handle == person.handle)


def test_everything_arrived_once(services: Services, scene: Scene) -> None:
    first = services.inbox.counts().total
    services.sync.sync_all(JobContext())
    assert services.inbox.counts().total == first
    everyone = {scene.friend, scene.stalker, scene.critic, *scene.campaign}
    assert handles(services, InboxFilter()) == {person.handle for person in everyone}


def test_the_inbox_is_right(services: Services, scene: Scene) -> None:
    urgent = services.inbox.rows(InboxFilter(queue=Queue.NEEDS_ATTENTION))
    assert [row.handle for row in urgent] == [scene.stalker.handle]
    assert urgent[0].top_category is Category.THREAT
    assert urgent[0].hidden
    kind = handles(services, InboxFilter(queue=Queue.KIND_FIRST))
    assert {scene.friend.handle, scene.critic.handle} <= kind
    assert not kind & {person.handle for person in scene.campaign}


def test_the_group_is_found_and_explained(services: Services, scene: Scene) -> None:
    groups = services.inbox.groups()
    assert len(groups) == 1
    members = {services.inbox.sender(one).handle for one in services.group.members(groups[0].key)}
    assert members == {person.handle for person in scene.campaign}
    assert len({reason.family for reason in groups[0].reasons}) >= 2


@pytest.mark.usefixtures("brisk")
def test_mute_and_undo_reach_the_server(services: Services, scene: Scene, bluesky: BlueskyTestbed) -> None:
    group = services.inbox.groups()[0]
    members = services.group.members(group.key)
    friend = sender_id(services, scene.friend)
    plan = services.respond.plan(ActionKind.MUTE, "acted in step", senders=[*members, friend])
    assert [skipped.handle for skipped in plan.skipped] == [scene.friend.handle]
    report = services.respond.send(services.respond.start(plan), JobContext())
    assert {item.state for item in report.batch.items} == {ItemState.DONE}
    for person in scene.campaign:
        bluesky.wait_for_viewer(scene.target, person, "muted", True)
    services.respond.undo(report.batch.id, JobContext())
    for person in scene.campaign:
        bluesky.wait_for_viewer(scene.target, person, "muted", False)


def test_block_and_undo_leave_earlier_blocks_alone(
    services: Services, scene: Scene, bluesky: BlueskyTestbed
) -> None:
    earlier, fresh = scene.campaign[:2]
    bluesky.record(scene.target, "app.bsky.graph.block", {"subject": earlier.did})
    bluesky.wait_for_viewer(scene.target, earlier, "blocking", True)
    senders = [sender_id(services, person) for person in (earlier, fresh)]
    plan = services.respond.plan(ActionKind.BLOCK, "", senders=senders)
    assert plan.public
    report = services.respond.send(services.respond.start(plan), JobContext())
    states = {item.target.handle: item.state for item in report.batch.items}
    assert states == {earlier.handle: ItemState.ALREADY, fresh.handle: ItemState.DONE}
    bluesky.wait_for_viewer(scene.target, fresh, "blocking", True)
    services.respond.undo(report.batch.id, JobContext())
    bluesky.wait_for_viewer(scene.target, fresh, "blocking", False)
    bluesky.wait_for_viewer(scene.target, earlier, "blocking", True)


def test_a_report_reaches_the_moderators(services: Services, scene: Scene, bluesky: BlueskyTestbed) -> None:
    row = services.inbox.rows(InboxFilter(queue=Queue.NEEDS_ATTENTION))[0]
    plan = services.respond.plan(ActionKind.REPORT, "A threat to kill.", mentions=[row.mention_id])
    report = services.respond.send(services.respond.start(plan), JobContext())
    assert [item.state for item in report.batch.items] == [ItemState.DONE]
    subjects = [event["subject"].get("uri") for event in bluesky.reports()]
    assert scene.threat.uri in subjects


def test_evidence_outlives_the_post_and_the_packet_verifies(
    services: Services, scene: Scene, bluesky: BlueskyTestbed, tmp_path: Path
) -> None:
    bluesky.delete(scene.stalker, scene.threat)
    request = ExportRequest(InboxFilter(queue=Queue.ALL))
    packet = services.export.write(tmp_path, request, JobContext()).packet
    assert services.evidence.verify().ok
    key = bytes.fromhex(services.evidence.state().public_key)
    assert verify_file(packet, key=key, anchors=()).ok
    texts = [
        json.loads(line)["post"]["text"] for line in (packet / "data/entries.jsonl").read_text().splitlines()
    ]
    assert scene.threat.text in texts

    def by_script(folder: Path) -> int:
        command = [sys.executable, "-I", str(folder / "verify.py"), str(folder), "--key", key.hex()]
        return subprocess.run(command, capture_output=True, check=False).returncode

    assert by_script(packet) == 0
    tampered = tmp_path / "tampered"
    shutil.copytree(packet, tampered)
    entries = tampered / "data/entries.jsonl"
    entries.write_text(entries.read_text().replace("kill", "kiss"))
    assert not verify_file(tampered, key=key, anchors=()).ok
    assert by_script(tampered) == 1
