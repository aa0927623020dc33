"""Tampering with a log: what each layer notices, with and without a root that left the machine."""

import json
from collections.abc import Callable
from dataclasses import replace
from hashlib import sha256
from random import Random
from time import process_time

import pytest
from fake_clock import FakeClock
from made_packet import KEY, ORIGIN, SEED

from core.domain.evidence import EntryKind, EvidenceEntry, LogReport
from core.domain.ids import EntrySeq
from core.evidence.canonical import canonical_bytes
from core.evidence.chain import Chain
from core.evidence.checkpoint import sign_checkpoint
from core.evidence.merkle import Frontier, leaf_hash
from core.evidence.verify import verify_log

ENTRIES = 60
ANCHOR_AT = 50
TRIALS = 25
OTHER_SEED = bytes(32)


class Stored:
    """A log as an attacker with full write access finds it."""

    def __init__(self) -> None:
        clock, chain = FakeClock(), Chain.empty()
        self.entries: list[EvidenceEntry] = []
        self.blobs: dict[bytes, bytes] = {}
        self.notes: list[str] = []
        for number in range(ENTRIES):
            clock.advance(30)
            content = b"post %d" % number if number % 3 else None
            entry, chain = chain.seal(EntryKind.RECEIVED, clock.moment(), content=content)
            self.entries.append(entry)
            if content is not None:
                self.blobs[sha256(content).digest()] = content
            if number % 10 == 9:
                self.notes.append(sign_checkpoint(ORIGIN, chain.size, chain.root(), SEED))

    def root(self, size: int) -> bytes:
        return Frontier.empty().extend([one.leaf for one in self.entries[:size]]).root()

    def verify(self, *anchors: tuple[int, bytes]) -> LogReport:
        return verify_log(
            self.entries, checkpoints=self.notes, public_key=KEY, content=self.blobs.get, anchors=anchors
        )

    def rebuild(self) -> None:
        """Number, link and hash all entries afresh, as our own code would."""
        head, made = bytes(32), []
        for seq, entry in enumerate(self.entries):
            envelope = json.loads(entry.envelope) | {"seq": seq, "prev": head.hex()}
            data = canonical_bytes(envelope)
            made.append(EvidenceEntry(EntrySeq(seq), head, leaf_hash(data), data))
            head = made[-1].leaf
        self.entries = made

    def sign_again(self, seed: bytes) -> None:
        sizes = range(10, len(self.entries) + 1, 10)
        self.notes = [sign_checkpoint(ORIGIN, size, self.root(size), seed) for size in sizes]


def _envelope_with(entry: EvidenceEntry, **changes: object) -> bytes:
    return canonical_bytes(json.loads(entry.envelope) | changes)


def edit_envelope(log: Stored, at: int, random: Random) -> None:
    log.entries[at] = replace(log.entries[at], envelope=_envelope_with(log.entries[at], tz="+09:00"))


def edit_envelope_and_leaf(log: Stored, at: int, random: Random) -> None:
    edit_envelope(log, at, random)
    log.entries[at] = replace(log.entries[at], leaf=leaf_hash(log.entries[at].envelope))


def edit_blob(log: Stored, at: int, random: Random) -> None:
    digest = random.choice(list(log.blobs))
    log.blobs[digest] += b"!"


def delete_blob(log: Stored, at: int, random: Random) -> None:
    del log.blobs[random.choice(list(log.blobs))]


def delete_row(log: Stored, at: int, random: Random) -> None:
    del log.entries[at]


def swap_rows(log: Stored, at: int, random: Random) -> None:
    other = (at + 1) % ANCHOR_AT
    log.entries[at], log.entries[other] = log.entries[other], log.entries[at]


def insert_row(log: Stored, at: int, random: Random) -> None:
    log.entries.insert(at, log.entries[random.randrange(ENTRIES)])


def rebuild_with_other_key(log: Stored, at: int, random: Random) -> None:
    edit_envelope(log, at, random)
    log.rebuild()
    log.sign_again(OTHER_SEED)


def rebuild_and_keep_checkpoints(log: Stored, at: int, random: Random) -> None:
    edit_envelope(log, at, random)
    log.rebuild()


def cut_the_tail(log: Stored, at: int, random: Random) -> None:
    size = random.choice([10, 20, 30, 40])
    log.entries = log.entries[:size]
    log.notes = log.notes[: size // 10]


def rebuild_with_stolen_key(log: Stored, at: int, random: Random) -> None:
    edit_envelope(log, at, random)
    log.rebuild()
    log.sign_again(SEED)


Tamper = Callable[[Stored, int, Random], None]
NOTICED_ALONE: list[Tamper] = [
    edit_envelope,
    edit_envelope_and_leaf,
    edit_blob,
    delete_blob,
    delete_row,
    swap_rows,
    insert_row,
    rebuild_with_other_key,
    rebuild_and_keep_checkpoints,
]
# Whoever owns the laptop and its key can do these; only a root kept elsewhere tells.
NOTICED_BY_ANCHOR: list[Tamper] = [cut_the_tail, rebuild_with_stolen_key]


def test_an_honest_log_is_whole() -> None:
    log = Stored()
    report = log.verify((ANCHOR_AT, log.root(ANCHOR_AT)))
    assert report == LogReport(ENTRIES, 6, ANCHOR_AT, ())


@pytest.mark.parametrize("tamper", NOTICED_ALONE, ids=lambda one: one.__name__)
def test_noticed_without_help_from_outside(tamper: Tamper) -> None:
    for trial in range(TRIALS):
        random = Random(trial)
        log = Stored()
        tamper(log, random.randrange(ANCHOR_AT), random)
        assert not log.verify().ok, trial


@pytest.mark.parametrize("tamper", NOTICED_BY_ANCHOR, ids=lambda one: one.__name__)
def test_noticed_only_with_a_root_from_outside(tamper: Tamper) -> None:
    for trial in range(TRIALS):
        random = Random(trial)
        log = Stored()
        anchor = (ANCHOR_AT, log.root(ANCHOR_AT))
        tamper(log, random.randrange(ANCHOR_AT), random)
        alone = log.verify()
        assert alone.ok, "a chain on one laptop proves nothing against its owner"
        assert alone.anchored == 0
        with_anchor = log.verify(anchor)
        assert not with_anchor.ok
        assert with_anchor.anchored == 0


def test_any_flipped_bit_in_an_entry_is_noticed() -> None:
    log = Stored()
    random = Random(7)
    for _ in range(300):
        at = random.randrange(ENTRIES)
        entry = log.entries[at]
        data = bytearray(entry.envelope)
        data[random.randrange(len(data))] ^= 1 << random.randrange(8)
        log.entries[at] = replace(entry, envelope=bytes(data))
        assert not log.verify().ok
        log.entries[at] = entry


@pytest.mark.parametrize(
    "envelope", [b"", b"[]", b"null", b"{}", b"7", b"\xff", b"[" * 100_000, b'{"v":1e400}']
)
def test_nonsense_is_a_fault_and_no_crash(envelope: bytes) -> None:
    log = Stored()
    log.entries[4] = replace(log.entries[4], envelope=envelope)
    assert not log.verify().ok


def test_erased_content_needs_an_entry_that_says_so() -> None:
    log = Stored()
    digest = next(iter(log.blobs))
    del log.blobs[digest]
    assert [fault.what for fault in log.verify().faults] == [
        "the sealed bytes are gone and no entry says why"
    ]
    chain = Chain.resume([one.leaf for one in log.entries])
    facts = {"erased": digest.hex(), "reason": "too painful to keep"}
    entry, chain = chain.seal(EntryKind.ERASE, FakeClock().moment(), facts=facts)
    log.entries.append(entry)
    assert not log.verify().ok, "the newest entry must be signed too"
    log.notes.append(sign_checkpoint(ORIGIN, chain.size, chain.root(), SEED))
    assert log.verify().ok


def test_checkpoints_of_two_logs_do_not_mix() -> None:
    log = Stored()
    log.notes[0] = sign_checkpoint("other.invalid/log", 10, log.root(10), SEED)
    assert not log.verify().ok


@pytest.mark.slow
def test_a_hundred_thousand_entries_in_seconds() -> None:
    clock, chain, entries, notes = FakeClock(), Chain.empty(), [], []
    moment = clock.moment()
    blobs = {}
    for number in range(100_000):
        content = b"%d" % number
        entry, chain = chain.seal(EntryKind.RECEIVED, moment, content=content, facts={"src": "bluesky"})
        entries.append(entry)
        blobs[sha256(content).digest()] = content
        if number % 100 == 99:
            notes.append(sign_checkpoint(ORIGIN, chain.size, chain.root(), SEED))
    began = process_time()
    report = verify_log(entries, checkpoints=notes, public_key=KEY, content=blobs.get)
    took = process_time() - began
    assert report.ok
    # CPU time: what a busy machine does beside it says nothing about the log.
    assert took < 5, took
    print(f"100k entries, 1,000 checkpoints: {took:.2f} s of CPU")
