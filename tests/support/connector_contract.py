"""What every connector must do, whatever the platform.

Subclass `ConnectorContract`, give it the fixtures `fake` (a running `FakePlatform`) and `platform` (a
`core.ports.Platform` with a page size of 3, limits as in `TEST_LIMITS`, and `sleep=waits.append`).
"""

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Final

import pytest
from fake_platform import FakePlatform, Fault
from memory_secrets import MemorySecrets

from core.connectors.http import Limits
from core.domain.account import Account, AccountState
from core.domain.ids import AccountId, RemoteId
from core.domain.mention import Mention, Page, Received
from core.domain.response import ActionKind
from core.errors import (
    AppError,
    Offline,
    OutcomeUnknown,
    PlatformGarbled,
    PlatformRefused,
    SignInNeeded,
    SignInRefused,
    UnsupportedHere,
    WaitNeeded,
)
from core.ports import Connector, Platform, RemoteTarget

TEST_LIMITS: Final = Limits(connect=2.0, read=0.3, whole=1.0, body=100_000, pause=0.01, short_wait=3.0)

# Ways to fail a read, and how often in a row it takes.
_EVERY_WAY: Final = (
    (Fault.GARBAGE, 1),
    (Fault.SERVER_ERROR, 1),
    (Fault.RATE_LIMIT, 1),
    (Fault.DROP_BEFORE, TEST_LIMITS.retries + 1),
)

_WRONG_SHAPES: Final = (
    b"",
    b"[]",
    b"null",
    b"\xff\xfe",
    b'{"notifications": 5}',
    b'{"notifications": [',
    b'{"notifications": [1,]}',
    b'{"notifications": [NaN]}',
    b'{"notifications": [], "cursor": 1}',
    b'{"notifications": []} and more',
    b'{"a": ' + b"9" * 5000 + b"}",
)


def walk(connector: Connector, since: datetime | None = None, most: int = 50) -> list[Page]:
    """Every page of a walk."""
    pages: list[Page] = []
    cursor: str | None = None
    for _ in range(most):
        pages.append(connector.fetch_mentions(cursor, since))
        cursor = pages[-1].cursor
        if cursor is None:
            return pages
    raise AssertionError("the walk does not end")


def items(pages: list[Page]) -> list[Received]:
    """The items of all pages."""
    return [item for page in pages for item in page.items]


def mentions(pages: list[Page]) -> list[Mention]:
    """The mentions of all pages."""
    return [item.mention for item in items(pages) if item.mention is not None]


class ConnectorContract:
    """The tests; a platform's own test file subclasses this."""

    @pytest.fixture
    def waits(self) -> list[float]:
        """The waits the connector asked for, instead of sleeping."""
        return []

    @pytest.fixture
    def secrets(self) -> MemorySecrets:
        return MemorySecrets()

    @pytest.fixture
    def account(self, fake: FakePlatform, platform: Platform, secrets: MemorySecrets) -> Account:
        signed = platform.sign_in(fake.handle, fake.password, fake.url)
        account = Account(
            id=AccountId(1),
            platform=platform.info.platform,
            handle=signed.handle,
            remote_id=signed.remote_id,
            service_url=signed.service_url,
            state=AccountState.ACTIVE,
            added_at=datetime(2026, 1, 1, tzinfo=UTC),
            synced_at=None,
        )
        secrets.set(account.secret_name, signed.secret)
        return account

    @pytest.fixture
    def connector(self, platform: Platform, account: Account, secrets: MemorySecrets) -> Iterator[Connector]:
        opened = platform.open(account, secrets)
        yield opened
        opened.close()

    # -- signing in

    def test_sign_in_tells_who_it_is(self, fake: FakePlatform, platform: Platform) -> None:
        signed = platform.sign_in(fake.handle, fake.password, fake.url)
        assert (signed.remote_id, signed.handle, signed.service_url) == (fake.own_id, fake.handle, fake.url)
        assert signed.secret

    def test_wrong_password_is_refused(self, fake: FakePlatform, platform: Platform) -> None:
        with pytest.raises(SignInRefused):
            platform.sign_in(fake.handle, "not the password", fake.url)

    def test_no_server_means_offline(self, platform: Platform) -> None:
        with pytest.raises(Offline):
            platform.sign_in("casey.test", "x", "http://127.0.0.1:9")

    def test_open_without_a_secret_needs_a_sign_in(self, platform: Platform, account: Account) -> None:
        with pytest.raises(SignInNeeded):
            platform.open(account, MemorySecrets())

    @pytest.mark.parametrize("stored", ["", "null", "[]", '{"password": 1', "{}"])
    def test_open_with_a_damaged_secret_needs_a_sign_in(
        self, platform: Platform, account: Account, stored: str
    ) -> None:
        secrets = MemorySecrets()
        secrets.set(account.secret_name, stored)
        with pytest.raises(SignInNeeded):
            platform.open(account, secrets)

    def test_ended_access_is_renewed_and_kept(
        self, fake: FakePlatform, connector: Connector, account: Account, secrets: MemorySecrets
    ) -> None:
        fake.add_post("hello")
        before = secrets.get(account.secret_name)
        fake.expire_access()
        assert len(mentions(walk(connector))) == 1
        assert secrets.get(account.secret_name) != before

    def test_revoked_sign_in_is_told(self, fake: FakePlatform, connector: Connector) -> None:
        fake.expire_sign_in()
        with pytest.raises(SignInNeeded):
            connector.fetch_mentions(None, None)
        with pytest.raises(SignInNeeded):
            connector.act(ActionKind.MUTE, RemoteTarget(RemoteId(fake.sender_id("mallory"))))

    # -- reading

    def test_nothing_there(self, connector: Connector) -> None:
        page = connector.fetch_mentions(None, None)
        assert (page.items, page.cursor) == ((), None)

    def test_paging_brings_everything_newest_first(self, fake: FakePlatform, connector: Connector) -> None:
        sent = [fake.add_post(f"message {number}") for number in range(8)]
        found = [mention.remote_id for mention in mentions(walk(connector))]
        assert found == sent[::-1]

    def test_fields(self, fake: FakePlatform, connector: Connector) -> None:
        uri = fake.add_post("a plain reply", sender="alice")
        (found,) = mentions(walk(connector))
        assert (found.remote_id, found.text, found.platform) == (uri, "a plain reply", "bluesky")
        assert (found.author.remote_id, found.author.handle) == (fake.sender_id("alice"), "alice.test")
        assert found.version == fake.version_of(uri)
        assert found.created_at is not None
        assert found.created_at.tzinfo is UTC
        assert found.author.created_at == datetime(2026, 2, 1, tzinfo=UTC)

    def test_raw_bytes_are_the_received_ones(self, fake: FakePlatform, connector: Connector) -> None:
        uris = [fake.add_post(text) for text in ("ünïcode 🙃", 'quotes " and \\ and ]}', "")]
        raws = {item.raw for item in items(walk(connector))}
        assert raws == {fake.raw_of(uri) for uri in uris}

    def test_items_say_where_they_came_from(self, fake: FakePlatform, connector: Connector) -> None:
        fake.add_post("hello")
        item = items(walk(connector))[0]
        assert item.source.startswith(fake.url)
        assert item.method == "api"
        assert item.server_date is not None
        assert item.server_date.endswith("GMT")

    def test_the_same_page_twice_is_the_same(self, fake: FakePlatform, connector: Connector) -> None:
        for number in range(5):
            fake.add_post(f"message {number}")
        cursor = connector.fetch_mentions(None, None).cursor
        assert connector.fetch_mentions(cursor, None) == connector.fetch_mentions(cursor, None)

    def test_deleted_posts_leave_a_walk_whole(self, fake: FakePlatform, connector: Connector) -> None:
        sent = [fake.add_post(f"message {number}") for number in range(9)]
        for uri in sent[3:6]:  # a whole page
            fake.delete_post(uri)
        found = {mention.remote_id for mention in mentions(walk(connector))}
        assert found == {*sent[:3], *sent[6:]}

    def test_since_ends_the_walk_after_a_page_of_older_posts(
        self, fake: FakePlatform, connector: Connector
    ) -> None:
        for number in range(12):
            fake.add_post(f"message {number}")
        newest = mentions(walk(connector))[0].created_at
        assert newest is not None
        pages = walk(connector, since=newest)
        assert pages[0].items[0].mention is not None
        assert len(pages) == 2
        assert pages[-1].reached_known

    def test_broken_items_come_back_raw_with_a_problem(
        self, fake: FakePlatform, connector: Connector
    ) -> None:
        good = fake.add_post("fine")
        broken = [b"null", b"[1, 2]", b'{"uri": 7}', b'"text"', b'{"reason": "reply", "record": {"text": 5}}']
        for raw in broken:
            fake.add_broken(raw)
        got = items(walk(connector))
        assert {item.raw for item in got if item.mention is None} == set(broken)
        assert all(item.problem for item in got if item.mention is None)
        assert [item.remote_id for item in mentions(walk(connector))] == [good]

    def test_lone_surrogates_and_nul_stay_visible(self, fake: FakePlatform, connector: Connector) -> None:
        fake.add_post("a\ud83db\x00c", author={"displayName": "x\udc00"})
        (found,) = mentions(walk(connector))
        assert found.text == "a\\ud83db␀c"
        assert found.author.display_name == "x\\udc00"
        found.text.encode()

    # -- a misbehaving service

    @pytest.mark.parametrize("fault", [Fault.GARBAGE, Fault.DEEP])
    def test_unreadable_answers(self, fake: FakePlatform, connector: Connector, fault: Fault) -> None:
        fake.fail_next(fault)
        with pytest.raises(PlatformGarbled):
            connector.fetch_mentions(None, None)

    @pytest.mark.parametrize("fault", [Fault.HUGE, Fault.BOMB])
    def test_bodies_beyond_the_bound(self, fake: FakePlatform, connector: Connector, fault: Fault) -> None:
        fake.fail_next(fault, 5_000_000)
        with pytest.raises(PlatformGarbled) as caught:
            connector.fetch_mentions(None, None)
        assert caught.value.params["what"] == "too-large"

    @pytest.mark.parametrize("body", _WRONG_SHAPES)
    def test_wrong_shapes(self, fake: FakePlatform, connector: Connector, body: bytes) -> None:
        fake.fail_next(Fault.BODY, body)
        with pytest.raises(PlatformGarbled):
            connector.fetch_mentions(None, None)

    def test_silence_is_given_up(self, fake: FakePlatform, connector: Connector) -> None:
        fake.fail_next(Fault.SLOW, 0.6, times=3)
        with pytest.raises(Offline):
            connector.fetch_mentions(None, None)

    def test_an_endless_trickle_is_given_up(self, fake: FakePlatform, connector: Connector) -> None:
        fake.fail_next(Fault.DRIP, times=3)
        with pytest.raises(Offline):
            connector.fetch_mentions(None, None)

    def test_one_dropped_connection_is_bridged(
        self, fake: FakePlatform, connector: Connector, waits: list[float]
    ) -> None:
        fake.add_post("hello")
        fake.fail_next(Fault.DROP_BEFORE)
        assert len(mentions(walk(connector))) == 1
        assert waits

    def test_short_waits_are_waited_out(
        self, fake: FakePlatform, connector: Connector, waits: list[float]
    ) -> None:
        fake.add_post("hello")
        fake.fail_next(Fault.RATE_LIMIT, 2)
        assert len(mentions(walk(connector))) == 1
        assert waits == [2.0]

    @pytest.mark.parametrize("fault", [Fault.RATE_LIMIT, Fault.RATE_LIMIT_RESET])
    def test_long_waits_are_told(
        self, fake: FakePlatform, connector: Connector, waits: list[float], fault: Fault
    ) -> None:
        fake.fail_next(fault, 120)
        with pytest.raises(WaitNeeded) as caught:
            connector.fetch_mentions(None, None)
        assert 115 <= int(caught.value.params["seconds"]) <= 121
        assert waits == []

    def test_an_outage_asks_for_patience(self, fake: FakePlatform, connector: Connector) -> None:
        fake.fail_next(Fault.SERVER_ERROR, 503)
        with pytest.raises(WaitNeeded):
            connector.fetch_mentions(None, None)

    def test_a_failing_server_is_a_refusal(self, fake: FakePlatform, connector: Connector) -> None:
        fake.fail_next(Fault.SERVER_ERROR, 500)
        with pytest.raises(PlatformRefused) as caught:
            connector.fetch_mentions(None, None)
        assert caught.value.params["status"] == 500

    def test_redirects_are_not_followed(self, fake: FakePlatform, connector: Connector) -> None:
        fake.fail_next(Fault.REDIRECT, fake.url + "/elsewhere")
        with pytest.raises(PlatformRefused):
            connector.fetch_mentions(None, None)
        assert fake.sent("elsewhere") == 0

    # -- acting

    def target(self, fake: FakePlatform, sender: str = "mallory") -> RemoteTarget:
        return RemoteTarget(RemoteId(fake.sender_id(sender)))

    def test_mute_and_undo(self, fake: FakePlatform, connector: Connector) -> None:
        receipt = connector.act(ActionKind.MUTE, self.target(fake))
        assert not receipt.already
        assert fake.is_muted("mallory")
        assert connector.act(ActionKind.MUTE, self.target(fake)).already
        connector.undo(ActionKind.MUTE, self.target(fake), receipt.ref)
        assert not fake.is_muted("mallory")

    def test_block_and_undo(self, fake: FakePlatform, connector: Connector) -> None:
        receipt = connector.act(ActionKind.BLOCK, self.target(fake))
        assert not receipt.already
        assert fake.is_blocked("mallory")
        assert connector.act(ActionKind.BLOCK, self.target(fake)).already
        connector.act(ActionKind.BLOCK, self.target(fake, "other"))
        connector.undo(ActionKind.BLOCK, self.target(fake), receipt.ref)
        assert not fake.is_blocked("mallory")
        assert fake.is_blocked("other")

    def test_undo_twice_is_harmless(self, fake: FakePlatform, connector: Connector) -> None:
        receipt = connector.act(ActionKind.BLOCK, self.target(fake))
        for _ in range(2):
            connector.undo(ActionKind.BLOCK, self.target(fake), receipt.ref)
        assert not fake.is_blocked("mallory")

    @pytest.mark.parametrize("ref", [None, "", "at://did:plc:other/app.bsky.graph.block/3k"])
    def test_undo_touches_nothing_without_its_receipt(
        self, fake: FakePlatform, connector: Connector, ref: str | None
    ) -> None:
        connector.act(ActionKind.BLOCK, self.target(fake))
        with pytest.raises(UnsupportedHere):
            connector.undo(ActionKind.BLOCK, self.target(fake), ref)
        assert fake.is_blocked("mallory")

    def test_report_of_a_post_and_of_a_person(self, fake: FakePlatform, connector: Connector) -> None:
        uri = fake.add_post("vile words")
        (post,) = mentions(walk(connector))
        target = RemoteTarget(post.author.remote_id, post.remote_id, post.version, "repeated insults")
        assert connector.act(ActionKind.REPORT, target).ref
        assert connector.act(ActionKind.REPORT, self.target(fake)).ref
        on_post, on_person = fake.reports
        assert uri in str(on_post["subject"])
        assert fake.version_of(uri) in str(on_post["subject"])
        assert fake.sender_id("mallory") in str(on_person["subject"])
        assert on_post["reason"] == "repeated insults"

    def test_reports_cannot_be_undone(self, fake: FakePlatform, connector: Connector) -> None:
        with pytest.raises(UnsupportedHere):
            connector.undo(ActionKind.REPORT, self.target(fake), "1")

    @pytest.mark.parametrize("fault", [Fault.DROP_BEFORE, Fault.GARBAGE, Fault.SLOW])
    def test_a_report_without_an_answer_is_unknown_and_not_repeated(
        self, fake: FakePlatform, connector: Connector, fault: Fault
    ) -> None:
        fake.fail_next(fault, 0.6, on="createReport")
        with pytest.raises(OutcomeUnknown):
            connector.act(ActionKind.REPORT, self.target(fake))
        assert fake.sent("createReport") == 1

    def test_a_report_that_failed_midway_is_unknown(self, fake: FakePlatform, connector: Connector) -> None:
        fake.fail_next(Fault.SERVER_ERROR, 502, on="createReport")
        with pytest.raises(OutcomeUnknown):
            connector.act(ActionKind.REPORT, self.target(fake))

    def test_a_report_held_back_by_the_rate_limit_is_sent_later(
        self, fake: FakePlatform, connector: Connector
    ) -> None:
        fake.fail_next(Fault.RATE_LIMIT, 1, on="createReport")
        assert connector.act(ActionKind.REPORT, self.target(fake)).ref
        assert len(fake.reports) == 1

    # -- discretion

    def test_no_secret_and_no_content_in_errors_or_logs(
        self,
        fake: FakePlatform,
        connector: Connector,
        account: Account,
        secrets: MemorySecrets,
        caplog: pytest.LogCaptureFixture,
    ) -> None:
        caplog.set_level(0)
        fake.add_post("MARKER-CONTENT")
        fake.add_broken(b'{"reason": "MARKER-CONTENT"}')
        errors: list[AppError] = []
        for fault, times in _EVERY_WAY:
            fake.fail_next(fault, 500, times=times)
            with pytest.raises(AppError) as caught:
                connector.fetch_mentions(None, None)
            errors.append(caught.value)
        problems = [item.problem for item in items(walk(connector))]
        told = repr([str(error) for error in errors]) + repr(problems) + caplog.text
        kept = secrets.get(account.secret_name) or ""
        for marker in ("MARKER-CONTENT", fake.password, *kept.split('"')[3::4]):
            assert marker not in told

    def test_only_our_name_is_told(self, fake: FakePlatform, connector: Connector) -> None:
        connector.fetch_mentions(None, None)
        for request in fake.seen:
            assert request.headers["user-agent"].startswith("Breakwater/")
            assert " " not in request.headers["user-agent"]
            assert "cookie" not in request.headers
            assert "referer" not in request.headers
