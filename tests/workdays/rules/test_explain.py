"""A deadline in words."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.workdays.rules.test_calendar import CASES
from tests.workdays.years import HOURS, shipped_calendar
from town_portal.foundation.clock import instant, local
from town_portal.workdays.rules.explain import (
    Day,
    TimedDay,
    explain,
    explain_hours,
    explain_natural,
    explain_working,
)
from town_portal.workdays.rules.working_time import WorkingTime

CALENDAR = shipped_calendar()
TIME = WorkingTime(CALENDAR, HOURS)
MOMENTS = st.timedeltas(timedelta(), timedelta(days=880)).map(lambda passed: datetime(2025, 1, 1, tzinfo=UTC) + passed)


def at(month: int, day: int, hour: int, minute: int = 0) -> datetime:
    """A moment of 2026 in Shanghai."""
    return instant(date(2026, month, day), time(hour, minute))


def told(days: list[TimedDay]) -> list[tuple[str, str, int, str]]:
    """(day, its pieces, what has been counted, words)."""
    return [
        (
            f"{day.day:%m-%d}",
            " ".join(f"{local(one.begins):%H:%M}-{local(one.ends):%H:%M}={one.minutes}" for one in day.pieces),
            day.total,
            day.words,
        )
        for day in days
    ]


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


@pytest.mark.parametrize(("received", "count", "due"), CASES, ids=str)
def test_the_golden_dates_explained(received: date, count: int, due: date) -> None:
    days = explain(CALENDAR, received, count)
    assert (days[-1].day, days[-1].counted) == (due, count)
    assert [day.day for day in days] == [received + timedelta(number) for number in range(len(days))]
    assert [day.counted for day in days if day.counted] == list(range(1, count + 1))


def test_working_time_over_a_holiday_half_day_by_half_day() -> None:
    assert told(explain_working(TIME, at(9, 30, 16), 390)) == [
        ("09-30", "16:00-17:30=90", 90, ""),
        *((f"10-{day:02}", "", 90, "国庆节放假，不计入") for day in range(1, 8)),
        ("10-08", "08:30-12:00=210 14:30-16:00=90", 390, "到期"),
    ]


def test_working_time_over_a_worked_sunday() -> None:
    assert told(explain_working(TIME, at(9, 18, 20), 60)) == [
        ("09-18", "", 0, "已经下班，不计入"),
        ("09-19", "", 0, "周末，不计入"),
        ("09-20", "08:30-09:30=60", 60, "调休上班，到期"),
    ]


def test_working_time_of_an_unconfirmed_year_says_so() -> None:
    assert explain_working(TIME, instant(date(2026, 12, 31), time(17)), 60)[-1].words.endswith("到期（估算）")


def test_no_working_time_at_all() -> None:
    assert explain_working(TIME, at(9, 18, 20), 0) == []


@given(MOMENTS, st.integers(1, 12_000))
def test_an_explanation_adds_up_and_ends_where_the_arithmetic_does(moment: datetime, minutes: int) -> None:
    days = explain_working(TIME, moment, minutes)
    assert sum(piece.minutes for day in days for piece in day.pieces) == sum(day.minutes for day in days) == minutes
    assert days[-1].total == minutes
    assert days[-1].pieces[-1].ends == TIME.add(moment, minutes)
    assert all(TIME.between(day.pieces[0].begins, day.pieces[-1].ends) - day.minutes in (-1, 0, 1)
               for day in days if day.pieces)  # fmt: skip
    assert [day.day for day in days] == [days[0].day + timedelta(number) for number in range(len(days))]
    assert all(not day.pieces for day in days if not CALENDAR.is_workday(day.day))


@given(MOMENTS, st.integers(1, 200))
def test_hours_of_the_clock_add_up(moment: datetime, hours: int) -> None:
    days = explain_hours(CALENDAR, moment, hours)
    assert sum(day.minutes for day in days) == days[-1].total == hours * 60
    assert days[0].pieces[0].begins == moment
    assert days[-1].pieces[-1].ends == moment + timedelta(hours=hours)


def test_natural_days_are_named() -> None:
    days = explain_natural(CALENDAR, date(2026, 9, 30), 3, "事件当天，第 0 天")
    assert [day.words for day in days] == [
        "事件当天，第 0 天",
        "国庆节放假，第 1 天",
        "国庆节放假，第 2 天",
        "国庆节放假，第 3 天，到期",
    ]


@given(MOMENTS, st.integers(1, 40))
def test_natural_days_that_give_way_end_where_the_arithmetic_does(moment: datetime, count: int) -> None:
    days = explain_natural(CALENDAR, local(moment).date(), count, give_way=True)
    assert days[-1].day == local(TIME.close_of_day(moment, count)).date()
    assert [day.day for day in days] == [days[0].day + timedelta(number) for number in range(len(days))]
    assert max(day.counted or 0 for day in days) == count


def test_a_last_day_off_gives_way() -> None:
    days = explain_natural(CALENDAR, date(2026, 9, 11), 1, give_way=True)
    assert [day.words for day in days] == [
        "起算当天，不计入",
        "周末，第 1 天，不上班，顺延",
        "周末，不计入",
        "放假后第一个上班日，到期",
    ]
