"""Fetching pictures: only from the listed servers, only at public addresses, bounded, unredirected."""

from collections.abc import Callable, Iterator

import httpx
import pytest
from fake_platform import FakeBluesky, Fault

from core.connectors.addresses import is_public
from core.connectors.bluesky.pictures import PictureServers
from core.connectors.pictures import PictureClient, PictureLimits
from core.domain.ids import PlatformName
from core.domain.mention import Attachment
from core.errors import AppError, Offline, PlatformGarbled, PlatformRefused, UnsupportedHere

PLATFORM = PlatformName("bluesky")
ORIGIN = "https://cdn.example"
PUBLIC = "93.184.216.34"

NEAR = [
    "127.0.0.1",
    "127.1.2.3",
    "0.0.0.0",  # noqa: S104 - an address to refuse
    "0.1.2.3",
    "10.0.0.1",
    "172.16.0.1",
    "172.31.255.255",
    "192.168.1.1",
    "169.254.169.254",
    "100.64.0.1",
    "100.127.255.254",
    "192.0.0.8",
    "192.0.0.170",
    "192.0.2.1",
    "192.88.99.1",
    "198.18.0.1",
    "198.19.255.255",
    "198.51.100.7",
    "203.0.113.9",
    "224.0.0.1",
    "239.255.255.250",
    "240.0.0.1",
    "255.255.255.255",
    "::",
    "::1",
    "::ffff:127.0.0.1",
    "::ffff:10.0.0.1",
    "::ffff:93.184.216.34",
    "::127.0.0.1",
    "64:ff9b::7f00:1",
    "64:ff9b::a00:1",
    "64:ff9b:1::1",
    "fe80::1",
    "fe80::1%eth0",
    "fec0::1",
    "fc00::1",
    "fd12:3456::1",
    "ff02::1",
    "2001::1",
    "2001:0:7f00:1::",
    "2001:10::1",
    "2001:db8::1",
    "2002:7f00:1::",
    "2002:a00:1::",
    "3fff::1",
    "100::1",
    "2606:4700::1%1",
    # Ways of writing addresses that a resolver may understand and that are none of ours.
    "2130706433",
    "0x7f000001",
    "0177.0.0.1",
    "127.1",
    "localhost",
    "",
    "::ffff:0:127.0.0.1",
]


@pytest.mark.parametrize("address", NEAR)
def test_addresses_near_us(address: str) -> None:
    assert not is_public(address)


@pytest.mark.parametrize("address", [PUBLIC, "1.1.1.1", "172.32.0.1", "2606:4700::1111", "2a00:1450::1"])
def test_public_addresses(address: str) -> None:
    assert is_public(address)


def client(answer: Callable[[httpx.Request], httpx.Response], *addresses: str) -> PictureClient:
    return PictureClient(
        PLATFORM, [ORIGIN], resolve=lambda *_: addresses, transport=httpx.MockTransport(answer)
    )


def never(request: httpx.Request) -> httpx.Response:
    raise AssertionError("nothing may be sent")


@pytest.mark.parametrize("address", NEAR[:-8])
def test_a_name_that_leads_near_us_is_refused(address: str) -> None:
    for found in ((address,), (PUBLIC, address)):
        with pytest.raises(PlatformGarbled) as caught:
            client(never, *found).fetch(f"{ORIGIN}/a.jpg")
        assert caught.value.params["what"] == "private-address"


@pytest.mark.parametrize(
    "url",
    [
        "http://cdn.example/a.jpg",
        "https://cdn.example:8443/a.jpg",
        "https://user@cdn.example/a.jpg",
        "https://cdn.example.evil.example/a.jpg",
        "https://evil.example/?https://cdn.example/",
        "file:///etc/passwd",
        "https://cdn.example@evil.example/",
        "//cdn.example/a",
        "https://127.0.0.1/a.jpg",
        "https://[::1]/a",
        "\x00",
        "https://CDN.example.:443/a.jpg",
        "https://xn--cn-ymb.example/a",
    ],
)
def test_other_servers_are_not_asked(url: str) -> None:
    with pytest.raises(UnsupportedHere):
        client(never, PUBLIC).fetch(url)


@pytest.mark.parametrize(("address", "host"), [(PUBLIC, PUBLIC), ("2606:4700::1111", "2606:4700::1111")])
def test_the_checked_address_is_the_one_connected_to(address: str, host: str) -> None:
    """A name that changes its answer gains nothing: it is looked up once."""
    seen: list[httpx.Request] = []
    asked: list[str] = []

    def answer(request: httpx.Request) -> httpx.Response:
        seen.append(request)
        return httpx.Response(
            200, stream=httpx.ByteStream(b"picture"), headers={"date": "Sun, 01 Mar 2026 00:00:00 GMT"}
        )

    def resolve(name: str, port: int) -> list[str]:
        asked.append(f"{name}:{port}")
        return [address] if len(asked) == 1 else ["127.0.0.1"]

    fetched = PictureClient(PLATFORM, [ORIGIN], resolve=resolve, transport=httpx.MockTransport(answer)).fetch(
        f"{ORIGIN}/a.jpg"
    )
    assert fetched is not None
    assert (fetched.raw, fetched.server_date) == (b"picture", "Sun, 01 Mar 2026 00:00:00 GMT")
    (request,) = seen
    assert asked == ["cdn.example:443"]
    assert request.url.host == host
    assert request.headers["host"] == "cdn.example"
    assert request.extensions["sni_hostname"] == "cdn.example"
    assert "cookie" not in request.headers
    assert request.headers["user-agent"].startswith("Breakwater/")


@pytest.mark.parametrize(
    ("status", "headers", "error", "what"),
    [
        (301, {"location": "https://evil.example/"}, PlatformGarbled, "redirect"),
        (307, {"location": "http://169.254.169.254/"}, PlatformGarbled, "redirect"),
        (304, {}, PlatformGarbled, "redirect"),
        (200, {"content-encoding": "gzip"}, PlatformGarbled, "content-encoding"),
        (403, {}, PlatformRefused, None),
        (500, {}, PlatformRefused, None),
    ],
)
def test_refused_answers(
    status: int, headers: dict[str, str], error: type[AppError], what: str | None
) -> None:
    def answer(_: httpx.Request) -> httpx.Response:
        return httpx.Response(status, headers=headers, stream=httpx.ByteStream(b"x"))

    with pytest.raises(error) as caught:
        client(answer, PUBLIC).fetch(f"{ORIGIN}/a.jpg")
    assert what is None or caught.value.params["what"] == what


@pytest.mark.parametrize("status", [404, 410])
def test_gone(status: int) -> None:
    assert client(lambda _: httpx.Response(status), PUBLIC).fetch(f"{ORIGIN}/a.jpg") is None


def test_too_large_is_left_off_at_the_limit() -> None:
    sent = 0

    class Endless(httpx.SyncByteStream):
        def __iter__(self) -> Iterator[bytes]:
            nonlocal sent
            while True:
                sent += 65_536
                yield b"x" * 65_536

    limits = PictureLimits(body=1 << 20)
    fetch = PictureClient(
        PLATFORM,
        [ORIGIN],
        limits=limits,
        resolve=lambda *_: [PUBLIC],
        transport=httpx.MockTransport(lambda _: httpx.Response(200, stream=Endless())),
    )
    with pytest.raises(PlatformGarbled) as caught:
        fetch.fetch(f"{ORIGIN}/a.jpg")
    assert caught.value.params["what"] == "too-large"
    assert sent <= 2 << 20


def test_no_name_no_picture() -> None:
    def resolve(*_: object) -> list[str]:
        raise OSError("no such name")

    with pytest.raises(Offline):
        PictureClient(PLATFORM, [ORIGIN], resolve=resolve).fetch(f"{ORIGIN}/a.jpg")
    with pytest.raises(Offline):
        client(never).fetch(f"{ORIGIN}/a.jpg")


def test_the_next_address_is_tried_when_one_does_not_answer() -> None:
    def answer(request: httpx.Request) -> httpx.Response:
        if request.url.host == "1.1.1.1":
            raise httpx.ConnectError("down")
        return httpx.Response(200, stream=httpx.ByteStream(b"picture"))

    fetched = client(answer, "1.1.1.1", PUBLIC).fetch(f"{ORIGIN}/a.jpg")
    assert fetched is not None


def test_behind_a_proxy_the_name_goes_to_the_proxy_and_is_not_looked_up_here(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("https_proxy", "http://127.0.0.1:9")
    monkeypatch.delenv("no_proxy", raising=False)
    seen: list[str] = []

    def answer(request: httpx.Request) -> httpx.Response:
        seen.append(request.url.host)
        return httpx.Response(200, stream=httpx.ByteStream(b"picture"))

    def resolve(*_: object) -> list[str]:
        raise AssertionError("not here")

    PictureClient(PLATFORM, [ORIGIN], resolve=resolve, transport=httpx.MockTransport(answer)).fetch(
        f"{ORIGIN}/a.jpg"
    )
    assert seen == ["cdn.example"]


def test_on_a_real_socket(fake: FakeBluesky) -> None:
    fake.pictures["bafkrei"] = b"picture"
    here = PictureClient(PLATFORM, [fake.url], limits=PictureLimits(read=0.3, whole=0.6))
    fetched = here.fetch(f"{fake.url}/img/feed_fullsize/plain/did:plc:x/bafkrei@jpeg")
    assert fetched is not None
    assert fetched.raw == b"picture"
    for fault, value in ((Fault.SLOW, 0.6), (Fault.DRIP, None), (Fault.DROP_BEFORE, None)):
        fake.fail_next(fault, value)
        with pytest.raises(Offline):
            here.fetch(f"{fake.url}/img/x")


CID = "bafkreiazhusrsn3srbrhkotrfak6yywe6hda4gigsxzhirk5recsh4jbwy"


@pytest.mark.parametrize(
    ("kind", "address"),
    [
        ("image", f"https://cdn.bsky.app/img/feed_fullsize/plain/did:plc:x/{CID}@jpeg"),
        ("card", f"https://cdn.bsky.app/img/feed_thumbnail/plain/did:plc:x/{CID}@jpeg"),
        ("video", f"https://video.bsky.app/watch/did%3Aplc%3Ax/{CID}/thumbnail.jpg"),
    ],
)
def test_addresses_of_bluesky(kind: str, address: str) -> None:
    assert PictureServers().address(Attachment(kind, f"did:plc:x/{CID}", "")) == address


@pytest.mark.parametrize(
    "ref",
    ["", "https://evil.example/x", f"did:plc:x/../{CID}", f"did:plc:x/{CID}?a", f"did:plc:x#/{CID}", "x/y"],
)
def test_references_that_are_none(ref: str) -> None:
    with pytest.raises(UnsupportedHere):
        PictureServers().address(Attachment("image", ref, ""))
