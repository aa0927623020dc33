"""The export service over a real store: what is chosen, what stands around it, what is told before."""

import json
from collections.abc import Iterator
from dataclasses import replace
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from fake_clock import FakeClock
from made_packet import PICTURE, made_classification
from made_up import received

from app.jobs.context import JobContext
from app.services.export import ExportRequest, ExportService, Selection
from app.services.ingest import IngestService
from app.services.verify import parse_key, verify_file
from core.domain.capture import ContextPost, ContextRole, PostState, StandingChange
from core.domain.evidence import Anchor, AnchorKind, AnchorState, EntryKind, EvidenceEntry
from core.domain.ids import MentionId, RemoteId
from core.domain.inbox import InboxFilter, Queue
from core.domain.mention import Attachment
from core.errors import BadInput, DiskFull, NotFound
from core.export.redact import Blanked, Redaction
from core.storage import Store
from core.storage.log import LogWriter

ALL = InboxFilter(queue=Queue.ALL)
ITEMS = 12


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    store = Store(tmp_path / "data.db", bytes(32), FakeClock())
    IngestService(store, FakeClock()).take(
        [received(n, f"text {n}, @pal.example") for n in range(ITEMS)], None
    )
    with store.write() as unit:
        judged = [(MentionId(number), made_classification(number % 4)) for number in range(1, ITEMS + 1)]
        unit.verdicts.put(judged, FakeClock().now())
    yield store
    store.close()


@pytest.fixture
def export(store: Store) -> ExportService:
    return ExportService(store, FakeClock(), lambda contents, path: path.write_bytes(b"%PDF-"))


def lines(packet: Path, name: str) -> list[dict]:
    return [json.loads(line) for line in (packet / name).read_bytes().splitlines()]


def capture(store: Store) -> None:
    """A thread, a picture and a takedown of the first mention, as the capture services seal them."""
    now, first = FakeClock().now(), MentionId(1)
    with store.write() as unit:
        thread = unit.log.append(EntryKind.CAPTURED, content=b'{"thread": "My own words."}').seq
        picture = unit.log.append(EntryKind.CAPTURED, content=PICTURE).seq
        gone = unit.log.append(EntryKind.SEEN_DELETED, content=b"gone").seq
        unit.log.flush()
        own = ContextPost(
            ContextRole.OWN, RemoteId("p1"), RemoteId("me"), "me.example", "Me", "My own words.", now, None
        )
        unit.contexts.put(first, [own], thread)
        unit.media.offer({first: [Attachment("image", "ref", "a dot")]})
        (offered,) = unit.media.of([first])[first]
        unit.media.captured(
            offered.id,
            sha256=sha256(PICTURE).digest(),
            media_type="image/png",
            size=(1, 1),
            perceptual=bytes(32),
            entry_seq=picture,
            now=now,
        )
        change = StandingChange(PostState.DELETED, PostState.UP, now, now, gone)
        unit.standings.put(first, PostState.DELETED, now=now, due_at=now, change=change)


def test_the_few_to_read_first_are_offered_once_each_in_order(export: ExportService) -> None:
    offered = export.offer(ALL)
    assert 3 < len(offered) <= 7
    assert offered[0].why[0] == "first"
    assert sum("latest" in one.why for one in offered) == 3
    assert sum("worst" in one.why for one in offered) == 3
    seqs = [one.item.entry.seq for one in offered]
    assert len(set(seqs)) == len(seqs)


def test_a_short_packet_counts_everything_it_was_chosen_from(export: ExportService, tmp_path: Path) -> None:
    made = export.write(tmp_path / "out", ExportRequest(ALL, selection=Selection.SHORT), JobContext())
    case = json.loads((made.packet / "data/case.json").read_bytes())
    assert case["items"] == made.items == len(export.offer(ALL))
    assert case["counts_below_are_over"] == ITEMS
    assert "three most serious" in case["selection"]
    assert verify_file(made.packet, key=parse_key(made.signer), anchors=()).ok


def test_the_person_edits_the_selection_and_notes_go_in(export: ExportService, tmp_path: Path) -> None:
    request = ExportRequest(ALL, only=(MentionId(3), MentionId(5)), notes={MentionId(5): "Breaks rule 4."})
    made = export.write(tmp_path / "out", request, JobContext())
    notes = [one["note_by_the_person"] for one in lines(made.packet, "data/entries.jsonl")]
    assert notes == ["", "Breaks rule 4."]


def test_what_was_captured_around_a_mention_goes_in(
    export: ExportService, store: Store, tmp_path: Path
) -> None:
    capture(store)
    with store.read() as reading:
        state = reading.log.state()
    lawyer = Anchor(
        id=0,
        size=state.size,
        root=state.root,
        kind=AnchorKind.HANDED_OVER,
        receiver="my lawyer",
        state=AnchorState.CONFIRMED,
        token=None,
        made_at=FakeClock().now(),
        attested_at=None,
    )
    with store.write() as unit:
        unit.anchors.add(lawyer)
    made = export.write(tmp_path / "out", ExportRequest(ALL, with_media=True), JobContext())
    packet = made.packet
    assert [one["role"] for one in lines(packet, "data/context/list.jsonl")] == ["own"]
    assert [one["state"] for one in lines(packet, "data/standing/list.jsonl")] == ["deleted", "deleted"]
    assert (packet / "data/media/0001.bin").read_bytes() == PICTURE
    assert lines(packet, "data/anchors/list.jsonl")[0]["receiver"] == "my lawyer"
    report = verify_file(packet, key=parse_key(made.signer), anchors=())
    assert report.faults == ()
    bare = export.write(tmp_path / "bare", ExportRequest(ALL, with_context=False), JobContext()).packet
    assert not (bare / "data/media").exists()
    assert not (bare / "data/context").exists()


def test_before_writing_it_says_what_would_be_told(export: ExportService, store: Store) -> None:
    capture(store)
    found = export.preview(ExportRequest(ALL, with_media=True, answers={"notifier-name": "A"}))
    told = found.reveals
    assert (told.items, told.own_words, told.pictures, told.name) == (ITEMS, 1, 1, True)
    assert told.originals == ITEMS
    assert told.zones
    assert found.missing
    request = ExportRequest(ALL, redaction=Redaction(words=("text 3,",)))
    blanked = export.preview(request).reveals
    assert (blanked.hidden, blanked.originals) == (1, ITEMS - 1)


def test_a_redacted_export_is_an_entry_of_the_log_that_says_so(
    export: ExportService, store: Store, tmp_path: Path
) -> None:
    redaction = Redaction(kinds=frozenset({Blanked.NOTES}), words=("pal.example",))
    made = export.write(tmp_path / "out", ExportRequest(ALL, redaction=redaction), JobContext())
    assert b"pal.example" not in b"".join(p.read_bytes() for p in made.packet.rglob("*.jsonl"))
    with store.read() as unit:
        facts = [json.loads(one.envelope)["facts"] for one in unit.log.entries()][-1]
    assert facts["redacted"] is True
    assert "pal" not in json.dumps(facts)


@pytest.mark.parametrize("as_zip", [False, True])
def test_a_packet_that_the_log_cannot_name_is_not_left_behind(
    export: ExportService, store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, *, as_zip: bool
) -> None:
    real = LogWriter.append

    def full(self: LogWriter, kind: EntryKind, **more: Any) -> EvidenceEntry:
        if kind is EntryKind.EXPORT:
            raise DiskFull(path="x")
        return real(self, kind, **more)

    monkeypatch.setattr(LogWriter, "append", full)
    with pytest.raises(DiskFull):
        export.write(tmp_path / "out", ExportRequest(ALL, as_zip=as_zip), JobContext())
    assert list((tmp_path / "out").iterdir()) == []


def test_what_cannot_be_meant_is_refused(export: ExportService, tmp_path: Path) -> None:
    with pytest.raises(NotFound):
        export.preview(ExportRequest(ALL, template="nobody"))
    with pytest.raises(BadInput):
        export.write(tmp_path, ExportRequest(ALL, only=()), JobContext())
    with pytest.raises(BadInput):
        export.preview(replace(ExportRequest(ALL), recipients=("nobody",)))
