"""数量: what is a figure, what it is worth, and what it says of itself."""

from decimal import Decimal

import pytest

from town_portal.proofreading.rules.values.figures import amount, figures, passages, rough_pair, said

WORTH = (
    ("共93件", "93", "件"),
    ("3.5万吨", "35000", "吨"),
    ("三万五千吨", "35000", "吨"),
    ("2万5千亩", "25000", "亩"),
    ("1亿2千万元", "120000000", "元"),
    ("三点五万元", "35000", "元"),
    ("1,200人", "1200", "人"),
    ("三十号人", "30", "号人"),
    ("五百二十三户", "523", "户"),
    ("350余万元", "3500000", "元"),
    ("87.5%", "87.5", "%"),
    ("百分之五点六", "5.6", "%"),
    ("九成", "90", "%"),
    ("三成五", "35", "%"),
    ("四分之三", "75", "%"),
    ("3‰", "0.3", "%"),
    ("2个百分点", "2", "个百分点"),
)
NONE = (
    "2026年5月12日上午9时30分",
    "9:30—11:30",
    "第三届",
    "106国道",
    "0763-4630012",
    "一等奖",
    "十四五规划",
    "〔2025〕12号",
    "https://example.cn/1人",
    "一起、一定、十分",
    "三成功经验",
)
ROUGH = (
    "近200名", "200余人", "约2小时", "2小时左右", "300人以上", "十几个", "上百名", "数百人", "二三百人", "5-8%",
    "3至5天", "大概走访了200户",
)  # fmt: skip
EXACT = ("预约200人", "签约20家", "附近30户", "最近20天", "上下班200人", "超市20家", "60人中")


@pytest.mark.parametrize("text, value, unit", WORTH)
def test_a_figure_has_its_value_and_its_unit(text, value, unit):
    (figure,) = figures(text)
    assert (figure.value, figure.unit) == (Decimal(value), unit)


@pytest.mark.parametrize("text", NONE)
def test_dates_codes_and_turns_of_speech_are_none(text):
    assert figures(text) == ()


@pytest.mark.parametrize("text", ROUGH)
def test_a_hedge_makes_it_rough(text):
    (figure,) = figures(text)
    assert not figure.exact


@pytest.mark.parametrize("text", EXACT)
def test_words_that_only_look_like_a_hedge_do_not(text):
    (figure,) = figures(text)
    assert figure.exact


def test_the_words_around_end_at_marks_and_at_other_figures():
    first, second = figures("其中来电47件、来访的29件，都办了")
    assert (first.lead, first.tail, second.lead, second.tail) == ("其中来电", "", "来访的", "")


def test_measured_figures_add_up_in_their_base_unit():
    metres, kilometres, acres = figures("800米，1.2公里，3亩")
    assert metres.alike(kilometres) and metres.base + kilometres.base == 2000
    assert not metres.alike(acres)


def test_the_word_that_counts_anything_goes_with_any_count_unless_it_names_another_thing():
    people, these, villages = figures("30人，男的18个，3个村")
    assert people.alike(these) and not people.alike(villages)


@pytest.mark.parametrize("words, value", (("三千零五", "3005"), ("十二", "12"), ("两百", "200"), ("二〇二六", "2026")))
def test_amounts(words, value):
    assert amount(words) == Decimal(value)


@pytest.mark.parametrize("words", ("二三", "七八百", "四五十", "三五"))
def test_neighbouring_digits_are_a_rough_pair(words):
    assert rough_pair(words)


@pytest.mark.parametrize("words", ("二百", "二八", "一百二十三", "十二"))
def test_others_are_not(words):
    assert rough_pair(words) is None


def test_values_are_said_as_one_writes_them():
    assert [said(Decimal(value)) for value in ("94", "87.50", "70000", "350000", "12345")] == [
        "94", "87.5", "7万", "35万", "12345",
    ]  # fmt: skip


def test_sentences_end_at_full_stops_and_lines():
    text = "一句；还是。二句！\n三句"
    assert [text[start:end] for start, end in passages(text)] == ["一句；还是。", "二句！", "\n", "三句"]
