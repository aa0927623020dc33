"""What is kept around a mention: the conversation above it and its pictures."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from sqlalchemy import Connection, Row, delete, select, update
from sqlalchemy.dialects.sqlite import insert as upsert

from core.domain.capture import ContextPost, ContextRole, Media, MediaState
from core.domain.ids import AccountId, EntrySeq, MentionId, PlatformName, RemoteId
from core.domain.mention import Attachment
from core.errors import NotFound
from core.storage.capture_tables import context_post, context_wait, media
from core.storage.tables import mention

_CHUNK: Final = 500


@dataclass(frozen=True, slots=True)
class Waiting:
    """A mention whose conversation is still to be fetched, the post to ask for, and failed tries."""

    mention_id: MentionId
    post: RemoteId
    tries: int


class ContextReader:
    """Reads conversations."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def of(self, ids: Sequence[MentionId]) -> dict[MentionId, tuple[ContextPost, ...]]:
        """The posts around these mentions, oldest first; a mention without any is left out."""
        found: dict[MentionId, tuple[ContextPost, ...]] = {}
        for start in range(0, len(ids), _CHUNK):
            statement = select(context_post).where(context_post.c.mention_id.in_(ids[start : start + _CHUNK]))
            order = (context_post.c.mention_id, context_post.c.position)
            for row in self._connection.execute(statement.order_by(*order)):
                found[row.mention_id] = (*found.get(row.mention_id, ()), _context_post(row))
        return found

    def is_waiting(self, mention_id: MentionId) -> bool:
        """Whether the conversation is still to be fetched."""
        found = select(context_wait.c.mention_id).where(context_wait.c.mention_id == mention_id)
        return self._connection.execute(found).first() is not None

    def waiting(
        self, platform: PlatformName, account_id: AccountId, now: datetime, limit: int
    ) -> tuple[Waiting, ...]:
        """Conversations of this account's mentions to fetch now, newest post first: its answer holds what
        stands above the older ones."""
        rows = self._connection.execute(
            select(context_wait)
            .join(mention, mention.c.id == context_wait.c.mention_id)
            .where(mention.c.platform == platform, mention.c.account_id == account_id)
            .where(context_wait.c.due_at <= now)
            .order_by(mention.c.shown_at.desc(), mention.c.id)
            .limit(limit)
        )
        return tuple(Waiting(MentionId(row.mention_id), RemoteId(row.post), row.tries) for row in rows)


class ContextWriter(ContextReader):
    """Stores conversations."""

    def want(self, posts: Mapping[MentionId, RemoteId], now: datetime) -> None:
        """Remember which post to ask for to learn what each mention answers."""
        rows = [{"mention_id": one, "post": post, "due_at": now, "tries": 0} for one, post in posts.items()]
        if rows:
            self._connection.execute(upsert(context_wait).on_conflict_do_nothing(), rows)

    def put(self, mention_id: MentionId, posts: Sequence[ContextPost], entry_seq: EntrySeq) -> None:
        """Store the posts above a mention, read from the bytes in `entry_seq`; nothing is left to fetch."""
        self.give_up(mention_id)
        rows = [
            {
                "mention_id": mention_id,
                "role": post.role.value,
                "position": position,
                "remote_id": post.remote_id,
                "author_remote_id": post.author_remote_id,
                "author_handle": post.author_handle,
                "author_name": post.author_name,
                "text": post.text,
                "created_at": post.created_at,
                "url": post.url,
                "entry_seq": entry_seq,
            }
            for position, post in enumerate(posts)
        ]
        if rows:
            self._connection.execute(upsert(context_post).on_conflict_do_nothing(), rows)

    def retry(self, mention_id: MentionId, due_at: datetime) -> None:
        """Try again later."""
        self._connection.execute(
            update(context_wait)
            .where(context_wait.c.mention_id == mention_id)
            .values(due_at=due_at, tries=context_wait.c.tries + 1)
        )

    def give_up(self, mention_id: MentionId) -> None:
        """Nothing more to fetch for this mention."""
        self._connection.execute(delete(context_wait).where(context_wait.c.mention_id == mention_id))


class MediaReader:
    """Reads what is known of pictures."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def of(self, ids: Sequence[MentionId]) -> dict[MentionId, tuple[Media, ...]]:
        """The pictures of these mentions in the post's order; a mention without any is left out."""
        found: dict[MentionId, tuple[Media, ...]] = {}
        for start in range(0, len(ids), _CHUNK):
            statement = select(media).where(media.c.mention_id.in_(ids[start : start + _CHUNK]))
            for row in self._connection.execute(statement.order_by(media.c.mention_id, media.c.position)):
                found[row.mention_id] = (*found.get(row.mention_id, ()), _media(row))
        return found

    def get(self, media_id: int) -> Media:
        """One picture. Raises `NotFound`."""
        row = self._connection.execute(select(media).where(media.c.id == media_id)).one_or_none()
        if row is None:
            raise NotFound(what="picture", name=media_id)
        return _media(row)

    def same_file(self, sha256: bytes) -> tuple[Media, ...]:
        """Every picture that is this very file."""
        rows = self._connection.execute(select(media).where(media.c.sha256 == sha256).order_by(media.c.id))
        return tuple(_media(row) for row in rows)

    def erased(self) -> tuple[Media, ...]:
        """Every picture the person had erased: neither it nor its like is kept again."""
        erased = media.c.state == MediaState.ERASED.value
        return tuple(_media(row) for row in self._connection.execute(select(media).where(erased)))

    def perceptual_hashes(self) -> dict[MentionId, tuple[bytes, ...]]:
        """The perceptual hashes (32 bytes each) of every captured picture, for grouping."""
        found: dict[MentionId, tuple[bytes, ...]] = {}
        rows = self._connection.execute(
            select(media.c.mention_id, media.c.perceptual)
            .where(media.c.state == MediaState.CAPTURED.value, media.c.perceptual.is_not(None))
            .order_by(media.c.mention_id, media.c.position)
        )
        for row in rows:
            found[row.mention_id] = (*found.get(row.mention_id, ()), row.perceptual)
        return found


class MediaWriter(MediaReader):
    """Stores what is known of pictures."""

    def offer(self, attachments: Mapping[MentionId, Sequence[Attachment]]) -> None:
        """Note which pictures came with mentions; nothing is fetched."""
        rows = [
            {
                "mention_id": mention_id,
                "position": position,
                "kind": one.kind,
                "ref": one.ref,
                "alt": one.alt,
                "state": MediaState.OFFERED.value,
            }
            for mention_id, ones in attachments.items()
            for position, one in enumerate(ones)
        ]
        if rows:
            self._connection.execute(upsert(media).on_conflict_do_nothing(), rows)

    def captured(
        self,
        media_id: int,
        *,
        sha256: bytes,
        media_type: str,
        size: tuple[int, int],
        perceptual: bytes,
        entry_seq: EntrySeq,
        now: datetime,
    ) -> None:
        """The file is sealed in `entry_seq`; `size` is width and height in pixels."""
        self._change(
            media_id,
            state=MediaState.CAPTURED.value,
            reason=None,
            sha256=sha256,
            media_type=media_type,
            width=size[0],
            height=size[1],
            perceptual=perceptual,
            entry_seq=entry_seq,
            captured_at=now,
        )

    def settle(self, media_id: int, state: MediaState, reason: str | None) -> None:
        """Gone, refused, erased or offered again, and why."""
        self._change(media_id, state=state.value, reason=reason)

    def _change(self, media_id: int, **values: Any) -> None:
        self._connection.execute(update(media).where(media.c.id == media_id).values(**values))


def _context_post(row: Row[Any]) -> ContextPost:
    return ContextPost(
        role=ContextRole(row.role),
        remote_id=RemoteId(row.remote_id),
        author_remote_id=RemoteId(row.author_remote_id),
        author_handle=row.author_handle,
        author_name=row.author_name,
        text=row.text,
        created_at=row.created_at,
        url=row.url,
        entry_seq=EntrySeq(row.entry_seq),
    )


def _media(row: Row[Any]) -> Media:
    return Media(
        id=row.id,
        mention_id=MentionId(row.mention_id),
        position=row.position,
        attachment=Attachment(row.kind, row.ref, row.alt),
        state=MediaState(row.state),
        reason=row.reason,
        media_type=row.media_type,
        width=row.width,
        height=row.height,
        sha256=row.sha256,
        perceptual=row.perceptual,
        entry_seq=EntrySeq(row.entry_seq) if row.entry_seq is not None else None,
        captured_at=row.captured_at,
    )
