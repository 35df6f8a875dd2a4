import pytest

from tests.proofreading.say import LEXICON
from town_portal.proofreading.rules.values.full_names import full_names

NOT_NAMES = LEXICON.own_names | {term.words for term in LEXICON.of("not_names")}


def names(text):
    return [found.name for found in full_names(text, 0, len(text), NOT_NAMES)]


@pytest.mark.parametrize(
    "text, expected",
    [
        ("村民李秀珍说", ["李秀珍"]),
        ("李秀珍、陈树根和温国强来了", ["李秀珍", "陈树根", "温国强"]),
        ("患病的李明，今年五十岁", ["李明"]),
        ("欧阳志明患病", ["欧阳志明"]),
        ("户主：邝水生", ["邝水生"]),
    ],
)
def test_full_names(text, expected):
    assert names(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "李大爷", "陈女士说", "温某强", "张老师来了", "钟主任要求", "高血压患者", "金融机构", "方案要求", "石门村", "向群众讲解",
        "许多村民", "余元", "成立专班", "严重疾病", "温泉水质", "王医生", "36万只", "李*珍",
    ],
)  # fmt: skip
def test_courtesies_masks_and_words_are_no_names(text):
    assert names(text) == []


def test_other_words_are_kept_out():
    text = "留守儿童陈思雨"
    assert [found.name for found in full_names(text, 0, len(text), (), [(0, 4)])] == ["陈思雨"]
