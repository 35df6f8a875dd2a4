"""The fifth practice lines: informants, forces, what stays inside, ID numbers of fifteen digits.

Both files are by the writer of the checks; neither was held out.
"""

import json
from pathlib import Path
from typing import Any

import pytest

from tests.proofreading.say import LEXICON
from town_portal.proofreading.batch import writing_of
from town_portal.proofreading.rules.engine import proofread

COLLECTION = Path(__file__).with_name("collection")
OPEN = [json.loads(line) for line in (COLLECTION / "practice_fifth.jsonl").read_text(encoding="utf-8").splitlines()]


@pytest.mark.parametrize("line", OPEN, ids=lambda line: line["id"])
def test_a_line_is_judged_as_labelled(line: dict[str, Any]):
    found = proofread(writing_of(line["text"], line.get("ctx") or {}), LEXICON)
    blocks = [one for one in found if one.blocks]
    assert bool(found) == bool(line["issues"])
    for issue in line["issues"]:
        start, end = issue["span"]
        assert any(one.family == issue["category"] and one.start < end and start < one.end for one in blocks)
