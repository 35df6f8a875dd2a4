"""Words that allow, demand, forbid or limit."""

import pytest

from town_portal.proofreading.rules.values.conditions import conditions


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("年满60周岁的本村户籍老人可以申请。", ["年满", "本村户籍", "可以"]),
        ("申请人不得重复申领，金额不超过5000元。", ["不得", "不超过"]),
        ("10月15日之前必须办理，逾期不予受理。", ["之前", "必须", "不予"]),
        ("村民在文化室跳广场舞。", []),
    ],
)
def test_conditions_are_found_in_order(text: str, words: list[str]) -> None:
    found = list(conditions(text))
    assert [one.words for one in found] == words
    assert [text[one.start : one.end] for one in found] == words
