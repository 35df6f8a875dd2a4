"""Questions to the calendar."""

import json
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache

import holidays
from sqlalchemy import select

from town_portal.audit.models import AuditEvent
from town_portal.foundation.db import db, read_once
from town_portal.workdays.models import CalendarDay, YearNotice
from town_portal.workdays.rules.calendar import Calendar

FIRST_YEAR, LAST_YEAR = 2020, 2050
"""The years for which statutory days are estimated."""

_KINDS = (YearNotice.__name__, CalendarDay.__name__)

_E = AuditEvent.__table__.c
_NEWEST_ACT = select(_E.digest).where(_E.subject_kind.in_(_KINDS)).order_by(_E.seq.desc()).limit(1)

_calendar: tuple[tuple[str, str | None], Calendar] | None = None


def calendar() -> Calendar:
    """The working days of all years, as the tables have them now.

    Kept in the process until another act changes the calendar: one tiny statement asks for the
    digest of the newest such act.
    """
    global _calendar
    version = (str(db.engine.url), newest_act())
    if _calendar is None or _calendar[0] != version:
        _calendar = (version, _load())
    return _calendar[1]


def newest_act() -> str | None:
    """The digest of the newest act on the calendar: changes with every one."""
    return read_once(_NEWEST_ACT, lambda: db.session.scalar(_NEWEST_ACT))


def _load() -> Calendar:
    rows = db.session.execute(select(CalendarDay.day, CalendarDay.works, CalendarDay.name)).all()
    return Calendar(
        days={row.day: row.works for row in rows},
        names={row.day: row.name for row in rows},
        confirmed=db.session.scalars(select(YearNotice.year)),
        statutory=statutory_days(),
    )


@cache
def statutory_days() -> dict[date, str]:
    """Every statutory day off, made up for weekends, without 调休: what an unloaded year is estimated by."""
    known = holidays.country_holidays("CN", years=range(FIRST_YEAR, LAST_YEAR + 1), language="zh_CN")
    return {day: f"{name.split('（')[0]}放假" for day, name in known.items() if not name.startswith("休息日")}


def notice(year: int) -> YearNotice | None:
    """One year's notice; None while the year is an estimate."""
    return db.session.scalar(select(YearNotice).where(YearNotice.year == year))


def get_notice(notice_id: int) -> YearNotice | None:
    """One notice by its number."""
    return db.session.get(YearNotice, notice_id)


def get_day(day_id: int) -> CalendarDay | None:
    """One amended or named day by its number."""
    return db.session.get(CalendarDay, day_id)


def calendar_day(day: date) -> CalendarDay | None:
    """What a notice or an amendment says of a day; None when it follows the week."""
    return db.session.scalar(select(CalendarDay).where(CalendarDay.day == day))


def days_of(year: int) -> list[CalendarDay]:
    """The days of a year of which a notice or an amendment speaks, in order."""
    return list(
        db.session.scalars(
            select(CalendarDay)
            .where(CalendarDay.day.between(date(year, 1, 1), date(year, 12, 31)))
            .order_by(CalendarDay.day)
        )
    )


def amendments(year: int) -> list[CalendarDay]:
    """The days of a year that were amended one by one, in order."""
    return [row for row in days_of(year) if row.reason]


@dataclass(frozen=True, slots=True)
class Loaded:
    """A notice, and who loaded it, as the trail names him."""

    notice: YearNotice
    loaded_by: str


def notices() -> list[Loaded]:
    """The loaded notices, newest year first."""
    acts = db.session.execute(
        select(AuditEvent.subject_id, AuditEvent.actor_name)
        .where(AuditEvent.subject_kind == YearNotice.__name__)
        .order_by(AuditEvent.seq)
    )
    names = dict(acts.all())
    found = db.session.scalars(select(YearNotice).order_by(YearNotice.year.desc()))
    return [Loaded(notice, names.get(notice.id, "")) for notice in found]


@dataclass(frozen=True, slots=True)
class CalendarAct:
    """One act on the calendar in words, and the days it is about."""

    at: datetime
    words: str
    first: date
    last: date


def acts_since(moment: datetime) -> list[CalendarAct]:
    """What was done to the calendar after an instant (UTC), in order."""
    acts = db.session.execute(
        select(_E.at, _E.subject_kind, _E.subject_id, _E.detail)
        .where(_E.subject_kind.in_(_KINDS), _E.at > moment)
        .order_by(_E.seq)
    ).all()
    found = []
    for at, kind, subject_id, detail in acts:
        if kind == YearNotice.__name__ and (loaded := get_notice(subject_id)):
            first, last = date(loaded.year, 1, 1), date(loaded.year, 12, 31)
            found.append(CalendarAct(at, f"载入 {loaded.year} 年放假安排", first, last))
        elif row := get_day(subject_id):
            found.append(CalendarAct(at, f"{row}改为“{json.loads(detail).get('name', row.name)}”", row.day, row.day))
    return found
