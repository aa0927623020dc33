"""The Bluesky connector against the contract, and what is special about Bluesky."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from connector_contract import TEST_LIMITS, ConnectorContract, items, mentions, walk
from fake_platform import FIRST, FakeBluesky, Fault
from memory_secrets import MemorySecrets

from core.connectors.bluesky.connector import BlueskyPlatform
from core.domain.account import Account
from core.domain.classification import Category
from core.domain.ids import RemoteId
from core.domain.mention import MentionKind
from core.domain.response import ActionKind
from core.errors import (
    BadInput,
    OutcomeUnknown,
    PlatformGarbled,
    PlatformRefused,
    SignInNeeded,
    SignInRefused,
)
from core.ports import Connector, Platform, RemoteTarget

_RECORDS = b"""{"records": [null, {"uri": 5, "value": {"subject": "did:plc:mallory"}},
{"uri": "at://did:plc:casey/app.bsky.graph.block/3kother", "value": {"subject": "did:plc:other"}},
{"uri": "at://did:plc:casey/app.bsky.graph.block/3kright", "value": {"subject": "did:plc:mallory"}}]}"""
NOW = datetime(2026, 3, 14, 9, 26, 53, tzinfo=UTC)


class TestBluesky(ConnectorContract):
    """Every contract test, and more."""

    @pytest.fixture
    def platform(self, waits: list[float]) -> Platform:
        return BlueskyPlatform(limits=TEST_LIMITS, page_size=3, sleep=waits.append, now=lambda: NOW)

    # -- signing in

    @pytest.mark.parametrize(
        "typed", ["casey.test", " @Casey.test ", "\u202a@casey.test\u202c", "did:plc:casey"]
    )
    def test_handles_as_people_type_them(self, fake: FakeBluesky, platform: Platform, typed: str) -> None:
        assert platform.sign_in(typed, fake.password + "\n", fake.url).remote_id == fake.own_id

    @pytest.mark.parametrize(("handle", "secret"), [("", "x"), (" @ ", "x"), ("casey.test", "")])
    def test_nothing_is_sent_without_handle_and_password(
        self, fake: FakeBluesky, platform: Platform, handle: str, secret: str
    ) -> None:
        with pytest.raises(SignInRefused):
            platform.sign_in(handle, secret, fake.url)
        assert fake.seen == []

    def test_plain_http_is_refused(self, platform: Platform, account: Account) -> None:
        with pytest.raises(BadInput):
            platform.sign_in("casey.test", "x", "http://bsky.example")
        with pytest.raises(BadInput):
            platform.open(replace(account, service_url="http://bsky.example"), MemorySecrets())

    @pytest.mark.parametrize(
        "body",
        [b"[]", b"{}", b'{"did": "did:plc:casey", "handle": "h", "accessJwt": "a\\nb", "refreshJwt": "r"}',
         b'{"did": "casey", "handle": "h", "accessJwt": "a", "refreshJwt": "r"}'],
    )  # fmt: skip
    def test_a_session_without_its_parts(self, fake: FakeBluesky, platform: Platform, body: bytes) -> None:
        fake.fail_next(Fault.BODY, body)
        with pytest.raises(PlatformGarbled):
            platform.sign_in(fake.handle, fake.password, fake.url)

    def test_not_a_bluesky_server(self, fake: FakeBluesky, platform: Platform) -> None:
        fake.fail_next(Fault.SERVER_ERROR, 404)
        with pytest.raises(PlatformRefused):
            platform.sign_in(fake.handle, fake.password, fake.url)

    def test_the_password_is_the_last_resort(self, fake: FakeBluesky, connector: Connector) -> None:
        fake.expire_access()
        connector.fetch_mentions(None, None)
        assert (fake.sent("refreshSession"), fake.sent("createSession")) == (1, 1)
        fake.expire_access()
        fake.expire_refresh()
        connector.fetch_mentions(None, None)
        assert (fake.sent("refreshSession"), fake.sent("createSession")) == (2, 2)
        assert fake.seen[-2].body["identifier"] == fake.own_id

    def test_a_password_that_opens_another_account_is_not_ours(
        self, fake: FakeBluesky, connector: Connector, account: Account, secrets: MemorySecrets
    ) -> None:
        fake.expire_access()
        fake.own_id, kept = "did:plc:other", secrets.get(account.secret_name)
        with pytest.raises(SignInNeeded):
            connector.fetch_mentions(None, None)
        assert secrets.get(account.secret_name) == kept

    def test_an_access_token_never_accepted_ends_in_a_question(
        self, fake: FakeBluesky, connector: Connector
    ) -> None:
        fake.fail_next(Fault.SERVER_ERROR, 401, on="listNotifications", times=2)
        with pytest.raises(SignInNeeded):
            connector.fetch_mentions(None, None)

    def test_two_connectors_share_a_renewal(
        self, fake: FakeBluesky, platform: Platform, account: Account, secrets: MemorySecrets
    ) -> None:
        first, second = platform.open(account, secrets), platform.open(account, secrets)
        fake.expire_access()
        first.fetch_mentions(None, None)
        second.fetch_mentions(None, None)
        assert fake.sent("refreshSession") == 1
        first.close()
        second.close()

    def test_a_write_with_a_stale_token_is_sent_again(self, fake: FakeBluesky, connector: Connector) -> None:
        fake.expire_access()
        assert connector.act(ActionKind.REPORT, self.target(fake)).ref == "1"
        assert len(fake.reports) == 1

    # -- reading

    def test_all_mentions_are_asked_for(self, fake: FakeBluesky, connector: Connector) -> None:
        connector.fetch_mentions(None, None)
        query = fake.seen[-1].query
        assert query["reasons"] == ["reply", "mention", "quote"]
        assert query["priority"] == ["false"]

    def test_likes_and_follows_are_left_out(self, fake: FakeBluesky, connector: Connector) -> None:
        fake.add_post("", reason="like")
        for reason in ("reply", "mention", "quote"):
            fake.add_post(reason, reason=reason)
        kinds = {mention.kind for mention in mentions(walk(connector))}
        assert kinds == {MentionKind.REPLY, MentionKind.MENTION, MentionKind.QUOTE}

    def test_posts_dated_to_one_millisecond_are_not_lost_between_pages(
        self, fake: FakeBluesky, connector: Connector
    ) -> None:
        at = FIRST + timedelta(hours=1)
        fake.add_post("before", at=at - timedelta(seconds=1))
        # Two on the first page, the third of the same millisecond behind its end.
        fake.add_post("after", at=at + timedelta(seconds=1))
        same = [fake.add_post(f"same {number}", at=at) for number in range(3)]
        found = [mention.remote_id for mention in mentions(walk(connector))]
        assert {*same} <= {*found}
        assert len(found) == 5

    def test_a_page_full_of_one_millisecond_does_not_stop_the_walk(
        self, fake: FakeBluesky, connector: Connector
    ) -> None:
        at = FIRST + timedelta(hours=1)
        oldest = fake.add_post("before", at=at - timedelta(seconds=1))
        for number in range(7):
            fake.add_post(f"same {number}", at=at)
        assert oldest in {mention.remote_id for mention in mentions(walk(connector))}

    def test_posts_dated_back_need_a_walk_without_since(
        self, fake: FakeBluesky, connector: Connector
    ) -> None:
        for number in range(9):
            fake.add_post(f"message {number}")
        since = FIRST + timedelta(minutes=9)
        hidden = fake.add_post("slipped under", at=FIRST - timedelta(days=30))
        assert hidden not in {mention.remote_id for mention in mentions(walk(connector, since))}
        assert hidden in {mention.remote_id for mention in mentions(walk(connector))}

    def test_a_cursor_that_stands_still_is_refused(self, fake: FakeBluesky, connector: Connector) -> None:
        fake.fail_next(Fault.BODY, b'{"notifications": [], "cursor": "same"}')
        with pytest.raises(PlatformGarbled):
            connector.fetch_mentions("same", None)

    def test_compressed_answers(self, fake: FakeBluesky, connector: Connector) -> None:
        uri = fake.add_post("hello " * 100)
        fake.compress = True
        assert [item.raw for item in items(walk(connector))] == [fake.raw_of(uri)]

    def test_followed_people_are_known(self, fake: FakeBluesky, connector: Connector) -> None:
        fake.following.add(fake.sender_id("friend"))
        fake.add_post("well done", sender="friend")
        fake.add_post("boo", sender="mallory")
        assert [mention.author.followed for mention in mentions(walk(connector))] == [False, True]

    # -- acting

    def test_a_block_that_arrived_without_an_answer_is_found(
        self, fake: FakeBluesky, connector: Connector
    ) -> None:
        fake.fail_next(Fault.DROP_AFTER, on="createRecord")
        receipt = connector.act(ActionKind.BLOCK, self.target(fake))
        assert not receipt.already
        assert fake.sent("createRecord") == 1
        connector.undo(ActionKind.BLOCK, self.target(fake), receipt.ref)
        assert not fake.is_blocked("mallory")

    def test_a_block_that_did_not_arrive_is_unknown(self, fake: FakeBluesky, connector: Connector) -> None:
        fake.fail_next(Fault.DROP_BEFORE, on="createRecord")
        with pytest.raises(OutcomeUnknown):
            connector.act(ActionKind.BLOCK, self.target(fake))
        assert fake.sent("createRecord") == 1

    def test_an_older_block_is_found_among_others(self, fake: FakeBluesky, connector: Connector) -> None:
        fake.fail_next(Fault.DROP_AFTER, on="createRecord")
        fake.fail_next(Fault.BODY, _RECORDS, on="listRecords")
        receipt = connector.act(ActionKind.BLOCK, self.target(fake))
        assert receipt.ref == "at://did:plc:casey/app.bsky.graph.block/3kright"

    def test_a_block_is_unknown_when_the_network_stays_away(
        self, fake: FakeBluesky, connector: Connector
    ) -> None:
        fake.fail_next(Fault.DROP_AFTER, on="createRecord")
        fake.fail_next(Fault.DROP_BEFORE, on="listRecords", times=3)
        with pytest.raises(OutcomeUnknown):
            connector.act(ActionKind.BLOCK, self.target(fake))

    def test_an_answer_without_the_record_is_unknown(self, fake: FakeBluesky, connector: Connector) -> None:
        fake.fail_next(Fault.BODY, b"{}", on="createRecord")
        with pytest.raises(OutcomeUnknown):
            connector.act(ActionKind.BLOCK, self.target(fake))

    def test_a_mute_is_repeated_until_answered(self, fake: FakeBluesky, connector: Connector) -> None:
        fake.fail_next(Fault.DROP_AFTER, on="muteActor")
        assert not connector.act(ActionKind.MUTE, self.target(fake)).already
        assert fake.is_muted("mallory")

    def test_a_block_through_a_list_is_not_ours(self, fake: FakeBluesky, connector: Connector) -> None:
        did = fake.sender_id("mallory")
        fake.list_blocks[did] = f"at://{fake.own_id}/app.bsky.graph.listblock/3k"
        receipt = connector.act(ActionKind.BLOCK, self.target(fake))
        assert not receipt.already
        assert fake.is_blocked("mallory")

    def test_the_block_record(self, fake: FakeBluesky, connector: Connector) -> None:
        connector.act(ActionKind.BLOCK, self.target(fake))
        sent = next(request for request in fake.seen if "createRecord" in request.path)
        assert sent.body == {
            "repo": fake.own_id,
            "collection": "app.bsky.graph.block",
            "record": {
                "$type": "app.bsky.graph.block",
                "subject": "did:plc:mallory",
                "createdAt": "2026-03-14T09:26:53.000Z",
            },
        }

    def test_a_report_without_a_version_asks_for_it(self, fake: FakeBluesky, connector: Connector) -> None:
        uri = RemoteId(fake.add_post("vile"))
        connector.act(ActionKind.REPORT, RemoteTarget(RemoteId("did:plc:mallory"), uri))
        assert fake.reports[0]["subject"] == {
            "$type": "com.atproto.repo.strongRef",
            "uri": uri,
            "cid": fake.version_of(uri),
        }
        fake.delete_post(uri)
        with pytest.raises(PlatformRefused):
            connector.act(ActionKind.REPORT, RemoteTarget(RemoteId("did:plc:mallory"), uri))

    def test_a_deleted_post_whose_version_is_known_is_reported(
        self, fake: FakeBluesky, connector: Connector
    ) -> None:
        uri = RemoteId(fake.add_post("vile"))
        version = fake.version_of(uri)
        fake.delete_post(uri)
        connector.act(
            ActionKind.REPORT, RemoteTarget(RemoteId("did:plc:mallory"), uri, version, "he", Category.THREAT)
        )
        assert fake.reports[0]["subject"]["cid"] == version
        assert fake.reports[0]["reasonType"] == "tools.ozone.report.defs#reasonViolenceThreats"

    @pytest.mark.parametrize(
        ("category", "name"),
        [
            (Category.THREAT, "reasonViolenceThreats"),
            (Category.DOXXING, "reasonHarassmentDoxxing"),
            (Category.PILE_ON, "reasonHarassmentTargeted"),
            (Category.SLUR, "reasonHarassmentHateSpeech"),
            (Category.INSULT, "reasonHarassmentOther"),
            (None, "reasonHarassmentOther"),
        ],
    )
    def test_the_category_picks_the_reason(
        self, fake: FakeBluesky, connector: Connector, category: Category | None, name: str
    ) -> None:
        uri = RemoteId(fake.add_post("vile"))
        target = RemoteTarget(RemoteId("did:plc:mallory"), uri, fake.version_of(uri), "why", category)
        connector.act(ActionKind.REPORT, target)
        assert fake.reports[0]["reasonType"] == f"tools.ozone.report.defs#{name}"
        assert fake.reports[0]["reason"] == "why"

    def test_services_that_know_the_old_reasons_only(self, fake: FakeBluesky, connector: Connector) -> None:
        fake.refused_reasons.add("tools.ozone.report.defs#reasonHarassmentOther")
        connector.act(ActionKind.REPORT, self.target(fake))
        assert fake.reports[0]["reasonType"] == "com.atproto.moderation.defs#reasonRude"

    def test_other_refusals_of_a_report_stand(self, fake: FakeBluesky, connector: Connector) -> None:
        fake.fail_next(Fault.SERVER_ERROR, 403, on="createReport")
        with pytest.raises(PlatformRefused) as caught:
            connector.act(ActionKind.REPORT, self.target(fake))
        assert caught.value.params["status"] == 403
        assert fake.sent("createReport") == 1

    def test_a_report_without_a_number_is_unknown(self, fake: FakeBluesky, connector: Connector) -> None:
        fake.fail_next(Fault.BODY, b"{}", on="createReport")
        with pytest.raises(OutcomeUnknown):
            connector.act(ActionKind.REPORT, self.target(fake))

    def test_a_long_or_odd_comment_fits(self, fake: FakeBluesky, connector: Connector) -> None:
        target = RemoteTarget(RemoteId("did:plc:mallory"), reason="a\ud83d" + "x" * 5000)
        connector.act(ActionKind.REPORT, target)
        assert fake.reports[0]["reason"].startswith("a\\ud83d")
        assert len(fake.reports[0]["reason"]) == 2000


def test_info_offers_what_the_platform_can_do() -> None:
    info = BlueskyPlatform().info
    assert info.actions == {ActionKind.MUTE, ActionKind.BLOCK, ActionKind.REPORT}
    assert info.public_actions == {ActionKind.BLOCK}
    # 1,666 new records an hour, with room for what the person does by hand.
    assert info.actions_per_minute * 60 < 1_666 * 0.8
