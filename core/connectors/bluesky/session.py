"""Signing in to an AT Protocol service with an app password, and staying signed in.

An access token lives about two hours. When it has ended the service says **400 ExpiredToken** (or
InvalidToken), not 401; then the refresh token is tried, then the app password, then the person is
asked. Renewed tokens are written back to the secret store.
"""

import json
import threading
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Final

from core.connectors.http import Answer, Effect, Request, ServiceClient
from core.domain.account import Account
from core.domain.ids import PlatformName
from core.errors import AppError, PlatformGarbled, PlatformRefused, SignInNeeded, SignInRefused
from core.ports import SecretStore

PLATFORM: Final = PlatformName("bluesky")
_STALE: Final = frozenset({"ExpiredToken", "InvalidToken"})
_REASON_CHARS: Final = 64


@dataclass(frozen=True, slots=True)
class Secret:
    """What is kept in the secret store for one account, as JSON."""

    password: str = field(repr=False)
    access: str = field(default="", repr=False)
    refresh: str = field(default="", repr=False)

    def dump(self) -> str:
        """The stored form."""
        return json.dumps({"password": self.password, "access": self.access, "refresh": self.refresh})

    @classmethod
    def load(cls, stored: str | None) -> "Secret | None":
        """The secret, or None when there is none or it cannot be read."""
        try:
            fields = json.loads(stored or "")
            return cls(*(str(fields[name]) for name in ("password", "access", "refresh")))
        except (ValueError, KeyError, TypeError):
            return None


@dataclass(frozen=True, slots=True)
class Tokens:
    """A fresh session: whose it is, and its tokens."""

    did: str
    handle: str
    access: str = field(repr=False)
    refresh: str = field(repr=False)


def xrpc(nsid: str) -> str:
    """The path of a method."""
    return f"/xrpc/{nsid}"


def refusal(answer: Answer) -> PlatformRefused:
    """The service's no, with its error name and none of its prose."""
    return PlatformRefused(platform=PLATFORM, status=answer.status, reason=error_name(answer) or "unnamed")


def error_name(answer: Answer) -> str:
    """The `error` of a refusal, a bare word, or ''."""
    try:
        fields = json.loads(answer.body)
    except (ValueError, RecursionError):
        return ""
    name = fields.get("error") if isinstance(fields, dict) else None
    plain = isinstance(name, str) and name.isascii() and name.isalnum() and len(name) <= _REASON_CHARS
    return name if plain and isinstance(name, str) else ""


def create_session(http: ServiceClient, identifier: str, password: str) -> Tokens | None:
    """A new session, or None when handle or password are not accepted."""
    body = {"identifier": identifier, "password": password}
    request = Request("POST", xrpc("com.atproto.server.createSession"), body=body, effect=Effect.REPEATABLE)
    return _tokens(http, request)


def refresh_session(http: ServiceClient, refresh: str) -> Tokens | None:
    """A renewed session, or None when the refresh token is not accepted (any more)."""
    # Sending it twice is harmless: a used refresh token is good for a while longer.
    request = Request(
        "POST", xrpc("com.atproto.server.refreshSession"), bearer=refresh, effect=Effect.REPEATABLE
    )
    return _tokens(http, request)


def _tokens(http: ServiceClient, request: Request) -> Tokens | None:
    answer = http.send(request)
    if answer.status in (400, 401, 403):
        return None
    if answer.status != 200:
        raise refusal(answer)
    fields = http.json(request, answer)
    if not isinstance(fields, Mapping):
        raise PlatformGarbled(platform=PLATFORM, what="session")
    did, handle, access, refresh = (fields.get(name) for name in ("did", "handle", "accessJwt", "refreshJwt"))
    if not (isinstance(did, str) and did.startswith("did:") and isinstance(handle, str)):
        raise PlatformGarbled(platform=PLATFORM, what="session")
    if not (_is_token(access) and _is_token(refresh)):
        raise PlatformGarbled(platform=PLATFORM, what="session")
    return Tokens(did, handle, str(access), str(refresh))


def _is_token(untrusted: object) -> bool:
    return isinstance(untrusted, str) and untrusted.isascii() and untrusted.isprintable() and bool(untrusted)


class Session:
    """One account's authorized requests. Safe to share between threads."""

    def __init__(self, http: ServiceClient, account: Account, secrets: SecretStore) -> None:
        stored = Secret.load(secrets.get(account.secret_name))
        if stored is None:
            raise self._sign_in_needed(account)
        self._http = http
        self._account = account
        self._secrets = secrets
        self._secret = stored
        self._lock = threading.Lock()

    def call(self, request: Request) -> Answer:
        """Send as the account. Refusals raise `PlatformRefused`."""
        answer = self.ask(request)
        if answer.status != 200:
            raise refusal(answer)
        return answer

    def ask(self, request: Request) -> Answer:
        """Send as the account; a stale token is renewed once. Refusals are returned."""
        access = self._secret.access or self._renewed("")
        answer = self._http.send(replace(request, bearer=access))
        if self._is_stale(answer):
            answer = self._http.send(replace(request, bearer=self._renewed(access)))
            if self._is_stale(answer):
                raise self._sign_in_needed(self._account)
        return answer

    def fields(self, request: Request) -> Mapping[str, object]:
        """The object a method answers. Raises like `call`, and `PlatformGarbled`."""
        value = self._http.json(request, self.call(request))
        if not isinstance(value, Mapping):
            raise PlatformGarbled(platform=PLATFORM, what="answer")
        return value

    def _renewed(self, failed: str) -> str:
        """An access token other than the one that failed."""
        with self._lock:
            if self._secret.access == failed:
                # Another connector of this account may have renewed it meanwhile.
                self._secret = Secret.load(self._secrets.get(self._account.secret_name)) or self._secret
            if self._secret.access == failed:
                self._renew()
            return self._secret.access

    def _renew(self) -> None:
        fresh = refresh_session(self._http, self._secret.refresh) if self._secret.refresh else None
        if fresh is None:
            # By DID: a handle can change hands.
            fresh = create_session(self._http, self._account.remote_id, self._secret.password)
        if fresh is None or fresh.did != self._account.remote_id:
            raise self._sign_in_needed(self._account)
        self._secret = replace(self._secret, access=fresh.access, refresh=fresh.refresh)
        self._secrets.set(self._account.secret_name, self._secret.dump())

    @staticmethod
    def _is_stale(answer: Answer) -> bool:
        return answer.status == 401 or (answer.status == 400 and error_name(answer) in _STALE)

    @staticmethod
    def _sign_in_needed(account: Account) -> AppError:
        return SignInNeeded(platform=PLATFORM, handle=account.handle)


def sign_in_refused(handle: str) -> AppError:
    """Handle or password were not accepted."""
    return SignInRefused(platform=PLATFORM, handle=handle)
