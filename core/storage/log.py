"""The evidence log's tables: entries, the bytes they seal, and signed checkpoints."""

import hashlib
import secrets
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, Row, delete, func, insert, select
from sqlalchemy.dialects.sqlite import insert as upsert

from core.domain.evidence import EntryKind, EvidenceEntry, LogState, Moment
from core.domain.ids import EntrySeq
from core.evidence.chain import Chain, moment_of
from core.evidence.checkpoint import Signer, new_signing_key, public_key
from core.evidence.clocks import clock_jump
from core.ports import Clock
from core.storage.tables import blob, checkpoint, entry, meta

Fact = str | int | bool | None

_SIGNING_KEY = "log-signing-key"
_ORIGIN = "log-origin"
_CHUNK = 500
_ENTRIES = "SELECT seq, prev, leaf, envelope FROM entry ORDER BY seq"
_CONTENTS = "SELECT sha256, data FROM blob ORDER BY rowid"
_CONTENT = "SELECT data FROM blob WHERE sha256 = ?"


class LogReader:
    """Reads the log."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        # Verifying asks for content once an entry; through SQLAlchemy each question costs 100 us.
        self._driver: Any = connection.connection.driver_connection

    def origin(self) -> str:
        """The log's name in its checkpoints: random, so that it says nothing about the person."""
        return self._meta(_ORIGIN).decode()

    def public_key(self) -> bytes:
        """The 32-byte Ed25519 key that verifies this log's checkpoints."""
        return public_key(self._meta(_SIGNING_KEY))

    def signing_key(self) -> bytes:
        """The 32-byte seed; signs checkpoints and packets."""
        return self._meta(_SIGNING_KEY)

    def state(self) -> LogState:
        """Size, root and time of the newest checkpoint; every commit ends with one."""
        row = self._connection.execute(
            select(checkpoint).order_by(checkpoint.c.size.desc()).limit(1)
        ).one_or_none()
        # From the leaves, not from the checkpoint: this must answer for a damaged log, too.
        chain = Chain.resume(self.leaves())
        return LogState(size=chain.size, root=chain.root(), last_at=row.at if row else None)

    def size(self) -> int:
        """Number of entries."""
        count: int = self._connection.execute(select(func.count()).select_from(entry)).scalar_one()
        return count

    def leaves(self) -> list[bytes]:
        """Every leaf hash, in order."""
        return list(self._connection.execute(select(entry.c.leaf).order_by(entry.c.seq)).scalars())

    def entries(self) -> Iterator[EvidenceEntry]:
        """Every entry, in order, streamed."""
        rows = self._driver.execute(_ENTRIES)
        try:
            for seq, prev, leaf, envelope in rows:
                yield EvidenceEntry(seq, prev, leaf, envelope)
        finally:
            rows.close()

    def many(self, seqs: Sequence[EntrySeq]) -> dict[EntrySeq, EvidenceEntry]:
        """These entries, by number."""
        found: dict[EntrySeq, EvidenceEntry] = {}
        for start in range(0, len(seqs), _CHUNK):
            rows = self._connection.execute(
                select(entry).where(entry.c.seq.in_(seqs[start : start + _CHUNK]))
            )
            found.update((row.seq, _entry(row)) for row in rows)
        return found

    def content(self, sha256: bytes) -> bytes | None:
        """The bytes with this hash; None when they were erased."""
        row = self._driver.execute(_CONTENT, (sha256,)).fetchone()
        return None if row is None else row[0]

    def contents_in_order(self) -> Callable[[bytes], bytes | None]:
        """Like `content`, for one pass over the log: reads the bytes in the order they were sealed in.

        Asked for in another order, it looks each up.
        """
        rows = self._driver.execute(_CONTENTS)
        ahead = rows.fetchone()

        def content(sha256: bytes) -> bytes | None:
            nonlocal ahead
            if ahead is None or ahead[0] != sha256:
                return self.content(sha256)
            data: bytes = ahead[1]
            ahead = rows.fetchone()
            return data

        return content

    def checkpoints(self) -> list[str]:
        """Every signed checkpoint, smallest first."""
        return list(self._connection.execute(select(checkpoint.c.note).order_by(checkpoint.c.size)).scalars())

    def checkpoint_count(self) -> int:
        """Number of signed checkpoints."""
        count: int = self._connection.execute(select(func.count()).select_from(checkpoint)).scalar_one()
        return count

    def damaged_pages(self) -> int:
        """How many pages of the database file fail their own checksum, whatever table they belong to."""
        return len(self._driver.execute("PRAGMA cipher_integrity_check").fetchall())

    def _meta(self, name: str) -> bytes:
        value: bytes = self._connection.execute(select(meta.c.value).where(meta.c.name == name)).scalar_one()
        return value


class LogWriter(LogReader):
    """Appends to the log. The extended chain counts only once the surrounding unit commits."""

    def __init__(self, connection: Connection, chain: Chain, signer: Signer, clock: Clock) -> None:
        super().__init__(connection)
        self._signer = signer
        self._clock = clock
        self._signed = chain.size
        self.chain = chain
        self._new: list[EvidenceEntry] = []
        self._blobs: dict[bytes, bytes] = {}

    @staticmethod
    def resume(connection: Connection) -> tuple[Chain, Signer]:
        """The chain as stored and what signs it; on a new database, both are made."""
        fresh = [
            {"name": _SIGNING_KEY, "value": new_signing_key()},
            {"name": _ORIGIN, "value": f"breakwater.invalid/log/{secrets.token_hex(8)}".encode()},
        ]
        connection.execute(upsert(meta).on_conflict_do_nothing(), fresh)
        log = LogReader(connection)
        newest = connection.execute(select(entry.c.envelope).order_by(entry.c.seq.desc()).limit(1)).scalar()
        last = moment_of(newest) if newest is not None else None
        return Chain.resume(log.leaves(), last), Signer(log.origin(), log.signing_key())

    def append(
        self, kind: EntryKind, *, content: bytes | None = None, facts: Mapping[str, Fact] | None = None
    ) -> EvidenceEntry:
        """Seal one act or one capture. Written to disk by `flush`, at the latest before commit.

        When the clocks moved oddly since the entry before, an entry that says so comes first.
        """
        moment = self._clock.moment()
        if self.chain.last is not None and (jump := clock_jump(self.chain.last, moment)) is not None:
            self._seal(EntryKind.CLOCK_JUMP, moment, None, jump)
        return self._seal(kind, moment, content, facts or {})

    def _seal(
        self, kind: EntryKind, moment: Moment, content: bytes | None, facts: Mapping[str, Fact]
    ) -> EvidenceEntry:
        sealed, self.chain = self.chain.seal(kind, moment, content=content, facts=facts)
        self._new.append(sealed)
        if content is not None:
            self._blobs[content_hash(content)] = content
        return sealed

    def flush(self) -> None:
        """Write what was appended; rows that point at an entry may follow."""
        if self._blobs:
            rows = [{"sha256": sha, "data": data} for sha, data in self._blobs.items()]
            self._connection.execute(upsert(blob).on_conflict_do_nothing(), rows)
        if self._new:
            self._connection.execute(
                insert(entry),
                [
                    {"seq": one.seq, "prev": one.prev, "leaf": one.leaf, "envelope": one.envelope}
                    for one in self._new
                ],
            )
        self._new, self._blobs = [], {}

    def sign_checkpoint(self) -> None:
        """Cover everything appended in this unit by a signed checkpoint."""
        self.flush()
        if self.chain.size == self._signed:
            return
        note = self._signer.sign(self.chain.size, self.chain.root())
        self._connection.execute(
            insert(checkpoint).values(size=self.chain.size, note=note, at=self._clock.now())
        )
        self._signed = self.chain.size

    def erase(self, sha256: bytes, reason: str) -> None:
        """Erase sealed bytes. The tree still verifies; that and why they were erased is an entry."""
        self.append(EntryKind.ERASE, facts={"erased": sha256.hex(), "reason": reason})
        self._connection.execute(delete(blob).where(blob.c.sha256 == sha256))


def _entry(row: Row[Any]) -> EvidenceEntry:
    return EvidenceEntry(EntrySeq(row.seq), row.prev, row.leaf, row.envelope)


def content_hash(content: bytes) -> bytes:
    """SHA-256 of the bytes as received: the name under which they are kept."""
    return hashlib.sha256(content).digest()
