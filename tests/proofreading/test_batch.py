"""The batch command's work."""

import json

from tests.proofreading.say import LEXICON
from town_portal.proofreading.batch import proofread_lines, writing_of

LINE = {
    "id": "V1",
    "text": "全镇\u200b共受理93件，其中来电47件、来访29件、留言18件。",
    "ctx": {"publish_date": "2026-03-05"},
}


def test_lines_in_findings_out_with_offsets_of_the_given_text() -> None:
    answers = [
        json.loads(line) for line in proofread_lines([json.dumps(LINE), "", json.dumps({"id": 2, "text": ""})], LEXICON)
    ]
    assert [answer["id"] for answer in answers] == ["V1", 2]
    found = {issue["category"]: issue for issue in answers[0]["issues"]}
    start, end = found["hidden_junk"]["span"]
    assert LINE["text"][start:end] == "\u200b"  # type: ignore[index]
    start, end = found["arith_sum"]["span"]
    assert "93" in LINE["text"][start:end]  # type: ignore[index]
    assert found["arith_sum"]["severity"] == "warn"
    assert answers[1]["issues"] == []


def test_what_a_line_says_about_its_text() -> None:
    writing = writing_of(
        "标题", {"field": "title", "publish_date": "2026-03-05", "prior": ["旧"], "halfwidth_source": True}
    )
    assert (writing.is_title, str(writing.day), writing.prior, writing.halfwidth_source) == (
        True,
        "2026-03-05",
        ("旧",),
        True,
    )
    assert writing_of("x", {}).day is None
