"""Time stamps: the question, and checking the answer.

What is stamped is the root of the log itself. It is a SHA-256 value, so it stands in the token as the
"message imprint", and a stranger needs nothing of ours to check it:

    openssl ts -verify -digest ROOT_IN_HEX -in TOKEN.tsr -CAfile ROOT_CERTIFICATE.pem

A token can be changed outside its signed part without losing its worth: its hash identifies nothing.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Final

from core.anchoring.der import sorted_certificates
from core.anchoring.refusal import Refused, Why

if TYPE_CHECKING:
    from rfc3161_client import TimeStampResponse

_SHA256: Final = "2.16.840.1.101.3.4.2.1"
# AlgorithmIdentifier of SHA-256 with absent parameters written as NULL, in DER.
_SHA256_DER: Final = bytes.fromhex("300d06096086480165030402010500")
_DIGEST_BYTES: Final = 32
NONCE_BYTES: Final = 8


@dataclass(frozen=True, slots=True)
class Stamp:
    """What a token that holds says: the authority's own time, and the digest."""

    at: datetime
    digest: bytes


def question(digest: bytes, nonce: int) -> bytes:
    """A TimeStampReq in DER for a SHA-256 digest: nothing else goes out. `nonce` has at most 64 bits."""
    if len(digest) != _DIGEST_BYTES or not 0 <= nonce < 1 << (8 * NONCE_BYTES):
        raise ValueError("a digest of 32 bytes and a nonce of 64 bits")
    imprint = _der(0x30, _SHA256_DER + _der(0x04, digest))
    number = _der(0x02, nonce.to_bytes(nonce.bit_length() // 8 + 1, "big"))
    wants_certificate = _der(0x01, b"\xff")
    return _der(0x30, _der(0x02, b"\x01") + imprint + number + wants_certificate)


def check_answer(
    untrusted_answer: bytes, digest: bytes, roots: Sequence[bytes], *, nonce: int | None = None
) -> Stamp:
    """Check a TimeStampResp (DER) over `digest` against root certificates (DER). Raises `Refused`.

    With a nonce it must be the answer to that very question; without, it is an older token checked
    again. Certificates must have been valid at the stamped time, so a token outlives them.
    """
    from cryptography.x509 import load_der_x509_certificate
    from rfc3161_client import VerificationError, VerifierBuilder, decode_timestamp_response

    try:
        answer = decode_timestamp_response(sorted_certificates(untrusted_answer))
        _check_claims(answer, digest, nonce)
        verifier = VerifierBuilder(roots=[load_der_x509_certificate(one) for one in roots]).build()
        verifier.verify(answer, digest)
        at = answer.tst_info.gen_time
    except Refused as refused:
        raise Refused(refused.why, untrusted_answer) from refused
    except VerificationError as error:
        raise Refused(Why.UNTRUSTED, untrusted_answer) from error
    except (ValueError, TypeError, OverflowError) as error:
        raise Refused(Why.UNREADABLE, untrusted_answer) from error
    return Stamp(at.astimezone(UTC) if at.tzinfo else at.replace(tzinfo=UTC), digest)


def _check_claims(answer: "TimeStampResponse", digest: bytes, nonce: int | None) -> None:
    """What needs no certificate; looked at first, for a reason that can be named."""
    if answer.status != 0:
        raise Refused(Why.DECLINED)
    info = answer.tst_info
    if nonce is not None and info.nonce != nonce:
        raise Refused(Why.OTHER_NONCE)
    imprint = info.message_imprint
    # The library compares the bytes alone: another 32-byte hash function would pass it.
    if imprint.message != digest or imprint.hash_algorithm.dotted_string != _SHA256:
        raise Refused(Why.OTHER_DIGEST)


def _der(tag: int, content: bytes) -> bytes:
    """One short DER element (under 128 bytes)."""
    return bytes((tag, len(content))) + content
