"""Pictures: nothing before the person asks, nothing kept that cannot be looked at, erasing for good."""

import json
from io import BytesIO

import pytest
from fake_platform import Fault
from PIL import Image  # noqa: TID253 - makes the pictures
from service_desk import Desk

from app.services.posts_frame import posts_frame
from core.domain.capture import Media, MediaState
from core.domain.evidence import EntryKind
from core.domain.ids import MentionId
from core.domain.inbox import InboxFilter
from core.errors import NotFound, Offline
from core.evidence.verify import verify_log

CIDS = [f"bafkrei{number}azhusrsn3srbrhkotrfak6yywe6hda4gigsx" for number in range(6)]


def jpeg(seed: int = 0, quality: int = 85, side: int = 320) -> bytes:
    image = Image.new("RGB", (320, 320), (40 * seed % 256, 90, 200))
    for step in range(8):
        colour = (31 * step % 256, 17 * seed % 256, 255 - 30 * step)
        image.paste(colour, (step * 40, (step * 53 + seed * 71) % 280, step * 40 + 90, 320))
    out = BytesIO()
    image.resize((side, side)).save(out, "JPEG", quality=quality)
    return out.getvalue()


def post(desk: Desk, *cids: str) -> MentionId:
    """A received post with these pictures."""
    images = [{"image": {"$type": "blob", "ref": {"$link": cid}}, "alt": f"alt {cid[-1]}"} for cid in cids]
    uri = desk.fake.add_post("look", record={"embed": {"images": images}})
    desk.sync.sync(desk.account.id, desk.context)
    return next(row.mention_id for row in desk.inbox.rows(InboxFilter()) if row.remote_id == uri)


def media(desk: Desk, mention_id: MentionId) -> tuple[Media, ...]:
    return desk.captures.around(mention_id).media


def asked_for_pictures(desk: Desk) -> int:
    return desk.fake.sent("/img/")


def test_nothing_is_fetched_before_the_person_asks(desk: Desk) -> None:
    desk.fake.pictures[CIDS[0]] = jpeg()
    mention_id = post(desk, CIDS[0], CIDS[1])
    desk.captures.follow_up(desk.context)
    assert [(one.state, one.attachment.alt) for one in media(desk, mention_id)] == [
        (MediaState.OFFERED, "alt x"),
        (MediaState.OFFERED, "alt x"),
    ]
    assert asked_for_pictures(desk) == 0


def test_captured_sealed_and_described(desk: Desk) -> None:
    raw = desk.fake.pictures[CIDS[0]] = jpeg()
    mention_id = post(desk, CIDS[0])
    report = desk.captures.media.fetch(mention_id, desk.context)
    assert (report.captured, report.gone, report.refused) == (1, 0, 0)
    (one,) = media(desk, mention_id)
    assert (one.state, one.media_type, one.width, one.height) == (
        MediaState.CAPTURED,
        "image/jpeg",
        320,
        320,
    )
    assert one.captured_at == desk.clock.now()
    assert one.perceptual is not None
    assert len(one.perceptual) == 32
    with desk.store.read() as unit:
        assert one.sha256 is not None
        assert unit.log.content(one.sha256) == raw
        assert one.entry_seq is not None
        envelope = json.loads(unit.log.many([one.entry_seq])[one.entry_seq].envelope)
        assert unit.media.perceptual_hashes() == {mention_id: (one.perceptual,)}
        frame = posts_frame(unit.mentions.for_grouping())
        assert frame["media"].to_list() == [[one.perceptual.hex()]]
    assert envelope["kind"] == EntryKind.CAPTURED.value
    assert envelope["facts"]["src"] == desk.fake.url
    assert Image.open(BytesIO(desk.captures.media.preview(one.id))).format == "PNG"
    # Only asked once, whatever is shown.
    desk.captures.media.fetch(mention_id, desk.context)
    assert asked_for_pictures(desk) == 1


def test_only_the_picture_server_is_asked_and_told_nothing(desk: Desk) -> None:
    desk.fake.pictures[CIDS[0]] = jpeg()
    desk.captures.media.fetch(post(desk, CIDS[0]), desk.context)
    (seen,) = [one for one in desk.fake.seen if one.path.startswith("/img/")]
    assert seen.path == f"/img/feed_fullsize/plain/did:plc:mallory/{CIDS[0]}@jpeg"
    assert "authorization" not in seen.headers
    assert "cookie" not in seen.headers
    assert seen.headers["user-agent"].startswith("Breakwater/")


def test_gone_garbage_and_bombs(desk: Desk) -> None:
    desk.fake.pictures[CIDS[1]] = b"<html>no picture</html>"
    desk.fake.pictures[CIDS[2]] = jpeg()[:2000]
    desk.fake.pictures[CIDS[3]] = jpeg()
    mention_id = post(desk, *CIDS[:4])
    report = desk.captures.media.fetch(mention_id, desk.context)
    assert (report.captured, report.gone, report.refused) == (1, 1, 2)
    states = [(one.state, one.reason) for one in media(desk, mention_id)]
    assert states == [
        (MediaState.GONE, None),
        (MediaState.REFUSED, "not-a-picture"),
        (MediaState.REFUSED, "damaged"),
        (MediaState.CAPTURED, None),
    ]
    with desk.store.read() as unit:
        kept = [one.sha256 for one in media(desk, mention_id) if one.sha256]
        assert len(kept) == 1
        facts = [json.loads(one.envelope)["facts"] for one in unit.log.entries()]
    assert [one["why"] for one in facts if one.get("act") == "picture-refused"] == [
        "not-a-picture",
        "damaged",
    ]


@pytest.mark.parametrize(
    ("fault", "value", "reason"),
    [(Fault.REDIRECT, "http://169.254.169.254/", "redirect"), (Fault.SERVER_ERROR, 403, "platform-refused")],
)
def test_redirects_and_refusals(desk: Desk, fault: Fault, value: object, reason: str) -> None:
    mention_id = post(desk, CIDS[0])
    desk.fake.fail_next(fault, value, on="/img/")
    assert desk.captures.media.fetch(mention_id, desk.context).refused == 1
    assert media(desk, mention_id)[0].reason == reason


def test_a_lost_connection_leaves_it_offered(desk: Desk) -> None:
    mention_id = post(desk, CIDS[0])
    desk.fake.fail_next(Fault.DROP_BEFORE, on="/img/")
    assert isinstance(desk.captures.media.fetch(mention_id, desk.context).stopped_by, Offline)
    assert media(desk, mention_id)[0].state is MediaState.OFFERED


def test_not_wanted_is_not_asked_for(desk: Desk) -> None:
    mention_id = post(desk, CIDS[0])
    desk.captures.media.refuse(mention_id)
    assert media(desk, mention_id)[0].reason == "not-wanted"
    desk.captures.media.fetch(mention_id, desk.context)
    assert asked_for_pictures(desk) == 0


def test_erased_for_good_wherever_it_was_kept(desk: Desk) -> None:
    raw = desk.fake.pictures[CIDS[0]] = desk.fake.pictures[CIDS[1]] = jpeg()
    desk.fake.pictures[CIDS[2]] = jpeg(quality=40, side=200)
    desk.fake.pictures[CIDS[3]] = jpeg(seed=3)
    first, second = post(desk, CIDS[0]), post(desk, CIDS[1])
    for one in (first, second):
        desk.captures.media.fetch(one, desk.context)
    desk.captures.media.erase(media(desk, first)[0].id, "must not be kept")
    assert media(desk, second)[0].state is MediaState.ERASED
    with pytest.raises(NotFound):
        desk.captures.media.preview(media(desk, first)[0].id)
    with pytest.raises(NotFound):
        desk.captures.media.erase(media(desk, first)[0].id, "twice")
    # Neither the same file nor its like is kept again; another picture is.
    third = post(desk, CIDS[0], CIDS[2], CIDS[3])
    desk.captures.media.fetch(third, desk.context)
    assert [(one.state, one.reason) for one in media(desk, third)] == [
        (MediaState.REFUSED, "erased-before"),
        (MediaState.REFUSED, "erased-before"),
        (MediaState.CAPTURED, None),
    ]
    with desk.store.read() as unit:
        assert not any(unit.log.content(one.sha256) == raw for one in media(desk, first) if one.sha256)
        report = verify_log(
            unit.log.entries(),
            checkpoints=unit.log.checkpoints(),
            public_key=unit.log.public_key(),
            content=unit.log.content,
            anchors=(),
        )
    assert report.ok


def test_without_an_account_there_is_nobody_to_ask(desk: Desk) -> None:
    mention_id = post(desk, CIDS[0])
    desk.accounts.remove(desk.account.id)
    assert desk.captures.around(mention_id).picture_hosts == ()
    with pytest.raises(NotFound):
        desk.captures.media.fetch(mention_id, desk.context)
