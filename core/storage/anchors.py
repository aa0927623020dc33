"""Roots of the log that left the machine, and what came back."""

from dataclasses import dataclass, replace
from typing import Any, Final

from sqlalchemy import Connection, Row, insert, select, text
from sqlalchemy.dialects.sqlite import insert as upsert

from core.domain.evidence import Anchor, AnchorKind, AnchorState, EntryKind
from core.domain.ids import EntrySeq
from core.storage.tables import anchor, meta

# What the program notes about itself: nothing is lost when no anchor covers it yet.
_HOUSEKEEPING: Final = frozenset({EntryKind.ANCHORED, EntryKind.START, EntryKind.STOP, EntryKind.CLOCK_JUMP})
_MESSAGES: Final = frozenset({EntryKind.RECEIVED, EntryKind.REJECTED})
_PLAN: Final = "anchor-plan"
_KINDS = text(
    "SELECT json_extract(CAST(envelope AS TEXT), '$.kind') AS kind, count(*) AS number "
    "FROM entry WHERE seq >= :size GROUP BY kind"
)


@dataclass(frozen=True, slots=True)
class Uncovered:
    """Entries from some size on: all of them, the messages among them, and those worth an anchor."""

    entries: int
    messages: int
    substantial: int


class AnchorReader:
    """Reads anchors."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def all(self) -> list[Anchor]:
        """Every anchor, oldest first; the failed ones too."""
        rows = self._connection.execute(select(anchor).order_by(anchor.c.id))
        return [_anchor(row) for row in rows]

    def newest(self, kind: AnchorKind, state: AnchorState | None = None) -> Anchor | None:
        """The latest anchor of this kind, and in this state when one is named."""
        wanted = select(anchor).where(anchor.c.kind == kind.value)
        if state is not None:
            wanted = wanted.where(anchor.c.state == state.value)
        row = self._connection.execute(wanted.order_by(anchor.c.id.desc()).limit(1)).one_or_none()
        return None if row is None else _anchor(row)

    def plan(self) -> bytes | None:
        """What the person chose about anchoring, as it was stored; None before the first choice."""
        found: bytes | None = self._connection.execute(
            select(meta.c.value).where(meta.c.name == _PLAN)
        ).scalar()
        return found

    def uncovered(self, size: int) -> Uncovered:
        """What the log holds beyond its first `size` entries."""
        rows = self._connection.execute(_KINDS, {"size": size})
        counts = {row.kind: row.number for row in rows}
        entries = sum(counts.values())
        return Uncovered(
            entries=entries,
            messages=sum(counts.get(kind.value, 0) for kind in _MESSAGES),
            substantial=entries - sum(counts.get(kind.value, 0) for kind in _HOUSEKEEPING),
        )


class AnchorWriter(AnchorReader):
    """Stores anchors and the plan; no anchor is ever changed or taken out."""

    def set_plan(self, plan: bytes) -> None:
        """Store or replace what the person chose."""
        statement = upsert(meta).values(name=_PLAN, value=plan)
        self._connection.execute(
            statement.on_conflict_do_update(
                index_elements=["name"], set_={"value": statement.excluded["value"]}
            )
        )

    def add(self, made: Anchor, entry_seq: EntrySeq | None = None) -> Anchor:
        """Store one; its `id` is given here. `entry_seq`: the entry that recorded the act, flushed before."""
        result = self._connection.execute(
            insert(anchor).values(
                size=made.size,
                root=made.root,
                kind=made.kind.value,
                receiver=made.receiver,
                state=made.state.value,
                token=made.token,
                error_code=made.error_code,
                made_at=made.made_at,
                attested_at=made.attested_at,
                entry_seq=entry_seq,
            )
        )
        key = result.inserted_primary_key
        return replace(made, id=int(key[0]) if key else 0)


def _anchor(row: Row[Any]) -> Anchor:
    return Anchor(
        id=row.id,
        size=row.size,
        root=row.root,
        kind=AnchorKind(row.kind),
        receiver=row.receiver,
        state=AnchorState(row.state),
        token=row.token,
        made_at=row.made_at,
        attested_at=row.attested_at,
        error_code=row.error_code,
    )
