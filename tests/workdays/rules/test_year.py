"""A year at a glance."""

from datetime import date

import pytest

from tests.workdays.years import shipped_calendar
from town_portal.workdays.rules.calendar import Calendar
from town_portal.workdays.rules.year import Kind, Spell, at_a_glance, kind_of, months, spells

CALENDAR = shipped_calendar()


def test_the_months_hold_every_day_once() -> None:
    cells = [cell for month in months(CALENDAR, 2026) for week in month.weeks for cell in week if cell]
    assert len(cells) == 365
    assert [cell.day for cell in cells] == sorted({cell.day for cell in cells})


def test_weeks_begin_on_monday() -> None:
    assert all(
        cell.day.weekday() == place
        for month in months(CALENDAR, 2026)
        for week in month.weeks
        for place, cell in enumerate(week)
        if cell
    )


def test_working_days_of_the_months_add_up() -> None:
    assert sum(month.workdays for month in months(CALENDAR, 2026)) == 248


@pytest.mark.parametrize(
    ("day", "kind"),
    [
        (date(2026, 10, 1), Kind.OFF),
        (date(2026, 10, 3), Kind.OFF),
        (date(2026, 10, 10), Kind.EXTRA),
        (date(2026, 10, 11), Kind.WEEKEND),
        (date(2026, 10, 12), Kind.WORK),
    ],
)
def test_kinds(day: date, kind: Kind) -> None:
    assert kind_of(CALENDAR, day) == kind


def test_every_kind_has_a_name() -> None:
    assert [kind.label for kind in Kind] == ["上班", "周末", "放假", "调休上班"]


def test_spells() -> None:
    found = spells(CALENDAR, 2026)
    assert found[:2] == [
        Spell("元旦放假", date(2026, 1, 1), date(2026, 1, 3), works=False),
        Spell("调休上班", date(2026, 1, 4), date(2026, 1, 4), works=True),
    ]
    assert [spell.length for spell in found if not spell.works] == [3, 9, 3, 5, 3, 3, 7]
    assert sum(1 for spell in found if spell.works) == 6


def test_a_weekday_that_is_worked_after_all_is_named() -> None:
    day = date(2027, 1, 1)
    assert spells(Calendar(days={day: True}), 2027) == [Spell("上班", day, day, works=True)]


def test_at_a_glance() -> None:
    year = at_a_glance(CALENDAR, 2026)
    assert (year.confirmed, year.workdays, len(year.months)) == (True, 248, 12)
    assert year.spells == spells(CALENDAR, 2026)
    assert not at_a_glance(CALENDAR, 2027).confirmed
