"""Sealing: every entry names its place, the one before it, and its content by hash only."""

import json
from dataclasses import replace
from hashlib import sha256

import pytest
import rfc8785
from fake_clock import FakeClock
from hypothesis import given
from hypothesis import strategies as st

from core.domain.evidence import EntryKind
from core.evidence.canonical import canonical_bytes
from core.evidence.chain import GENESIS, Chain, moment_of, read_envelope
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
    assert Chain.resume(leaves, MOMENT) == chain
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


def test_the_clocks_of_an_entry_read_back() -> None:
    entry, _ = Chain.empty().seal(EntryKind.NOTE, MOMENT)
    assert moment_of(entry.envelope) == MOMENT


@pytest.mark.parametrize(
    "envelope",
    [b"", b"{}", b"[]", b"\xff", b'{"recv_utc_us":1,"mono_ns":2,"boot":"x","tz":"y"}', b"[" * 10**5],
)
def test_clocks_that_cannot_be_read_are_none(envelope: bytes) -> None:
    assert moment_of(envelope) is None


TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=30)


@given(facts=st.dictionaries(st.sampled_from(["src", "line", "x"]), TEXT | st.integers(0, 99) | st.none()))
def test_an_envelope_is_written_as_a_serialiser_would(facts: dict[str, str | int | None]) -> None:
    """The filled-in form is what two serialisers make of the same map, whatever clocks and facts say."""
    odd = replace(MOMENT, boot='run-"é\\n', tz="-03:30")
    for content in (None, b"", b"raw"):
        entry, _ = Chain.empty().seal(EntryKind.CLOCK_JUMP, odd, content=content, facts=facts)
        whole = json.loads(entry.envelope)
        assert whole["boot"] == odd.boot
        assert canonical_bytes(whole) == entry.envelope == rfc8785.dumps(whole)


def test_a_clock_beyond_exact_numbers_is_refused() -> None:
    with pytest.raises(ValueError, match="exact range"):
        Chain.empty().seal(EntryKind.NOTE, replace(MOMENT, wall_us=2**53))


@given(facts=st.dictionaries(st.sampled_from(["src", "line", "x"]), TEXT | st.integers(0, 99) | st.none()))
def test_an_envelope_reads_as_json_does(facts: dict[str, str | int | None]) -> None:
    entry, _ = Chain.empty().seal(EntryKind.RECEIVED, MOMENT, content=b"raw", facts=facts)
    whole = json.loads(entry.envelope)
    read = read_envelope(entry.envelope)
    assert {name: whole[name] for name in ("v", "kind", "seq", "prev", "sha256", "len", "facts")} == {
        name: read[name] for name in ("v", "kind", "seq", "prev", "sha256", "len", "facts")
    }


@given(data=st.data())
def test_a_changed_envelope_reads_only_in_canonical_form(data: st.DataObject) -> None:
    """The quick reading accepts nothing that the thorough one refuses, and reads it alike."""
    entry, _ = Chain.empty().seal(EntryKind.RECEIVED, MOMENT, content=b"raw", facts={"src": "x", "n": 7})
    changed = bytearray(entry.envelope)
    for _ in range(data.draw(st.integers(1, 3))):
        at = data.draw(st.integers(0, len(changed) - 1))
        how = data.draw(st.sampled_from(["set", "insert", "delete"]))
        byte = data.draw(st.sampled_from(b'0123456789abcdef"{}:,\\ -+nulltrue\x00\x7f\xff'))
        if how == "set":
            changed[at] = byte
        elif how == "insert":
            changed.insert(at, byte)
        else:
            del changed[at]
    try:
        read = read_envelope(bytes(changed))
    except (ValueError, RecursionError):
        return
    thorough = json.loads(changed)
    assert canonical_bytes(thorough) == bytes(changed)
    assert all(thorough.get(name) == value for name, value in read.items())
