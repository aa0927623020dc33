"""The one HTTP client: where it goes, what it says, when it gives up."""

import datetime as dt
import gzip
import logging
import socket
import ssl
import threading
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from connector_contract import TEST_LIMITS
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from fake_platform import FakeBluesky, Fault

from core.connectors.http import (
    Effect,
    Request,
    ServiceClient,
    is_loopback,
    service_origin,
    user_agent,
)
from core.domain.ids import PlatformName
from core.errors import BadInput, Offline, OutcomeUnknown, PlatformGarbled, UnsupportedHere, WaitNeeded

PLATFORM = PlatformName("test")
READ = Request("GET", "/xrpc/read")
ONCE = Request("POST", "/xrpc/once", body={"a": 1}, effect=Effect.ONCE)


@pytest.fixture
def waits() -> list[float]:
    return []


@pytest.fixture
def client(fake: FakeBluesky, waits: list[float]) -> Iterator[ServiceClient]:
    opened = ServiceClient(fake.url, PLATFORM, limits=TEST_LIMITS, sleep=waits.append)
    yield opened
    opened.close()


@pytest.mark.parametrize(
    ("typed", "origin"),
    [
        ("bsky.social", "https://bsky.social"),
        (" https://bsky.social/ ", "https://bsky.social"),
        ("HTTPS://PDS.Example:8443", "https://pds.example:8443"),
        ("https://bücher.example", "https://xn--bcher-kva.example"),
        ("http://127.0.0.1:2583", "http://127.0.0.1:2583"),
        ("http://localhost:2583/", "http://localhost:2583"),
        ("http://[::1]:2583", "http://[::1]:2583"),
    ],
)
def test_addresses_as_people_type_them(typed: str, origin: str) -> None:
    assert service_origin(typed) == origin


@pytest.mark.parametrize(
    "typed",
    ["", "http://bsky.social", "ftp://bsky.social", "https://", "https://u:p@bsky.social", "https://a.example/path",
     "https://a.example/?q", "https://a.example/#f", "http://127.0.0.1.evil.example", "http://localhost.example",
     "http://0.0.0.0", "http://[::1", "https://a b", "file:///etc/passwd", "javascript:alert(1)", "http://192.168.1.1"],
)  # fmt: skip
def test_addresses_that_are_refused(typed: str) -> None:
    with pytest.raises(BadInput):
        service_origin(typed)


def test_loopback() -> None:
    assert all(map(is_loopback, ("127.0.0.1", "127.9.9.9", "::1", "[::1]", "localhost")))
    assert not any(map(is_loopback, ("10.0.0.1", "::", "0.0.0.0", "localhost.example", "")))  # noqa: S104 - not bound


def test_what_is_said_about_us(fake: FakeBluesky, client: ServiceClient) -> None:
    client.send(Request("GET", "/xrpc/read", (("a", "1"), ("a", "x&y=ü")), bearer="tok"))
    seen = fake.seen[0]
    assert seen.query == {"a": ["1", "x&y=ü"]}
    assert seen.headers == {
        "host": fake.url.removeprefix("http://"),
        "user-agent": user_agent(),
        "accept": "application/json",
        "accept-encoding": "gzip",
        "authorization": "Bearer tok",
        "connection": "keep-alive",
    }


def test_cookies_are_not_kept(fake: FakeBluesky, client: ServiceClient) -> None:
    fake.fail_next(Fault.RATE_LIMIT, "1\r\nSet-Cookie: track=1")
    client.send(READ)
    assert len(fake.seen) == 2
    assert "cookie" not in fake.seen[1].headers


def test_a_path_cannot_lead_elsewhere(fake: FakeBluesky, client: ServiceClient) -> None:
    client.send(Request("GET", "//evil.example/xrpc/read"))
    client.send(Request("GET", "/@evil.example:80/"))
    assert len(fake.seen) == 2


@pytest.mark.parametrize("target", ["http://localhost:1/", "https://evil.example/", "/elsewhere"])
def test_redirects_are_answers(fake: FakeBluesky, client: ServiceClient, target: str) -> None:
    fake.fail_next(Fault.REDIRECT, target)
    assert client.send(READ).status == 302
    assert len(fake.seen) == 1


def test_loopback_never_goes_through_a_proxy(fake: FakeBluesky, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:9")
    monkeypatch.setenv("ALL_PROXY", "http://127.0.0.1:9")
    client = ServiceClient(fake.url, PLATFORM, limits=TEST_LIMITS)
    client.send(READ)
    client.close()
    assert len(fake.seen) == 1


def test_other_hosts_go_through_the_proxy_of_the_environment(
    fake: FakeBluesky, monkeypatch: pytest.MonkeyPatch, waits: list[float]
) -> None:
    monkeypatch.setenv("HTTPS_PROXY", fake.url)
    client = ServiceClient("https://pds.example", PLATFORM, limits=TEST_LIMITS, sleep=waits.append)
    with pytest.raises(Offline):  # the fake is no proxy, and says so
        client.send(READ)
    client.close()


def test_a_proxy_we_cannot_use_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HTTPS_PROXY", "nonsense://127.0.0.1:9")
    with pytest.raises(UnsupportedHere):
        ServiceClient("https://pds.example", PLATFORM)


def test_a_certificate_nobody_vouches_for_is_no_connection(tls_port: int, waits: list[float]) -> None:
    client = ServiceClient(f"https://127.0.0.1:{tls_port}", PLATFORM, limits=TEST_LIMITS, sleep=waits.append)
    with pytest.raises(Offline):
        client.send(ONCE)
    client.close()
    assert len(waits) == TEST_LIMITS.retries


@pytest.fixture
def tls_port(tmp_path: Path) -> Iterator[int]:
    """A TLS server with a certificate of its own making."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "localhost")])
    now = dt.datetime.now(dt.UTC)
    builder = x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key())
    builder = builder.serial_number(1).not_valid_before(now).not_valid_after(now + dt.timedelta(days=1))
    pem = builder.sign(key, hashes.SHA256()).public_bytes(serialization.Encoding.PEM)
    pem += key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    (tmp_path / "both.pem").write_bytes(pem)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(tmp_path / "both.pem")
    listener = socket.create_server(("127.0.0.1", 0))

    def serve() -> None:
        while True:
            try:
                connection, _ = listener.accept()
            except OSError:
                return
            try:
                context.wrap_socket(connection, server_side=True).close()
            except OSError:
                connection.close()

    thread = threading.Thread(target=serve)
    thread.start()
    yield listener.getsockname()[1]
    listener.shutdown(socket.SHUT_RDWR)
    listener.close()
    thread.join()


@pytest.mark.parametrize("effect", [Effect.READ, Effect.REPEATABLE])
def test_what_may_be_repeated_is(
    fake: FakeBluesky, client: ServiceClient, waits: list[float], effect: Effect
) -> None:
    fake.fail_next(Fault.DROP_AFTER, times=2)
    client.send(Request("POST", "/xrpc/write", effect=effect))
    assert len(fake.seen) == 3
    assert waits == [0.01, 0.02]


def test_what_must_not_be_repeated_is_not(
    fake: FakeBluesky, client: ServiceClient, waits: list[float]
) -> None:
    for fault, value in (
        (Fault.DROP_AFTER, None),
        (Fault.SLOW, 0.5),
        (Fault.BOMB, 5_000_000),
        (Fault.SERVER_ERROR, 500),
        (Fault.SERVER_ERROR, 503),
    ):
        fake.seen.clear()
        fake.fail_next(fault, value)
        with pytest.raises(OutcomeUnknown):
            client.send(ONCE)
        assert len(fake.seen) == 1
    assert waits == []


def test_what_never_left_is_not_unknown(waits: list[float]) -> None:
    client = ServiceClient("http://127.0.0.1:9", PLATFORM, limits=TEST_LIMITS, sleep=waits.append)
    with pytest.raises(Offline) as caught:
        client.send(ONCE)
    client.close()
    assert caught.value.params == {"host": "127.0.0.1"}
    assert caught.value.__cause__ is not None


def test_waits_add_up_to_a_refusal(fake: FakeBluesky, client: ServiceClient, waits: list[float]) -> None:
    fake.fail_next(Fault.RATE_LIMIT, 1, times=3)
    with pytest.raises(WaitNeeded):
        client.send(READ)
    assert waits == [1.0, 1.0]


@pytest.mark.parametrize(
    ("given", "low", "high"),
    [
        ("0", 1, 1),
        ("7", 7, 7),
        ("Thu, 01 Jan 2099 00:00:00 GMT", 10**8, 10**10),
        ("soon", 60, 60),
        ("-5", 60, 60),
        ("٣", 60, 60),
    ],
)
def test_how_long_to_wait(fake: FakeBluesky, given: str, low: int, high: int) -> None:
    no_patience = ServiceClient(fake.url, PLATFORM, limits=replace(TEST_LIMITS, short_wait=-1.0))
    fake.fail_next(Fault.RATE_LIMIT, given.encode().decode("latin-1"))
    with pytest.raises(WaitNeeded) as caught:
        no_patience.send(READ)
    no_patience.close()
    assert low <= int(caught.value.params["seconds"]) <= high


def test_json_of_an_answer(fake: FakeBluesky, client: ServiceClient) -> None:
    fake.fail_next(Fault.BODY, b'{"a": [1]}')
    assert client.json(READ, client.send(READ)) == {"a": [1]}
    fake.fail_next(Fault.BODY, b"nope", times=2)
    with pytest.raises(PlatformGarbled):
        client.json(READ, client.send(READ))
    with pytest.raises(OutcomeUnknown):
        client.json(ONCE, client.send(ONCE))


@pytest.mark.parametrize("cut", [5, -4])
def test_compression_that_breaks_off(fake: FakeBluesky, client: ServiceClient, cut: int) -> None:
    fake.fail_next(Fault.BODY, gzip.compress(b"x" * 1000)[:cut])
    fake.extra_headers["Content-Encoding"] = "gzip"
    with pytest.raises(PlatformGarbled):
        client.send(READ)


def test_compression_that_is_none(fake: FakeBluesky, client: ServiceClient) -> None:
    fake.fail_next(Fault.BODY, b"plain text")
    fake.extra_headers["Content-Encoding"] = "gzip"
    with pytest.raises(PlatformGarbled):
        client.send(READ)


def test_a_compression_not_asked_for(fake: FakeBluesky, client: ServiceClient) -> None:
    fake.extra_headers["Content-Encoding"] = "br"
    with pytest.raises(PlatformGarbled):
        client.send(READ)


def test_an_empty_compressed_answer(fake: FakeBluesky, client: ServiceClient) -> None:
    fake.fail_next(Fault.BODY, b"")
    fake.extra_headers["Content-Encoding"] = "gzip"
    assert client.send(READ).body == b""


def test_libraries_that_log_addresses_are_quiet(fake: FakeBluesky, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    client = ServiceClient(fake.url, PLATFORM, limits=TEST_LIMITS)
    client.send(Request("GET", "/xrpc/read", (("token", "s3cret"),), bearer="s3cret"))
    client.close()
    assert "s3cret" not in caplog.text
    assert logging.getLogger("httpx").level == logging.WARNING
    assert logging.getLogger("httpcore.http11").getEffectiveLevel() == logging.WARNING


def test_secrets_are_not_in_representations() -> None:
    shown = repr(Request("POST", "/x", body={"password": "s3cret"}, bearer="s3cret"))
    assert "s3cret" not in shown


def test_a_trickle_ends_at_the_deadline(fake: FakeBluesky, client: ServiceClient) -> None:
    fake.fail_next(Fault.DRIP)
    with pytest.raises(OutcomeUnknown):
        client.send(ONCE)
    assert not fake.drips_heard_out
