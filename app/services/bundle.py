"""The services of one opened data folder, handed to whatever faces the person."""

from dataclasses import dataclass

from app.services.accounts import AccountService
from app.services.anchor import AnchorService
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
from app.services.words import WordService
from core.system.paths import DataFolder


@dataclass(frozen=True, slots=True)
class Services:
    """Every use case over one store. `sample` is True while looking around with made-up data."""

    folder: DataFolder
    accounts: AccountService
    sync: SyncService
    ingest: IngestService
    classify: ClassifyService
    models: ModelService
    words: WordService
    learning: LearningService
    group: GroupService
    campaigns: CampaignService
    pictures: PictureService
    inbox: InboxService
    captures: CaptureService
    takedowns: TakedownService
    respond: RespondService
    evidence: EvidenceService
    anchor: AnchorService
    export: ExportService
    figures: FigureService
    # None over the sample data: they are thrown away.
    protection: ProtectionService | None = None
    sample: bool = False
