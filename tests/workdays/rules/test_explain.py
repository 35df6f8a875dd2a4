"""A deadline in words."""

from datetime import date

from tests.workdays.years import shipped_calendar
from town_portal.workdays.rules.explain import Day, explain

CALENDAR = shipped_calendar()


def test_the_days_of_a_limit_over_a_holiday() -> None:
    assert explain(CALENDAR, date(2026, 9, 30), 3) == [
        Day(date(2026, 9, 30), None, "起算当天，不计入"),
        *(Day(date(2026, 10, day), None, "国庆节放假，不计入") for day in range(1, 8)),
        Day(date(2026, 10, 8), 1, "第 1 个工作日"),
        Day(date(2026, 10, 9), 2, "第 2 个工作日"),
        Day(date(2026, 10, 10), 3, "调休上班，第 3 个工作日，到期"),
    ]


def test_a_weekend_is_named() -> None:
    days = explain(CALENDAR, date(2026, 3, 6), 1)
    assert [day.words for day in days[1:]] == ["周末，不计入", "周末，不计入", "第 1 个工作日，到期"]


def test_no_days_at_all() -> None:
    assert explain(CALENDAR, date(2026, 3, 6), 0) == [Day(date(2026, 3, 6), None, "起算当天，不计入")]


def test_days_of_an_unconfirmed_year_say_so() -> None:
    days = explain(CALENDAR, date(2026, 12, 31), 1)
    assert days[-1].words == "第 1 个工作日，到期（估算）"


def test_it_ends_where_the_calendar_says() -> None:
    assert explain(CALENDAR, date(2026, 2, 13), 20)[-1].day == CALENDAR.add(date(2026, 2, 13), 20)
