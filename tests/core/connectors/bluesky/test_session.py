"""What is stored of a sign-in, and what a refusal tells."""

import json
import threading
from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from connector_contract import TEST_LIMITS
from fake_platform import FakeBluesky, Fault
from memory_secrets import MemorySecrets

from core.connectors.bluesky.session import (
    PLATFORM,
    Secret,
    Session,
    create_session,
    error_name,
    refresh_session,
    refusal,
    xrpc,
)
from core.connectors.http import Answer, Request, ServiceClient
from core.domain.account import Account, AccountState
from core.domain.ids import AccountId, RemoteId
from core.errors import PlatformGarbled, PlatformRefused

LIST = Request("GET", xrpc("app.bsky.notification.listNotifications"), (("limit", "3"),))


@pytest.fixture
def http(fake: FakeBluesky) -> Iterator[ServiceClient]:
    client = ServiceClient(fake.url, PLATFORM, limits=TEST_LIMITS, sleep=lambda _: None)
    yield client
    client.close()


@pytest.fixture
def account(fake: FakeBluesky) -> Account:
    when = datetime(2026, 1, 1, tzinfo=UTC)
    own = RemoteId(fake.own_id)
    return Account(AccountId(1), PLATFORM, "casey.test", own, fake.url, AccountState.ACTIVE, when, None)


def test_secret_round_trip() -> None:
    secret = Secret("pass word", "a", "r")
    assert Secret.load(secret.dump()) == secret
    assert json.loads(secret.dump()) == {"password": "pass word", "access": "a", "refresh": "r"}
    assert "pass word" not in repr(secret)


@pytest.mark.parametrize("stored", [None, "", "nonsense", "5", '"text"', "[]", '{"password": "x"}'])
def test_unreadable_secrets(stored: str | None) -> None:
    assert Secret.load(stored) is None


def test_sessions_come_and_go(fake: FakeBluesky, http: ServiceClient) -> None:
    made = create_session(http, fake.handle, fake.password)
    assert made is not None
    assert made.did == fake.own_id
    assert made.access not in repr(made)
    renewed = refresh_session(http, made.refresh)
    assert renewed is not None
    assert renewed.access != made.access
    assert refresh_session(http, made.refresh) is None
    assert create_session(http, fake.handle, "wrong") is None


def test_a_password_alone_is_enough_to_start(
    fake: FakeBluesky, http: ServiceClient, account: Account
) -> None:
    secrets = MemorySecrets()
    secrets.set(account.secret_name, Secret(fake.password).dump())
    session = Session(http, account, secrets)
    assert session.call(LIST).status == 200
    kept = Secret.load(secrets.get(account.secret_name))
    assert kept is not None
    assert kept.password == fake.password
    assert kept.access
    assert kept.refresh


def test_threads_renew_once(fake: FakeBluesky, http: ServiceClient, account: Account) -> None:
    secrets = MemorySecrets()
    secrets.set(account.secret_name, Secret(fake.password).dump())
    session = Session(http, account, secrets)
    session.call(LIST)
    fake.expire_access()
    threads = [threading.Thread(target=session.call, args=(LIST,)) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert fake.sent("refreshSession") == 1


def test_an_answer_that_is_no_object(fake: FakeBluesky, http: ServiceClient, account: Account) -> None:
    secrets = MemorySecrets()
    secrets.set(account.secret_name, Secret(fake.password).dump())
    fake.fail_next(Fault.BODY, b"[]", on="listNotifications")
    with pytest.raises(PlatformGarbled):
        Session(http, account, secrets).fields(LIST)


@pytest.mark.parametrize(
    ("body", "name"),
    [
        (b'{"error": "ExpiredToken", "message": "words"}', "ExpiredToken"),
        (b'{"error": "you are a <b>' + b"x" * 100 + b'"}', ""),
        (b'{"error": 5}', ""),
        (b"[]", ""),
        (b"<html>", ""),
        (b"", ""),
        (b"[" * 100_000, ""),
    ],
)
def test_error_names_are_bare_words(body: bytes, name: str) -> None:
    answer = Answer(400, {}, body)
    assert error_name(answer) == name
    refused = refusal(answer)
    assert isinstance(refused, PlatformRefused)
    assert refused.params == {"platform": "bluesky", "status": 400, "reason": name or "unnamed"}
