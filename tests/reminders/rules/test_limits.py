"""Limits of what has none in its own rows."""

from datetime import date

from tests.reminders.duties import TIME, at
from town_portal.reminders.rules.limits import DutyLimits
from town_portal.settings.rules.catalogue import CATALOGUE

LIMITS = DutyLimits(CATALOGUE["duty_limits"].default, TIME, coordinating_id=1)


def test_filing_ends_with_a_day_after_the_event() -> None:
    assert LIMITS.filing(date(2026, 3, 6), at("2026-03-06 10:00")) == at("2026-03-09 00:00")


def test_a_draft_begun_late_gets_some_hours_all_the_same() -> None:
    assert LIMITS.filing(date(2026, 2, 1), at("2026-03-06 16:30")) == at("2026-03-09 11:30")


def test_the_others_count_working_time() -> None:
    friday = at("2026-03-06 16:30")
    assert LIMITS.correction(friday) == at("2026-03-09 11:30")
    assert LIMITS.late_finding(friday) == at("2026-03-09 11:30")
    assert LIMITS.confirmation(friday) == at("2026-03-09 16:30")
    assert LIMITS.vacancy(friday) == at("2026-03-11 16:30")


def test_a_cover_is_due_with_the_first_working_day_without_one() -> None:
    assert LIMITS.cover(date(2026, 3, 7)) == at("2026-03-09 17:30")


def test_what_has_time_to_a_day_ends_with_the_last_working_day_up_to_it() -> None:
    sunday = date(2026, 3, 8)
    assert LIMITS.by_the_end_of(sunday, at("2026-03-02 09:00")) == at("2026-03-06 17:30")
    assert LIMITS.by_the_end_of(sunday, at("2026-03-06 18:00")) == at("2026-03-09 00:00")
