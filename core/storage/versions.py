"""Edited posts: later texts beside the first, and what is known of a post that comes in again."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

from sqlalchemy import Connection, Row, delete, insert, select, tuple_

from core.domain.capture import MentionVersion
from core.domain.ids import EntrySeq, MentionId, PlatformName, RemoteId
from core.storage.capture_tables import mention_version
from core.storage.tables import mention, sender, verdict

_CHUNK: Final = 500
_PostKey = tuple[PlatformName, RemoteId]


@dataclass(frozen=True, slots=True)
class KnownPost:
    """What is stored of a post: its texts and version marks from first to newest, and who it is shown by."""

    mention_id: MentionId
    entry_seq: EntrySeq
    texts: tuple[str, ...]
    versions: tuple[str | None, ...]
    handle: str
    display_name: str

    def plus(self, text: str, version: str | None) -> "KnownPost":
        """The same after a later text was stored."""
        return replace(self, texts=(*self.texts, text), versions=(*self.versions, version))


class VersionReader:
    """Reads later texts of edited posts."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def of(self, ids: Sequence[MentionId]) -> dict[MentionId, tuple[MentionVersion, ...]]:
        """Later versions of these mentions, oldest first; one never edited is left out."""
        found: dict[MentionId, tuple[MentionVersion, ...]] = {}
        for start in range(0, len(ids), _CHUNK):
            chunk = mention_version.c.mention_id.in_(ids[start : start + _CHUNK])
            rows = self._connection.execute(select(mention_version).where(chunk).order_by("id"))
            for row in rows:
                found[row.mention_id] = (*found.get(row.mention_id, ()), _version(row))
        return found

    def known_posts(self, keys: Sequence[_PostKey]) -> dict[_PostKey, KnownPost]:
        """What is stored of these posts; those not stored are left out."""
        found: dict[_PostKey, KnownPost] = {}
        for start in range(0, len(keys), _CHUNK):
            chunk = tuple_(mention.c.platform, mention.c.remote_id).in_(keys[start : start + _CHUNK])
            rows = self._connection.execute(
                select(
                    mention.c.id,
                    mention.c.platform,
                    mention.c.remote_id,
                    mention.c.entry_seq,
                    mention.c.text,
                    mention.c.version,
                    sender.c.handle,
                    sender.c.display_name,
                )
                .join(sender, sender.c.id == mention.c.sender_id)
                .where(chunk)
            ).all()
            later = later_texts(self._connection, [row.id for row in rows])
            for row in rows:
                known = KnownPost(
                    MentionId(row.id),
                    EntrySeq(row.entry_seq),
                    (row.text,),
                    (row.version,),
                    row.handle,
                    row.display_name,
                )
                for text, version in later.get(row.id, ()):
                    known = known.plus(text, version)
                found[PlatformName(row.platform), RemoteId(row.remote_id)] = known
        return found


class VersionWriter(VersionReader):
    """Stores later texts."""

    def add(self, version: MentionVersion) -> None:
        """Store a later text and let the mention be judged anew with it."""
        self._connection.execute(
            insert(mention_version).values(
                mention_id=version.mention_id,
                text=version.text,
                version=version.version,
                seen_at=version.seen_at,
                entry_seq=version.entry_seq,
            )
        )
        self._connection.execute(delete(verdict).where(verdict.c.mention_id == version.mention_id))


def later_texts(connection: Connection, ids: Sequence[int]) -> dict[int, list[tuple[str, str | None]]]:
    """Texts and version marks of these mentions that came after the first."""
    found: dict[int, list[tuple[str, str | None]]] = {}
    rows = connection.execute(
        select(mention_version).where(mention_version.c.mention_id.in_(ids)).order_by(mention_version.c.id)
    )
    for row in rows:
        found.setdefault(row.mention_id, []).append((row.text, row.version))
    return found


def _version(row: Row[Any]) -> MentionVersion:
    return MentionVersion(
        mention_id=MentionId(row.mention_id),
        text=row.text,
        version=row.version,
        seen_at=row.seen_at,
        entry_seq=EntrySeq(row.entry_seq),
    )
