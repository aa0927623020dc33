"""The connector against a real PDS, AppView and Ozone."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta

import pytest
from bluesky_testbed import BlueskyTestbed, Person
from connector_contract import items, mentions, walk
from memory_secrets import MemorySecrets

from core.connectors.bluesky.connector import BlueskyPlatform
from core.connectors.bluesky.session import Secret
from core.domain.account import Account, AccountState
from core.domain.classification import Category
from core.domain.ids import AccountId, RemoteId
from core.domain.mention import MentionKind
from core.domain.response import ActionKind
from core.errors import SignInNeeded, SignInRefused
from core.ports import Connector, RemoteTarget

pytestmark = [pytest.mark.testbed, pytest.mark.slow]

Connect = Callable[..., Connector]


@pytest.fixture
def secrets() -> MemorySecrets:
    return MemorySecrets()


@pytest.fixture
def victim(bluesky: BlueskyTestbed) -> Person:
    return bluesky.create_account(bluesky.fresh_name("victim"))


@pytest.fixture
def connect(bluesky: BlueskyTestbed, secrets: MemorySecrets) -> Iterator[Connect]:
    """Signs in with a fresh app password and opens a connector."""
    opened: list[Connector] = []

    def connect(person: Person, page_size: int = 100) -> Connector:
        platform = BlueskyPlatform(page_size=page_size)
        signed = platform.sign_in(person.handle, bluesky.app_password(person), bluesky.pds)
        assert signed.remote_id == person.did
        account = _account(person, signed.service_url)
        secrets.set(account.secret_name, signed.secret)
        opened.append(platform.open(account, secrets))
        return opened[-1]

    yield connect
    for connector in opened:
        connector.close()


def _account(person: Person, service: str) -> Account:
    when = datetime(2026, 1, 1, tzinfo=UTC)
    platform = BlueskyPlatform().info.platform
    did = RemoteId(person.did)
    return Account(AccountId(1), platform, person.handle, did, service, AccountState.ACTIVE, when, None)


def target(person: Person) -> RemoteTarget:
    return RemoteTarget(RemoteId(person.did))


def test_sign_in_is_refused(bluesky: BlueskyTestbed, victim: Person) -> None:
    for handle in (victim.handle, "nobody.test", "not a handle"):
        with pytest.raises(SignInRefused):
            BlueskyPlatform().sign_in(handle, "xxxx-xxxx-xxxx-xxxx", bluesky.pds)


def test_bad_tokens_are_renewed(
    bluesky: BlueskyTestbed, victim: Person, connect: Connect, secrets: MemorySecrets
) -> None:
    connect(victim)
    account = _account(victim, bluesky.pds)
    kept = Secret.load(secrets.get(account.secret_name))
    assert kept is not None
    for access, refresh in (("junk", kept.refresh), ("junk", "junk"), ("", "")):
        secrets.set(account.secret_name, Secret(kept.password, access, refresh).dump())
        connector = BlueskyPlatform().open(account, secrets)
        assert connector.fetch_mentions(None, None).items == ()
        connector.close()
        renewed = Secret.load(secrets.get(account.secret_name))
        assert renewed is not None
        assert renewed.access not in ("", "junk")
    secrets.set(account.secret_name, Secret("xxxx-xxxx-xxxx-xxxx", "junk", "junk").dump())
    connector = BlueskyPlatform().open(account, secrets)
    with pytest.raises(SignInNeeded):
        connector.fetch_mentions(None, None)
    connector.close()


def test_replies_mentions_quotes(bluesky: BlueskyTestbed, victim: Person, connect: Connect) -> None:
    sender, friend = bluesky.create_account(display_name="Ünknown 🌊"), bluesky.create_account()
    bluesky.follow(victim, friend)
    root = bluesky.post(victim, "My new book is out.")
    link = {"uri": "https://news.example/story", "title": "A story", "description": "words"}
    sent = {
        bluesky.reply(sender, root, "nobody will read it").uri: MentionKind.REPLY,
        bluesky.reply(friend, root, "I already have!", langs=["es", "en"], link=link).uri: MentionKind.REPLY,
        bluesky.mention(sender, victim, "这本书是垃圾").uri: MentionKind.MENTION,
        bluesky.quote(sender, root, "look at this").uri: MentionKind.QUOTE,
    }
    found = {mention.remote_id: mention for mention in mentions(walk(connect(victim)))}
    assert {uri: mention.kind for uri, mention in found.items()} == sent
    by_text = {mention.text: mention for mention in found.values()}
    kind = by_text["I already have!"]
    assert (kind.author.followed, kind.lang, kind.urls) == (True, "es", ("https://news.example/story",))
    assert kind.reply_to == root.uri
    insult = by_text["nobody will read it"]
    assert (insult.author.remote_id, insult.author.display_name) == (sender.did, "Ünknown 🌊")
    assert not insult.author.followed
    mention = by_text[f"@{victim.handle} 这本书是垃圾"]
    assert mention.mentions == (victim.did,)
    assert mention.url == f"https://bsky.app/profile/{sender.did}/post/{mention.remote_id.rsplit('/', 1)[1]}"


def test_a_campaign_is_walked_page_by_page(bluesky: BlueskyTestbed, victim: Person, connect: Connect) -> None:
    root = bluesky.post(victim, "A thought.")
    people, posts = bluesky.campaign(root, senders=8)
    pages = walk(connect(victim, page_size=3))
    found = [mention.remote_id for mention in mentions(pages)]
    assert sorted(found) == sorted(post.uri for post in posts)
    assert {mention.author.remote_id for mention in mentions(pages)} == {person.did for person in people}
    assert len(pages) >= 3
    assert all(item.raw.startswith(b'{"uri":') and item.raw.endswith(b"}") for item in items(pages))
    assert all(item.server_date for item in items(pages))


def test_deleted_posts_are_gone_and_the_walk_goes_on(
    bluesky: BlueskyTestbed, victim: Person, connect: Connect
) -> None:
    sender = bluesky.create_account()
    posts = [bluesky.mention(sender, victim, f"number {number}") for number in range(5)]
    for post in posts[1:4]:
        bluesky.delete(sender, post)
    found = {mention.remote_id for mention in mentions(walk(connect(victim, page_size=1)))}
    assert found == {posts[0].uri, posts[4].uri}


def test_posts_dated_back_and_alike(bluesky: BlueskyTestbed, victim: Person, connect: Connect) -> None:
    sender, now = bluesky.create_account(), datetime.now(UTC)
    alike = {_mention_dated(bluesky, sender, victim, now - timedelta(days=90)) for _ in range(3)}
    for _ in range(2):
        _mention_dated(bluesky, sender, victim, now - timedelta(days=30))
    for number in range(4):
        bluesky.mention(sender, victim, f"today {number}")
    # Pages of four end inside the millisecond that three posts share.
    everything = [mention.remote_id for mention in mentions(walk(connect(victim, page_size=4)))]
    assert alike <= {*everything}
    assert len(everything) == len({*everything}) == 9
    # Sent after `since`, and yet only a walk without `since` finds them.
    since = now - timedelta(days=1)
    recent = {mention.remote_id for mention in mentions(walk(connect(victim, page_size=2), since))}
    assert not alike & recent


def _mention_dated(bluesky: BlueskyTestbed, sender: Person, victim: Person, at: datetime) -> str:
    at_handle = f"@{victim.handle}"
    feature = {"$type": "app.bsky.richtext.facet#mention", "did": victim.did}
    record = {
        "text": f"{at_handle} from long ago",
        "createdAt": at.isoformat(timespec="milliseconds").replace("+00:00", "Z"),
        "facets": [{"index": {"byteStart": 0, "byteEnd": len(at_handle)}, "features": [feature]}],
    }
    return bluesky.record(sender, "app.bsky.feed.post", record)["uri"]


def test_mute_and_undo(bluesky: BlueskyTestbed, victim: Person, connect: Connect) -> None:
    sender = bluesky.create_account()
    bluesky.mention(sender, victim, "hear me")
    connector = connect(victim)
    assert not connector.act(ActionKind.MUTE, target(sender)).already
    bluesky.wait_for_viewer(victim, sender, "muted", present=True)
    assert mentions(walk(connector)) == []
    again = connector.act(ActionKind.MUTE, target(sender))
    assert again.already
    connector.undo(ActionKind.MUTE, target(sender), None)
    bluesky.wait_for_viewer(victim, sender, "muted", present=False)
    assert len(mentions(walk(connector))) == 1


def test_block_and_undo(bluesky: BlueskyTestbed, victim: Person, connect: Connect) -> None:
    sender, other = bluesky.create_account(), bluesky.create_account()
    connector = connect(victim)
    receipt = connector.act(ActionKind.BLOCK, target(sender))
    connector.act(ActionKind.BLOCK, target(other))
    state = bluesky.wait_for_viewer(victim, sender, "blocking", present=True)
    assert (receipt.already, receipt.ref) == (False, state["blocking"])
    assert bluesky.wait_for_viewer(sender, victim, "blockedBy", present=True)
    bluesky.wait_for_viewer(victim, other, "blocking", present=True)
    assert connector.act(ActionKind.BLOCK, target(sender)).already
    connector.undo(ActionKind.BLOCK, target(sender), receipt.ref)
    bluesky.wait_for_viewer(victim, sender, "blocking", present=False)
    connector.undo(ActionKind.BLOCK, target(sender), receipt.ref)
    assert bluesky.viewer(victim, other)["blocking"]


def test_a_block_through_a_list_stays(bluesky: BlueskyTestbed, victim: Person, connect: Connect) -> None:
    sender = bluesky.create_account()
    now = datetime.now(UTC).isoformat().replace("+00:00", "Z")
    made = {"purpose": "app.bsky.graph.defs#modlist", "name": "pile-on", "createdAt": now}
    uri = bluesky.record(victim, "app.bsky.graph.list", made)["uri"]
    bluesky.record(victim, "app.bsky.graph.listitem", {"list": uri, "subject": sender.did})
    bluesky.record(victim, "app.bsky.graph.listblock", {"subject": uri})
    bluesky.wait_for_viewer(victim, sender, "blockingByList", present=True)
    connector = connect(victim)
    receipt = connector.act(ActionKind.BLOCK, target(sender))
    assert not receipt.already
    connector.undo(ActionKind.BLOCK, target(sender), receipt.ref)
    bluesky.settle()
    assert bluesky.viewer(victim, sender)["blockingByList"]


def test_reports_reach_ozone(bluesky: BlueskyTestbed, victim: Person, connect: Connect) -> None:
    sender = bluesky.create_account()
    post = bluesky.mention(sender, victim, "I know where you live")
    bluesky.mention(sender, victim, "and when you are out")
    connector = connect(victim)
    newest, oldest = mentions(walk(connector))
    bluesky.delete(sender, post)  # deleting does not escape a report
    on_post = RemoteTarget(
        oldest.author.remote_id, oldest.remote_id, oldest.version, "names my home", Category.THREAT
    )
    unversioned = RemoteTarget(newest.author.remote_id, newest.remote_id)
    refs = [connector.act(ActionKind.REPORT, one).ref for one in (on_post, unversioned, target(sender))]
    reports = {str(report["id"]): report for report in bluesky.reports()}
    first, second, third = (reports[str(ref)] for ref in refs)
    assert (first["subject"]["uri"], first["subject"]["cid"]) == (post.uri, post.cid)
    assert first["event"]["reportType"] == "tools.ozone.report.defs#reasonViolenceThreats"
    assert first["event"]["comment"] == "names my home"
    assert second["subject"]["cid"] == newest.version
    assert third["subject"]["did"] == sender.did
    assert {report["createdBy"] for report in (first, second, third)} == {victim.did}


def test_actions_hold_after_a_change_of_handle(
    bluesky: BlueskyTestbed, victim: Person, connect: Connect
) -> None:
    sender = bluesky.create_account()
    bluesky.mention(sender, victim, "catch me")
    connector = connect(victim)
    (found,) = mentions(walk(connector))
    bluesky.rename(sender, f"{sender.name}-renamed.test")
    connector.act(ActionKind.MUTE, RemoteTarget(found.author.remote_id))
    bluesky.wait_for_viewer(victim, sender, "muted", present=True)
