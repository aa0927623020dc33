"""Sealing: every entry names its place, the one before it, and its content by hash only."""

import json
from hashlib import sha256

import pytest
from fake_clock import FakeClock

from core.domain.evidence import EntryKind
from core.evidence.canonical import canonical_bytes
from core.evidence.chain import GENESIS, Chain
from core.evidence.merkle import leaf_hash

MOMENT = FakeClock(tz="+02:00").moment()


def test_envelope_says_all_of_it() -> None:
    entry, _ = Chain.empty().seal(EntryKind.RECEIVED, MOMENT, content=b"raw", facts={"src": "x", "line": 3})
    envelope = json.loads(entry.envelope)
    salt = envelope.pop("salt")
    assert len(bytes.fromhex(salt)) == 16
    assert envelope == {
        "v": 1,
        "seq": 0,
        "prev": GENESIS.hex(),
        "kind": "received",
        "sha256": sha256(b"raw").hexdigest(),
        "len": 3,
        "recv_utc_us": MOMENT.wall_us,
        "mono_ns": str(MOMENT.mono_ns),
        "boot": MOMENT.boot,
        "tz": "+02:00",
        "facts": {"src": "x", "line": 3},
    }
    assert canonical_bytes(json.loads(entry.envelope)) == entry.envelope
    assert entry.leaf == leaf_hash(entry.envelope)


def test_entries_follow_each_other_and_resume() -> None:
    chain, leaves = Chain.empty(), []
    for number in range(20):
        assert chain.size == number
        entry, chain = chain.seal(EntryKind.NOTE, MOMENT)
        assert entry.seq == number
        assert entry.prev == (leaves[-1] if leaves else GENESIS)
        leaves.append(entry.leaf)
    assert Chain.resume(leaves) == chain
    assert Chain.resume([]) == Chain.empty()


def test_sealing_leaves_the_old_chain_alone() -> None:
    chain = Chain.empty()
    first, _ = chain.seal(EntryKind.NOTE, MOMENT)
    second, _ = chain.seal(EntryKind.NOTE, MOMENT)
    assert chain == Chain.empty()
    assert first.leaf != second.leaf, "equal entries must not have equal hashes: the salt hides them"


def test_facts_outside_the_canonical_form_are_refused() -> None:
    with pytest.raises(ValueError, match=r"."):
        Chain.empty().seal(EntryKind.NOTE, MOMENT, facts={"x": "\ud800"})
