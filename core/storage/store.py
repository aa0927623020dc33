"""The store: opens the database, migrates it, and hands out units of work."""

import shutil
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import Connection

from core.evidence.chain import Chain
from core.evidence.checkpoint import Signer
from core.ports import Clock
from core.storage.accounts import AccountReader, AccountWriter
from core.storage.actions import ActionReader, ActionWriter
from core.storage.anchors import AnchorReader, AnchorWriter
from core.storage.calibrations import CalibrationReader, CalibrationWriter
from core.storage.campaigns import CampaignReader, CampaignWriter
from core.storage.captures import (
    ContextReader,
    ContextWriter,
    MediaReader,
    MediaWriter,
)
from core.storage.decisions import DecisionReader, DecisionWriter
from core.storage.engine import check_sqlite, open_engine, translated
from core.storage.figures import FigureReader
from core.storage.groups import GroupReader, GroupWriter
from core.storage.inbox import InboxReader
from core.storage.log import LogReader, LogWriter
from core.storage.mentions import MentionReader, MentionWriter
from core.storage.migrate import is_current, migrate
from core.storage.own_words import OwnWordReader, OwnWordWriter
from core.storage.score_table import ScoreReader
from core.storage.standings import StandingReader, StandingWriter
from core.storage.verdicts import VerdictReader, VerdictWriter
from core.storage.versions import VersionReader, VersionWriter
from core.storage.wal import check_wal


class ReadUnit:
    """One consistent read. Valid inside its `with` block, in one thread."""

    def __init__(self, connection: Connection) -> None:
        self.accounts = AccountReader(connection)
        self.mentions = MentionReader(connection)
        self.verdicts = VerdictReader(connection)
        self.scores = ScoreReader(connection)
        self.own_words = OwnWordReader(connection)
        self.calibrations = CalibrationReader(connection)
        self.inbox = InboxReader(connection)
        self.groups = GroupReader(connection)
        self.campaigns = CampaignReader(connection)
        self.decisions = DecisionReader(connection)
        self.figures = FigureReader(connection)
        self.actions = ActionReader(connection)
        self.anchors = AnchorReader(connection)
        self.standings = StandingReader(connection)
        self.contexts = ContextReader(connection)
        self.media = MediaReader(connection)
        self.versions = VersionReader(connection)
        self.log = LogReader(connection)


class WriteUnit:
    """One transaction: all of it is committed when the block ends, or none of it."""

    def __init__(self, connection: Connection, chain: Chain, signer: Signer, clock: Clock) -> None:
        self.log = LogWriter(connection, chain, signer, clock)
        self.accounts = AccountWriter(connection)
        self.mentions = MentionWriter(connection)
        self.verdicts = VerdictWriter(connection)
        self.own_words = OwnWordWriter(connection)
        self.calibrations = CalibrationWriter(connection)
        self.groups = GroupWriter(connection)
        self.campaigns = CampaignWriter(connection)
        self.decisions = DecisionWriter(connection, self.campaigns)
        self.actions = ActionWriter(connection)
        self.anchors = AnchorWriter(connection)
        self.standings = StandingWriter(connection)
        self.contexts = ContextWriter(connection)
        self.media = MediaWriter(connection)
        self.versions = VersionWriter(connection)


class Store:
    """The person's encrypted data. One writer at a time, any number of readers."""

    def __init__(self, path: Path, key: bytes, clock: Clock) -> None:
        """Open or create the database at `path` with a 32-byte key.

        Raises `DataDamaged` (also for a wrong key), `NewerData`, `DiskFull`, `UnusableFolder`.
        """
        check_sqlite()
        self._path = path
        self._clock = clock
        self._writing = threading.Lock()
        fresh = not path.exists()
        check_wal(path)
        with translated(path):
            self._writer = open_engine(path, key, read_only=False)
            self._reader = open_engine(path, key, read_only=True)
            try:
                self._bring_up_to_date(fresh)
                with self._writer.begin() as connection:
                    self._chain, self._signer = LogWriter.resume(connection)
            except BaseException:
                self.close()
                raise
        if fresh:
            path.chmod(0o600)

    def _bring_up_to_date(self, fresh: bool) -> None:
        if not fresh:
            with self._reader.begin() as connection:
                if is_current(connection):
                    return
            self._copy_before_migration()
        with self._writer.begin() as connection:
            migrate(connection)

    def _copy_before_migration(self) -> None:
        with self._writer.connect() as connection:
            raw = connection.connection.driver_connection
            if raw is not None:
                raw.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        shutil.copy2(self._path, self._path.with_suffix(".before-update"))

    @contextmanager
    def read(self) -> Iterator[ReadUnit]:
        """A read unit."""
        with translated(self._path), self._reader.begin() as connection:
            yield ReadUnit(connection)

    @contextmanager
    def write(self) -> Iterator[WriteUnit]:
        """A write unit; what was appended to the log is covered by a signed checkpoint before commit.

        No network call, model call or user question belongs inside.
        """
        with self._writing, translated(self._path):
            with self._writer.begin() as connection:
                unit = WriteUnit(connection, self._chain, self._signer, self._clock)
                yield unit
                unit.log.sign_checkpoint()
            # Only reached after the commit: a rolled-back unit leaves the chain where it was.
            self._chain = unit.log.chain

    def close(self) -> None:
        """Release every connection; the last one folds the WAL into the file."""
        self._reader.dispose()
        self._writer.dispose()
