"""Checking a whole log: every entry, every link, every checkpoint, and the roots given from outside."""

from collections.abc import Callable, Iterable, Sequence
from hashlib import sha256

from core.domain.evidence import EntryKind, EvidenceEntry, LogFault, LogReport
from core.evidence.canonical import NotCanonical
from core.evidence.chain import GENESIS, VERSION, read_envelope
from core.evidence.checkpoint import read_checkpoint
from core.evidence.merkle import Frontier, GrowingTree, leaf_hash

Anchor = tuple[int, bytes]


def verify_log(
    entries: Iterable[EvidenceEntry],
    *,
    checkpoints: Sequence[str],
    public_key: bytes,
    content: Callable[[bytes], bytes | None],
    anchors: Sequence[Anchor] = (),
) -> LogReport:
    """Check a log, streaming.

    `content` gives the bytes for a SHA-256, or None when they are gone: that is a fault unless an
    erase entry says so. `anchors` are (size, root) pairs that left this machine earlier; without
    them the result can only be "internally consistent", because whoever holds the signing key
    could have rebuilt everything.
    """
    walk = _Walk(content)
    wanted = _wanted_roots(checkpoints, public_key, anchors, walk.faults)
    walk.check_roots(wanted)
    for entry in entries:
        walk.take(entry)
        walk.check_roots(wanted)
    for size, sources in sorted(wanted.items()):
        walk.faults.extend(
            LogFault(size, f"{name} covers more entries than there are") for name, _ in sources
        )
    if walk.tree.size and not any(name == "checkpoint" for name, _ in walk.checked.get(walk.tree.size, [])):
        walk.fault("the newest entries are covered by no checkpoint")
    walk.check_missing()
    anchored = max((size for size, root in anchors if walk.had(size, root)), default=0)
    return LogReport(walk.tree.size, len(checkpoints), anchored, tuple(walk.faults))


_Roots = dict[int, list[tuple[str, bytes]]]


def _wanted_roots(
    checkpoints: Sequence[str], public_key: bytes, anchors: Sequence[Anchor], faults: list[LogFault]
) -> _Roots:
    """The roots that must appear, by size."""
    wanted: _Roots = {}
    origins: set[str] = set()
    for note in checkpoints:
        try:
            found = read_checkpoint(note, public_key)
        except ValueError as error:
            faults.append(LogFault(None, f"a checkpoint cannot be trusted: {error}"))
            continue
        origins.add(found.origin)
        wanted.setdefault(found.size, []).append(("checkpoint", found.root))
    if len(origins) > 1:
        faults.append(LogFault(None, "checkpoints of different logs"))
    for size, root in anchors:
        wanted.setdefault(size, []).append(("the root kept outside", root))
    return wanted


class _Walk:
    """State of one pass over the entries."""

    def __init__(self, content: Callable[[bytes], bytes | None]) -> None:
        self._content = content
        self._head = GENESIS
        self._missing: dict[str, int] = {}
        self._erased: set[str] = set()
        self.tree = GrowingTree(Frontier.empty())
        self.faults: list[LogFault] = []
        self.checked: _Roots = {}
        self._roots: dict[int, bytes] = {}

    def fault(self, what: str) -> None:
        """Note a fault at the present entry."""
        self.faults.append(LogFault(self.tree.size, what))

    def take(self, entry: EvidenceEntry) -> None:
        """Check one entry and add it to the tree."""
        if entry.seq != self.tree.size:
            self.fault(f"entry {entry.seq} stands where {self.tree.size} belongs")
        leaf = leaf_hash(entry.envelope)
        if entry.leaf != leaf:
            self.fault("the stored hash is not that of the entry")
        if entry.prev != self._head:
            self.fault("the entry does not follow the one before it")
        self._check_envelope(entry)
        self._head = leaf
        self.tree.add(leaf)

    def _check_envelope(self, entry: EvidenceEntry) -> None:
        try:
            envelope = read_envelope(entry.envelope)
        except NotCanonical:
            self.fault("the entry is not in canonical form")
            return
        except (ValueError, RecursionError):
            self.fault("the entry cannot be read")
            return
        if envelope.get("v") != VERSION:
            self.fault("the entry is of another version")
        if envelope.get("seq") != self.tree.size or envelope.get("prev") != self._head.hex():
            self.fault("the entry names another place in the log")
        facts = envelope.get("facts")
        if envelope.get("kind") == EntryKind.ERASE.value and isinstance(facts, dict):
            self._erased.add(str(facts.get("erased")))
        self._check_content(envelope.get("sha256"), envelope.get("len"))

    def _check_content(self, digest: object, length: object) -> None:
        if not isinstance(digest, str):
            return
        try:
            data = self._content(bytes.fromhex(digest))
        except ValueError:
            self.fault("the entry's content hash cannot be read")
            return
        if data is None:
            self._missing.setdefault(digest, self.tree.size)
        elif sha256(data).hexdigest() != digest or len(data) != length:
            self.fault("the sealed bytes were changed")

    def check_roots(self, wanted: _Roots) -> None:
        """Compare the roots that are due at the present size."""
        due = wanted.pop(self.tree.size, None)
        if due is None:
            return
        self.checked[self.tree.size] = due
        root = self._roots[self.tree.size] = self.tree.frontier().root()
        for name, expected in due:
            if expected != root:
                self.fault(f"{name} does not match the entries up to here")

    def had(self, size: int, root: bytes) -> bool:
        """Whether the entries up to `size` had this root."""
        return self._roots.get(size) == root

    def check_missing(self) -> None:
        """Sealed bytes may be gone only if the log says they were erased."""
        for digest, seq in self._missing.items():
            if digest not in self._erased:
                self.faults.append(LogFault(seq, "the sealed bytes are gone and no entry says why"))
