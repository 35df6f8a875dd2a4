"""A year at a glance: its months as weeks of days, and its spells of days off."""

from calendar import monthcalendar
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from town_portal.workdays.rules.calendar import ONE_DAY, SATURDAY, Calendar


class Kind(StrEnum):
    """What sort of day it is to somebody who looks at the wall."""

    WORK = "work"
    WEEKEND = "weekend"
    OFF = "off"
    EXTRA = "extra"
    """A Saturday or Sunday that is worked (调休上班)."""

    @property
    def label(self) -> str:
        """The kind in Chinese."""
        return {"work": "上班", "weekend": "周末", "off": "放假", "extra": "调休上班"}[self.value]


@dataclass(frozen=True, slots=True)
class Cell:
    """One day of a month."""

    day: date
    kind: Kind
    name: str


@dataclass(frozen=True, slots=True)
class Month:
    """A month as weeks from Monday to Sunday; None stands outside the month."""

    number: int
    weeks: list[list[Cell | None]]
    workdays: int


@dataclass(frozen=True, slots=True)
class Spell:
    """Days in a row that go by one name: a holiday, or a day that is worked instead."""

    name: str
    first: date
    last: date
    works: bool

    @property
    def length(self) -> int:
        """How many natural days."""
        return (self.last - self.first).days + 1


@dataclass(frozen=True, slots=True)
class Year:
    """All that a wall shows of a year; not ``confirmed``: an estimate."""

    confirmed: bool
    workdays: int
    months: list[Month]
    spells: list[Spell]


def at_a_glance(calendar: Calendar, year: int) -> Year:
    """A year as its page shows it."""
    worked = calendar.between(date(year - 1, 12, 31), date(year, 12, 31))
    return Year(calendar.is_confirmed(year), worked, months(calendar, year), spells(calendar, year))


def months(calendar: Calendar, year: int) -> list[Month]:
    """The twelve months of a year."""
    return [_month(calendar, year, number) for number in range(1, 13)]


def spells(calendar: Calendar, year: int) -> list[Spell]:
    """The holidays of a year and the days worked instead, in order."""
    found: list[Spell] = []
    day = date(year, 1, 1)
    while day.year == year:
        if calendar.is_special(day):
            name, works = calendar.day_name(day) or "上班", calendar.is_workday(day)
            before = found[-1] if found else None
            if before and (before.name, before.works, before.last + ONE_DAY) == (name, works, day):
                found[-1] = Spell(name, before.first, day, works)
            else:
                found.append(Spell(name, day, day, works))
        day += ONE_DAY
    return found


def kind_of(calendar: Calendar, day: date) -> Kind:
    """What sort of day it is."""
    weekend = day.weekday() >= SATURDAY
    if calendar.is_workday(day):
        return Kind.EXTRA if weekend else Kind.WORK
    return Kind.OFF if calendar.is_special(day) or not weekend else Kind.WEEKEND


def _month(calendar: Calendar, year: int, number: int) -> Month:
    weeks = [
        [_cell(calendar, date(year, number, day)) if day else None for day in week]
        for week in monthcalendar(year, number)
    ]
    worked = sum(1 for week in weeks for cell in week if cell and cell.kind in (Kind.WORK, Kind.EXTRA))
    return Month(number, weeks, worked)


def _cell(calendar: Calendar, day: date) -> Cell:
    return Cell(day, kind_of(calendar, day), calendar.day_name(day))
