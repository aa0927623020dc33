"""Names and limits of a packet, shared by the writer and the verifier. Described in docs/evidence.md."""

import re
from typing import Final

FORMAT: Final = "1"

BAGIT: Final = "bagit.txt"
BAG_INFO: Final = "bag-info.txt"
MANIFEST: Final = "manifest-sha256.txt"
TAG_MANIFEST: Final = "tagmanifest-sha256.txt"
SIGNATURE: Final = "tagmanifest-sha256.txt.sig"
SIGNER: Final = "signer.pub"
README: Final = "README.txt"
BY_HAND: Final = "VERIFY-BY-HAND.txt"
VERIFIER: Final = "verify.py"

ENTRIES: Final = "data/entries.jsonl"
TABLE: Final = "data/entries.csv"
LEAVES: Final = "data/leaves.txt"
CASE: Final = "data/case.json"
CERTIFICATE: Final = "data/certificate-902.txt"
CANNOT: Final = "data/what-this-cannot-prove.txt"
COORDINATION: Final = "data/coordination.json"
REPORT: Final = "data/report.pdf"

BAGIT_TEXT: Final = "BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n"

# Everything a packet must hold, and what it may hold; nothing else is accepted.
REQUIRED: Final = frozenset(
    {BAGIT, BAG_INFO, MANIFEST, TAG_MANIFEST, SIGNATURE, SIGNER, README, BY_HAND, VERIFIER}
    | {ENTRIES, TABLE, LEAVES, CASE, CERTIFICATE, CANNOT}
)
OPTIONAL: Final = frozenset({COORDINATION, REPORT})
RAW: Final = re.compile(r"data/raw/([0-9a-f]{64})")
PROOF: Final = re.compile(r"data/proofs/(0|[1-9][0-9]{0,14})\.tlog-proof")
CHECKPOINT: Final = re.compile(r"data/checkpoints/(0|[1-9][0-9]{0,14})\.note")

# At most this many checkpoints go into a packet: the newest, and older ones spread evenly.
MOST_CHECKPOINTS: Final = 32

# What a verifier is willing to read from a stranger.
MOST_FILES: Final = 250_000
MOST_BYTES: Final = 8 << 30
MOST_FILE_BYTES: Final = 1 << 30
MOST_RATIO: Final = 200
SMALL_FILE_BYTES: Final = 1 << 20
MOST_LINE_BYTES: Final = 8 << 20
# One post as received; a page of a platform's answer is far below.
MOST_RAW_BYTES: Final = 64 << 20
# Manifests name every file, so they may grow beyond what is small.
MOST_MANIFEST_BYTES: Final = 64 << 20


def known(name: str) -> bool:
    """Whether a packet may hold a file of this name."""
    return name in REQUIRED or name in OPTIONAL or any(p.fullmatch(name) for p in (RAW, PROOF, CHECKPOINT))


def small(name: str) -> bool:
    """Whether this file is read into memory whole, and must therefore be small."""
    return name not in (MANIFEST, ENTRIES, TABLE, LEAVES, REPORT) and not RAW.fullmatch(name)
