"""Checkpoints are C2SP signed notes; anything that is not exactly one is refused."""

from base64 import b64decode, b64encode

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.evidence.checkpoint import (
    Checkpoint,
    key_id,
    new_signing_key,
    public_key,
    read_checkpoint,
    sign_checkpoint,
)

SEED = bytes(range(32))
KEY = public_key(SEED)
ORIGIN = "breakwater.invalid/log/00"
ROOT = bytes(range(100, 132))
NOTE = sign_checkpoint(ORIGIN, 42, ROOT, SEED)


def test_a_published_note_verifies() -> None:
    # The example of C2SP tlog-checkpoint names no key; that of signed-note's Go library does.
    # PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW (golang.org/x/mod/sumdb/note)
    public = b64decode("ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW")[1:]
    assert key_id("PeterNeumann", public).hex() == "c74f20a3"


def test_round_trip() -> None:
    assert read_checkpoint(NOTE, KEY) == Checkpoint(ORIGIN, 42, ROOT)
    body, signature = NOTE.split("\n\n")
    assert body == f"{ORIGIN}\n42\n{b64encode(ROOT).decode()}"
    assert signature.startswith(f"\u2014 {ORIGIN} ")


def test_keys_are_fresh() -> None:
    assert new_signing_key() != new_signing_key()
    assert len(new_signing_key()) == len(public_key(new_signing_key())) == 32


def test_a_witness_may_sign_beside_us() -> None:
    witness = sign_checkpoint("witness.invalid/w", 42, ROOT, bytes(32)).split("\n\n")[1]
    assert read_checkpoint(NOTE + witness, KEY).size == 42
    with pytest.raises(ValueError, match="too many"):
        read_checkpoint(NOTE + witness * 16, KEY)


@pytest.mark.parametrize(
    "note",
    [
        "",
        "\n\n",
        NOTE[:-1],
        NOTE.replace("\n42\n", "\n43\n"),
        NOTE.replace("\n42\n", "\n042\n"),
        NOTE.replace("\n42\n", "\n\u0664\u0662\n"),
        NOTE.replace("\n42\n", "\n-1\n"),
        NOTE.replace(ORIGIN, "other.invalid/log"),
        NOTE.replace("\n\n", "\nextension\n\n"),
        NOTE.replace("\n\n", "\n"),
        NOTE + "\n",
        NOTE + "junk\n",
        NOTE.replace("\u2014", "-"),
        sign_checkpoint(ORIGIN, 42, ROOT, bytes(32)),
        sign_checkpoint(ORIGIN, 42, ROOT[:31], SEED),
    ],
)
def test_refuses(note: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        read_checkpoint(note, KEY)


def test_a_wrong_signature_that_claims_to_be_ours_spoils_the_note() -> None:
    line = NOTE.split("\n\n")[1]
    blob = bytearray(b64decode(line.split()[2]))
    blob[-1] ^= 1
    with pytest.raises(ValueError, match="wrong"):
        read_checkpoint(NOTE + f"\u2014 {ORIGIN} {b64encode(bytes(blob)).decode()}\n", KEY)


@given(st.integers(0, len(NOTE) - 1), st.characters(exclude_categories=["Cs"]))
def test_any_other_character_anywhere_is_noticed(at: int, char: str) -> None:
    changed = NOTE[:at] + char + NOTE[at + 1 :]
    if changed == NOTE:
        return
    with pytest.raises(ValueError, match=r"."):
        read_checkpoint(changed, KEY)


@given(st.text())
def test_any_text_is_refused_without_a_crash(text: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        read_checkpoint(text, KEY)
