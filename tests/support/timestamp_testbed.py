"""A real time-stamp authority on loopback for tests: our certificates, openssl's answers.

Use the session fixture `authority` (import it in a conftest). Every path behaves in its own way; the
questions that came in are kept, so a test can see what left the program.
"""

import os
import shutil
import subprocess
import tempfile
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Final

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

CONFIG: Final = Path(__file__).resolve().parents[1] / "testbeds" / "timestamp" / "ts.cnf"
Key = rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey
_DAY: Final = timedelta(days=1)


@dataclass(frozen=True)
class Issued:
    """A certificate with its key."""

    certificate: x509.Certificate
    key: Key

    @property
    def der(self) -> bytes:
        return self.certificate.public_bytes(Encoding.DER)

    @property
    def pem(self) -> bytes:
        return self.certificate.public_bytes(Encoding.PEM)


def issue(
    name: str, issuer: Issued | None, *, ca: bool, ends: datetime | None = None, key: Key | None = None
) -> Issued:
    """A root (`issuer` None), an intermediate, or a signer of time stamps, in force until `ends`."""
    own = key or ec.generate_private_key(ec.SECP256R1())
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    now = datetime.now(UTC)
    builder = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer.certificate.subject if issuer else subject)
        .public_key(own.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - 30 * _DAY)
        .not_valid_after(ends or now + 3650 * _DAY)
        .add_extension(x509.BasicConstraints(ca=ca, path_length=None), critical=True)
        .add_extension(_usage(ca), critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(own.public_key()), critical=False)
    )
    if not ca:
        stamping = x509.ExtendedKeyUsage([ExtendedKeyUsageOID.TIME_STAMPING])
        builder = builder.add_extension(stamping, critical=True)
    return Issued(builder.sign(issuer.key if issuer else own, SHA256()), own)


def _yesterday() -> datetime:
    return datetime.now(UTC) - _DAY


def _usage(ca: bool) -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=not ca,
        key_cert_sign=ca,
        crl_sign=ca,
        content_commitment=False,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        encipher_only=False,
        decipher_only=False,
    )


class LocalAuthority:
    """One running authority. `root` is the certificate that `/good` and `/chain` lead to."""

    BROKEN: Final = (
        "garbage",
        "empty",
        "huge",
        "redirect",
        "unavailable",
        "gzip",
        "declined",
        "stale",
        "flipped",
    )

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        (folder / "serial").write_text("01\n")
        self.root = issue("Test Root", None, ca=True)
        self.other_root = issue("Another Root", None, ca=True)
        self._signers()
        self.questions: list[bytes] = []
        self.headers: list[dict[str, str]] = []
        self._stale: dict[str, bytes] = {}
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), self._handler())
        self._thread = threading.Thread(target=self._server.serve_forever, daemon=True)
        self._thread.start()

    def _signers(self) -> None:
        middle = issue("Test Intermediate", self.root, ca=True)
        self.hire(
            "good", issue("Test Signer", self.root, ca=False, key=rsa.generate_private_key(65537, 2048))
        )
        self.hire("chain", issue("Test Signer Two", middle, ca=False), middle)
        self.hire("self-signed", issue("Nobody", None, ca=False))
        self.hire("other-root", issue("Other Signer", self.other_root, ca=False))
        self.hire("expired", issue("Old Signer", self.root, ca=False, ends=_yesterday()))
        # Embedding a certificate of a longer name before a shorter one breaks the order that DER asks for.
        self.hire("certs-out-of-order", issue("S", self.root, ca=False), self.root)

    def hire(self, name: str, signer: Issued, chain: Issued | None = None) -> str:
        """Let a signer answer under this path; returns the path."""
        key = signer.key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
        (self._folder / f"{name}.crt").write_bytes(signer.pem)
        (self._folder / f"{name}.key").write_bytes(key)
        config = CONFIG.read_text().replace("NAME", name).replace("FOLDER", str(self._folder))
        if chain is not None:
            (self._folder / f"{name}.chain").write_bytes(chain.pem)
            config += f"certs = {self._folder / name}.chain\n"
        (self._folder / f"{name}.cnf").write_text(config)
        return name

    def url(self, path: str = "good") -> str:
        """The address of one behaviour."""
        return f"http://127.0.0.1:{self._server.server_port}/{path}"

    def close(self) -> None:
        """Stop listening."""
        self._server.shutdown()
        self._thread.join(10)
        self._server.server_close()

    def reply(self, name: str, question: bytes) -> bytes:
        """openssl's answer by one signer."""
        with tempfile.TemporaryDirectory(dir=self._folder) as scratch:
            asked, answer = Path(scratch) / "q.tsq", Path(scratch) / "r.tsr"
            asked.write_bytes(question)
            _openssl(
                "ts", "-reply", "-config", f"{self._folder / name}.cnf", "-queryfile", asked, "-out", answer
            )
            return answer.read_bytes()

    def second_opinion(self, token: bytes, digest: bytes, root: Issued | None = None) -> bool:
        """Whether `openssl ts -verify -digest` accepts the token, as docs/evidence.md tells strangers to."""
        with tempfile.TemporaryDirectory(dir=self._folder) as scratch:
            file, ca = Path(scratch) / "t.tsr", Path(scratch) / "ca.pem"
            file.write_bytes(token)
            ca.write_bytes((root or self.root).pem)
            done = subprocess.run(
                ["openssl", "ts", "-verify", "-digest", digest.hex(), "-in", file, "-CAfile", ca],
                capture_output=True,
                check=False,
                timeout=30,
            )
        return done.returncode == 0

    def _broken(self, kind: str, question: bytes) -> tuple[int, dict[str, str], bytes]:
        answers: dict[str, Callable[[], tuple[int, dict[str, str], bytes]]] = {
            "garbage": lambda: (200, {}, b"\x30\x82 this is no time stamp"),
            "empty": lambda: (200, {}, b""),
            "huge": lambda: (200, {}, bytes(1 << 20)),
            "redirect": lambda: (302, {"Location": self.url("good")}, b""),
            "unavailable": lambda: (503, {}, b"later"),
            "gzip": lambda: (200, {"Content-Encoding": "gzip"}, self.reply("good", question)),
            "declined": lambda: (200, {}, self.reply("good", question[:-6])),
            "stale": lambda: (200, {}, self._stale.setdefault("stale", self.reply("good", question))),
            "flipped": lambda: (200, {}, _flipped(self.reply("good", question))),
        }
        return answers[kind]()

    def _handler(self) -> type[BaseHTTPRequestHandler]:
        outer = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                question = self.rfile.read(int(self.headers["Content-Length"]))
                outer.questions.append(question)
                outer.headers.append({name.lower(): value for name, value in self.headers.items()})
                name = self.path.strip("/")
                if name in outer.BROKEN:
                    status, extra, body = outer._broken(name, question)
                else:
                    status, extra, body = 200, {}, outer.reply(name, question)
                self.send_response(status)
                for header in {"Content-Type": "application/timestamp-reply", **extra}.items():
                    self.send_header(*header)
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, format: str, *args: object) -> None:
                """Silent."""

        return Handler


def _flipped(token: bytes) -> bytes:
    """One bit of the signature changed."""
    return token[:-8] + bytes([token[-8] ^ 1]) + token[-7:]


def _openssl(*arguments: str | Path) -> None:
    subprocess.run(["openssl", *arguments], capture_output=True, check=True, timeout=30)


@pytest.fixture(scope="session")
def authority(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LocalAuthority]:
    """The authority of this session; skipped, or under BREAKWATER_CI=1 failed, without openssl."""
    if shutil.which("openssl") is None:
        if os.environ.get("BREAKWATER_CI") == "1":
            pytest.fail("openssl is missing")
        pytest.skip("openssl is missing")
    running = LocalAuthority(tmp_path_factory.mktemp("authority"))
    yield running
    running.close()
