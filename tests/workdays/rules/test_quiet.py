"""When people are left in peace."""

import pytest

from tests.reminders.duties import CALENDAR, at
from town_portal.workdays.rules.quiet import is_quiet, out_of_quiet

NIGHTS = {"from": "21:30", "to": "07:30", "rest_days": "yes"}


@pytest.mark.parametrize(
    ("now", "quiet"),
    [
        ("2026-03-02 21:29", False),
        ("2026-03-02 21:30", True),
        ("2026-03-02 23:59", True),
        ("2026-03-03 00:00", True),
        ("2026-03-03 07:29", True),
        ("2026-03-03 07:30", False),
        ("2026-03-07 10:00", True),  # a Saturday
        ("2026-02-28 10:00", False),  # a Saturday that is worked
        ("2026-02-18 10:00", True),  # 春节
    ],
)
def test_nights_and_rest_days(now: str, quiet: bool) -> None:
    assert is_quiet(at(now), NIGHTS, CALENDAR) is quiet


def test_rest_days_may_be_like_others_and_hours_may_lie_within_a_day() -> None:
    siesta = {"from": "12:30", "to": "14:00", "rest_days": "no"}
    assert [is_quiet(at(f"2026-03-07 {hour}"), siesta, CALENDAR) for hour in ("12:29", "12:30", "13:59", "14:00")] == [
        False,
        True,
        True,
        False,
    ]


@pytest.mark.parametrize(
    ("moment", "later"),
    [
        ("2026-03-02 10:00", "2026-03-02 10:00"),
        ("2026-03-02 22:00", "2026-03-03 07:30"),
        ("2026-03-03 06:00", "2026-03-03 07:30"),
        ("2026-03-06 21:30", "2026-03-09 07:30"),  # over a weekend
        ("2026-02-16 10:00", "2026-02-24 07:30"),  # over 春节
    ],
)
def test_what_may_not_leave_now_waits_for_the_morning(moment: str, later: str) -> None:
    assert out_of_quiet(at(moment), NIGHTS, CALENDAR) == at(later)


def test_where_it_is_quiet_for_ever_nothing_waits_for_ever() -> None:
    always = {"from": "00:00", "to": "23:59", "rest_days": "yes"}
    assert out_of_quiet(at("2026-03-02 10:00"), always, CALENDAR) == at("2026-03-02 23:59")
