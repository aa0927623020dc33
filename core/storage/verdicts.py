"""The classifier's verdicts. Mutable on purpose: a better model may score again."""

import struct
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, select, update
from sqlalchemy.dialects.sqlite import insert as upsert

from core.domain.classification import LABELS, Classification, ModelInfo
from core.domain.ids import MentionId
from core.storage.codec import NO_RANK, categories_of, category_bits, reasons_from_json, reasons_to_json
from core.storage.tables import meta, verdict

_MILLION = 1_000_000
_CHUNK = 500
_LEVEL = "judged-at-level"
_PACK = struct.Struct(f"<{len(LABELS)}f")


class VerdictReader:
    """Reads verdicts."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def many(self, ids: Sequence[MentionId]) -> dict[MentionId, Classification]:
        """The verdicts on these mentions; unscored ones are left out."""
        found: dict[MentionId, Classification] = {}
        for start in range(0, len(ids), _CHUNK):
            statement = select(verdict).where(verdict.c.mention_id.in_(ids[start : start + _CHUNK]))
            for row in self._connection.execute(statement):
                found[MentionId(row.mention_id)] = _classification(row)
        return found


class VerdictWriter(VerdictReader):
    """Stores verdicts."""

    def put(self, verdicts: Sequence[tuple[MentionId, Classification]], now: datetime) -> None:
        """Store or replace verdicts."""
        if not verdicts:
            return
        statement = upsert(verdict)
        columns = [column.name for column in verdict.columns if column.name != "mention_id"]
        self._connection.execute(
            statement.on_conflict_do_update(
                index_elements=["mention_id"], set_={name: statement.excluded[name] for name in columns}
            ),
            [_row(mention_id, one, now) for mention_id, one in verdicts],
        )

    def expire(self, ids: Sequence[MentionId] | None = None) -> None:
        """Mark every verdict, or those on these mentions, as due for another; each stands until replaced."""
        due = update(verdict).values(weights_sha256="")
        if ids is None:
            self._connection.execute(due)
        for start in range(0, len(ids or ()), _CHUNK):
            chosen = list((ids or ())[start : start + _CHUNK])
            self._connection.execute(due.where(verdict.c.mention_id.in_(chosen)))

    def judge_at(self, level: str) -> bool:
        """Note the level verdicts are made at; True when it was another, and every verdict is now due.

        Verdicts of the first version, which noted none, are due too: they lack what previews need.
        """
        found = self._connection.execute(
            select(meta.c.value).where(meta.c.name == _LEVEL)
        ).scalar_one_or_none()
        if found == level.encode():
            return False
        self.expire()
        note = upsert(meta).values(name=_LEVEL, value=level.encode())
        changed = {"value": note.excluded.value}
        self._connection.execute(note.on_conflict_do_update(index_elements=["name"], set_=changed))
        return found is not None


def _row(mention_id: MentionId, one: Classification, now: datetime) -> dict[str, Any]:
    top = one.top_category
    return {
        "mention_id": mention_id,
        "abusive": one.abusive,
        "in_scope": one.in_scope,
        "language": one.language,
        "category_bits": category_bits(one.categories),
        "top_rank": NO_RANK if top is None else top.rank,
        "scores": one.scores,
        "reasons": reasons_to_json(one.reasons),
        "model_name": one.model.name,
        "model_version": one.model.version,
        "weights_sha256": one.model.weights_sha256,
        "threshold": round(one.threshold * _MILLION),
        "decided_at": now,
        "word_rank": one.word_rank,
        "packed": _PACK.pack(*(one.scores.get(label, 0.0) for label in LABELS)),
    }


def _classification(row: Row[Any]) -> Classification:
    return Classification(
        scores=row.scores,
        abusive=row.abusive,
        categories=categories_of(row.category_bits),
        reasons=reasons_from_json(row.reasons),
        language=row.language,
        in_scope=row.in_scope,
        model=ModelInfo(row.model_name, row.model_version, row.weights_sha256),
        threshold=row.threshold / _MILLION,
        word_rank=row.word_rank,
    )
