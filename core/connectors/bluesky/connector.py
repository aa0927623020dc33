"""The Bluesky platform and its connector.

Time: a notification's `indexedAt` is the *earlier* of when the service indexed the post and the date
the sender wrote into it, and the list is sorted by it. So a post may appear far below the top long after
it was sent: indexed late, or dated back by a sender who hopes to slip below what is already read.
`since` cannot see those; only a walk without `since` finds them, and the sync service takes one
from time to time. Muting or blocking someone takes their posts out of the list, as deleting does.
"""

import time
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from typing import Final

from core.connectors.bluesky.client import BLOCKS, LIST_NOTIFICATIONS, BlueskyClient, NotificationPage
from core.connectors.bluesky.conversation import conversation
from core.connectors.bluesky.mapping import map_notification
from core.connectors.bluesky.pictures import Pictures, PictureServers
from core.connectors.bluesky.session import PLATFORM, Secret, Session, create_session, sign_in_refused, xrpc
from core.connectors.bluesky.shapes import moment
from core.connectors.bluesky.standing import MOST, PostChecks
from core.connectors.http import Limits, ServiceClient, service_origin
from core.connectors.untrusted_json import Slice, Unreadable, readable
from core.domain.account import Account
from core.domain.capture import Answered, Conversation, PostRef, PostStatus
from core.domain.classification import Category
from core.domain.ids import RemoteId
from core.domain.mention import Attachment, Page, Received
from core.domain.response import ActionKind
from core.errors import AppError, OutcomeUnknown, PlatformRefused, UnsupportedHere
from core.ports import Connector, ConnectorInfo, Receipt, RemoteTarget, SecretStore, SignedIn

_PAGE_SIZE: Final = 100  # the service's own maximum
# Comments of a report: 2,000 graphemes and 20,000 bytes at most (com.atproto.moderation.createReport).
_MOST_COMMENT: Final = 2000

# From the lexicon tools.ozone.report.defs; the older `reasonRude` names its successor there.
_REASON_TYPES: Final = {
    Category.THREAT: "tools.ozone.report.defs#reasonViolenceThreats",
    Category.DOXXING: "tools.ozone.report.defs#reasonHarassmentDoxxing",
    Category.PILE_ON: "tools.ozone.report.defs#reasonHarassmentTargeted",
    Category.IDENTITY_ATTACK: "tools.ozone.report.defs#reasonHarassmentHateSpeech",
    Category.SLUR: "tools.ozone.report.defs#reasonHarassmentHateSpeech",
}
_OTHER_REASON: Final = "tools.ozone.report.defs#reasonHarassmentOther"
# For moderation services that do not know the newer names.
_OLD_REASON: Final = "com.atproto.moderation.defs#reasonRude"

_INFO: Final = ConnectorInfo(
    platform=PLATFORM,
    title="Bluesky",
    default_service="https://bsky.social",
    handle_hint="name.bsky.social",
    secret_hint="xxxx-xxxx-xxxx-xxxx",  # noqa: S106 - the shape of an app password
    actions=frozenset(ActionKind),
    public_actions=frozenset({ActionKind.BLOCK}),
    # The service allows 1,666 new records an hour (27 a minute) and 11,666 a day.
    actions_per_minute=20,
    checks_posts=True,
    picture_hosts=PictureServers().hosts,
)


def _utc_now() -> datetime:
    return datetime.now(UTC)


class BlueskyPlatform:
    """Implements `core.ports.Platform`. `now` and `sleep` are the real ones unless a test says otherwise."""

    def __init__(
        self,
        *,
        limits: Limits | None = None,
        page_size: int = _PAGE_SIZE,
        sleep: Callable[[float], None] = time.sleep,
        now: Callable[[], datetime] = _utc_now,
        picture_servers: PictureServers | None = None,
    ) -> None:
        self._limits = limits
        self._pictures = Pictures(picture_servers or PictureServers())
        self._page_size = page_size
        self._sleep = sleep
        self._now = now

    @property
    def info(self) -> ConnectorInfo:
        """What Bluesky needs and can do."""
        return _INFO

    def sign_in(self, handle: str, secret: str, service_url: str) -> SignedIn:
        """Check handle and app password. Raises `BadInput` for an address that is not https, too."""
        origin = service_origin(service_url or _INFO.default_service)
        name = _bare_handle(handle)
        if not name or not secret:
            raise sign_in_refused(name)
        http = ServiceClient(origin, PLATFORM, limits=self._limits, sleep=self._sleep)
        try:
            tokens = create_session(http, name, readable(secret.strip()))
        finally:
            http.close()
        if tokens is None:
            raise sign_in_refused(name)
        kept = Secret(secret.strip(), tokens.access, tokens.refresh)
        return SignedIn(RemoteId(tokens.did), readable(tokens.handle), origin, kept.dump())

    def open(self, account: Account, secrets: SecretStore) -> Connector:
        """A connector for a stored account. Raises `SignInNeeded` when no secret is stored."""
        http = ServiceClient(account.service_url, PLATFORM, limits=self._limits, sleep=self._sleep)
        try:
            session = Session(http, account, secrets)
        except BaseException:
            http.close()
            raise
        return BlueskyConnector(
            http,
            session,
            account.remote_id,
            pictures=self._pictures,
            page_size=self._page_size,
            now=self._now,
        )


class BlueskyConnector:
    """Implements `core.ports.Connector`, `ChecksPosts`, `ShowsConversations` and `ServesPictures`.

    Everyone is addressed by DID: handles change.
    """

    def __init__(
        self,
        http: ServiceClient,
        session: Session,
        did: RemoteId,
        *,
        pictures: Pictures,
        page_size: int = _PAGE_SIZE,
        now: Callable[[], datetime] = _utc_now,
    ) -> None:
        self._http = http
        self._session = session
        self._checks = PostChecks(session, http.origin)
        self._pictures = pictures
        self._client = BlueskyClient(session, did, page_size)
        self._did = did
        self._now = now

    def close(self) -> None:
        """Release the network connection."""
        self._http.close()

    def fetch_mentions(self, cursor: str | None, since: datetime | None) -> Page:
        """One page; a page may be empty and yet have a cursor, when all on it are muted or deleted."""
        page = self._client.notifications(cursor)
        older = [self._is_before(item, since) for item in page.items]
        items = tuple(self._received(item, page) for item in page.items)
        ended = bool(older) and all(older)
        return Page(items, None if ended else page.cursor, reached_known=any(older))

    @staticmethod
    def _is_before(item: Slice, since: datetime | None) -> bool:
        indexed = moment(item.value.get("indexedAt")) if isinstance(item.value, dict) else None
        return since is not None and indexed is not None and indexed < since

    def _received(self, item: Slice, page: NotificationPage) -> Received:
        try:
            mention, problem = map_notification(item.value, self._did), None
        except Unreadable as error:
            mention, problem = None, str(error)
        return Received(
            raw=item.raw,
            source=self._http.origin + xrpc(LIST_NOTIFICATIONS),
            method="api",
            mention=mention,
            problem=problem,
            server_date=page.date,
        )

    @property
    def posts_per_check(self) -> int:
        """The service's own maximum."""
        return MOST

    def check_posts(self, posts: Sequence[PostRef]) -> tuple[PostStatus, ...]:
        """Whether posts are still there; see `standing` for how."""
        return self._checks.check(posts)

    def conversation(self, post: RemoteId) -> Conversation | None:
        """The post and what stands above it."""
        return conversation(self._session, self._http.origin, self._did, post)

    def picture(self, attachment: Attachment) -> Answered | None:
        """A picture from Bluesky's own servers; see `pictures`."""
        return self._pictures.fetch(attachment)

    def act(self, kind: ActionKind, target: RemoteTarget) -> Receipt:
        """Mute, block or report. A report's category picks the moderation service's own word for it."""
        if kind is ActionKind.MUTE:
            return self._mute(target.sender)
        if kind is ActionKind.BLOCK:
            return self._block(target.sender)
        return self._report(target)

    def undo(self, kind: ActionKind, target: RemoteTarget, ref: str | None) -> None:
        """Unmute, or delete the very block record that `ref` names."""
        if kind is ActionKind.MUTE:
            self._client.mute(target.sender, on=False)
        elif kind is ActionKind.BLOCK:
            self._client.delete_block(self._record_key(ref))
        else:
            raise UnsupportedHere(what="undo-report", where=PLATFORM)

    def _mute(self, did: RemoteId) -> Receipt:
        if self._client.standing(did).muted:
            return Receipt(already=True, ref=None)
        self._client.mute(did, on=True)
        return Receipt(already=False, ref=None)

    def _block(self, did: RemoteId) -> Receipt:
        standing = self._client.standing(did)
        if standing.block_uri is not None:
            return Receipt(already=True, ref=None)
        try:
            return Receipt(already=False, ref=self._client.create_block(did, self._now()))
        except OutcomeUnknown:
            uri = self._arrived_block(did)
            if uri is None:
                raise
            return Receipt(already=False, ref=uri)

    def _arrived_block(self, did: RemoteId) -> str | None:
        """The record that may have arrived, asked of the repository; None when that cannot tell either."""
        try:
            return self._client.find_block(did)
        except AppError:
            # Any other error would say "not sent, try again", and that is not known.
            return None

    def _report(self, target: RemoteTarget) -> Receipt:
        comment = readable(target.reason)[:_MOST_COMMENT]
        subject = self._subject(target)
        try:
            reason_type = _REASON_TYPES.get(target.category) if target.category else None
            ref = self._client.report(reason_type or _OTHER_REASON, comment, subject)
        except PlatformRefused as refused:
            if refused.params.get("status") != 400:
                raise
            ref = self._client.report(_OLD_REASON, comment, subject)
        return Receipt(already=False, ref=ref)

    def _subject(self, target: RemoteTarget) -> dict[str, object]:
        if target.post is None:
            return {"$type": "com.atproto.admin.defs#repoRef", "did": target.sender}
        version = target.version or self._client.post_version(target.post)
        if version is None:
            raise PlatformRefused(platform=PLATFORM, status=404, reason="PostGone")
        return {"$type": "com.atproto.repo.strongRef", "uri": target.post, "cid": version}

    def _record_key(self, ref: str | None) -> str:
        prefix = f"at://{self._did}/{BLOCKS}/"
        if ref is None or not ref.startswith(prefix) or "/" in ref.removeprefix(prefix):
            raise UnsupportedHere(what="undo-without-receipt", where=PLATFORM)
        return ref.removeprefix(prefix)


def _bare_handle(untrusted_handle: str) -> str:
    """The handle as typed or pasted: without @, spaces and the invisible marks web pages put around it."""
    visible = "".join(char for char in untrusted_handle if char.isprintable())
    return readable(visible).strip().removeprefix("@").lower()
