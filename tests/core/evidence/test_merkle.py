"""The tree is RFC 9162's: known roots, and every proof holds for exactly one place."""

from hashlib import sha256

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.evidence.merkle import (
    EMPTY_ROOT,
    Frontier,
    MerkleTree,
    consistency_proof,
    inclusion_proof,
    leaf_hash,
    verify_consistency,
    verify_inclusion,
)

# The eight inputs and roots of the Certificate Transparency reference tests (public test vectors).
INPUTS = [bytes.fromhex(one) for one in ("", "00", "10", "2021", "3031", "40414243", "5051525354555657")]
INPUTS.append(bytes.fromhex("606162636465666768696a6b6c6d6e6f"))
ROOTS = {
    1: "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    2: "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    3: "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    7: "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    8: "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
}


def leaves_of(count: int) -> list[bytes]:
    return [leaf_hash(str(number).encode()) for number in range(count)]


def recursive_root(leaves: list[bytes]) -> bytes:
    """RFC 9162 §2.1.1, word for word."""
    if not leaves:
        return sha256(b"").digest()
    if len(leaves) == 1:
        return leaves[0]
    split = 1
    while split * 2 < len(leaves):
        split *= 2
    return sha256(b"\x01" + recursive_root(leaves[:split]) + recursive_root(leaves[split:])).digest()


@pytest.mark.parametrize("size", ROOTS)
def test_known_roots(size: int) -> None:
    leaves = [leaf_hash(one) for one in INPUTS[:size]]
    assert Frontier.empty().extend(leaves).root().hex() == ROOTS[size]
    assert MerkleTree(leaves).root().hex() == ROOTS[size]


def test_empty() -> None:
    assert Frontier.empty().root() == MerkleTree([]).root() == EMPTY_ROOT == recursive_root([])


@pytest.mark.parametrize("size", range(70))
def test_three_ways_to_the_same_root(size: int) -> None:
    leaves = leaves_of(size)
    appended = Frontier.empty()
    for leaf in leaves:
        appended = appended.append(leaf)
    assert appended == Frontier.empty().extend(leaves)
    assert appended.size == size
    assert appended.root() == MerkleTree(leaves).root() == recursive_root(leaves)


@given(st.integers(1, 300), st.data())
def test_extending_continues(size: int, data: st.DataObject) -> None:
    leaves = leaves_of(size)
    cut = data.draw(st.integers(0, size))
    assert Frontier.empty().extend(leaves[:cut]).extend(leaves[cut:]) == Frontier.empty().extend(leaves)


@given(st.integers(1, 200), st.data())
def test_inclusion_holds_only_in_its_place(size: int, data: st.DataObject) -> None:
    tree = MerkleTree(leaves_of(size))
    index = data.draw(st.integers(0, size - 1))
    proof, leaf, root = tree.proof(index), tree.leaf(index), tree.root()
    assert verify_inclusion(leaf, index, size, proof, root)
    other = data.draw(st.integers(-1, size + 2).filter(lambda one: one != index))
    assert not verify_inclusion(leaf, other, size, proof, root)
    assert not verify_inclusion(bytes(32), index, size, proof, root)
    assert not verify_inclusion(leaf, index, size, [*proof, bytes(32)], root)
    assert not verify_inclusion(leaf, index, size, proof, bytes(32))
    if proof:
        assert not verify_inclusion(leaf, index, size, proof[:-1], root)
        at = data.draw(st.integers(0, len(proof) - 1))
        wrong = list(proof)
        wrong[at] = bytes([wrong[at][0] ^ 1]) + wrong[at][1:]
        assert not verify_inclusion(leaf, index, size, wrong, root)


def test_no_proof_for_what_is_not_there() -> None:
    with pytest.raises(IndexError):
        inclusion_proof(leaves_of(3), 3)
    with pytest.raises(IndexError):
        inclusion_proof(leaves_of(3), -1)


@given(st.integers(1, 130), st.data())
def test_consistency(size: int, data: st.DataObject) -> None:
    leaves = leaves_of(size)
    old = data.draw(st.integers(1, size))
    old_root, new_root = recursive_root(leaves[:old]), recursive_root(leaves)
    proof = consistency_proof(leaves, old)
    assert verify_consistency(old, size, old_root, new_root, proof)
    assert not verify_consistency(old, size, bytes(32), new_root, proof)
    assert not verify_consistency(old, size, old_root, bytes(32), proof)
    assert not verify_consistency(old, size, old_root, new_root, [*proof, bytes(32)])
    assert not verify_consistency(size + 1, size, old_root, new_root, proof)
    if proof:
        assert not verify_consistency(old, size, old_root, new_root, proof[:-1])


def test_consistency_needs_a_beginning() -> None:
    with pytest.raises(ValueError, match="old tree"):
        consistency_proof(leaves_of(3), 4)
    assert not verify_consistency(0, 3, EMPTY_ROOT, bytes(32), ())
    assert not verify_consistency(3, 5, bytes(32), bytes(32), ())
