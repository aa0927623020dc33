"""Whether posts are still there: the last state of each, every change, and the takedown ledger."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from sqlalchemy import ColumnElement, Connection, Row, Select, and_, case, func, insert, or_, select
from sqlalchemy.dialects.sqlite import insert as upsert

from core.domain.capture import PostRef, PostState, Standing, StandingChange, TakedownLine
from core.domain.ids import AccountId, EntrySeq, MentionId, PlatformName, RemoteId
from core.storage.capture_tables import standing, standing_change
from core.storage.tables import campaign_post, mention, sender

_CHUNK: Final = 500
# A post that was never looked for is looked for this long after it arrived.
FIRST_LOOK: Final = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class DuePost:
    """A stored mention to look for, and how it stood when last looked (None: never looked)."""

    mention_id: MentionId
    platform: PlatformName
    account_id: AccountId | None
    ref: PostRef
    received_at: datetime
    entry_seq: EntrySeq
    state: PostState | None
    checked_at: datetime | None


class StandingReader:
    """Reads standings."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def many(self, ids: Sequence[MentionId]) -> dict[MentionId, Standing]:
        """The standings of these mentions, with their history; one never looked for is left out."""
        found: dict[MentionId, Standing] = {}
        for start in range(0, len(ids), _CHUNK):
            chunk = ids[start : start + _CHUNK]
            history = self._history(chunk)
            rows = self._connection.execute(select(standing).where(standing.c.mention_id.in_(chunk)))
            for row in rows:
                found[row.mention_id] = _standing(row, tuple(history.get(row.mention_id, ())))
        return found

    def _history(self, ids: Sequence[MentionId]) -> dict[MentionId, list[StandingChange]]:
        found: dict[MentionId, list[StandingChange]] = {}
        rows = self._connection.execute(
            select(standing_change)
            .where(standing_change.c.mention_id.in_(ids))
            .order_by(standing_change.c.id)
        )
        for row in rows:
            change = StandingChange(
                state=PostState(row.state),
                was=PostState(row.was),
                last_at=row.last_at,
                seen_at=row.seen_at,
                entry_seq=EntrySeq(row.entry_seq),
            )
            found.setdefault(row.mention_id, []).append(change)
        return found

    def ledger(self) -> tuple[TakedownLine, ...]:
        """One line per platform, then one per campaign on each platform it has posts on."""
        by_platform = _counted().group_by(mention.c.platform).order_by(mention.c.platform)
        by_campaign = (
            _counted(campaign_post.c.campaign_key)
            .join(campaign_post, campaign_post.c.mention_id == mention.c.id)
            .group_by(campaign_post.c.campaign_key, mention.c.platform)
            .order_by(campaign_post.c.campaign_key, mention.c.platform)
        )
        lines = [_line(row, None) for row in self._connection.execute(by_platform)]
        lines += [_line(row, row.campaign_key) for row in self._connection.execute(by_campaign)]
        return tuple(lines)

    def due(
        self, platform: PlatformName, account_id: AccountId, now: datetime, limit: int
    ) -> tuple[DuePost, ...]:
        """Mentions of this account, or of no account, whose time to be looked for has come.

        Those never looked for come first, newest first: hostile posts vanish within hours.
        """
        due = or_(
            standing.c.due_at <= now,
            and_(standing.c.mention_id.is_(None), mention.c.received_at <= now - FIRST_LOOK),
        )
        statement = _refs().where(_of(platform, account_id), due)
        order = (standing.c.mention_id.is_not(None), standing.c.due_at, mention.c.id.desc())
        return tuple(_due(row) for row in self._connection.execute(statement.order_by(*order).limit(limit)))

    def refs(self, ids: Sequence[MentionId]) -> tuple[DuePost, ...]:
        """These mentions, due or not."""
        found: list[DuePost] = []
        for start in range(0, len(ids), _CHUNK):
            statement = _refs().where(mention.c.id.in_(ids[start : start + _CHUNK])).order_by(mention.c.id)
            found.extend(_due(row) for row in self._connection.execute(statement))
        return tuple(found)


class StandingWriter(StandingReader):
    """Records what was found."""

    def put(
        self,
        mention_id: MentionId,
        state: PostState,
        *,
        now: datetime,
        due_at: datetime,
        change: StandingChange | None = None,
    ) -> None:
        """Looked at `now`, look again at `due_at`. `change` names the entry that sealed a new state."""
        row: dict[str, Any] = {"state": state.value, "checked_at": now, "due_at": due_at}
        if change is not None:
            row |= {"since": now, "entry_seq": change.entry_seq}
        first = {"mention_id": mention_id, "since": now, "entry_seq": None, **row}
        self._connection.execute(
            upsert(standing).values(**first).on_conflict_do_update(index_elements=["mention_id"], set_=row)
        )
        if change is not None:
            self._connection.execute(
                insert(standing_change).values(
                    mention_id=mention_id,
                    state=change.state.value,
                    was=change.was.value,
                    last_at=change.last_at,
                    seen_at=change.seen_at,
                    entry_seq=change.entry_seq,
                )
            )

    def postpone(self, mention_id: MentionId, *, now: datetime, due_at: datetime) -> None:
        """The answer could not be read: keep the state we know, and look again at `due_at`."""
        self._connection.execute(
            upsert(standing)
            .values(
                mention_id=mention_id,
                state=PostState.UNKNOWN.value,
                since=now,
                checked_at=now,
                due_at=due_at,
            )
            .on_conflict_do_update(index_elements=["mention_id"], set_={"due_at": due_at})
        )


def _of(platform: PlatformName, account_id: AccountId) -> ColumnElement[bool]:
    mine = or_(mention.c.account_id == account_id, mention.c.account_id.is_(None))
    return and_(mention.c.platform == platform, mine)


def _refs() -> Select[Any]:
    joined = mention.join(sender, sender.c.id == mention.c.sender_id).outerjoin(
        standing, standing.c.mention_id == mention.c.id
    )
    return select(
        mention.c.id,
        mention.c.platform,
        mention.c.account_id,
        mention.c.remote_id,
        mention.c.received_at,
        mention.c.entry_seq,
        sender.c.remote_id.label("author"),
        standing.c.state,
        standing.c.checked_at,
    ).select_from(joined)


def _due(row: Row[Any]) -> DuePost:
    return DuePost(
        mention_id=MentionId(row.id),
        platform=PlatformName(row.platform),
        account_id=AccountId(row.account_id) if row.account_id is not None else None,
        ref=PostRef(RemoteId(row.remote_id), RemoteId(row.author)),
        received_at=row.received_at,
        entry_seq=EntrySeq(row.entry_seq),
        state=PostState(row.state) if row.state else None,
        checked_at=row.checked_at,
    )


def _counted(*more: ColumnElement[Any]) -> Select[Any]:
    known = and_(standing.c.state.is_not(None), standing.c.state != PostState.UNKNOWN.value)
    by_state = [
        func.coalesce(func.sum(case((standing.c.state == state.value, 1), else_=0)), 0).label(
            state.value.replace("-", "_")
        )
        for state in PostState
        if state is not PostState.UNKNOWN
    ]
    checked = func.coalesce(func.sum(case((known, 1), else_=0)), 0).label("checked")
    return select(
        mention.c.platform,
        *more,
        func.count().label("stored"),
        checked,
        func.max(case((known, standing.c.checked_at))).label("last_checked"),
        *by_state,
    ).select_from(mention.outerjoin(standing, standing.c.mention_id == mention.c.id))


def _line(row: Row[Any], campaign_key: str | None) -> TakedownLine:
    return TakedownLine(
        platform=PlatformName(row.platform),
        campaign_key=campaign_key,
        stored=row.stored,
        checked=row.checked,
        up=row.up,
        hidden=row.hidden,
        deleted=row.deleted,
        removed=row.removed,
        account_gone=row.account_gone,
        deactivated=row.deactivated,
        suspended=row.suspended,
        last_checked=row.last_checked,
    )


def _standing(row: Row[Any], history: tuple[StandingChange, ...]) -> Standing:
    return Standing(
        mention_id=MentionId(row.mention_id),
        state=PostState(row.state),
        since=row.since,
        checked_at=row.checked_at,
        entry_seq=EntrySeq(row.entry_seq) if row.entry_seq is not None else None,
        history=history,
    )
