"""Which days are worked: golden dates, two independent sources, and laws of counting."""

from datetime import date, timedelta

import holidays
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.workdays.years import SHIPPED, shipped_calendar
from town_portal.workdays.rules.calendar import Calendar

CALENDAR = shipped_calendar()
DAYS = st.dates(date(2024, 1, 1), date(2028, 12, 31))

# 《条例》第三十三条: the days after receipt, counted by hand against the notices of 2025 and 2026.
GOLDEN = [
    (date(2025, 9, 15), {1: (9, 16), 3: (9, 18), 7: (9, 24), 15: (10, 11)}, date(2025, 10, 17), date(2025, 11, 14)),
    (date(2025, 12, 31), {1: (1, 4), 3: (1, 6), 7: (1, 12), 15: (1, 22)}, date(2026, 1, 29), date(2026, 3, 4)),
    (date(2026, 2, 10), {1: (2, 11), 3: (2, 13), 7: (2, 26), 15: (3, 9)}, date(2026, 3, 16), date(2026, 4, 14)),
    (date(2026, 2, 13), {1: (2, 14), 3: (2, 25), 7: (3, 2), 15: (3, 12)}, date(2026, 3, 19), date(2026, 4, 17)),
    (date(2026, 2, 14), {1: (2, 24), 3: (2, 26), 7: (3, 3), 15: (3, 13)}, date(2026, 3, 20), date(2026, 4, 20)),
    (date(2026, 4, 28), {1: (4, 29), 3: (5, 6), 7: (5, 11), 15: (5, 21)}, date(2026, 5, 28), date(2026, 6, 26)),
    (date(2026, 9, 18), {1: (9, 20), 3: (9, 22), 7: (9, 29), 15: (10, 15)}, date(2026, 10, 22), date(2026, 11, 19)),
    (date(2026, 9, 30), {1: (10, 8), 3: (10, 10), 7: (10, 15), 15: (10, 27)}, date(2026, 11, 3), date(2026, 12, 1)),
]
CASES = [
    (received, count, due)
    for received, near, after_20, after_40 in GOLDEN
    for count, due in [
        *((count, date(after_20.year, *day)) for count, day in near.items()),
        (20, after_20),
        (40, after_40),
    ]
]


@pytest.mark.parametrize(("received", "count", "due"), CASES, ids=str)
def test_the_golden_dates(received: date, count: int, due: date) -> None:
    assert CALENDAR.add(received, count) == due
    assert CALENDAR.between(received, due) == count


@pytest.mark.parametrize("year", SHIPPED)
def test_every_day_agrees_with_the_holidays_library(year: int) -> None:
    library = holidays.country_holidays("CN", years=[year])
    days = [date(year, 1, 1) + timedelta(number) for number in range(366)]
    differing = [day for day in days if day.year == year and CALENDAR.is_workday(day) != library.is_working_day(day)]
    assert differing == []


@pytest.mark.parametrize("year", [2025, 2026])
def test_a_year_has_248_working_days(year: int) -> None:
    assert CALENDAR.between(date(year - 1, 12, 31), date(year, 12, 31)) == 248


def test_the_day_itself_is_not_counted() -> None:
    assert CALENDAR.add(date(2026, 3, 2), 0) == date(2026, 3, 2)
    assert CALENDAR.add(date(2026, 3, 7), 0) == date(2026, 3, 7)
    assert CALENDAR.between(date(2026, 3, 2), date(2026, 3, 2)) == 0
    assert CALENDAR.between(date(2026, 3, 2), date(2026, 3, 3)) == 1


def test_nothing_is_counted_backwards() -> None:
    assert CALENDAR.between(date(2026, 3, 3), date(2026, 3, 2)) == 0
    with pytest.raises(ValueError, match="forwards"):
        CALENDAR.add(date(2026, 3, 2), -1)


def test_counting_runs_over_several_years() -> None:
    due = CALENDAR.add(date(2024, 1, 1), 600)
    assert CALENDAR.between(date(2024, 1, 1), due) == 600
    assert due.year == 2026


@given(DAYS, st.integers(1, 600))
def test_between_undoes_add(day: date, count: int) -> None:
    due = CALENDAR.add(day, count)
    assert CALENDAR.is_workday(due)
    assert CALENDAR.between(day, due) == count
    assert CALENDAR.between(day, due - timedelta(1)) == count - 1


@given(DAYS, DAYS, st.integers(0, 300))
def test_what_starts_later_is_not_due_earlier(one: date, other: date, count: int) -> None:
    first, second = sorted((one, other))
    assert CALENDAR.add(first, count) <= CALENDAR.add(second, count)


@given(DAYS, st.integers(0, 300), st.integers(0, 300))
def test_a_longer_limit_is_not_due_earlier(day: date, one: int, other: int) -> None:
    short, long = sorted((one, other))
    assert CALENDAR.add(day, short) <= CALENDAR.add(day, long)


@given(DAYS, DAYS, DAYS)
def test_spans_add_up(one: date, two: date, three: date) -> None:
    first, middle, last = sorted((one, two, three))
    assert CALENDAR.between(first, middle) + CALENDAR.between(middle, last) == CALENDAR.between(first, last)


def test_a_confirmed_year_ignores_the_estimate() -> None:
    new_year = date(2026, 1, 1)
    calendar = Calendar(confirmed=[2026], statutory={new_year: "元旦放假", date(2027, 1, 1): "元旦放假"})
    assert calendar.is_workday(new_year)
    assert calendar.day_name(new_year) == ""
    assert not calendar.is_workday(date(2027, 1, 1))
    assert calendar.day_name(date(2027, 1, 1)) == "元旦放假"


def test_an_amendment_beats_the_estimate() -> None:
    day = date(2027, 1, 1)
    calendar = Calendar(days={day: True}, names={day: "值班"}, statutory={day: "元旦放假"})
    assert calendar.is_workday(day)
    assert calendar.day_name(day) == "值班"


def test_it_knows_which_years_are_confirmed() -> None:
    assert CALENDAR.is_confirmed(2026)
    assert not CALENDAR.is_confirmed(2027)


@pytest.mark.parametrize(
    ("day", "name"),
    [
        (date(2026, 10, 1), "国庆节放假"),
        (date(2026, 10, 10), "调休上班"),
        (date(2026, 10, 17), "周末"),
        (date(2026, 10, 12), ""),
    ],
)
def test_days_have_names(day: date, name: str) -> None:
    assert CALENDAR.day_name(day) == name


def test_a_day_without_words_is_named_by_what_it_is() -> None:
    calendar = Calendar(days={date(2026, 3, 7): True, date(2026, 3, 9): False})
    assert calendar.day_name(date(2026, 3, 7)) == "调休上班"
    assert calendar.day_name(date(2026, 3, 9)) == "放假"
    assert calendar.is_special(date(2026, 3, 9))
    assert not calendar.is_special(date(2026, 3, 10))
