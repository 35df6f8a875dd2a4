"""Until when things are due that have no limit in their own rows (the setting ``duty_limits``)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from town_portal.foundation.clock import end_of, instant
from town_portal.workdays.rules.working_time import WorkingTime

GRACE_HOURS = 4
"""Working hours that somebody who starts late has for his draft all the same."""


@dataclass(frozen=True, slots=True)
class DutyLimits:
    """The limits in force, counted with a calendar and office hours. Instants are UTC."""

    setting: Mapping[str, int]
    time: WorkingTime
    coordinating_id: int

    def filing(self, event_on: date, drafted_at: datetime) -> datetime:
        """The end of so many natural days after the event; for a draft begun later, some working hours after it."""
        due = end_of(event_on + timedelta(days=self.setting["filing_days"]))
        return due if due > drafted_at else self.time.add(drafted_at, GRACE_HOURS * 60)

    def correction(self, since: datetime) -> datetime:
        """So many working hours after the correction was begun."""
        return self.time.add(since, self.setting["correction_hours"] * 60)

    def confirmation(self, since: datetime) -> datetime:
        """So many working days after the proposal."""
        return self._days(since, "confirmation_days")

    def late_finding(self, since: datetime) -> datetime:
        """So many working hours after it was found."""
        return self.time.add(since, self.setting["late_finding_hours"] * 60)

    def vacancy(self, since: datetime) -> datetime:
        """So many working days after the post fell empty."""
        return self._days(since, "vacancy_days")

    def cover(self, first: date) -> datetime:
        """The end of the first working day on which nobody does the work."""
        return self.time.add(instant(first), self.time.minutes_a_day)

    def by_the_end_of(self, last: date, since: datetime) -> datetime:
        """Closing time of the last working day up to a day; the day's end for what began later than that."""
        due = self.time.closing(last)
        return due if due > since else end_of(last)

    def _days(self, since: datetime, name: str) -> datetime:
        return self.time.add(since, self.setting[name] * self.time.minutes_a_day)
