"""How quick the town is: units and offices differ, and it gets a little better every quarter."""

from datetime import date, datetime, time, timedelta
from random import Random

from town_portal.demo.rules.corpus import Item
from town_portal.foundation.clock import day_of, instant
from town_portal.submissions.rules.lifecycle import State
from town_portal.workdays.rules.working_time import WorkingTime

KEEN = frozenset({"B01", "B05", "B06", "C01", "C03", "C09", "C12", "C16"})
SLOW = frozenset({"B03", "B08", "C06", "C10", "C14", "C17", "C21"})
SILENT = frozenset({"B09", "C19"})
"""Units from which nothing has come for many weeks."""
SILENT_DAYS = 53

URGENT_LIMIT = 120
"""Working minutes of a step on the 绿色通道, as the settings are shipped; else a step has one working day."""

_DRAGGING = {"B03": 0.26, "B07": 0.2, "B08": 0.3, "B09": 0.28}
_DRAGGING_ELSEWHERE = 0.1
"""How often an office lets an item lie past its limit."""
_QUICK = {
    State.SECOND_REVIEW: (15, 130),
    State.CROSS_REVIEW: (40, 240),
    State.THIRD_REVIEW: (20, 180),
    State.APPROVED: (8, 110),
}
_PLAIN = {
    State.SECOND_REVIEW: (130, 340),
    State.CROSS_REVIEW: (200, 380),
    State.THIRD_REVIEW: (160, 370),
    State.APPROVED: (90, 300),
}
_URGENT = {
    State.SECOND_REVIEW: (4, 28),
    State.CROSS_REVIEW: (8, 35),
    State.THIRD_REVIEW: (3, 22),
    State.APPROVED: (2, 12),
}
_HISTORY = 4
"""Quarters before this one."""


class Pace:
    """The times of a town that stands at an instant (UTC), with its working time."""

    def __init__(self, now: datetime, working: WorkingTime) -> None:
        self.now, self.today, self.working = now, day_of(now), working

    def silent(self, item: Item) -> bool:
        """Did nobody write this one up?"""
        return item.unit in SILENT and not item.pinned and (self.today - item.day).days < SILENT_DAYS

    def timely(self, item: Item, random: Random) -> bool:
        """Is this one meant to be published within the golden days?"""
        base = 0.93 if item.unit in KEEN else 0.52 if item.unit in SLOW else 0.76
        if item.fault is not None:
            base *= 0.72
        return random.random() < min(0.97, base - 0.13 + 0.05 * self._progress(item.day))

    def drafted_at(self, item: Item, wanted: bool, attempt: int, random: Random) -> datetime:
        """When the text is first saved (UTC): the same day, the next morning, or, when not wanted in time, later."""
        if item.urgent:
            return instant(item.day, time(9, 10)) + timedelta(minutes=random.uniform(0, 300))
        if not wanted:
            late = random.randint(2, 5) + attempt + (2 if item.unit in SLOW else 0)
            return _between(item.day + timedelta(days=late), time(8, 45), 470, random)
        if item.column != "gzdt":
            return _between(item.day, time(8, 40), 360, random)
        if attempt or random.random() < (0.85 if item.unit in KEEN else 0.55):
            return _between(item.day, time(13 if attempt else 15), 240, random)
        return _between(item.day + timedelta(days=1), time(8, 35), 150, random)

    def done_at(self, stage: State, item: Item, entered: datetime, haste: float, random: Random) -> datetime:
        """When a stage is through (UTC) with an item that reached it at an instant; ``haste`` below 1 shortens it."""
        if item.urgent:
            least, most = (130, 170) if random.random() < 0.06 else _URGENT[stage]
            return entered + timedelta(minutes=random.uniform(least, most))
        luck = random.random()
        dragging = _DRAGGING.get(item.office, _DRAGGING_ELSEWHERE) * (1.25 - 0.1 * self._progress(item.day)) * haste
        if stage is State.APPROVED:
            dragging /= 3
        if luck < dragging:
            minutes = random.uniform(1.05, 2.6) * self.working.minutes_a_day
        else:
            minutes = random.uniform(*(_QUICK if luck < 0.7 else _PLAIN)[stage]) * haste
        return self._after(entered, max(4, minutes), random)

    def mended_at(self, item: Item, returned: datetime, haste: float, random: Random) -> datetime:
        """When the drafter has mended a returned text (UTC); some take more than a day."""
        if item.urgent:
            return returned + timedelta(minutes=random.uniform(4, 15))
        slow = random.random() < 0.22 * haste
        minutes = random.uniform(500, 900) if slow else random.uniform(20, 210) * haste
        return self._after(returned, max(6, minutes), random)

    def limit(self, item: Item) -> int:
        """The working minutes one step may take."""
        return URGENT_LIMIT if item.urgent else self.working.minutes_a_day

    def before(self, moment: datetime, minutes: float) -> datetime:
        """The latest instant (UTC) from which at least so many working minutes lie before a moment."""
        early, late = moment - timedelta(days=30), moment
        while late - early > timedelta(seconds=1):
            middle = early + (late - early) / 2
            if self.working.between(middle, moment) >= minutes:
                early = middle
            else:
                late = middle
        return early

    def _after(self, moment: datetime, minutes: float, random: Random) -> datetime:
        return self.working.add(moment, round(minutes)) + timedelta(seconds=random.uniform(1, 58))

    def _progress(self, day: date) -> int:
        """0 for the oldest quarter of the history, 4 for this one."""
        passed = (self.today.year - day.year) * 4 + (self.today.month - 1) // 3 - (day.month - 1) // 3
        return max(0, _HISTORY - passed)


def _between(day: date, first: time, minutes: float, random: Random) -> datetime:
    return instant(day, first) + timedelta(seconds=random.uniform(0, minutes * 60))
