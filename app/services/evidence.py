"""The evidence log as the person sees it: where it stands, and whether it holds."""

from base64 import b64encode
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from app.services.anchor import AnchorService
from core.anchoring.roots import roots_at
from core.anchoring.standing import Standing
from core.domain.evidence import LogFault, LogReport
from core.evidence.verify import verify_log
from core.storage import Store


@dataclass(frozen=True, slots=True)
class LogSummary:
    """`root` is the 44-character base64 fingerprint of everything up to entry `size`."""

    size: int
    root: str
    last_at: datetime | None
    checkpoints: int
    public_key: str


_COMPARED = frozenset({Standing.STAMPED, Standing.HANDED_OVER, Standing.CONTRADICTED})


class EvidenceService:
    """State and verification of the log."""

    def __init__(self, store: Store, anchors: AnchorService) -> None:
        self._store = store
        self._anchors = anchors

    def state(self) -> LogSummary:
        """Where the log stands now."""
        with self._store.read() as unit:
            state = unit.log.state()
            return LogSummary(
                size=state.size,
                root=b64encode(state.root).decode(),
                last_at=state.last_at,
                checkpoints=unit.log.checkpoint_count(),
                public_key=unit.log.public_key().hex(),
            )

    def verify(self, anchors: Sequence[tuple[int, bytes]] = ()) -> LogReport:
        """Check every entry, link and checkpoint, every stored anchor, and the roots given from outside.

        `LogReport.anchored` counts entries under a root typed in, or under a time stamp that holds: a
        hand-over noted on this computer proves nothing on this computer.
        """
        with self._store.read() as unit:
            found = self._anchors.checked_in(unit)
            stored = [(one.anchor.size, one.anchor.root) for one in found if one.standing in _COMPARED]
            proof = [(one.anchor.size, one.anchor.root) for one in found if one.standing is Standing.STAMPED]
            report = verify_log(
                unit.log.entries(),
                checkpoints=unit.log.checkpoints(),
                public_key=unit.log.public_key(),
                content=unit.log.contents_in_order(),
                anchors=[*stored, *anchors],
            )
            proof.extend(anchors)
            roots = roots_at(unit.log.leaves(), (size for size, _ in proof))
            damaged = unit.log.damaged_pages()
        lost = tuple(
            LogFault(one.anchor.size - 1, "a time stamp up to here held once and does not any more")
            for one in found
            if one.standing is Standing.UNVERIFIABLE
        )
        if damaged:
            lost += (LogFault(None, f"{damaged} pages of the database file are damaged"),)
        held = max((size for size, root in proof if roots.get(size) == root), default=0)
        return replace(report, anchored=held, faults=(*report.faults, *lost))
