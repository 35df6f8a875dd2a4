"""Questions to the calendar."""

from datetime import date, timedelta

import holidays
import pytest
from sqlalchemy import event, text

from tests.cast import Cast
from tests.workdays.years import NEW_YEAR, load_shipped
from town_portal.access.actor import SYSTEM
from town_portal.foundation.db import db
from town_portal.workdays import operations, queries


def test_the_shipped_years_are_confirmed(database: object) -> None:
    load_shipped()
    calendar = queries.calendar()
    assert calendar.between(date(2025, 12, 31), date(2026, 12, 31)) == 248


def test_an_unloaded_year_is_an_estimate_by_statutory_days(database: object) -> None:
    load_shipped()
    calendar = queries.calendar()
    assert not calendar.is_confirmed(2027)
    library = holidays.country_holidays("CN", years=[2027])
    days = [date(2027, 1, 1) + timedelta(number) for number in range(365)]
    assert [calendar.is_workday(day) for day in days] == [library.is_working_day(day) for day in days]
    assert calendar.day_name(date(2027, 10, 1)) == "国庆节放假"


def test_no_moved_days_are_taken_from_the_library(database: object) -> None:
    """2026 before its notice is loaded: 4 January is a Sunday, 2 January a working Friday."""
    calendar = queries.calendar()
    assert not calendar.is_workday(date(2026, 1, 4))
    assert calendar.is_workday(date(2026, 1, 2))
    assert not calendar.is_workday(date(2026, 1, 1))


def test_the_calendar_is_kept_until_it_changes(database: object) -> None:
    statements: list[str] = []
    listen = lambda *args: statements.append(args[2])
    first = queries.calendar()
    event.listen(db.engine, "before_cursor_execute", listen)
    assert queries.calendar() is first
    assert statements == [], "asked once in a transaction"
    db.session.rollback()
    assert queries.calendar() is first
    event.remove(db.engine, "before_cursor_execute", listen)
    assert len([statement for statement in statements if statement.startswith("SELECT")]) == 1
    operations.load_year(SYSTEM, 2027, NEW_YEAR, "通知")
    assert queries.calendar() is not first
    assert queries.calendar().is_confirmed(2027)


def test_a_change_by_another_process_is_seen(database: object) -> None:
    """Only the trail is asked for a change, so whoever wrote it does not matter."""
    operations.load_year(SYSTEM, 2027, NEW_YEAR, "通知")
    first = queries.calendar()
    queries._calendar = (("another", "database"), first)
    assert queries.calendar() is not first
    assert db.session.execute(text("select count(*) from calendar_day")).scalar() == 3


def test_notices_name_who_loaded_last(town: Cast) -> None:
    operations.load_year(SYSTEM, 2026, [(date(2026, 1, 1), False, "元旦放假")], "初稿")
    operations.load_year(SYSTEM, 2027, NEW_YEAR, "通知")
    operations.load_year(town.actor("coordinator"), 2026, [(date(2026, 1, 1), False, "元旦放假")], "正式通知")
    assert [(loaded.notice.year, loaded.loaded_by) for loaded in queries.notices()] == [
        (2027, "系统"),
        (2026, town.name("coordinator")),
    ]


def test_days_of_a_year_come_in_order(database: object) -> None:
    operations.load_year(SYSTEM, 2027, list(reversed(NEW_YEAR)), "通知")
    assert [row.day for row in queries.days_of(2027)] == [row[0] for row in NEW_YEAR]
    assert queries.days_of(2026) == []


def test_one_of_each(database: object) -> None:
    notice = operations.load_year(SYSTEM, 2027, NEW_YEAR, "通知")
    row = queries.calendar_day(date(2027, 1, 1))
    assert row is not None
    assert queries.get_day(row.id) is row
    assert queries.get_notice(notice.id) is notice
    assert queries.notice(2027) is notice
    assert queries.notice(2028) is None
    assert queries.calendar_day(date(2027, 7, 1)) is None


@pytest.mark.parametrize("year", [queries.FIRST_YEAR, queries.LAST_YEAR])
def test_the_estimate_covers_the_years_shown(year: int) -> None:
    assert date(year, 10, 1) in queries.statutory_days()
