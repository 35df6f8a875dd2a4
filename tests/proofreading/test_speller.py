"""The language-model speller, with the real model where set-up brought it."""

from pathlib import Path

import pytest

from tests.proofreading.say import LEXICON, found, silent
from town_portal.proofreading.language_model import MODEL
from town_portal.proofreading.speller import Speller, open_speller


@pytest.fixture(scope="module")
def speller() -> Speller:
    """The speller on the model of an input method."""
    opened = open_speller(MODEL)
    if opened is None:
        pytest.skip("set-up could bring neither kenlm nor its model to this machine")
    return opened


WRONG = [
    ("要把学习成果转化为推功工作的具体举措。", "wrong_char", "推功"),
    ("各村要加强秸杆禁烧的宣传教育。", "wrong_char", "秸杆"),
    ("受台风影像，我镇出现强降雨。", "word_confusion", "影像"),
    ("当前防汛形式严峻。", "word_confusion", "形式"),
    ("会议强调，要认真贯落实县委决策部署。", "omission", "贯"),
    ("镇新时代文明践所组织志愿者开展活动。", "omission", "新时代文明践所"),
    ("把各项措施落到处。", "omission", "落到处"),
    ("技术人员深入间地头开展指导。", "omission", "深入间地头"),
]
CLEAN = [
    "今天上午，洛洞村联合镇农业农村办公室在村文化室开展农技培训，服务农户68户，发放技术手册120册。",
    "湴江村、脉塘村、暖坑村干部到潖江沿线巡河。",
    "镇党委书记黎文澍，镇党委副书记、镇长钟启桓参加活动。",
    "种植大户老朱和邓锦荣、罗诗琪一起来到水圳边，钟伯在一旁择菜。",
    "起大锅，煮了三百碗汤圆，抢险队用油锯清障。",
    "农家书屋里坐满了人，便民服务中心里有人值班。",
    "党员按时交纳党费，方案由镇政府制订。",
    "巡逻队沿潖江骑行，村里的路灯装好了，荷塘边的秋枫也修剪了。秋枫树下，老人乘凉。",
]


@pytest.mark.parametrize(("text", "family", "wrong"), WRONG)
def test_a_slip_is_found(speller: Speller, text: str, family: str, wrong: str) -> None:
    assert (family, wrong) in found(speller.check, text)


@pytest.mark.parametrize("text", CLEAN)
def test_clean_sentences_and_the_towns_names_stay_silent(speller: Speller, text: str) -> None:
    silent(speller.check, [text])


def test_there_is_none_without_a_model() -> None:
    assert open_speller(Path("nowhere.lm")) is None
    assert LEXICON.own_names
