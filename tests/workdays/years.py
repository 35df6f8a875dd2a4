"""Calendars to test with: the shipped notices, read the way set-up reads them."""

from datetime import date
from pathlib import Path

import town_portal
from town_portal.access.actor import SYSTEM
from town_portal.workdays import operations
from town_portal.workdays.rules.calendar import Calendar
from town_portal.workdays.rules.notice_file import Row, parse, source_of

NOTICES = Path(town_portal.__file__).parent / "workdays" / "notices"
SHIPPED = (2024, 2025, 2026)
HOURS = {"morning": {"from": "08:30", "to": "12:00"}, "afternoon": {"from": "14:30", "to": "17:30"}}

NEW_YEAR: list[Row] = [
    (date(2027, 1, 1), False, "元旦放假"),
    (date(2027, 1, 2), False, "元旦放假"),
    (date(2027, 1, 9), True, "调休上班"),
]


def text_of(year: int) -> str:
    """A shipped notice as it lies in the tree."""
    return (NOTICES / f"{year}.csv").read_text()


def shipped_calendar() -> Calendar:
    """The calendar of the shipped years; later years have no holidays at all."""
    rows = [row for year in SHIPPED for row in parse(text_of(year))]
    return Calendar(
        days={day: works for day, works, _ in rows}, names={day: name for day, _, name in rows}, confirmed=SHIPPED
    )


def load_shipped() -> None:
    """Load the shipped years into the database at hand."""
    for year in SHIPPED:
        operations.load_year(SYSTEM, year, parse(text_of(year)), source_of(text_of(year)))
