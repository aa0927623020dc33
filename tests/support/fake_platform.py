"""A platform on a real local socket that can be told to misbehave; and the Bluesky flavour of it.

The contract tests (`connector_contract`) speak to `FakePlatform`'s interface only; a new platform brings
a fake of its own with the same names.
"""

import gzip
import json
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from enum import Enum
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Final, Protocol
from urllib.parse import parse_qs, urlsplit

FIRST: Final = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)


class Fault(Enum):
    """What goes wrong with one request."""

    RATE_LIMIT = "rate-limit"  # value: seconds in Retry-After
    RATE_LIMIT_RESET = "rate-limit-reset"  # value: seconds until the epoch given in RateLimit-Reset
    SERVER_ERROR = "server-error"  # value: status
    GARBAGE = "garbage"  # status 200, not JSON
    BODY = "body"  # value: the bytes to answer with
    HUGE = "huge"  # value: bytes of body
    BOMB = "bomb"  # value: bytes of body after decompression
    DEEP = "deep"
    SLOW = "slow"  # value: seconds of silence
    DRIP = "drip"  # one byte every 50 ms
    REDIRECT = "redirect"  # value: where to
    DROP_BEFORE = "drop-before"  # the connection ends before the request is carried out
    DROP_AFTER = "drop-after"  # carried out, then the connection ends without an answer


@dataclass(frozen=True, slots=True)
class Seen:
    """One request as it arrived."""

    method: str
    path: str
    query: dict[str, list[str]]
    headers: dict[str, str]
    body: Any


class FakePlatform(Protocol):
    """What the contract tests need of any fake."""

    url: str
    handle: str
    password: str
    own_id: str
    seen: list[Seen]
    reports: list[dict[str, Any]]

    def add_post(self, text: str, sender: str = "mallory", **more: Any) -> str: ...
    def add_broken(self, raw: bytes) -> None: ...
    def delete_post(self, post_id: str) -> None: ...
    def sender_id(self, sender: str) -> str: ...
    def raw_of(self, post_id: str) -> bytes: ...
    def version_of(self, post_id: str) -> str: ...
    def expire_access(self) -> None: ...
    def expire_sign_in(self) -> None: ...
    def fail_next(self, fault: Fault, value: Any = None, on: str = "", times: int = 1) -> None: ...
    def set_account(self, sender: str, state: str) -> None: ...
    def is_muted(self, sender: str) -> bool: ...
    def is_blocked(self, sender: str) -> bool: ...
    def sent(self, on: str) -> int: ...


@dataclass
class _Note:
    uri: str
    raw: bytes
    reason: str
    indexed: str
    did: str
    gone: bool = False


@dataclass
class _Plan:
    fault: Fault
    value: Any
    on: str


@dataclass
class _Reply:
    status: int = 200
    body: bytes = b""
    headers: dict[str, str] = field(default_factory=dict)


class FakeBluesky:
    """The XRPC methods the connector uses, with the answers a PDS and AppView really give."""

    def __init__(self) -> None:
        self.handle = "casey.test"
        self.password = "abcd-efgh-ijkl-mnop"
        self.own_id = "did:plc:casey"
        self.seen: list[Seen] = []
        self.reports: list[dict[str, Any]] = []
        self.blocks: dict[str, str] = {}
        self.mutes: set[str] = set()
        self.list_blocks: dict[str, str] = {}
        self.following: set[str] = set()
        self.drips_heard_out = 0
        self.compress = False
        self.extra_headers: dict[str, str] = {}
        self.refused_reasons: set[str] = set()
        # Accounts that are "gone", "deactivated" or "suspended"; else they are there.
        self.account_states: dict[str, str] = {}
        self.blocked_by: set[str] = set()
        self.removed_posts: set[str] = set()
        # What the picture server has, by the hash in the post.
        self.pictures: dict[str, bytes] = {}
        # Posts that are no notification: the person's own, and those of third parties.
        self._others: dict[str, dict[str, Any]] = {}
        self._notes: list[_Note] = []
        self._plans: list[_Plan] = []
        self._access: set[str] = set()
        self._refresh: set[str] = set()
        self._count = 0
        self._server = _Server(self)
        self._thread = threading.Thread(
            target=self._server.serve_forever, kwargs={"poll_interval": 0.01}, name="fake-bluesky"
        )
        self._thread.start()
        self.url = f"http://127.0.0.1:{self._server.server_address[1]}"

    def close(self) -> None:
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()

    # -- the scene

    def sender_id(self, sender: str) -> str:
        return f"did:plc:{sender}"

    def add_post(self, text: str, sender: str = "mallory", **more: Any) -> str:
        """A reply (or `reason`) at `at`, else a minute after the last; `record`, `author`: more fields."""
        self._count += 1
        did = self.sender_id(sender)
        at = more.get("at") or FIRST + timedelta(minutes=self._count)
        stamp = at.isoformat(timespec="milliseconds").replace("+00:00", "Z")
        uri = f"at://{did}/app.bsky.feed.post/3k{self._count:05}"
        note = {
            "uri": uri,
            "cid": f"bafy{self._count:05}",
            "author": {
                "did": did,
                "handle": f"{sender}.test",
                "displayName": sender.title(),
                "createdAt": "2026-02-01T00:00:00.000Z",
                "viewer": self._viewer(did),
                **more.get("author", {}),
            },
            "reason": more.get("reason", "reply"),
            "record": {
                "$type": "app.bsky.feed.post",
                "text": text,
                "createdAt": stamp,
                **more.get("record", {}),
            },
            "isRead": False,
            "indexedAt": stamp,
        }
        self._notes.append(_Note(uri, _dump(note), note["reason"], stamp, did))
        return uri

    def add_other(self, text: str, sender: str, parent: str | None = None) -> str:
        """A post that reaches nobody's notifications; `sender` "casey" is the person themself."""
        self._count += 1
        uri = f"at://{self.sender_id(sender)}/app.bsky.feed.post/3o{self._count:05}"
        stamp = (FIRST + timedelta(minutes=self._count)).isoformat(timespec="milliseconds")
        record: dict[str, Any] = {"text": text, "createdAt": stamp.replace("+00:00", "Z")}
        if parent is not None:
            record["reply"] = {"parent": {"uri": parent}, "root": {"uri": parent}}
        self._others[uri] = {"uri": uri, "author": self._shown(sender), "record": record}
        return uri

    def edit_post(self, post_id: str, text: str) -> None:
        """Another version under the same id, as platforms with editing have it."""
        note = self._note(post_id)
        changed = json.loads(note.raw)
        changed["record"]["text"] = text
        changed["cid"] += "x"
        note.raw = _dump(changed)

    def rename(self, sender: str, handle: str) -> None:
        """Another handle, shown with every post from now on."""
        for note in self._notes:
            if note.did == self.sender_id(sender):
                changed = json.loads(note.raw)
                changed["author"]["handle"] = handle
                note.raw = _dump(changed)

    def set_account(self, sender: str, state: str) -> None:
        """ "gone", "deactivated", "suspended" or "there"."""
        self.account_states[self.sender_id(sender)] = state

    def restore_post(self, post_id: str) -> None:
        self._note(post_id).gone = False

    def add_broken(self, raw: bytes) -> None:
        """An item of the list that is JSON but no notification; it arrives as the newest."""
        self._count += 1
        stamp = (FIRST + timedelta(minutes=self._count)).isoformat(timespec="milliseconds")
        self._notes.append(_Note("", raw, "reply", stamp.replace("+00:00", "Z"), ""))

    def delete_post(self, post_id: str) -> None:
        self._note(post_id).gone = True

    def raw_of(self, post_id: str) -> bytes:
        return self._note(post_id).raw

    def version_of(self, post_id: str) -> str:
        return str(json.loads(self.raw_of(post_id))["cid"])

    def is_muted(self, sender: str) -> bool:
        return self.sender_id(sender) in self.mutes

    def is_blocked(self, sender: str) -> bool:
        return self.sender_id(sender) in self.blocks.values()

    def expire_access(self) -> None:
        self._access.clear()

    def expire_refresh(self) -> None:
        self._refresh.clear()

    def expire_sign_in(self) -> None:
        """Every token ends and the app password is revoked."""
        self._access.clear()
        self._refresh.clear()
        self.password = "revoked"

    def fail_next(self, fault: Fault, value: Any = None, on: str = "", times: int = 1) -> None:
        """The next requests whose method contains `on` go wrong."""
        self._plans += [_Plan(fault, value, on)] * times

    def sent(self, on: str) -> int:
        return sum(on in request.path for request in self.seen)

    # -- the service

    def plan_for(self, path: str) -> _Plan | None:
        for plan in self._plans:
            if plan.on in path:
                self._plans.remove(plan)
                return plan
        return None

    def answer(self, request: Seen) -> _Reply:
        if request.path.startswith(("/img/", "/watch/")):
            found = self.pictures.get(request.path.split("/")[-1].partition("@")[0])
            return _Reply(404) if found is None else _Reply(body=found)
        nsid = request.path.removeprefix("/xrpc/")
        if nsid == "com.atproto.server.createSession":
            return self._create_session(request.body)
        if nsid == "com.atproto.server.refreshSession":
            return self._refresh_session(_bearer(request))
        if _bearer(request) not in self._access:
            return _refused(400, "ExpiredToken")
        method: Callable[[Seen], _Reply] | None = self._methods().get(nsid)
        return method(request) if method else _refused(501, "MethodNotImplemented")

    def _methods(self) -> dict[str, Callable[[Seen], _Reply]]:
        return {
            "app.bsky.notification.listNotifications": self._list,
            "app.bsky.actor.getProfile": self._profile,
            "app.bsky.graph.muteActor": lambda r: self._mute(r, on=True),
            "app.bsky.graph.unmuteActor": lambda r: self._mute(r, on=False),
            "app.bsky.actor.getProfiles": self._profiles,
            "app.bsky.feed.getPosts": self._posts,
            "app.bsky.feed.getPostThread": self._thread_of,
            "com.atproto.repo.getRecord": self._record_of,
            "com.atproto.label.queryLabels": self._labels,
            "com.atproto.repo.createRecord": self._create_record,
            "com.atproto.repo.deleteRecord": self._delete_record,
            "com.atproto.repo.listRecords": self._list_records,
            "com.atproto.moderation.createReport": self._report,
        }

    def _create_session(self, body: Any) -> _Reply:
        if body["identifier"] not in (self.handle, self.own_id) or body["password"] != self.password:
            return _refused(401, "AuthenticationRequired")
        return self._session()

    def _refresh_session(self, token: str) -> _Reply:
        if token not in self._refresh:
            return _refused(400, "ExpiredToken")
        self._refresh.discard(token)
        return self._session()

    def _session(self) -> _Reply:
        self._count += 1
        access, refresh = f"access-{self._count}", f"refresh-{self._count}"
        self._access.add(access)
        self._refresh.add(refresh)
        made = {"did": self.own_id, "handle": self.handle, "accessJwt": access, "refreshJwt": refresh}
        return _Reply(body=_dump(made))

    def _list(self, request: Seen) -> _Reply:
        limit = int(request.query["limit"][0])
        cursor = request.query.get("cursor", [None])[0]
        wanted = request.query.get("reasons", [])
        notes = sorted(self._notes, key=lambda note: note.indexed, reverse=True)
        if cursor is not None:
            notes = [note for note in notes if note.indexed < cursor]
        notes = [note for note in notes if not wanted or note.reason in wanted][:limit]
        hidden = self.mutes | set(self.blocks.values())
        shown = [note.raw for note in notes if not note.gone and note.did not in hidden]
        # As the real service: the cursor is a time, and the walk ends with an empty page.
        after = b',"cursor":' + _dump(notes[-1].indexed) if notes else b""
        return _Reply(body=b'{"notifications":[' + b",".join(shown) + b'],"priority":false' + after + b"}")

    def _viewer(self, did: str) -> dict[str, Any]:
        viewer: dict[str, Any] = {"muted": did in self.mutes, "blockedBy": did in self.blocked_by}
        uris = [uri for uri, subject in self.blocks.items() if subject == did]
        blocking = uris[0] if uris else self.list_blocks.get(did)
        if blocking:
            viewer["blocking"] = blocking
        if did in self.following:
            viewer["following"] = f"at://{self.own_id}/app.bsky.graph.follow/3k"
        return viewer

    def _shown(self, sender: str) -> dict[str, Any]:
        did = self.sender_id(sender)
        return {"did": did, "handle": f"{sender}.test", "displayName": sender.title()}

    def _is_there(self, did: str) -> bool:
        return self.account_states.get(did, "there") == "there"

    def _blocks(self, did: str) -> bool:
        return did in self.blocks.values() or did in self.blocked_by

    def _profiles(self, request: Seen) -> _Reply:
        """As the real service: whoever is not there is left out."""
        there = [did for did in request.query["actors"] if self._is_there(did)]
        shown = [{"did": did, "handle": "now.test", "viewer": self._viewer(did)} for did in there]
        for note in self._notes:
            for one in shown:
                if one["did"] == note.did:
                    one["handle"] = json.loads(note.raw)["author"]["handle"]
        return _Reply(body=_dump({"profiles": shown}))

    def _profile(self, request: Seen) -> _Reply:
        did = request.query["actor"][0]
        errors = {
            "gone": ("InvalidRequest", "Profile not found"),
            "deactivated": ("AccountDeactivated", "Account is deactivated"),
            "suspended": ("AccountTakedown", "Account has been suspended"),
        }
        if not self._is_there(did):
            error, message = errors[self.account_states[did]]
            return _Reply(400, _dump({"error": error, "message": message}))
        return _Reply(body=_dump({"did": did, "handle": "now.other.test", "viewer": self._viewer(did)}))

    def _mute(self, request: Seen, on: bool) -> _Reply:
        (self.mutes.add if on else self.mutes.discard)(request.body["actor"])
        return _Reply()

    def _posts(self, request: Seen) -> _Reply:
        """As the real service: what is deleted, removed, lost with its account or blocked is left out."""
        assert len(request.query["uris"]) <= 25
        found = [
            note
            for note in self._notes
            if note.uri in request.query["uris"]
            and not (note.gone or note.uri in self.removed_posts or self._blocks(note.did))
            and self._is_there(note.did)
        ]
        views = [
            {k: v for k, v in json.loads(n.raw).items() if k in ("uri", "cid", "author", "record")}
            for n in found
        ]
        labelers = {"atproto-content-labelers": "did:plc:moderators;redact"}
        return _Reply(body=_dump({"posts": views}), headers=labelers)

    def _record_of(self, request: Seen) -> _Reply:
        did = request.query["repo"][0]
        uri = f"at://{did}/{request.query['collection'][0]}/{request.query['rkey'][0]}"
        if not self._is_there(did):
            return _Reply(400, _dump({"error": "InvalidRequest", "message": f"Could not find repo: {did}"}))
        if not any(note.uri == uri and not note.gone for note in self._notes):
            return _Reply(400, _dump({"error": "RecordNotFound", "message": "Could not locate record"}))
        return _Reply(body=_dump({"uri": uri, "value": {}}))

    def _labels(self, request: Seen) -> _Reply:
        assert request.query["sources"] == ["did:plc:moderators"]
        labels = [
            {"src": "did:plc:moderators", "uri": uri, "val": "!takedown"}
            for uri in request.query["uriPatterns"]
            if uri in self.removed_posts
        ]
        return _Reply(body=_dump({"labels": labels}))

    def _thread_of(self, request: Seen) -> _Reply:
        uri = request.query["uri"][0]
        if uri not in self._others and not any(n.uri == uri and not n.gone for n in self._notes):
            return _Reply(400, _dump({"error": "NotFound", "message": "Post not found"}))
        return _Reply(body=_dump({"thread": self._upwards(uri, int(request.query["parentHeight"][0]))}))

    def _upwards(self, uri: str, height: int) -> dict[str, Any]:
        notes = [note for note in self._notes if note.uri == uri and not note.gone]
        view = self._others.get(uri) or (json.loads(notes[0].raw) if notes else None)
        if view is None:
            return {"$type": "app.bsky.feed.defs#notFoundPost", "uri": uri, "notFound": True}
        thread: dict[str, Any] = {"$type": "app.bsky.feed.defs#threadViewPost", "post": view}
        above = view["record"].get("reply")
        if above and height:
            thread["parent"] = self._upwards(above["parent"]["uri"], height - 1)
        return thread

    def _create_record(self, request: Seen) -> _Reply:
        assert request.body["collection"] == "app.bsky.graph.block"
        self._count += 1
        uri = f"at://{self.own_id}/app.bsky.graph.block/3b{self._count:05}"
        self.blocks[uri] = request.body["record"]["subject"]
        return _Reply(body=_dump({"uri": uri, "cid": "bafyblock"}))

    def _delete_record(self, request: Seen) -> _Reply:
        body = request.body
        self.blocks.pop(f"at://{body['repo']}/{body['collection']}/{body['rkey']}", None)
        return _Reply(body=b"{}")

    def _list_records(self, _: Seen) -> _Reply:
        records = [{"uri": uri, "value": {"subject": did}} for uri, did in reversed(self.blocks.items())]
        return _Reply(body=_dump({"records": records}))

    def _report(self, request: Seen) -> _Reply:
        if request.body["reasonType"] in self.refused_reasons:
            return _refused(400, "InvalidRequest")
        self.reports.append(request.body)
        return _Reply(body=_dump({"id": len(self.reports)}))

    def _note(self, uri: str) -> _Note:
        return next(note for note in self._notes if note.uri == uri)


def _bearer(request: Seen) -> str:
    return request.headers.get("authorization", "").removeprefix("Bearer ")


def _dump(value: Any) -> bytes:
    try:
        return json.dumps(value, ensure_ascii=False).encode()
    except UnicodeEncodeError:
        # As JavaScript writes lone surrogates: escaped.
        return json.dumps(value).encode()


def _refused(status: int, error: str) -> _Reply:
    return _Reply(status, _dump({"error": error, "message": "words for a person"}))


class _Server(ThreadingHTTPServer):
    daemon_threads = False

    def __init__(self, fake: FakeBluesky) -> None:
        self.fake = fake
        super().__init__(("127.0.0.1", 0), _Handler)

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A client that hangs up is part of the tests."""


class _Handler(BaseHTTPRequestHandler):
    server: _Server

    def log_message(self, *_: Any) -> None:
        """Silent."""

    def do_GET(self) -> None:
        self._handle()

    def do_POST(self) -> None:
        self._handle()

    def _handle(self) -> None:
        split = urlsplit(self.path)
        body = self.rfile.read(int(self.headers.get("content-length", 0)))
        request = Seen(
            self.command,
            split.path,
            parse_qs(split.query),
            {name.lower(): value for name, value in self.headers.items()},
            json.loads(body) if body else None,
        )
        fake = self.server.fake
        fake.seen.append(request)
        plan = fake.plan_for(split.path)
        if plan is None:
            self._send(fake.answer(request))
        else:
            self._misbehave(plan, request)

    def _misbehave(self, plan: _Plan, request: Seen) -> None:
        if plan.fault is Fault.DROP_BEFORE:
            return
        if plan.fault is Fault.DROP_AFTER:
            self.server.fake.answer(request)
        elif plan.fault is Fault.SLOW:
            time.sleep(plan.value)
        elif plan.fault is Fault.DRIP:
            self._drip()
        else:
            self._send(_faulty(plan))

    def _drip(self) -> None:
        self.wfile.write(b"HTTP/1.0 200 OK\r\n\r\n")
        for _ in range(600):
            self.wfile.write(b" ")
            self.wfile.flush()
            time.sleep(0.05)
        self.server.fake.drips_heard_out += 1

    def _send(self, reply: _Reply) -> None:
        body = reply.body
        if self.server.fake.compress:
            body = gzip.compress(body)
            reply.headers["Content-Encoding"] = "gzip"
        self.send_response(reply.status)
        for name, value in {**self.server.fake.extra_headers, **reply.headers}.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


def _faulty(plan: _Plan) -> _Reply:
    limited = _refused(429, "RateLimitExceeded")
    if plan.fault is Fault.RATE_LIMIT:
        limited.headers["Retry-After"] = str(plan.value)
        return limited
    if plan.fault is Fault.RATE_LIMIT_RESET:
        limited.headers["RateLimit-Reset"] = str(int(time.time()) + plan.value)
        return limited
    if plan.fault is Fault.SERVER_ERROR:
        return _refused(plan.value, "InternalServerError")
    if plan.fault is Fault.REDIRECT:
        return _Reply(302, headers={"Location": plan.value})
    if plan.fault is Fault.BOMB:
        packed = gzip.compress(b'{"notifications":["' + b"x" * plan.value + b'"]}')
        return _Reply(body=packed, headers={"Content-Encoding": "gzip"})
    bodies = {
        Fault.GARBAGE: b"<html>Bad gateway, probably</html>",
        Fault.BODY: plan.value,
        Fault.HUGE: b'{"notifications":["' + b"x" * (plan.value or 0) + b'"]}'
        if plan.fault is Fault.HUGE
        else b"",
        Fault.DEEP: b'{"notifications":' + b"[" * 100_000 + b"]" * 100_000 + b"}",
    }
    return _Reply(body=bodies[plan.fault])
