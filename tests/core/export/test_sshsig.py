"""SSH signatures: ours hold, anything else does not."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.evidence.checkpoint import public_key
from core.export.sshsig import read_signer_line, sign, signer_line, verify

SEED = bytes(range(32))
KEY = public_key(SEED)
ARMOURED = sign(b"message", SEED)


def test_round_trip() -> None:
    assert verify(ARMOURED, b"message", KEY)
    assert not verify(ARMOURED, b"massage", KEY)
    assert not verify(ARMOURED, b"message", public_key(bytes(32)))
    assert read_signer_line(signer_line(KEY)) == KEY


@given(st.integers(0, len(ARMOURED) - 1), st.characters(min_codepoint=32, max_codepoint=126))
def test_any_other_character_is_noticed(at: int, char: str) -> None:
    changed = ARMOURED[:at] + char + ARMOURED[at + 1 :]
    if changed != ARMOURED:
        assert not verify(changed, b"message", KEY)


@given(st.text())
def test_any_text_is_refused(text: str) -> None:
    assert not verify(text, b"message", KEY)
    with pytest.raises(ValueError, match=r"."):
        read_signer_line(text)


@pytest.mark.parametrize(
    "line",
    [
        signer_line(KEY)[:-1],
        signer_line(KEY) * 2,
        signer_line(KEY).replace("breakwater ", "* "),
        signer_line(KEY).replace(" namespaces", " cert-authority,namespaces"),
        signer_line(KEY).replace("ssh-ed25519", "ssh-rsa"),
    ],
)
def test_only_our_own_form_of_signer_line(line: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        read_signer_line(line)
