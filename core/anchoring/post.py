"""One question to one authority over HTTP: bounded, no redirect, no cookie, nothing about the machine."""

import logging
import ssl
import time
from dataclasses import dataclass
from http.cookiejar import CookieJar, DefaultCookiePolicy
from importlib import metadata
from ipaddress import ip_address
from typing import Final

import httpx

from core.anchoring.refusal import Refused, Why

QUERY: Final = "application/timestamp-query"
REPLY: Final = "application/timestamp-reply"


@dataclass(frozen=True, slots=True)
class Limits:
    """Bounds of one question. Times in seconds; `body` in bytes: real answers have 2,000 to 10,000."""

    connect: float = 10.0
    read: float = 20.0
    whole: float = 30.0
    body: int = 64 * 1024


def post(url: str, question: bytes, limits: Limits | None = None) -> bytes:
    """The body of a 200 answer. By the environment's proxy, except to loopback. Raises `Refused`."""
    _quiet_loggers()
    limits = limits or Limits()
    try:
        with _client(url, limits) as client:
            return _ask(client, url, question, limits)
    except (httpx.HTTPError, httpx.StreamError, httpx.InvalidURL, ssl.SSLError, OSError) as error:
        raise Refused(Why.OFFLINE) from error


def _client(url: str, limits: Limits) -> httpx.Client:
    try:
        return httpx.Client(
            timeout=httpx.Timeout(limits.read, connect=limits.connect),
            headers={"user-agent": _user_agent(), "accept": REPLY, "accept-encoding": "identity"},
            cookies=CookieJar(DefaultCookiePolicy(allowed_domains=[])),
            follow_redirects=False,
            trust_env=not is_loopback(httpx.URL(url).host),
        )
    except (ImportError, ValueError) as error:
        # A SOCKS proxy without its library, or a proxy address that cannot be read.
        raise Refused(Why.NO_PROXY) from error


def _ask(client: httpx.Client, url: str, question: bytes, limits: Limits) -> bytes:
    until = time.monotonic() + limits.whole
    with client.stream("POST", url, content=question, headers={"content-type": QUERY}) as response:
        if response.is_redirect:
            raise Refused(Why.REDIRECTED)
        if response.status_code != httpx.codes.OK:
            raise Refused(Why.STATUS)
        if response.headers.get("content-encoding", "identity").strip().lower() != "identity":
            raise Refused(Why.ENCODED)
        body = bytearray()
        for chunk in response.iter_raw():
            body += chunk
            if len(body) > limits.body:
                raise Refused(Why.TOO_LARGE)
            if time.monotonic() > until:
                raise Refused(Why.OFFLINE)
        return bytes(body)


def is_loopback(host: str) -> bool:
    """True for this machine's own addresses."""
    try:
        return ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return host == "localhost"


def _user_agent() -> str:
    try:
        return f"Breakwater/{metadata.version('breakwater')}"
    except metadata.PackageNotFoundError:
        return "Breakwater/dev"


def _quiet_loggers() -> None:
    # At INFO httpx logs whole addresses, at DEBUG httpcore prints headers.
    for name in ("httpx", "httpcore"):
        logger = logging.getLogger(name)
        if logger.level < logging.WARNING:
            logger.setLevel(logging.WARNING)
