"""Pictures of posts: fetched only when the person asks for them, looked at by a limited process, sealed.

What cannot be looked at is not kept. What the person erased is not kept a second time, nor what looks
like it.
"""

from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from functools import partial
from typing import Final

from app.jobs.context import JobContext
from app.services.accounts import AccountService
from app.services.patience import patiently
from core.domain.capture import Answered, Media, MediaState
from core.domain.evidence import EntryKind
from core.domain.ids import MentionId
from core.errors import AppError, NotFound, PlatformGarbled, PlatformRefused, UnsupportedHere
from core.evidence.clocks import Facts, server_skew_s
from core.media.picture import Picture, PictureRefused, alike, examine
from core.ports import Clock, Connector, ServesPictures
from core.storage import Store, WriteUnit
from core.storage.log import content_hash

# Reasons beside those of `core.media.picture` and the connector.
NOT_WANTED: Final = "not-wanted"
ERASED_BEFORE: Final = "erased-before"
_TRIED_AGAIN: Final = (MediaState.OFFERED, MediaState.GONE)


@dataclass(frozen=True, slots=True)
class PictureReport:
    """How many pictures of one post were captured, gone or refused; `stopped_by` leaves the rest as is."""

    captured: int = 0
    gone: int = 0
    refused: int = 0
    stopped_by: AppError | None = None


class MediaService:
    """Fetches, shows and erases pictures."""

    def __init__(self, store: Store, accounts: AccountService, clock: Clock) -> None:
        self._store = store
        self._accounts = accounts
        self._clock = clock

    def fetch(self, mention_id: MentionId, context: JobContext) -> PictureReport:
        """Fetch what a post came with from the platform's own servers: the person has said yes.

        Raises `NotFound` when no account of its platform is connected.
        """
        with self._store.read() as unit:
            wanted = [
                one for one in unit.media.of([mention_id]).get(mention_id, ()) if one.state in _TRIED_AGAIN
            ]
            stored = unit.mentions.get(mention_id)
        if not wanted:
            return PictureReport()
        counts = dict.fromkeys(MediaState, 0)
        stopped: AppError | None = None
        with ExitStack() as stack:
            door = self._door(stored.account_id, stored.mention.platform)
            stack.callback(door.close)
            if not isinstance(door, ServesPictures):
                raise UnsupportedHere(what="pictures", where=stored.mention.platform)
            for done, one in enumerate(wanted):
                context.checkpoint()
                try:
                    counts[self._fetch_one(one, door, context)] += 1
                except AppError as failure:
                    stopped = failure
                    break
                context.progress(done + 1, len(wanted))
        return PictureReport(
            counts[MediaState.CAPTURED], counts[MediaState.GONE], counts[MediaState.REFUSED], stopped
        )

    def preview(self, media_id: int) -> bytes:
        """A captured picture as a PNG of at most 1024 x 1024, drawn anew by the limited process.

        Raises `NotFound` when it was not captured, was erased, or cannot be drawn.
        """
        with self._store.read() as unit:
            one = unit.media.get(media_id)
            raw = unit.log.content(one.sha256) if one.sha256 is not None else None
        if raw is None or one.state is not MediaState.CAPTURED:
            raise NotFound(what="picture", name=media_id)
        try:
            return examine(raw).preview
        except PictureRefused as refused:
            raise NotFound(what="picture", name=media_id) from refused

    def refuse(self, mention_id: MentionId) -> None:
        """The person does not want the pictures of this post: they are not offered again."""
        with self._store.write() as unit:
            for one in unit.media.of([mention_id]).get(mention_id, ()):
                if one.state in _TRIED_AGAIN:
                    unit.media.settle(one.id, MediaState.REFUSED, NOT_WANTED)

    def erase(self, media_id: int, reason: str) -> None:
        """Delete a picture for good, wherever the same file was kept; the log says that and why."""
        with self._store.write() as unit:
            one = unit.media.get(media_id)
            if one.sha256 is None or one.state is not MediaState.CAPTURED:
                raise NotFound(what="picture", name=media_id)
            for same in unit.media.same_file(one.sha256):
                unit.media.settle(same.id, MediaState.ERASED, reason)
            unit.log.erase(one.sha256, reason)

    def _door(self, account_id: int | None, platform: str) -> Connector:
        """The account the mention came to, else any of its platform."""
        accounts = [one for one in self._accounts.list() if one.platform == platform]
        accounts.sort(key=lambda one: one.id != account_id)
        if not accounts:
            raise NotFound(what="account", name=platform)
        return self._accounts.open(accounts[0].id)[1]

    def _fetch_one(self, one: Media, door: ServesPictures, context: JobContext) -> MediaState:
        try:
            answer = patiently(partial(door.picture, one.attachment), context)
        except PlatformGarbled as failure:
            return self._refuse(one, str(failure.params.get("what", failure.code)))
        except (PlatformRefused, UnsupportedHere) as failure:
            return self._refuse(one, failure.code)
        if answer is None:
            with self._store.write() as unit:
                unit.media.settle(one.id, MediaState.GONE, None)
            return MediaState.GONE
        try:
            picture = examine(answer.raw)
        except PictureRefused as refused:
            return self._refuse(one, str(refused))
        return self._keep(one, answer, picture)

    def _keep(self, one: Media, answer: Answered, picture: Picture) -> MediaState:
        sha256, now = content_hash(answer.raw), self._clock.now()
        facts: Facts = {
            "act": "picture",
            "method": "api",
            "src": "/".join(answer.asked.split("/")[:3]),
            "media_type": picture.media_type,
            "server_date": answer.server_date,
            "server_skew_s": server_skew_s(answer.server_date, now),
        }
        with self._store.write() as unit:
            if _was_erased(unit.media.erased(), sha256, picture.perceptual):
                return _settle_refused(unit, one, ERASED_BEFORE)
            facts["of"] = unit.mentions.get(one.mention_id).entry_seq
            sealed = unit.log.append(EntryKind.CAPTURED, content=answer.raw, facts=facts)
            unit.log.flush()
            unit.media.captured(
                one.id,
                sha256=sha256,
                media_type=picture.media_type,
                size=(picture.width, picture.height),
                perceptual=picture.perceptual,
                entry_seq=sealed.seq,
                now=now,
            )
        return MediaState.CAPTURED

    def _refuse(self, one: Media, reason: str) -> MediaState:
        with self._store.write() as unit:
            return _settle_refused(unit, one, reason)


def _settle_refused(unit: WriteUnit, one: Media, reason: str) -> MediaState:
    """Not kept; that it was tried, and why it was refused, is an entry."""
    unit.media.settle(one.id, MediaState.REFUSED, reason)
    unit.log.append(EntryKind.NOTE, facts={"act": "picture-refused", "why": reason, "media": one.id})
    return MediaState.REFUSED


def _was_erased(erased: Sequence[Media], sha256: bytes, perceptual: bytes) -> bool:
    return any(
        one.sha256 == sha256 or (one.perceptual is not None and alike(one.perceptual, perceptual))
        for one in erased
    )
