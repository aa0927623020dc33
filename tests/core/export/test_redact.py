"""Redacted copies: nothing blanked is left, both verifiers accept them, and the original proves them."""

import json
import re
import subprocess
import sys
import zipfile
from collections.abc import Callable
from dataclasses import replace
from hashlib import sha256
from importlib.resources import files
from pathlib import Path
from textwrap import dedent
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from made_packet import KEY, SEED, MadeLog, made_contents, made_full_contents
from packet_forger import ask_both, put, read_all, reseal

from core.domain.evidence import EntryKind
from core.errors import BadInput
from core.export import layout
from core.export.blanks import blanked, derives
from core.export.contents import PacketContents, PacketItem, ReportMade
from core.export.packet import write_packet
from core.export.redact import MARK, Blanked, Redaction, redacted
from core.export.verify import Verdict, verify_packet

EVERYONE = frozenset({Blanked.OTHERS, Blanked.OWN_ACCOUNT})


def written(folder: Path, contents: PacketContents, *, as_zip: bool = False) -> Path:
    return write_packet(
        contents, folder, as_zip=as_zip, seed=SEED, render_pdf=None, progress=lambda done, total: None
    )


def copy_of(folder: Path, redaction: Redaction, contents: PacketContents | None = None) -> Path:
    return written(folder, redacted(contents or made_full_contents(), redaction))


def records(packet: Path) -> list[dict]:
    return [json.loads(line) for line in (packet / layout.ENTRIES).read_bytes().splitlines()]


def test_a_blanked_word_is_nowhere_in_the_copy(tmp_path: Path) -> None:
    contents = replace(
        made_full_contents(),
        narrative="They write about Fridays.",
        answers={"notifier-name": "F. Ridays"},
        reports_made=(ReportMade("FRIDAYS office", made_full_contents().created_at, "R-fridays", "x"),),
        account="friDays.example",
    )
    packet = copy_of(tmp_path, Redaction(words=("fridays", "汉奸走狗")), contents)
    for name, data in read_all(packet).items():
        if name != layout.VERIFIER:
            text = data.decode("utf-8", "replace").casefold()
            assert "fridays" not in text, name
            assert "汉奸走狗" not in text, name
            assert json.dumps("汉奸走狗")[1:-1] not in text, name
    touched = [record for record in records(packet) if "blanked" in record]
    assert len(touched) == 2
    for record in touched:
        assert record["sealed"]["envelope"] is None
        assert record["sealed"]["raw"] is None
        assert MARK in record["post"]["text"]
        assert record["blanked"].keys() == {"post.text"}


def test_both_verifiers_accept_it_and_say_what_they_cannot_know(tmp_path: Path) -> None:
    packet = copy_of(tmp_path, Redaction(words=("fridays",)))
    report, code, said = ask_both(packet, key=KEY)
    assert (report.verdict, code) == (Verdict.SIGNED, 0)
    assert (report.redacted, report.items) == (1, 10)
    assert "1 items redacted: without the original, only their place in the log can be checked" in said


def test_the_original_shows_that_the_copy_comes_from_it(tmp_path: Path) -> None:
    contents = made_full_contents()
    full = written(tmp_path / "full", contents, as_zip=True)
    redaction = Redaction(
        words=("fridays",), kinds=EVERYONE, own=("target.example", "did:plc:target"), spans={3: ((0, 4),)}
    )
    packet = copy_of(tmp_path / "copy", redaction, contents)
    report = verify_packet(packet, trusted_key=KEY, original=full)
    assert report.faults == ()
    assert report.derived == report.items == 10


def test_a_copy_that_says_something_else_than_the_original_is_found(tmp_path: Path) -> None:
    contents = made_full_contents()
    full = written(tmp_path / "full", contents)
    files = read_all(copy_of(tmp_path / "copy", Redaction(words=("fridays",)), contents))
    lines = files[layout.ENTRIES].decode().splitlines()
    number = next(i for i, line in enumerate(lines) if MARK in line)
    lines[number] = lines[number].replace("Be careful", "Take care")
    files[layout.ENTRIES] = ("\n".join(lines) + "\n").encode()
    packet = put(tmp_path / "forged", reseal(files))
    # Alone it holds: what a redacted item says is the signer's word.
    assert ask_both(packet, key=KEY)[0].ok
    report = verify_packet(packet, trusted_key=KEY, original=full)
    assert [fault.what for fault in report.faults] == ["says something else than the original"]


def test_an_original_of_another_log_or_a_broken_one_proves_nothing(tmp_path: Path) -> None:
    packet = copy_of(tmp_path / "copy", Redaction(words=("fridays",)))
    other = written(tmp_path / "other", made_contents())
    report = verify_packet(packet, original=other)
    assert "the original does not hold this entry" in {fault.what for fault in report.faults}
    (other / "README.txt").write_bytes(b"changed")
    report = verify_packet(packet, original=other)
    assert [fault.what for fault in report.faults] == ["the original does not verify itself"]


def test_other_people_and_the_own_account(tmp_path: Path) -> None:
    packet = copy_of(tmp_path, Redaction(kinds=EVERYONE, own=("target.example", "did:plc:target")))
    everything = b"\n".join(
        data for name, data in read_all(packet).items() if name.startswith("data/")
    ).decode("utf-8", "replace")
    assert "friend.example" not in everything
    assert "A Friend" not in everything
    assert "target.example" not in everything
    assert "did:plc:target" not in everything
    # Who sent the abuse stays: that is the evidence.
    assert "sender3.example" in everything
    assert json.loads((packet / layout.CASE).read_bytes())["redacted_copy"] is True


def test_pictures_and_threads_stay_away(tmp_path: Path) -> None:
    files = read_all(copy_of(tmp_path, Redaction(words=("fridays",))))
    assert not any(layout.MEDIA.fullmatch(name) for name in files)
    sealed = [json.loads(line) for line in files[layout.SEALED].splitlines()]
    assert all(one["sealed"]["envelope"] is None and one["sealed"]["raw"] is None for one in sealed)


@pytest.mark.parametrize(
    "raw",
    [
        b'{"text": "see you, \\u004daria"}',
        "see you, Ｍａｒｉａ".encode(),
        b"see you, &#77;aria",
        b"see you, %4Daria",
        b'{"by": "MARIA"}',
    ],
)
def test_a_word_hidden_in_the_bytes_withholds_them(tmp_path: Path, raw: bytes) -> None:
    contents, log = made_contents(1), MadeLog()
    item = replace(next(iter(contents.items)), entry=log.seal(EntryKind.RECEIVED, raw), raw=lambda: raw)
    log.sign()
    packet = copy_of(tmp_path, Redaction(words=("Maria",)), replace(contents, items=(item,), log=log.proof()))
    assert not (packet / "data/raw").exists()
    assert records(packet)[0]["blanked"] == {}
    assert ask_both(packet, key=KEY)[0].ok


def test_the_hash_of_withheld_bytes_is_told_nowhere(tmp_path: Path) -> None:
    """From a plain hash and the words around a blank, a short blanked word could be found by trying."""
    contents = made_full_contents()
    hidden = next(one for one in contents.items if "Fridays" in one.mention.text)
    drawn: list[int] = []

    def card(item: PacketItem) -> bytes:
        drawn.append(int(item.entry.seq))
        return b"card"

    packet = write_packet(
        redacted(contents, Redaction(words=("fridays",))),
        tmp_path,
        as_zip=False,
        seed=SEED,
        render_pdf=None,
        render_card=card,
        progress=lambda done, total: None,
    )
    digest = sha256(hidden.raw() or b"").hexdigest().encode()
    assert not any(digest in data or digest.decode() in name for name, data in read_all(packet).items())
    assert int(hidden.entry.seq) not in drawn
    assert len(drawn) == 9


def test_look_alike_letters_blank_the_whole_text(tmp_path: Path) -> None:
    contents = made_contents(1)
    item = next(iter(contents.items))
    item = replace(item, mention=replace(item.mention, text="see you, Ｍａｒｉａ, tonight"))
    packet = copy_of(tmp_path, Redaction(words=("maria",)), replace(contents, items=(item,)))
    assert records(packet)[0]["post"]["text"] == MARK


def test_blanks_have_one_length_and_longer_words_go_first(tmp_path: Path) -> None:
    contents = made_contents(1)
    item = next(iter(contents.items))
    item = replace(item, mention=replace(item.mention, text="Ann, Anna  Maria and ANN."))
    copy = redacted(replace(contents, items=(item,)), Redaction(words=("Ann", "Anna Maria")))
    assert next(iter(copy.items)).mention.text == f"{MARK}, {MARK} and {MARK}."


def test_a_word_of_one_letter_is_refused() -> None:
    with pytest.raises(BadInput):
        Redaction(words=("a",))
    assert not Redaction().anything
    assert Redaction(words=("ab",)).anything


def test_an_untouched_item_stays_fully_proven(tmp_path: Path) -> None:
    contents = made_contents()
    plain = records(written(tmp_path / "plain", contents))
    copy = records(copy_of(tmp_path / "copy", Redaction(words=("fridays",)), contents))
    same = [one for one in copy if "blanked" not in one]
    assert len(same) == 9
    assert all(one in plain for one in same)


def test_a_zip_of_a_redacted_copy(tmp_path: Path) -> None:
    contents = redacted(made_full_contents(), Redaction(words=("fridays",)))
    packet = written(tmp_path, contents, as_zip=True)
    assert ask_both(packet, key=KEY)[0].ok
    with zipfile.ZipFile(packet) as archive:
        assert not any(b"Fridays" in archive.read(name) for name in archive.namelist())


pieces = st.text(st.characters(exclude_characters=layout.BLANK), max_size=8)


@given(st.lists(pieces, min_size=1, max_size=5), st.lists(pieces.filter(bool), min_size=4, max_size=4))
@settings(max_examples=300, deadline=None)
def test_whatever_is_blanked_derives(kept: list[str], hidden: list[str]) -> None:
    between = [*hidden[: len(kept) - 1], ""]
    original = "".join(a + b for a, b in zip(kept, between, strict=True))
    copy = MARK.join(kept)
    assert derives({"text": original, "n": 1}, {"text": copy, "n": 1})
    assert derives([copy], [copy])
    assert not derives({"text": original}, {"text": copy, "more": ""})


@pytest.mark.parametrize(
    ("original", "copy"),
    [
        ("abc", "abd"),
        ("ab", f"a{MARK}b"),
        ("xbc", f"a{MARK}c"),
        ("abcd", f"a{MARK}x{MARK}d"),
        (1, True),
        (None, ""),
    ],
)
def test_what_was_changed_does_not_derive(original: object, copy: object) -> None:
    assert not derives(original, copy)


def test_where_a_record_is_blanked() -> None:
    record = {"post": {"text": f"a {MARK} b {MARK}", "links": ["x", MARK]}, "n": 3}
    assert blanked(record) == {"post.text": [[2, 7], [10, 15]], "post.links.1": [[0, 5]]}


def printed_comparison(packet: Path) -> str:
    """The program that VERIFY-BY-HAND.txt prints for a reader of a redacted copy."""
    _, start, rest = (packet / "VERIFY-BY-HAND.txt").read_text("utf-8").partition("       import json")
    return dedent(start + rest)


def compare_by_hand(copy: Path, original: Path) -> subprocess.CompletedProcess[str]:
    script = copy.parent / "compare.py"
    script.write_text(printed_comparison(copy), "utf-8")
    command = [sys.executable, "-I", "-W", "error", str(script), str(copy), str(original)]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def test_the_printed_comparison_says_what_ours_does(tmp_path: Path) -> None:
    contents = made_full_contents()
    full = written(tmp_path / "full", contents)
    redaction = Redaction(words=("fridays",), kinds=EVERYONE, own=("target.example", "did:plc:target"))
    packet = copy_of(tmp_path / "copy", redaction, contents)
    done = compare_by_hand(packet, full)
    assert (done.returncode, done.stdout, done.stderr) == (0, "10 of 10 items fit the original\n", "")
    there = read_all(packet)
    changed = there[layout.ENTRIES].replace(b"Be careful", b"Take care", 1)
    assert changed != there[layout.ENTRIES]
    forged = put(tmp_path / "forged", reseal({**there, layout.ENTRIES: changed}))
    done = compare_by_hand(forged, full)
    assert done.returncode == 1
    assert "does not come from this original\n9 of 10 items fit the original\n" in done.stdout
    other = written(tmp_path / "other", made_contents())
    assert compare_by_hand(packet, other).returncode == 1


scraps = st.recursive(
    st.text('ab\u2588\n"', max_size=6) | st.integers(0, 1) | st.booleans() | st.none(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from("xy"), inner, max_size=2),
    max_leaves=6,
)


@pytest.fixture(scope="module")
def by_hand_fits() -> Callable[[object, object], bool]:
    text = (files("resources") / "packet" / "by-hand.txt").read_text("utf-8")
    printed = dedent(
        "       def fits" + text.partition("       def fits")[2].partition("       def items")[0]
    )
    names: dict[str, Any] = {"re": re}
    exec(printed, names)  # noqa: S102 - our own text
    return names["fits"]


@given(original=scraps, copy=scraps)
@settings(max_examples=500, deadline=None)
def test_the_printed_comparison_and_ours_agree_on_anything(
    by_hand_fits: Callable[[object, object], bool], original: object, copy: object
) -> None:
    assert by_hand_fits(original, copy) == derives(original, copy)
