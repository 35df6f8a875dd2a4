"""An inclusion proof as people can check it: with any computer, without this software."""

import shlex
from dataclasses import dataclass

from town_portal.audit.rules import chain

_CLIMB = """import hashlib, sys
top = sys.argv[1]
for step in sys.argv[2:]:
    side, other = step.split(":")
    pair = other + top if side == "L" else top + other
    top = hashlib.sha256(bytes.fromhex("01" + pair)).hexdigest()
print(top)"""


@dataclass(frozen=True, slots=True)
class ProofSheet:
    """That one event stands in the trail of ``size`` events with this root."""

    size: int
    root: str
    leaf: str
    record: str
    steps: tuple[str, ...]
    """From the leaf to the root: ``L:hash`` when the sibling stands left, ``R:hash`` when right."""

    @property
    def leaf_command(self) -> str:
        """Computes the leaf from the record."""
        return f"(printf '\\000'; printf %s {shlex.quote(self.record)}) | sha256sum"

    @property
    def root_command(self) -> str:
        """Computes the root from the leaf."""
        return " ".join(("python3 -c", shlex.quote(_CLIMB), self.leaf, *self.steps))


def proof_sheet(record: str, leaf: str, index: int, size: int, root: str, path: list[str]) -> ProofSheet:
    """The sheet of one event: its record and leaf, its place (from 0) among so many, and its proof."""
    sides = chain.sides(index, size)
    steps = tuple(f"{'L' if left else 'R'}:{other}" for left, other in zip(sides, path, strict=True))
    return ProofSheet(size, root, leaf, record, steps)
