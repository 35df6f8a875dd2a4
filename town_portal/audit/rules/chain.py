"""The arithmetic of the trail: canonical record, leaf, chain, Merkle root, proofs.

``leaf = H(00 ‖ record)``, ``digest = H(02 ‖ previous ‖ leaf)``, ``node = H(01 ‖ left ‖ right)``
(the tree of RFC 6962). The chain names the first wrong row; the root lets one item's events be
proved against a published checkpoint without showing anybody else's.
"""

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

FORMAT = 1
GENESIS = "0" * 64
_CANONICAL = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def _hash(prefix: bytes, *parts: bytes) -> str:
    return hashlib.sha256(prefix + b"".join(parts)).hexdigest()


def record(fields: Mapping[str, Any]) -> str:
    """The canonical record of an event: JSON, keys sorted, no spaces, text and integers only."""
    return _CANONICAL.encode({"fmt": FORMAT, **fields})


def leaf_of(text: str) -> str:
    """The leaf hash of a canonical record."""
    return _hash(b"\x00", text.encode())


def link(previous: str, leaf: str) -> str:
    """The digest that chains a leaf to everything before it."""
    return _hash(b"\x02", bytes.fromhex(previous), bytes.fromhex(leaf))


def node(left: str, right: str) -> str:
    """The Merkle node above two nodes."""
    return _hash(b"\x01", bytes.fromhex(left), bytes.fromhex(right))


def grow(frontier: Sequence[str], size: int, leaf: str) -> list[str]:
    """The frontier of a tree of ``size`` leaves after one more leaf.

    The frontier holds the roots of the perfect subtrees, largest first: O(log n) for any size.
    """
    grown = [*frontier, leaf]
    while size & 1:
        right = grown.pop()
        grown[-1] = node(grown[-1], right)
        size >>= 1
    return grown


def root(frontier: Sequence[str]) -> str:
    """The Merkle root of a frontier; the hash of nothing for an empty tree."""
    if not frontier:
        return hashlib.sha256(b"").hexdigest()
    top = frontier[-1]
    for left in reversed(frontier[:-1]):
        top = node(left, top)
    return top


def root_of(leaves: Iterable[str]) -> str:
    """The Merkle root over leaves in order."""
    frontier: list[str] = []
    for size, leaf in enumerate(leaves):
        frontier = grow(frontier, size, leaf)
    return root(frontier)


def proof(leaves: Sequence[str], index: int) -> list[str]:
    """The inclusion proof of one leaf: sibling hashes from the leaf up to the root."""
    if not 0 <= index < len(leaves):
        raise IndexError(index)
    if len(leaves) == 1:
        return []
    split = 1 << (len(leaves) - 1).bit_length() - 1
    if index < split:
        return [*proof(leaves[:split], index), root_of(leaves[split:])]
    return [*proof(leaves[split:], index - split), root_of(leaves[:split])]


def root_from_proof(leaf: str, index: int, size: int, path: Sequence[str]) -> str:
    """The root that an inclusion proof leads to; compare it with the checkpoint's."""
    if size == 1:
        return leaf
    if not path:
        raise ValueError("the proof is too short")
    split = 1 << (size - 1).bit_length() - 1
    if index < split:
        return node(root_from_proof(leaf, index, split, path[:-1]), path[-1])
    return node(path[-1], root_from_proof(leaf, index - split, size - split, path[:-1]))


def sides(index: int, size: int) -> list[bool]:
    """For each step of an inclusion proof, from the leaf up: does the sibling stand on the left?"""
    if size == 1:
        return []
    split = 1 << (size - 1).bit_length() - 1
    if index < split:
        return [*sides(index, split), False]
    return [*sides(index - split, size - split), True]
