"""The person's own words, and who may read them: nobody but this database's holder."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, delete, func, select
from sqlalchemy.dialects.sqlite import insert as upsert

from core.domain.classification import Category
from core.domain.ids import MentionId
from core.domain.inbox import Review
from core.domain.learning import Effect, OwnWord, WordSeverity
from core.storage.tables import mention, own_word, sender, verdict

_CHUNK = 500


class OwnWordReader:
    """Reads the list."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def all(self) -> tuple[OwnWord, ...]:
        """Every word, in the order of the alphabet."""
        rows = self._connection.execute(
            select(own_word).order_by(func.lower(own_word.c.term), own_word.c.term)
        )
        return tuple(_word(row) for row in rows)

    def texts(self, after: MentionId, limit: int) -> list[tuple[MentionId, str]]:
        """Messages in order of arrival, page by page."""
        rows = self._connection.execute(
            select(mention.c.id, mention.c.text)
            .where(mention.c.id > after)
            .order_by(mention.c.id)
            .limit(limit)
        )
        return [(MentionId(row.id), row.text) for row in rows]

    def effect(self, ids: Sequence[MentionId]) -> Effect:
        """What it would do if these messages counted as abuse: those the person decided on stay."""
        hidden = followed = 0
        for start in range(0, len(ids), _CHUNK):
            rows = self._connection.execute(
                select(sender.c.followed, func.count())
                .select_from(mention.join(sender, sender.c.id == mention.c.sender_id))
                .outerjoin(verdict, verdict.c.mention_id == mention.c.id)
                .where(
                    mention.c.id.in_(ids[start : start + _CHUNK]),
                    mention.c.review.is_(None) | (mention.c.review == Review.ASIDE.value),
                    func.coalesce(verdict.c.abusive, False).is_(False),
                )
                .group_by(sender.c.followed)
            )
            for is_followed, count in rows:
                hidden, followed = (hidden, followed + count) if is_followed else (hidden + count, followed)
        return Effect(hidden, 0, followed)

    def decided_by(self, terms: Sequence[str]) -> list[MentionId]:
        """Mentions whose verdict names one of these words as a reason."""
        names = {f"own:{term}" for term in terms}
        rows = self._connection.execute(
            select(verdict.c.mention_id, verdict.c.reasons).where(verdict.c.word_rank.is_not(None))
        )
        return [
            MentionId(row.mention_id)
            for row in rows
            if any(reason["name"] in names for reason in row.reasons)
        ]


class OwnWordWriter(OwnWordReader):
    """Changes the list."""

    def put(self, words: Iterable[OwnWord], now: datetime) -> None:
        """Add words; one that is there already takes the new category, severity and note."""
        rows = [
            {
                "term": word.term,
                "category": word.category.value,
                "severity": word.severity.value,
                "note": word.note,
                "added_at": now,
            }
            for word in words
        ]
        if not rows:
            return
        statement = upsert(own_word)
        changed = {name: statement.excluded[name] for name in ("category", "severity", "note")}
        self._connection.execute(statement.on_conflict_do_update(index_elements=["term"], set_=changed), rows)

    def remove(self, terms: Iterable[str]) -> None:
        """Take words out; unknown ones are ignored."""
        for term in terms:
            self._connection.execute(delete(own_word).where(own_word.c.term == term))


def _word(row: Row[Any]) -> OwnWord:
    return OwnWord(row.term, Category(row.category), WordSeverity(row.severity), row.note, row.added_at)
