"""Counts, days and people of a text."""

import pytest

from town_portal.proofreading.rules.values.facts import chinese_number, clause_at, counts, days, people


@pytest.mark.parametrize(
    "words, value",
    [("十", 10), ("十二", 12), ("二十五", 25), ("一百二十", 120), ("一百零三", 103), ("两千", 2000), ("三四", None)],
)
def test_chinese_numbers(words, value):
    assert chinese_number(words) == value


@pytest.mark.parametrize(
    "text, low, high, unit",
    [
        ("8支队伍", 8, 8, "支"),
        ("八支队伍", 8, 8, "支"),
        ("一百二十名群众", 120, 120, "名"),
        ("60余名志愿者", 60, 90, "名"),
        ("近100人", 80, 100, "人"),
        ("约50户", 40, 60, "户"),
        ("3.5万元", 35_000, 35_000, "元"),
        ("1,200棵", 1200, 1200, "棵"),
        ("100多名", 100, 150, "名"),
    ],
)
def test_counts(text, low, high, unit):
    (count,) = counts(text)
    assert (count.low, count.high, count.unit) == (low, high, unit)


@pytest.mark.parametrize("text", ["一个村", "第3届", "一位老人", "零件", "没有数目"])
def test_no_counts(text):
    assert counts(text) == []


def test_days_in_figures_and_characters():
    found = days("2026年3月12日、三月十二日、二〇二六年五月一日")
    assert [(day.year, day.month, day.day) for day in found] == [(2026, 3, 12), (None, 3, 12), (2026, 5, 1)]


def test_people_where_a_role_or_a_verb_shows_them():
    found = people("村民李晓梅说，路通了。志愿者陈伟明参加活动。王志强表示感谢。")
    assert [person.name for person in found] == ["李晓梅", "陈伟明", "王志强"]


def test_a_clause_goes_from_mark_to_mark():
    text = "昨天，8支队伍参赛，很热闹。"
    assert clause_at(text, 3, 5) == "8支队伍参赛"
