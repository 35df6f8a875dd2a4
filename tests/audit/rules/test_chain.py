"""The tree against RFC 6962 written down naively, and the records themselves."""

import hashlib
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from town_portal.audit.rules import chain

LEAVES = st.lists(st.binary(max_size=8).map(lambda data: hashlib.sha256(data).hexdigest()), min_size=1, max_size=70)


def naive_root(leaves: list[str]) -> str:
    """MTH of RFC 6962, section 2.1, word for word."""
    if len(leaves) == 1:
        return leaves[0]
    split = 1
    while split * 2 < len(leaves):
        split *= 2
    left, right = naive_root(leaves[:split]), naive_root(leaves[split:])
    return hashlib.sha256(b"\x01" + bytes.fromhex(left) + bytes.fromhex(right)).hexdigest()


def naive_path(index: int, leaves: list[str]) -> list[str]:
    """PATH of RFC 6962, section 2.1.1, word for word."""
    if len(leaves) == 1:
        return []
    split = 1
    while split * 2 < len(leaves):
        split *= 2
    if index < split:
        return [*naive_path(index, leaves[:split]), naive_root(leaves[split:])]
    return [*naive_path(index - split, leaves[split:]), naive_root(leaves[:split])]


@given(LEAVES)
def test_the_root_is_that_of_the_standard(leaves: list[str]) -> None:
    assert chain.root_of(leaves) == naive_root(leaves)


@given(LEAVES)
def test_a_frontier_grown_leaf_by_leaf_knows_every_root_on_the_way(leaves: list[str]) -> None:
    frontier: list[str] = []
    for size, leaf in enumerate(leaves):
        frontier = chain.grow(frontier, size, leaf)
        assert chain.root(frontier) == naive_root(leaves[: size + 1])
        assert len(frontier) == (size + 1).bit_count()


@given(LEAVES, st.data())
def test_a_proof_is_that_of_the_standard_and_leads_to_the_root(leaves: list[str], data: st.DataObject) -> None:
    index = data.draw(st.integers(0, len(leaves) - 1))
    path = chain.proof(leaves, index)
    assert path == naive_path(index, leaves)
    assert chain.root_from_proof(leaves[index], index, len(leaves), path) == naive_root(leaves)


@given(LEAVES, st.data())
def test_sides_say_where_each_sibling_stands(leaves: list[str], data: st.DataObject) -> None:
    index = data.draw(st.integers(0, len(leaves) - 1))
    top = leaves[index]
    for left, other in zip(chain.sides(index, len(leaves)), chain.proof(leaves, index), strict=True):
        top = chain.node(other, top) if left else chain.node(top, other)
    assert top == chain.root_of(leaves)


@given(LEAVES.filter(lambda leaves: len(leaves) > 1), st.data())
def test_a_proof_of_another_leaf_leads_elsewhere(leaves: list[str], data: st.DataObject) -> None:
    index = data.draw(st.integers(0, len(leaves) - 1))
    stranger = hashlib.sha256(b"a stranger, longer than eight bytes").hexdigest()
    found = chain.root_from_proof(stranger, index, len(leaves), chain.proof(leaves, index))
    assert found != chain.root_of(leaves)


def test_a_proof_that_is_cut_short_is_no_proof() -> None:
    leaves = [chain.leaf_of(str(number)) for number in range(5)]
    with pytest.raises(ValueError, match="too short"):
        chain.root_from_proof(leaves[0], 0, 5, [])


@pytest.mark.parametrize("index", [-1, 3])
def test_there_is_no_proof_of_a_leaf_outside_the_tree(index: int) -> None:
    with pytest.raises(IndexError):
        chain.proof([chain.leaf_of(str(number)) for number in range(3)], index)


def test_the_root_of_nothing_is_the_hash_of_nothing() -> None:
    assert chain.root([]) == chain.root_of([]) == hashlib.sha256(b"").hexdigest()


def test_records_are_canonical() -> None:
    text = chain.record({"b": "汤塘", "a": None, "seq": 1})
    assert text == '{"a":null,"b":"汤塘","fmt":1,"seq":1}'
    assert json.loads(text)["fmt"] == chain.FORMAT


def test_leaf_node_and_link_are_hashes_with_different_first_bytes() -> None:
    leaf = chain.leaf_of("x")
    assert leaf == hashlib.sha256(b"\x00x").hexdigest()
    assert chain.link(chain.GENESIS, leaf) == hashlib.sha256(b"\x02" + bytes(32) + bytes.fromhex(leaf)).hexdigest()
    assert len({leaf, chain.link(leaf, leaf), chain.node(leaf, leaf)}) == 3
