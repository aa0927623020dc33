"""The AT Protocol methods the connector uses, one function each: parameters in, checked values out."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

from core.connectors.bluesky.cursor import Resume
from core.connectors.bluesky.mapping import KINDS
from core.connectors.bluesky.session import PLATFORM, Session, xrpc
from core.connectors.http import Effect, Request
from core.connectors.untrusted_json import Slice, Unreadable, parse_page
from core.domain.ids import RemoteId
from core.errors import OutcomeUnknown, PlatformGarbled

BLOCKS: Final = "app.bsky.graph.block"
LIST_NOTIFICATIONS: Final = "app.bsky.notification.listNotifications"


@dataclass(frozen=True, slots=True)
class NotificationPage:
    """One page as received: items with their bytes, where to go on, and the server's clock."""

    items: tuple[Slice, ...]
    cursor: str | None
    date: str | None


@dataclass(frozen=True, slots=True)
class Standing:
    """How the account stands to another: muted at all, and the URI of its own block record."""

    muted: bool
    block_uri: str | None


class BlueskyClient:
    """Typed calls for one signed-in account."""

    def __init__(self, session: Session, did: RemoteId, page_size: int) -> None:
        self._session = session
        self._did = did
        self._page_size = page_size

    def notifications(self, cursor: str | None) -> NotificationPage:
        """Replies, mentions and quotes after `cursor` (see `Resume`), newest first."""
        resume = Resume.parse(cursor) if cursor is not None else None
        if resume is None:
            return self._resumable(self._page(cursor))
        page = self._page(resume.overlapping)
        page = replace(page, items=resume.unseen(page.items))
        if page.cursor == resume.at:
            # Nothing but that millisecond, or nothing after it: step past it.
            rest = self._page(resume.at)
            page = replace(rest, items=page.items + rest.items)
        return self._resumable(page)

    @staticmethod
    def _resumable(page: NotificationPage) -> NotificationPage:
        return replace(page, cursor=page.cursor and Resume.after(page.cursor, page.items))

    def _page(self, cursor: str | None) -> NotificationPage:
        params = [("limit", str(self._page_size)), *(("reasons", reason) for reason in KINDS)]
        # Without this, a person who asked the app for followed people only would never see a pile-on.
        params.append(("priority", "false"))
        if cursor is not None:
            params.append(("cursor", cursor))
        answer = self._session.call(Request("GET", xrpc(LIST_NOTIFICATIONS), tuple(params)))
        try:
            items, others = parse_page(answer.body, "notifications")
        except Unreadable as error:
            raise PlatformGarbled(platform=PLATFORM, what=str(error)) from error
        after = others.get("cursor")
        if (after is not None and not isinstance(after, str)) or "notifications" in others:
            raise PlatformGarbled(platform=PLATFORM, what="notifications")
        if after is not None and after == cursor:
            raise PlatformGarbled(platform=PLATFORM, what="cursor stands still")
        return NotificationPage(items, after or None, answer.date)

    def standing(self, did: RemoteId) -> Standing:
        """What the account has already done about someone."""
        request = Request("GET", xrpc("app.bsky.actor.getProfile"), (("actor", did),))
        viewer = self._session.fields(request).get("viewer")
        viewer = viewer if isinstance(viewer, Mapping) else {}
        blocking = viewer.get("blocking")
        # A block through a list shows here too; that is not ours to count or to lift.
        own = isinstance(blocking, str) and blocking.startswith(f"at://{self._did}/{BLOCKS}/")
        return Standing(bool(viewer.get("muted")), str(blocking) if own else None)

    def mute(self, did: RemoteId, on: bool) -> None:
        """Mute or unmute; private to the account."""
        nsid = "app.bsky.graph.muteActor" if on else "app.bsky.graph.unmuteActor"
        self._session.call(Request("POST", xrpc(nsid), body={"actor": did}, effect=Effect.REPEATABLE))

    def create_block(self, did: RemoteId, now: datetime) -> str:
        """A block record; its URI. Public. Raises `OutcomeUnknown` when it cannot be told."""
        record = {"$type": BLOCKS, "subject": did, "createdAt": _stamp(now)}
        body = {"repo": self._did, "collection": BLOCKS, "record": record}
        request = Request("POST", xrpc("com.atproto.repo.createRecord"), body=body, effect=Effect.ONCE)
        uri = self._session.fields(request).get("uri")
        if not isinstance(uri, str) or not uri.startswith(f"at://{self._did}/{BLOCKS}/"):
            raise OutcomeUnknown(platform=PLATFORM)
        return uri

    def find_block(self, did: RemoteId) -> str | None:
        """The URI of the block record on someone among the newest hundred, asked of the repository."""
        params = (("repo", self._did), ("collection", BLOCKS), ("limit", "100"))
        request = Request("GET", xrpc("com.atproto.repo.listRecords"), params)
        records = self._session.fields(request).get("records")
        for record in records if isinstance(records, list) else ():
            value = record.get("value") if isinstance(record, dict) else None
            uri = record.get("uri") if isinstance(record, dict) else None
            if isinstance(value, dict) and value.get("subject") == did and isinstance(uri, str):
                return uri
        return None

    def delete_block(self, record_key: str) -> None:
        """Remove one block record; nothing happens when it is gone already."""
        body = {"repo": self._did, "collection": BLOCKS, "rkey": record_key}
        path = xrpc("com.atproto.repo.deleteRecord")
        self._session.call(Request("POST", path, body=body, effect=Effect.REPEATABLE))

    def report(self, reason_type: str, comment: str, subject: Mapping[str, object]) -> str:
        """Report to the moderation service; the report's id."""
        body: dict[str, object] = {"reasonType": reason_type, "subject": dict(subject)}
        if comment:
            body["reason"] = comment
        request = Request("POST", xrpc("com.atproto.moderation.createReport"), body=body, effect=Effect.ONCE)
        number = self._session.fields(request).get("id")
        if not isinstance(number, int):
            raise OutcomeUnknown(platform=PLATFORM)
        return str(number)

    def post_version(self, uri: RemoteId) -> str | None:
        """The cid of a post as it is now, or None when it is gone."""
        request = Request("GET", xrpc("app.bsky.feed.getPosts"), (("uris", uri),))
        posts = self._session.fields(request).get("posts")
        first = posts[0] if isinstance(posts, list) and posts else None
        cid = first.get("cid") if isinstance(first, dict) else None
        return cid if isinstance(cid, str) else None


def _stamp(at: datetime) -> str:
    return at.isoformat(timespec="milliseconds").replace("+00:00", "Z")
