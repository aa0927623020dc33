"""Tampering with packets, with two independent verifiers that must agree on every one."""

import json
import subprocess
import sys
from collections.abc import Callable
from contextlib import suppress
from hashlib import sha256
from importlib.resources import files
from pathlib import Path
from random import Random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from made_packet import KEY, ORIGIN, SEED, made_contents
from packet_forger import ask_both, put, read_all, reseal, write

from core.evidence.checkpoint import sign_checkpoint
from core.evidence.merkle import Frontier, MerkleTree, leaf_hash
from core.export import layout
from core.export.proof import proof_text
from core.export.verify import Verdict, fingerprint, verify_packet

Contents = dict[str, bytes]
Change = Callable[[Contents], None]
OTHER = bytes(32)


@pytest.fixture(scope="module")
def genuine(tmp_path_factory: pytest.TempPathFactory) -> Contents:
    """The files of a real packet."""
    return read_all(write(tmp_path_factory.mktemp("genuine")))


def roots(contents: Contents) -> list[tuple[int, bytes]]:
    leaves = [bytes.fromhex(line) for line in contents[layout.LEAVES].decode().split()]
    return [(size, Frontier.empty().extend(leaves[:size]).root()) for size in range(1, len(leaves) + 1)]


# Verdicts


@pytest.mark.parametrize("as_zip", [False, True])
def test_the_verdict_says_how_much_is_known(tmp_path: Path, as_zip: bool) -> None:
    packet = write(tmp_path, as_zip=as_zip)
    anchor = roots(read_all(write(tmp_path / "other")))[3]
    for key, anchors, verdict, code in (
        (None, (), Verdict.CONSISTENT, 0),
        (KEY, (), Verdict.SIGNED, 0),
        (OTHER, (), Verdict.BROKEN, 1),
        (None, (anchor,), Verdict.BROKEN, 1),
    ):
        report, exit_code, said = ask_both(packet, key=key, anchors=anchors)
        assert (report.verdict, exit_code) == (verdict, code)
        assert verdict.value in said
    assert report.signer == KEY.hex()


def test_any_earlier_root_can_be_checked(tmp_path: Path, genuine: Contents) -> None:
    packet = put(tmp_path, genuine)
    for size, root in roots(genuine):
        report, code, said = ask_both(packet, key=KEY, anchors=[(size, root)])
        assert report.verdict is Verdict.SIGNED_AND_ANCHORED
        assert report.anchored == size
        assert code == 0
        assert Verdict.SIGNED_AND_ANCHORED.value in said
    assert fingerprint(size, root).startswith(f"{size}:")


def test_a_root_of_a_longer_log_is_not_confirmed(tmp_path: Path, genuine: Contents) -> None:
    packet = put(tmp_path, genuine)
    size = len(roots(genuine))
    report, code, _ = ask_both(packet, anchors=[(size + 1, bytes(32))])
    assert not report.ok
    assert report.anchored == 0
    assert code == 1


def test_figures(tmp_path: Path, genuine: Contents) -> None:
    report, _, said = ask_both(put(tmp_path, genuine))
    assert (report.items, report.entries, report.checkpoints, report.erased) == (10, 14, 3, 0)
    assert report.texts_found == 10
    assert report.prepared_for == "police"
    assert report.missing == ()
    assert "10 items, 14 entries in the log, 3 checkpoints" in said


def test_the_packet_s_own_verifier_is_named_when_it_is_not_ours(tmp_path: Path, genuine: Contents) -> None:
    changed = reseal(genuine | {layout.VERIFIER: b"print('all is well')\n"})
    report, _, _ = ask_both(put(tmp_path, changed))
    assert report.notes == ("verify.py is not the one this version ships: do not run it",)


# Without the key: anything that changes a file is noticed


@pytest.mark.parametrize("resealed", [False, True], ids=["plain", "manifests-remade"])
def test_every_file_changed_removed_or_renamed(tmp_path: Path, genuine: Contents, resealed: bool) -> None:
    for number, name in enumerate(sorted(genuine)):
        data = genuine[name]
        for word, altered in (
            ("changed", {**genuine, name: bytes([data[0] ^ 1]) + data[1:]}),
            ("removed", {k: v for k, v in genuine.items() if k != name}),
            ("renamed", {(k + "x" if k == name else k): v for k, v in genuine.items()}),
        ):
            changed = altered
            if resealed:
                try:
                    changed = reseal(altered, OTHER)
                except (KeyError, UnicodeDecodeError):
                    continue
            report, code, _ = ask_both(put(tmp_path / f"{number}-{word}", changed), key=KEY)
            assert not report.ok, (name, word)
            assert code == 1, (name, word)


@pytest.mark.parametrize(
    "name", ["evil.html", "data/evil.html", "data/raw/evil", "data/media/1.png", "data/raw/x/y", ".DS_Store"]
)
def test_an_added_file_is_refused_even_when_listed(tmp_path: Path, genuine: Contents, name: str) -> None:
    for resealed in (False, True):
        added = genuine | {name: b"<script>alert(1)</script>"}
        report, code, _ = ask_both(put(tmp_path / str(resealed), reseal(added) if resealed else added))
        assert not report.ok
        assert code == 1


def test_any_single_byte_change(tmp_path: Path, genuine: Contents) -> None:
    """Every change of one byte anywhere is noticed; the disk sees only the file that changes."""
    packet, random = put(tmp_path, genuine), Random(11)
    names = sorted(genuine)
    for trial in range(200):
        name = names[trial % len(names)]
        data = bytearray(genuine[name])
        data[random.randrange(len(data))] ^= random.randrange(1, 256)
        (packet / name).write_bytes(data)
        report, code, _ = ask_both(packet)
        assert not report.ok, (name, trial)
        assert code == 1, (name, trial)
        (packet / name).write_bytes(genuine[name])
    assert verify_packet(packet).ok


# With a key of one's own, or the stolen one: the packet must still agree with itself


def edit_record(contents: Contents, change: Callable[[dict], None]) -> None:
    lines = contents[layout.ENTRIES].decode().splitlines()
    record = json.loads(lines[2])
    change(record)
    lines[2] = json.dumps(record, ensure_ascii=False)
    contents[layout.ENTRIES] = ("\n".join(lines) + "\n").encode()


def change_envelope(contents: Contents) -> None:
    def change(record: dict) -> None:
        envelope = record["sealed"]["envelope"].replace('"tz":"+00:00"', '"tz":"+09:00"')
        record["sealed"]["envelope"] = envelope
        record["sealed"]["leaf"] = leaf_hash(envelope.encode()).hex()

    edit_record(contents, change)


def change_envelope_and_leaf(contents: Contents) -> None:
    change_envelope(contents)
    record = json.loads(contents[layout.ENTRIES].decode().splitlines()[2])
    leaves = contents[layout.LEAVES].decode().split()
    leaves[record["seq"]] = record["sealed"]["leaf"]
    contents[layout.LEAVES] = ("\n".join(leaves) + "\n").encode()


def change_raw(contents: Contents) -> None:
    name = next(one for one in contents if layout.RAW.fullmatch(one))
    contents[name] += b" "


def rename_raw(contents: Contents) -> None:
    name = next(one for one in contents if layout.RAW.fullmatch(one))
    data = contents.pop(name) + b" "
    contents[f"data/raw/{sha256(data).hexdigest()}"] = data


def add_raw(contents: Contents) -> None:
    contents[f"data/raw/{sha256(b'extra').hexdigest()}"] = b"extra"


def drop_item(contents: Contents) -> None:
    contents[layout.ENTRIES] = contents[layout.ENTRIES].split(b"\n", 1)[1]


def repeat_item(contents: Contents) -> None:
    contents[layout.ENTRIES] += contents[layout.ENTRIES].split(b"\n", 1)[0] + b"\n"


def drop_proof(contents: Contents) -> None:
    del contents[next(one for one in contents if layout.PROOF.fullmatch(one))]


def swap_proofs(contents: Contents) -> None:
    one, two = [name for name in contents if layout.PROOF.fullmatch(name)][:2]
    contents[one], contents[two] = contents[two], contents[one]


def cut_leaves(contents: Contents) -> None:
    contents[layout.LEAVES] = contents[layout.LEAVES][:-65]


def add_leaf(contents: Contents) -> None:
    contents[layout.LEAVES] += b"0" * 64 + b"\n"


def drop_newest_checkpoint(contents: Contents) -> None:
    del contents["data/checkpoints/14.note"]


def checkpoint_of_another_log(contents: Contents) -> None:
    size, root = roots(contents)[4]
    contents["data/checkpoints/5.note"] = sign_checkpoint("other.invalid/log", size, root, SEED).encode()


def checkpoint_with_wrong_root(contents: Contents) -> None:
    contents["data/checkpoints/5.note"] = sign_checkpoint(ORIGIN, 5, bytes(32), SEED).encode()


def checkpoint_beyond_the_log(contents: Contents) -> None:
    contents["data/checkpoints/99.note"] = sign_checkpoint(ORIGIN, 99, bytes(32), SEED).encode()


def empty_checkpoint(contents: Contents) -> None:
    contents["data/checkpoints/0.note"] = sign_checkpoint(ORIGIN, 0, sha256(b"").digest(), SEED).encode()


def too_many_checkpoints(contents: Contents) -> None:
    for size in range(100, 200):
        contents[f"data/checkpoints/{size}.note"] = b"x"


def claim_erased(contents: Contents) -> None:
    edit_record(contents, lambda record: record["sealed"].update(erased=True))


def another_time(contents: Contents) -> None:
    edit_record(contents, lambda record: record.update(sealed_at="2001-01-01T00:00:00.000000Z"))


def another_seq(contents: Contents) -> None:
    edit_record(contents, lambda record: record.update(seq=record["seq"] + 1))


def seq_as_truth(contents: Contents) -> None:
    edit_record(contents, lambda record: record.update(seq=True))


def text_as_number(contents: Contents) -> None:
    edit_record(contents, lambda record: record["post"].update(text=7))


def no_post(contents: Contents) -> None:
    edit_record(contents, lambda record: record.pop("post"))


def sealed_as_list(contents: Contents) -> None:
    edit_record(contents, lambda record: record.update(sealed=[1]))


def other_proof_name(contents: Contents) -> None:
    edit_record(contents, lambda record: record["sealed"].update(proof="proofs/1.tlog-proof"))


def other_raw_name(contents: Contents) -> None:
    edit_record(contents, lambda record: record["sealed"].update(raw="../../etc/passwd"))


def surrogate_envelope(contents: Contents) -> None:
    line = contents[layout.ENTRIES].decode().replace('"envelope":"{', '"envelope":"\\ud800{', 1)
    contents[layout.ENTRIES] = line.encode()


def repeated_name(contents: Contents) -> None:
    contents[layout.ENTRIES] = contents[layout.ENTRIES].replace(b'{"seq":', b'{"seq":1,"seq":', 1)


def not_a_number(contents: Contents) -> None:
    contents[layout.ENTRIES] = contents[layout.ENTRIES].replace(b'"language_as_given":"en"', b'"x":NaN', 1)


def deep_json(contents: Contents) -> None:
    contents[layout.ENTRIES] += b"[" * 200_000 + b"\n"


def huge_number(contents: Contents) -> None:
    contents[layout.ENTRIES] = contents[layout.ENTRIES].replace(
        b'{"seq":', b'{"x":' + b"9" * 6000 + b',"seq":', 1
    )


def blank_line(contents: Contents) -> None:
    contents[layout.ENTRIES] = b"\n" + contents[layout.ENTRIES]


def no_last_line_break(contents: Contents) -> None:
    contents[layout.ENTRIES] = contents[layout.ENTRIES][:-1]


def not_utf8(contents: Contents) -> None:
    contents[layout.ENTRIES] = contents[layout.ENTRIES].replace(b"Sender", b"Send\xffr", 1)


def no_leaves(contents: Contents) -> None:
    contents[layout.LEAVES] = b""


def capital_leaves(contents: Contents) -> None:
    contents[layout.LEAVES] = contents[layout.LEAVES].upper()


def other_bagit(contents: Contents) -> None:
    contents[layout.BAGIT] = contents[layout.BAGIT].replace(b"1.0", b"0.97")


def other_format(contents: Contents) -> None:
    contents[layout.BAG_INFO] = contents[layout.BAG_INFO].replace(b"Format: 2", b"Format: 3")


def long_proof(contents: Contents) -> None:
    name = next(one for one in contents if layout.PROOF.fullmatch(one))
    contents[name] = contents[name].replace(b"\n\n", b"\n" + b"A" * 43 + b"=\n\n", 1)


def loose_base64(contents: Contents) -> None:
    """The last digit of a hash carries two unused bits: the same bytes, another text."""
    name = next(one for one in contents if layout.PROOF.fullmatch(one))
    rows = contents[name].split(b"\n")
    digits = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"
    last = digits[digits.index(rows[2][42]) ^ 1]
    rows[2] = rows[2][:42] + bytes([last]) + b"="
    contents[name] = b"\n".join(rows)


CHANGES: list[Change] = [
    value
    for name, value in list(globals().items())
    if callable(value)
    and getattr(value, "__annotations__", {}).get("contents") is Contents
    and getattr(value, "__annotations__", {}).get("return", "") is None
    and value.__code__.co_argcount == 1
    and not name.startswith("test_")
]


def test_no_change_was_forgotten() -> None:
    assert len(CHANGES) >= 38


@pytest.mark.parametrize("change", CHANGES, ids=lambda one: one.__name__)
@pytest.mark.parametrize("as_zip", [False, True], ids=["folder", "zip"])
def test_a_packet_must_agree_with_itself(
    tmp_path: Path, genuine: Contents, change: Change, as_zip: bool
) -> None:
    contents = dict(genuine)
    change(contents)
    packet = put(tmp_path / "packet", reseal(contents))
    if as_zip:
        packet = _zipped(packet, tmp_path / "packet.zip")
    report, code, said = ask_both(packet, key=KEY)
    assert not report.ok
    assert report.verdict is Verdict.BROKEN
    assert code == 1
    assert said.startswith("VERDICT: does not verify")


def test_forging_all_of_it_is_only_consistent(tmp_path: Path, genuine: Contents) -> None:
    """Whoever makes everything anew has a packet that agrees with itself; key or root tell it apart."""
    size, root = roots(genuine)[9]
    forged = read_all(write(tmp_path / "forged"))  # other salts: another log, as a forger would build
    packet = put(tmp_path / "packet", forged)
    assert ask_both(packet)[0].verdict is Verdict.CONSISTENT
    report, code, _ = ask_both(packet, anchors=[(size, root)])
    assert not report.ok
    assert code == 1
    other_key = put(tmp_path / "other-key", _signed_by_other(forged))
    assert ask_both(other_key)[0].verdict is Verdict.CONSISTENT
    assert ask_both(other_key)[1] == 0
    assert ask_both(other_key, key=KEY)[0].verdict is Verdict.BROKEN


def _signed_by_other(contents: Contents) -> Contents:
    """Checkpoints, proofs and lists made anew with the forger's own key."""
    made = dict(contents)
    leaves = [bytes.fromhex(line) for line in contents[layout.LEAVES].decode().split()]
    tree, note = MerkleTree(leaves), ""
    for size, root in roots(contents):
        if (name := f"data/checkpoints/{size}.note") in made:
            note = sign_checkpoint(ORIGIN, size, root, OTHER)
            made[name] = note.encode()
    for name in contents:
        if match := layout.PROOF.fullmatch(name):
            made[name] = proof_text(int(match[1]), tree.proof(int(match[1])), note).encode()
    return reseal(made, OTHER)


# Random changes: the two verifiers never disagree


SOME = st.sampled_from(
    [
        layout.ENTRIES,
        layout.LEAVES,
        layout.BAG_INFO,
        layout.SIGNER,
        layout.MANIFEST,
        layout.TAG_MANIFEST,
        layout.SIGNATURE,
        layout.BAGIT,
        layout.README,
        "data/proofs/1.tlog-proof",
        "data/checkpoints/5.note",
        "data/checkpoints/14.note",
    ]
)


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(name=SOME, data=st.data(), resealed=st.booleans())
def test_the_two_verifiers_agree(
    tmp_path_factory: pytest.TempPathFactory,
    genuine: Contents,
    name: str,
    data: st.DataObject,
    resealed: bool,
) -> None:
    contents = dict(genuine)
    old = contents[name]
    start = data.draw(st.integers(0, len(old)))
    length = data.draw(st.sampled_from([0, 1, 2, 64, 65]))
    piece = data.draw(
        st.binary(max_size=4)
        | st.sampled_from([b"\n", b"\r\n", b" ", b"0", b"\x00", b"\xff", b"null", b'"', b"{}", b"[]", b"=="])
        | st.integers(0, len(old)).map(lambda at: old[at : at + 70])
    )
    contents[name] = old[:start] + piece + old[start + length :]
    if resealed and name not in (layout.MANIFEST, layout.TAG_MANIFEST, layout.SIGNATURE, layout.SIGNER):
        with suppress(UnicodeDecodeError):
            contents = reseal(contents)
    report, code, said = ask_both(put(tmp_path_factory.mktemp("changed"), contents))
    assert report.ok == (code == 0), (report.faults, said)
    if contents[name] != old and not resealed:
        assert not report.ok


# The standalone file itself


def test_the_standalone_verifier_is_small_old_fashioned_and_alone() -> None:
    import ast

    text = (files("resources") / "packet" / "verify.py").read_text("utf-8")
    assert len(text.splitlines()) < 500
    tree = ast.parse(text, feature_version=(3, 8))
    imported = {
        name.name for node in ast.walk(tree) if isinstance(node, ast.Import) for name in node.names
    } | {node.module for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
    assert imported <= sys.stdlib_module_names
    assert not imported & {"socket", "subprocess", "urllib", "http", "ctypes"}


def test_it_runs_from_inside_a_packet_and_by_its_exit_codes(tmp_path: Path) -> None:
    packet = write(tmp_path)
    (size, root) = roots(read_all(packet))[6]

    def run(*arguments: str) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-I", "-W", "error", str(packet / "verify.py"), *arguments]
        return subprocess.run(command, capture_output=True, text=True, check=False, cwd=tmp_path)

    inside = run()
    assert (inside.returncode, inside.stderr) == (0, "")
    assert inside.stdout.startswith("VERDICT: internally consistent only")
    full = run(str(packet), "--key", KEY.hex(), "--root", f"{size}:{root.hex()}")
    assert full.stdout.startswith("VERDICT: signed by the key you gave and matches the fingerprint you gave")
    assert run("--key", "ff" * 32).returncode == 1
    assert run(str(tmp_path / "nothing")).returncode == 2
    assert run("--key", "zz").returncode == 2
    assert run("--root", "0:00").returncode == 2
    assert run("--unknown").returncode == 2


def test_the_standalone_signature_check_agrees_with_the_library() -> None:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
    from packet_forger import standalone

    module, random = standalone(), Random(5)
    for _ in range(40):
        key = Ed25519PrivateKey.from_private_bytes(random.randbytes(32))
        public, message = key.public_key().public_bytes_raw(), random.randbytes(random.randrange(80))
        signature = bytearray(key.sign(message))
        assert module.signature_holds(public, message, bytes(signature))
        signature[random.randrange(64)] ^= 1 << random.randrange(8)
        assert not module.signature_holds(public, message, bytes(signature))
        assert not module.signature_holds(public, message + b"!", key.sign(message))
    # RFC 8032 §7.1, test 1, and the same with S + L, which a strict verifier must refuse.
    public = bytes.fromhex("d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a")
    signed = bytes.fromhex(
        "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e06522490155"
        "5fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b"
    )
    assert module.signature_holds(public, b"", signed)
    plus = (int.from_bytes(signed[32:], "little") + module.L).to_bytes(32, "little")
    assert not module.signature_holds(public, b"", signed[:32] + plus)


def test_erased_items_verify_and_are_counted(tmp_path: Path) -> None:
    report, code, said = ask_both(write(tmp_path, erase=(1, 4)))
    assert report.ok
    assert report.erased == 2
    assert code == 0
    assert "2 items without bytes" in said


def test_an_empty_packet_is_a_packet(tmp_path: Path) -> None:
    report, code, _ = ask_both(write(tmp_path, items=0))
    assert (report.ok, report.items, code) == (True, 0, 0)
    assert "items" in report.missing
    assert len(made_contents(0).items) == 0


def _zipped(folder: Path, target: Path) -> Path:
    import zipfile

    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for path in sorted(folder.rglob("*")):
            if path.is_file():
                archive.write(path, path.relative_to(folder).as_posix())
    return target
