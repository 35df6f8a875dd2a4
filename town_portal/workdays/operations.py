"""Acts on the calendar: a year's notice is loaded, a single day is amended."""

from collections import Counter
from collections.abc import Sequence
from datetime import date

from town_portal.access.actor import SYSTEM, Actor, HeldPost
from town_portal.access.permissions import Permission as P
from town_portal.access.policy import check
from town_portal.audit.rules.action import Action
from town_portal.audit.unit_of_work import unit_of_work
from town_portal.foundation.db import db
from town_portal.foundation.errors import Refused
from town_portal.workdays import queries
from town_portal.workdays.models import CalendarDay, YearNotice
from town_portal.workdays.rules.notice_file import LONGEST_NAME, Row

LOAD_YEAR = Action("load_year", "载入放假安排")
AMEND_DAY = Action("amend_day", "调整工作日")

FIRST_YEAR, LAST_YEAR = 2000, 2100


def load_year(actor: Actor, year: int, days: Sequence[Row], source: str) -> YearNotice:
    """Load a year's notice (国务院办公厅关于…部分节假日安排的通知); from then on the year is confirmed.

    ``days``: (day, is it worked, words) for every day the notice names. The notice speaks for the
    whole year: an earlier version of it and single amendments of that year give way to it, and the
    event says which. Refused: no days, days of another year, a day twice, no source, or exactly what
    is loaded already.
    """
    source = source.strip()
    _check_notice(year, days, source)
    with unit_of_work(actor) as work:
        post = _post(actor, None)
        notice = queries.notice(year)
        before = {row.day: row for row in queries.days_of(year)}
        if notice and notice.source == source and _same(before, days):
            raise Refused(f"{year} 年的放假安排已经载入，内容相同，不用再载。")
        if notice is None:
            notice = YearNotice(year=year, source=source, loaded_at=work.at)
            db.session.add(notice)
        notice.source, notice.loaded_at = source, work.at
        replaced = [str(day) for day, row in before.items() if row.reason]
        _write_days(before, days)
        work.record(LOAD_YEAR, notice, post=post, source=source, days=len(days), replaced_amendments=replaced)
    return notice


def amend_day(actor: Actor, day: date, works: bool, name: str, reason: str) -> CalendarDay:
    """Say of one day that it is worked or not, whatever the notice or the week says.

    Refused: no words for the day, no reason, or when the day already is that way.
    """
    name, reason = name.strip(), reason.strip()
    if not 0 < len(name) <= LONGEST_NAME:
        raise Refused(f"请写这一天叫什么，1—{LONGEST_NAME} 个字，如“台风停工”。")
    if not reason:
        raise Refused("请写明调整的理由或依据。")
    with unit_of_work(actor) as work:
        row = queries.calendar_day(day)
        post = _post(actor, row)
        if row is None:
            row = CalendarDay(day=day, works=works, name=name, reason=reason)
            db.session.add(row)
        elif (row.works, row.name) == (works, name):
            raise Refused(f"{row}已经是“{name}”，不用再调整。")
        row.works, row.name, row.reason = works, name, reason
        work.record(AMEND_DAY, row, post=post, works=works, name=name, reason=reason)
    return row


def _post(actor: Actor, subject: object) -> HeldPost | None:
    return None if actor is SYSTEM else check(actor, P.CALENDAR_AMEND, subject)


def _check_notice(year: int, days: Sequence[Row], source: str) -> None:
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise Refused(f"年份要在 {FIRST_YEAR}—{LAST_YEAR} 之间。")
    if not source:
        raise Refused("请写明来源，如“国务院办公厅关于2026年部分节假日安排的通知（2025-11-04）”。")
    if not days:
        raise Refused("通知里没有日子，请检查文件。")
    for day, times in Counter(row[0] for row in days).items():
        if day.year != year:
            raise Refused(f"{day} 不在 {year} 年，请检查年份或文件。")
        if times > 1:
            raise Refused(f"{day} 写了两次，请删去一行。")


def _same(before: dict[date, CalendarDay], days: Sequence[Row]) -> bool:
    return {(row.day, row.works, row.name, row.reason) for row in before.values()} == {(*row, None) for row in days}


def _write_days(before: dict[date, CalendarDay], days: Sequence[Row]) -> None:
    given = {day for day, _, _ in days}
    for day, row in before.items():
        if day not in given:
            db.session.delete(row)
    for day, works, name in days:
        if day in before:
            row = before[day]
            row.works, row.name, row.reason = works, name, None
        else:
            db.session.add(CalendarDay(day=day, works=works, name=name))
