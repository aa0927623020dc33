"""Every verdict's scores as columns, for asking "what if" of all messages at once."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from sqlalchemy import Connection, String, case, func, select, type_coerce

from core.domain.classification import LABELS, Category
from core.domain.inbox import Review
from core.storage.tables import mention, sender, verdict

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

NO_WORDS: Final = 99  # above every level
# A label that rested on a swear thrown at nobody was filed as bad language (core.classify.verdict).
_MILDER: Final = '"category": "obscene", "decider": "model", "name": "{label}"'
_EMPTY: Final = bytes(4 * len(LABELS))  # a verdict of the first version, due for another


@dataclass(frozen=True, slots=True)
class ScoreTable:
    """One row per judged message. `scores` is (rows, len(LABELS)) in 0..1, `languages` indexes `codes`.

    `said` is 1 where the person said hostile, 0 where they said fine and -1 where they said nothing.
    `abusive` is the verdict now; `milder` (rows, len(LABELS)) marks labels filed as bad language.
    """

    ids: "npt.NDArray[np.int64]"
    scores: "npt.NDArray[np.float64]"
    codes: tuple[str, ...]
    languages: "npt.NDArray[np.int32]"
    word_rank: "npt.NDArray[np.int32]"
    abusive: "npt.NDArray[np.bool_]"
    in_scope: "npt.NDArray[np.bool_]"
    followed: "npt.NDArray[np.bool_]"
    said: "npt.NDArray[np.int8]"
    milder: "npt.NDArray[np.bool_]"

    def __len__(self) -> int:
        return len(self.ids)


class ScoreReader:
    """Reads the table."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def table(self) -> ScoreTable:
        """Every judged message."""
        said = case(
            (mention.c.review == Review.FINE.value, 0), (mention.c.review == Review.ABUSE.value, 1), else_=-1
        )
        # As text: one parse of all rows is several times quicker than one for each.
        reasons = type_coerce(verdict.c.reasons, String)
        milder = [
            case((func.instr(reasons, _MILDER.format(label=label)) > 0, 1 << place), else_=0)
            for place, label in enumerate(LABELS)
            if label != "obscene"
        ]
        has_obscene = verdict.c.category_bits.op("&")(1 << Category.OBSCENE.rank) != 0
        rows = self._connection.execute(
            select(
                verdict.c.mention_id,
                verdict.c.packed,
                verdict.c.language,
                func.coalesce(verdict.c.word_rank, NO_WORDS),
                verdict.c.abusive,
                verdict.c.in_scope,
                sender.c.followed,
                said,
                case((has_obscene, sum(milder[1:], milder[0])), else_=0),
            )
            .join(mention, mention.c.id == verdict.c.mention_id)
            .join(sender, sender.c.id == mention.c.sender_id)
            .order_by(verdict.c.mention_id)
        ).all()
        return _table([tuple(row) for row in rows])


def _table(rows: list[tuple[object, ...]]) -> ScoreTable:
    import numpy as np  # not with the module: opening the store must not wait for it

    columns = list(zip(*rows, strict=True)) if rows else [()] * 9
    codes, languages = np.unique(np.array(columns[2], dtype=str), return_inverse=True)
    bits = np.array(columns[8], dtype=np.int64)
    return ScoreTable(
        ids=np.array(columns[0], dtype=np.int64),
        scores=_scores(columns[1]),
        codes=tuple(codes.tolist()),
        languages=languages.astype(np.int32),
        word_rank=np.array(columns[3], dtype=np.int32),
        abusive=np.array(columns[4], dtype=bool),
        in_scope=np.array(columns[5], dtype=bool),
        followed=np.array(columns[6], dtype=bool),
        said=np.array(columns[7], dtype=np.int8),
        milder=(bits[:, None] >> np.arange(len(LABELS))) & 1 == 1,
    )


def _scores(packed: Sequence[object]) -> "npt.NDArray[np.float64]":
    import numpy as np

    blobs = [one if isinstance(one, bytes) else _EMPTY for one in packed]
    found = np.frombuffer(b"".join(blobs), dtype="<f4").reshape(len(blobs), len(LABELS))
    return found.astype(np.float64)
