"""Working time: golden moments at every edge of the day, and laws of counting."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.workdays.years import HOURS, shipped_calendar
from town_portal.foundation.clock import end_of, instant, local
from town_portal.workdays.rules.working_time import WorkingTime


def at(words: str) -> datetime:
    """The UTC instant of "2026-03-02 09:00" in Shanghai."""
    day, clock = words.split()
    return instant(date.fromisoformat(day), time.fromisoformat(clock))


TIME = WorkingTime(shipped_calendar(), HOURS)
MOMENTS = st.datetimes(at("2025-01-01 00:00").replace(tzinfo=None), at("2026-12-01 00:00").replace(tzinfo=None)).map(
    lambda moment: moment.replace(tzinfo=UTC)
)


def test_a_day_has_six_and_a_half_hours() -> None:
    assert TIME.minutes_a_day == 390


@pytest.mark.parametrize(
    ("start", "minutes", "end"),
    [
        ("2026-03-02 09:00", 60, "2026-03-02 10:00"),
        ("2026-03-02 10:00", 390, "2026-03-03 10:00"),  # one working day
        ("2026-03-02 11:30", 60, "2026-03-02 15:00"),  # over lunch
        ("2026-03-02 09:00", 180, "2026-03-02 12:00"),  # exactly noon closing
        ("2026-03-02 12:00", 1, "2026-03-02 14:31"),
        ("2026-03-02 13:10", 120, "2026-03-02 16:30"),  # starts in the lunch break
        ("2026-03-02 13:10", 180, "2026-03-02 17:30"),  # ends exactly at closing time
        ("2026-03-02 08:30", 390, "2026-03-02 17:30"),
        ("2026-03-02 07:00", 390, "2026-03-02 17:30"),  # before opening
        ("2026-03-02 17:30", 60, "2026-03-03 09:30"),  # starts at closing time
        ("2026-03-02 22:00", 60, "2026-03-03 09:30"),  # at night
        ("2026-03-06 16:30", 120, "2026-03-09 09:30"),  # Friday evening, an ordinary weekend
        ("2026-02-13 17:00", 120, "2026-02-14 10:00"),  # Friday evening before a Saturday that is worked
        ("2026-02-14 17:00", 60, "2026-02-24 09:00"),  # over 春节
        ("2026-02-18 10:00", 60, "2026-02-24 09:30"),  # starts inside 春节
        ("2026-09-30 10:00", 390, "2026-10-08 10:00"),  # over 国庆节
        ("2026-09-30 10:00", 780, "2026-10-09 10:00"),
        ("2026-03-07 10:00", 390, "2026-03-09 17:30"),  # a Saturday
        ("2026-03-02 10:00", 0, "2026-03-02 10:00"),
        ("2026-03-02 13:00", 0, "2026-03-02 14:30"),
        ("2026-03-02 17:30", 0, "2026-03-03 08:30"),
        ("2026-03-07 10:00", 0, "2026-03-09 08:30"),
    ],
)
def test_the_moment_reached(start: str, minutes: int, end: str) -> None:
    assert TIME.add(at(start), minutes) == at(end)


@pytest.mark.parametrize(
    ("first", "last", "minutes"),
    [
        ("2026-03-02 09:00", "2026-03-02 10:00", 60),
        ("2026-03-02 09:00", "2026-03-02 13:00", 180),
        ("2026-03-02 12:30", "2026-03-02 14:00", 0),
        ("2026-03-02 18:00", "2026-03-03 08:00", 0),
        ("2026-03-02 17:00", "2026-03-03 09:00", 60),
        ("2026-03-07 00:00", "2026-03-09 00:00", 0),
        ("2026-02-14 17:00", "2026-02-24 09:00", 60),
        ("2026-02-13 17:30", "2026-02-14 17:30", 390),
        ("2025-12-31 23:00", "2026-12-31 23:00", 248 * 390),
        ("2026-03-03 09:00", "2026-03-02 09:00", 0),
    ],
)
def test_the_time_between(first: str, last: str, minutes: int) -> None:
    assert TIME.between(at(first), at(last)) == minutes


def test_part_of_a_minute_is_no_minute() -> None:
    start = at("2026-03-02 09:00")
    assert TIME.between(start, start + timedelta(seconds=119)) == 1


def test_nothing_is_counted_backwards() -> None:
    with pytest.raises(ValueError, match="forwards"):
        TIME.add(at("2026-03-02 09:00"), -1)


@given(MOMENTS, st.integers(1, 30_000))
def test_between_undoes_add(moment: datetime, minutes: int) -> None:
    assert TIME.between(moment, TIME.add(moment, minutes)) == minutes


@given(MOMENTS, st.integers(1, 30_000))
def test_the_end_is_working_time(moment: datetime, minutes: int) -> None:
    end = local(TIME.add(moment, minutes))
    assert TIME.calendar.is_workday(end.date())
    assert time(8, 30) < end.time() <= time(12) or time(14, 30) < end.time() <= time(17, 30)


@given(MOMENTS, MOMENTS, st.integers(0, 5_000))
def test_what_starts_later_is_not_due_earlier(one: datetime, other: datetime, minutes: int) -> None:
    first, second = sorted((one, other))
    assert TIME.add(first, minutes) <= TIME.add(second, minutes)


@given(MOMENTS, st.integers(0, 5_000), st.integers(0, 5_000))
def test_a_longer_limit_is_not_due_earlier(moment: datetime, one: int, other: int) -> None:
    short, long = sorted((one, other))
    assert TIME.add(moment, short) <= TIME.add(moment, long)


@given(MOMENTS, st.integers(1, 2_000), st.integers(1, 2_000))
def test_two_steps_are_one(moment: datetime, one: int, two: int) -> None:
    assert TIME.add(TIME.add(moment, one), two) == TIME.add(moment, one + two)


@given(st.lists(MOMENTS, min_size=3, max_size=3))
def test_spans_add_up_to_the_minute(moments: list[datetime]) -> None:
    first, middle, last = sorted(moments)
    parts = TIME.between(first, middle) + TIME.between(middle, last)
    assert TIME.between(first, last) - 1 <= parts <= TIME.between(first, last)


def test_closing_time_of_the_last_working_day() -> None:
    assert TIME.closing(date(2026, 2, 28)) == instant(date(2026, 2, 28), time(17, 30))  # a Saturday that is worked
    assert TIME.closing(date(2026, 2, 22)) == instant(date(2026, 2, 14), time(17, 30))  # 春节


@given(st.dates(date(2024, 1, 10), date(2026, 12, 31)))
def test_nothing_is_worked_after_closing(day: date) -> None:
    closing = TIME.closing(day)
    assert TIME.calendar.is_workday(local(closing).date())
    assert closing <= end_of(day)
    assert TIME.between(closing, end_of(day)) == 0
    assert TIME.between(closing - timedelta(minutes=1), closing) == 1
