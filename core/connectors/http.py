"""The one way connectors reach the network: one client, bound to one service host.

It adds nothing of its own to a request but `User-Agent: Breakwater/<version>`, follows no redirect,
never speaks to a second host, and turns every failure into an `AppError`. Proxies given by the
environment are honoured, except for loopback services.
"""

import ipaddress
import logging
import math
import re
import ssl
import time
import zlib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from email.utils import parsedate_to_datetime
from enum import Enum
from http.cookiejar import CookieJar, DefaultCookiePolicy
from importlib import metadata
from typing import Final

import httpx

from core.connectors.untrusted_json import Unreadable, parse_json
from core.domain.ids import PlatformName
from core.errors import (
    AppError,
    BadInput,
    Offline,
    OutcomeUnknown,
    PlatformGarbled,
    UnsupportedHere,
    WaitNeeded,
)

_UNSENT: Final = (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout, httpx.ProxyError)
# A gateway's words for "not now"; an outage, not a refusal.
_OUTAGE: Final = frozenset({502, 503, 504})
_TOO_MANY: Final = 429
_UNNAMED_WAIT: Final = 60
_DIGITS: Final = re.compile("[0-9]{1,10}")
_HOST: Final = re.compile(r"[a-z0-9_.-]+|[0-9a-f:.]+")


class Effect(Enum):
    """What sending a request twice would do."""

    READ = "read"
    REPEATABLE = "repeatable"  # a write whose repetition changes nothing
    ONCE = "once"  # must never be sent twice without knowing


@dataclass(frozen=True, slots=True)
class Limits:
    """Bounds of one request. Times in seconds, sizes in bytes after decompression."""

    connect: float = 10.0
    read: float = 30.0
    whole: float = 120.0
    body: int = 8 << 20
    retries: int = 2
    pause: float = 0.5
    # The longest server-given wait that is simply waited out here.
    short_wait: float = 3.0


@dataclass(frozen=True, slots=True)
class Request:
    """One request to the service; `path` starts with a slash, `params` may repeat a name."""

    method: str
    path: str
    params: tuple[tuple[str, str], ...] = ()
    body: Mapping[str, object] | None = field(default=None, repr=False)
    bearer: str | None = field(default=None, repr=False)
    effect: Effect = Effect.READ


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back, in full and bounded; `body` is decompressed but otherwise as received."""

    status: int
    headers: Mapping[str, str] = field(repr=False)
    body: bytes = field(repr=False)

    @property
    def date(self) -> str | None:
        """The server's own clock, as it wrote it."""
        return self.headers.get("date")


class _Garbled(Exception):
    """The answer breaks a bound or cannot be decoded; `args[0]` says which."""


def user_agent() -> str:
    """`Breakwater/<version>` and nothing about the machine or its owner."""
    try:
        version = metadata.version("breakwater")
    except metadata.PackageNotFoundError:
        version = "dev"
    return f"Breakwater/{version}"


def service_origin(untrusted_url: str) -> str:
    """`https://host[:port]` from what a person typed. Raises `BadInput`.

    Plain http is accepted for this machine only (a development server): a password must never cross a
    network unencrypted.
    """
    typed = untrusted_url.strip()
    try:
        url = httpx.URL(typed if "://" in typed else f"https://{typed}")
    except (httpx.InvalidURL, ValueError) as error:
        raise BadInput(what="service-url", why="not-an-address") from error
    if (
        not _HOST.fullmatch(url.raw_host.decode("ascii"))
        or url.userinfo
        or url.query
        or url.fragment
        or url.path not in ("", "/")
    ):
        raise BadInput(what="service-url", why="not-an-address")
    if url.scheme != "https" and not (url.scheme == "http" and is_loopback(url.host)):
        raise BadInput(what="service-url", why="not-https")
    return str(url.copy_with(path="/")).rstrip("/")


def is_loopback(host: str) -> bool:
    """True for this machine's own addresses."""
    try:
        return ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return host == "localhost"


class ServiceClient:
    """Speaks to one service. Safe to share between threads; `close` when done."""

    def __init__(
        self,
        origin: str,
        platform: PlatformName,
        *,
        limits: Limits | None = None,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        _quiet_loggers()
        self._origin = httpx.URL(service_origin(origin))
        self._platform = platform
        self._limits = limits or Limits()
        self._sleep = sleep
        self._http = _open_client(self._origin, self._limits)

    @property
    def origin(self) -> str:
        """The only place this client talks to."""
        return str(self._origin).rstrip("/")

    def close(self) -> None:
        """Release the connections."""
        self._http.close()

    def send(self, request: Request) -> Answer:
        """Send, retrying where that is safe. Refusals (3xx, 4xx but 429, most 5xx of reads) are returned.

        Raises `Offline`, `WaitNeeded`, `PlatformGarbled` and, for `Effect.ONCE`, `OutcomeUnknown`.
        """
        for attempt in range(self._limits.retries + 1):
            last = attempt == self._limits.retries
            try:
                answer = self._attempt(request)
            except _UNSENT as error:
                if last:
                    raise Offline(host=self._origin.host) from error
                self._sleep(self._limits.pause * 2**attempt)
                continue
            except (httpx.HTTPError, httpx.StreamError, ssl.SSLError, OSError) as error:
                self._lost(request, error, last)
                self._sleep(self._limits.pause * 2**attempt)
                continue
            except _Garbled as error:
                raise self._unusable(request, str(error)) from error
            wait = self._asked_wait(request, answer)
            if wait is None:
                return answer
            if last or wait > self._limits.short_wait:
                raise WaitNeeded(platform=self._platform, seconds=max(1, math.ceil(wait)))
            self._sleep(wait)
        raise AssertionError("the last attempt returns or raises")

    def json(self, request: Request, answer: Answer) -> object:
        """The answer's JSON value. Raises like `send` when it is none."""
        try:
            return parse_json(answer.body)
        except Unreadable as error:
            raise self._unusable(request, str(error)) from error

    def _lost(self, request: Request, error: Exception, last: bool) -> None:
        """The connection failed after the request may have been sent."""
        if request.effect is Effect.ONCE:
            raise OutcomeUnknown(platform=self._platform) from error
        if last:
            raise Offline(host=self._origin.host) from error

    def _unusable(self, request: Request, what: str) -> AppError:
        if request.effect is Effect.ONCE:
            return OutcomeUnknown(platform=self._platform)
        return PlatformGarbled(platform=self._platform, what=what)

    def _asked_wait(self, request: Request, answer: Answer) -> float | None:
        """Seconds to wait before trying again, or None when the answer stands."""
        if answer.status == _TOO_MANY:
            return _given_wait(answer.headers, _UNNAMED_WAIT)
        if answer.status < 500:
            return None
        if request.effect is Effect.ONCE and not (answer.status == 503 and "retry-after" in answer.headers):
            # The service, or a gateway before it, failed midway: it may have happened.
            raise OutcomeUnknown(platform=self._platform)
        return _given_wait(answer.headers, _UNNAMED_WAIT) if answer.status in _OUTAGE else None

    def _attempt(self, request: Request) -> Answer:
        url = self._origin.copy_with(raw_path=request.path.encode("ascii"))
        if request.params:
            url = url.copy_merge_params(request.params)
        headers = {} if request.bearer is None else {"authorization": f"Bearer {request.bearer}"}
        built = self._http.build_request(request.method, url, json=request.body, headers=headers)
        until = time.monotonic() + self._limits.whole
        response = self._http.send(built, stream=True)
        try:
            body = self._read(response, until)
        finally:
            response.close()
        return Answer(response.status_code, dict(response.headers), body)

    def _read(self, response: httpx.Response, until: float) -> bytes:
        """The decompressed body, refused as soon as it passes a bound."""
        body = bytearray()
        for chunk in _decompressed(response, self._limits.body):
            body += chunk
            if len(body) > self._limits.body:
                raise _Garbled("too-large")
            if time.monotonic() > until:
                raise httpx.ReadTimeout("the answer took too long as a whole")
        return bytes(body)


def _open_client(origin: httpx.URL, limits: Limits) -> httpx.Client:
    timeout = httpx.Timeout(limits.read, connect=limits.connect)
    # gzip alone: its expansion can be bounded while it is undone.
    headers = {"user-agent": user_agent(), "accept": "application/json", "accept-encoding": "gzip"}
    try:
        return httpx.Client(
            timeout=timeout,
            headers=headers,
            cookies=CookieJar(DefaultCookiePolicy(allowed_domains=[])),
            follow_redirects=False,
            trust_env=not is_loopback(origin.host),
        )
    except (ImportError, ValueError) as error:
        # A SOCKS proxy without its library, or a proxy address that cannot be read.
        raise UnsupportedHere(what="proxy", where="http") from error


def _decompressed(response: httpx.Response, limit: int) -> Iterator[bytes]:
    encoding = response.headers.get("content-encoding", "identity").strip().lower()
    if encoding == "identity":
        yield from response.iter_raw()
        return
    if encoding not in ("gzip", "x-gzip"):
        raise _Garbled("content-encoding")
    unzip = zlib.decompressobj(wbits=31)
    empty = True
    try:
        for chunk in response.iter_raw():
            empty = False
            # What this leaves unexpanded is never asked for: the caller stops past the limit.
            yield unzip.decompress(chunk, limit + 1)
    except zlib.error as error:
        raise _Garbled("content-encoding") from error
    if not (unzip.eof or empty):
        raise _Garbled("content-encoding")


def _given_wait(headers: Mapping[str, str], otherwise: float) -> float:
    """Seconds the server asks for: `Retry-After`, else `RateLimit-Reset`, else `otherwise`."""
    asked = headers.get("retry-after", "").strip()
    if _DIGITS.fullmatch(asked):
        return float(asked)
    now = _http_date(headers.get("date")) or time.time()
    until = _http_date(asked)
    reset = headers.get("ratelimit-reset", "").strip()
    if until is None and _DIGITS.fullmatch(reset):
        # The draft standard counts from now, Bluesky gives the epoch second.
        until = float(reset) if float(reset) > 1e9 else now + float(reset)
    return otherwise if until is None else max(0.0, until - now)


def _http_date(text: str | None) -> float | None:
    try:
        return parsedate_to_datetime(text).timestamp() if text else None
    except (ValueError, OverflowError):
        return None


def _quiet_loggers() -> None:
    # At INFO httpx logs whole addresses, at DEBUG httpcore prints headers.
    for name in ("httpx", "httpcore"):
        logger = logging.getLogger(name)
        if logger.level < logging.WARNING:
            logger.setLevel(logging.WARNING)
