"""Time limits in working time: the minutes between opening and closing on working days."""

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta

from town_portal.foundation.clock import instant, local
from town_portal.workdays.rules.calendar import ONE_DAY, Calendar

NOTHING = timedelta()
MINUTE = timedelta(minutes=1)


class WorkingTime:
    """A calendar with office hours.

    ``hours`` is the setting ``working_hours``: from and to ("08:30") of morning and afternoon, on a
    clock in Shanghai. The two halves follow each other with a break between them.
    """

    def __init__(self, calendar: Calendar, hours: Mapping[str, Mapping[str, str]]) -> None:
        self.calendar = calendar
        self._halves = tuple(
            (time.fromisoformat(half["from"]), time.fromisoformat(half["to"]))
            for half in (hours["morning"], hours["afternoon"])
        )
        self._day = sum((_length(*half) for half in self._halves), NOTHING)

    @property
    def minutes_a_day(self) -> int:
        """Working minutes of one working day."""
        return self._day // MINUTE

    def halves_of(self, day: date) -> list[tuple[datetime, datetime]]:
        """Morning and afternoon of a day as (opening, closing), UTC; nothing on a day off."""
        if not self.calendar.is_workday(day):
            return []
        return [(instant(day, opens), instant(day, closes)) for opens, closes in self._halves]

    def add(self, moment_utc: datetime, minutes: int) -> datetime:
        """The instant (UTC) reached after so many working minutes from an instant (UTC).

        Outside working time the count starts at the next opening. A sum that ends exactly at closing
        time (noon or evening) is that closing time, not the next opening.
        """
        if minutes < 0:
            raise ValueError("working time is counted forwards")
        if minutes == 0:
            return self._next_working_moment(moment_utc)
        day, worked = self._place(moment_utc)
        worked += minutes * MINUTE
        days, rest = divmod(worked, self._day)
        if rest == NOTHING:
            days, rest = days - 1, self._day
        return self._at(self.calendar.add(day, days), rest)

    def close_of_day(self, moment_utc: datetime, days: int) -> datetime:
        """The close of office hours (UTC) of the ``days``-th natural day after an instant's own day.

        A day off gives way to the next working day (《民法典》第二百零三条).
        """
        last = local(moment_utc).date() + ONE_DAY * days
        if not self.calendar.is_workday(last):
            last = self.calendar.add(last, 1)
        return instant(last, self._halves[-1][1])

    def between(self, first_utc: datetime, last_utc: datetime) -> int:
        """Whole working minutes from one instant (UTC) to a later one; 0 when it is not later."""
        if last_utc <= first_utc:
            return 0
        first, last = local(first_utc), local(last_utc)
        days = self.calendar.between(first.date() - ONE_DAY, last.date() - ONE_DAY)
        return (days * self._day + self._worked_by(last) - self._worked_by(first)) // MINUTE

    def closing(self, day: date) -> datetime:
        """The instant (UTC) of closing on the last working day up to a day, that day included."""
        while not self.calendar.is_workday(day):
            day -= ONE_DAY
        return instant(day, self._halves[-1][1])

    def _place(self, moment_utc: datetime) -> tuple[date, timedelta]:
        """The working day an instant counts for, and how much of it has been worked by then."""
        here = local(moment_utc)
        if self.calendar.is_workday(here.date()):
            return here.date(), self._worked_by(here)
        return self.calendar.add(here.date(), 1), NOTHING

    def _worked_by(self, here: datetime) -> timedelta:
        """How much of its day has been worked by a moment in Shanghai; nothing on a day off."""
        if not self.calendar.is_workday(here.date()):
            return NOTHING
        return sum((_length(opens, min(max(here.time(), opens), closes)) for opens, closes in self._halves), NOTHING)

    def _at(self, day: date, worked: timedelta) -> datetime:
        """The instant (UTC) at which so much of a day has been worked."""
        for opens, closes in self._halves:
            if worked <= _length(opens, closes):
                return instant(day, opens) + worked
            worked -= _length(opens, closes)
        raise ValueError("more than a day's working time")

    def _next_working_moment(self, moment_utc: datetime) -> datetime:
        here = local(moment_utc)
        if self.calendar.is_workday(here.date()):
            for opens, closes in self._halves:
                if here.time() < closes:
                    return max(moment_utc, instant(here.date(), opens))
        return instant(self.calendar.add(here.date(), 1), self._halves[0][0])


def _length(start: time, end: time) -> timedelta:
    return _since_midnight(end) - _since_midnight(start)


def _since_midnight(at: time) -> timedelta:
    return timedelta(hours=at.hour, minutes=at.minute, seconds=at.second, microseconds=at.microsecond)
