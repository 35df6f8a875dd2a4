"""A proof that anybody can check with what every computer has."""

import subprocess
import sys

import pytest

from town_portal.audit.rules import chain
from town_portal.audit.rules.proof_sheet import proof_sheet

RECORDS = [chain.record({"seq": number, "words": "it's “汤塘” $HOME `x` \\"}) for number in range(1, 8)]
LEAVES = [chain.leaf_of(record) for record in RECORDS]


def run(command: str) -> str:
    """What a shell prints for a command."""
    shown = command.replace("python3", sys.executable, 1)
    return subprocess.run(["bash", "-c", shown], capture_output=True, text=True, check=True).stdout.split()[0]


@pytest.mark.parametrize("index", range(len(RECORDS)))
def test_the_commands_on_the_sheet_compute_leaf_and_root(index: int) -> None:
    path = chain.proof(LEAVES, index)
    sheet = proof_sheet(RECORDS[index], LEAVES[index], index, len(LEAVES), chain.root_of(LEAVES), path)
    assert run(sheet.leaf_command) == LEAVES[index]
    assert run(sheet.root_command) == sheet.root == chain.root_of(LEAVES)
    assert [step[2:] for step in sheet.steps] == path


def test_a_path_of_the_wrong_length_is_no_proof() -> None:
    with pytest.raises(ValueError):
        proof_sheet(RECORDS[0], LEAVES[0], 0, len(LEAVES), chain.root_of(LEAVES), [])
