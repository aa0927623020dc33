"""What stands beside the items: threads, pictures, whether posts are still up, anchors, cards, redactions."""

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from made_packet import KEY, PICTURE, SEED, made_contents, made_full_contents
from packet_forger import ask_both, put, read_all, reseal
from timestamp_testbed import LocalAuthority, authority

from core.anchoring.rfc3161 import check_answer, question
from core.domain.evidence import Anchor, AnchorKind, AnchorState
from core.evidence.merkle import Frontier
from core.export import layout
from core.export.contents import PacketContents, PacketItem
from core.export.packet import write_packet
from core.export.timestamps import imprint_of
from core.export.verify import Verdict, verify_packet

Contents = dict[str, bytes]
NOW = datetime(2026, 4, 1, tzinfo=UTC)
__all__ = ["authority"]


def card(item: PacketItem) -> bytes:
    """Stands for the drawing, which needs Qt."""
    return b"card of " + str(item.entry.seq).encode()


def anchored(contents: PacketContents, authority: LocalAuthority | None, size: int) -> PacketContents:
    """With a time stamp over the first `size` entries, and the same root handed to somebody."""
    root = Frontier.empty().extend(contents.log.leaves[:size]).root()
    token = authority.reply("good", question(root, 7)) if authority else None
    stamp = Anchor(1, size, root, AnchorKind.RFC3161, "tsa.invalid", AnchorState.CONFIRMED, token, NOW, NOW)
    friend = Anchor(
        2, size, root, AnchorKind.HANDED_OVER, "my lawyer", AnchorState.CONFIRMED, None, NOW, None
    )
    failed = replace(stamp, id=3, state=AnchorState.FAILED, token=b"garbage", error_code="stamp-declined")
    return replace(contents, anchors=(stamp, friend, failed))


def write_full(folder: Path, contents: PacketContents, *, as_zip: bool = False) -> Path:
    return write_packet(
        contents,
        folder,
        as_zip=as_zip,
        seed=SEED,
        render_pdf=None,
        render_card=card,
        progress=lambda done, total: None,
    )


@pytest.fixture(scope="module")
def genuine(tmp_path_factory: pytest.TempPathFactory, authority: LocalAuthority) -> Contents:
    """The files of a packet with everything in it."""
    contents = anchored(made_full_contents(), authority, 6)
    return read_all(write_full(tmp_path_factory.mktemp("genuine"), contents))


def lines(contents: Contents, name: str) -> list[dict]:
    return [json.loads(line) for line in contents[name].splitlines()]


@pytest.mark.parametrize("as_zip", [False, True])
def test_both_verifiers_accept_everything_a_packet_can_hold(
    tmp_path: Path, authority: LocalAuthority, as_zip: bool
) -> None:
    packet = write_full(tmp_path, anchored(made_full_contents(), authority, 6), as_zip=as_zip)
    report, code, said = ask_both(packet, key=KEY)
    assert report.faults == ()
    assert (report.verdict, code) == (Verdict.SIGNED, 0)
    assert [(one.size, one.at) for one in report.stamps] == [(6, None)]
    assert "Time stamp present over 6 entries, check the signature with: openssl ts -verify -digest" in said


def test_everything_is_where_the_documentation_says(genuine: Contents) -> None:
    numbers = {int(m[1]) for name in genuine if (m := layout.CARD.fullmatch(name))}
    assert numbers == {record["seq"] for record in lines(genuine, layout.ENTRIES)}
    assert genuine["data/media/0001.bin"] == PICTURE
    assert "data/media/0002.bin" not in genuine  # the same picture four times is one file
    assert {one["file"] for one in lines(genuine, layout.MEDIA_LIST)} == {"media/0001.bin"}
    assert {one["role"] for one in lines(genuine, layout.CONTEXT)} == {"before", "own"}
    assert {one["state"] for one in lines(genuine, layout.STANDING)} == {"up", "deleted"}
    anchors = lines(genuine, layout.ANCHORS)
    assert [(one["kind"], one["token"]) for one in anchors] == [
        ("rfc3161", "anchors/1.tsr"),
        ("handed-over", None),
    ]
    assert all(layout.known(name) for name in genuine)


def test_the_time_stamp_is_checked_by_openssl_and_by_the_application(
    tmp_path: Path, genuine: Contents, authority: LocalAuthority
) -> None:
    token = genuine["data/anchors/1.tsr"]
    assert authority.second_opinion(token, imprint_of(token))

    def time_of(token: bytes, root: bytes) -> datetime | None:
        return check_answer(token, root, [authority.root.der]).at

    report = verify_packet(put(tmp_path, genuine), stamp_time=time_of)
    assert report.ok
    assert report.stamps[0].at is not None
    assert report.stamps[0].at.tzinfo is UTC


def test_a_token_over_something_else_is_not_shown(tmp_path: Path, authority: LocalAuthority) -> None:
    contents = made_full_contents()
    other = authority.reply("good", question(bytes(32), 7))
    stamped = anchored(contents, None, 6)
    for token in (other, b"no token", b""):
        anchors = (replace(stamped.anchors[0], token=token),)
        packet = write_full(tmp_path / token[:4].hex(), replace(contents, anchors=anchors))
        files = read_all(packet)
        assert not any(layout.TOKEN.fullmatch(name) for name in files)
        assert lines(files, layout.ANCHORS)[0]["token"] is None
        assert ask_both(packet)[0].ok


def edit(name: str, change: Callable[[dict], object]) -> Callable[[Contents], None]:
    """Change the first line of a list."""

    def act(contents: Contents) -> None:
        first, _, rest = contents[name].partition(b"\n")
        record = json.loads(first)
        change(record)
        contents[name] = json.dumps(record, ensure_ascii=False).encode() + b"\n" + rest

    return act


def drop(name: str) -> Callable[[Contents], None]:
    def act(contents: Contents) -> None:
        del contents[name]

    return act


def cut(name: str) -> Callable[[Contents], None]:
    def act(contents: Contents) -> None:
        contents[name] = contents[name].split(b"\n", 1)[1]

    return act


def put_file(name: str, data: bytes) -> Callable[[Contents], None]:
    def act(contents: Contents) -> None:
        contents[name] = data

    return act


def twice(name: str) -> Callable[[Contents], None]:
    def act(contents: Contents) -> None:
        contents[name] = contents[name].split(b"\n", 1)[0] + b"\n" + contents[name]

    return act


def cut_token(contents: Contents) -> None:
    contents["data/anchors/1.tsr"] = contents["data/anchors/1.tsr"][:-1]


def older_format(contents: Contents) -> None:
    contents[layout.BAG_INFO] = contents[layout.BAG_INFO].replace(b"Format: 2", b"Format: 1")


def many_anchors(contents: Contents) -> None:
    _, second = contents[layout.ANCHORS].splitlines()
    contents[layout.ANCHORS] += (second + b"\n") * layout.MOST_ANCHORS


def envelope_hidden(record: dict) -> None:
    record["sealed"] |= {"envelope": None, "raw": None, "redacted": True}


FORGERIES: dict[str, Callable[[Contents], None]] = {
    "context-of-no-item": edit(layout.CONTEXT, lambda one: one.update(item=999)),
    "context-on-no-entry": edit(layout.CONTEXT, lambda one: one.update(sealed_as=None)),
    "context-on-another-entry": edit(layout.CONTEXT, lambda one: one.update(sealed_as=0)),
    "context-entry-is-a-word": edit(layout.CONTEXT, lambda one: one.update(sealed_as="1")),
    "context-blanked-in-silence": edit(layout.CONTEXT, lambda one: one["post"].update(text="██ x")),
    "context-says-blanked": edit(layout.CONTEXT, lambda one: one.update(blanked={"post.text": [[0, 2]]})),
    "picture-of-another-file": edit(layout.MEDIA_LIST, lambda one: one.update(file="media/0002.bin")),
    "picture-of-no-item": edit(layout.MEDIA_LIST, lambda one: one.update(item=-1)),
    "picture-changed": put_file("data/media/0001.bin", PICTURE + b" "),
    "picture-removed": drop("data/media/0001.bin"),
    "picture-added": put_file("data/media/0002.bin", PICTURE),
    "picture-with-a-name": put_file("data/media/me.png", PICTURE),
    "standing-of-no-item": edit(layout.STANDING, lambda one: one.update(item=True)),
    "standing-on-no-entry": edit(layout.STANDING, lambda one: one.update(sealed_as=999)),
    "sealed-twice": twice(layout.SEALED),
    "sealed-removed": cut(layout.SEALED),
    "sealed-list-removed": drop(layout.SEALED),
    "sealed-other-leaf": edit(layout.SEALED, lambda one: one["sealed"].update(leaf="00" * 32)),
    "sealed-other-proof": edit(layout.SEALED, lambda one: one["sealed"].update(proof="proofs/0.tlog-proof")),
    "sealed-erased": edit(layout.SEALED, lambda one: one["sealed"].update(raw=None, erased=True)),
    "sealed-other-bytes": edit(layout.SEALED, lambda one: one["sealed"].update(raw="raw/" + "00" * 32)),
    "sealed-escapes": edit(layout.SEALED, lambda one: one["sealed"].update(raw="../../etc/passwd")),
    "sealed-hidden": edit(layout.SEALED, envelope_hidden),
    "item-hidden": edit(layout.ENTRIES, envelope_hidden),
    "item-half-hidden": edit(layout.ENTRIES, lambda one: one["sealed"].update(redacted=True)),
    "item-says-blanked": edit(layout.ENTRIES, lambda one: one.update(blanked={})),
    "anchor-root": edit(layout.ANCHORS, lambda one: one.update(root="00" * 32)),
    "anchor-size": edit(layout.ANCHORS, lambda one: one.update(size=7)),
    "anchor-too-large": edit(layout.ANCHORS, lambda one: one.update(size=10_000)),
    "anchor-size-true": edit(layout.ANCHORS, lambda one: one.update(size=True)),
    "anchor-token-gone": edit(layout.ANCHORS, lambda one: one.update(token=None)),
    "anchor-token-elsewhere": edit(layout.ANCHORS, lambda one: one.update(token="raw/x")),
    "anchor-list-removed": drop(layout.ANCHORS),
    "anchors-without-end": many_anchors,
    "token-removed": drop("data/anchors/1.tsr"),
    "token-cut": cut_token,
    "token-garbage": put_file("data/anchors/1.tsr", b"\x30\x80garbage"),
    "token-empty": put_file("data/anchors/1.tsr", b""),
    "token-added": put_file("data/anchors/2.tsr", b"\x30\x00"),
    "card-of-no-item": put_file("data/cards/999.png", b"x"),
    "card-with-a-name": put_file("data/cards/1.html", b"x"),
    "unknown-folder": put_file("data/notes/1.txt", b"x"),
    "older-format": older_format,
}


@pytest.mark.parametrize("forge", FORGERIES.values(), ids=FORGERIES)
def test_even_with_the_key_it_must_agree_with_itself(
    tmp_path: Path, genuine: Contents, forge: Callable[[Contents], None]
) -> None:
    """The forger holds the signing key and makes every list fit again."""
    contents = dict(genuine)
    forge(contents)
    report, code, said = ask_both(put(tmp_path, reseal(contents)), key=KEY)
    assert not report.ok
    assert report.verdict is Verdict.BROKEN
    assert code == 1, said


def test_a_packet_of_the_first_format_still_verifies(tmp_path: Path) -> None:
    files = read_all(write_full(tmp_path / "new", made_contents(), as_zip=False))
    first = {name: data for name, data in files.items() if not layout.new_in_2(name)}
    first[layout.BAG_INFO] = first[layout.BAG_INFO].replace(b"Format: 2", b"Format: 1")
    report, code, _ = ask_both(put(tmp_path / "old", reseal(first)), key=KEY)
    assert (report.verdict, code) == (Verdict.SIGNED, 0)


@pytest.mark.parametrize("where", range(0, 1200, 40))
def test_a_damaged_token_gives_both_the_same_verdict(tmp_path: Path, genuine: Contents, where: int) -> None:
    """Bytes outside what is over the root may change; both must say the same, and neither may crash."""
    token = bytearray(genuine["data/anchors/1.tsr"])
    token[where % len(token)] ^= 0x81
    changed = reseal(genuine | {"data/anchors/1.tsr": bytes(token)})
    report, code, said = ask_both(put(tmp_path, changed), key=KEY)
    assert report.ok == (code == 0), (report.faults, said)
