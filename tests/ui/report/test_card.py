"""The card: deterministic, honest about what it is, and nothing in it reorders or becomes markup."""

from dataclasses import replace
from datetime import UTC, datetime

from PySide6.QtGui import QImage

from core.domain.evidence import EntryKind, Moment
from core.domain.ids import PlatformName, RemoteId
from core.domain.mention import Author, Mention, MentionKind
from core.evidence.chain import Chain
from core.export.contents import PacketItem
from ui.report.card import render_card

AT = datetime(2026, 3, 1, 12, 0, 5, tzinfo=UTC)


def item(text: str = "hello", name: str = "Ada", tz: str = "+02:00") -> PacketItem:
    mention = Mention(
        platform=PlatformName("bluesky"),
        remote_id=RemoteId("at://did:plc:x/app.bsky.feed.post/3k"),
        author=Author(RemoteId("did:plc:x"), "ada.test", name),
        kind=MentionKind.REPLY,
        text=text,
        created_at=AT,
        url="https://bsky.app/profile/did:plc:x/post/3k",
    )
    moment = Moment(1_772_366_406_000_000, 1, "boot", tz)
    entry, _ = Chain.empty().seal(EntryKind.RECEIVED, moment, content=b"raw")
    # The salt of an entry does not show on the card.
    return PacketItem(mention, entry, AT, lambda: b"raw")


def test_the_same_item_gives_the_same_bytes() -> None:
    one = item("骗子 كاذب 👨‍👩‍👧")
    assert render_card(one) == render_card(one) == render_card(item("骗子 كاذب 👨‍👩‍👧"))
    assert render_card(one).startswith(b"\x89PNG")


def test_what_differs_shows() -> None:
    plain = render_card(item())
    assert plain != render_card(item("hullo"))
    assert plain != render_card(item(name="Eve"))
    assert plain != render_card(item(tz="-05:30"))
    assert plain != render_card(replace(item(), mention=replace(item().mention, created_at=None)))


def test_direction_marks_are_shown_and_reorder_nothing() -> None:
    assert render_card(item("a\u202egnp.exe")) == render_card(item("a⟨U+202E⟩gnp.exe"))
    assert render_card(item(name="a\u202egnp.exe")) == render_card(item(name="a⟨U+202E⟩gnp.exe"))


def test_markup_is_only_characters() -> None:
    wide = QImage.fromData(render_card(item("<img src='file:///etc/passwd'><h1>big</h1>")))
    plain = QImage.fromData(render_card(item("(img src='file:///etc/passwd')(h1)big(/h1)")))
    assert wide.size() == plain.size()


def test_a_long_text_is_cut_and_the_picture_stays_bounded() -> None:
    image = QImage.fromData(render_card(item("line\n" * 20_000)))
    assert image.width() == 1240
    assert image.height() <= 16_000
