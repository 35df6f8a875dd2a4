"""What a change of law moves, and by which change."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

from hypothesis import given
from hypothesis import strategies as st

from tests.workdays.years import HOURS, shipped_calendar
from town_portal.foundation.clock import instant
from town_portal.settings.rules.catalogue import CATALOGUE
from town_portal.submissions.rules.lifecycle import State
from town_portal.submissions.rules.reckoning import CALENDAR, Change, Event, Law, Stay, explained, moved
from town_portal.submissions.rules.step_clock import Case

LAW = Law(
    shipped_calendar(),
    {
        "working_hours": HOURS,
        "step_limits": CATALOGUE["step_limits"].default,
        "golden_days": {"days": 3, "count": "working"},
    },
)
TYPHOON = replace(LAW, calendar=LAW.calendar.with_day(date(2026, 9, 9), False, "台风停工"))
SUMMER = LAW.with_setting("working_hours", {**HOURS, "afternoon": {"from": "14:00", "to": "18:00"}})
SHUT = Change(CALENDAR, datetime(2026, 9, 8, 6, tzinfo=UTC), "台风", date(2026, 9, 9), date(2026, 9, 9))
HOURS_CHANGED = Change("working_hours", datetime(2026, 9, 8, 7, tzinfo=UTC), "作息")


def a_stay(day: int, hour: int, minute: int = 0, *, urgent: bool = False) -> Stay:
    """An item that came to a head in September 2026, its limit recorded by the law of then."""
    since = instant(date(2026, 9, day), time(hour, minute))
    stay = Stay(1, "一篇", State.SECOND_REVIEW, Case(urgent), since, since)
    return replace(stay, recorded=stay.by(LAW))


def test_nothing_moves_under_the_same_law() -> None:
    assert moved([a_stay(8, 10), Event(1, "一篇", date(2026, 9, 8), a_stay(8, 10).since, date(2026, 9, 11))], LAW) == []


def test_a_day_that_is_taken_away_moves_what_goes_over_it() -> None:
    over, past = a_stay(8, 10), a_stay(10, 10)
    (move,) = moved([over, past], TYPHOON)
    assert move.new == instant(date(2026, 9, 10), time(10))
    (why,) = explained(move, TYPHOON, TYPHOON, [SHUT]).why
    assert why is SHUT


def test_days_elsewhere_explain_nothing() -> None:
    (move,) = moved([a_stay(8, 10)], TYPHOON)
    elsewhere = replace(SHUT, first=date(2027, 1, 1), last=date(2027, 12, 31))
    assert explained(move, TYPHOON, TYPHOON, [elsewhere]).why == ()


def test_the_setting_that_made_the_difference_is_named() -> None:
    (move,) = moved([a_stay(8, 11, urgent=True)], SUMMER)
    other = replace(HOURS_CHANGED, part="step_limits")
    assert explained(move, SUMMER, LAW, [SHUT, HOURS_CHANGED, other]).why == (HOURS_CHANGED,)


def test_of_two_values_of_one_setting_the_last_is_named() -> None:
    (move,) = moved([a_stay(8, 11, urgent=True)], SUMMER)
    later = replace(HOURS_CHANGED, at=HOURS_CHANGED.at + timedelta(hours=1))
    assert explained(move, SUMMER, LAW, [HOURS_CHANGED, later]).why == (later,)


def test_two_changes_that_moved_one_clock_are_both_named() -> None:
    both = TYPHOON.with_setting("working_hours", SUMMER.settings["working_hours"])
    (move,) = moved([a_stay(8, 16, 30, urgent=True)], both)
    before = replace(TYPHOON, settings=LAW.settings)
    assert explained(move, both, before, [SHUT, HOURS_CHANGED]).why == (SHUT, HOURS_CHANGED)


def test_golden_days_move_with_their_setting_and_with_the_calendar_when_they_are_working_days() -> None:
    event = Event(1, "一篇", date(2026, 9, 8), a_stay(8, 10).since, date(2026, 9, 11))
    assert [move.new for move in moved([event], TYPHOON)] == [date(2026, 9, 14)]
    five = LAW.with_setting("golden_days", {"days": 5, "count": "natural"})
    (move,) = moved([event], five)
    setting = Change("golden_days", SHUT.at, "五天")
    assert explained(move, five, LAW, [SHUT, HOURS_CHANGED, setting]).why == (setting,)


@given(st.integers(1, 28), st.integers(0, 23))
def test_what_was_put_right_moves_no_more(day: int, hour: int) -> None:
    stay = a_stay(day, hour)
    for law in (TYPHOON, SUMMER):
        for move in moved([stay], law):
            assert isinstance(move.new, datetime)
            assert moved([replace(stay, recorded=move.new)], law) == []
