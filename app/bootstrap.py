"""The one place that builds and connects objects."""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from functools import partial
from pathlib import Path
from secrets import token_bytes

from app.entrance import occupied, unlock_service
from app.services.accounts import AccountService
from app.services.anchor import AnchorService
from app.services.bundle import Services
from app.services.campaigns import CampaignService
from app.services.capture import CaptureService
from app.services.classify import ClassifyService
from app.services.evidence import EvidenceService
from app.services.export import ExportService
from app.services.figures import FigureService
from app.services.group import GroupService
from app.services.inbox import InboxService
from app.services.ingest import IngestService
from app.services.learning import LearningService
from app.services.models import ModelService
from app.services.pictures import PictureService
from app.services.protection import ProtectionService
from app.services.respond import RespondService
from app.services.sync import SyncService
from app.services.takedowns import TakedownService
from app.services.unlock import Opened
from app.services.words import WordService
from core.connectors.registry import platforms
from core.domain.evidence import EntryKind
from core.errors import AppError
from core.export.contents import PacketContents, PacketItem
from core.ports import Classifier
from core.storage import Store
from core.system.clock import SystemClock
from core.system.paths import DataFolder
from core.system.secrets import SealedSecrets
from core.system.settings import load_settings


@contextmanager
def open_unattended(folder: DataFolder, passphrase: str | None) -> Iterator[Services]:
    """The services of a folder, opened without asking (see `UnlockService.open_unattended`)."""
    with occupied(folder), open_services(unlock_service(folder).open_unattended(passphrase)) as services:
        yield services


@contextmanager
def open_services(opened: Opened, *, sample: bool = False) -> Iterator[Services]:
    """The services over an opened folder; the caller holds the folder's lock."""
    clock = SystemClock()
    store = Store(opened.folder.database, opened.key, clock)
    try:
        with store.write() as unit:
            unit.log.append(EntryKind.START)
        try:
            yield _connect(store, opened, clock, sample=sample)
        except BaseException:
            # What went wrong matters more than a log that cannot be written any more.
            with suppress(AppError):
                _stop(store, by_error=True)
            raise
        _stop(store, by_error=False)
    finally:
        store.close()


def _stop(store: Store, *, by_error: bool) -> None:
    with store.write() as unit:
        unit.log.append(EntryKind.STOP, facts={"by_error": True} if by_error else {})


@contextmanager
def open_sample() -> Iterator[Services]:
    """Services over a throw-away folder for looking around: its key dies with the process."""
    with tempfile.TemporaryDirectory(prefix="breakwater-sample-") as name:
        folder = DataFolder(Path(name) / "data")
        folder.prepare()
        key = token_bytes(32)
        opened = Opened(folder, key, SealedSecrets(folder.secrets, key))
        with open_services(opened, sample=True) as services:
            yield services


def _connect(store: Store, opened: Opened, clock: SystemClock, *, sample: bool) -> Services:
    accounts = AccountService(store, opened.secrets, platforms(), clock)
    ingest = IngestService(store, clock)
    anchor = AnchorService(store, clock)
    sync = SyncService(store, accounts, ingest, clock, after=anchor.stamp_if_due)
    folder = opened.folder
    models = ModelService(
        folder.root / "models",
        lambda: load_settings(folder.settings)[0],
        partial(_load_classifier, folder),
    )
    classify = ClassifyService(store, models.load, clock)
    return Services(
        folder=opened.folder,
        accounts=accounts,
        sync=sync,
        ingest=ingest,
        classify=classify,
        models=models,
        words=WordService(store, classify, clock),
        learning=LearningService(store, classify, clock),
        group=GroupService(store, clock),
        campaigns=CampaignService(store, clock),
        pictures=PictureService(store),
        inbox=InboxService(store),
        captures=CaptureService(store, accounts, clock),
        takedowns=TakedownService(store),
        respond=RespondService(store, accounts, sync, clock),
        evidence=EvidenceService(store, anchor),
        anchor=anchor,
        export=ExportService(store, clock, _render_pdf, _render_card),
        figures=FigureService(store, clock),
        protection=None if sample else ProtectionService(opened.folder, opened.key, opened.secrets, store),
        sample=sample,
    )


def _render_pdf(contents: PacketContents, path: Path) -> None:
    """The readable report. Qt is loaded here, so that commands that write no packet start without it."""
    from ui.report.pdf import ensure_gui, render_pdf

    ensure_gui()
    render_pdf(contents, path)


def _render_card(item: PacketItem) -> bytes:
    """A drawing of one post; see `_render_pdf`."""
    from ui.report.card import render_card
    from ui.report.pdf import ensure_gui

    ensure_gui()
    return render_card(item)


def _load_classifier(folder: DataFolder) -> Classifier:
    from core.classify.engine import load_default
    from core.classify.level import Level

    settings, _ = load_settings(folder.settings)
    return load_default(level=Level(settings.level))
