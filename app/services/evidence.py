"""The evidence log as the person sees it: where it stands, and whether it holds."""

from base64 import b64encode
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from core.domain.evidence import LogReport
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


class EvidenceService:
    """State and verification of the log."""

    def __init__(self, store: Store) -> None:
        self._store = store

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
        """Check every entry, every link and every checkpoint, and the roots given from outside."""
        with self._store.read() as unit:
            return verify_log(
                unit.log.entries(),
                checkpoints=unit.log.checkpoints(),
                public_key=unit.log.public_key(),
                content=unit.log.contents_in_order(),
                anchors=anchors,
            )
