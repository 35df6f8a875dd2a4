"""前后一致, known facts taken up again: ages, lengths, terms, places to come to, names of firms."""

import pytest

from tests.proofreading.articles import ARTICLES
from tests.proofreading.say import found
from town_portal.proofreading.rules.checks.agreement_of_facts import check

BAD = (
    ("本次体检共安排三天，地点设在镇卫生院。请应征青年空腹前往四九小学参加体检。", "四九小学"),
    ("培训班设在镇党校。参训人员请于当日8时到镇文化站报到。", "镇文化站"),
    ("今年78岁的老党员罗伯守着村口的水文标尺。汛期一到，这位七十六岁的老人每天要看三回水位。", "七十六岁"),
    ("从教三十八年的黄老师站在讲台上。三十六年的教龄，让他看过一茬又一茬学生。", "三十六年"),
    ("签约方粤禾农业带来了技术，也带来了销路。“保底价收购，粤和农业说到做到。”村支书说。", "粤和农业"),
    ("协议由村委会与绿丰合作社签订，绿峰合作社负责包销。", "绿峰合作社"),
    ("项目于3月动工，工期90天。按120天的工期倒排，施工队不敢歇。", "120天"),
    ("这座桥长42米，宽5米。站在45米长的桥上，能望见整个村庄。", "45米"),
)
GOOD = (
    "本次体检共安排三天，地点设在镇卫生院。请应征青年空腹前往镇卫生院参加体检。",
    "今年78岁的老党员罗伯守着水文标尺，他的老伴今年七十六岁。",
    "从教三十八年的黄老师站在讲台上。三十八年的教龄，让他看过一茬又一茬学生。",
    "协议由村委会与绿丰合作社签订，恒源合作社负责包销。",
    "项目于3月动工，工期90天。另一项目工期120天。",
    "这座桥长42米，宽5米。村道长45米。",
    *(text for text, _ in ARTICLES),
)


@pytest.mark.parametrize("text, words", BAD)
def test_a_fact_comes_back_with_another_value(text, words):
    assert ("inconsistent", words) in found(check, text)


@pytest.mark.parametrize("text", GOOD)
def test_the_same_fact_or_another_thing(text):
    assert found(check, text) == []


@pytest.mark.parametrize("sign", ["岁", "七十岁", "9米长的", "合作社", "工期90天", "到镇政府", "。", "，", "\n"])
def test_hostile_text_does_not_hang(sign):
    text = (sign * 20_000)[:20_000] + "？"
    assert len(found(check, text)) <= len(text)
