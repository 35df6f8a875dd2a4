"""The fourth practice lines: personal data in disguise, secret marks, facts told twice, scenes, words half lost.

They stand in ``collection/practice_fourth.jsonl``, in the format of the batch command; beside them the lines of
``practice_third.jsonl`` that are sound, or hold personal data or secret marks.
"""

import json
from pathlib import Path
from typing import Any

import pytest

from tests.proofreading.say import LEXICON
from town_portal.proofreading.batch import writing_of
from town_portal.proofreading.rules.engine import proofread
from town_portal.proofreading.rules.finding import NEVER_OVERRIDDEN, Finding

COLLECTION = Path(__file__).with_name("collection")
FLOOR = 0.85


def _lines(name: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (COLLECTION / name).read_text(encoding="utf-8").splitlines()]


def _found(line: dict[str, Any]) -> list[Finding]:
    return proofread(writing_of(line["text"], line.get("ctx") or {}), LEXICON)


def _is_found(line: dict[str, Any], issue: dict[str, Any]) -> bool:
    start, end = issue["span"]
    return any(one.family == issue["category"] and one.start < end and start < one.end for one in _found(line))


@pytest.mark.parametrize("name", ["practice_third.jsonl", "practice_fourth.jsonl"])
def test_sound_lines_are_left_alone(name: str):
    loud = {line["id"]: found for line in _lines(name) if line["kind"] == "clean" and (found := _found(line))}
    assert loud == {}


def test_personal_data_and_secret_marks_are_all_found():
    sacred = {family.value for family in NEVER_OVERRIDDEN}
    missed = [
        line["id"]
        for line in _lines("practice_third.jsonl")
        for issue in line["issues"]
        if issue["category"] in sacred and not _is_found(line, issue)
    ]
    assert missed == []


def test_most_seeded_errors_are_found():
    hit = [_is_found(line, issue) for line in _lines("practice_fourth.jsonl") for issue in line["issues"]]
    assert sum(hit) >= FLOOR * len(hit)
