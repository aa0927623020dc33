"""Time-stamp authorities: the reviewed ones that come along, and those a person adds.

Each is trusted for its own root certificates only; the system's and the browser's lists are not asked.
The three roots come from the certifi bundle of October 2026, chosen by the SHA-256 values below.
"""

from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256
from importlib.resources import files
from typing import Final
from urllib.parse import urlsplit

from core.errors import BadInput, DataDamaged

_LONGEST_URL: Final = 300
_LONGEST_NAME: Final = 60
_LARGEST_CERTIFICATE: Final = 64 * 1024


@dataclass(frozen=True, slots=True)
class Authority:
    """Somebody who stamps. `roots` are DER certificates; `ours` came with the program."""

    name: str
    url: str
    roots: tuple[bytes, ...]
    ours: bool = False

    @property
    def host(self) -> str:
        """The machine that is asked."""
        return urlsplit(self.url).hostname or self.url


# Name, address, file in resources/anchors, SHA-256 of the certificate in DER.
# The address is plain http where the authority offers no other: the answer is signed, and all that an
# onlooker learns is that somebody here asked for a time stamp.
_REVIEWED: Final = (
    (
        "DigiCert",
        "http://timestamp.digicert.com",
        "digicert-trusted-root-g4.pem",
        "552f7bdcf1a7af9e6ce672017f4f12abf77240c78e761ac203d1d9d20ac89988",
    ),
    (
        "Sectigo",
        "https://timestamp.sectigo.com",
        "usertrust-rsa.pem",
        "e793c9b02fd8aa13e21c31228accb08119643b749c898964b1746d46c3d4cbd2",
    ),
    (
        "GlobalSign",
        "http://timestamp.globalsign.com/tsa/r6advanced1",
        "globalsign-root-r6.pem",
        "2cabeafe37d06ca22aba7391c0033d25982952c453647349763a3ab5ad6ccf69",
    ),
)


def reviewed() -> tuple[Authority, ...]:
    """The authorities that come with the program. Raises `DataDamaged` when a root is not the pinned one."""
    return tuple(
        Authority(name, url, (_pinned_root(file, digest),), ours=True)
        for name, url, file, digest in _REVIEWED
    )


def _pinned_root(file: str, digest: str) -> bytes:
    from cryptography.hazmat.primitives.serialization import Encoding
    from cryptography.x509 import load_pem_x509_certificate

    try:
        pem = (files("resources") / "anchors" / file).read_bytes()
        der = load_pem_x509_certificate(pem).public_bytes(Encoding.DER)
    except (OSError, ValueError) as error:
        raise DataDamaged(what="anchor-root") from error
    if sha256(der).hexdigest() != digest:
        raise DataDamaged(what="anchor-root")
    return der


def added(name: str, untrusted_url: str, untrusted_root: bytes, now: datetime) -> Authority:
    """An authority as a person gives it, with its root certificate (PEM or DER). Raises `BadInput`."""
    shown = " ".join(name.split())
    if not shown or len(shown) > _LONGEST_NAME:
        raise BadInput(what="name of the authority", why="is empty or too long")
    return Authority(shown, authority_url(untrusted_url), (read_root(untrusted_root, now),))


def authority_url(untrusted_url: str) -> str:
    """The address of an authority as typed: http or https. Raises `BadInput`."""
    typed = untrusted_url.strip()
    try:
        parts = urlsplit(typed)
        usable = (
            parts.scheme in ("http", "https")
            and parts.hostname
            and parts.username is None
            and not parts.fragment
            and (parts.port is None or parts.port > 0)
        )
    except ValueError as error:
        raise BadInput(what="address of the authority", why="is not an http or https address") from error
    if (
        not usable
        or len(typed) > _LONGEST_URL
        or not typed.isascii()
        or not typed.isprintable()
        or " " in typed
    ):
        raise BadInput(what="address of the authority", why="is not an http or https address")
    return typed


def read_root(untrusted_certificate: bytes, now: datetime) -> bytes:
    """A self-signed certificate that may sign others and is in force, as DER. Raises `BadInput`."""
    from cryptography.exceptions import InvalidSignature
    from cryptography.hazmat.primitives.serialization import Encoding
    from cryptography.x509 import (
        BasicConstraints,
        ExtensionNotFound,
        load_der_x509_certificate,
        load_pem_x509_certificates,
    )

    if len(untrusted_certificate) > _LARGEST_CERTIFICATE:
        raise BadInput(what="root certificate", why="is too large")
    try:
        if b"-----BEGIN" in untrusted_certificate:
            found = load_pem_x509_certificates(untrusted_certificate)
        else:
            found = [load_der_x509_certificate(untrusted_certificate)]
        if len(found) != 1:
            raise BadInput(what="root certificate", why="must be one certificate alone")
        root = found[0]
        root.verify_directly_issued_by(root)
        may_sign = root.extensions.get_extension_for_class(BasicConstraints).value.ca
    except (ValueError, TypeError, InvalidSignature, ExtensionNotFound) as error:
        raise BadInput(what="root certificate", why="is not a self-signed root certificate") from error
    if not may_sign:
        raise BadInput(what="root certificate", why="is not a self-signed root certificate")
    if not root.not_valid_before_utc <= now.astimezone(UTC) <= root.not_valid_after_utc:
        raise BadInput(what="root certificate", why="is not in force now")
    return root.public_bytes(Encoding.DER)
