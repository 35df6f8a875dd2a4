import pytest

from tests.proofreading.say import LEXICON
from town_portal.proofreading.rules.values.sensitive_facts import PRIVATE_FACTS, sensitive_facts

TERMS = LEXICON.of(PRIVATE_FACTS)


@pytest.mark.parametrize(
    "text, expected",
    [
        ("尿毒症患者", [("illness", "尿毒症患者")]),
        ("身患胃癌", [("illness", "身患胃癌")]),
        ("肢体二级残疾", [("illness", "肢体二级残疾")]),
        ("今年12岁", [("child", "12岁")]),
        ("小学五年级2班", [("child", "小学五年级2班")]),
        ("社区矫正对象", [("offender", "社区矫正对象")]),
        ("遭丈夫家暴", [("victim", "遭丈夫家暴")]),
        ("欠下8万元外债", [("hardship", "欠下8万元")]),
        ("家住新塘村下屋组12号", [("home", "家住新塘村下屋组12号")]),
        ("新塘村下屋组12号", [("address", "新塘村下屋组12号")]),
    ],
)
def test_facts(text, expected):
    assert [(fact.kind.value, text[fact.start : fact.end]) for fact in sensitive_facts(text, TERMS)] == expected


@pytest.mark.parametrize(
    "text",
    [
        "68岁",
        "12岁以上",
        "糖尿病防治知识",
        "残疾人联合会",
        "社区矫正工作",
        "低保户12户",
        "家住新塘村",
        "大学一年级",
        "108岁",
        "集中风险",
        "当前科技",
    ],
)
def test_matters_are_no_facts(text):
    assert sensitive_facts(text, TERMS) == []
