"""前后一致, what an item is about: what is said, and what is left alone."""

import pytest

from tests.proofreading.articles import ARTICLES
from tests.proofreading.say import found
from town_portal.proofreading.rules.checks.agreement_of_subjects import check

BAD = (
    ("近日，镇农业农村办公室组织挖机对烟岭河进行清淤疏浚，河道行洪能力明显提升。", "四九河清淤疏浚", "烟岭河"),
    (
        "3月5日，镇农业农村办公室邀请专家到菱塘村，为果农讲授荔枝种植技术，现场示范修剪。",
        "汤塘镇开展砂糖橘种植技术培训",
        "荔枝",
    ),
    (
        "6月12日，镇应急管理办公室在汤塘中心小学组织开展地震应急疏散演练，全校师生有序撤离。",
        "汤塘镇开展消防演练",
        "地震",
    ),
    ("5月6日，县林业局专家到汤塘镇田间地头指导病虫害防治。", "县农业农村局专家到汤塘镇指导", "县林业局"),
    ("近日，田心村新建的健身公园正式投入使用，村民有了休闲好去处。", "田心村文化广场启用", "健身公园"),
    ("近日，镇妇联走进敬老院，与老人共度重阳。", "汤塘镇开展中秋慰问", "重阳"),
    ("拔河绳一拉，队员们齐喊加油，龙舟赛引来喝彩。", "羽毛球赛开打", "龙舟赛"),
)

GOOD = (
    ("3月5日，专家到菱塘村讲授沙糖桔修剪。", "汤塘镇开展砂糖橘培训"),
    ("荔枝、龙眼齐上市。", "荔枝龙眼上市"),
    ("师生练习灭火器使用和防震避险。", "学校开展消防演练"),
    ("县林业局、县农业农村局专家到场。", "县农业农村局专家到汤塘镇"),
    ("县农业和农村局更名后，县林业局到访。", "县农业农村局调研"),
    ("巡河员沿烟岭河、四九河巡查。", "四九河巡河忙"),
    ("火龙果采摘正忙。", "火龙果熟了"),
    ("端午将至，村民包粽子。中秋再聚。", "端午"),
    *ARTICLES,
)


@pytest.mark.parametrize("text, title, words", BAD)
def test_two_tellings_of_one_fact(text, title, words):
    assert ("inconsistent", words) in found(check, text, title=title)


@pytest.mark.parametrize("text, title", GOOD)
def test_two_facts(text, title):
    assert found(check, text, title=title) == []


@pytest.mark.parametrize(
    "sign", ["“", "（", "。", "、", "一", "《甲》、", "8支队伍", "6月8日", "9时开始", "村民李小明说：“", "\n"]
)
def test_hostile_text_does_not_hang(sign):
    text = (sign * 20_000)[:20_000] + "？"
    assert len(found(check, text, title="8支队伍", prior=(text,))) <= len(text)
