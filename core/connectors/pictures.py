"""Fetching a picture that the person asked for, from a platform's own picture server and nowhere else.

The server is one of a connector's fixed list, over https, by a name that leads to public addresses only;
the connection goes to the very address that was checked, so a name that changes its answer gains
nothing. No redirect is followed, nothing about the person is sent but `User-Agent: Breakwater/<version>`,
and the answer is bounded in size and time. Behind a proxy of the environment the name goes to the proxy,
which alone then resolves it: looking it up here would tell the local network.
"""

import ipaddress
import socket
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from http.cookiejar import CookieJar, DefaultCookiePolicy
from typing import Final
from urllib.request import getproxies, proxy_bypass

import httpx

from core.connectors.addresses import is_public
from core.connectors.http import is_loopback, user_agent
from core.domain.capture import Answered
from core.domain.ids import PlatformName
from core.errors import Offline, PlatformGarbled, PlatformRefused, UnsupportedHere

Resolve = Callable[[str, int], Sequence[str]]
_GONE: Final = frozenset({404, 410})


@dataclass(frozen=True, slots=True)
class PictureLimits:
    """Bounds of one picture: seconds and bytes."""

    connect: float = 10.0
    read: float = 20.0
    whole: float = 60.0
    body: int = 16 << 20


def _resolve(host: str, port: int) -> list[str]:
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(one[4][0]) for one in found))


class PictureClient:
    """Fetches from the given origins (`https://host`) only. A loopback origin is a test's own server."""

    def __init__(
        self,
        platform: PlatformName,
        origins: Sequence[str],
        *,
        limits: PictureLimits | None = None,
        resolve: Resolve = _resolve,
        transport: httpx.BaseTransport | None = None,
    ) -> None:
        self._platform = platform
        self._origins = frozenset(origins)
        self._limits = limits or PictureLimits()
        self._resolve = resolve
        self._transport = transport

    def fetch(self, untrusted_url: str) -> Answered | None:
        """The file as served, or None when the server has it no more.

        Raises `UnsupportedHere` for an address outside the list, `Offline`, `PlatformRefused`, and
        `PlatformGarbled` (`too-large`, `redirect`, `content-encoding`, `private-address`).
        """
        url = self._allowed(untrusted_url)
        by_name = is_loopback(url.host) or _proxied(url)
        addresses = [url.host] if by_name else self._addresses(url)
        last: Exception | None = None
        for address in addresses:
            try:
                return self._fetch(url, address, by_name=by_name)
            except (httpx.ConnectError, httpx.ConnectTimeout) as error:
                last = error
            except (httpx.HTTPError, httpx.StreamError, OSError) as error:
                raise Offline(host=url.host) from error
        raise Offline(host=url.host) from last

    def _allowed(self, untrusted_url: str) -> httpx.URL:
        try:
            url = httpx.URL(untrusted_url)
            origin = str(url.copy_with(path="/", query=None, fragment=None)).rstrip("/")
        except (httpx.InvalidURL, ValueError) as error:
            raise UnsupportedHere(what="picture-address", where=self._platform) from error
        plain = url.scheme == "http" and is_loopback(url.host)
        if origin not in self._origins or url.userinfo or not (url.scheme == "https" or plain):
            raise UnsupportedHere(what="picture-address", where=self._platform)
        return url

    def _addresses(self, url: httpx.URL) -> list[str]:
        """Where the name leads; refused as a whole when any of it is not public."""
        try:
            found = list(self._resolve(url.host, url.port or 443))
        except (OSError, UnicodeError) as error:
            raise Offline(host=url.host) from error
        if not found:
            raise Offline(host=url.host)
        if not all(is_public(one) for one in found):
            raise PlatformGarbled(platform=self._platform, what="private-address")
        return found

    def _fetch(self, url: httpx.URL, address: str, *, by_name: bool) -> Answered | None:
        limits = self._limits
        with httpx.Client(
            timeout=httpx.Timeout(limits.read, connect=limits.connect),
            cookies=CookieJar(DefaultCookiePolicy(allowed_domains=[])),
            follow_redirects=False,
            trust_env=by_name and not is_loopback(url.host),
            transport=self._transport,
        ) as client:
            request = client.build_request(
                "GET",
                url if by_name else url.copy_with(host=_in_url(address)),
                headers={
                    "host": url.netloc.decode("ascii"),
                    "user-agent": user_agent(),
                    "accept": "image/*",
                    "accept-encoding": "identity",
                },
                # The certificate must be the name's, whatever address it led to.
                extensions={} if by_name else {"sni_hostname": url.host},
            )
            until = time.monotonic() + limits.whole
            response = client.send(request, stream=True)
            try:
                return self._read(url, response, until)
            finally:
                response.close()

    def _read(self, url: httpx.URL, response: httpx.Response, until: float) -> Answered | None:
        if response.status_code in _GONE:
            return None
        if response.is_redirect or 300 <= response.status_code < 400:
            raise PlatformGarbled(platform=self._platform, what="redirect")
        if response.status_code != 200:
            raise PlatformRefused(platform=self._platform, status=response.status_code, reason="picture")
        if response.headers.get("content-encoding", "identity").strip().lower() != "identity":
            raise PlatformGarbled(platform=self._platform, what="content-encoding")
        body = bytearray()
        for chunk in response.iter_raw():
            body += chunk
            if len(body) > self._limits.body:
                raise PlatformGarbled(platform=self._platform, what="too-large")
            if time.monotonic() > until:
                raise httpx.ReadTimeout("the picture took too long as a whole")
        return Answered(str(url), 200, bytes(body), response.headers.get("date"))


def _in_url(address: str) -> str:
    return f"[{address}]" if ipaddress.ip_address(address).version == 6 else address


def _proxied(url: httpx.URL) -> bool:
    proxies = getproxies()
    named = proxies.get("https") or proxies.get("all")
    return bool(named) and not proxy_bypass(url.host)
