"""Senders, mentions and the problems of what could not be read."""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    Connection,
    Row,
    Select,
    String,
    func,
    insert,
    select,
    tuple_,
    type_coerce,
    update,
)
from sqlalchemy.dialects.sqlite import insert as upsert

from core.domain.ids import AccountId, EntrySeq, MentionId, PlatformName, RemoteId, SenderId
from core.domain.inbox import Review
from core.domain.mention import Author, Mention, MentionKind, Received, StoredMention
from core.errors import NotFound
from core.storage.captures import MediaReader
from core.storage.tables import mention, problem, sender, sender_name, verdict
from core.storage.versions import later_texts

# SQLite allows 32,766 bound values in one statement.
_CHUNK = 500

PostKey = tuple[PlatformName, RemoteId]
# Name, version and SHA-256 of a classifier's weights.
Weights = tuple[str, str, str]

_scored = mention.outerjoin(verdict, verdict.c.mention_id == mention.c.id)


def _not_by(model: Weights) -> ColumnElement[bool]:
    name, version, sha256 = model
    same = (verdict.c.model_name == name) & (verdict.c.model_version == version)
    return verdict.c.mention_id.is_(None) | ~(same & (verdict.c.weights_sha256 == sha256))


@dataclass(frozen=True, slots=True)
class NewMention:
    """A parsed mention with the log entry that seals its bytes."""

    mention: Mention
    entry_seq: EntrySeq
    received_at: datetime


class MentionReader:
    """Reads mentions."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def known(self, keys: Sequence[PostKey]) -> set[PostKey]:
        """Which of these posts are stored already."""
        found: set[PostKey] = set()
        for start in range(0, len(keys), _CHUNK):
            chunk = keys[start : start + _CHUNK]
            rows = self._connection.execute(
                select(mention.c.platform, mention.c.remote_id).where(
                    tuple_(mention.c.platform, mention.c.remote_id).in_(chunk)
                )
            )
            found.update((PlatformName(row.platform), RemoteId(row.remote_id)) for row in rows)
        return found

    def known_problems(self, keys: Sequence[tuple[str, bytes]]) -> set[tuple[str, bytes]]:
        """Which of these (source, SHA-256) problems are recorded already."""
        rows = self._connection.execute(
            select(problem.c.source, problem.c.sha256).where(
                tuple_(problem.c.source, problem.c.sha256).in_(list(keys))
            )
        )
        return {(row.source, row.sha256) for row in rows}

    def count(self) -> int:
        """How many mentions are stored."""
        count: int = self._connection.execute(select(func.count()).select_from(mention)).scalar_one()
        return count

    def get(self, mention_id: MentionId) -> StoredMention:
        """One mention. Raises `NotFound`."""
        row = self._connection.execute(_stored().where(mention.c.id == mention_id)).one_or_none()
        if row is None:
            raise NotFound(what="mention", name=mention_id)
        return _to_stored(row)

    def all(self) -> Iterator[StoredMention]:
        """Every mention in order of arrival, streamed."""
        rows = self._connection.execution_options(yield_per=1_000).execute(_stored().order_by(mention.c.id))
        return (_to_stored(row) for row in rows)

    def many(self, ids: Sequence[MentionId]) -> list[StoredMention]:
        """These mentions, in order of arrival; unknown ids are left out."""
        found: list[StoredMention] = []
        for start in range(0, len(ids), _CHUNK):
            statement = _stored().where(mention.c.id.in_(ids[start : start + _CHUNK]))
            found.extend(_to_stored(row) for row in self._connection.execute(statement))
        return sorted(found, key=lambda stored: stored.id)

    def texts_without_verdict(self, model: Weights, limit: int) -> list[tuple[MentionId, str]]:
        """Mentions not yet scored by these weights, in order of arrival.

        The texts of an edited post are judged together, so that neither the first nor a later one is missed.
        """
        statement = select(mention.c.id, mention.c.text).select_from(_scored).where(_not_by(model))
        rows = self._connection.execute(statement.order_by(mention.c.id).limit(limit)).all()
        later = later_texts(self._connection, [row.id for row in rows])
        return [
            (MentionId(row.id), "\n".join((row.text, *(text for text, _ in later.get(row.id, ())))))
            for row in rows
        ]

    def count_without_verdict(self, model: Weights) -> int:
        """How many mentions these weights have not scored."""
        statement = select(func.count()).select_from(_scored).where(_not_by(model))
        count: int = self._connection.execute(statement).scalar_one()
        return count

    def for_grouping(
        self,
        *,
        after: MentionId | None = None,
        only: Sequence[MentionId] | None = None,
        senders: Sequence[SenderId] | None = None,
    ) -> dict[str, list[Any]]:
        """Mentions as plain columns under the names of the import format, ids as ours.

        Every one, those that arrived after `after`, `only` these, or whatever these `senders` sent.
        Times are microseconds since the epoch, lists are JSON as kept: the frame reads both at once.
        """
        columns = select(
            mention.c.id.label("post_id"),
            mention.c.sender_id.label("author_id"),
            sender.c.handle.label("author_handle"),
            sender.c.display_name.label("author_name"),
            type_coerce(sender.c.created_at, BigInteger).label("author_created_at"),
            type_coerce(mention.c.created_at, BigInteger).label("created_at"),
            mention.c.text,
            mention.c.lang,
            type_coerce(mention.c.urls, String).label("urls"),
            type_coerce(mention.c.hashtags, String).label("hashtags"),
            type_coerce(mention.c.mentions, String).label("mentions"),
            mention.c.reply_to,
            mention.c.repost_of,
            mention.c.platform,
        ).join(sender, sender.c.id == mention.c.sender_id)
        parts = [columns if after is None else columns.where(mention.c.id > after)]
        for column, wanted in ((mention.c.id, only), (mention.c.sender_id, senders)):
            if wanted is not None:
                chunks = [wanted[at : at + _CHUNK] for at in range(0, len(wanted), _CHUNK)]
                parts = [columns.where(column.in_(chunk)) for chunk in chunks]
        names = list(columns.selected_columns.keys())
        rows = [row for part in parts for row in self._connection.execute(part.order_by(mention.c.id))]
        made: dict[str, list[Any]] = {name: [row[index] for row in rows] for index, name in enumerate(names)}
        hashes = MediaReader(self._connection).perceptual_hashes()
        if hashes:
            kept = {post: json.dumps([one.hex() for one in ones]) for post, ones in hashes.items()}
            made["media"] = [kept.get(post, "[]") for post in made["post_id"]]
        return made

    def newest(self) -> MentionId:
        """The last mention to arrive; 0 when there is none."""
        found = self._connection.execute(select(func.max(mention.c.id))).scalar_one()
        return MentionId(found or 0)


class MentionWriter(MentionReader):
    """Adds mentions."""

    def add(self, new: Sequence[NewMention], account_id: AccountId | None) -> list[MentionId]:
        """Store mentions not stored before (see `known`) and keep their senders up to date."""
        if not new:
            return []
        senders = self._put_senders(new)
        # Ids are given out here, inside the writing transaction: RETURNING would insert row by row.
        last = self._connection.execute(select(func.max(mention.c.id))).scalar_one() or 0
        ids = [MentionId(last + number) for number in range(1, len(new) + 1)]
        self._connection.execute(
            insert(mention),
            [
                {"id": mention_id, **_mention_row(one, senders[_author_key(one.mention)], account_id)}
                for mention_id, one in zip(ids, new, strict=True)
            ],
        )
        return ids

    def see_names(self, platform: PlatformName, authors: Mapping[RemoteId, Author], now: datetime) -> None:
        """Known senders as the platform shows them now; a name not seen before joins the history."""
        ids = self._sender_ids([(platform, one) for one in authors])
        for (_, remote_id), sender_id in ids.items():
            author = authors[remote_id]
            shown = {"handle": author.handle, "display_name": author.display_name}
            changed = (sender.c.handle != author.handle) | (sender.c.display_name != author.display_name)
            self._connection.execute(update(sender).where(sender.c.id == sender_id, changed).values(**shown))
            self._connection.execute(
                upsert(sender_name).values(sender_id=sender_id, seen_at=now, **shown).on_conflict_do_nothing()
            )

    def _put_senders(self, new: Sequence[NewMention]) -> dict[PostKey, SenderId]:
        latest = {_author_key(one.mention): one for one in new}
        rows = [_sender_row(one) for one in latest.values()]
        statement = upsert(sender)
        fresh = statement.excluded
        self._connection.execute(
            statement.on_conflict_do_update(
                index_elements=["platform", "remote_id"],
                set_={
                    "handle": fresh.handle,
                    "display_name": fresh.display_name,
                    "followed": fresh.followed,
                    # A source that does not know the creation time must not wipe one that did.
                    "created_at": func.coalesce(fresh.created_at, sender.c.created_at),
                },
            ),
            rows,
        )
        ids = self._sender_ids(list(latest))
        names = {
            (ids[_author_key(one.mention)], one.mention.author.handle, one.mention.author.display_name): one
            for one in new
        }
        self._connection.execute(
            upsert(sender_name).on_conflict_do_nothing(),
            [
                {"sender_id": key[0], "handle": key[1], "display_name": key[2], "seen_at": one.received_at}
                for key, one in names.items()
            ],
        )
        return ids

    def _sender_ids(self, keys: Sequence[PostKey]) -> dict[PostKey, SenderId]:
        found: dict[PostKey, SenderId] = {}
        for start in range(0, len(keys), _CHUNK):
            rows = self._connection.execute(
                select(sender.c.id, sender.c.platform, sender.c.remote_id).where(
                    tuple_(sender.c.platform, sender.c.remote_id).in_(keys[start : start + _CHUNK])
                )
            )
            for row in rows:
                found[PlatformName(row.platform), RemoteId(row.remote_id)] = SenderId(row.id)
        return found

    def add_problem(
        self, received: Received, reason: str, *, entry_seq: EntrySeq, sha256: bytes, at: datetime
    ) -> None:
        """Record bytes that could not be understood; a repeat of the same bytes changes nothing."""
        self._connection.execute(
            upsert(problem)
            .values(
                source=received.source,
                line=received.line,
                reason=reason,
                entry_seq=entry_seq,
                sha256=sha256,
                at=at,
            )
            .on_conflict_do_nothing()
        )

    def review(self, ids: Iterable[MentionId], review: Review | None) -> None:
        """Set or clear the person's own decision."""
        self._connection.execute(
            update(mention).where(mention.c.id.in_(list(ids))).values(review=review.value if review else None)
        )

    def mark_sender(
        self, sender_id: SenderId, *, muted: bool | None = None, blocked: bool | None = None
    ) -> None:
        """Record what we know to be in force at the platform."""
        values = {name: flag for name, flag in (("muted", muted), ("blocked", blocked)) if flag is not None}
        if values:
            self._connection.execute(update(sender).where(sender.c.id == sender_id).values(**values))


def _author_key(one: Mention) -> PostKey:
    return one.platform, one.author.remote_id


def _sender_row(one: NewMention) -> dict[str, Any]:
    author = one.mention.author
    return {
        "platform": one.mention.platform,
        "remote_id": author.remote_id,
        "handle": author.handle,
        "display_name": author.display_name,
        "created_at": author.created_at,
        "followed": author.followed,
        "first_seen": one.received_at,
        "muted": False,
        "blocked": False,
    }


def _mention_row(one: NewMention, sender_id: SenderId, account_id: AccountId | None) -> dict[str, Any]:
    post = one.mention
    return {
        "platform": post.platform,
        "remote_id": post.remote_id,
        "sender_id": sender_id,
        "account_id": account_id,
        "kind": post.kind.value,
        "text": post.text,
        "created_at": post.created_at,
        "received_at": one.received_at,
        "shown_at": post.created_at or one.received_at,
        "lang": post.lang,
        "url": post.url,
        "urls": list(post.urls),
        "hashtags": list(post.hashtags),
        "mentions": list(post.mentions),
        "reply_to": post.reply_to,
        "repost_of": post.repost_of,
        "version": post.version,
        "entry_seq": one.entry_seq,
    }


def _stored() -> Select[Any]:
    return select(
        mention,
        sender.c.remote_id.label("author_remote_id"),
        sender.c.handle,
        sender.c.display_name,
        sender.c.created_at.label("author_created_at"),
        sender.c.followed,
    ).join(sender, sender.c.id == mention.c.sender_id)


def _to_stored(row: Row[Any]) -> StoredMention:
    author = Author(
        remote_id=RemoteId(row.author_remote_id),
        handle=row.handle,
        display_name=row.display_name,
        created_at=row.author_created_at,
        followed=row.followed,
    )
    return StoredMention(
        id=MentionId(row.id),
        sender_id=SenderId(row.sender_id),
        account_id=AccountId(row.account_id) if row.account_id is not None else None,
        received_at=row.received_at,
        entry_seq=row.entry_seq,
        mention=Mention(
            platform=PlatformName(row.platform),
            remote_id=RemoteId(row.remote_id),
            author=author,
            kind=MentionKind(row.kind),
            text=row.text,
            created_at=row.created_at,
            lang=row.lang,
            url=row.url,
            urls=tuple(row.urls),
            hashtags=tuple(row.hashtags),
            mentions=tuple(row.mentions),
            reply_to=row.reply_to,
            repost_of=row.repost_of,
            version=row.version,
        ),
    )
