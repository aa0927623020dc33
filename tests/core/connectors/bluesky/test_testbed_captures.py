"""Whether posts are still there, conversations and pictures, against a real PDS, AppView and Ozone."""

import base64
from collections.abc import Iterator
from datetime import UTC, datetime
from io import BytesIO

import pytest
from bluesky_testbed import BlueskyTestbed, Person, Post
from connector_contract import mentions, walk
from memory_secrets import MemorySecrets
from PIL import Image  # noqa: TID253 - makes the picture

from core.connectors.bluesky.connector import BlueskyConnector, BlueskyPlatform
from core.connectors.bluesky.pictures import PictureServers
from core.domain.account import Account, AccountState
from core.domain.capture import ContextRole, PostRef, PostState, PostStatus
from core.domain.ids import AccountId, RemoteId
from core.media.picture import examine
from core.ports import ChecksPosts, ServesPictures, ShowsConversations

pytestmark = [pytest.mark.testbed, pytest.mark.slow]


@pytest.fixture
def victim(bluesky: BlueskyTestbed) -> Person:
    return bluesky.create_account(bluesky.fresh_name("victim"))


@pytest.fixture
def connector(bluesky: BlueskyTestbed, victim: Person) -> Iterator[BlueskyConnector]:
    servers = PictureServers(pictures=f"{bluesky.ready['appview']}/img")
    platform = BlueskyPlatform(picture_servers=servers)
    signed = platform.sign_in(victim.handle, bluesky.app_password(victim), bluesky.pds)
    account = Account(
        AccountId(1),
        platform.info.platform,
        victim.handle,
        RemoteId(victim.did),
        signed.service_url,
        AccountState.ACTIVE,
        datetime(2026, 1, 1, tzinfo=UTC),
        None,
    )
    secrets = MemorySecrets()
    secrets.set(account.secret_name, signed.secret)
    opened = platform.open(account, secrets)
    assert isinstance(opened, BlueskyConnector)
    assert isinstance(opened, ChecksPosts)
    assert isinstance(opened, ShowsConversations)
    assert isinstance(opened, ServesPictures)
    yield opened
    opened.close()


def ref(post: Post) -> PostRef:
    return PostRef(RemoteId(post.uri), RemoteId(post.uri.split("/")[2]))


def states(connector: BlueskyConnector, posts: dict[str, Post]) -> dict[str, PostState]:
    found = connector.check_posts([ref(post) for post in posts.values()])
    return {name: one.state for name, one in zip(posts, found, strict=True)}


def test_every_way_to_be_gone_and_back(
    bluesky: BlueskyTestbed, victim: Person, connector: BlueskyConnector
) -> None:
    names = (
        "up",
        "deletes",
        "leaves",
        "closes",
        "suspended",
        "removed",
        "blocked",
        "blocks",
        "blocks_deletes",
    )
    people = {name: bluesky.create_account(bluesky.fresh_name("sender")) for name in names}
    root = bluesky.post(victim, "my words")
    posts = {name: bluesky.reply(person, root, f"reply {name}") for name, person in people.items()}
    assert set(states(connector, posts).values()) == {PostState.UP}

    bluesky.delete(people["deletes"], posts["deletes"])
    bluesky.delete_account(people["leaves"])
    bluesky.deactivate(people["closes"])
    bluesky.suspend(people["suspended"])
    bluesky.take_down(posts["removed"])
    bluesky.block(victim, people["blocked"])
    bluesky.block(people["blocks"], victim)
    bluesky.block(people["blocks_deletes"], victim)
    bluesky.delete(people["blocks_deletes"], posts["blocks_deletes"])
    assert states(connector, posts) == {
        "up": PostState.UP,
        "deletes": PostState.DELETED,
        "leaves": PostState.ACCOUNT_GONE,
        "closes": PostState.DEACTIVATED,
        "suspended": PostState.SUSPENDED,
        "removed": PostState.REMOVED,
        "blocked": PostState.HIDDEN,
        "blocks": PostState.HIDDEN,
        "blocks_deletes": PostState.DELETED,
    }

    bluesky.activate(people["closes"])
    bluesky.unsuspend(people["suspended"])
    bluesky.undo_take_down(posts["removed"])
    again = states(connector, {name: posts[name] for name in ("closes", "suspended", "removed")})
    assert set(again.values()) == {PostState.UP}


def test_a_muted_sender_is_still_seen(
    bluesky: BlueskyTestbed, victim: Person, connector: BlueskyConnector
) -> None:
    sender = bluesky.create_account(bluesky.fresh_name("sender"))
    post = bluesky.mention(sender, victim, "hello")
    connector._client.mute(RemoteId(sender.did), on=True)
    assert states(connector, {"muted": post}) == {"muted": PostState.UP}


def test_the_answers_name_what_was_asked(
    bluesky: BlueskyTestbed, victim: Person, connector: BlueskyConnector
) -> None:
    sender = bluesky.create_account(bluesky.fresh_name("sender"), display_name="A name")
    post, other = bluesky.mention(sender, victim, "one"), bluesky.mention(sender, victim, "two")
    bluesky.delete(sender, post)
    gone, up = connector.check_posts([ref(post), ref(other)])
    assert [answer.status for answer in gone.answers] == [200, 200, 400]
    assert "getRecord" in gone.answers[-1].asked
    assert b"RecordNotFound" in gone.answers[-1].raw
    assert gone.answers[0].server_date is not None
    assert up.author is not None
    assert (up.author.handle, up.author.display_name) == (sender.handle, "A name")
    assert up.answers[0].raw.startswith(b'{"uri":"' + other.uri.encode())


def test_what_is_no_post_spoils_nothing(
    bluesky: BlueskyTestbed, victim: Person, connector: BlueskyConnector
) -> None:
    sender = bluesky.create_account(bluesky.fresh_name("sender"))
    good = ref(bluesky.mention(sender, victim, "one"))
    odd = [
        PostRef(RemoteId(one), RemoteId(sender.did))
        for one in ("import-77", "", "at://x/app.bsky.feed.post/1")
    ]
    found = connector.check_posts([*odd, good])
    assert [one.state for one in found] == [PostState.UNKNOWN] * 3 + [PostState.UP]
    assert found[0] == PostStatus(odd[0].post, PostState.UNKNOWN, ())


def test_a_conversation_with_the_own_words(
    bluesky: BlueskyTestbed, victim: Person, connector: BlueskyConnector
) -> None:
    critic, troll = (bluesky.create_account(bluesky.fresh_name("sender")) for _ in range(2))
    root = bluesky.post(victim, "what I wrote 中文 عربي")
    first = bluesky.reply(critic, root, "I disagree")
    own = bluesky.reply(victim, first, "and I answered", root=root)
    bluesky.reply(troll, own, "vile words", root=root)
    (newest, *_) = mentions(walk(connector))
    assert newest.text == "vile words"
    assert newest.answers == own.uri
    found = connector.conversation(newest.answers or RemoteId(""))
    assert found is not None
    assert [(one.role, one.text) for one in found.posts] == [
        (ContextRole.OWN, "what I wrote 中文 عربي"),
        (ContextRole.BEFORE, "I disagree"),
        (ContextRole.OWN, "and I answered"),
    ]
    assert not found.cut
    bluesky.delete(critic, first)
    found = connector.conversation(newest.answers or RemoteId(""))
    assert found is not None
    assert [one.text for one in found.posts] == ["and I answered"]
    assert found.cut
    assert connector.conversation(RemoteId(first.uri)) is None


def test_a_quote_answers_the_quoted_post(
    bluesky: BlueskyTestbed, victim: Person, connector: BlueskyConnector
) -> None:
    sender = bluesky.create_account(bluesky.fresh_name("sender"))
    root = bluesky.post(victim, "quoted words")
    bluesky.quote(sender, root, "everyone look")
    (quote,) = mentions(walk(connector))
    found = connector.conversation(quote.answers or RemoteId(""))
    assert found is not None
    assert [one.text for one in found.posts] == ["quoted words"]


def test_a_picture_from_the_picture_server(
    bluesky: BlueskyTestbed, victim: Person, connector: BlueskyConnector
) -> None:
    sender = bluesky.create_account(bluesky.fresh_name("sender"))
    out = BytesIO()
    Image.linear_gradient("L").convert("RGB").resize((400, 300)).save(out, "JPEG")
    data = base64.b64encode(out.getvalue()).decode()
    images = [{"data": data, "mimeType": "image/jpeg", "alt": "a gradient"}]
    bluesky.reply(sender, bluesky.post(victim, "hello"), "look", images=images)
    (mention,) = mentions(walk(connector))
    (attachment,) = mention.attachments
    assert (attachment.kind, attachment.alt) == ("image", "a gradient")
    answer = connector.picture(attachment)
    assert answer is not None
    picture = examine(answer.raw)
    assert picture.media_type == "image/jpeg"
    assert picture.width / picture.height == pytest.approx(4 / 3, abs=0.01)
