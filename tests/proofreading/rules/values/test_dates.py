from datetime import date

import pytest

from town_portal.proofreading.rules.values import dates
from town_portal.proofreading.rules.values.dates import Bond, Origin, bond, number, read
from town_portal.proofreading.rules.writing import Writing

DAY = date(2026, 5, 20)


def calendar(text, day=DAY, title=""):
    return read(Writing(text, day, title))


@pytest.mark.parametrize("words, value", [
    ("12", 12), ("十", 10), ("十二", 12), ("二十", 20), ("三十一", 31), ("廿三", 23), ("卅一", 31), ("二〇二六", 2026),
    ("二零二六", 2026), ("七", 7), ("一二", None), ("二三十", None),
])  # fmt: skip
def test_numerals(words, value):
    assert number(words) == value


@pytest.mark.parametrize("text, day", [
    ("2026年5月12日", (2026, 5, 12)),
    ("2026 年 5 月 12 日", (2026, 5, 12)),
    ("2026-5-12", (2026, 5, 12)),
    ("2026/05/12", (2026, 5, 12)),
    ("2026.5.12", (2026, 5, 12)),
    ("二〇二六年五月十二日", (2026, 5, 12)),
    ("26年5月12日", (2026, 5, 12)),
    ("五月十二号", (2026, 5, 12)),
    ("5月的12日", (2026, 5, 12)),
    ("去年5月12日", (2025, 5, 12)),
    ("明年3月1日", (2027, 3, 1)),
    ("本月8日", (2026, 5, 8)),
    ("上月28日", (2026, 4, 28)),
    ("下个月3号", (2026, 6, 3)),
    ("5.12（周二）", (2026, 5, 12)),
    ("12日（星期二）", (2026, 5, 12)),
])  # fmt: skip
def test_a_day_in_every_form(text, day):
    assert calendar(text).dates[0].days[0] == date(*day)


@pytest.mark.parametrize("text", [
    "投入3.12亿元", "第12号文件", "106国道12号", "3日内办结", "为期12日", "15月龄", "2013级学生", "版本2.13.45", "电话0763-4630012",
    "3号线", "休息5日", "13个月", "每月25日", "12日本游客",
])  # fmt: skip
def test_what_is_no_date(text):
    assert not [one for one in calendar(text).dates if one.is_day]


def test_the_year_is_the_nearest_to_the_day_of_publishing():
    assert calendar("12月25日", date(2026, 1, 3)).dates[0].days[0] == date(2025, 12, 25)
    assert calendar("1月5日", date(2025, 12, 28)).dates[0].days[0] == date(2026, 1, 5)


def test_a_year_is_carried_and_other_readings_are_kept():
    first, second = calendar("2025年，全镇忙。5月12日，开会。").dates
    assert first.year == 2025
    assert second.origin is Origin.CARRIED
    assert second.days == (date(2025, 5, 12), date(2026, 5, 12))


def test_without_a_day_of_publishing_the_year_stays_open():
    one = calendar("5月12日", None).dates[0]
    assert (one.month, one.day, one.year, one.days) == (5, 12, None, ())


def test_ranges_carry_month_and_year_and_may_turn_the_year():
    period = calendar("2026年12月30日（周三）上午至1月2日").ranges[0]
    assert period.last.days == (date(2026, 1, 2), date(2027, 1, 2))
    assert calendar("5月12-15日").ranges[0].last.days == (date(2026, 5, 15),)
    assert calendar("11月至次年3月").ranges[0].last.year_words == "次年"


@pytest.mark.parametrize("text, minutes", [
    ("9时30分", 570), ("下午3点半", 930), ("14:30", 870), ("晚上8点", 1200), ("九点一刻", 555), ("中午12时", 720), ("凌晨12点", 0),
    ("晚上12点", 1440), ("中午1点", 780),
])  # fmt: skip
def test_times_of_day(text, minutes):
    assert calendar(text).times[0].minutes == minutes


def test_weekdays_and_their_weeks():
    assert [(one.days, one.week) for one in calendar("周三、上周五、下个星期天、周末").weekdays] == [
        ((2,), None), ((4,), -1), ((6,), 1), ((5, 6), None),
    ]  # fmt: skip
    assert not calendar("一周三次，每周五，每周二、周四").weekdays


def test_relative_days():
    assert [one.offset for one in calendar("大前天、前日、昨晚、今早、明日、后天、大后天").relatives] == [
        -3,
        -2,
        -1,
        0,
        1,
        2,
        3,
    ]
    assert not calendar("日前，节前天气转晴，今后天晴，雨后天晴").relatives


@pytest.mark.parametrize("text, day", [
    ("农历五月初五", (5, 5)), ("正月十五", (1, 15)), ("大年初二", (1, 2)), ("腊月廿三", (12, 23)), ("农历8月15日", (8, 15)),
])  # fmt: skip
def test_lunar_dates(text, day):
    one = calendar(text).lunars[0]
    assert (one.month, one.day) == day
    assert not calendar(text).dates


def test_a_circled_number_is_no_figure_of_a_date():
    assert calendar("①5月12日").dates[0].month == 5


@pytest.mark.parametrize("text, strength", [
    ("5月12日（星期二）", Bond.BRACKET),
    ("5月12日正好是星期二", Bond.VERB),
    ("5月12日上午9时星期二", Bond.NEXT),
    ("5月12日，星期二，", Bond.COMMA),
    ("5月12日开会，星期二", None),
    ("5月12日，星期二夜校", None),
    ("（5月12日），星期二", None),
])  # fmt: skip
def test_how_strongly_two_mentions_are_bound(text, strength):
    known = calendar(text)
    assert bond(known, known.dates[0], known.weekdays[0]) == strength


def test_words_in_quotation_marks():
    text = "他说：“今天（5月12日）真好。”今天"
    assert dates.quoted(text, 5)
    assert not dates.quoted(text, len(text) - 2)
