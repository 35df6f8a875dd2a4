"""Which days are worked, and counting them.

Monday to Friday are worked, Saturday and Sunday are not, unless the year's notice says otherwise
(国务院办公厅关于…部分节假日安排的通知: days off and 调休). A year without its notice is provisional:
its statutory days (《全国年节及纪念日放假办法》) are off and nothing is moved.
"""

from bisect import bisect_right
from collections.abc import Iterable, Mapping
from datetime import date, timedelta

ONE_DAY = timedelta(days=1)
SATURDAY = 5


class Calendar:
    """The working days of all years, from plain values.

    ``days``: day → is it worked, for every day on which a notice or an amendment speaks;
    ``names``: the words for such a day (国庆节放假, 调休上班); ``confirmed``: the years whose notice
    is loaded; ``statutory``: day off → words, used in the other years only.
    """

    def __init__(
        self,
        days: Mapping[date, bool] | None = None,
        names: Mapping[date, str] | None = None,
        confirmed: Iterable[int] = (),
        statutory: Mapping[date, str] | None = None,
    ) -> None:
        self._confirmed = frozenset(confirmed)
        self._given = (dict(days or {}), dict(names or {}), dict(statutory or {}))
        estimated = {day: words for day, words in (statutory or {}).items() if day.year not in self._confirmed}
        self._days = {**dict.fromkeys(estimated, False), **(days or {})}
        self._names = {**estimated, **(names or {})}
        self._worked: dict[int, list[date]] = {}

    def with_day(self, day: date, works: bool, name: str) -> "Calendar":
        """The same calendar with one day said to be worked or not."""
        days, names, statutory = self._given
        return Calendar({**days, day: works}, {**names, day: name}, self._confirmed, statutory)

    def is_confirmed(self, year: int) -> bool:
        """Is this year's notice loaded? If not, its days are an estimate."""
        return year in self._confirmed

    def is_workday(self, day: date) -> bool:
        """Is this day worked?"""
        return self._days.get(day, day.weekday() < SATURDAY)

    def add(self, day: date, count: int) -> date:
        """The ``count``-th working day after a day, which is itself not counted; 0 gives the day."""
        if count < 0:
            raise ValueError("working days are counted forwards")
        if count == 0:
            return day
        worked = self._worked_in(day.year)
        place = bisect_right(worked, day) + count - 1
        year = day.year
        while place >= len(worked):
            place -= len(worked)
            year += 1
            worked = self._worked_in(year)
        return worked[place]

    def between(self, first: date, last: date) -> int:
        """How many working days lie after the first day, up to and including the last; never below 0."""
        if last <= first:
            return 0
        whole = sum(len(self._worked_in(year)) for year in range(first.year, last.year))
        return whole + bisect_right(self._worked_in(last.year), last) - bisect_right(self._worked_in(first.year), first)

    def day_name(self, day: date) -> str:
        """What is special about a day: 国庆节放假, 调休上班, 周末; empty for an ordinary working day."""
        if name := self._names.get(day):
            return name
        weekend = day.weekday() >= SATURDAY
        if self.is_workday(day):
            return "调休上班" if weekend else ""
        return "周末" if weekend else "放假"

    def is_special(self, day: date) -> bool:
        """Does a notice, an amendment or a statutory holiday speak of this day?"""
        return day in self._days

    def _worked_in(self, year: int) -> list[date]:
        if year not in self._worked:
            start = date(year, 1, 1)
            days = (start + ONE_DAY * number for number in range((date(year, 12, 31) - start).days + 1))
            self._worked[year] = [day for day in days if self.is_workday(day)]
        return self._worked[year]
