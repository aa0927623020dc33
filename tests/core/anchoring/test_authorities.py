"""The authorities that come along, and those a person adds."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509 import load_der_x509_certificate
from timestamp_testbed import issue

from core.anchoring import authorities
from core.anchoring.authorities import added, authority_url, read_root, reviewed
from core.errors import BadInput, DataDamaged

NOW = datetime.now(UTC)


def test_ours_have_the_pinned_roots_and_these_may_sign() -> None:
    names = [one.name for one in reviewed()]
    assert names == ["DigiCert", "Sectigo", "GlobalSign"]
    for one in reviewed():
        (root,) = one.roots
        certificate = load_der_x509_certificate(root)
        certificate.verify_directly_issued_by(certificate)
        assert read_root(root, NOW) == root
        assert one.ours
        assert one.host in one.url


def test_another_certificate_in_place_of_a_pinned_one_is_noticed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "anchors").mkdir()
    (tmp_path / "anchors" / "digicert-trusted-root-g4.pem").write_bytes(issue("Fake", None, ca=True).pem)
    monkeypatch.setattr(authorities, "files", lambda _: tmp_path)
    with pytest.raises(DataDamaged):
        reviewed()


def test_a_person_adds_one_by_its_root() -> None:
    root = issue("Club Root", None, ca=True)
    made = added("  The\nclub ", "https://tsa.example.org/tsr", root.pem, NOW)
    assert (made.name, made.host, made.roots, made.ours) == (
        "The club",
        "tsa.example.org",
        (root.der,),
        False,
    )
    assert read_root(root.der, NOW) == root.der


@pytest.mark.parametrize(
    "url",
    [
        "",
        "tsa.example.org",
        "ftp://tsa.example.org",
        "http://",
        "http://me:word@tsa.example.org",
        "http://tsa.example.org/#x",
        "http://tsa.example.org:0x50/",
        "http://tsa.example.org:99999/",
        "http://tsa example.org/",
        "http://tśa.example.org/",
        "http://[::1/",
        "http://tsa.example.org/" + "a" * 300,
    ],
)
def test_other_addresses_are_refused(url: str) -> None:
    with pytest.raises(BadInput):
        authority_url(url)


def test_other_certificates_are_refused() -> None:
    root = issue("Root", None, ca=True)
    below = issue("Below", root, ca=True)
    nobody = issue("Nobody", None, ca=False)
    bundle = root.pem + below.pem
    old = issue("Old", None, ca=True, ends=NOW - timedelta(days=1))
    for bad in (b"", b"-----BEGIN nothing", below.pem, nobody.pem, bundle, old.pem, bytes(70_000)):
        with pytest.raises(BadInput):
            read_root(bad, NOW)
    with pytest.raises(BadInput):
        read_root(root.pem, NOW - timedelta(days=365))
    with pytest.raises(BadInput):
        added("  ", "https://tsa.example.org", root.pem, NOW)
    assert root.certificate.public_bytes(Encoding.DER) == root.der
