"""What moves when the calendar or a setting changes: open duties and golden days held against the law in force.

Law here is what the town's clocks go by: the calendar, the office hours, the limits, the golden days. A stay that
has ended is judged by what held then; it is never counted again.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import cached_property
from typing import Any

from town_portal.audit.rules.action import Action
from town_portal.foundation.clock import day_of
from town_portal.settings.rules.catalogue import CLOCKS
from town_portal.submissions.rules import golden_days, step_clock
from town_portal.submissions.rules.lifecycle import State
from town_portal.submissions.rules.step_clock import Case
from town_portal.workdays.rules.calendar import Calendar
from town_portal.workdays.rules.working_time import WorkingTime

RECKON = Action("reckon_again", "重算时限")
CALENDAR = "calendar"
PARTS_OF_A_STEP = ("working_hours", "step_limits")
PARTS_OF_THE_GOLDEN_DAYS = ("golden_days",)
SETTINGS = CLOCKS


@dataclass(frozen=True)
class Law:
    """The calendar and the values of the three settings."""

    calendar: Calendar
    settings: Mapping[str, Mapping[str, Any]]

    @cached_property
    def hours(self) -> WorkingTime:
        """The arithmetic of working time by this law."""
        return WorkingTime(self.calendar, self.settings["working_hours"])

    def with_setting(self, key: str, value: Mapping[str, Any]) -> "Law":
        """The same with another value of one setting."""
        return replace(self, settings={**self.settings, key: value})


@dataclass(frozen=True, slots=True)
class Stay:
    """An item that waits for somebody: where, since when (UTC), by what it is judged, until when as recorded."""

    submission_id: int
    title: str
    stage: State
    case: Case
    since: datetime
    recorded: datetime
    parts = PARTS_OF_A_STEP

    @property
    def first_day(self) -> date:
        """The day from which its clock runs."""
        return day_of(self.since)

    def by(self, law: Law) -> datetime:
        """When it is due by a law (UTC)."""
        return step_clock.due_at(self.stage, self.case, self.since, law.settings["step_limits"], law.hours)


@dataclass(frozen=True, slots=True)
class Event:
    """What an unpublished item tells of, and its last timely day as recorded; ``since``: when that was counted (UTC)."""

    submission_id: int
    title: str
    event_on: date
    since: datetime
    recorded: date
    parts = PARTS_OF_THE_GOLDEN_DAYS

    @property
    def first_day(self) -> date:
        """The day from which its clock runs."""
        return self.event_on

    def by(self, law: Law) -> date:
        """Its last timely day by a law."""
        return golden_days.golden_until(self.event_on, law.settings["golden_days"], law.calendar)


@dataclass(frozen=True, slots=True)
class Change:
    """A change of law: which part of it, since when (UTC), what is said of it, and the days a calendar act is about."""

    part: str
    at: datetime
    words: str
    first: date | None = None
    last: date | None = None

    def touches(self, first: date, last: date) -> bool:
        """Is a calendar act about days between these two?"""
        return self.first is None or self.last is None or (self.first <= last and self.last >= first)


@dataclass(frozen=True, slots=True)
class Move:
    """A clock whose end moves: an instant of a stay, a day of a golden period; and by which changes of law."""

    clock: Stay | Event
    new: datetime | date
    why: tuple[Change, ...] = ()

    @property
    def submission_id(self) -> int:
        """Whose clock it is."""
        return self.clock.submission_id


def moved(clocks: Iterable[Stay | Event], law: Law) -> list[Move]:
    """The clocks that end elsewhere by a law than recorded."""
    return [Move(clock, new) for clock in clocks if (new := clock.by(law)) != clock.recorded]


def explained(move: Move, law: Law, before: Law, changes: Iterable[Change]) -> Move:
    """A move with the changes of law that made it.

    ``before`` has the settings by which the record was counted (the calendar cannot be had back: both have
    today's). A setting counts where the end would be elsewhere with its value of before, the calendar where
    it alone moves the end, by the acts about days on the way. Where nothing explains it, nothing is named.
    """
    clock = move.clock
    given = list(changes)
    parts = {
        part
        for part in clock.parts
        if law.settings[part] != before.settings[part]
        and clock.by(law.with_setting(part, before.settings[part])) != move.new
    }
    if clock.by(before) != clock.recorded:
        parts.add(CALENDAR)
    last = max(_day(clock.recorded), _day(move.new))
    why = [one for one in given if one.part in parts and one.touches(clock.first_day, last)]
    newest = {one.part: one for one in why if one.part != CALENDAR}
    return replace(move, why=tuple(one for one in why if one.part == CALENDAR or newest[one.part] is one))


def _day(end: datetime | date) -> date:
    return day_of(end) if isinstance(end, datetime) else end
