"""The practice lines about words: every sound one is left alone, most of the seeded errors are found.

They stand in ``collection/practice_words_3.jsonl``, in the format of the batch command.
"""

import json
from pathlib import Path
from typing import Any

from tests.proofreading.say import LEXICON
from town_portal.proofreading.batch import writing_of
from town_portal.proofreading.rules.engine import proofread

LINES = Path(__file__).with_name("collection") / "practice_words_3.jsonl"
FLOOR = 0.75


def _lines(kind: str) -> list[dict[str, Any]]:
    lines = [json.loads(line) for line in LINES.read_text(encoding="utf-8").splitlines()]
    return [line for line in lines if line["kind"] == kind]


def test_sound_lines_are_left_alone():
    loud = {
        line["text"]: found for line in _lines("clean") if (found := proofread(writing_of(line["text"], {}), LEXICON))
    }
    assert loud == {}


def test_most_seeded_errors_are_found():
    hit = [
        any(
            one.family.value == issue["category"] and one.start < issue["span"][1] and issue["span"][0] < one.end
            for one in proofread(writing_of(line["text"], {}), LEXICON)
        )
        for line in _lines("error")
        for issue in line["issues"]
    ]
    assert sum(hit) >= FLOOR * len(hit)
