"""Settings in words."""

import pytest

from town_portal.settings.rules.catalogue import CATALOGUE, Key
from town_portal.settings.rules.words import Change, Line, changes, evidence, texts, words


def test_an_amount_stands_with_its_unit() -> None:
    key = CATALOGUE["step_limits"]
    lines = words(key, key.default)
    assert lines[0] == Line("普通 · 一审一校", "1 个工作日")
    assert lines[-1].text == "2 个工作小时"
    assert len(lines) == len([field for field in key.fields if not field.optional]) / 2


def test_what_was_left_empty_has_no_line_and_no_text() -> None:
    key = CATALOGUE["step_limits"]
    three = {"routes": {"three_reviewers": {"correction": {"urgent": {"revise": {"amount": 3, "unit": "hour"}}}}}}
    label = "部门负责人 → 分管领导 → 主要领导 · 更正稿：绿色通道 · 修改重报"
    assert words(key, {**key.default, **three})[-1] == Line(label, "3 小时（不分节假日）")
    assert changes(key, key.default, {**key.default, **three})[-1] == Change(label, "不另定", "3 小时（不分节假日）")
    assert len(changes(key, key.default, key.default)) == len(words(key, key.default))
    assert texts(key, {**key.default, **three})["routes.three_reviewers.correction.urgent.revise.amount"] == "3"
    assert "routes.three_reviewers.item.urgent.revise.amount" not in texts(key, key.default)


def test_choices_and_lines_are_spelt_out() -> None:
    assert words(CATALOGUE["golden_days"], {"days": 5, "count": "working"}) == [
        Line("天数", "5"),
        Line("按什么算", "工作日"),
    ]
    assert words(CATALOGUE["return_reasons"], {"reasons": ["甲", "乙"]}) == [Line("理由", "甲；乙")]


def test_an_old_value_with_other_parts_can_still_be_read() -> None:
    assert words(CATALOGUE["golden_days"], {"days": 5, "count": "lunar"}) == [
        Line("天数", "5"),
        Line("按什么算", "lunar"),
    ]
    assert words(CATALOGUE["golden_days"], {})[0] == Line("天数", "未设")


def test_what_changes() -> None:
    found = changes(CATALOGUE["golden_days"], {"days": 3, "count": "natural"}, {"days": 5, "count": "natural"})
    assert found == [Change("天数", "3", "5"), Change("按什么算", "自然日", "自然日")]
    assert [change.differs for change in found] == [True, False]


def test_texts_for_a_form() -> None:
    assert texts(CATALOGUE["return_reasons"], {"reasons": ["甲", "乙"]}) == {"reasons": "甲\n乙"}
    assert texts(CATALOGUE["golden_days"], {"days": 3, "count": "natural"}) == {"days": "3", "count": "natural"}


@pytest.mark.parametrize("key", CATALOGUE.values(), ids=CATALOGUE)
def test_every_key_says_what_its_default_rests_on(key: Key) -> None:
    lines = evidence(key)
    assert lines
    assert not any("[" in line.text for line in lines)


def test_evidence_is_named_by_its_kind() -> None:
    assert evidence(CATALOGUE["golden_days"])[1] == Line("推定", "默认 3 个自然日")
    assert evidence(CATALOGUE["sessions"])[0] == Line("", "GB/T 22239 身份鉴别")
