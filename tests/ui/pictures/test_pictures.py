"""Pictures: what they count, say and draw, in both palettes, with much, little and nothing to show."""

import csv
import io
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from xml.etree import ElementTree

import numpy as np
import pytest
from PySide6.QtCore import QByteArray, QPointF, QRectF, QTimeZone
from PySide6.QtGui import QImage, QPainter
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QApplication

from app.services.campaign_pictures import CampaignFigures, PictureFigures, SharedGraph
from core.domain.campaign import CampaignCard, CampaignState, ReEmergence
from core.domain.coordination import CampaignThemes, Term, ThemePeriod, ThingKind
from core.domain.ids import SenderId
from core.errors import BadInput, UnusableFolder
from ui.pictures.births import Births
from ui.pictures.graph import Graph
from ui.pictures.hours import Hours
from ui.pictures.layout import lay_out
from ui.pictures.picture import Picture
from ui.pictures.river import River
from ui.pictures.saving import save
from ui.pictures.scale import bins_over, every, round_up, ticks
from ui.pictures.timeline import Timeline
from ui.pictures.zone import DAY, HOUR, Zone
from ui.theme.tokens import Scheme, load_tokens

BERLIN = Zone(QTimeZone(b"Europe/Berlin"))
MONDAY = datetime(2026, 3, 2, tzinfo=UTC)
NOW = datetime(2026, 4, 1, tzinfo=UTC)


def micros(at: datetime) -> int:
    return round(at.timestamp() * 1_000_000)


def card(number: int, title: str = "", again: ReEmergence | None = None) -> CampaignCard:
    return CampaignCard(
        f"key{number}", number, title, CampaignState.ACTIVE, NOW, MONDAY, NOW, None, again, 12, 40, None
    )


def figures(campaigns: int = 2, posts: int = 40, others: int = 200) -> PictureFigures:
    """Campaigns that post at ten o'clock UTC on weekdays, from accounts made on two mornings."""
    rng = np.random.default_rng(3)
    start = micros(MONDAY)
    again = ReEmergence(MONDAY + timedelta(days=10), 5, 3, 0)
    made = []
    for place in range(campaigns):
        days = rng.integers(0, 5, posts) + 7 * rng.integers(0, 3, posts)
        times = np.sort(start + days * DAY + 10 * HOUR + rng.integers(0, HOUR, posts))
        born = np.sort(start - 30 * DAY + (place + np.arange(12) % 2) * DAY + rng.integers(0, HOUR, 12))
        made.append(
            CampaignFigures(card(place + 1, again=again if not place else None), place, times, 1, born, 2)
        )
    rest = np.sort(start + rng.integers(0, 21 * DAY, others))
    return PictureFigures(tuple(made), rest, np.sort(start - rng.integers(0, 2000 * DAY, others)))


def shared(senders: int = 30, things: int = 6, campaigns: int = 1) -> SharedGraph:
    """Every sender sent two things next to each other; the last sender nothing."""
    pairs = [(who, (who % things + step) % things) for who in range(senders - 1) for step in range(2)]
    pairs.sort()
    return SharedGraph(
        cards=tuple(card(n + 1) for n in range(campaigns)),
        places=tuple(range(campaigns)),
        senders=tuple(SenderId(n) for n in range(senders)),
        handles=tuple(f"=hand{n}.example" for n in range(senders)),
        campaign=np.array([n % campaigns for n in range(senders)], dtype=np.int64),
        kinds=(ThingKind.TEXT,) * things,
        keys=tuple(f"secret words {n}" for n in range(things)),
        pairs=np.array(pairs, dtype=np.int64).T.reshape(2, -1),
        times=np.ones(len(pairs), dtype=np.int64),
    )


def told(periods: int = 4) -> CampaignThemes:
    terms = tuple(
        Term(word, 10, 40, 1, 900, 6.0) for word in ("=ferry", "港口", "الميناء", "lamp", "mill", "x")
    )
    made = tuple(
        ThemePeriod(MONDAY + timedelta(days=7 * n), MONDAY + timedelta(days=7 * n + 7), 10, 5, terms[:2], ())
        for n in range(periods)
    )
    series = tuple(tuple((n * 3 + place) % 7 for n in range(periods)) for place in range(len(terms)))
    return CampaignThemes("key1", terms, made, series, ())


def every_picture() -> list[Picture]:
    return [
        Timeline(figures(), BERLIN), Timeline(figures(7), BERLIN), Births(figures(), BERLIN),
        Hours(figures(), BERLIN), Hours(figures(others=0), BERLIN), River(told()), River(told(), words=True),
        Graph(shared()), Graph(shared(campaigns=3), handles=True), Graph(shared(2, 1), numbers=True),
    ]  # fmt: skip


def drawn(picture: Picture, scheme: Scheme, width: int = 800) -> QImage:
    tokens = load_tokens(scheme)
    image = QImage(width, picture.height(width), QImage.Format.Format_RGB32)
    image.fill(tokens.color("surface"))
    painter = QPainter(image)
    picture.draw(painter, QRectF(0, 0, width, image.height()), tokens)
    painter.end()
    return image


@pytest.mark.parametrize("scheme", list(Scheme))
@pytest.mark.parametrize("width", [420, 800, 2200])
def test_every_picture_draws_in_its_box_and_speaks(qapp: QApplication, scheme: Scheme, width: int) -> None:
    for picture in every_picture():
        assert picture.lacking == ""
        image = drawn(picture, scheme, width)
        colours = {image.pixel(x, y) for x in range(0, width, 7) for y in range(0, image.height(), 7)}
        assert len(colours) >= 4, picture.name
        assert len(picture.summary) > 20
        assert all(line.endswith((".", ":")) for line in picture.method)
        table = picture.table()
        assert table.rows
        assert {len(row) for row in table.rows} == {len(table.heads)}


def test_nothing_to_draw_is_said(qapp: QApplication) -> None:
    none = np.zeros(0, dtype=np.int64)
    bare = PictureFigures((CampaignFigures(card(1), 0, none, 40, none, 12),), none, none)
    graph = shared()
    empty = replace(graph, kinds=(), keys=(), pairs=np.zeros((2, 0), np.int64), times=none)
    lacking = [
        Timeline(bare, BERLIN), Timeline(PictureFigures((), none, none), BERLIN), Births(bare, BERLIN),
        Hours(bare, BERLIN), Hours(figures(1, posts=5), BERLIN), River(None), River(told(2)), Graph(empty),
    ]  # fmt: skip
    for picture in lacking:
        assert picture.lacking
        assert picture.summary == picture.lacking
        assert picture.table().rows == () or isinstance(picture, Hours | Graph)


def test_the_timeline_counts_every_message_once(qapp: QApplication) -> None:
    table = Timeline(figures(7), BERLIN).table()
    assert len(table.heads) == 1 + 6 + 1
    assert sum(int(cell) for row in table.rows for cell in row[1:7]) == 7 * 40


def test_hours_are_those_of_the_persons_zone(qapp: QApplication) -> None:
    summary = Hours(figures(1), BERLIN).summary
    assert "Europe/Berlin, UTC+1" in summary
    rows = Hours(figures(1, others=0), BERLIN).table().rows
    assert {row[1] for row in rows} == {"11:00"}
    assert sum(int(row[2]) for row in rows) == 40


def test_summer_time_moves_the_hour() -> None:
    winter, summer = datetime(2026, 1, 5, 10, tzinfo=UTC), datetime(2026, 7, 6, 10, tzinfo=UTC)
    change = datetime(2026, 3, 29, 0, 45, tzinfo=UTC)
    times = np.array([micros(winter), micros(summer), micros(change), micros(change) + HOUR // 2], np.int64)
    assert ((BERLIN.local(times) - times) // HOUR).tolist() == [1, 2, 1, 2]


def test_births_near_each_other_are_counted(qapp: QApplication) -> None:
    summary = Births(figures(1), BERLIN).summary
    assert "Group 1: 12 of 12 accounts" in summary


def test_words_and_handles_wait_to_be_asked_for(qapp: QApplication) -> None:
    hidden, shown = River(told()), River(told(), words=True)
    assert "ferry" not in hidden.summary + str(hidden.table())
    assert "ferry" in str(shown.table())
    graph = Graph(shared())
    assert "secret" not in str(graph.table())
    assert "secret" in str(graph.labelled(numbers=False, handles=False, words=True).table())


@pytest.mark.parametrize(("senders", "campaigns", "percent"), [(40, 1, 100), (40, 1, 130), (120, 3, 100)])
@pytest.mark.parametrize("handles", [True, False])
def test_labels_stand_apart_and_the_rest_is_counted(
    qapp: QApplication, senders: int, campaigns: int, percent: int, *, handles: bool
) -> None:
    graph = Graph(shared(senders, 9, campaigns), numbers=not handles, handles=handles)
    box, tokens = QRectF(0, 0, 760, graph.height(760)), load_tokens(Scheme.LIGHT, percent)
    view = graph._view(box, tokens)
    names = graph._labels(view, box, tokens)
    assert 0 < len(names) <= senders
    for place, name in enumerate(names):
        assert name.inside or box.contains(name.box)
        assert not any(name.box.intersects(other.box) for other in names[:place])
    _, dots = graph._dots(view)
    for name in [one for one in names if not one.inside]:
        assert not any(name.box.contains(x, y) for x, y in dots.tolist())
    lacking, said = senders - len(names), graph.left_out(box, tokens)
    assert said.startswith(f"{lacking} of {senders} senders" if lacking > 1 else "One of" if lacking else "")
    assert bool(said) is (lacking > 0)


def test_who_sent_most_is_named_first(qapp: QApplication) -> None:
    made, tokens = shared(40, 9), load_tokens(Scheme.LIGHT)

    def named(loud: int, near: float = 1.0) -> list[int]:
        graph = Graph(replace(made, times=np.where(made.pairs[0] == loud, 50, 1)), handles=True)
        box = QRectF(0, 0, 760 * near, graph.height(760) * near)
        return [name.who for name in graph._labels(graph._view(box, tokens), box, tokens)]

    quiet = named(-1)
    assert 0 < len(quiet) < 40
    gained = [who for who in range(40) if who not in quiet and who in named(who)]
    assert gained
    assert all(named(who)[0] == who for who in gained)
    # A closer look has room for more.
    assert len(named(-1, 8.0)) > len(quiet)


def test_pointing_says_what_is_not_written(qapp: QApplication) -> None:
    graph = Graph(shared(40, 9), handles=True)
    box, tokens = QRectF(0, 0, 760, graph.height(760)), load_tokens(Scheme.LIGHT)
    view = graph._view(box, tokens)
    written = {name.who for name in graph._labels(view, box, tokens)}
    who, dots = graph._dots(view)
    assert set(who.tolist()) - written
    for one, (x, y) in zip(who.tolist(), dots.tolist(), strict=True):
        assert f"=hand{one}.example" in graph.under(QPointF(x, y), box, tokens)
    assert graph.under(box.topLeft(), box, tokens) == ""
    hidden = graph.labelled(numbers=False, handles=False, words=False)
    assert hidden.under(QPointF(*dots[0]), box, tokens) == ""
    assert hidden.left_out(box, tokens) == ""


def test_the_same_graph_gives_the_same_places() -> None:
    one, other = lay_out(shared(200, 9, 3)), lay_out(shared(200, 9, 3))
    assert one.box == other.box
    for first, second in zip(one.rings, other.rings, strict=True):
        np.testing.assert_array_equal(first.spots, second.spots)


def test_senders_do_not_cover_each_other() -> None:
    for ring in lay_out(shared(120, 12)).rings:
        away = ring.spots[:, None, :] - ring.spots[None, :, :]
        far = np.sqrt((away**2).sum(axis=2)) + 10 * np.eye(len(ring.spots))
        assert far.min() > 1.0
        assert sorted(ring.senders.tolist()) == list(range(120))
        assert ring.alone == 1


def test_rings_do_not_touch() -> None:
    rings = lay_out(shared(300, 8, 5)).rings
    for place, one in enumerate(rings):
        for other in rings[:place]:
            gap = np.hypot(one.center[0] - other.center[0], one.center[1] - other.center[1])
            assert gap >= one.radius + other.radius


def test_five_thousand_senders_are_laid_out_in_time() -> None:
    rng = np.random.default_rng(1)
    graph = shared(5_000, 40)
    pairs = np.unique(np.stack((rng.integers(0, 5_000, 30_000), rng.integers(0, 40, 30_000)), 1), axis=0).T
    began = datetime.now(UTC)
    (ring,) = lay_out(replace(graph, pairs=pairs, times=np.ones(pairs.shape[1], np.int64))).rings
    assert len(ring.spots) == 5_000
    assert len(ring.clusters) <= 256
    assert (datetime.now(UTC) - began).total_seconds() < 10  # 0.4 s on an idle core


def test_saved_pictures_can_be_read_and_say_how_they_were_made(qapp: QApplication, tmp_path: Path) -> None:
    for number, picture in enumerate(every_picture()):
        folder = tmp_path / str(number)
        folder.mkdir()
        for ending in ("png", "svg", "csv"):
            path, note = save(picture, folder / f"{picture.name}.{ending}", NOW)
            assert path.stat().st_mode & 0o777 == 0o600
            text = note.read_text()
            assert picture.title in text
            assert "no proof" in text
            assert "2026-04-01" in text
        assert QImage(str(folder / f"{picture.name}.png")).width() == 2_200
        assert QSvgRenderer(QByteArray((folder / f"{picture.name}.svg").read_bytes())).isValid()
        rows = list(csv.reader(io.StringIO((folder / f"{picture.name}.csv").read_text("utf-8-sig"))))
        assert len(rows) == len(picture.table().rows) + 1
        assert not any(cell.startswith("=") for row in rows for cell in row)
        assert not list(folder.glob(".*"))


def test_a_saved_picture_says_how_many_names_it_lacks(qapp: QApplication, tmp_path: Path) -> None:
    _, note = save(Graph(shared(40, 9), handles=True), tmp_path / "a.png", NOW)
    assert " of 40 senders have no label here" in note.read_text()
    _, note = save(Graph(shared(40, 9)), tmp_path / "b.png", NOW)
    assert "no label" not in note.read_text()


def test_graphml_names_nobody_unless_asked(qapp: QApplication, tmp_path: Path) -> None:
    space = {"g": "http://graphml.graphdrawing.org/xmlns"}
    path, _ = save(Graph(shared()), tmp_path / "a.graphml", NOW)
    tree = ElementTree.parse(path)  # noqa: S314 - our own file
    assert len(tree.findall(".//g:node", space)) == 30 + 6
    assert len(tree.findall(".//g:edge", space)) == 58
    assert "hand" not in path.read_text()
    assert "secret" not in path.read_text()
    strange = replace(shared(), handles=("a<b>&\x00\x0b\u202e",) * 30)
    path, _ = save(Graph(strange, handles=True, words=True), tmp_path / "b.graphml", NOW)
    ElementTree.parse(path)  # noqa: S314 - our own file
    assert "a&lt;b&gt;&amp;" in path.read_text()
    assert "secret words 3" in path.read_text()


def test_what_cannot_be_saved_is_refused(qapp: QApplication, tmp_path: Path) -> None:
    for picture, name in (
        (Timeline(figures(), BERLIN), "a.graphml"),
        (Timeline(figures(), BERLIN), "a.pdf"),
        (River(None), "a.png"),
    ):
        with pytest.raises(BadInput):
            save(picture, tmp_path / name, NOW)
    with pytest.raises(UnusableFolder):
        save(Timeline(figures(), BERLIN), tmp_path / "nowhere" / "a.png", NOW)
    assert list(tmp_path.iterdir()) == []


def test_axes_are_whole_and_round() -> None:
    assert ticks(0) == [0, 1]
    assert ticks(3) == [0, 1, 2, 3]
    assert ticks(54) == [0, 20, 40, 60]
    assert [round_up(value) for value in (0.2, 1.5, 3, 7, 11, 600)] == [1, 2, 5, 10, 20, 1000]
    assert every(60, 600, 60) == 6
    day = micros(MONDAY)
    for span, step in ((20, "day"), (200, "week"), (1500, "month"), (9000, "year")):
        made = bins_over(np.array([day, day + span * DAY]))
        assert made.step == step
        assert made.count(np.array([day, day + span * DAY])).sum() == 2
