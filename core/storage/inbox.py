"""The inbox's questions to the database, answered in SQL so that 100,000 mentions stay quick."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, Select, and_, case, false, func, or_, select

from core.domain.classification import Category
from core.domain.ids import AccountId, MentionId, SenderId
from core.domain.inbox import (
    InboxCounts,
    InboxFilter,
    InboxRow,
    NameSeen,
    Order,
    Queue,
    Review,
    SenderCard,
)
from core.domain.mention import MentionKind
from core.errors import NotFound
from core.storage.codec import NO_RANK, categories_of, reasons_from_json
from core.storage.tables import group_member, group_post, mention, sender, sender_name, verdict

_MILLION = 1_000_000
_CHUNK = 500

_joined = mention.join(sender, sender.c.id == mention.c.sender_id).outerjoin(
    verdict, verdict.c.mention_id == mention.c.id
)

# What the person decided outranks what the classifier said.
_abusive = case(
    (mention.c.review == Review.FINE.value, false()),
    (mention.c.review == Review.ABUSE.value, True),
    else_=func.coalesce(verdict.c.abusive, False),
)
_unscored = and_(
    mention.c.review.is_(None), or_(verdict.c.mention_id.is_(None), verdict.c.in_scope.is_(False))
)
_aside = func.coalesce(mention.c.review, "") == Review.ASIDE.value
_in_group = mention.c.id.in_(select(group_post.c.mention_id))


def _queue(queue: Queue) -> ColumnElement[bool]:
    """The condition that puts a mention into a queue."""
    urgent = and_(func.coalesce(verdict.c.top_rank, NO_RANK) <= Category.DOXXING.rank, _abusive)
    conditions: dict[Queue, ColumnElement[bool]] = {
        # People they follow always; others when scored, not abusive and not acting in step.
        Queue.KIND_FIRST: or_(and_(sender.c.followed, ~urgent), and_(~_abusive, ~_unscored, ~_in_group)),
        Queue.NEEDS_ATTENTION: urgent,
        Queue.ABUSE: and_(_abusive, ~sender.c.followed),
        # A rule or word can find abuse in a language the model cannot read: then it is not unscored.
        Queue.UNSCORED: and_(_unscored, ~_abusive),
        Queue.ALL: or_(~_aside, _aside),
        Queue.SET_ASIDE: _aside,
    }
    chosen = conditions[queue]
    return chosen if queue in (Queue.ALL, Queue.SET_ASIDE) else and_(chosen, ~_aside)


def _has(category: Category) -> ColumnElement[bool]:
    return func.coalesce(verdict.c.category_bits, 0).op("&")(1 << category.rank) != 0


class InboxReader:
    """Rows, counts and cards for the inbox."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def rows(self, chosen: InboxFilter, *, offset: int = 0, limit: int = 100) -> list[InboxRow]:
        """One page of mentions."""
        statement = _rows().where(*_conditions(chosen)).order_by(*_order(chosen.order))
        return self._to_rows(self._connection.execute(statement.offset(offset).limit(limit)).all())

    def row(self, mention_id: MentionId) -> InboxRow:
        """One mention. Raises `NotFound`."""
        found = self._connection.execute(_rows().where(mention.c.id == mention_id)).all()
        if not found:
            raise NotFound(what="mention", name=mention_id)
        return self._to_rows(found)[0]

    def count(self, chosen: InboxFilter) -> int:
        """How many mentions the filter leaves."""
        statement = select(func.count()).select_from(_joined).where(*_conditions(chosen))
        return self._connection.execute(statement).scalar_one()

    def ids(self, chosen: InboxFilter) -> list[MentionId]:
        """The ids of every mention the filter leaves, in its order."""
        statement = select(mention.c.id).select_from(_joined).where(*_conditions(chosen))
        rows = self._connection.execute(statement.order_by(*_order(chosen.order)))
        return [MentionId(one) for one in rows.scalars()]

    def counts(self) -> InboxCounts:
        """The figures beside queues and categories, in one pass."""
        queues = [func.sum(case((_queue(queue), 1), else_=0)) for queue in Queue]
        hidden = _queue(Queue.ABUSE)
        categories = [func.sum(case((and_(hidden, _has(one)), 1), else_=0)) for one in Category]
        statement = select(
            func.count(), func.count(func.distinct(mention.c.sender_id)), *queues, *categories
        ).select_from(_joined)
        values = [value or 0 for value in self._connection.execute(statement).one()]
        total, senders, *rest = values
        return InboxCounts(
            total=total,
            senders=senders,
            by_queue=dict(zip(Queue, rest[: len(queues)], strict=True)),
            by_category=dict(zip(Category, rest[len(queues) :], strict=True)),
        )

    def sender(self, sender_id: SenderId) -> SenderCard:
        """What one sender has sent. Raises `NotFound`."""
        row = self._connection.execute(select(sender).where(sender.c.id == sender_id)).one_or_none()
        if row is None:
            raise NotFound(what="sender", name=sender_id)
        abusive = func.sum(case((_abusive, 1), else_=0))
        total, hits = self._connection.execute(
            select(func.count(), abusive).select_from(_joined).where(mention.c.sender_id == sender_id)
        ).one()
        return SenderCard(
            sender_id=SenderId(row.id),
            platform=row.platform,
            remote_id=row.remote_id,
            handle=row.handle,
            display_name=row.display_name,
            created_at=row.created_at,
            first_seen=row.first_seen,
            followed=row.followed,
            muted=row.muted,
            blocked=row.blocked,
            mention_count=total,
            abusive_count=hits or 0,
            categories=self._categories_of(sender_id),
            group_keys=self._groups_of(sender_id),
            names_seen=self.names([sender_id]).get(sender_id, ()),
        )

    def _categories_of(self, sender_id: SenderId) -> tuple[Category, ...]:
        rows = self._connection.execute(
            select(verdict.c.category_bits)
            .join(mention, mention.c.id == verdict.c.mention_id)
            .where(mention.c.sender_id == sender_id)
            .distinct()
        )
        bits = 0
        for one in rows.scalars():
            bits |= one
        return categories_of(bits)

    def _groups_of(self, sender_id: SenderId) -> tuple[str, ...]:
        rows = self._connection.execute(
            select(group_member.c.group_key)
            .where(group_member.c.sender_id == sender_id)
            .order_by("group_key")
        )
        return tuple(rows.scalars())

    def names(self, ids: Sequence[SenderId]) -> dict[SenderId, tuple[NameSeen, ...]]:
        """Every handle and display name these senders have used, oldest first."""
        found: dict[SenderId, tuple[NameSeen, ...]] = {}
        for start in range(0, len(ids), _CHUNK):
            rows = self._connection.execute(
                select(sender_name)
                .where(sender_name.c.sender_id.in_(ids[start : start + _CHUNK]))
                .order_by(sender_name.c.seen_at)
            )
            for row in rows:
                seen = NameSeen(row.handle, row.display_name, row.seen_at)
                found[row.sender_id] = (*found.get(row.sender_id, ()), seen)
        return found

    def _to_rows(self, rows: Sequence[Row[Any]]) -> list[InboxRow]:
        ids = [row.id for row in rows]
        groups = self._group_sizes(ids)
        return [_row(row, groups.get(row.id)) for row in rows]

    def _group_sizes(self, ids: Sequence[int]) -> dict[int, tuple[str, int]]:
        """The first group of each mention and how many senders it has."""
        members = (
            select(group_member.c.group_key, func.count().label("size"))
            .group_by(group_member.c.group_key)
            .subquery()
        )
        rows = self._connection.execute(
            select(group_post.c.mention_id, func.min(group_post.c.group_key), members.c.size)
            .join(members, members.c.group_key == group_post.c.group_key)
            .where(group_post.c.mention_id.in_(ids))
            .group_by(group_post.c.mention_id)
        )
        return {mention_id: (key, size) for mention_id, key, size in rows}


def _conditions(chosen: InboxFilter) -> list[ColumnElement[bool]]:
    conditions = [_queue(chosen.queue)]
    if chosen.category is not None:
        conditions.append(and_(_has(chosen.category), _abusive))
    if chosen.group_key is not None:
        members = select(group_post.c.mention_id).where(group_post.c.group_key == chosen.group_key)
        conditions.append(mention.c.id.in_(members))
    if chosen.sender_id is not None:
        conditions.append(mention.c.sender_id == chosen.sender_id)
    if chosen.search:
        wanted = chosen.search
        conditions.append(
            or_(
                mention.c.text.icontains(wanted, autoescape=True),
                sender.c.handle.icontains(wanted, autoescape=True),
                sender.c.display_name.icontains(wanted, autoescape=True),
            )
        )
    return conditions


def _order(order: Order) -> tuple[ColumnElement[Any], ...]:
    if order is Order.OLDEST:
        return mention.c.shown_at.asc(), mention.c.id.asc()
    newest = (mention.c.shown_at.desc(), mention.c.id.desc())
    if order is Order.URGENT:
        return func.coalesce(verdict.c.top_rank, NO_RANK), *newest
    return newest


def _rows() -> Select[Any]:
    return select(
        mention,
        sender.c.handle,
        sender.c.display_name,
        sender.c.followed,
        sender.c.muted,
        sender.c.blocked,
        verdict.c.abusive,
        verdict.c.in_scope,
        verdict.c.language,
        verdict.c.category_bits,
        verdict.c.reasons,
        verdict.c.scores,
        verdict.c.model_name,
        verdict.c.model_version,
        verdict.c.threshold,
    ).select_from(_joined)


def _row(row: Row[Any], group: tuple[str, int] | None) -> InboxRow:
    scored = row.abusive is not None
    return InboxRow(
        mention_id=MentionId(row.id),
        sender_id=SenderId(row.sender_id),
        account_id=AccountId(row.account_id) if row.account_id is not None else None,
        platform=row.platform,
        remote_id=row.remote_id,
        handle=row.handle,
        display_name=row.display_name,
        followed=row.followed,
        muted=row.muted,
        blocked=row.blocked,
        kind=MentionKind(row.kind),
        text=row.text,
        lang=row.lang,
        url=row.url,
        created_at=row.created_at,
        received_at=row.received_at,
        entry_seq=row.entry_seq,
        review=Review(row.review) if row.review else None,
        abusive=row.abusive,
        in_scope=row.in_scope,
        language=row.language,
        categories=categories_of(row.category_bits),
        reasons=reasons_from_json(row.reasons),
        scores=row.scores or {},
        model_label=f"{row.model_name}@{row.model_version}" if scored else None,
        threshold=row.threshold / _MILLION if scored else None,
        group_key=group[0] if group else None,
        group_size=group[1] if group else 0,
    )
