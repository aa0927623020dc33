"""What the person's corrections shifted, and the corrections themselves."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, delete, insert, select

from core.domain.classification import LABELS
from core.domain.inbox import Review
from core.domain.learning import Shift
from core.storage.tables import calibration, mention, verdict

_MILLION = 1_000_000


@dataclass(frozen=True, slots=True)
class Reviewed:
    """A mention the person decided on, with the scores it had. `scores` follow LABELS."""

    text: str
    language: str
    scores: tuple[float, ...]
    abuse: bool


class CalibrationReader:
    """Reads shifts and corrections."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def shifts(self, weights_sha256: str) -> tuple[Shift, ...]:
        """What was learnt on these weights; empty when it was learnt on others."""
        rows = self._connection.execute(
            select(calibration)
            .where(calibration.c.weights_sha256 == weights_sha256)
            .order_by(calibration.c.language, calibration.c.label)
        )
        return tuple(
            Shift(row.language, row.label, row.shift_millionths / _MILLION, row.said_abuse, row.said_fine)
            for row in rows
        )

    def reviewed(self, weights_sha256: str) -> list[Reviewed]:
        """Mentions marked fine or hostile and scored by these weights in a language they hold for."""
        said = (Review.FINE.value, Review.ABUSE.value)
        rows = self._connection.execute(
            select(mention.c.text, mention.c.review, verdict.c.language, verdict.c.scores)
            .join(verdict, verdict.c.mention_id == mention.c.id)
            .where(
                mention.c.review.in_(said),
                verdict.c.in_scope.is_(True),
                verdict.c.weights_sha256 == weights_sha256,
            )
            .order_by(mention.c.id)
        )
        return [
            Reviewed(
                row.text,
                row.language,
                tuple(float(row.scores.get(label, 0.0)) for label in LABELS),
                row.review == Review.ABUSE.value,
            )
            for row in rows
        ]


class CalibrationWriter(CalibrationReader):
    """Replaces shifts."""

    def replace(self, shifts: Iterable[Shift], weights_sha256: str, now: datetime) -> None:
        """These shifts and no others; none at all is the reset."""
        self._connection.execute(delete(calibration))
        rows = [
            {
                "language": one.language,
                "label": one.label,
                "shift_millionths": round(one.amount * _MILLION),
                "said_abuse": one.said_abuse,
                "said_fine": one.said_fine,
                "weights_sha256": weights_sha256,
                "fitted_at": now,
            }
            for one in shifts
        ]
        if rows:
            self._connection.execute(insert(calibration), rows)
