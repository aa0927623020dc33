"""Names and limits of a packet, shared by the writer and the verifier. Described in docs/evidence.md."""

import re
from typing import Final

FORMAT: Final = "2"
# Packets of these formats are still checked; format 1 held none of what `NEW_IN_2` names.
FORMATS: Final = ("1", "2")

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

# Entries of the log beside the items' own, and what rests on them.
SEALED: Final = "data/sealed.jsonl"
ANCHORS: Final = "data/anchors/list.jsonl"
CONTEXT: Final = "data/context/list.jsonl"
MEDIA_LIST: Final = "data/media/list.jsonl"
STANDING: Final = "data/standing/list.jsonl"
LETTER: Final = "data/letter.txt"

BAGIT_TEXT: Final = "BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n"

# Everything a packet must hold, and what it may hold; nothing else is accepted.
REQUIRED: Final = frozenset(
    {BAGIT, BAG_INFO, MANIFEST, TAG_MANIFEST, SIGNATURE, SIGNER, README, BY_HAND, VERIFIER}
    | {ENTRIES, TABLE, LEAVES, CASE, CERTIFICATE, CANNOT}
)
NEW_IN_2: Final = frozenset({SEALED, ANCHORS, CONTEXT, MEDIA_LIST, STANDING, LETTER})
OPTIONAL: Final = frozenset({COORDINATION, REPORT}) | NEW_IN_2
RAW: Final = re.compile(r"data/raw/([0-9a-f]{64})")
PROOF: Final = re.compile(r"data/proofs/(0|[1-9][0-9]{0,14})\.tlog-proof")
CHECKPOINT: Final = re.compile(r"data/checkpoints/(0|[1-9][0-9]{0,14})\.note")
TOKEN: Final = re.compile(r"data/anchors/([1-9][0-9]{0,5})\.tsr")
MEDIA: Final = re.compile(r"data/media/([0-9]{4,6})\.bin")
CARD: Final = re.compile(r"data/cards/(0|[1-9][0-9]{0,14})\.png")
FOLDERS: Final = frozenset(
    {"", "data/", "data/raw/", "data/proofs/", "data/checkpoints/"}
    | {"data/anchors/", "data/context/", "data/media/", "data/cards/", "data/standing/"}
)

# Anything a redacted copy leaves out is a run of this character.
BLANK: Final = "\u2588"

# At most this many checkpoints go into a packet: the newest, and older ones spread evenly. Those that an
# anchor covers come on top.
MOST_CHECKPOINTS: Final = 32
# The newest anchors; older ones say less.
MOST_ANCHORS: Final = 200

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


_FORMS: Final = (RAW, PROOF, CHECKPOINT, TOKEN, MEDIA, CARD)
_LARGE: Final = frozenset(
    {MANIFEST, ENTRIES, TABLE, LEAVES, REPORT, SEALED, CONTEXT, STANDING, MEDIA_LIST, ANCHORS}
)


def known(name: str) -> bool:
    """Whether a packet may hold a file of this name."""
    return name in REQUIRED or name in OPTIONAL or any(form.fullmatch(name) for form in _FORMS)


def new_in_2(name: str) -> bool:
    """Whether a packet of format 1 may not hold a file of this name."""
    return name in NEW_IN_2 or any(form.fullmatch(name) for form in (TOKEN, MEDIA, CARD))


def received(name: str) -> bool:
    """Whether this file is bytes as they were received."""
    return bool(RAW.fullmatch(name) or MEDIA.fullmatch(name))


def small(name: str) -> bool:
    """Whether this file is read into memory whole, and must therefore be small."""
    return name not in _LARGE and not received(name)
