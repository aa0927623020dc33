"""Packets for one reader only."""

import subprocess
import zipfile
from io import BytesIO
from pathlib import Path

import pytest
from made_packet import SEED, made_contents

from core.errors import BadInput
from core.export.age import read_recipients
from core.export.packet import write_packet
from core.export.verify import verify_packet

# Loaded late everywhere, as in the product.
pyrage = pytest.importorskip("pyrage")


def sealed_for(folder: Path, *recipients: str) -> Path:
    return write_packet(
        made_contents(),
        folder,
        as_zip=False,
        seed=SEED,
        render_pdf=None,
        progress=lambda done, total: None,
        recipients=recipients,
    )


def test_only_the_recipient_can_open_it_and_it_verifies(tmp_path: Path) -> None:
    reader, stranger = pyrage.x25519.Identity.generate(), pyrage.x25519.Identity.generate()
    packet = sealed_for(tmp_path, f"  {reader.to_public()} # my lawyer ")
    assert packet.name == "packet-20260402-100000Z-police.zip.age"
    assert [one.name for one in tmp_path.iterdir()] == [packet.name]
    assert packet.stat().st_mode & 0o077 == 0
    data = packet.read_bytes()
    assert b"bagit" not in data
    assert b"sender" not in data
    with pytest.raises(pyrage.DecryptError):
        pyrage.decrypt(data, [stranger])
    with pytest.raises(pyrage.DecryptError):
        pyrage.decrypt(data[:-1], [reader])
    opened = tmp_path / "opened.zip"
    opened.write_bytes(pyrage.decrypt(data, [reader]))
    assert verify_packet(opened).ok
    with zipfile.ZipFile(BytesIO(opened.read_bytes())) as archive:
        assert archive.namelist()[0].startswith("packet-20260402-100000Z-police/")


@pytest.mark.parametrize("kind", ["ed25519", "rsa"])
def test_an_ssh_key_will_do(tmp_path: Path, kind: str) -> None:
    key = tmp_path / "key"
    subprocess.run(["ssh-keygen", "-q", "-t", kind, "-N", "", "-f", str(key)], check=True)
    packet = sealed_for(tmp_path / "out", (tmp_path / "key.pub").read_text())
    identity = pyrage.ssh.Identity.from_buffer(key.read_bytes())
    assert pyrage.decrypt(packet.read_bytes(), [identity]).startswith(b"PK")


def test_several_readers_each_open_it(tmp_path: Path) -> None:
    readers = [pyrage.x25519.Identity.generate() for _ in range(3)]
    packet = sealed_for(tmp_path, *(str(one.to_public()) for one in readers))
    assert len({pyrage.decrypt(packet.read_bytes(), [one]) for one in readers}) == 1


PUBLIC = str(pyrage.x25519.Identity.generate().to_public())


@pytest.mark.parametrize(
    ("text", "why"),
    [
        # Named, since workers must agree on the names of tests and every run has keys of its own.
        pytest.param(str(pyrage.x25519.Identity.generate()), "is a secret key", id="secret"),
        ("-----BEGIN OPENSSH PRIVATE KEY-----\nx", "is a secret key"),
        pytest.param(PUBLIC[:-1] + ("q" if PUBLIC[-1] != "q" else "p"), "is no public key", id="misspelt"),
        ("age1", "is no public key"),
        ("ssh-ed25519 AAAA", "is no public key"),
        ("ssh-ed25519 " + "A" * 30_000, "is no public key"),
        ("ecdsa-sha2-nistp256 AAAA", "is of a kind age cannot use"),
        ("lawyer@example.invalid", "is no public key"),
    ],
)
def test_what_is_no_key_is_refused_with_the_reason(tmp_path: Path, text: str, why: str) -> None:
    with pytest.raises(BadInput) as caught:
        sealed_for(tmp_path, text)
    assert caught.value.params == {"what": "recipient", "why": why}
    assert list(tmp_path.iterdir()) == []


def test_too_many_and_none() -> None:
    with pytest.raises(BadInput):
        read_recipients([PUBLIC] * 21)
    assert read_recipients(["", "  "]) == ()
