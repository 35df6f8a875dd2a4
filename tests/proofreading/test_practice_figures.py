"""The practice lines about figures and dates: sound ones stay silent, most of the seeded errors are found.

The lines stand in ``collection/practice_figures*.jsonl``, in the format of the batch command, with what is
wrong in them. What is asked of every family is the floor below which it would be of little use.
"""

import json
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from tests.proofreading.say import LEXICON
from town_portal.proofreading.batch import writing_of
from town_portal.proofreading.rules.engine import proofread
from town_portal.proofreading.rules.finding import Family, Finding

COLLECTION = Path(__file__).with_name("collection")
FLOOR = 0.75
FAMILIES = frozenset(
    Family(name)
    for name in (
        "unit_scale inconsistent arith_percent arith_sum stale_ref date_order date_relative date_impossible "
        "date_weekday date_lunar num_format approx_conflict near_dup title_format"
    ).split()
)


def _lines(name: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (COLLECTION / name).read_text(encoding="utf-8").splitlines()]


def _found(line: dict[str, Any]) -> list[Finding]:
    found = proofread(writing_of(line["text"], line.get("ctx") or {}), LEXICON)
    return [one for one in found if one.family in FAMILIES]


@pytest.mark.parametrize("name", ["practice_figures.jsonl", "practice_figures_2.jsonl", "practice_figures_3.jsonl"])
def test_sound_lines_are_left_alone(name: str):
    loud = {
        line["text"]: [line["text"][one.start : one.end] for one in found]
        for line in _lines(name)
        if line["kind"] == "clean" and (found := _found(line))
    }
    assert not loud, loud


@pytest.mark.parametrize("name", ["practice_figures.jsonl", "practice_figures_2.jsonl", "practice_figures_3.jsonl"])
def test_most_seeded_errors_are_found(name: str):
    seeded: Counter[str] = Counter()
    hit: Counter[str] = Counter()
    for line in _lines(name):
        for issue in line["issues"]:
            if issue["category"] in FAMILIES:
                spans = [issue["span"], *issue.get("alt", [])]
                seeded[issue["category"]] += 1
                hit[issue["category"]] += any(
                    one.family == issue["category"] and one.start < end and start < one.end
                    for one in _found(line)
                    for start, end in spans
                )
    assert all(hit[family] >= FLOOR * many for family, many in seeded.items()), (hit, seeded)
    assert hit.total() >= 0.9 * seeded.total()
