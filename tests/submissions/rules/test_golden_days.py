"""三天黄金期."""

from datetime import date

import pytest

from tests.workdays.years import shipped_calendar
from town_portal.submissions.rules.golden_days import golden_until

NATURAL = {"days": 3, "count": "natural"}
WORKING = {"days": 3, "count": "working"}


@pytest.mark.parametrize(
    ("event_on", "natural", "working"),
    [
        (date(2026, 9, 7), date(2026, 9, 10), date(2026, 9, 10)),  # Monday
        (date(2026, 9, 10), date(2026, 9, 13), date(2026, 9, 15)),  # over a weekend
        (date(2026, 9, 30), date(2026, 10, 3), date(2026, 10, 10)),  # over 国庆节; 10 October is worked
        (date(2026, 2, 13), date(2026, 2, 16), date(2026, 2, 25)),  # over 春节, with 14 February worked
    ],
)
def test_until_when_publishing_is_timely(event_on: date, natural: date, working: date) -> None:
    calendar = shipped_calendar()
    assert golden_until(event_on, NATURAL, calendar) == natural
    assert golden_until(event_on, WORKING, calendar) == working


def test_the_number_of_days_is_a_setting() -> None:
    assert golden_until(date(2026, 9, 7), {"days": 1, "count": "natural"}, shipped_calendar()) == date(2026, 9, 8)
