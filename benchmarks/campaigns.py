"""Campaigns over time and their pictures on generated mentions, in CPU seconds, since machines are shared.

python benchmarks/campaigns.py 100000 [--folder KEPT]
"""

import argparse
import os
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
sys.path.insert(0, str(Path(__file__).parents[1]))

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QImage, QPainter

from app.jobs.context import JobContext
from app.services.campaigns import CampaignService
from app.services.group import GroupService
from app.services.ingest import IngestService
from app.services.pictures import PictureService
from benchmarks.generate_mentions import generate
from core.domain.ids import PlatformName
from core.storage import Store
from core.system.clock import SystemClock
from ui.pictures.births import Births
from ui.pictures.graph import Graph
from ui.pictures.hours import Hours
from ui.pictures.picture import Picture
from ui.pictures.timeline import Timeline
from ui.pictures.zone import Zone
from ui.report.pdf import ensure_gui
from ui.theme.tokens import Scheme, load_tokens

_LATER = 1_000


@contextmanager
def timed(what: str) -> Iterator[None]:
    """Print the CPU seconds of a block."""
    began = time.process_time()
    yield
    print(f"{what:<42} {time.process_time() - began:8.3f} s CPU", flush=True)


def main() -> int:
    """Build the store, then measure what the app does on it."""
    parser = argparse.ArgumentParser()
    parser.add_argument("posts", type=int)
    parser.add_argument("--folder", type=Path, help="keep the store here and use it again")
    chosen = parser.parse_args()
    ensure_gui()
    with tempfile.TemporaryDirectory() as scratch:
        folder = chosen.folder or Path(scratch)
        folder.mkdir(parents=True, exist_ok=True)
        later = folder / "later.parquet"
        fresh = not later.exists()
        if fresh:
            # Later posts of the same campaigns and people come last in time.
            made = generate(chosen.posts + _LATER, 7)
            made = made.sort("created_at")
            made.head(chosen.posts).write_parquet(folder / "first.parquet")
            made.tail(_LATER).write_parquet(later)
        clock = SystemClock()
        store = Store(folder / "bench.db", bytes(32), clock)
        _measure(store, clock, folder, fresh=fresh)
        store.close()
    return 0


def _measure(store: Store, clock: SystemClock, folder: Path, *, fresh: bool) -> None:
    context = JobContext()
    ingest, group = IngestService(store, clock), GroupService(store, clock)
    campaigns, pictures = CampaignService(store, clock), PictureService(store)
    if fresh:
        with timed("import"):
            ingest.import_file(folder / "first.parquet", PlatformName("bench"), context)
    with timed("group everything (first)"):
        group.run(context)
    with timed("group everything (again)"):
        found = group.run(context)
    print(f"{found.posts} posts, {found.authors} senders, {len(found.groups)} groups")
    ingest.import_file(folder / "later.parquet", PlatformName("bench"), context)
    with timed(f"let {_LATER} new posts join"):
        print(group.follow(context))
    with timed("list of groups"):
        cards = campaigns.cards()
    key = cards[0].key
    print(f"largest: {cards[0].senders} senders, {cards[0].posts} posts")
    with timed("page: why"):
        campaigns.detail(key)
    with timed("members"):
        campaigns.members(key)
    with timed("page: themes, tags, profiles"):
        campaigns.story(key)
    with timed("figures for pictures"):
        figures = pictures.figures()
    with timed("graph of all groups, read"):
        graph = pictures.graph()
    with timed(f"graph of {len(graph.senders)} senders, laid out"):
        senders = Graph(graph)
    zone = Zone()
    with timed("timeline, births, hours, binned"):
        drawings: list[Picture] = [
            Timeline(figures, zone),
            Births(figures, zone),
            Hours(figures, zone),
            senders,
        ]
    for picture in drawings:
        with timed(f"paint {picture.name}"):
            _paint(picture)


def _paint(picture: Picture) -> None:
    image = QImage(1100, picture.height(1100), QImage.Format.Format_ARGB32_Premultiplied)
    image.fill(Qt.GlobalColor.white)
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    picture.draw(painter, QRectF(0, 0, 1100, image.height()), load_tokens(Scheme.LIGHT))
    painter.end()


if __name__ == "__main__":
    sys.exit(main())
